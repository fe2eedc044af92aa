import { readdirSync, statSync, watch as watchFolder, type FSWatcher } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const quietMs = 150
const skippedFolders = new Set(['node_modules', 'dist', 'cdk.out'])
const isSkipped = (name: string): boolean => name.startsWith('.') || skippedFolders.has(name)

/**
 * Calls `changed` once the files below the paths have been quiet for a moment after a change; changes that come while
 * it works are gathered into one further call. Folders that hold no sources (node_modules, dist, hidden ones) are not
 * watched, nor are the `except` paths.
 *
 * @param paths folders or files
 * @returns ends the watch
 */
export function watchSources(
  paths: readonly string[],
  changed: () => Promise<void>,
  except: readonly string[] = [],
): () => void {
  const excepted = new Set(except.map((path) => resolve(path)))
  const calls = gathered(changed)
  const watchers = new Map<string, FSWatcher>()

  function watchTree(folder: string): void {
    if (watchers.has(folder) || excepted.has(folder)) return
    const watcher = watchOne(folder, (name) => {
      if (isSkipped(name) || excepted.has(join(folder, name))) return
      if (isFolder(join(folder, name))) watchTree(join(folder, name))
      calls.schedule()
    })
    if (watcher === undefined) return
    // A folder that is removed and made again is watched again.
    watcher.on('error', () => forget(folder))
    watchers.set(folder, watcher)
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !isSkipped(entry.name)) watchTree(join(folder, entry.name))
    }
  }
  function watchFile(file: string): void {
    // By its folder: editors replace a file by another of the same name, which ends a watch of the file itself.
    const watcher = watchOne(dirname(file), (name) => {
      if (resolve(dirname(file), name) === file) calls.schedule()
    })
    if (watcher !== undefined) watchers.set(file, watcher)
  }
  function forget(folder: string): void {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }

  for (const path of paths.map((each) => resolve(each))) {
    if (isFolder(path)) watchTree(path)
    else watchFile(path)
  }
  return () => {
    calls.cancel()
    for (const watcher of watchers.values()) watcher.close()
  }
}

/** One watch a folder: Node's recursive one walks into node_modules too, and takes a watch for every file. */
function watchOne(folder: string, seen: (name: string) => void): FSWatcher | undefined {
  try {
    return watchFolder(folder, (_event, name) => {
      if (name !== null) seen(name)
    })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException // fs throws nothing else
    if (code === 'ENOENT') return undefined // gone before it could be watched
    throw error
  }
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** Calls `work` once it has been quiet; never two at a time. */
function gathered(work: () => Promise<void>): { schedule: () => void; cancel: () => void } {
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
      await work()
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
  return { schedule, cancel: () => clearTimeout(timer) }
}
