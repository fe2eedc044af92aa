// What esbuild makes of the sources: the command line with the cloud, the library entries, and the file that
// Lambda's worker threads run. Everything lands in cloud/dist/.
import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { lmdbInside } from './bundle-lmdb.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'cloud/dist')

/** Native packages stay outside the bundle: they load their own binaries; esbuild is one where it is installed. */
const external = ['@node-rs/argon2', 'esbuild']

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
 * Builds, and puts each file there by a rename: a cloud that runs from the folder never reads a part of one.
 *
 * @returns the sources that went into it, from the repository's root
 */
async function buildWhole(options) {
  const { build } = await import('esbuild')
  const { outputFiles, metafile } = await build({ ...options, write: false, metafile: true })
  for (const { path, contents } of outputFiles) {
    if (existsSync(path) && readFileSync(path).equals(contents)) continue
    mkdirSync(dirname(path), { recursive: true })
    const draft = `${path}.${process.pid}`
    writeFileSync(draft, contents)
    renameSync(draft, path)
  }
  if (options.splitting) dropOld(new Set(outputFiles.map(({ path }) => path)))
  return Object.keys(metafile.inputs).filter((path) => existsSync(join(root, path)))
}

/** Chunks of earlier builds: a cloud that was started with one may still load it, but not for days. */
function dropOld(built) {
  const chunks = join(dist, 'chunks')
  if (!existsSync(chunks)) return
  for (const path of readdirSync(chunks).map((name) => join(chunks, name))) {
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (!built.has(path) && Date.now() - changed > dayMs) rmSync(path, { force: true })
  }
}

const dayMs = 24 * 3600 * 1000

/** Lets a bundle in ES form load what has CommonJS form. */
const requireBanner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
}

/** The command line and the library entries, sharing chunks, so that a command loads only what it runs. */
export const bundleCloud = () =>
  buildWhole({
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
    plugins: [lmdbInside],
    banner: requireBanner,
  })

/** `cloudlet dynamodb` in the form that loads fastest: one file without comments, a function, and V8's code of it. */
export async function bundleDynamodbServer() {
  const sources = await buildWhole({
    ...shared,
    entryPoints: { 'dynamodb-server': 'cli/src/commands/dynamodb-server.ts' },
    format: 'cjs',
    outExtension: { '.js': '.js' },
    sourcemap: true,
    minifyWhitespace: true,
    minifySyntax: true,
    external,
    plugins: [lmdbInside],
    define: { 'import.meta.url': 'bundleAddress' },
    banner: {
      js:
        '(function(exports,require,module,__filename){' +
        "const bundleAddress=require('node:url').pathToFileURL(__filename).href;",
    },
    footer: { js: '})' },
  })
  const keepCode = join(root, 'scripts/keep-code.mjs')
  await promisify(execFile)(process.execPath, [keepCode, join(dist, 'dynamodb-server.js')])
  return [...sources, 'scripts/keep-code.mjs', 'cloud/bin/compiled.mjs']
}

/** The file that Lambda's execution environments run in their worker threads. */
export const bundleLambdaRuntime = () =>
  buildWhole({
    ...shared,
    entryPoints: { 'lambda-runtime': 'cloud/src/lambda/runtime/main.ts' },
  })

/** By name, what can be asked for to be up to date by itself. */
const bundles = {
  cloud: bundleCloud,
  'dynamodb-server': bundleDynamodbServer,
  'lambda-runtime': bundleLambdaRuntime,
}

/** Beside the sources themselves: how they are built, and from which packages. */
const builtBy = ['scripts/bundles.mjs', 'scripts/bundle-lmdb.mjs', 'package-lock.json']

const stampFile = (bundle) => join(dist, `stamp-${bundle}.json`)

const changedMs = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs

/** Whether bundles (all, where none is named) were built from the sources as they are. */
export function isBuilt(...names) {
  try {
    return (names.length === 0 ? Object.keys(bundles) : names).every((bundle) =>
      Object.entries(JSON.parse(readFileSync(stampFile(bundle), 'utf8'))).every(
        ([path, ms]) => changedMs(path) === ms,
      ),
    )
  } catch {
    return false
  }
}

/** Builds everything into cloud/dist. */
export async function bundleAll() {
  const startedMs = Date.now()
  mkdirSync(dist, { recursive: true })
  await Promise.all(
    Object.entries(bundles).map(async ([bundle, make]) => {
      const sources = [...builtBy, ...(await make())]
      // What changed while it was read may be in it or not: not built, then.
      const times = sources
        .filter((path) => !path.startsWith('node_modules/'))
        .map((path) => [path, changedMs(path)])
        .map(([path, ms]) => [path, ms < startedMs ? ms : 0])
      writeFileSync(stampFile(bundle), JSON.stringify(Object.fromEntries(times)))
    }),
  )
}
