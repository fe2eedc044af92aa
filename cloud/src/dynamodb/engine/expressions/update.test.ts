import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AttributeValue, Item } from '../values/index.ts'
import { applyUpdate } from './apply-update.ts'
import { Placeholders } from './placeholders.ts'
import { projectPaths } from './projection.ts'
import { parseUpdate } from './update.ts'

const values: Record<string, AttributeValue> = {
  ':s': { S: 'x' },
  ':n': { N: '1' },
  ':m': { N: '2' },
  ':l': { L: [{ N: '9' }] },
  ':ss': { SS: ['a'] },
  ':all': { SS: ['b', 'a'] },
  ':ns': { NS: ['1'] },
}
const before: Item = {
  num: { N: '5' },
  str: { S: 'q' },
  l1: { L: [{ N: '0' }, { N: '1' }, { N: '2' }] },
  m1: { M: { x: { N: '1' } } },
  ss1: { SS: ['a', 'b'] },
}
const update = (text: string, item: Item = before): ReturnType<typeof applyUpdate> =>
  applyUpdate(parseUpdate(text, new Placeholders({ '#p': '__proto__' }, values)), item)

const numbers = (...all: number[]): AttributeValue => ({ L: all.map((N) => ({ N: String(N) })) })

describe('applyUpdate', () => {
  it.each<[string, Item]>([
    ['SET x = num', { x: { N: '5' } }],
    ['SET x = num + :n', { x: { N: '6' } }],
    ['SET x = (num - :n)', { x: { N: '4' } }],
    ['SET x=num-:n', { x: { N: '4' } }],
    ['SET x = num, num = :m', { x: { N: '5' }, num: { N: '2' } }],
    ['SET x = if_not_exists(y, :n) + :m', { x: { N: '3' } }],
    ['SET x = if_not_exists(y, if_not_exists(z, :n))', { x: { N: '1' } }],
    ['SET x = list_append(if_not_exists(y, :l), l1)', { x: numbers(9, 0, 1, 2) }],
    ['SET l1[0] = l1[1], l1[1] = l1[0]', { l1: numbers(1, 0, 2) }],
    ['SET l1[9] = :n, l1[8] = :m', { l1: numbers(0, 1, 2, 2, 1) }],
    ['REMOVE l1[0], l1[2]', { l1: numbers(1) }],
    ['REMOVE l1[9]', {}],
    ['REMOVE l1[0] SET l1[2] = :n, l1[5] = :m', { l1: numbers(1, 1, 2) }],
    ['SET m1.z = m1', { m1: { M: { x: { N: '1' }, z: { M: { x: { N: '1' } } } } } }],
    ['REMOVE m1.x, nothing', { m1: { M: {} } }],
    [
      'ADD num :n, fresh :m, m1.x :n',
      { num: { N: '6' }, fresh: { N: '2' }, m1: { M: { x: { N: '2' } } } },
    ],
    ['ADD ss1 :ss, ss2 :ss', { ss1: { SS: ['a', 'b'] }, ss2: { SS: ['a'] } }],
    ['DELETE ss1 :ss, nothing :ss', { ss1: { SS: ['b'] } }],
    ['set x = :n add y :m delete ss1 :ss', { x: { N: '1' }, y: { N: '2' }, ss1: { SS: ['b'] } }],
  ])('%s', (text, changed) => {
    const copy = structuredClone(before)

    const { item } = update(text)

    expect(item).toEqual({ ...before, ...changed })
    expect(before).toEqual(copy)
  })

  it('removes a set with its last member, and attributes', () => {
    expect(Object.keys(update('DELETE ss1 :all REMOVE num').item)).toEqual(['str', 'l1', 'm1'])
  })

  it('refuses a document that becomes nested too deeply', () => {
    const deep = (levels: number): AttributeValue =>
      levels === 0 ? { M: {} } : { M: { k: deep(levels - 1) } }

    expect(() => update('SET m1.z = deep1', { ...before, deep1: deep(29) })).not.toThrow()
    expect(() => update('SET m1.z = deep1', { ...before, deep1: deep(30) })).toThrow(
      /^Nesting Levels have exceeded/,
    )
  })

  it('writes an attribute whose name is a prototype', () => {
    expect(JSON.stringify(update('SET #p = :n', {}).item)).toBe('{"__proto__":{"N":"1"}}')
  })

  it('tells the paths it touched, for UPDATED_NEW', () => {
    const { item, touched } = update('SET m1.y = :n, l1[1] = :m REMOVE num')

    expect(projectPaths(touched, item)).toEqual({ m1: { M: { y: { N: '1' } } }, l1: numbers(2) })
  })

  const invalidPath = 'The document path provided in the update expression is invalid for update'
  const wrongType = 'An operand in the update expression has an incorrect data type'
  const missing = 'The provided expression refers to an attribute that does not exist in the item'
  it.each([
    ['SET x.y = :n', invalidPath],
    ['SET l1.y = :n', invalidPath],
    ['SET m1[0] = :n', invalidPath],
    ['REMOVE zz.y', invalidPath],
    ['DELETE zz.q :ss', invalidPath],
    ['ADD m1.q.z :n', invalidPath],
    ['ADD str :n', wrongType],
    ['ADD ss1 :ns', wrongType],
    ['DELETE num :ss', wrongType],
    ['SET x = str + :n', wrongType],
    ['SET x = list_append(str, :l)', wrongType],
    ['SET x = y', missing],
    ['SET x = l1[9]', missing],
    ['SET x = list_append(y, :l)', missing],
  ])('refuses %s', (text, sentence) => {
    expect(() => update(text)).toThrow(sentence)
  })
})

