/** A prefix that keeps one part's keys apart from the others': its name and a zero byte. */
export const keySpace = (name: string): Buffer => Buffer.from(`${name}\0`, 'latin1')

/** The least key that is greater than every key beginning with `prefix`. */
export function afterPrefix(prefix: Buffer): Buffer {
  let end = prefix.length
  while (end > 0 && prefix[end - 1] === 0xff) end--
  if (end === 0) return Buffer.alloc(1, 0xff)
  const after = Buffer.from(prefix.subarray(0, end))
  after[end - 1] = (after[end - 1] ?? 0) + 1
  return after
}

/** Every key beginning with `prefix`. */
export const prefixRange = (prefix: Buffer): { from: Buffer; to: Buffer } => ({
  from: prefix,
  to: afterPrefix(prefix),
})

const zero = Buffer.alloc(1)

/** The least key after `key` itself. */
export const justAfter = (key: Buffer): Buffer => Buffer.concat([key, zero])

/** A key as text of one character a byte: text order is byte order, and maps can hold it. */
export const keyText = (key: Buffer): string => key.toString('latin1')

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
