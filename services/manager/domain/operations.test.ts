import { describe, expect, it } from 'vitest'
import { managedTable } from './managed-tables.ts'
import { readParameters, tableOperation } from './operations.ts'
import type { TableOperation } from './operations.ts'

function operation(name: string): TableOperation {
  const found = tableOperation(name)
  if (found === undefined) throw new Error(`no operation ${name}`)
  return found
}

describe('tableOperation', () => {
  it.each(['x', '', 'constructor', '__proto__', 'PutItem', 5, undefined])('has no %s', (name) => {
    expect(tableOperation(name)).toBeUndefined()
  })
})

describe('readParameters', () => {
  it('passes on what DynamoDB has', () => {
    const payload = { Item: { id: '1' }, ConditionExpression: 'attribute_not_exists(id)' }

    expect(readParameters(operation('create'), payload)).toEqual(payload)
  })

  it('lists everything without a payload', () => {
    expect(readParameters(operation('list'), undefined)).toEqual({})
  })

  it.each([
    ['create', {}, 'payload.Item is required'],
    ['read', { Key: 'x' }, 'payload.Key must be an object'],
    [
      'read',
      { Key: {}, TableName: 'other' },
      'payload.TableName is not a parameter that GetItem takes here',
    ],
    ['list', { Nonsense: 1 }, 'payload.Nonsense is not a parameter that Scan takes here'],
    ['list', [], 'payload must be an object'],
    ['list', 'all', 'payload must be an object'],
  ])('refuses %s with %j', (name, payload, sentence) => {
    expect(() => readParameters(operation(name), payload)).toThrow(sentence)
  })
})

describe('managedTable', () => {
  it('is the named one, else the first', () => {
    expect(managedTable(['a', 'b'], 'b')).toBe('b')
    expect(managedTable(['a', 'b'], undefined)).toBe('a')
  })

  it('is no other', () => {
    expect(() => managedTable(['a'], 'c')).toThrow('Table "c" is not managed here')
  })
})
