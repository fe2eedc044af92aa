import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NAME = 'lambda-runtime.mjs'

/**
 * The bundle that execution environments run: beside the running bundle (also when that is a chunk of it), or in
 * cloud/dist when the cloud runs from its sources.
 *
 * @throws Error when it has not been built
 */
export function runtimeFile(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const candidates = ['.', '..', '../../../dist'].map((folder) => join(here, folder, NAME))
  const found = candidates.find((file) => existsSync(file))
  if (found === undefined) {
    throw new Error(`${NAME} is missing; run "npm run build". Looked for ${candidates.join(', ')}`)
  }
  return found
}
