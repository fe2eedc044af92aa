import type { Store } from '../../storage/index.ts'
import { transactionEventsMax } from '../limits.ts'
import { oldestMs } from './blocks.ts'
import { removeOldest } from './events.ts'
import {
  doomedGroups,
  groupRecords,
  streamId,
  streamRecords,
  streamsOf,
  type GroupRecord,
} from './records.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Removes events past their group's retention, streams left without events, and what deleted groups left. */
export async function sweep(store: Store, nowMs: number): Promise<void> {
  await removeDoomed(store)
  const groups = [...groupRecords.list(store.reader)].map(([, group]) => group)
  for (const group of groups) {
    if (group.retentionDays !== undefined) {
      await removeExpired(store, group.name, nowMs - group.retentionDays * dayMs)
    }
    await removeEmptied(store, group)
  }
}

/** Removes the events of groups that were deleted, a part at a time. */
export async function removeDoomed(store: Store): Promise<void> {
  const ids = [...doomedGroups.list(store.reader)].map(([id]) => id)
  for (const id of ids) {
    await repeat(() =>
      store.write((writer) => {
        const { more } = removeOldest(writer, Number(id), { eventsMax: transactionEventsMax })
        if (!more) doomedGroups.remove(writer, id)
        return more
      }),
    )
  }
}

const removeExpired = (store: Store, name: string, beforeMs: number): Promise<void> =>
  repeat(() =>
    store.write((writer) => {
      const group = groupRecords.get(writer, name)
      if (group === undefined) return false
      const removed = removeOldest(writer, group.id, { beforeMs, eventsMax: transactionEventsMax })
      if (removed.bytes === 0) return false
      const bytes = Math.max(0, group.bytes - removed.bytes)
      groupRecords.put(writer, name, { ...group, bytes })
      return removed.more
    }),
  )

/** AWS keeps empty streams for ever; here each start of a function makes one, so they go with their events. */
const removeEmptied = (store: Store, { name, id }: GroupRecord): Promise<void> =>
  store.write((writer) => {
    const oldest = oldestMs(writer, id) ?? Infinity
    const emptied = [...streamsOf(writer, name)].filter(
      ({ lastMs }) => lastMs !== undefined && lastMs < oldest,
    )
    for (const stream of emptied) streamRecords.remove(writer, streamId(name, stream.name))
  })

async function repeat(step: () => Promise<boolean>): Promise<void> {
  while (await step());
}
