import type { Method } from '../context.ts'
import * as bot from './bot.ts'
import { copyMessage, copyMessages } from './copy.ts'
import {
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  editMessageText,
  setMessageReaction,
} from './edit.ts'
import * as send from './send.ts'

const ALL: Readonly<Record<string, Method>> = {
  getMe: bot.getMe,
  setWebhook: bot.setWebhook,
  deleteWebhook: bot.deleteWebhook,
  getWebhookInfo: bot.getWebhookInfo,
  setMyCommands: bot.setMyCommands,
  getMyCommands: bot.getMyCommands,
  answerCallbackQuery: bot.answerCallbackQuery,
  getFile: bot.getFile,
  getChat: bot.getChat,
  getChatMember: bot.getChatMember,
  leaveChat: bot.leaveChat,
  sendMessage: send.sendMessage,
  sendPhoto: send.sendPhoto,
  sendVideo: send.sendVideo,
  sendAnimation: send.sendAnimation,
  sendAudio: send.sendAudio,
  sendVoice: send.sendVoice,
  sendDocument: send.sendDocument,
  sendVideoNote: send.sendVideoNote,
  sendSticker: send.sendSticker,
  sendLocation: send.sendLocation,
  sendContact: send.sendContact,
  sendChatAction: send.sendChatAction,
  deleteMessage: send.deleteMessage,
  copyMessage,
  copyMessages,
  editMessageText,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  setMessageReaction,
}

/** Methods by name; names are matched whatever their case, as Telegram does. getUpdates waits and is the server's. */
export const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries(ALL).map(([name, method]) => [name.toLowerCase(), method]),
)
