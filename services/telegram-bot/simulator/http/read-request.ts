import type { IncomingMessage } from 'node:http'
import type { Arguments, Upload } from '../bot-api/arguments.ts'
import { Refused } from '../people/refused.ts'
import { readMultipart } from './multipart.ts'

/** A bot may upload 50 MB ("Sending files"). */
const BODY_BYTES_MAX = 50 * 1024 * 1024

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_BYTES_MAX) throw new Refused(413, 'Request Entity Too Large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A JSON object; an empty body is an empty one. @throws Refused */
export function readObject(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {}
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    throw new Refused(400, 'The body is not valid JSON.')
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Refused(400, 'The body is not a JSON object.')
  }
  // A cast at a checked boundary: any object has fields of unknown kind.
  return value as Record<string, unknown>
}

/** A call's arguments from the address and a body of any of the four kinds ("Making requests"). */
export function readArguments(query: URLSearchParams, type: string, body: Buffer): Arguments {
  const values = new Map<string, unknown>(query)
  const uploads = new Map<string, Upload>()
  if (/^application\/json\b/i.test(type)) {
    for (const [name, value] of Object.entries(readObject(body))) values.set(name, value)
  } else if (/^multipart\/form-data\b/i.test(type)) {
    readForm(type, body, values, uploads)
  } else if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
    for (const [name, value] of new URLSearchParams(body.toString('utf8'))) values.set(name, value)
  }
  return { values: Object.fromEntries(values), uploads }
}

function readForm(
  type: string,
  body: Buffer,
  values: Map<string, unknown>,
  uploads: Map<string, Upload>,
): void {
  const parts = readMultipart(type, body)
  if (parts === undefined) throw new Refused(400, 'the form could not be read')
  for (const { name, file, type: mime = 'application/octet-stream', content } of parts) {
    if (file === undefined) values.set(name, content.toString('utf8'))
    else uploads.set(name, { name: file, mime, base64: content.toString('base64') })
  }
}
