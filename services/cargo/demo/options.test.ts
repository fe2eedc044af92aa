import { describe, expect, it } from 'vitest'
import { readOptions } from './options.ts'

describe('readOptions', () => {
  it('has defaults', () => {
    expect(readOptions([])).toEqual({
      rate: 20,
      count: 200,
      endpoint: 'http://localhost:4566',
      frontDoor: 'http://localhost:3000',
      token: undefined,
    })
  })

  it('asks for help', () => {
    expect(readOptions(['--help'])).toBeUndefined()
  })

  it.each([
    ['--rate=0', 'from 1 to'],
    ['--count=many', 'from 1 to'],
    ['--rate=1e9', 'from 1 to'],
    ['--nonsense', 'Unknown option'],
  ])('refuses %s', (option, sentence) => {
    expect(() => readOptions([option])).toThrow(sentence)
  })
})
