import { createSimulator } from '@cloudlet/telegram-bot'
import type { Simulator } from '@cloudlet/telegram-bot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { send } from '../harness.ts'
import type { Answer } from '../harness.ts'
import { quickClock } from './quick-clock.ts'
import type { QuickClock } from './quick-clock.ts'

let clock: QuickClock
let simulator: Simulator
let root: string

beforeEach(async () => {
  clock = quickClock()
  simulator = createSimulator({ environment: clock })
  root = await simulator.listen({ port: 0 })
  simulator.people.send(1, { text: '/start' })
})
afterEach(async () => {
  await simulator.close()
  clock.stop()
})

const call = (method: string, body: object = {}) =>
  send('POST', `${root}/bot${simulator.token}/${method}`, { body })

function parametersOf(answer: Answer | undefined): { readonly retry_after: number } {
  const { parameters } = (answer?.json ?? {}) as { parameters?: { retry_after: number } }
  if (parameters === undefined) throw new Error('The answer names no seconds to wait')
  return parameters
}

describe('the Bot API', () => {
  it.each([
    ['sendMessage', { text: 'x' }, 400, 'Bad Request: chat_id is empty'],
    ['sendMessage', { chat_id: 99, text: 'x' }, 400, 'Bad Request: chat not found'],
    ['sendMessage', { chat_id: 1 }, 400, 'Bad Request: message text is empty'],
    [
      'sendMessage',
      { chat_id: 1, text: 'x'.repeat(4097) },
      400,
      'Bad Request: message is too long',
    ],
    [
      'sendMessage',
      { chat_id: 1, text: 'x', message_thread_id: 5 },
      400,
      'Bad Request: message thread not found',
    ],
    [
      'sendMessage',
      { chat_id: 1, text: 'x', reply_parameters: { message_id: 1 } },
      400,
      'Bad Request: message to be replied not found',
    ],
    [
      'sendMessage',
      { chat_id: 1, text: 'x', entities: 'nonsense' },
      400,
      "Bad Request: can't parse entities: Can't parse JSON object",
    ],
    ['sendPhoto', { chat_id: 1 }, 400, 'Bad Request: there is no photo in the request'],
    [
      'sendPhoto',
      { chat_id: 1, photo: 'unknown' },
      400,
      'Bad Request: wrong file identifier/HTTP URL specified',
    ],
    [
      'copyMessage',
      { chat_id: 1, from_chat_id: 1, message_id: 5 },
      400,
      'Bad Request: message to copy not found',
    ],
    [
      'copyMessages',
      { chat_id: 1, from_chat_id: 1, message_ids: [3, 2] },
      400,
      'Bad Request: message identifiers must be in a strictly increasing order',
    ],
    [
      'editMessageText',
      { chat_id: 1, message_id: 5, text: 'x' },
      400,
      'Bad Request: message to edit not found',
    ],
    [
      'deleteMessage',
      { chat_id: 1, message_id: 5 },
      400,
      'Bad Request: message to delete not found',
    ],
    [
      'setMyCommands',
      { commands: [{ command: 'Pair', description: 'x' }] },
      400,
      'Bad Request: BOT_COMMAND_INVALID',
    ],
    [
      'setWebhook',
      { url: 'ftp://x' },
      400,
      'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
    ],
    [
      'setWebhook',
      { url: 'https://x', secret_token: 'a b' },
      400,
      'Bad Request: secret token contains unallowed characters',
    ],
    [
      'answerCallbackQuery',
      { callback_query_id: 'x' },
      400,
      'Bad Request: query is too old and response timeout expired or query ID is invalid',
    ],
    ['getFile', { file_id: 'x' }, 400, 'Bad Request: wrong file identifier/HTTP URL specified'],
    ['nonsense', {}, 404, 'Not Found'],
    ['constructor', {}, 404, 'Not Found'],
  ])('answers %s %j as Telegram does', async (method, body, status, description) => {
    const answer = await call(method, body)

    expect(answer.status).toBe(status)
    expect(answer.json).toEqual({ ok: false, error_code: status, description })
  })

  it('knows its token alone', async () => {
    const { status, json } = await send('GET', `${root}/bot1:wrong/getMe`)

    expect([status, json]).toEqual([
      401,
      { ok: false, error_code: 401, description: 'Unauthorized' },
    ])
  })

  it('takes arguments by address, form and JSON, and methods whatever their case', async () => {
    const form = await fetch(`${root}/bot${simulator.token}/SENDMESSAGE`, {
      method: 'POST',
      body: new URLSearchParams({ chat_id: '1', text: 'by form' }),
    })
    const address = await fetch(
      `${root}/bot${simulator.token}/sendMessage?chat_id=1&text=by%20address`,
    )
    await call('sendMessage', { chat_id: 1, text: 'by JSON' })

    expect([form.status, address.status]).toEqual([200, 200])
    expect(simulator.view(1).map(({ text }) => text)).toEqual([
      '/start',
      'by form',
      'by address',
      'by JSON',
    ])
  })

  it('refuses what a blocked bot sends, its own edits of nothing, and others’ messages', async () => {
    const sent = await call('sendMessage', { chat_id: 1, text: 'same' })
    const { result } = sent.json as { result: { message_id: number } }
    const [start] = simulator.view(1)

    const same = await call('editMessageText', {
      chat_id: 1,
      message_id: result.message_id,
      text: 'same',
    })
    const other = await call('editMessageText', { chat_id: 1, message_id: start?.id, text: 'x' })
    simulator.people.block(1, true)
    const blocked = await call('sendMessage', { chat_id: 1, text: 'x' })

    expect(same.text).toContain('message is not modified')
    expect(other.text).toContain("message can't be edited")
    expect([blocked.status, blocked.json]).toEqual([
      403,
      { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' },
    ])
  })

  it('says how long to wait once there is too much, and takes it then', async () => {
    simulator.people.send(2, { text: '/start' })
    const many = await Promise.all(
      Array.from({ length: 5 }, (_, at) => call('sendMessage', { chat_id: 1, text: `${at}` })),
    )
    const refused = many.filter(({ status }) => status === 429)
    const other = await call('sendMessage', { chat_id: 2, text: 'not concerned' })
    const { retry_after: seconds } = parametersOf(refused[0])
    clock.skip(seconds * 1000)
    const later = await call('sendMessage', { chat_id: 1, text: 'later' })

    expect(refused.length).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(3)
    expect([other.status, later.status]).toEqual([200, 200])
  })

  it('gives updates until they are confirmed, waits for them, and takes one poller at a time', async () => {
    const first = await call('getUpdates')
    const [update] = (first.json as { result: { update_id: number }[] }).result
    const offset = (update?.update_id ?? 0) + 1
    const waiting = call('getUpdates', { offset, timeout: 50 })
    const second = call('getUpdates', { offset, timeout: 50 })
    const sentAway = await Promise.race([waiting, second])
    simulator.people.send(1, { text: 'something new' })
    const answers = await Promise.all([waiting, second])

    expect(sentAway.status).toBe(409)
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(answers.some(({ text }) => text.includes('something new'))).toBe(true)
  })

  it('does not poll while there is a webhook', async () => {
    await call('setWebhook', { url: 'http://127.0.0.1:9/nowhere' })

    const polled = await call('getUpdates')
    const info = await call('getWebhookInfo')
    await call('deleteWebhook')
    const again = await call('getUpdates')

    expect(polled.status).toBe(409)
    expect(info.json).toMatchObject({ result: { url: 'http://127.0.0.1:9/nowhere' } })
    expect(again.status).toBe(200)
  })
})

describe('the people’s API', () => {
  it('shows a chat as its person sees it', async () => {
    await send('POST', `${root}/chats/7/messages`, { body: { text: 'hello' } })
    await call('sendMessage', { chat_id: 7, text: 'hi' })

    const { json } = await send('GET', `${root}/chats/7/messages`)

    expect(json).toMatchObject([
      { from: 'me', text: 'hello', date: expect.stringMatching(/^\d{4}-.*Z$/) as unknown },
      { from: 'bot', text: 'hi' },
    ])
  })

  it.each([
    ['POST', '/chats/7/messages', '{', 400],
    ['POST', '/chats/7/messages', '{"text":""}', 400],
    ['POST', '/chats/7/messages', '{}', 400],
    ['POST', '/chats/0/messages', '{"text":"x"}', 400],
    ['POST', '/chats/7/messages', '{"text":"x","replyTo":5}', 404],
    ['DELETE', '/chats/7/messages', '', 405],
    ['GET', '/nowhere', undefined, 404],
  ])('refuses %s %s %s with %d', async (method, path, body, status) => {
    const answer = await send(method, `${root}${path}`, body === undefined ? {} : { body })

    expect(answer.status).toBe(status)
    expect(answer.json).toHaveProperty('error')
  })

  it('does not act for the page of another site', async () => {
    const answer = await send('POST', `${root}/chats/7/messages`, {
      body: { text: 'x' },
      headers: { origin: 'https://evil.example' },
    })

    expect(answer.status).toBe(403)
    expect(simulator.view(7)).toEqual([])
  })
})
