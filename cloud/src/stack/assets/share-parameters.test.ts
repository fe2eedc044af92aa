import { expect, it } from 'vitest'
import type { AssemblyStack } from './assembly.ts'
import { shareParameters } from './share-parameters.ts'

const stack = (stackName: string, ...names: string[]): AssemblyStack => ({
  stackName,
  template: JSON.stringify({
    Parameters: Object.fromEntries(names.map((name) => [name, { Type: 'String', NoEcho: true }])),
    Resources: {},
  }),
  parameters: { [names[0] ?? '']: 'from the assembly' },
  sources: { assets: new Map(), folder: '/' },
})

const stacks = [stack('bot', 'Token', 'Root'), stack('shop', 'Token')]

it('gives each stack what it has, the narrower before the wider', () => {
  const given = { Token: 'everywhere', 'shop:Token': 'here', Root: 'http://localhost' }

  const shares = shareParameters(given, stacks).map(({ parameters }) => parameters)

  expect(shares).toEqual([{ Token: 'everywhere', Root: 'http://localhost' }, { Token: 'here' }])
})

it('leaves the stacks as they are where nothing is given', () => {
  expect(shareParameters({}, stacks)).toBe(stacks)
})

it.each(['Tokem', 'shop:Root', 'store:Token', '__proto__', 'constructor'])(
  'refuses %s, which no stack has, without showing the value',
  (name) => {
    const given = Object.fromEntries([[name, 'secret-value']])
    const sentence = `Parameters: [${name}] do not exist in the template`

    expect(() => shareParameters(given, stacks)).toThrow(sentence)
    expect(() => shareParameters(given, stacks)).not.toThrow('secret-value')
  },
)
