import { randomUUID } from 'node:crypto'
import { documentClient, env } from '@cloudlet/kit'
import { deliverer } from '../delivery/deliverer.ts'
import { pace } from '../delivery/pace.ts'
import { queue } from '../store/queue.ts'
import { functionBot } from '../webhook/function-bot.ts'

const table = { client: documentClient(), name: env('BOT_TABLE') }
const bot = functionBot(process.env, table)
const outgoing = queue(table)
const pacing = pace()

/** What is left of the function's time when no new call is begun: one call to Telegram and the writes after it. */
const RESERVE_MS = 30_000

/**
 * Sends what is queued, woken by the stream of the table's lanes. It stays as long as something waits (a limit of
 * Telegram's, a retry), and where its time ends before that, it touches a lane: the stream calls it again.
 */
export async function handler(
  _event: unknown,
  context: { readonly getRemainingTimeInMillis: () => number },
): Promise<void> {
  if (bot === undefined) return
  const parts = await bot.parts()
  const { now } = parts.environment
  const delivery = deliverer({
    parts,
    api: bot.api,
    queue: outgoing,
    pace: pacing,
    worker: randomUUID(),
  })
  const untilMs = now() + Math.max(0, context.getRemainingTimeInMillis() - RESERVE_MS)
  const [left] = await delivery.run({ untilMs, whenEmpty: 'return' })
  if (left !== undefined) await outgoing.touch(left)
}
