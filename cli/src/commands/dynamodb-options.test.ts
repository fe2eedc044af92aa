import { describe, expect, it } from 'vitest'
import { plainOptions } from './dynamodb-options.ts'

describe('plainOptions', () => {
  it('reads what is plainly right', () => {
    expect(plainOptions([])).toEqual({
      port: 8000,
      host: '127.0.0.1',
      data: '.cloudlet/dynamodb',
      memory: false,
      durability: 'process',
      throttle: false,
    })
    expect(plainOptions(['-mp', '0', '--durability=flush', '--host', '::1'])).toMatchObject({
      port: 0,
      memory: true,
      durability: 'flush',
      host: '::1',
    })
  })

  it.each([
    ['--help'],
    ['-h'],
    ['--port', 'x'],
    ['--port', '70000'],
    ['--port'],
    ['--durability', 'maybe'],
    ['--unknown'],
    ['word'],
    ['--memory=yes'],
  ])('leaves %s %s to the whole command line', (...words) => {
    expect(plainOptions(words)).toBeUndefined()
  })
})
