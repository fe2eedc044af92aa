import { createHash } from 'node:crypto'
import { Html } from './html.ts'

/**
 * The pages' whole style, in the page itself. The contents policy names it by its hash, so that no other style
 * and no script can run. Text on its ground has a contrast of at least 4.5, borders of fields 3.
 */
const style = `
:root {
  color-scheme: light dark;
  --ground: #f3f5f8; --card: #ffffff; --text: #16202e; --quiet: #55617a; --line: #d7dde6;
  --field: #7a869c; --accent: #1f5fd0; --accent-strong: #174ca9; --on-accent: #ffffff;
  --bad: #b3261e; --bad-ground: #fdf0ef; --good: #17663a; --good-ground: #edf7f0;
  --shadow: 0 1px 2px rgb(16 24 40 / 6%), 0 12px 32px rgb(16 24 40 / 8%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e131b; --card: #171e29; --text: #e8edf5; --quiet: #a3b0c5; --line: #2b3546;
    --field: #6d7b93; --accent: #7eabff; --accent-strong: #a3c3ff; --on-accent: #0b1526;
    --bad: #ffb4ab; --bad-ground: #3a1d1e; --good: #8fdcae; --good-ground: #15301f;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 12px 32px rgb(0 0 0 / 35%);
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column;
  align-items: center; justify-content: center; gap: 1.5rem; padding: 2rem 1rem;
  background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main {
  width: 100%; max-width: 26rem; padding: 2.25rem 2rem 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 1rem; box-shadow: var(--shadow);
}
header { margin-bottom: 1.5rem; }
.mark {
  display: flex; align-items: center; justify-content: center; width: 2.75rem; height: 2.75rem;
  margin-bottom: 1.25rem; border-radius: .75rem; background: var(--accent); color: var(--on-accent);
}
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.015em; text-wrap: balance; }
header p { margin: .375rem 0 0; color: var(--quiet); overflow-wrap: anywhere; }
form { display: grid; gap: 1.125rem; }
form + form { margin-top: .75rem; }
.field { display: grid; gap: .375rem; }
label, legend { font-weight: 600; font-size: .9375rem; }
input:not([type=radio]) {
  width: 100%; padding: .6875rem .75rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--field); border-radius: .5rem;
}
input[aria-invalid=true] { border-color: var(--bad); box-shadow: inset 0 0 0 1px var(--bad); }
input.code { font-size: 1.25rem; letter-spacing: .3em; font-variant-numeric: tabular-nums; }
.hint { margin: 0; color: var(--quiet); font-size: .875rem; }
.hint ul { margin: .125rem 0 0; padding-left: 1.25rem; }
fieldset { margin: 0; padding: 0; border: 0; display: grid; gap: .5rem; }
legend { padding: 0; margin-bottom: .5rem; }
.choice {
  display: flex; align-items: center; gap: .75rem; padding: .75rem; font-weight: 400;
  border: 1px solid var(--line); border-radius: .5rem; cursor: pointer;
}
.choice input { width: 1.125rem; height: 1.125rem; accent-color: var(--accent); }
button {
  width: 100%; padding: .75rem 1rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent); border-radius: .5rem;
}
button:hover { background: var(--accent-strong); border-color: var(--accent-strong); }
button.second { color: var(--accent); background: transparent; border-color: var(--field); }
button.second:hover { border-color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .25rem; }
input:not([type=radio]):focus-visible { outline-width: 2px; outline-offset: 0; border-color: var(--accent); border-radius: .5rem; }
button:focus-visible { border-radius: .5rem; }
code { white-space: nowrap; font: .9375em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.note { margin: 0 0 1.125rem; padding: .75rem .875rem; border-radius: .5rem; border-left: 4px solid; font-size: .9375rem; }
.note.bad { color: var(--bad); background: var(--bad-ground); }
.note.good { color: var(--good); background: var(--good-ground); }
.links { margin: 1.25rem 0 0; display: grid; gap: .375rem; text-align: center; color: var(--quiet); font-size: .9375rem; }
.links p { margin: 0; }
a { color: var(--accent); text-underline-offset: .2em; }
a:hover { color: var(--accent-strong); }
.aside { margin: -.625rem 0 0; font-size: .9375rem; text-align: right; }
.secret {
  display: block; white-space: normal; padding: .75rem; border: 1px dashed var(--field); border-radius: .5rem;
  font: 600 1rem/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere;
}
.qr {
  display: block; width: 11.5rem; height: 11.5rem; margin: 0 auto; border-radius: .75rem;
  border: 1px solid var(--line); background: #ffffff; color: #000000; fill: currentColor;
}
footer { color: var(--quiet); font-size: .8125rem; text-align: center; }
footer nav { display: flex; justify-content: center; gap: 1rem; margin-bottom: .375rem; font-size: .875rem; }
footer nav [aria-current] { color: var(--text); font-weight: 600; }
footer p { margin: 0; }
@media (max-width: 30rem) {
  body { justify-content: flex-start; padding: 0 0 1.5rem; background: var(--card); }
  main { max-width: none; padding: 2rem 1.25rem 1rem; border: 0; border-radius: 0; box-shadow: none; }
}
@media (forced-colors: active) { .qr { forced-color-adjust: none; } button, main { border: 1px solid; } .note { border: 1px solid; } }
`

/** Made by hand: not a space may stand around the text that was hashed. */
export const styleElement = new Html(`<style>${style}</style>`)

/** How a Content-Security-Policy names the style. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`
