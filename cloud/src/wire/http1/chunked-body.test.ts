import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chunkedReader } from './chunked-body.ts'

/** A body in chunks, as a client sends it. */
const written = (chunks: readonly string[]): Buffer =>
  Buffer.from(
    `${chunks.map((chunk) => `${Buffer.byteLength(chunk).toString(16)};x=y\r\n${chunk}\r\n`).join('')}0\r\nt: v\r\n\r\n`,
  )

it('gives back what was written, wherever the network cuts it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, unit: 'binary' }), { maxLength: 5 }),
      fc.array(fc.nat(200), { maxLength: 8 }),
      fc.string(),
      (chunks, cuts, after) => {
        const bytes = Buffer.concat([written(chunks), Buffer.from(after)])
        const places = [...cuts, bytes.length].map((cut) => Math.min(cut, bytes.length))
        const feed = chunkedReader(100_000)
        let body: Buffer | undefined
        let rest = ''
        let from = 0

        for (const to of places.sort((a, b) => a - b)) {
          const part = bytes.subarray(from, to)
          from = to
          if (body !== undefined) rest += part.toString('latin1')
          else {
            const outcome = feed(part)
            if (outcome.kind !== 'done') continue
            body = outcome.body
            rest = outcome.rest.toString('latin1')
          }
        }

        expect(body?.toString()).toBe(Buffer.from(chunks.join('')).toString())
        expect(rest).toBe(Buffer.from(after).toString('latin1'))
      },
    ),
  )
})

it.each([
  ['no size', 'zz\r\n', 400],
  ['a chunk longer than it says', '1\r\nab\r\n', 400],
  ['a size beyond the limit', 'ffff\r\n', 413],
  ['an endless size line', '0'.repeat(5000), 400],
])('refuses %s', (_name, bytes, status) => {
  const outcome = chunkedReader(1000)(Buffer.from(bytes))

  expect(outcome).toEqual({ kind: 'refused', status })
})
