import { expect, it } from 'vitest'
import { qrCode } from './qr-code.ts'

it('draws a code with its three corners, the right way round, and room about it', async () => {
  const { text } = await qrCode('otpauth://totp/people:ana?secret=GEZDGNBVGY3TQOJQ', '"Key" & more')

  const dark = new Set(
    Array.from(text.matchAll(/M(\d+) (\d+)h1v1h-1z/g), ([, x, y]) => `${x} ${y}`),
  )
  const [, from, length] = /viewBox="(-\d+) -\d+ (\d+) \d+"/.exec(text) ?? []
  const size = Number(length) + 2 * Number(from)
  const corner = (column: number, row: number): boolean =>
    Array.from({ length: 7 }, (_, at) => at).every(
      (at) => dark.has(`${column + at} ${row}`) && dark.has(`${column} ${row + at}`),
    )
  expect(from).toBe('-4')
  expect([corner(0, 0), corner(size - 7, 0), corner(0, size - 7)]).toEqual([true, true, true])
  // The one module beside the corners that is dark in every code.
  expect(dark.has(`8 ${size - 8}`)).toBe(true)
  expect(text).toContain('aria-label="&quot;Key&quot; &amp; more"')
})
