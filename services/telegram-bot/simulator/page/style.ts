/** The page's look: light and dark, by the system's setting or the button. */
export const style = String.raw`
:root {
  color-scheme: light dark;
  --ground: light-dark(#eef1f4, #14181d);
  --panel: light-dark(#ffffff, #1c2229);
  --line: light-dark(#d5dbe1, #303943);
  --text: light-dark(#17212b, #e8edf2);
  --quiet: light-dark(#56636f, #9aa8b5);
  --accent: light-dark(#1769aa, #6cb8f6);
  --on-accent: light-dark(#ffffff, #0b1a27);
  --mine: light-dark(#dff3d3, #2b4a35);
  --theirs: light-dark(#ffffff, #26303a);
  --wall: light-dark(#dbe5ec, #10151a);
  --bad: light-dark(#a3231f, #ff9c94);
}
:root[data-theme='light'] { color-scheme: light; }
:root[data-theme='dark'] { color-scheme: dark; }
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column;
  background: var(--ground); color: var(--text);
  font: 15px/1.4 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
header.top {
  display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center;
  padding: .7rem 1.2rem; background: var(--panel); border-bottom: 1px solid var(--line);
}
h1 { font-size: 1.05rem; margin: 0; }
.top p { margin: 0; color: var(--quiet); flex: 1 1 14rem; }
.state { color: var(--quiet); font-size: .85rem; }
.state[data-on='false'] { color: var(--bad); }
button, select, textarea { font: inherit; color: inherit; }
button, select {
  background: transparent; border: 1px solid var(--line); border-radius: .5rem;
  padding: .3rem .65rem; cursor: pointer; min-height: 2rem;
}
button:hover { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
main {
  flex: 1; display: flex; flex-wrap: wrap; gap: 1.2rem; justify-content: center;
  align-items: flex-start; padding: 1.2rem;
}
.phone {
  width: min(24rem, 100%); height: min(46rem, calc(100vh - 7rem)); min-height: 26rem;
  display: flex; flex-direction: column; overflow: hidden;
  background: var(--panel); border: 1px solid var(--line); border-radius: 1.4rem;
  box-shadow: 0 .4rem 1.4rem rgb(0 0 0 / .12);
}
.phone > header {
  display: flex; align-items: center; gap: .6rem; padding: .65rem .9rem;
  border-bottom: 1px solid var(--line);
}
.face {
  width: 2.1rem; height: 2.1rem; border-radius: 50%; flex: none;
  display: grid; place-items: center; font-weight: 600;
  background: var(--accent); color: var(--on-accent);
}
.who { flex: 1; min-width: 0; }
.who h2 { margin: 0; font-size: .98rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.who span { color: var(--quiet); font-size: .8rem; }
.log {
  flex: 1; overflow-y: auto; padding: .8rem; margin: 0; list-style: none;
  background: var(--wall); display: flex; flex-direction: column; gap: .4rem;
}
.log li { max-width: 84%; position: relative; }
.log li.me { align-self: flex-end; }
.log li.bot { align-self: flex-start; }
.log li.empty { align-self: center; color: var(--quiet); text-align: center; margin: auto; }
.bubble {
  background: var(--theirs); border-radius: .9rem; padding: .45rem .7rem;
  overflow-wrap: anywhere; white-space: pre-wrap;
}
.me .bubble { background: var(--mine); }
.bubble img, .bubble video { max-width: 100%; max-height: 14rem; min-width: 4rem; min-height: 3rem; border-radius: .5rem; display: block; background: #fff; }
.media:not(:last-child) { margin-bottom: .3rem; }
.bubble audio { width: 15rem; max-width: 100%; }
.bubble a { color: var(--accent); }
.quote {
  border-left: 3px solid var(--accent); padding-left: .5rem; margin-bottom: .25rem;
  color: var(--quiet); font-size: .85rem; max-height: 2.6em; overflow: hidden;
}
.meta { color: var(--quiet); font-size: .74rem; display: block; text-align: right; }
.reactions { font-size: 1rem; color: var(--accent); }
.reactions svg { width: 1.15rem; height: 1.15rem; vertical-align: middle; }
svg { fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; display: inline-block; }
.keys { display: flex; flex-wrap: wrap; gap: .3rem; margin-top: .25rem; }
.keys a, .keys button {
  flex: 1; text-align: center; text-decoration: none; padding: .3rem .6rem; color: var(--accent);
  border: 1px solid var(--line); border-radius: .6rem; background: var(--theirs);
}
.acts { display: flex; gap: .2rem; opacity: 0; position: absolute; top: -.8rem; right: .3rem; }
.log li:hover .acts, .log li:focus-within .acts { opacity: 1; }
.acts button { background: var(--panel); min-height: 1.6rem; padding: 0 .35rem; font-size: .8rem; }
.acts svg { width: 1rem; height: 1rem; display: block; }
.composer { border-top: 1px solid var(--line); padding: .6rem; display: grid; gap: .4rem; }
.composer .about { display: flex; gap: .5rem; align-items: center; color: var(--quiet); font-size: .85rem; }
.composer .about[hidden] { display: none; }
.composer .row { display: flex; gap: .4rem; align-items: flex-end; }
.composer .row > button, .composer .row > select { min-height: 2.3rem; }
.composer .row > select { max-width: 5rem; }
.composer textarea {
  flex: 1 1 4rem; min-width: 0; resize: none; min-height: 2.3rem; max-height: 7rem; padding: .45rem .7rem;
  border: 1px solid var(--line); border-radius: .8rem; background: var(--ground);
}
.composer svg { width: 1.25rem; height: 1.25rem; display: block; }
.composer .send { background: var(--accent); color: var(--on-accent); border-color: transparent; }
.problem:empty { display: none; }
.problem { color: var(--bad); font-size: .85rem; min-height: 0; margin: 0; }
.blocked .log { opacity: .55; }
.hidden {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
@media (prefers-reduced-motion: no-preference) { .acts { transition: opacity .12s; } }
@media (hover: none) { .acts { opacity: 1; } }
`
