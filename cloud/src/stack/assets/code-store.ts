import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzip } from './unzip.ts'

/** Where a function's code is to be taken from. `sha256` (hexadecimal) tells one state of it from another. */
export type CodeSource =
  | { readonly kind: 'folder' | 'zip'; readonly path: string; readonly sha256: string }
  | { readonly kind: 'inline'; readonly text: string; readonly sha256: string }

/**
 * Keeps the code of deployed functions, one folder a content, so that they run on after the sources have changed or
 * gone. Layout: `<folder>/<sha256>/…` as unpacked.
 */
export type CodeStore = {
  /** Copies the code in, unless it is there already. */
  readonly keep: (source: CodeSource) => void
  readonly folderOf: (sha256: string) => string
  /** Forgets all code but that of these hashes. */
  readonly prune: (wanted: ReadonlySet<string>) => void
  readonly close: () => void
}

/** @param folder where to keep the code; none uses a temporary folder that `close` removes */
export function openCodeStore(folder?: string): CodeStore {
  let root = folder
  const temporary = folder === undefined
  const rootFolder = (): string => {
    root ??= mkdtempSync(join(tmpdir(), 'cloudlet-code-'))
    mkdirSync(root, { recursive: true })
    return root
  }
  const folderOf = (sha256: string): string => join(rootFolder(), sha256)

  return {
    folderOf,
    keep(source) {
      const wanted = folderOf(source.sha256)
      if (existsSync(wanted)) return
      const working = `${wanted}.${process.pid}`
      rmSync(working, { recursive: true, force: true })
      mkdirSync(working)
      unpack(source, working)
      renameSync(working, wanted) // whole or not at all, whenever the process is killed
    },
    prune(wanted) {
      if (root === undefined || !existsSync(root)) return
      for (const name of readdirSync(root)) {
        if (!wanted.has(name)) rmSync(join(root, name), { recursive: true, force: true })
      }
    },
    close() {
      if (temporary && root !== undefined) rmSync(root, { recursive: true, force: true })
    },
  }
}

function unpack(source: CodeSource, folder: string): void {
  if (source.kind === 'inline') writeFileSync(join(folder, inlineFile(source.text)), source.text)
  else if (source.kind === 'zip') unzip(readFileSync(source.path), folder)
  else cpSync(source.path, folder, { recursive: true, dereference: true })
}

/** CloudFormation puts inline code into a file named `index`; Node tells modules by their ending. */
const inlineFile = (text: string): string =>
  /^\s*(?:import\s|import\{|export\s)/m.test(text) ? 'index.mjs' : 'index.js'

export const sha256Of = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex')

/** A hash of all files below a folder: their paths and contents. */
export function folderHash(folder: string): string {
  const hash = createHash('sha256')
  function visit(path: string, name: string): void {
    const entries = readdirSync(path, { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = `${name}/${entry.name}`
      if (entry.isDirectory()) visit(join(path, entry.name), inner)
      else
        hash
          .update(`${inner}\0`)
          .update(readFileSync(join(path, entry.name)))
          .update('\0')
    }
  }
  visit(folder, '')
  return hash.digest('hex')
}
