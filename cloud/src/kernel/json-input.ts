import { isAscii } from 'node:buffer'

/** Marks the root of an input whose JSON text was plain. */
const plain = Symbol('plain')

/**
 * JSON.parse that remembers, for inputs that are objects, whether their text was ASCII without an escape: then every string
 * in it can be written again as it is ({@link isPlainInput}).
 *
 * @param bytes UTF-8
 * @throws SyntaxError
 */
export function parseJsonInput(bytes: Buffer): unknown {
  const isPlain = isAscii(bytes) && !bytes.includes(BACKSLASH)
  const text = bytes.toString(isPlain ? 'latin1' : 'utf8') // of ASCII, the same in less time
  const input = JSON.parse(text) as { [plain]?: boolean } | string | number | boolean | null
  if (isPlain && typeof input === 'object' && input !== null) input[plain] = true
  return input
}

const BACKSLASH = 0x5c

/** Whether every string in an input is ASCII and can stand in JSON between quotes as it is. */
export const isPlainInput = (input: object): boolean => plain in input
