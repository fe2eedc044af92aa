import type { Kind } from '../content.ts'
import type { Filter } from '../filters.ts'
import type { Sentences, StatusLine } from './sentences.ts'

const THINGS: Readonly<Record<Kind | 'album', string>> = {
  text: 'a text',
  photo: 'a photo',
  video: 'a video',
  animation: 'an animation',
  audio: 'a piece of music',
  voice: 'a voice message',
  video_note: 'a video message',
  document: 'a file',
  sticker: 'a sticker',
  location: 'a place',
  venue: 'a place',
  contact: 'a contact',
  poll: 'a poll',
  dice: 'a throw of dice',
  story: 'a story',
  album: 'an album',
}

const numbered = (lines: readonly string[]): string =>
  lines.map((line, at) => `${at + 1}. ${line}`).join('\n')

function filterOf(filter: Filter): string {
  switch (filter.by) {
    case 'word':
      return `the word “${filter.word}”`
    case 'expression':
      return `the expression ${filter.expression}`
    case 'link':
      return 'links'
    case 'kind':
      return `messages that are ${THINGS[filter.kind]}`
    case 'image':
      return 'images'
    case 'picture':
      return 'one picture'
  }
}

function statusLine(line: StatusLine): string {
  const marks = [
    line.active ? 'your messages go here' : '',
    line.pausedHere ? 'paused by you' : '',
    line.pausedThere ? 'paused by the other chat' : '',
    line.filters === 0 ? '' : line.filters === 1 ? '1 filter' : `${line.filters} filters`,
    line.endsAt === undefined ? '' : `until ${line.endsAt}`,
  ].filter((mark) => mark !== '')
  return `${line.peer} (${marks.length === 0 ? 'ready' : marks.join(', ')})\n   ${line.token}`
}

const share = (link: string): string =>
  `Give this to the other chat: whoever opens it in Telegram is paired with this chat.\n${link}`

