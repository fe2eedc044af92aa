import { documents, type Reader, type Store, type Writer } from '../../storage/index.ts'
import { sweptPerTransactionMax } from '../limits.ts'

/**
 * Small facts that end by themselves: a revoked sign-in, a session that was used, failed attempts,
 * an authorization code.
 *
 *     cognito/marks          kind/id                     → { untilMs, value }
 *     cognito/marks-by-time  untilMs in 15 digits/kind/id → 1     so that sweeping reads only what has ended
 */
type Mark = { readonly untilMs: number; readonly value: unknown }
export type MarkKind = 'revoked' | 'rotated' | 'used' | 'failures' | 'sent' | 'tries' | 'code'

const marks = documents<Mark>('cognito/marks')
const byTime = documents<1>('cognito/marks-by-time')
const timeId = (untilMs: number, id: string): string =>
  `${String(Math.trunc(untilMs)).padStart(15, '0')}/${id}`

/** The value of a mark that has not ended, or undefined. */
export function markOf(reader: Reader, kind: MarkKind, id: string, nowMs: number): unknown {
  const found = marks.get(reader, `${kind}/${id}`)
  return found === undefined || found.untilMs <= nowMs ? undefined : found.value
}

export function putMark(
  writer: Writer,
  kind: MarkKind,
  id: string,
  mark: { untilMs: number; value: unknown },
): void {
  removeMark(writer, kind, id)
  marks.put(writer, `${kind}/${id}`, mark)
  byTime.put(writer, timeId(mark.untilMs, `${kind}/${id}`), 1)
}

export function removeMark(writer: Writer, kind: MarkKind, id: string): void {
  const found = marks.get(writer, `${kind}/${id}`)
  if (found === undefined) return
  marks.remove(writer, `${kind}/${id}`)
  byTime.remove(writer, timeId(found.untilMs, `${kind}/${id}`))
}

/** Removes what has ended, a bounded number a transaction. Resolves when nothing is left. */
export async function sweepMarks(store: Store, nowMs: number): Promise<void> {
  for (;;) {
    const ended = endedIds(store.reader, nowMs)
    if (ended.length === 0) return
    await store.write((writer) => {
      for (const { time, id } of ended) {
        byTime.remove(writer, time)
        const mark = marks.get(writer, id)
        if (mark !== undefined && mark.untilMs <= nowMs) marks.remove(writer, id)
      }
    })
  }
}

function endedIds(reader: Reader, nowMs: number): { time: string; id: string }[] {
  const ended: { time: string; id: string }[] = []
  for (const [time] of byTime.list(reader)) {
    if (Number(time.slice(0, 15)) > nowMs || ended.length >= sweptPerTransactionMax) break
    ended.push({ time, id: time.slice(16) })
  }
  return ended
}
