import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProblemList, type JsonObject } from '../template/index.ts'
import {
  boolean,
  inert,
  list,
  map,
  members,
  number,
  oneOf,
  refused,
  required,
  text,
} from './property-shape.ts'
import { readProperties } from './read-properties.ts'

const table = {
  Name: required(text),
  Size: number,
  On: boolean,
  Kind: oneOf('A', 'B'),
  Tags: map(text),
  Rules: list(members({ Id: required(text), Note: inert })),
  Colour: inert,
  Layers: refused('bundle them'),
} as const

function read(properties: JsonObject) {
  const problems = new ProblemList()
  const value = readProperties(table, properties, 'P', problems)
  return { value, problems: problems.found }
}

describe('readProperties', () => {
  it('makes of texts what is wanted, and drops what has no effect', () => {
    const { value, problems } = read({
      Name: 7,
      Size: '12',
      On: 'true',
      Colour: { a: 1 },
      Rules: [{ Id: 'x', Note: 1 }],
    })

    expect(problems).toEqual([])
    expect(value).toEqual({ Name: '7', Size: 12, On: true, Rules: [{ Id: 'x' }] })
  })

  it('names everything it does not take', () => {
    const { problems } = read({
      Size: 'big',
      On: 'maybe',
      Kind: 'C',
      Layers: [],
      Rules: [{ Ids: 'x' }],
      Tags: [],
      Shape: 1,
    })

    expect(problems).toEqual([
      'P.Size: must be a number, not the text "big"',
      'P.On: must be true or false, not the text "maybe"',
      'P.Kind: "C" is not simulated; it takes A, B',
      'P.Layers: is not simulated: bundle them',
      'P.Rules[0].Ids: is not simulated',
      'P.Rules[0].Id: is missing',
      'P.Tags: must be an object, not a list',
      'P.Shape: is not simulated',
      'P.Name: is missing',
    ])
  })

  it('lets marks of values to come stand for any value', () => {
    expect(read({ Name: '⟦A⟧', Size: '⟦A.B⟧', Kind: '⟦A.C⟧', Rules: '⟦A.D⟧' }).problems).toEqual([])
  })

  it('refuses every name that is not in the table, those of Object among them', () => {
    const names = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom('__proto__', 'constructor', 'toString'),
    )

    fc.assert(
      fc.property(names, (name) => {
        fc.pre(!Object.hasOwn(table, name))
        const properties = Object.fromEntries([
          ['Name', 'n'],
          [name, 1],
        ])

        expect(read(properties).problems).toEqual([`P.${name}: is not simulated`])
      }),
    )
  })
})
