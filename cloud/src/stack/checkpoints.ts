import type { CheckpointStore } from '../lambda/index.ts'
import { documents, type Store } from '../storage/index.ts'

/** Where event-source mappings keep how far they have got: `stack/checkpoints`, one document an id. */
export function createCheckpoints(store: Store): CheckpointStore {
  const space = documents<{ readonly value: string }>('stack/checkpoints')
  return {
    get: (id) => space.get(store.reader, id)?.value,
    put: (id, value) => store.write((writer) => space.put(writer, id, { value })),
    remove: (id) => store.write((writer) => space.remove(writer, id)),
  }
}
