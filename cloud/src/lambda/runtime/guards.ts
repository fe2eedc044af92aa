const MB = 1024 * 1024
const ELEMENT_BYTES = 8
/** V8 ends the whole process when one step makes an array of more than about 1.3e8 elements. */
const PARTS_MAX = 1e8

type Method = (this: unknown, first?: unknown, second?: unknown, third?: unknown) => unknown
type Check = (self: unknown, first: unknown, third: unknown) => void

/**
 * Some methods of the language are one long step for V8: nothing interrupts them, so that a thread which fills
 * gigabytes in one cannot be stopped, and aborts the process when V8 runs out of sizes. What plainly cannot fit into
 * the function's memory is answered before such a step begins, as if it had been tried.
 *
 * @param exceeded ends the thread
 */
export function guardLongSteps(limitMb: number, exceeded: () => never): void {
  const limitBytes = limitMb * MB
  const check = (elements: unknown, bytesEach: number): void => {
    if (Number(elements) * bytesEach > limitBytes) exceeded()
  }
  guard(Array.prototype, 'fill', (array, _, end) => {
    if (end === undefined && Array.isArray(array)) check(array.length, ELEMENT_BYTES)
  })
  guard(Array, 'from', (_, source) => {
    if (typeof source !== 'object' || source === null || Symbol.iterator in source) return
    if ('length' in source) check(source.length, ELEMENT_BYTES)
  })
  guard(JSON, 'parse', (_, text) => {
    if (typeof text === 'string') check(text.length, 1)
  })
  guard(String.prototype, 'split', (text, separator) => {
    if (typeof text !== 'string' || text.length < PARTS_MAX) return
    check(text.length, 1)
    const length = typeof separator === 'string' ? Math.max(1, separator.length) : 1
    if (text.length / length > PARTS_MAX) exceeded()
  })
}

/**
 * Puts a check before a method, which otherwise stays as it was. The AWS SDK calls some of these many times a
 * request: three named parameters, which is all that any of them takes, cost less than a list of them.
 */
function guard(owner: object, name: string, check: Check): void {
  const original: unknown = Reflect.get(owner, name)
  if (typeof original !== 'function') return
  const method = original as Method // one of the language's own
  const { [name]: guarded } = {
    [name](this: unknown, first?: unknown, second?: unknown, third?: unknown): unknown {
      check(this, first, third)
      return method.call(this, first, second, third)
    },
  }
  if (guarded === undefined) return
  Object.defineProperty(guarded, 'length', { value: method.length, configurable: true })
  Object.defineProperty(owner, name, { value: guarded, configurable: true, writable: true })
}
