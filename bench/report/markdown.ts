export type Row = Readonly<Record<string, string | number>>

/** JSON has null where a number was none. */
type Cell = string | number | null | undefined

/** Rows as a Markdown table, its columns padded so that it can be read as text too; numbers stand on the right. */
export function markdownTable(rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cells = rows.map((row) => names.map((name) => cellText(row[name])))
  const numeric = names.map((_, at) =>
    cells.every((row) => row[at] === '' || /^[\d.,]+([–-][\d.,]+)?$/.test(row[at] ?? '')),
  )
  const widths = names.map((name, at) =>
    Math.max(3, name.length, ...cells.map((row) => row[at]?.length ?? 0)),
  )
  const line = (values: readonly string[]): string =>
    `| ${values
      .map((value, at) =>
        numeric[at] === true ? value.padStart(widths[at] ?? 0) : value.padEnd(widths[at] ?? 0),
      )
      .join(' | ')} |`
  const rule = widths.map((width, at) =>
    numeric[at] === true ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2),
  )
  return [line(names), `|${rule.join('|')}|`, ...cells.map(line)].join('\n')
}

/** Errors are kept as JSON; none at all is an empty cell. */
function cellText(value: Cell): string {
  if (value === undefined || value === null || value === '""' || value === '{}') return ''
  if (typeof value === 'number') return String(Math.abs(value) >= 100 ? Math.round(value) : value)
  return value.replaceAll('|', '\\|')
}
