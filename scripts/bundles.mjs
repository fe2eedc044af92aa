// What esbuild makes of the sources: the command line with the cloud, the library entries, and the file that
// Lambda's worker threads run. Everything lands in cloud/dist/.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'cloud/dist')

/** Native packages stay outside the bundle: they load their own binaries; esbuild is one where it is installed. */
const external = ['lmdb', '@node-rs/argon2', 'esbuild']

const shared = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  conditions: ['source'],
  logLevel: 'warning',
}

/**
 * Loads lmdb by `require`: its CommonJS form is one file, its ES form about twenty, which take 12 ms longer to load.
 */
const requireLmdb = {
  name: 'require-lmdb',
  setup(build) {
    build.onResolve({ filter: /^lmdb$/ }, ({ kind }) =>
      kind === 'require-call' ? undefined : { path: 'lmdb', namespace: 'required' },
    )
    build.onLoad({ filter: /./, namespace: 'required' }, ({ path }) => ({
      contents: `export const { open } = require('${path}')`,
      resolveDir: root,
    }))
  },
}

/** Builds, and puts each file there by a rename: a cloud that runs from the folder never reads a part of one. */
async function buildWhole(options) {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({ ...options, write: false })
  for (const { path, contents } of outputFiles) {
    if (existsSync(path) && readFileSync(path).equals(contents)) continue
    mkdirSync(dirname(path), { recursive: true })
    const draft = `${path}.${process.pid}`
    writeFileSync(draft, contents)
    renameSync(draft, path)
  }
}

/** The command line and the library entries, sharing chunks, so that a command loads only what it runs. */
export async function bundleCloud() {
  await buildWhole({
    ...shared,
    entryPoints: {
      cloudlet: 'cli/src/main.ts',
      stack: 'cloud/src/stack/index.ts',
      dynamodb: 'cloud/src/stack/dynamodb.ts',
      'load-worker': 'loadtest/run/worker.ts',
    },
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    sourcemap: true,
    external,
    plugins: [requireLmdb],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  })
}

/** The file that Lambda's execution environments run in their worker threads. */
export async function bundleLambdaRuntime() {
  await buildWhole({
    ...shared,
    entryPoints: { 'lambda-runtime': 'cloud/src/lambda/runtime/main.ts' },
  })
}

const sources = [
  'cloud/src',
  'cli/src',
  'loadtest',
  'services/kit',
  'services/telegram-bot',
  'scripts/bundles.mjs',
  'package-lock.json',
]
const stampFile = join(dist, 'stamp.json')

/** What the sources look like now: how many files, and when the newest of them changed. */
function fingerprint() {
  let files = 0
  let newestMs = 0
  function visit(path) {
    const stat = statSync(path)
    if (stat.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name))
    files++
    newestMs = Math.max(newestMs, stat.mtimeMs)
  }
  for (const source of sources) visit(join(root, source))
  return JSON.stringify({ files, newestMs })
}

/** Whether cloud/dist was built from the sources as they are. */
export function isBuilt() {
  try {
    return readFileSync(stampFile, 'utf8') === fingerprint()
  } catch {
    return false
  }
}

/** Builds everything into cloud/dist. */
export async function bundleAll() {
  const stamp = fingerprint()
  mkdirSync(dist, { recursive: true })
  await Promise.all([bundleCloud(), bundleLambdaRuntime()])
  writeFileSync(stampFile, stamp)
}
