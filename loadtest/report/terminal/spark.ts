const BLOCKS = '▁▂▃▄▅▆▇█'

/** The last `width` values as a small chart; undefined leaves a gap. */
export function spark(values: readonly (number | undefined)[], width: number): string {
  const shown = values.slice(-width)
  const most = shown.reduce<number>((top, value) => Math.max(top, value ?? 0), 0)
  return shown
    .map((value) => {
      if (value === undefined) return ' '
      const level = most === 0 ? 0 : Math.round((value / most) * (BLOCKS.length - 1))
      return BLOCKS[level] ?? ' '
    })
    .join('')
}

/** How much is done, as a bar. */
export function bar(share: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width)
  return '━'.repeat(filled) + '╌'.repeat(width - filled)
}
