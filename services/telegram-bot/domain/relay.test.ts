import { expect, it } from 'vitest'
import { namedParts } from './relay.ts'

it('puts the name before a text and moves the formatting along', () => {
  const entities = [
    { type: 'italic', offset: 0, length: 2 },
    { type: 'custom_emoji', offset: 3, length: 1, custom_emoji_id: '1' },
    { type: 'url', offset: 0, length: 2 },
  ] as const

  expect(namedParts('Ana', { text: 'hi there', entities: [...entities] })).toEqual([
    {
      text: 'Ana: hi there',
      entities: [
        { type: 'bold', offset: 0, length: 3 },
        { type: 'italic', offset: 5, length: 2 },
      ],
    },
  ])
})

it('keeps each part’s own formatting', () => {
  const text = `${'a'.repeat(4090)} ${'b'.repeat(20)}`

  const parts = namedParts('Ana', { text, entities: [{ type: 'code', offset: 4080, length: 31 }] })

  expect(parts.map((part) => part.text).join('')).toBe(`Ana: ${text}`)
  expect(parts.map((part) => part.entities.at(-1))).toEqual([
    { type: 'code', offset: 4085, length: 11 },
    { type: 'code', offset: 0, length: 20 },
  ])
})
