// Loads a bundle together with the code that V8 made of it earlier: 10 ms of the engine's start.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Script } from 'node:vm'
import { crc32 } from 'node:zlib'

/** What is kept beside a bundle: a checksum of the bundle and the code, 4 bytes, and the code. */
export const codeFile = (file) => `${file}.code`

/** Belongs to a bundle and its code: V8 itself looks at no more than the length of a source, and not at the code at all. */
export const checksum = (source, code) => crc32(code, crc32(source))

function codeFor(file, source) {
  try {
    const kept = readFileSync(codeFile(file))
    const code = kept.subarray(4)
    return kept.readUInt32LE() === checksum(source, code) ? code : undefined
  } catch {
    return undefined // none was kept
  }
}

/** A bundle, which is a function in CommonJS form. V8 compiles it anew where the code is another version's. */
export function compiled(file) {
  const source = readFileSync(file)
  return new Script(source.toString(), { filename: file, cachedData: codeFor(file, source) })
}

/** Runs it. @returns what it exports */
export function run(script, file) {
  const module = { exports: {} }
  script.runInThisContext()(module.exports, createRequire(file), module, file)
  return module.exports
}
