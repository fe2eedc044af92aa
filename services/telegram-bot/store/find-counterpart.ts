import type { Environment } from '../bot/ports.ts'
import type { AnsweredRef, Counterpart } from '../domain/job.ts'
import type { Memory } from './chats.ts'

/** Where a message stands is written right after Telegram took it, while its reader may have answered already. */
const WAITS_MS = [50, 200, 500] as const

/** Where a message stands in the other chat; of the bot's own messages, waited for a moment. */
export async function findCounterpart(
  { counterpart }: Pick<Memory, 'counterpart'>,
  { sleep }: Pick<Environment, 'sleep'>,
  message: AnsweredRef,
): Promise<Counterpart | undefined> {
  const found = await counterpart(message)
  if (found !== undefined || message.ours !== true) return found
  for (const waitMs of WAITS_MS) {
    await sleep(waitMs)
    const later = await counterpart(message)
    if (later !== undefined) return later
  }
  return undefined
}
