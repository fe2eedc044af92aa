// lmdb inside the bundles. Its package loads 20 files, a MessagePack coder with a native part of its own, and the
// means to start other programs: 24 of the 100 ms that the engine took to start. All that is left to load at run
// time is the native library. Checked by the build: each text that is replaced here must be there.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const lmdbFolder = () => dirname(dirname(createRequire(import.meta.url).resolve('lmdb')))

/** By file: what to replace by what. */
const changes = {
  // The native library lies beside the installed package, not beside the bundle.
  'lmdb/native.js': [
    'fileURLToPath(import.meta.url)',
    "createRequire(import.meta.url).resolve('lmdb')",
    "import { fileURLToPath } from 'node:url'",
    "import { createRequire } from 'node:module'",
  ],
  // It asks other programs for the C library's name only where files do not tell: loaded when that happens.
  'detect-libc/lib/detect-libc.js': [
    "const childProcess = require('child_process');",
    "const childProcess = { exec: (...of) => require('child_process').exec(...of), execSync: (...of) => require('child_process').execSync(...of) };",
  ],
}

export const lmdbInside = {
  name: 'lmdb-inside',
  setup(build) {
    build.onResolve({ filter: /^lmdb$/ }, ({ kind }) =>
      kind === 'require-resolve'
        ? { external: true }
        : { path: join(lmdbFolder(), 'node-index.js') },
    )
    // The store's keys and values are bytes: nothing is coded.
    build.onResolve({ filter: /^msgpackr$/ }, () => ({ path: 'msgpackr', namespace: 'no-coder' }))
    build.onLoad({ filter: /./, namespace: 'no-coder' }, () => ({
      contents: 'export const Encoder = undefined',
    }))
    for (const [file, texts] of Object.entries(changes)) {
      build.onLoad({ filter: new RegExp(`/node_modules/${file}$`) }, ({ path }) => {
        let contents = readFileSync(path, 'utf8')
        for (let at = 0; at < texts.length; at += 2) {
          if (!contents.includes(texts[at])) throw new Error(`${path} no longer has ${texts[at]}`)
          contents = contents.replace(texts[at], texts[at + 1])
        }
        return { contents, loader: 'js' }
      })
    }
  },
}
