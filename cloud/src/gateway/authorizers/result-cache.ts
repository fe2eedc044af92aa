import { createHash } from 'node:crypto'
import { authorizerResultsMax } from '../limits.ts'

/** Answers by the identity that they were given for, each for a time of its own. */
export type ResultCache<T> = {
  readonly get: (identity: readonly string[], nowMs: number) => T | undefined
  readonly put: (identity: readonly string[], value: T, untilMs: number) => void
}

/** A bounded cache; identities are kept as hashes, because they are secrets. */
export function resultCache<T>(entriesMax = authorizerResultsMax): ResultCache<T> {
  const kept = new Map<string, { readonly value: T; readonly untilMs: number }>()
  const keyOf = (identity: readonly string[]): string =>
    createHash('sha256').update(JSON.stringify(identity)).digest('base64')
  return {
    get(identity, nowMs) {
      const key = keyOf(identity)
      const found = kept.get(key)
      if (found === undefined) return undefined
      kept.delete(key)
      if (found.untilMs <= nowMs) return undefined
      kept.set(key, found)
      return found.value
    },
    put(identity, value, untilMs) {
      const key = keyOf(identity)
      kept.delete(key)
      for (const oldest of kept.keys()) {
        if (kept.size < entriesMax) break
        kept.delete(oldest)
      }
      kept.set(key, { value, untilMs })
    },
  }
}
