import type { Message } from 'grammy/types'
import { describe, expect, it } from 'vitest'
import { matchExpression } from '../bot/match-expression.ts'
import { filterAgainst, readFilter, readFilters } from './filters.ts'

// A cast: a message has what a test needs of it.
const message = (content: object) =>
  ({
    message_id: 1,
    date: 1,
    chat: { id: 1, type: 'private', first_name: 'A' },
    ...content,
  }) as Message

describe('readFilter', () => {
  it.each([
    ['word spam and eggs', { by: 'word', word: 'spam and eggs' }],
    ['PALABRA spam', { by: 'word', word: 'spam' }],
    ['regex ^a.*b$', { by: 'expression', expression: '^a.*b$' }],
    ['enlace', { by: 'link' }],
    ['kind STICKER', { by: 'kind', kind: 'sticker' }],
    ['image', { by: 'image' }],
    ['', 'usage'],
    ['word', 'usage'],
    ['nonsense x', 'usage'],
    ['regex (', 'expression'],
    ['kind constructor', 'kind'],
    [`word ${'x'.repeat(201)}`, 'too long'],
  ])('reads %j', (text, filter) => {
    expect(readFilter(text)).toEqual(filter)
  })

  it('means the one picture that is answered', () => {
    const picture = message({ photo: [{ file_id: 'f', file_unique_id: 'u', width: 1, height: 1 }] })

    expect(readFilter('image', picture)).toEqual({ by: 'picture', uniqueId: 'u' })
  })
})

describe('filterAgainst', () => {
  it.each([
    ['word spam', { text: 'no SPAM, please' }, true],
    ['word spam', { text: 'spammer' }, false],
    ['word canción', { text: 'una CANCION' }, true],
    ['word a.b', { text: 'axb' }, false],
    ['word spam', { caption: 'spam', photo: [] }, true],
    ['word spam', { poll: { question: 'spam?', options: [] } }, true],
    ['regex \\d{4}', { text: 'code 1234' }, true],
    ['link', { text: 'www.example.com' }, true],
    [
      'link',
      { text: 'x', entities: [{ type: 'text_link', offset: 0, length: 1, url: 'https://a.b' }] },
      true,
    ],
    ['kind voice', { voice: {} }, true],
    ['image', { document: { mime_type: 'image/png' } }, true],
    ['image', { text: 'x' }, false],
  ])('%s against %j', (text, content, kept) => {
    const filter = readFilter(text)
    if (typeof filter === 'string') throw new Error(filter)

    expect(filterAgainst(message(content), [filter], matchExpression) !== undefined).toBe(kept)
  })
})

it('ends, however bad an expression is, and keeps the message back', () => {
  expect(matchExpression('(a+)+$', `${'a'.repeat(60)}!`)).toBe(true)
  expect(matchExpression('a', 'b')).toBe(false)
})

it('reads the filters of the environment, and says which is none', () => {
  expect(readFilters('word:foo; link ;kind:sticker;')).toEqual([
    { by: 'word', word: 'foo' },
    { by: 'link' },
    { by: 'kind', kind: 'sticker' },
  ])
  expect(() => readFilters('words:foo')).toThrow('"words:foo" is no filter')
})
