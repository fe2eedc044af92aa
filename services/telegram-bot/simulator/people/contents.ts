import type { Message, MessageEntity } from 'grammy/types'
import { FILE_KINDS, fileContent } from '../bot-api/media.ts'
import type { FileKind } from '../bot-api/media.ts'
import type { World } from '../world/world.ts'
import { foundEntities } from './entities.ts'
import { Refused } from './refused.ts'

/** A file as a person sends it; what is left out is made up. */
export type FileInput = {
  readonly data?: string
  readonly name?: string
  readonly mime?: string
}

/** What a person sends: `{"text"}`, `{"photo": {"data": base64}, "caption"}`, `{"location": {…}}` and so on. */
export type ContentInput = Readonly<Record<string, unknown>>

const TEXT_BYTES_MAX = 1024 * 1024
const MADE_UP: Readonly<Record<FileKind, readonly [name: string, mime: string]>> = {
  photo: ['photo.png', 'image/png'],
  video: ['video.mp4', 'video/mp4'],
  animation: ['animation.mp4', 'video/mp4'],
  audio: ['music.mp3', 'audio/mpeg'],
  voice: ['voice.ogg', 'audio/ogg'],
  video_note: ['note.mp4', 'video/mp4'],
  document: ['file.txt', 'text/plain'],
  sticker: ['sticker.webp', 'image/webp'],
}
/** The smallest picture: one pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** Contents without a file, passed on as they are. */
const PLAIN = ['location', 'venue', 'contact', 'poll', 'dice', 'story', 'invoice'] as const

/** The message's own fields. @throws Refused */
export function contentOf(world: World, input: ContentInput): Partial<Message> {
  const text = input['text']
  if (text !== undefined) {
    if (typeof text !== 'string' || text === '') throw new Refused(400, 'The text is empty.')
    if (Buffer.byteLength(text) > TEXT_BYTES_MAX) throw new Refused(413, 'The text is too long.')
    const entities = entitiesFor(input, text)
    return { text, ...(entities.length === 0 ? {} : { entities }) }
  }
  const kind = FILE_KINDS.find((each) => input[each] !== undefined)
  if (kind !== undefined) return { ...fileOf(world, kind, input[kind]), ...captionOf(input) }
  const plain = PLAIN.find((each) => input[each] !== undefined)
  if (plain === undefined) {
    throw new Refused(
      400,
      `A message has one of: text, ${FILE_KINDS.join(', ')}, ${PLAIN.join(', ')}.`,
    )
  }
  return plainContent(world, plain, input[plain])
}

function entitiesFor(input: ContentInput, text: string): MessageEntity[] {
  const given = input['entities']
  // A cast: who gives formatting gives it in Telegram's own form.
  const own = Array.isArray(given) ? (given as MessageEntity[]) : []
  return [...own, ...foundEntities(text)]
}

function captionOf(input: ContentInput): Partial<Message> {
  const caption = input['caption']
  if (typeof caption !== 'string' || caption === '') return {}
  const entities = entitiesFor(input, caption)
  return { caption, ...(entities.length === 0 ? {} : { caption_entities: entities }) }
}

function fileOf(world: World, kind: FileKind, input: unknown): Partial<Message> {
  // A cast: each field is looked at below.
  const { data, name, mime } = (
    input !== null && typeof input === 'object' ? input : {}
  ) as FileInput
  const [madeUpName, madeUpMime] = MADE_UP[kind]
  const image = kind === 'photo' || kind === 'sticker'
  const file = world.putFile({
    base64: typeof data === 'string' ? data : image ? PIXEL : Buffer.from(kind).toString('base64'),
    name: typeof name === 'string' ? name : madeUpName,
    mime: typeof mime === 'string' ? mime : madeUpMime,
  })
  return fileContent(kind, file)
}

function plainContent(
  world: World,
  kind: (typeof PLAIN)[number],
  given: unknown,
): Partial<Message> {
  const fields =
    given !== null && typeof given === 'object' ? (given as Record<string, unknown>) : {}
  const random = Math.floor(world.environment.random() * 6) + 1
  const presets: Readonly<Record<(typeof PLAIN)[number], Record<string, unknown>>> = {
    location: { latitude: 40.4168, longitude: -3.7038 },
    venue: {
      title: 'Plaza Mayor',
      address: 'Madrid',
      location: { latitude: 40.4, longitude: -3.7 },
    },
    contact: { phone_number: '+34600000000', first_name: 'Eva' },
    poll: {
      id: `poll-${random}`,
      question: 'Yes or no?',
      options: [
        { text: 'Yes', voter_count: 0, persistent_id: 'yes' },
        { text: 'No', voter_count: 0, persistent_id: 'no' },
      ],
      total_voter_count: 0,
      is_closed: false,
      is_anonymous: true,
      type: 'regular',
      allows_multiple_answers: false,
    },
    dice: { emoji: '🎲', value: random },
    story: { id: 1 },
    invoice: { title: 'Invoice', description: 'A thing', currency: 'EUR', total_amount: 100 },
  }
  // What is given stands over a whole example of the kind.
  return { [kind]: { ...presets[kind], ...fields } }
}
