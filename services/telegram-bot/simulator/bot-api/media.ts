import type { Message } from 'grammy/types'
import type { SimFile, World } from '../world/world.ts'
import { badRequest } from './api-error.ts'
import type { Arguments, Upload } from './arguments.ts'
import { textOf } from './arguments.ts'

/** The kinds of message that hold a file. */
export const FILE_KINDS = [
  'photo',
  'video',
  'animation',
  'audio',
  'voice',
  'video_note',
  'document',
  'sticker',
] as const

export type FileKind = (typeof FILE_KINDS)[number]

/** The message's fields for a file of a kind. */
export function fileContent(kind: FileKind, file: SimFile): Partial<Message> {
  const size = Buffer.byteLength(file.base64, 'base64')
  const common = { file_id: file.id, file_unique_id: file.uniqueId, file_size: size }
  const named = { ...common, file_name: file.name, mime_type: file.mime }
  switch (kind) {
    case 'photo':
      return { photo: [{ ...common, width: 320, height: 320 }] }
    case 'video':
      return { video: { ...named, width: 320, height: 320, duration: 1 } }
    case 'animation':
      return {
        animation: { ...named, width: 320, height: 320, duration: 1 },
        document: named,
      }
    case 'audio':
      return { audio: { ...named, duration: 1 } }
    case 'voice':
      return { voice: { ...common, duration: 1, mime_type: file.mime } }
    case 'video_note':
      return { video_note: { ...common, length: 240, duration: 1 } }
    case 'document':
      return { document: named }
    case 'sticker':
      return {
        sticker: {
          ...common,
          type: 'regular',
          width: 512,
          height: 512,
          is_animated: false,
          is_video: false,
        },
      }
  }
}

/** The file of a call: uploaded with it (by itself or as `attach://name`), or one that Telegram has. @throws ApiError */
export function fileOfCall(world: World, from: Arguments, name: string): SimFile {
  const value = textOf(from, name)
  const attached = /^attach:\/\/(.+)$/.exec(value)?.[1]
  const upload = from.uploads.get(attached ?? name)
  if (upload !== undefined) {
    if (upload.base64 === '') throw badRequest('file must be non-empty')
    return world.putFile({ ...upload, mime: mimeOf(upload) })
  }
  if (value === '') throw badRequest(`there is no ${name} in the request`)
  return knownFile(world, value)
}

/** Bot API clients name no type; a phone needs one to show the file. */
function mimeOf({ base64, mime }: Upload): string {
  const head = Buffer.from(base64.slice(0, 16), 'base64').toString('latin1')
  if (head.startsWith('\u0089PNG')) return 'image/png'
  if (head.startsWith('\u00ff\u00d8')) return 'image/jpeg'
  if (head.startsWith('OggS')) return 'audio/ogg'
  return mime
}

export function knownFile(world: World, id: string): SimFile {
  const file = world.file(id)
  if (file === undefined) throw badRequest('wrong file identifier/HTTP URL specified')
  return file
}
