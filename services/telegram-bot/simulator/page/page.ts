import { createHash } from 'node:crypto'
import { messageScript } from './message-script.ts'
import { phoneScript } from './phone-script.ts'
import { style } from './style.ts'

const mainScript = String.raw`
const main = document.querySelector('main')
const state = document.querySelector('.state')
const phones = new Map()

async function showAll() {
  for (const chat of await call('GET', '/chats')) {
    if (phones.has(chat.id)) continue
    const phone = createPhone(chat)
    phones.set(chat.id, phone)
    main.append(phone.node)
    await phone.refresh()
  }
}

function follow() {
  const events = new EventSource('/events')
  events.onopen = () => {
    state.textContent = 'connected'
    state.dataset.on = 'true'
    void showAll().then(() => Promise.all([...phones.values()].map((phone) => phone.refresh())))
  }
  events.onerror = () => {
    state.textContent = 'not connected, trying again'
    state.dataset.on = 'false'
  }
  const due = new Map()
  events.onmessage = (event) => {
    const { chat } = JSON.parse(event.data)
    // Changes that come together are drawn together.
    if (due.has(chat)) return
    due.set(chat, setTimeout(() => {
      due.delete(chat)
      const phone = phones.get(chat)
      void (phone ? phone.refresh() : showAll())
    }, 30))
  }
}

document.querySelector('#add-person').onclick = () => {
  const id = Math.max(0, ...phones.keys()) + 1
  void call('PUT', '/chats/' + id, {}).then(showAll)
}
document.querySelector('#add-group').onclick = () => {
  const id = Math.min(0, ...phones.keys()) - 1
  void call('PUT', '/chats/' + id, { type: 'group' }).then(showAll)
}
document.querySelector('#theme').onclick = () => {
  const dark = getComputedStyle(document.documentElement).colorScheme === 'dark' ||
    (!document.documentElement.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'light' : 'dark'
}
follow()
`

const script = `${messageScript}${phoneScript}${mainScript}`

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Lets the page run its own script and nothing that a message might bring. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `script-src ${hashOf(script)}`,
  `style-src ${hashOf(style)}`,
  "img-src 'self' data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Phones side by side, one a chat: the whole page, in one piece. */
export const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Phones: a simulated Telegram</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header class="top">
<h1>Phones</h1>
<p>A simulated Telegram. Each phone is a person who chats with the bot.</p>
<span class="state" role="status" data-on="false">connecting</span>
<button type="button" id="add-person">Add a phone</button>
<button type="button" id="add-group">Add a group</button>
<button type="button" id="theme">Light or dark</button>
</header>
<main></main>
<script>${script}</script>
</body>
</html>
`
