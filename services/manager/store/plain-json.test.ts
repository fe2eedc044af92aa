import { parseJson, writeJson } from '@cloudlet/kit'
import { expect, it } from 'vitest'
import { toDocument, toJson } from './plain-json.ts'

it('marks numbers that a double cannot hold for the document client', () => {
  const document = toDocument(parseJson('{"n":12345678901234567890,"m":[1.5]}', 'exact'))

  expect(document).toMatchObject({ n: { value: '12345678901234567890' }, m: [1.5] })
})

it('writes sets as lists, binary as Base64 and big numbers with all digits', () => {
  const item = {
    set: new Set(['a', 'b']),
    bytes: new Uint8Array([1, 2, 3]),
    big: parseJson('12345678901234567890', 'exact'),
    nested: [{ nothing: null }],
  }

  expect(writeJson(toJson(item), 'exact')).toBe(
    '{"set":["a","b"],"bytes":"AQID","big":12345678901234567890,"nested":[{"nothing":null}]}',
  )
})
