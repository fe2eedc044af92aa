import { request } from 'node:http'
import { CliError } from './cli-error.ts'

export type Answer = {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
}

/** What a service answered with an error; the message is its own. */
export class ServiceError extends CliError {
  readonly status: number
  /** For example `ResourceNotFoundException`. */
  readonly type: string

  constructor(answer: Answer) {
    super(messageOf(answer))
    this.status = answer.status
    this.type = textMember(answer, ['__type']) ?? ''
  }
}

export type Call = {
  readonly method?: string
  readonly path: string
  /** The AWS service in the credential scope; the local cloud takes any key. */
  readonly service?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/**
 * Asks the cloud that runs on this machine.
 *
 * @throws CliError when none answers on the port
 */
export function askCloud(port: number, call: Call): Promise<Answer> {
  const authorization =
    call.service === undefined
      ? {}
      : {
          authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/${call.service}/aws4_request, SignedHeaders=host, Signature=local`,
          'x-amz-date': new Date().toISOString().replaceAll(/[-:]|\.\d+/g, ''),
        }
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        method: call.method ?? 'GET',
        path: call.path,
        headers: { ...authorization, ...call.headers },
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      },
    )
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ECONNREFUSED'
          ? new CliError(
              `No cloud answers on port ${port}. Start one with "npm start" (or "cloudlet up"), or name its port with --port.`,
            )
          : error,
      ),
    )
    outgoing.end(call.body)
  })
}

/**
 * Calls a JSON operation of the running cloud.
 *
 * @param target for example `Logs_20140328.FilterLogEvents`
 * @throws ServiceError with the service's own message
 */
export async function callOperation(
  port: number,
  service: string,
  target: string,
  input: object,
): Promise<unknown> {
  const answer = await askCloud(port, {
    method: 'POST',
    path: '/',
    service,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
    body: JSON.stringify(input),
  })
  if (answer.status !== 200) throw new ServiceError(answer)
  return JSON.parse(answer.body) as unknown
}

/** The sentence in an error's body, whatever its shape. */
export const messageOf = (answer: Answer): string =>
  textMember(answer, ['message', 'Message', 'error']) ?? `${answer.status} ${answer.body}`.trim()

/** The first of these members of a JSON body that is a text. */
function textMember({ body }: Answer, names: readonly string[]): string | undefined {
  try {
    const members = JSON.parse(body) as Record<string, unknown>
    return names.map((name) => members[name]).find((value) => typeof value === 'string')
  } catch {
    return undefined // not JSON
  }
}
