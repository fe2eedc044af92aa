import { migration } from '../bot/chat-changes.ts'
import { draftOf, onlyOnce } from '../domain/job.ts'
import type { Draft, Job } from '../domain/job.ts'
import { sentencesIn } from '../domain/sentences/sentences.ts'
import type { Sentences } from '../domain/sentences/sentences.ts'
import { consequenceOf, consequenceOfOwn } from '../domain/telegram-failure.ts'
import type { Consequence, Refusal } from '../domain/telegram-failure.ts'
import { markUnreachable, moveChat } from '../store/chat-writes.ts'
import { leftOut, piecesApart } from './album.ts'
import type { LaneTools } from './lane-worker.ts'

/** What comes next in the lane. `read again`: something else may come next than what was read. */
export type Next = 'go on' | 'wait' | 'read again'

type Tools = Pick<LaneTools, 'queue' | 'parts'>

/** Does what follows from a refusal of Telegram's. */
export async function afterRefusal(tools: Tools, job: Job, refusal: Refusal): Promise<Next> {
  const { queue, parts } = tools
  const { attempts, action } = job
  const { code, description } = refusal
  const { random } = parts.environment
  const consequence = consequenceOf(refusal, { attempts, once: onlyOnce(job) }, random)
  const { next } = consequence
  parts.log.warn('Telegram refused a message', {
    chat: job.to,
    action: action.kind,
    code,
    description,
    next,
  })
  // A 400 is Telegram's word that nothing of it was sent.
  if (next === 'give up' && code === 400 && action.kind === 'album' && action.messages.length > 1) {
    await queue.replace(job, piecesApart(job, action))
    return 'read again'
  }
  return follow(tools, job, consequence, () => description)
}

/** Does what follows from an error of our own, from before the call to Telegram. */
export async function afterOwnError(tools: Tools, job: Job, error: unknown): Promise<Next> {
  const { log, environment } = tools.parts
  const consequence = consequenceOfOwn(job.attempts, environment.random)
  const { next } = consequence
  log.error('A message could not be made', {
    chat: job.to,
    action: job.action.kind,
    attempt: job.attempts + 1,
    next,
    error,
  })
  return follow(tools, job, consequence, ({ ownFault }) => ownFault)
}

type Reason = (sentences: Sentences) => string

async function follow(
  { queue, parts }: Tools,
  job: Job,
  consequence: Consequence,
  reason: Reason,
): Promise<Next> {
  switch (consequence.next) {
    case 'wait':
      await queue.tryAgain(job, consequence.counts)
      await queue.postpone(job.to, parts.environment.now() + consequence.waitMs)
      return 'wait'
    case 'move':
      await moveChat(parts.table, await migration(parts, job.to, consequence.to))
      await queue.replace(job, [{ ...draftOf(job), to: consequence.to }])
      return 'read again'
    case 'without topic':
      await queue.replace(job, [{ ...draftOf(job), threadId: undefined }])
      return 'read again'
    case 'unreachable':
      await markUnreachable(parts.table, job.to)
      await queue.replace(job, notices(job, consequence, reason))
      return 'read again'
    case 'done':
    case 'leave':
    case 'give up':
      await queue.replace(job, notices(job, consequence, reason))
      return 'read again'
  }
}

/**
 * Tells the sender of a message that it did not arrive, and who asked for a token its link without the picture. The
 * line before a media message has no notice of its own.
 */
function notices(job: Job, { next }: Consequence, reason: Reason): Draft[] {
  const { to, threadId, action, relays } = job
  if (next === 'give up' && action.kind === 'qr') {
    return [{ to, threadId, action: { kind: 'text', text: action.instead } }]
  }
  if (relays === undefined || relays.header === true || next === 'done') return []
  if (action.kind === 'album-check') return [leftOut(relays, action)]
  const { source, language, piece } = relays
  const sentences = sentencesIn(language)
  const text = (): string => {
    if (next === 'unreachable') return sentences.peerUnreachable
    const why = reason(sentences)
    return piece === undefined
      ? sentences.notDelivered(why)
      : sentences.pieceNotDelivered(piece.at, piece.of, why)
  }
  return [
    {
      to: source.chat,
      threadId: relays.threadId,
      replyTo: source,
      action: { kind: 'text', text: text() },
    },
  ]
}