export const english: Sentences = {
  welcome:
    'I pair two chats: what one of them writes, the other receives. Make a token with /generateToken and give it to the other chat, which sends it to me with /pair.',
  commands: {
    start: 'what I do',
    help: 'the commands',
    generateToken: 'makes a token for this chat (/generateToken 1h: one that expires)',
    pair: 'pairs this chat with the chat of a token: /pair <token>',
    rememberToken: 'says which chats a token pairs: /rememberToken <token>',
    deleteToken: 'ends the pairing of a token: /deleteToken <token>',
    status: 'the pairings of this chat',
    use: 'chooses the pairing that your messages go to: /use 2',
    pause: 'pauses the pairing',
    resume: 'resumes it',
    unpair: 'ends the pairing in use',
    filter:
      'keeps messages back: /filter word <word>, regex <expression>, link, kind <kind>, image',
    filters: 'the filters of the pairing',
    unfilter: 'removes a filter: /unfilter 1',
    language: 'the language I speak here: /language es',
  },
  share,
  shareWithoutCode: (link) => `${share(link)}\n\nI could not send its QR code.`,
  shareButton: 'Share',
  lifetimeUsage:
    'How long may the token live? For example /generateToken 30m, 12h or 7d; at most 365d.',
  tokenUsage: (command) => `Which token? Write it after the command: /${command} <token>`,
  tokenProblem: {
    'not found': 'There is no such token. It may have expired or been deleted; ask for a new one.',
    taken: 'That token has already paired two chats. Ask for a new one.',
    itself: 'That token is this chat’s own. Give it to the other chat, which sends it to me.',
    unavailable:
      'I cannot reach the token service just now. Nothing is lost; please send that again in a moment.',
    malformed: 'That is no token. It looks like this: 4f5a0f5e-7a53-4f0e-9a55-0c8f1a6d7b11',
    foreign: 'That token does not belong to a chat, so I cannot pair you with it.',
  },
  paired: (peer) => `Paired with ${peer}. What you write here now goes to that chat.`,
  pairedAlready: (peer) => `This chat is already paired with ${peer} by that token.`,
  tooManyPairings: (max) => `A chat can have ${max} pairings at most. End one with /unpair first.`,
  remembered: (token, first, second) =>
    second === undefined
      ? `${token} belongs to ${first} and is waiting for a second chat.`
      : `${token} pairs ${first} with ${second}.`,
  thisChat: 'this chat',
  notYours: 'Only a chat of the pair may delete its token.',
  ended: (peer) => `The pairing with ${peer} has ended. The token is deleted.`,
  endedByPeer: (peer) => `${peer} has ended the pairing. Your messages no longer go there.`,
  expired: (peer) => `The token has expired or been deleted: the pairing with ${peer} has ended.`,
  tokenDeleted: 'The token is deleted.',
  notPaired: 'This chat is not paired. Make a token with /generateToken or send me one with /pair.',
  status: (lines) => `Pairings of this chat:\n${numbered(lines.map(statusLine))}`,
  useUsage: (count) => `Which one? /use and a number from 1 to ${count}; /status lists them.`,
  using: (peer) => `Your messages now go to ${peer}.`,
  paused: (peer) => `Paused. Nothing is relayed between this chat and ${peer} until /resume.`,
  pausedByPeer: (peer) =>
    `${peer} has paused the pairing. Messages are not delivered until it resumes.`,
  resumed: (peer) => `Resumed. Your messages go to ${peer} again.`,
  stillPausedByPeer: (peer) => `Resumed here, but ${peer} has paused the pairing too.`,
  resumedByPeer: (peer) => `${peer} has resumed the pairing.`,
  notDeliveredPaused: 'Not delivered: the pairing is paused.',
  filterUsage: (kinds) =>
    `What is to be kept back?\n/filter word <word>\n/filter regex <expression>\n/filter link\n/filter kind <kind>: ${kinds.join(', ')}\n/filter image (in answer to a picture: that picture alone)`,
  filterProblem: {
    'too long': 'That filter is too long.',
    expression: 'That is no regular expression.',
    kind: 'There is no such kind of message; /filter lists them.',
  },
  filterOf,
  filterAdded: (filter) => `From now on this pairing keeps back, both ways: ${filter}.`,
  filterAddedByPeer: (filter) => `The other chat has set a filter. Kept back: ${filter}.`,
  filterRemoved: (filter) => `No longer kept back: ${filter}.`,
  filterList: (own, everywhere) =>
    [
      own.length === 0 ? 'This pairing has no filters.' : `Kept back:\n${numbered(own)}`,
      everywhere.length === 0 ? '' : `In every pairing: ${everywhere.join(', ')}.`,
    ]
      .filter((part) => part !== '')
      .join('\n'),
  tooManyFilters: (max) => `A pairing can have ${max} filters at most.`,
  unfilterUsage: (count) =>
    count === 0
      ? 'This pairing has no filters.'
      : `Which one? /unfilter and a number from 1 to ${count}; /filters lists them.`,
  filtered: (filter) => `Not delivered: this pairing keeps back ${filter}.`,
  languageUsage: 'Which language? /language en or /language es',
  languageSet: 'I speak English here.',
  unknownCommand: 'I do not know that command. /help lists those I know.',
  sends: (name, what) => `${name} sends ${THINGS[what]}:`,
  cannotRelay: 'Not delivered: Telegram does not let me pass on this kind of message.',
  cannotEdit: 'The change was not delivered: Telegram does not let me change this kind of message.',
  peerUnreachable: 'Not delivered: the other chat has blocked or removed me.',
  peerLeft: (peer) => `${peer} has blocked or removed me. Your messages are not delivered there.`,
  notDelivered: (reason) => `Not delivered, after several tries: ${reason}`,
  pieceNotDelivered: (at, of, reason) =>
    `Piece ${at} of the album’s ${of} was not delivered: ${reason}`,
  piecesNotDelivered: (count, of) =>
    `Pieces of the album that were not delivered: ${count} of ${of}. Telegram does not tell me which.`,
  notCopied: 'Telegram could not copy it, or it was deleted before',
  ownFault: 'something is wrong on my side',
  privacyMode: (botName) =>
    `In this group I see only commands and answers to me, because privacy mode is on. To relay everything, make me an administrator, or turn privacy mode off (@BotFather, /setprivacy, @${botName}, Disable) and add me again.`,
  wentWrong: 'Something went wrong on my side, and that message was not handled. Please try again.',
}
