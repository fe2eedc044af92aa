import { AwsError } from '../../kernel/index.ts'
import { batchEntriesMax } from '../limits.ts'

type Entry = { readonly Id: string }
export type BatchFailure = {
  readonly Id: string
  readonly SenderFault: boolean
  readonly Code: string
  readonly Message: string
}

/** @throws AwsError EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct */
export function checkEntries(entries: readonly Entry[] | undefined): void {
  if (entries === undefined || entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.')
  }
  if (entries.length > batchEntriesMax) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${batchEntriesMax}. You have sent ${entries.length}.`,
    )
  }
  const ids = new Set<string>()
  for (const { Id } of entries) {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(Id)) {
      throw new AwsError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      )
    }
    if (ids.has(Id)) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`)
    ids.add(Id)
  }
}

/** Runs each entry by itself: those that throw an AwsError are failures, the others stand under `done`. */
export function eachEntry<E extends Entry, R>(
  entries: readonly E[],
  run: (entry: E) => R,
): { done: { entry: E; result: R }[]; failed: BatchFailure[] } {
  const done: { entry: E; result: R }[] = []
  const failed: BatchFailure[] = []
  for (const entry of entries) {
    try {
      done.push({ entry, result: run(entry) })
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      failed.push({
        Id: entry.Id,
        SenderFault: error.fault === 'client',
        Code: error.code,
        Message: error.message,
      })
    }
  }
  return { done, failed }
}

/** A batch's answer; AWS's clients want both lists, AWS leaves out empty ones. */
export const batchResult = (
  successful: readonly object[],
  failed: readonly BatchFailure[],
): object => ({
  ...(successful.length > 0 && { Successful: successful }),
  ...(failed.length > 0 && { Failed: failed }),
})
