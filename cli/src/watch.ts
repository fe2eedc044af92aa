import { watch as watchFolder, type FSWatcher } from 'node:fs'

const quietMs = 150
const ignored = /(^|[/\\])(node_modules|dist|cdk\.out|\.[^/\\]+)([/\\]|$)/

/**
 * Calls `changed` once the files below the folders have been quiet for a moment after a change; changes that
 * come while it works are gathered into one further call.
 */
export function watchSources(folders: readonly string[], changed: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined
  let working = false
  let again = false

  async function run(): Promise<void> {
    if (working) {
      again = true
      return
    }
    working = true
    try {
      await changed()
    } finally {
      working = false
      if (again) {
        again = false
        schedule()
      }
    }
  }

  function schedule(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void run(), quietMs)
  }

  const watchers: FSWatcher[] = folders.map((folder) =>
    watchFolder(folder, { recursive: true }, (_event, file) => {
      if (file === null || !ignored.test(file)) schedule()
    }),
  )
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