describe('mistakes, as observed on DynamoDB', () => {
  it.each([
    ['SET x', 'Syntax error; token: "<EOF>", near: "x"'],
    ['SET x = ', 'Syntax error; token: "<EOF>", near: "= "'],
    ['whatever bizness', 'Syntax error; token: "whatever", near: "whatever bizness"'],
    ['SET x = num + :n + :n', 'Syntax error; token: "+", near: ":n + :n"'],
    ['SET x = ((num + :n))', 'The expression has redundant parentheses;'],
    ['SET x = if_not_exists(y, num + :n)', 'Syntax error; token: "+", near: "num + :n"'],
    ['SET set = :n', 'Syntax error; token: "set", near: "SET set ="'],
    ['SET x = :n SET y = :m', 'The "SET" section can only be used once in an update expression;'],
    [
      'SET x.y = :n, x = :m',
      'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [x, y], path two: [x]',
    ],
    [
      'SET x[0] = :n, x.y = :m',
      'Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [x, [0]], path two: [x, y]',
    ],
    [
      'ADD num :s',
      'Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND',
    ],
    [
      'SET x = num + :s',
      'Incorrect operand type for operator or function; operator or function: +, operand type: S',
    ],
    [
      'SET x = list_append(l1, :n)',
      'Incorrect operand type for operator or function; operator or function: list_append, operand type: N',
    ],
    [
      'SET x = list_append(l1, :l) + :n',
      'The function is not allowed to be used this way in an expression; function: list_append',
    ],
    ['SET x = size(y)', 'The function is not allowed in an update expression; function: size'],
    ['SET x = foo(y)', 'Invalid function name; function: foo'],
    ['SET name = :n', 'Attribute name is a reserved keyword; reserved keyword: name'],
  ])('%s', (text, sentence) => {
    expect(() => update(text)).toThrow(`Invalid UpdateExpression: ${sentence}`)
  })
})

describe('list edits', () => {
  it('agree with a model that sets, appends, then removes', () => {
    const index = fc.integer({ min: 0, max: 7 })
    const actions = fc.uniqueArray(fc.tuple(index, fc.boolean()), {
      selector: ([at]) => at,
      minLength: 1,
    })
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 5 }), actions, (list, all) => {
        const places: (number | undefined)[] = [...list]
        for (const [at, sets] of all.toSorted(([a], [b]) => a - b)) {
          if (sets) places[at < list.length ? at : places.length] = 1
        }
        for (const [at, sets] of all) if (!sets && at < list.length) places[at] = undefined
        const sets = all.filter(([, each]) => each).map(([at]) => `l[${at}] = :n`)
        const removes = all.filter(([, each]) => !each).map(([at]) => `l[${at}]`)
        const text = `${sets.length > 0 ? `SET ${sets.join(', ')}` : ''} ${removes.length > 0 ? `REMOVE ${removes.join(', ')}` : ''}`

        const { item } = update(text, { l: numbers(...list) })

        expect(item).toEqual({ l: numbers(...places.filter((place) => place !== undefined)) })
      }),
    )
  })
})
