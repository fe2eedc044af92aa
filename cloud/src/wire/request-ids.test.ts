import { expect, it } from 'vitest'
import type { Ids } from '../kernel/index.ts'
import { dynamoRequestIds } from './request-ids.ts'

/** Gives the same bytes again and again. */
const ids = (byte: number): Ids => ({
  uuid: () => '',
  bytes: (length) => Buffer.alloc(length, byte),
})

it('are 52 characters of base 32 and count on from a random one', () => {
  const next = dynamoRequestIds(ids(0))
  const made = Array.from({ length: 4096 }, next)
  expect(made[0]).toBe(`${'0'.repeat(51)}1`)
  expect(made[31]).toBe(`${'0'.repeat(50)}10`)
  expect(new Set(made).size).toBe(4096)
  expect(next()).toBe(made[0]) // another one was drawn
})

it('begin anew after the last', () => {
  const next = dynamoRequestIds(ids(31))
  expect(next()).toBe('0'.repeat(52))
  expect(next()).toBe(`${'0'.repeat(51)}1`)
})
