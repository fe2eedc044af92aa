/** Marks the root of an input whose JSON text held no backslash. */
const plain = Symbol('plain')

/**
 * JSON.parse that remembers, for inputs that are objects, whether their text held no escapes: then no string in it
 * needs any when it is written again ({@link isPlainInput}).
 *
 * @throws SyntaxError
 */
export function parseJsonInput(text: string): unknown {
  const input = JSON.parse(text) as { [plain]?: boolean } | string | number | boolean | null
  if (typeof input === 'object' && input !== null && !text.includes('\\')) input[plain] = true
  return input
}

/** Whether every string in an input can stand in JSON between quotes as it is. */
export const isPlainInput = (input: object): boolean => plain in input
