import { AwsError } from '../../kernel/index.ts'
import { invalidParameter, missingParameter } from '../errors.ts'
import { messageAttributesMax } from '../limits.ts'
import type { MessageAttributes } from './message.ts'

/** What a message may not hold: all but #x9 #xA #xD #x20–#xD7FF #xE000–#xFFFD #x10000–#x10FFFF. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u
const attributeName = /^(?!(?:aws|amazon)\.)(?!\.)(?!.*\.\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/i
const attributeType = /^(?:String|Number|Binary)(?:\..{1,249})?$/s

/**
 * Checks a message's body and attributes as SendMessage does.
 *
 * @returns its size in bytes: body, attribute names, types and values
 * @throws AwsError MissingParameter, InvalidMessageContents, InvalidParameterValue
 */
export function checkMessage(
  body: string | undefined,
  attributes: MessageAttributes | undefined,
  bytesMax: number,
): number {
  if (body === undefined || body === '') throw missingParameter('MessageBody')
  checkContents(body)
  const entries = Object.entries(attributes ?? {})
  if (entries.length > messageAttributesMax) {
    throw new AwsError(
      'InvalidParameterValue',
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${messageAttributesMax}].`,
    )
  }
  let bytes = Buffer.byteLength(body)
  for (const [name, value] of entries) bytes += attributeBytes(name, value)
  if (bytes > bytesMax) {
    throw new AwsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${bytesMax} bytes.`,
    )
  }
  return bytes
}

function attributeBytes(name: string, value: MessageAttributes[string]): number {
  const refuse = (why: string): AwsError =>
    new AwsError('InvalidParameterValue', `The message attribute '${name}' ${why}`)
  if (!attributeName.test(name)) throw refuse('has an invalid name.')
  const type = value.DataType ?? ''
  if (type === '') throw refuse('must contain a non-empty message attribute type.')
  if (!attributeType.test(type)) {
    throw refuse(
      'has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.',
    )
  }
  if (value.StringListValues !== undefined || value.BinaryListValues !== undefined) {
    throw new AwsError('UnsupportedOperation', 'Message attribute list values are not supported.')
  }
  const binary = type.startsWith('Binary')
  const content = binary ? value.BinaryValue : value.StringValue
  if (
    content === undefined ||
    content === '' ||
    (binary ? value.StringValue : value.BinaryValue) !== undefined
  ) {
    throw refuse(
      `must contain a non-empty message attribute value for message attribute type '${type}'.`,
    )
  }
  if (!binary) checkContents(content)
  if (type.startsWith('Number') && !Number.isFinite(Number(content))) {
    throw invalidParameter(
      name,
      content,
      `Can't cast the value of message (user) attribute '${name}' to a number.`,
    )
  }
  const bytes = binary ? Buffer.from(content, 'base64').length : Buffer.byteLength(content)
  return Buffer.byteLength(name) + Buffer.byteLength(type) + bytes
}

function checkContents(content: string): void {
  if (!forbidden.test(content)) return
  throw new AwsError(
    'InvalidMessageContents',
    'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
  )
}
