import { readFileSync } from 'node:fs'

/**
 * What is read of a Postman collection v2.1 ("Postman Collection Format", schema.getpostman.com). Folders keep
 * their order; what a folder or the collection sets (auth) holds for the requests in it.
 */
export type PostmanRequest = {
  readonly name: string
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body?: string
  /** The bearer token, or the user name and password joined by a colon, with variables in it. */
  readonly auth?: { readonly kind: 'bearer' | 'basic'; readonly value: string }
  readonly hasScripts: boolean
}

export type Collection = {
  readonly name: string
  readonly variables: Readonly<Record<string, string>>
  readonly requests: readonly PostmanRequest[]
}

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter(isObject) : []
/** Texts, and what is written as text without doubt; nothing for the rest. */
const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}
const inUse = (entry: Json): boolean => entry['disabled'] !== true
const pairsOf = (value: unknown): (readonly [string, string])[] =>
  listOf(value)
    .filter(inUse)
    .map((entry) => [textOf(entry['key']), textOf(entry['value'])])

/** @throws Error naming what is wrong with the file, or what in it is not supported */
export function readCollection(file: string): Collection {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file} cannot be read as a Postman collection: ${String(error)}`, {
      cause: error,
    })
  }
  return collectionOf(json, file)
}

export function collectionOf(json: unknown, file: string): Collection {
  if (!isObject(json) || !isObject(json['info']) || !Array.isArray(json['item'])) {
    throw new Error(
      `${file} is no Postman collection: it has no "info" and "item". Export it as v2.1.`,
    )
  }
  const schema = textOf(json['info']['schema'])
  if (schema !== '' && !/\/v2\.[01]/.test(schema)) {
    throw new Error(`${file} is a collection of another version (${schema}). Export it as v2.1.`)
  }
  const requests = requestsOf(json['item'], json['auth'], file)
  if (requests.length === 0) throw new Error(`${file} has no requests.`)
  return {
    name: textOf(json['info']['name']),
    variables: Object.fromEntries(pairsOf(json['variable'])),
    requests,
  }
}

function requestsOf(items: unknown, inherited: unknown, file: string): PostmanRequest[] {
  return listOf(items).flatMap((item) => {
    if (Array.isArray(item['item'])) {
      return requestsOf(item['item'], item['auth'] ?? inherited, file)
    }
    const request = item['request']
    if (typeof request === 'string') return [{ ...plainGet(request), name: textOf(item['name']) }]
    if (!isObject(request)) return []
    const name = textOf(item['name'])
    const body = bodyOf(request['body'], `${file}: ${name}`)
    const auth = authOf(request['auth'] ?? inherited, `${file}: ${name}`)
    return [
      {
        name,
        method: textOf(request['method'] ?? 'GET').toUpperCase(),
        url: urlOf(request['url']),
        headers: [...pairsOf(request['header']), ...(body?.headers ?? [])],
        ...(body === undefined ? {} : { body: body.text }),
        ...(auth === undefined ? {} : { auth }),
        hasScripts: listOf(item['event']).some(hasLines),
      },
    ]
  })
}

const plainGet = (url: string): PostmanRequest => ({
  name: url,
  method: 'GET',
  url,
  headers: [],
  hasScripts: false,
})

const hasLines = (event: Json): boolean =>
  isObject(event['script']) &&
  [event['script']['exec']].flat().some((line) => textOf(line).trim() !== '')

/** The address as it was typed, with its path variables (`/users/:id`) filled in. */
function urlOf(url: unknown): string {
  if (typeof url === 'string') return url
  if (!isObject(url)) return ''
  let text = textOf(url['raw'])
  for (const [key, value] of pairsOf(url['variable'])) {
    text = text.replace(
      new RegExp(`/:${key.replaceAll(/\W/g, '\\$&')}(?=[/?#]|$)`),
      () => `/${value}`,
    )
  }
  return text
}

function bodyOf(
  body: unknown,
  where: string,
): { text: string; headers: readonly (readonly [string, string])[] } | undefined {
  if (!isObject(body) || body['disabled'] === true || body['mode'] === undefined) return undefined
  switch (textOf(body['mode'])) {
    case 'raw':
      return { text: textOf(body['raw']), headers: languageHeaders(body['options']) }
    case 'urlencoded':
      return {
        text: pairsOf(body['urlencoded'])
          .map((pair) => pair.map(encodeKeepingVariables).join('='))
          .join('&'),
        headers: [['content-type', 'application/x-www-form-urlencoded']],
      }
    case 'graphql':
      return {
        text: JSON.stringify(body['graphql']),
        headers: [['content-type', 'application/json']],
      }
    default:
      throw new Error(
        `${where} has a body of mode ${textOf(body['mode'])}, which is not supported.`,
      )
  }
}

const encodeKeepingVariables = (text: string): string =>
  text
    .split(/(\{\{[^{}]+\}\})/)
    .map((part, at) => (at % 2 === 1 ? part : encodeURIComponent(part)))
    .join('')

function languageHeaders(options: unknown): readonly (readonly [string, string])[] {
  const raw = isObject(options) ? options['raw'] : undefined
  const language = isObject(raw) ? raw['language'] : undefined
  return language === 'text' ? [['content-type', 'text/plain']] : []
}

function authOf(auth: unknown, where: string): PostmanRequest['auth'] {
  if (!isObject(auth)) return undefined
  const type = textOf(auth['type'])
  const values = new Map(pairsOf(auth[type]))
  switch (type) {
    case '':
    case 'noauth':
      return undefined
    case 'bearer':
      return { kind: 'bearer', value: values.get('token') ?? '' }
    case 'basic':
      return {
        kind: 'basic',
        value: `${values.get('username') ?? ''}:${values.get('password') ?? ''}`,
      }
    default:
      throw new Error(`${where} signs in by ${type}, which is not supported; bearer and basic are.`)
  }
}
