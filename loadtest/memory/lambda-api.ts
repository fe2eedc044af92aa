import type { HttpClient } from '../http/http-client.ts'
import type { Architecture } from './price.ts'
import { reportFigures, type ReportFigures } from './report-figures.ts'
import { signed, type Credentials } from './signature.ts'

export type LambdaAddress = {
  /** The AWS endpoint of a local cloud, or `https://lambda.<region>.amazonaws.com`. */
  readonly endpoint: string
  readonly region: string
  readonly credentials: Credentials
}

export type Configuration = { readonly memoryMb: number; readonly architecture: Architecture }

export type Invoked = { readonly failed: boolean; readonly report: ReportFigures | undefined }

const POLL_MS = 500
const POLLS_MAX = 120
/** Putting a size back must not fail for a passing reason: an update under way (409), throttling, a lost connection. */
const TRIES_MAX = 20

/** The few operations of Lambda's API that comparing memory sizes needs. */
export function lambdaApi(
  client: Pick<HttpClient, 'send'>,
  { endpoint, region, credentials }: LambdaAddress,
  functionName: string,
) {
  const base = `${endpoint}/2015-03-31/functions/${encodeURIComponent(functionName)}`

  async function ask(
    method: string,
    path: string,
    body: string,
    more: Record<string, string> = {},
  ) {
    const call = {
      method,
      url: `${base}${path}`,
      headers: { 'content-type': 'application/json', ...more },
      body,
    }
    const headers = signed(call, { credentials, region, service: 'lambda', now: new Date() })
    const answer = await client.send({
      method,
      url: call.url,
      headers,
      ...(method === 'GET' ? {} : { body }),
    })
    if (answer.status >= 400) throw new Error(messageOf(answer.text(), answer.status))
    return answer
  }

  async function configuration(): Promise<Configuration & { ready: boolean }> {
    const found = (await ask('GET', '/configuration', '')).json() as {
      MemorySize: number
      Architectures?: readonly string[]
      LastUpdateStatus?: string
    } // GetFunctionConfiguration
    return {
      memoryMb: found.MemorySize,
      architecture: found.Architectures?.[0] === 'arm64' ? 'arm64' : 'x86_64',
      ready: found.LastUpdateStatus !== 'InProgress',
    }
  }

  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, POLL_MS))

  /** Sets the memory size and waits until it holds. */
  async function setMemory(memoryMb: number): Promise<void> {
    await ask('PUT', '/configuration', JSON.stringify({ MemorySize: memoryMb }))
    for (let poll = 0; !(await configuration()).ready; poll++) {
      if (poll > POLLS_MAX) throw new Error(`The update of ${functionName} does not end.`)
      await pause()
    }
  }

  return {
    configuration,
    setMemory,
    /** The same, and once more after a failure; says what to do when it fails all the same. */
    async putBack(memoryMb: number): Promise<void> {
      for (let left = TRIES_MAX; ; left--) {
        try {
          return await setMemory(memoryMb)
        } catch (error) {
          if (left <= 1) {
            const reason = error instanceof Error ? error.message : String(error)
            throw new Error(
              `The memory size of ${functionName} could not be put back to ${memoryMb} MB (${reason}). Set it yourself.`,
              { cause: error },
            )
          }
          await pause()
        }
      }
    },
    async invoke(event: string): Promise<Invoked> {
      const answer = await ask('POST', '/invocations', event, { 'x-amz-log-type': 'Tail' })
      const log = Buffer.from(answer.header('x-amz-log-result') ?? '', 'base64').toString('utf8')
      return {
        failed: answer.header('x-amz-function-error') !== undefined,
        report: reportFigures(log),
      }
    },
  }
}

function messageOf(text: string, status: number): string {
  try {
    const body = JSON.parse(text) as { Message?: string; message?: string }
    return body.Message ?? body.message ?? `Lambda answered ${status}.`
  } catch {
    return `Lambda answered ${status}: ${text.slice(0, 200)}`
  }
}
