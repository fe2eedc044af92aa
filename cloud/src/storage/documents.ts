import { afterPrefix, justAfter, keySpace } from './key.ts'
import type { Reader, Writer } from './store.ts'

/**
 * A small collection of JSON documents under one key space, for what parts keep besides their bulk data:
 * definitions, positions, sessions. Ids are text without zero bytes, listed in byte order.
 */
export type Documents<T> = {
  readonly get: (reader: Reader, id: string) => T | undefined
  readonly put: (writer: Writer, id: string, value: T) => void
  readonly remove: (writer: Writer, id: string) => void
  /** Documents whose id begins with `prefix`, from the one after `after`, in order of their ids. */
  readonly list: (
    reader: Reader,
    options?: { prefix?: string; after?: string },
  ) => Iterable<readonly [string, T]>
}

/** @param space unique within the cloud, for example `cognito/users` */
export function documents<T>(space: string): Documents<T> {
  const prefix = keySpace(space)
  const key = (id: string): Buffer => Buffer.concat([prefix, Buffer.from(id, 'utf8')])
  const parse = (value: Buffer): T => JSON.parse(value.toString('utf8')) as T
  return {
    get(reader, id) {
      const value = reader.get(key(id))
      return value === undefined ? undefined : parse(value)
    },
    put: (writer, id, value) => writer.put(key(id), Buffer.from(JSON.stringify(value), 'utf8')),
    remove: (writer, id) => writer.remove(key(id)),
    *list(reader, options = {}) {
      const first = key(options.prefix ?? '')
      const from = options.after === undefined ? first : justAfter(key(options.after))
      for (const entry of reader.range({ from, to: afterPrefix(first) })) {
        yield [entry.key.toString('utf8', prefix.length), parse(entry.value)] as const
      }
    },
  }
}
