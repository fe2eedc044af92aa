export { documents, type Documents } from './documents.ts'
export { afterPrefix, keySpace, prefixRange } from './key.ts'
export { openLmdbStore, type Durability } from './lmdb.ts'
export { openMemoryStore } from './memory.ts'
export {
  keyBytesMax,
  StorageError,
  type Entry,
  type Range,
  type Reader,
  type Store,
  type Writer,
} from './store.ts'
