import { GrammyError } from 'grammy'
import type { Api } from 'grammy'
import type { Action, Draft, Job, Relayed } from '../domain/job.ts'
import { sentencesIn } from '../domain/sentences/sentences.ts'
import type { Made } from '../store/queue.ts'

type Album = Extract<Action, { kind: 'album' }>
type AlbumCheck = Extract<Action, { kind: 'album-check' }>

/** "Identifiers must be specified in a strictly increasing order." */
const inOrder = (messages: readonly number[]): number[] =>
  [...new Set(messages)].toSorted((a, b) => a - b)

/** Copies an album in one call. "If some of the specified messages can't be found or copied, they are skipped." */
export async function copyAlbum(api: Api, job: Job, { from, messages }: Album): Promise<Made> {
  const pieces = inOrder(messages)
  const { to, threadId, relays } = job
  const place = threadId === undefined ? {} : { message_thread_id: threadId }
  const copies = (await api.copyMessages(to, from, pieces, place)).map((each) => each.message_id)
  if (copies.length === pieces.length) return { sent: sentOf(from, pieces, copies), more: [] }
  // A job of its own: what was copied must not be copied again if the check fails.
  const check: Draft = { to, relays, action: { kind: 'album-check', from, pieces, copies } }
  return { sent: [], more: [check] }
}

const sentOf = (chat: number, pieces: readonly number[], copies: readonly number[]): Made['sent'] =>
  copies.flatMap((message, at) => {
    const piece = pieces[at]
    return piece === undefined ? [] : [{ source: { chat, message: piece }, message }]
  })

/** Tells the sender which pieces were left out of an album, and notes which piece each copy stands for. */
export async function checkAlbum(api: Api, { relays }: Job, action: AlbumCheck): Promise<Made> {
  const { from, pieces, copies } = action
  const gone = new Set<number>()
  for (const piece of pieces) if (!(await isThere(api, from, piece))) gone.add(piece)
  const there = pieces.filter((piece) => !gone.has(piece))
  if (relays === undefined) return { sent: [], more: [] }
  // Something else was left out than what is gone: nobody can tell which copy is which.
  if (there.length !== copies.length) return { sent: [], more: [leftOut(relays, action)] }
  const { pieceNotDelivered, notCopied } = sentencesIn(relays.language)
  const [first] = there
  return {
    sent: sentOf(from, there, copies),
    more: pieces.flatMap((piece, at): Draft[] => {
      if (!gone.has(piece)) return []
      const text = pieceNotDelivered(at + 1, pieces.length, notCopied)
      const replyTo = first === undefined ? undefined : { chat: from, message: first }
      return [{ to: from, threadId: relays.threadId, replyTo, action: { kind: 'text', text } }]
    }),
  }
}

/** Tells the sender how many pieces were left out, where it is not known which. */
export function leftOut(relays: Relayed, { from, pieces, copies }: AlbumCheck): Draft {
  const { source, threadId, language } = relays
  const count = pieces.length - copies.length
  const text = sentencesIn(language).piecesNotDelivered(count, pieces.length)
  return { to: from, threadId, replyTo: source, action: { kind: 'text', text } }
}

/**
 * Whether a person's message is there (to be copied). The Bot API has no call to read one; this one, which would change
 * nothing, is refused for all of them, but with another reason for those that are gone.
 */
async function isThere(api: Api, chat: number, message: number): Promise<boolean> {
  try {
    await api.editMessageReplyMarkup(chat, message)
  } catch (error) {
    const refused =
      error instanceof GrammyError && (error.error_code === 400 || error.error_code === 403)
    if (!refused) throw error
    return !error.description.includes('message to edit not found')
  }
  return true
}

/** An album that Telegram refuses as a whole, piece by piece: one that cannot be copied must not hold up the others. */
export function piecesApart({ to, threadId, relays }: Job, { from, messages }: Album): Draft[] {
  const pieces = inOrder(messages)
  return pieces.map((message, at): Draft => {
    const source = { chat: from, message }
    const piece = { at: at + 1, of: pieces.length }
    return {
      to,
      threadId,
      relays: relays && { ...relays, source, piece },
      action: { kind: 'copy', from: source },
    }
  })
}
