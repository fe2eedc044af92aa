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

  it.each([['--rate', '0'], ['--count', 'many'], ['--nonsense'], ['--rate', '1e9']])(
    'refuses %s %s',
    (...args) => {
      expect(() => readOptions(args)).toThrow()
    },
  )
})
