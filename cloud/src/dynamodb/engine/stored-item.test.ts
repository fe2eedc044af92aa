import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPlainInput, parseJsonInput } from '../../kernel/index.ts'
import { bytesOf } from '../../storage/index.ts'
import { storedItem, StoredItem } from './stored-item.ts'
import type { AttributeValue, Item } from './values/index.ts'

const value: fc.Arbitrary<AttributeValue> = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.record({ S: fc.string({ unit: 'binary' }) }),
    fc.record({ S: fc.string() }),
    fc.record({ S: fc.string({ unit: 'grapheme', minLength: 190, maxLength: 400 }) }),
    fc.record({ S: fc.string({ minLength: 40, maxLength: 60 }) }),
    fc.record({ N: fc.integer().map(String) }),
    fc.record({ B: fc.base64String() }),
    fc.record({ BOOL: fc.boolean() }),
    fc.constant({ NULL: true } as const),
    fc.record({ SS: fc.array(fc.string(), { minLength: 1 }) }),
    fc.record({ NS: fc.constant(['1', '2']) }),
    fc.record({ L: fc.array(tie('value')) }),
    fc.record({ M: fc.dictionary(fc.string(), tie('value')) }),
  ),
})).value

describe('a stored item', () => {
  it('has the text of JSON.stringify, be its strings plain or not', () => {
    let plain = 0
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (given) => {
        const text = JSON.stringify(given)
        const item = parseJsonInput(Buffer.from(text)) as Item
        const isPlain = isPlainInput(item)
        if (isPlain) plain += 1
        const stored = storedItem(item, 12, isPlain)
        const bytes = bytesOf(stored.value)
        expect(stored.text).toBe(JSON.stringify(item))
        expect(stored.size).toBe(12)
        expect(stored.bytes).toEqual(bytes)
        expect(new StoredItem(bytes).item).toEqual(JSON.parse(text))
        expect(new StoredItem(bytes).size).toBe(12)
        expect(stored.isPlain).toBe(isPlain)
        const lying = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')])
        const read = StoredItem.read(lying, 6, 6 + bytes.length)
        expect(read.isPlain).toBe(isPlain)
        expect(read.item).toEqual(JSON.parse(text))
        expect(read.size).toBe(12)
        expect(read.bytes).toEqual(bytes)
      }),
      { numRuns: 500 },
    )
    expect(plain).toBeGreaterThan(50)
  })
})
