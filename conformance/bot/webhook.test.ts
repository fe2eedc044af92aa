import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { patientTelegramApi, webhookSecret } from '@cloudlet/telegram-bot'
import { createSimulator, liveEnvironment, tableAt } from '@cloudlet/telegram-bot'
import type { Simulator } from '@cloudlet/telegram-bot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send, startCloud } from '../harness.ts'
import type { TestCloud } from '../harness.ts'
import { phones } from './bot-world.ts'
import type { Phone } from './bot-world.ts'

let cloud: TestCloud
let simulator: Simulator
let apiRoot: string
let phone: (id: number, name: string) => Phone

beforeAll(async () => {
  cloud = await startCloud()
  simulator = createSimulator({ environment: liveEnvironment })
  apiRoot = await simulator.listen({ port: 0 })
  phone = phones(simulator)
})
afterAll(async () => {
  await simulator.close()
  await cloud.close()
})

const address = (): string => `${cloud.frontDoor}/telegram-bot/webhook`
const post = (body: unknown, secret?: string) =>
  send('POST', address(), {
    body,
    headers: secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret },
  })

describe('the webhook', () => {
  it('says that no bot token is configured where none is', async () => {
    const { status, json } = await post({ update_id: 1 })

    expect(status).toBe(503)
    expect(json).toEqual({
      error: 'No bot token is configured: deploy with the parameter TelegramToken.',
    })
  })

  it(
    'takes updates with its secret alone, and runs the whole flow',
    { timeout: 90_000 },
    async () => {
      const token = simulator.token
      await cloud.redeploy('telegram-bot', { TelegramToken: token, TelegramApiRoot: apiRoot })
      const secret = webhookSecret(token, undefined)

      const refused = await Promise.all([
        post({ update_id: 1 }),
        post({ update_id: 1 }, 'wrong'),
        post('{', secret),
        post({ message: {} }, secret),
      ])
      const api = patientTelegramApi({ token, apiRoot })
      await api.setWebhook(address(), { secret_token: secret, max_connections: 1 })
      const [ana, leo] = [phone(1, 'Ana'), phone(2, 'Leo')]
      ana.says('/generateToken')
      const { text: pairing } = await ana.gets(/^[0-9a-f-]{36}$/)
      leo.says(`/pair ${pairing}`)
      await ana.gets('Paired with Leo')
      ana.says('hello')
      const seen = await leo.gets('Ana: hello')
      leo.says('hello yourself', { replyTo: seen.id })
      await ana.gets('Leo: hello yourself')
      ana.sends({ photo: {}, caption: 'look' })
      await leo.gets('Ana: look')
      leo.says(`/deleteToken ${pairing}`)
      await ana.gets('Leo has ended the pairing')

      expect(refused.map(({ status }) => status)).toEqual([401, 401, 400, 400])
      expect(simulator.world.updates()).toEqual([])
    },
  )

  it('handles an update that is delivered twice once', async () => {
    const secret = webhookSecret(simulator.token, undefined)
    const eva = phone(5, 'Eva')
    const update = {
      update_id: 999_999_999,
      message: {
        message_id: 77,
        date: 1,
        chat: { id: 5, type: 'private', first_name: 'Eva' },
        from: { id: 5, is_bot: false, first_name: 'Eva' },
        text: '/language en',
      },
    }
    eva.says('/start')
    await eva.gets('I pair two chats')

    const answers = await Promise.all([1, 2, 3].map(() => post(update, secret)))
    await eva.gets('I speak English here.')
    eva.says('/status')
    await eva.gets('This chat is not paired')

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(eva.sees().filter(({ text }) => text === 'I speak English here.')).toHaveLength(1)
  })

  it('makes one token for an update that is delivered twice at the same time', async () => {
    const secret = webhookSecret(simulator.token, undefined)
    const eva = phone(6, 'Eva')
    eva.says('/start')
    await eva.gets('I pair two chats')
    const tokens = tableAt(cloud.endpoint, 'tokens')
    const ofEva = async () => {
      const { Items = [] } = await tokens.client.send(new ScanCommand({ TableName: tokens.name }))
      return Items.flatMap(({ token, entity1 }) => (String(entity1) === '6' ? [token] : []))
    }
    const message = { message_id: 78, date: 1, text: '/generateToken' }
    const chat = { id: 6, type: 'private', first_name: 'Eva' }
    const from = { id: 6, is_bot: false, first_name: 'Eva' }
    const update = { update_id: 999_999_998, message: { ...message, chat, from } }

    const answers = await Promise.all([1, 2, 3].map(() => post(update, secret)))
    const told = await eva.gets(/^[0-9a-f-]{36}$/)
    const made = await ofEva()
    tokens.client.destroy()

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(made).toEqual([told.text])
  })

  it(
    'is delivered to again after a failure, and what Telegram refuses for a while arrives',
    { timeout: 60_000 },
    async () => {
      const [ana, leo] = [phone(8, 'Ana'), phone(9, 'Leo')]
      ana.says('/generateToken')
      const { text: pairing } = await ana.gets(/^[0-9a-f-]{36}$/)
      leo.says(`/pair ${pairing}`)
      await ana.gets('Paired with Leo')

      simulator.botApi.fail('sendMessage', 2, {
        code: 429,
        description: 'Too Many Requests: retry after 1',
        retryAfter: 1,
      })
      for (const text of ['one', 'two', 'three', 'four', 'five']) ana.says(text)
      await leo.gets('five')

      const texts = leo
        .sees()
        .flatMap(({ text }) => /: (one|two|three|four|five)$/.exec(text)?.[1] ?? [])
      expect(texts).toEqual(['one', 'two', 'three', 'four', 'five'])
    },
  )
})
