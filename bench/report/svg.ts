/**
 * What all charts share: colours for light and dark, text, legends. A chart has a ground of its own, so that it can
 * be read on any page, also where the page's scheme differs from the reader's system.
 */

/** What a line or bar stands for decides its colour: Cloudlet's is always the first, the bare limit is grey. */
export function colourOf(name: string, among: readonly string[]): string {
  if (/^bare\b/i.test(name)) return 'bare'
  if (/cloudlet/i.test(name)) return 'c1'
  const others = among.filter((each) => !/^bare\b|cloudlet/i.test(each))
  // Where Cloudlet is not among the names, none is a peer, and the first colour is free.
  const free = among.some((each) => /cloudlet/i.test(each)) ? colours.slice(1) : colours
  return free[others.indexOf(name) % free.length] ?? 'bare'
}

const colours = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6']

export const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

export const at = (value: number): string => String(Number(value.toFixed(1)))

export function text(
  x: number,
  y: number,
  words: string,
  o: { readonly anchor?: 'start' | 'middle' | 'end'; readonly kind?: string } = {},
): string {
  const anchor = o.anchor === undefined ? '' : ` text-anchor="${o.anchor}"`
  const kind = o.kind === undefined ? '' : ` class="${o.kind}"`
  return `<text x="${at(x)}" y="${at(y)}"${anchor}${kind}>${escape(words)}</text>`
}

/** Swatches with names, one after the other from the left, in as many rows as they need. */
export function legend(
  place: { readonly left: number; readonly top: number; readonly width: number },
  names: readonly string[],
): { readonly svg: string; readonly height: number } {
  let [x, y] = [place.left, place.top]
  const parts = names.map((name) => {
    const width = 15 + textWidth(name) + 14
    if (x > place.left && x + width > place.left + place.width) [x, y] = [place.left, y + rowHeight]
    const swatch = `<rect class="fill ${colourOf(name, names)}" x="${at(x)}" y="${at(y - 9)}" width="10" height="10" rx="2"/>`
    const label = text(x + 15, y, name)
    x += width
    return swatch + label
  })
  return { svg: parts.join(''), height: y - place.top + rowHeight }
}

const rowHeight = 18

/** About how wide a text of 12 pixels is. */
export const textWidth = (words: string): number => words.length * 6.9

/** The whole file. `title` is also what is read out to those who do not see the chart. */
export function svgFile(
  o: {
    readonly title: string
    readonly subtitle: string
    readonly width: number
    readonly height: number
  },
  body: readonly string[],
): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${o.width} ${at(o.height)}" width="${o.width}" height="${at(o.height)}" role="img" aria-label="${escape(o.title)}">
<style>${style}</style>
<rect class="ground" x="0.5" y="0.5" width="${o.width - 1}" height="${at(o.height - 1)}" rx="8"/>
${text(16, 26, o.title, { kind: 'title' })}
${text(16, 44, o.subtitle)}
${body.filter((line) => line !== '').join('\n')}
</svg>
`
}

const style = `
svg { --ground: #fff; --ink: #16202c; --soft: #55616f; --rule: #dfe4ea; --edge: #cfd6de;
  --c1: #1668c9; --c2: #c2410c; --c3: #7a3fb8; --c4: #1d7a46; --c5: #a8287b; --c6: #0b7285; --bare: #8a94a0; --goal: #b42318 }
@media (prefers-color-scheme: dark) {
  svg { --ground: #19212a; --ink: #e6ebf1; --soft: #a3b0bd; --rule: #2d3843; --edge: #384552;
    --c1: #6cb0ff; --c2: #ff9d66; --c3: #c39bf5; --c4: #6fd39a; --c5: #f08cc8; --c6: #5fd3e6; --bare: #7f8b98; --goal: #ff8a7d }
}
text { font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: var(--soft); font-variant-numeric: tabular-nums }
.title { font-size: 16px; font-weight: 600; fill: var(--ink) } .name { font-weight: 600; fill: var(--ink) }
.value { fill: var(--ink) } .small { font-size: 11px }
.ground { fill: var(--ground); stroke: var(--edge) } .rule { stroke: var(--rule) } .base { stroke: var(--soft) }
.halo { stroke: var(--ground); stroke-width: 3 } .whisker { stroke: var(--ink); stroke-width: 1.2 } .goal { stroke: var(--goal); stroke-width: 1.5; stroke-dasharray: 5 3 }
.goal-text { fill: var(--goal); font-size: 11px }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round }
${[...colours, 'bare'].map((each) => `.line.${each} { stroke: var(--${each}) } .fill.${each} { fill: var(--${each}) }`).join('\n')}
`
