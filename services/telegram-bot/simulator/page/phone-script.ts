/** A phone: its chat as its person sees it, and what the person can do. */
export const phoneScript = String.raw`
async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error ?? 'It did not work')
  return answer
}

const base64Of = (blob) => new Promise((resolve) => {
  const reader = new FileReader()
  reader.onload = () => resolve(String(reader.result).split(',')[1])
  reader.readAsDataURL(blob)
})

/** A short tone, where there is no microphone. */
function tone() {
  const rate = 8000, count = rate
  const view = new DataView(new ArrayBuffer(44 + count))
  const put = (at, text) => [...text].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)))
  put(0, 'RIFF'); view.setUint32(4, 36 + count, true); put(8, 'WAVEfmt '); view.setUint32(16, 16, true)
  view.setUint16(20, 1, true); view.setUint16(22, 1, true); view.setUint32(24, rate, true)
  view.setUint32(28, rate, true); view.setUint16(32, 1, true); view.setUint16(34, 8, true)
  put(36, 'data'); view.setUint32(40, count, true)
  for (let i = 0; i < count; i++) view.setUint8(44 + i, 128 + 60 * Math.sin(i / rate * 440 * 2 * Math.PI) * (1 - i / count))
  return new Blob([view.buffer], { type: 'audio/wav' })
}

function createPhone(chat) {
  const path = '/chats/' + chat.id
  let messages = [], replyTo, editing, recorder, seenLast
  const log = make('ol', { className: 'log', tabIndex: 0, ariaLabel: 'Messages of ' + chat.title })
  log.setAttribute('role', 'log')
  const text = make('textarea', { rows: 1, placeholder: 'Message', ariaLabel: 'Message from ' + chat.title })
  const about = make('span')
  const aboutRow = make('div', { className: 'about', hidden: true }, about,
    make('button', { type: 'button', onclick: () => forget() }, 'Cancel'))
  const problem = make('p', { className: 'problem' })
  problem.setAttribute('role', 'alert')
  const files = make('input', { type: 'file', className: 'hidden', tabIndex: -1, ariaHidden: 'true' })
  const voice = make('button', { type: 'button', ariaLabel: 'Record a voice message', title: 'Record a voice message', onclick: record }, icon('microphone'))
  const block = make('button', { type: 'button', className: 'block', onclick: toggleBlock })
  const language = make('select', { ariaLabel: 'Language of ' + chat.title, onchange: setLanguage },
    make('option', { value: 'en' }, 'en'), make('option', { value: 'es' }, 'es'))
  const sender = make('select', { ariaLabel: 'Who writes', hidden: chat.type === 'private' })
  const form = make('form', { className: 'composer', onsubmit: submit }, aboutRow, problem,
    make('div', { className: 'row' }, sender,
      make('button', { type: 'button', ariaLabel: 'Send a photo or file', title: 'Send a photo or file', onclick: () => files.click() }, icon('clip')),
      voice, text, make('button', { type: 'submit', className: 'send' }, 'Send')), files)
  const title = make('h2'), kind = make('span')
  const node = make('section', { className: 'phone' },
    make('header', {}, make('div', { className: 'face', ariaHidden: 'true' }, chat.title.slice(0, 1)),
      make('div', { className: 'who' }, title, kind), language, block), log, form)
  node.dataset.chat = chat.id
  node.setAttribute('aria-label', 'Phone of ' + chat.title)

  const attempt = async (action) => {
    problem.textContent = ''
    try { await action() } catch (error) { problem.textContent = error.message }
  }
  function forget() {
    replyTo = editing = undefined
    aboutRow.hidden = true
  }
  function say(what) {
    about.textContent = what
    aboutRow.hidden = false
    text.focus()
  }
  function submit(event) {
    event.preventDefault()
    const words = text.value
    if (words.trim() === '') return
    void attempt(async () => {
      if (editing) await call('PUT', path + '/messages/' + editing.id, editing.file ? { caption: words } : { text: words })
      else await phone.send({ text: words })
      text.value = ''
      forget()
    })
  }
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit() }
    if (event.key === 'Escape') forget()
  })
  files.addEventListener('change', () => void attempt(async () => {
    const file = files.files[0]
    if (!file) return
    const what = file.type.startsWith('image/') ? 'photo' : file.type.startsWith('audio/') ? 'voice'
      : file.type.startsWith('video/') ? 'video' : 'document'
    const caption = text.value.trim()
    const content = { data: await base64Of(file), name: file.name, mime: file.type }
    await phone.send({ [what]: content, ...(caption ? { caption } : {}) })
    files.value = text.value = ''
    forget()
  }))
  async function record() {
    if (recorder) return recorder.stop()
    await attempt(async () => {
      let stream
      try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }) } catch { stream = undefined }
      if (!stream) return sendVoice(tone())
      const parts = []
      recorder = new MediaRecorder(stream)
      recorder.ondataavailable = (event) => parts.push(event.data)
      recorder.onstop = () => {
        stream.getTracks().forEach((track) => track.stop())
        const blob = new Blob(parts, { type: recorder.mimeType })
        recorder = undefined
        voice.replaceChildren(icon('microphone'))
        void attempt(() => sendVoice(blob))
      }
      recorder.start()
      voice.replaceChildren(icon('stop'))
    })
  }
  const sendVoice = async (blob) => phone.send({ voice: { data: await base64Of(blob), name: 'voice', mime: blob.type } })
  function toggleBlock() {
    void attempt(async () => {
      await call('PUT', path + '/blocked', { blocked: !chat.blocked })
      await phone.refresh()
    })
  }
  function setLanguage() {
    void attempt(() => call('PUT', path, { language: language.value }))
  }
  function drawHead() {
    title.textContent = chat.title
    kind.textContent = chat.type === 'private' ? 'chat ' + chat.id : chat.type + ' ' + chat.id
    language.hidden = chat.type !== 'private'
    language.value = chat.people[0]?.language_code ?? 'en'
    block.textContent = chat.blocked ? 'Unblock' : 'Block'
    block.title = chat.blocked ? 'Let the bot write here again' : 'Block the bot on this phone'
    block.ariaPressed = String(chat.blocked)
    node.classList.toggle('blocked', chat.blocked)
    if (sender.options.length !== chat.people.length)
      sender.replaceChildren(...chat.people.map((person) => make('option', { value: person.id }, person.first_name)))
  }
  function draw() {
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60
    const byId = new Map(messages.map((message) => [message.id, message]))
    log.replaceChildren(...(messages.length === 0
      ? [make('li', { className: 'empty' }, 'Say /start, or /generateToken and give the token to another phone.')]
      : messages.map((message) => drawMessage(message, phone, byId))))
    const last = messages.at(-1)?.id
    if (atEnd || last !== seenLast) {
      const toEnd = () => { log.scrollTop = log.scrollHeight }
      toEnd()
      // Pictures find their height later.
      for (const picture of log.querySelectorAll('img')) if (!picture.complete) picture.onload = toEnd
    }
    seenLast = last
  }

  const phone = {
    node,
    fill(words) { text.value = words + ' '; text.focus() },
    async send(content) {
      const group = chat.type === 'private' ? {} : { from: Number(sender.value) }
      await call('POST', path + '/messages', { ...content, ...group, ...(replyTo ? { replyTo: replyTo.id } : {}) })
    },
    press: (id, data) => void attempt(() => call('POST', path + '/messages/' + id + '/press', { data })),
    reply(message) { forget(); replyTo = message; say('Answering: ' + (message.text || kindName(message.kind)).slice(0, 60)) },
    copy: (message) => void attempt(() => navigator.clipboard.writeText(message.text)),
    edit(message) { forget(); editing = message; text.value = message.text; say('Changing a message') },
    react(message) {
      const emoji = message.reactions?.includes('👍') ? null : '👍'
      void attempt(() => call('PUT', path + '/messages/' + message.id + '/reaction', { emoji }))
    },
    async refresh() {
      const [chats, next] = await Promise.all([call('GET', '/chats'), call('GET', path + '/messages')])
      chat = chats.find((each) => each.id === chat.id) ?? chat
      messages = next
      drawHead()
      draw()
    },
  }
  drawHead()
  draw()
  return phone
}
`
