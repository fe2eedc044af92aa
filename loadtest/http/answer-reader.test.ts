import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnswerReader, BadAnswer } from './answer-reader.ts'

const chunked =
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\n\r\n5\r\nhello\r\n7;ext=1\r\n, wörd\r\n0\r\nTrailer: x\r\n\r\n'
const counted = 'HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnope'

describe('AnswerReader', () => {
  it('reads the same however the bytes are cut', () => {
    const bytes = Buffer.from(`HTTP/1.1 100 Continue\r\n\r\n${chunked}`, 'utf8')
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => {
        const reader = new AnswerReader()
        const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length]

        const found = edges
          .slice(1)
          .map((end, at) => reader.push(bytes.subarray(edges[at], end), false))
          .filter((each) => each !== undefined)

        expect(found.map((each) => each.answer.text())).toEqual(['hello, wörd'])
        expect(found[0]?.keepAlive).toBe(true)
      }),
    )
  })

  it('knows status, headers and that the connection closes', () => {
    const complete = new AnswerReader().push(Buffer.from(counted), false)

    expect(complete?.answer.status).toBe(404)
    expect(complete?.answer.header('CONTENT-LENGTH')).toBe('4')
    expect(complete?.answer.header('etag')).toBeUndefined()
    expect(complete?.keepAlive).toBe(false)
  })

  it.each([
    ['HTTP/1.1 204 No Content\r\n\r\n', false],
    ['HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n', false],
    ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n', true],
  ])('waits for no body after %j', (text, isHead) => {
    expect(new AnswerReader().push(Buffer.from(text), isHead)?.answer.text()).toBe('')
  })

  it('takes the end of the connection as the end of an answer without a length', () => {
    const reader = new AnswerReader()

    expect(reader.push(Buffer.from('HTTP/1.0 200 OK\r\n\r\nall of '), false)).toBeUndefined()
    expect(reader.push(Buffer.from('it'), false)).toBeUndefined()

    expect(reader.end()?.answer.text()).toBe('all of it')
  })

  it('reads one answer after the other', () => {
    const reader = new AnswerReader()

    expect(reader.push(Buffer.from(counted), false)?.answer.status).toBe(404)
    expect(reader.push(Buffer.from(chunked), false)?.answer.status).toBe(200)
  })

  it.each([
    'SSH-2.0-OpenSSH\r\n\r\n',
    'HTTP/1.1 abc\r\n\r\n',
    `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}`,
  ])('refuses %.20j', (text) => {
    expect(() => new AnswerReader().push(Buffer.from(text), false)).toThrow(BadAnswer)
  })

  it('refuses a chunk without a size', () => {
    const text = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nhello\r\n'

    expect(() => new AnswerReader().push(Buffer.from(text), false)).toThrow(BadAnswer)
  })
})
