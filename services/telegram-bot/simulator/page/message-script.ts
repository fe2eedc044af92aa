/** How the page draws a message. Whatever people write is only ever set as text, never as markup. */
export const messageScript = String.raw`
const make = (tag, props = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), props)
  node.append(...children.filter((child) => child !== undefined && child !== null))
  return node
}

const MARKS = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's', code: 'code', pre: 'code' }

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
      if (entity.type === 'bot_command') {
        const command = text.slice(from, to)
        node = make('a', { href: '#', onclick: (event) => { event.preventDefault(); phone.fill(command) } }, node)
      }
    }
    return node
  })
}

const WEB = /^https?:\/\//i

function link(address, ...children) {
  const href = WEB.test(address) ? address : 'https://' + address
  return make('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...children)
}

/** Texts of the bot hold plain addresses: a link that starts the bot, or goes elsewhere. */
function linked(nodes, phone) {
  return nodes.flatMap((node) => {
    if (node.nodeType !== Node.TEXT_NODE) return [node]
    return node.data.split(/(https?:\/\/\S+)/).map((part) => {
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
  if (picture) bubble.append(picture)
  bubble.append(...linked(formatted(message, phone), phone))
  if (message.reactions) bubble.append(make('div', { className: 'reactions' }, message.reactions.join(' ')))
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
    act('Reply', '↩', () => phone.reply(message)),
    act('React with thumbs up', '👍', () => phone.react(message)),
    own ? act('Edit', '✎', () => phone.edit(message)) : undefined)
}
`
