/** How the page draws a message. Whatever people write is only ever set as text, never as markup. */
export const messageScript = String.raw`
const make = (tag, props = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), props)
  node.append(...children.filter((child) => child !== undefined && child !== null))
  return node
}

const MARKS = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's', code: 'code', pre: 'code' }

const SHAPES = {
  clip: 'M8 12.5l5.8-5.8a2.6 2.6 0 0 1 3.7 3.7l-7.2 7.2a4.3 4.3 0 0 1-6.1-6.1L11 4.7',
  microphone: 'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4',
  stop: 'M7 7h10v10H7z',
  reply: 'M9 6l-5 5 5 5M4 11h9a6 6 0 0 1 6 6v1',
  thumb: 'M7 11v9H4v-9zM7 11l4-7a2 2 0 0 1 2.5 2.3L13 10h5.2a1.8 1.8 0 0 1 1.8 2.2l-1.3 6.3a2 2 0 0 1-2 1.5H7',
  pencil: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  copy: 'M9 9h10v11H9zM15 9V5H5v11h4',
}
/** Drawn, because not every machine has a font for such signs. */
function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  shape.setAttribute('d', SHAPES[name])
  svg.append(shape)
  return svg
}

/** The text with its formatting; links that start the bot do so from this phone. */
function formatted(message, phone) {
  const { text, entities = [] } = message
  const cuts = [...new Set([0, text.length, ...entities.flatMap((e) => [e.offset, e.offset + e.length])])]
    .sort((a, b) => a - b)
  return cuts.slice(0, -1).map((from, at) => {
    const to = cuts[at + 1]
    let node = document.createTextNode(text.slice(from, to))
    for (const entity of entities) {
      if (entity.offset > from || entity.offset + entity.length < to) continue
      if (MARKS[entity.type]) node = make(MARKS[entity.type], {}, node)
      if (entity.type === 'url' || entity.type === 'text_link') node = link(entity.url ?? text.slice(from, to), node)
      if (entity.type === 'bot_command') node = command(text.slice(from, to), phone)
    }
    return node
  })
}

const WEB = /^https?:\/\//i

function link(address, ...children) {
  const href = WEB.test(address) ? address : 'https://' + address
  return make('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...children)
}

const command = (words, phone) =>
  make('a', { href: '#', onclick: (event) => { event.preventDefault(); phone.fill(words) } }, words)

/** Texts of the bot hold plain addresses and commands: a link that starts the bot, goes elsewhere, or begins to write. */
function linked(nodes, phone, byBot) {
  return nodes.flatMap((node) => {
    if (node.nodeType !== Node.TEXT_NODE) return [node]
    return node.data.split(byBot ? /(https?:\/\/\S+|(?<=^|\s)\/[A-Za-z]{2,32}\b)/ : /(https?:\/\/\S+)/).map((part) => {
      if (byBot && /^\/[A-Za-z]+$/.test(part)) return command(part, phone)
      if (!WEB.test(part)) return document.createTextNode(part)
      const start = /^https:\/\/t\.me\/\w+\?start=([\w-]{1,64})$/.exec(part)
      if (!start) return link(part, part)
      return make('a', {
        href: part,
        title: 'Opens the bot on this phone: sends /start',
        onclick: (event) => { event.preventDefault(); phone.send({ text: '/start ' + start[1] }) },
      }, part)
    })
  })
}

function media({ kind, file, about }) {
  if (!file) return kind && kind !== 'text' ? make('span', {}, kindName(kind) + (about ? ': ' + about : '')) : undefined
  if (kind === 'photo' || kind === 'sticker') return make('img', { src: file.url, alt: kindName(kind) + ' ' + file.name })
  if (kind === 'voice' || kind === 'audio') return make('audio', { src: file.url, controls: true, ariaLabel: kindName(kind) })
  if (kind === 'video' || kind === 'animation' || kind === 'video_note')
    return make('video', { src: file.url, controls: true, ariaLabel: kindName(kind) })
  return make('a', { href: file.url, download: file.name }, file.name)
}

const NAMES = {
  photo: 'Photo', voice: 'Voice message', video: 'Video', video_note: 'Video message', audio: 'Music',
  animation: 'Animation', document: 'File', sticker: 'Sticker', location: 'Place', venue: 'Place',
  contact: 'Contact', poll: 'Poll', dice: 'Dice', story: 'Story', service: 'Service message',
}
const kindName = (kind) => NAMES[kind] ?? kind

function drawMessage(message, phone, byId) {
  const answered = message.replyTo === undefined ? undefined : byId.get(message.replyTo)
  const bubble = make('div', { className: 'bubble' })
  if (message.replyTo !== undefined)
    bubble.append(make('div', { className: 'quote' }, answered ? answered.text || kindName(answered.kind ?? '') : 'Message'))
  if (message.name) bubble.append(make('strong', {}, message.name + '\n'))
  const picture = media(message)
  if (picture) bubble.append(make('div', { className: 'media' }, picture))
  bubble.append(...linked(formatted(message, phone), phone, message.from === 'bot' && !picture && !message.entities?.length))
  if (message.reactions) bubble.append(make('div', { className: 'reactions', title: message.reactions.join(' ') },
    ...message.reactions.map((emoji) => emoji === '👍' ? icon('thumb') : emoji)))
  const time = new Date(message.date).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  bubble.append(make('span', { className: 'meta' }, (message.edited ? 'edited ' : '') + time))
  const item = make('li', { className: message.from }, bubble, keys(message, phone), acts(message, phone))
  item.dataset.id = message.id
  return item
}

function keys({ buttons, id }, phone) {
  if (!buttons) return undefined
  return make('div', { className: 'keys' }, ...buttons.map((button) =>
    button.url ? link(button.url, button.text)
      : make('button', { type: 'button', onclick: () => phone.press(id, button.data) }, button.text)))
}

function acts(message, phone) {
  const act = (label, sign, onclick) => make('button', { type: 'button', ariaLabel: label, title: label, onclick }, sign)
  const own = message.from === 'me' && (message.kind === undefined || message.file !== undefined)
  return make('div', { className: 'acts' },
    act('Reply', icon('reply'), () => phone.reply(message)),
    act('React with thumbs up', icon('thumb'), () => phone.react(message)),
    message.text ? act('Copy the text', icon('copy'), () => phone.copy(message)) : undefined,
    own ? act('Edit', icon('pencil'), () => phone.edit(message)) : undefined)
}
`
