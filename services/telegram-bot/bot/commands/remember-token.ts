import { isChat } from '../../domain/chat.ts'
import { readToken } from '../../domain/token.ts'
import type { BotParts } from '../ports.ts'
import { say } from '../situation.ts'
import type { Situation } from '../situation.ts'
import type { Command } from './command.ts'

/** Says which chats a token pairs. */
export const rememberToken: Command = async (parts, situation, argument) => {
  const { chat, sentences } = situation
  if (argument === '') {
    const command = chat.language === 'es' ? 'recordar' : 'rememberToken'
    return { drafts: [say(situation, sentences.tokenUsage(command))] }
  }
  const token = readToken(argument)
  if (token === undefined) return { drafts: [say(situation, sentences.tokenProblem.malformed)] }
  const found = await parts.tokens.get(token)
  if (!found.ok) return { drafts: [say(situation, sentences.tokenProblem[found.problem])] }
  const { entity1, entity2 } = found.value
  const first = await nameOf(parts, situation, entity1)
  const second = entity2 === undefined ? undefined : await nameOf(parts, situation, entity2)
  return { drafts: [say(situation, sentences.remembered(token, first, second))] }
}

/** `Ana (17)`, or the bare entity where it is no chat that is known. */
async function nameOf(
  parts: BotParts,
  { chat, sentences }: Situation,
  entity: unknown,
): Promise<string> {
  const id = String(entity)
  if (isChat(chat, Number(id))) return `${chat.title} (${id}, ${sentences.thisChat})`
  const known = /^-?\d{1,16}$/.test(id) ? await parts.memory.chat(Number(id)) : undefined
  return known === undefined ? id : `${known.title} (${id})`
}
