import { AwsError } from '../../../kernel/index.ts'
import { expressionBytesMax } from './limits.ts'
import { invalid } from './placeholders.ts'

export type ExpressionKind =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression'

/** Runs a parser over an expression's text, checks the text's size, and puts the expression's name before complaints. */
export function inExpression<T>(kind: ExpressionKind, text: string, parse: () => T): T {
  try {
    requireSize(kind, text)
    return parse()
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw invalid(`Invalid ${kind}: ${error.message}`)
  }
}

function requireSize(kind: ExpressionKind, text: string): void {
  if (text === '') throw invalid('The expression can not be empty;')
  if (text.length * 3 <= expressionBytesMax) return
  const bytes = Buffer.byteLength(text)
  if (bytes <= expressionBytesMax) return
  const size = kind === 'ProjectionExpression' ? '' : ` expression size: ${bytes}`
  throw invalid(`Expression size has exceeded the maximum allowed size;${size}`)
}
