import { ATTEMPTS_MAX, OWN_ATTEMPTS_MAX, RETRY_WAIT_MS, RETRY_WAIT_MS_MAX } from './limits.ts'

/** How Telegram refused a call; `code` 0 where it gave no answer at all. */
export type Refusal = {
  readonly code: number
  readonly description: string
  readonly retryAfterSeconds?: number | undefined
  readonly migratedTo?: number | undefined
  /** Telegram may have carried the call out all the same. */
  readonly unsure?: boolean | undefined
}

/** What follows from a refusal. */
export type Consequence =
  /** There was nothing to do. */
  | { readonly next: 'done' }
  | Waits
  | { readonly next: 'move'; readonly to: number }
  /** The same, but outside the topic, which there is no more. */
  | { readonly next: 'without topic' }
  | { readonly next: 'unreachable' }
  /** It may have been sent, and must not be sent twice. */
  | { readonly next: 'leave' }
  | GivesUp

type Waits = { readonly next: 'wait'; readonly waitMs: number; readonly counts: boolean }
type GivesUp = { readonly next: 'give up' }

/**
 * What a job does after it was refused ("Making requests", ResponseParameters). A 429 is no attempt: it says when
 * to come back. What may pass is tried again, ever more rarely, with waits drawn by `random` (0 to 1); but what may be
 * sent only once (`once`) only where it is known that it was not sent.
 */
export function consequenceOf(
  refusal: Refusal,
  { attempts, once }: { readonly attempts: number; readonly once: boolean },
  random: () => number,
): Consequence {
  const { code, description, retryAfterSeconds, migratedTo } = refusal
  const says = (text: string): boolean => description.toLowerCase().includes(text)
  if (migratedTo !== undefined) return { next: 'move', to: migratedTo }
  if (code === 429 || retryAfterSeconds !== undefined) {
    return { next: 'wait', waitMs: (retryAfterSeconds ?? 1) * 1000, counts: false }
  }
  if (says('message is not modified')) return { next: 'done' }
  if (says('message thread not found') || says('topic_deleted')) return { next: 'without topic' }
  if (code === 403 || says('chat not found') || says('user is deactivated')) {
    return { next: 'unreachable' }
  }
  if (once && refusal.unsure === true) return { next: 'leave' }
  // 401 and 404 speak of the bot's token, which its owner can put right; 409 of another poller.
  const mayPass = code === 0 || code >= 500 || code === 401 || code === 404 || code === 409
  return mayPass ? later(attempts, ATTEMPTS_MAX, random) : { next: 'give up' }
}

/** What a job does after it failed for a reason of ours, before its call. */
export const consequenceOfOwn = (attempts: number, random: () => number): Waits | GivesUp =>
  later(attempts, OWN_ATTEMPTS_MAX, random)

function later(attempts: number, attemptsMax: number, random: () => number): Waits | GivesUp {
  if (attempts + 1 >= attemptsMax) return { next: 'give up' }
  const longest = Math.min(RETRY_WAIT_MS_MAX, RETRY_WAIT_MS * 2 ** attempts)
  return { next: 'wait', waitMs: longest * (0.5 + random() / 2), counts: true }
}
