import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

const coloured = (): boolean =>
  process.env['NO_COLOR'] === undefined &&
  (process.stdout.isTTY || process.env['FORCE_COLOR'] === '1')

const painter =
  (style: Style) =>
  (text: string): string =>
    coloured() ? styleText(style, text) : text

/** Colours where the terminal shows them, plain text elsewhere (https://no-color.org). */
export const paint = {
  bold: painter('bold'),
  dim: painter('dim'),
  red: painter('red'),
  green: painter('green'),
  yellow: painter('yellow'),
  cyan: painter('cyan'),
}

export const say = (line = ''): void => void process.stdout.write(`${line}\n`)

/** Rows as aligned columns, two spaces apart. */
export function columns(rows: readonly (readonly string[])[], indent = '  '): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length)
  }
  return rows
    .map(
      (row) =>
        indent +
        row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd(),
    )
    .join('\n')
}
