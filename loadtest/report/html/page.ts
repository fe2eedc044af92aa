import { escape } from './escape.ts'

/** A whole page that needs nothing else: no script, no font, no picture from elsewhere. Light and dark. */
export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<style>${style}</style>
<main>
${body}
</main>
</html>
`

/** A table; the first column is text, the others stand on the right. Cells are HTML. */
export const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  kind: 'numbers' | 'texts' = 'numbers',
): string => `<div class="wide"><table class="${kind}">
<thead><tr>${head.map((cell) => `<th scope="col">${escape(cell)}</th>`).join('')}</tr></thead>
<tbody>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}</tbody>
</table></div>`

export const tile = (label: string, value: string, kind = ''): string =>
  `<div class="tile ${kind}"><dt>${escape(label)}</dt><dd>${escape(value)}</dd></div>`

const style = `
:root { --page: #f6f7f9; --card: #fff; --ink: #16202c; --soft: #5a6675; --rule: #dfe4ea;
  --c1: #1668c9; --c2: #c2410c; --c3: #7a3fb8; --c4: #1d7a46; --bad: #b42318; --good: #1d7a46 }
@media (prefers-color-scheme: dark) {
  :root { --page: #10151b; --card: #19212a; --ink: #e6ebf1; --soft: #9aa7b5; --rule: #2d3843;
    --c1: #6cb0ff; --c2: #ff9d66; --c3: #c39bf5; --c4: #6fd39a; --bad: #ff8a7d; --good: #6fd39a }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif }
main { max-width: 1360px; margin: 0 auto; padding: 24px 20px 48px }
h1 { font-size: 26px; margin: 0 0 4px } h2 { font-size: 18px; margin: 32px 0 12px }
.sub { color: var(--soft); margin: 0 0 20px } .wide + .sub { margin-top: 8px }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px; margin: 0 }
.tile { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 12px 14px }
.tile dt { color: var(--soft); font-size: 13px } .tile dd { margin: 0; font-size: 22px; font-variant-numeric: tabular-nums }
.tile.bad dd { color: var(--bad) } .tile.good dd { color: var(--good) }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 520px), 1fr)); gap: 16px }
.charts > figure:only-child { max-width: 760px }
figure { margin: 0; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 12px 14px }
figcaption { font-weight: 600; display: flex; gap: 8px; flex-wrap: wrap; align-items: baseline }
figcaption small { color: var(--soft); font-weight: 400 }
.legend { margin-left: auto; font-weight: 400; font-size: 13px; display: flex; gap: 12px }
.legend span::before { content: ''; display: inline-block; width: 14px; border-top: 3px solid; margin: 0 5px 3px 0 }
.legend .dashed::before { border-top-style: dashed }
.legend .c1::before { border-color: var(--c1) } .legend .c2::before { border-color: var(--c2) }
.legend .c3::before { border-color: var(--c3) } .legend .c4::before { border-color: var(--c4) }
svg { display: block; width: 100%; height: auto; margin-top: 6px }
svg text { fill: var(--soft); font-size: 11px; font-variant-numeric: tabular-nums }
.grid { stroke: var(--rule) }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round } .line.dashed { stroke-dasharray: 5 4 }
.line.c1 { stroke: var(--c1) } .line.c2 { stroke: var(--c2) } .line.c3 { stroke: var(--c3) } .line.c4 { stroke: var(--c4) }
.area { opacity: .14 } .area.c1, .bar.c1 { fill: var(--c1) } .area.c2, .bar.c2 { fill: var(--c2) }
.area.c3 { fill: var(--c3) } .area.c4 { fill: var(--c4) } .bar.over { opacity: .55 }
.hit { fill: transparent } .hit:hover { fill: var(--soft); opacity: .18 }
.none { color: var(--soft); text-align: center; padding: 60px 0 }
.wide { overflow-x: auto; background: var(--card); border: 1px solid var(--rule); border-radius: 10px }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { padding: 7px 14px; text-align: left; border-bottom: 1px solid var(--rule); white-space: nowrap }
tbody tr:last-child td { border-bottom: 0 } th { color: var(--soft); font-weight: 500; font-size: 13px }
.numbers th:not(:first-child), .numbers td:not(:first-child) { text-align: right }
.texts td { white-space: normal }
.bad { color: var(--bad) } .good { color: var(--good) }
.warning { border-left: 4px solid var(--c2); background: var(--card); padding: 10px 14px; margin: 16px 0 }
`
