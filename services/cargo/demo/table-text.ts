export type Column<Row> = {
  readonly title: string
  readonly value: (row: Row) => string | number
}

/** Rows under titles, in columns that fit; numbers and amounts stand on the right. */
export function tableText<Row>(
  heading: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string {
  if (rows.length === 0) return `${heading}\n  (nothing yet)\n`
  const cells = rows.map((row) => columns.map((column) => String(column.value(row))))
  const widths = columns.map((column, at) =>
    Math.max(column.title.length, ...cells.map((line) => (line[at] ?? '').length)),
  )
  const isNumber = columns.map((_, at) => cells.every((line) => /^[\d.]+$/.test(line[at] ?? '')))
  const lineOf = (line: readonly string[]): string =>
    line
      .map((cell, at) =>
        isNumber[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  const lines = [lineOf(columns.map((column) => column.title)), rule, ...cells.map(lineOf)]
  return [heading, ...lines.map((line) => `  ${line}`), ''].join('\n')
}
