import { documents, type Store } from '../storage/index.ts'

export type StoredParameter = {
  readonly name: string
  readonly type: string
  readonly value: string
  readonly description?: string
  readonly version: number
  /** Milliseconds since the epoch. */
  readonly modified: number
}

/** SSM's Parameter Store, as far as templates need it. */
export type ParameterStore = {
  readonly find: (name: string) => StoredParameter | undefined
  readonly put: (parameter: Omit<StoredParameter, 'version'>) => Promise<StoredParameter>
  readonly remove: (name: string) => Promise<void>
}

/**
 * CDK's templates ask for the version of the bootstrap stack; what it sets up (buckets, roles) is not needed
 * here, so every version's demands are met.
 */
const builtIn: ReadonlyMap<string, string> = new Map([['/cdk-bootstrap/hnb659fds/version', '30']])

const space = documents<StoredParameter>('stack/parameters')

export const createParameterStore = (store: Store): ParameterStore => ({
  find(name) {
    const value = builtIn.get(name)
    return value === undefined
      ? space.get(store.reader, name)
      : { name, type: 'String', value, version: 1, modified: 0 }
  },
  put: (parameter) =>
    store.write((writer) => {
      const version = (space.get(writer, parameter.name)?.version ?? 0) + 1
      const stored = { ...parameter, version }
      space.put(writer, parameter.name, stored)
      return stored
    }),
  remove: (name) => store.write((writer) => space.remove(writer, name)),
})
