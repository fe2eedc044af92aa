import { invalidParameter } from '../errors.ts'
import type { Position } from './events.ts'

/** Paging tokens: opaque to callers, and of no use but to go on where an answer ended. */
export const writeNameToken = (name: string): string => Buffer.from(name).toString('base64url')
export const readNameToken = (token: string): string => Buffer.from(token, 'base64url').toString()

export const writePosition = ({ timestamp, serial }: Position): string =>
  `${String(timestamp).padStart(20, '0')}${String(serial).padStart(36, '0')}`

/** @throws AwsError InvalidParameterException when the text is no position */
export function readPosition(text: string): Position {
  if (!/^\d{56}$/.test(text)) throw invalidParameter('The specified nextToken is invalid.')
  const timestamp = Number(text.slice(0, 20))
  const serial = Number(text.slice(20))
  if (!Number.isSafeInteger(timestamp) || !Number.isSafeInteger(serial)) {
    throw invalidParameter('The specified nextToken is invalid.')
  }
  return { timestamp, serial }
}

export const after = ({ timestamp, serial }: Position): Position => ({
  timestamp,
  serial: serial + 1,
})
