import { describe, expect, it } from 'vitest'
import { collectionOf } from './collection.ts'
import { fillIn } from './variables.ts'

const info = {
  name: 'Tokens',
  schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
}
const read = (item: unknown, rest: object = {}) =>
  collectionOf({ info, item, ...rest }, 'tokens.json').requests

describe('collectionOf', () => {
  it('reads the requests of nested folders in their order', () => {
    const items = [
      { name: 'first', request: 'http://a.example/1' },
      {
        name: 'folder',
        item: [{ name: 'second', request: { method: 'POST', url: { raw: 'x' } } }],
      },
      { name: 'third', request: { url: 'http://a.example/3' } },
    ]

    expect(read(items).map(({ name, method, url }) => [name, method, url])).toEqual([
      ['first', 'GET', 'http://a.example/1'],
      ['second', 'POST', 'x'],
      ['third', 'GET', 'http://a.example/3'],
    ])
  })

  it('reads headers, bodies and path variables, leaving out what is disabled', () => {
    const url = {
      raw: '{{base}}/users/:id/items/:idx?id=:id',
      variable: [
        { key: 'id', value: '{{user}}' },
        { key: 'idx', value: '3' },
      ],
    }
    const header = [
      { key: 'X-A', value: '1' },
      { key: 'X-B', value: '2', disabled: true },
    ]
    const body = {
      mode: 'urlencoded',
      urlencoded: [
        { key: 'a b', value: '{{who}} & co' },
        { key: 'off', value: '1', disabled: true },
      ],
    }

    const [request] = read([{ name: 'all', request: { method: 'put', url, header, body } }])

    expect(request).toMatchObject({
      method: 'PUT',
      url: '{{base}}/users/{{user}}/items/3?id=:id',
      headers: [
        ['X-A', '1'],
        ['content-type', 'application/x-www-form-urlencoded'],
      ],
      body: 'a%20b={{who}}%20%26%20co',
    })
  })

  it('takes the token from the request, else from the folder, else from the collection', () => {
    const bearer = (value: string) => ({ type: 'bearer', bearer: [{ key: 'token', value }] })
    const items = [
      { name: 'a', request: { url: 'x' } },
      { name: 'f', auth: bearer('folder'), item: [{ name: 'b', request: { url: 'x' } }] },
      { name: 'c', request: { url: 'x', auth: { type: 'noauth' } } },
    ]

    expect(read(items, { auth: bearer('all') }).map((each) => each.auth?.value)).toEqual([
      'all',
      'folder',
      undefined,
    ])
  })

  it.each([
    [{}, 'no Postman collection'],
    [
      { info: { schema: 'https://schema.getpostman.com/json/collection/v1.0.0/' }, item: [] },
      'another version',
    ],
    [{ info, item: [] }, 'no requests'],
    [
      { info, item: [{ name: 'x', request: { url: 'x', auth: { type: 'oauth2' } } }] },
      'signs in by oauth2',
    ],
    [{ info, item: [{ name: 'x', request: { url: 'x', body: { mode: 'file' } } }] }, 'mode file'],
  ])('says what is wrong with %j', (json, sentence) => {
    expect(() => collectionOf(json, 'x.json')).toThrow(sentence)
  })
})

describe('fillIn', () => {
  const now = new Date('2026-11-21T10:00:00Z')
  const fill = (text: string, values: Record<string, string>) =>
    fillIn(
      text,
      (name) => (Object.hasOwn(values, name) ? values[name] : undefined),
      () => 0.5,
      now,
    )

  it('fills in values that name others, and what Postman makes up', () => {
    expect(
      fill('{{base}}/x?n={{$randomInt}}&t={{$timestamp}}', { base: 'http://{{host}}', host: 'h' }),
    ).toBe('http://h/x?n=500&t=1795255200')
    expect(fill('{{$guid}}', {})).toMatch(/^[\da-f-]{36}$/)
  })

  it.each(['{{nothing}}', '{{constructor}}', '{{__proto__}}'])(
    'refuses %s, which has no value',
    (text) => {
      expect(() => fill(text, {})).toThrow('has no value')
    },
  )

  it('refuses variables that name each other', () => {
    expect(() => fill('{{a}}', { a: '{{b}}', b: '{{a}}' })).toThrow('name each other')
  })
})
