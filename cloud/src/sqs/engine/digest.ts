import { createHash } from 'node:crypto'
import type { MessageAttributes } from './message.ts'

/** MD5OfMessageBody: hexadecimal, of the body in UTF-8. */
export const bodyDigest = (body: string): string => createHash('md5').update(body).digest('hex')

const stringTransport = Buffer.from([1])
const binaryTransport = Buffer.from([2])

/**
 * MD5OfMessageAttributes ("Calculating the MD5 message digest for message attributes"): attributes in order of
 * their names; of each the name, the type, one byte for the kind of value, and the value, lengths before texts.
 *
 * @returns undefined when there are no attributes
 */
export function attributesDigest(attributes: MessageAttributes | undefined): string | undefined {
  const entries = Object.entries(attributes ?? {})
  if (entries.length === 0) return undefined
  const hash = createHash('md5')
  function add(bytes: Buffer): void {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    hash.update(length).update(bytes)
  }
  for (const [name, value] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
    add(Buffer.from(name))
    add(Buffer.from(value.DataType ?? ''))
    if (value.BinaryValue === undefined) {
      hash.update(stringTransport)
      add(Buffer.from(value.StringValue ?? ''))
    } else {
      hash.update(binaryTransport)
      add(Buffer.from(value.BinaryValue, 'base64'))
    }
  }
  return hash.digest('hex')
}
