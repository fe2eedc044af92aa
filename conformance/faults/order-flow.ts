import { makeOrder } from '../chaos/orders.ts'

/** An answer that a client may get while something is broken, and what it has to do about it. */
type Judgement = 'done' | 'try again' | 'wrong'

/** What clients have seen. */
export type Seen = {
  readonly acknowledged: ReadonlySet<string>
  /** How often each answer came, for example `201`, `503 The service is unavailable …`, `ECONNREFUSED`. */
  readonly answers: ReadonlyMap<string, number>
  /** Answers that no client could make sense of. */
  readonly wrong: readonly string[]
  /** How long an order that was taken at the first try took, the middle one. */
  readonly medianMs: number
}

const TRY_AGAIN_MS = 150
/** Who has tried for so long gives up. */
const PATIENCE_MS = 60_000

/** Before the connection was made, or in its midst: sent again, the same order counts once. */
const LOST_CONNECTION = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

/**
 * Customers who post orders at a rate, whatever happens to the cloud, and post one again until it is acknowledged.
 *
 * @param address where orders go
 * @param crash what API Gateway answers when a function has died: an HTTP API 500 with "Internal Server Error"
 *   ("Troubleshooting issues with HTTP API Lambda integrations"), which is retryable
 */
export function orderFlow(o: {
  readonly address: string
  readonly token: string
  readonly perSecond: number
  readonly crashes: boolean
}) {
  const acknowledged = new Set<string>()
  const answers = new Map<string, number>()
  const wrong: string[] = []
  const takenMs: number[] = []
  const underWay: Promise<void>[] = []
  let serial = 0
  const startedMs = performance.now()
  const timer = setInterval(() => {
    const due = ((performance.now() - startedMs) / 1000) * o.perSecond
    while (serial < due) underWay.push(order(serial++))
  }, 5)

  async function order(number: number): Promise<void> {
    const { id, body } = makeOrder(number)
    const beganMs = performance.now()
    for (let tries = 1; performance.now() - beganMs < PATIENCE_MS; tries++) {
      const [judgement, answer] = await post(body)
      answers.set(answer, (answers.get(answer) ?? 0) + 1)
      if (judgement === 'done') {
        if (tries === 1) takenMs.push(performance.now() - beganMs)
        return void acknowledged.add(id)
      }
      if (judgement === 'wrong') return void wrong.push(`${id}: ${answer}`)
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS))
    }
    wrong.push(`${id}: not acknowledged within ${PATIENCE_MS / 1000} s`)
  }

  async function post(body: string): Promise<readonly [Judgement, string]> {
    try {
      const response = await fetch(o.address, {
        method: 'POST',
        headers: { authorization: `Bearer ${o.token}`, 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(30_000),
      })
      const text = await response.text()
      return judged(response.status, text, o.crashes)
    } catch (error) {
      const code = codeOf(error)
      return LOST_CONNECTION.has(code) ? ['try again', code] : ['wrong', code]
    }
  }

  return {
    /** No more orders; resolves when all are acknowledged or given up. */
    async end(): Promise<Seen> {
      clearInterval(timer)
      await Promise.all(underWay)
      const medianMs = takenMs.toSorted((a, b) => a - b)[takenMs.length >> 1] ?? Number.NaN
      return { acknowledged, answers, wrong, medianMs }
    },
  }
}

function judged(status: number, text: string, crashes: boolean): readonly [Judgement, string] {
  if (status === 201 || status === 200) return ['done', String(status)]
  const sentence = sentenceOf(text)
  const answer = `${status} ${sentence ?? text.slice(0, 200)}`
  if (sentence === undefined) return ['wrong', answer]
  if (status === 503 || status === 502) return ['try again', answer]
  const isCrash = crashes && status === 500 && sentence === 'Internal Server Error'
  return [isCrash ? 'try again' : 'wrong', answer]
}

/** What an error's body says: the services name it `error`, API Gateway `message`. */
function sentenceOf(text: string): string | undefined {
  try {
    const { error, message } = JSON.parse(text) as { error?: unknown; message?: unknown }
    const sentence = error ?? message
    return typeof sentence === 'string' && sentence !== '' ? sentence : undefined
  } catch {
    return undefined
  }
}

/** The innermost cause's code: fetch hides it. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause !== undefined) return codeOf(error.cause)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
