/**
 * Runs `work` for every entry, at most `atOnceMax` at a time, and gives the results in the order of the entries.
 * Rejects with the first rejection of `work`, and begins nothing more then.
 */
export async function inOrder<Entry, Result>(
  entries: readonly Entry[],
  atOnceMax: number,
  work: (entry: Entry) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const left = entries.entries()
  let failed = false
  async function worker(): Promise<void> {
    for (const [index, entry] of left) {
      if (failed) return
      try {
        results[index] = await work(entry)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const workers = Array.from({ length: Math.min(atOnceMax, entries.length) }, worker)
  await Promise.all(workers)
  return results
}
