import { describe, expect, it } from 'vitest'
import { JsonText, plainOutput, writeJson } from './json-text.ts'

describe('writing JSON', () => {
  it.each([
    [null],
    [3],
    ['é"'],
    [[]],
    [{}],
    [{ a: undefined, b: [1, { c: null }], é: 'ü' }],
    [[undefined, 1]],
  ])('is that of JSON.stringify for %j', (value) => {
    expect(writeJson(value)).toBe(JSON.stringify(value))
  })

  it('writes bytes in base 64', () => {
    expect(writeJson({ data: new Uint8Array([1, 2, 3]) })).toBe('{"data":"AQID"}')
  })

  it('copies written text as it is', () => {
    expect(writeJson({ a: [new JsonText('{"n":1.0}')], b: 2 })).toBe('{"a":[{"n":1.0}],"b":2}')
  })

  it('is what an output is as plain objects', () => {
    const item = new JsonText(Buffer.from('{"__proto__":{"N":"1"}}'))
    const output = { Items: [item, { a: { S: 'x' } }], none: undefined, data: Buffer.from('ab') }

    for (const each of [output, item]) {
      expect(JSON.stringify(plainOutput(each))).toBe(writeJson(each).toString())
    }
  })

  it('gives bytes where a part of it was given as bytes', () => {
    const item = new JsonText(Buffer.from('{"é":1.0}'))
    const written = writeJson({ ü: item, list: [item, item, 'é'], none: undefined })

    expect(Buffer.isBuffer(written)).toBe(true)
    expect(written.toString()).toBe('{"ü":{"é":1.0},"list":[{"é":1.0},{"é":1.0},"é"]}')
    expect(item.parse()).toEqual({ é: 1 })
    expect(JSON.stringify({ item })).toBe('{"item":{"é":1}}')
  })
})
