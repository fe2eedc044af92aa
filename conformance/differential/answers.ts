import type { Case } from './scene.ts'

/** What an engine answered, in a form that can be compared. */
export type Answer = { readonly status: number; readonly text: string }

/** Sends a request as a client would, and reads the answer without what must differ: ids, times, order of sets. */
export async function ask(port: number, { operation, input }: Case): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20260101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: typeof input === 'string' ? input : JSON.stringify(input),
  })
  const body = await response.text()
  return { status: response.status, text: readable(response.status, body) }
}

function readable(status: number, body: string): string {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return `not JSON: ${body}`
  }
  if (status !== 200 && parsed !== null && typeof parsed === 'object') {
    const error = parsed as Record<string, unknown>
    const code = String(error.__type).replace(/^.*#/, '')
    const given = error.message ?? error.Message
    const message = typeof given === 'string' ? given : ''
    const { __type, message: _one, Message: _two, ...details } = error
    const more = Object.keys(details).length === 0 ? '' : ` ${ordered(details)}`
    return `${code}: ${message}${more}`
  }
  return ordered(parsed)
}

/** Members that are never the same twice, and those that DynamoDB Local does not know. */
const volatile = new Set([
  'CreationDateTime',
  'TableId',
  'TableArn',
  'IndexArn',
  'LastUpdateToPayPerRequestDateTime',
  'LastDecreaseDateTime',
  'LastIncreaseDateTime',
  'WarmThroughput',
  'NextToken',
  'TableStatus',
  'IndexStatus',
])

function ordered(value: unknown, name = ''): string {
  if (Array.isArray(value)) {
    const members = value.map((member) => ordered(member))
    // Sets and rows have no order; lists of attributes (L) have.
    return `[${(name === 'L' || name === 'CancellationReasons' ? members : members.sort()).join(',')}]`
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).filter(([key]) => !volatile.has(key))
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${ordered(member, key)}`).join(',')}}`
}
