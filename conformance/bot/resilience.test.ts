import { afterEach, describe, expect, it } from 'vitest'
import { botWorld, pairPhones } from './bot-world.ts'
import type { BotWorld } from './bot-world.ts'

let world: BotWorld
afterEach(() => world.close())

async function pair() {
  const ana = world.phone(1, 'Ana')
  const leo = world.phone(2, 'Leo')
  const token = await pairPhones(ana, leo)
  return { ana, leo, token }
}

const timesSeen = (
  phone: {
    sees: BotWorld['simulator']['view'] | (() => readonly { text: string; from: string }[])
  },
  text: string,
): number =>
  (phone.sees as () => readonly { text: string; from: string }[])().filter(
    (message) => message.from === 'bot' && message.text.includes(text),
  ).length

describe('a restart', () => {
  it('loses no pairing, no message and no way back', async () => {
    world = await botWorld()
    const first = await world.startBot()
    const { ana, leo } = await pair()
    const sent = ana.says('before')
    const seen = await leo.gets('before')

    await first.stop()
    leo.says('while you were out', { replyTo: seen.id })
    world.simulator.people.edit(ana.id, sent, { text: 'before, edited' })
    await world.startBot()
    const back = await ana.gets('while you were out')
    await leo.gets('before, edited')

    expect(back.replyTo).toBe(sent)
    expect(timesSeen(ana, 'while you were out')).toBe(1)
  })

  it('delivers what was queued, once, and no update twice', async () => {
    world = await botWorld()
    const first = await world.startBot()
    const { ana, leo } = await pair()
    for (let each = 0; each < 12; each++) ana.says(`message ${each}.`)
    await leo.gets('message 0.')

    await first.stop()
    const again = world.simulator.world.updates()
    await world.startBot()
    await leo.gets('message 11.')

    const texts = leo.sees().flatMap((message) => /message \d+\./.exec(message.text) ?? [])
    expect(texts.map(String)).toEqual(Array.from({ length: 12 }, (_, each) => `message ${each}.`))
    expect(again.length).toBeLessThanOrEqual(12)
  })
})

describe('the token API', () => {
  it.each(['answers 503', 'hangs up', 'never answers'] as const)(
    'that %s is told of, and back it works',
    // Every one of three tries is waited for two seconds.
    { timeout: 60_000 },
    async (how) => {
      world = await botWorld()
      await world.startBot()
      const { ana, leo } = await pair()
      const eva = world.phone(3, 'Eva')

      world.tokens.fail(how)
      eva.says('/generateToken')
      const told = await eva.gets('I cannot reach the token service')
      ana.says('we talk on')
      await leo.gets('we talk on')
      ana.says('/unpair')
      await ana.gets('I cannot reach the token service')
      world.tokens.fail('no')
      eva.says('/generateToken')
      await eva.gets(/^[0-9a-f-]{36}$/)
      ana.says('/unpair')
      await leo.gets('has ended the pairing')

      expect(told.text).toContain('Nothing is lost')
    },
  )

  it('may lose its answers: what was done is done once', async () => {
    world = await botWorld()
    await world.startBot()
    const ana = world.phone(1, 'Ana')
    const leo = world.phone(2, 'Leo')
    ana.says('/generateToken')
    const { text: token } = await ana.gets(/^[0-9a-f-]{36}$/)

    world.tokens.fail('loses its answers')
    leo.says(`/pair ${token}`)
    await leo.gets('I cannot reach the token service')
    world.tokens.fail('no')
    leo.says(`/pair ${token}`)
    await leo.gets('Paired with Ana')
    await ana.gets('Paired with Leo')

    expect(timesSeen(ana, 'Paired with')).toBe(1)
  })

  it('ends a pairing whose token another client deleted', async () => {
    world = await botWorld()
    await world.startBot()
    const { ana, leo, token } = await pair()

    await fetch(`${world.cloud.frontDoor}/tokens/delete/${token}`, { method: 'DELETE' })
    await world.options.environment?.sleep(6_000)
    ana.says('hello?')
    await ana.gets('expired or been deleted')
    await leo.gets('expired or been deleted')

    expect(timesSeen(leo, 'hello?')).toBe(0)
  })

  it('ends a pairing when its token expires', async () => {
    world = await botWorld()
    await world.startBot()
    const ana = world.phone(1, 'Ana')
    const leo = world.phone(2, 'Leo')
    ana.says('/generateToken 1h')
    const { text: token } = await ana.gets(/^[0-9a-f-]{36}$/)
    leo.says(`/pair ${token}`)
    await ana.gets('Paired with Leo')
    leo.says('/status')
    const status = await leo.gets('until ')
    // The cloud that made the token goes by the time of day, the bot by a clock of its own.
    const [, until = ''] = /until (\d{4}-\d\d-\d\dT[\d:.]+Z)/.exec(status.text) ?? []
    world.clock.skip(Date.parse(until) - world.clock.now())
    leo.says('too late')
    await ana.gets('The token has expired')
    await leo.gets('The token has expired')

    expect(timesSeen(ana, 'too late')).toBe(0)
  })
})

describe('refused commands', () => {
  it('say why: unknown, malformed, own, taken, foreign tokens and those of others', async () => {
    world = await botWorld()
    await world.startBot()
    const { ana, leo, token } = await pair()
    const eva = world.phone(3, 'Eva', 'es')
    ana.says('/generateToken')
    const own = await ana.gets(({ text }) => /^[0-9a-f-]{36}$/.test(text) && text !== token)
    const lamp = await fetch(`${world.cloud.frontDoor}/tokens/create`, {
      method: 'POST',
      headers: { accept: 'text/plain' },
      body: '{"entityId":"lamp-17"}',
    }).then((answer) => answer.text())

    for (const [phone, says, hears] of [
      [ana, `/pair ${own.text}`, 'this chat’s own'],
      [eva, `/emparejar ${token}`, 'ya ha emparejado dos chats'],
      [eva, `/emparejar ${lamp}`, 'no es de un chat'],
      [eva, '/EMPAREJAR 00000000-0000-4000-8000-000000000000', 'No existe ese token'],
      [eva, '/emparejar $(reboot); DROP TABLE x', 'Eso no es un token'],
      [eva, '/emparejar', '¿Qué token?'],
      [eva, `/eliminar ${token}`, 'Solo un chat de la pareja'],
      [leo, '/nonsense', 'I do not know that command'],
      [leo, `/pair ${token}`, 'already paired with Ana'],
    ] as const) {
      phone.says(says)
      await phone.gets(hears)
    }
    const { entity2 } = (await fetch(`${world.cloud.frontDoor}/tokens/get/${lamp}`).then((answer) =>
      answer.json(),
    )) as { entity2: unknown }

    expect(entity2).toBeNull()
  })

  it('let one of two chats win that race for a token', async () => {
    world = await botWorld()
    await world.startBot()
    const ana = world.phone(1, 'Ana')
    const rivals = [11, 12, 13, 14, 15, 16].map((id) => world.phone(id, `Rival ${id}`))
    ana.says('/generateToken')
    const { text: token } = await ana.gets(/^[0-9a-f-]{36}$/)

    for (const rival of rivals) rival.says(`/pair ${token}`)
    const answers = await Promise.all(
      rivals.map((rival) => rival.gets(/Paired with|already paired/)),
    )
    await ana.gets('Paired with')

    expect(answers.filter(({ text }) => text.startsWith('Paired with'))).toHaveLength(1)
    expect(timesSeen(ana, 'Paired with')).toBe(1)
  })
})

describe('Telegram', () => {
  it('is obeyed when it says how long to wait, and nothing is lost or doubled', async () => {
    world = await botWorld()
    await world.startBot()
    const { ana, leo } = await pair()

    world.simulator.botApi.fail('sendMessage', 3, {
      code: 429,
      description: 'Too Many Requests: retry after 2',
      retryAfter: 2,
    })
    for (const text of ['one', 'two', 'three']) ana.says(text)
    await leo.gets('three')

    const texts = leo.sees().flatMap((message) => /one|two|three/.exec(message.text) ?? [])
    expect(texts.map(String)).toEqual(['one', 'two', 'three'])
  })

  it('may fail for a while', async () => {
    world = await botWorld()
    await world.startBot()
    const { ana, leo } = await pair()

    world.simulator.botApi.fail('sendMessage', 4, { code: 502, description: 'Bad Gateway' })
    ana.says('through the storm')
    await leo.gets('through the storm')

    expect(timesSeen(leo, 'through the storm')).toBe(1)
  })

  it('may lose its answer: what the bot says is said once, what a person wrote arrives', async () => {
    world = await botWorld()
    await world.startBot()
    const { ana, leo } = await pair()

    world.simulator.botApi.fail('sendMessage', 1, 'afterwards')
    ana.says('/filters')
    await ana.gets('This pairing has no filters')
    ana.says('/status')
    await ana.gets('Pairings of this chat')
    world.simulator.botApi.fail('sendMessage', 1, 'afterwards')
    ana.says('hello')
    ana.says('goodbye')
    await leo.gets('goodbye')

    expect(timesSeen(ana, 'This pairing has no filters')).toBe(1)
    expect(
      leo
        .sees()
        .map(({ text }) => text)
        .slice(-3),
    ).toEqual(['Ana: hello', 'Ana: hello', 'Ana: goodbye'])
  })

  it('fails for good: the sender is told after the last try, and the queue goes on', async () => {
    world = await botWorld()
    await world.startBot()
    const { ana, leo } = await pair()

    world.simulator.botApi.fail('copyMessage', 100, {
      code: 500,
      description: 'Internal Server Error',
    })
    const sent = ana.sends({ photo: {} })
    ana.says('after it')
    const told = await ana.gets('Not delivered, after several tries')
    await leo.gets('after it')

    expect(told.replyTo).toBe(sent)
  })

  it('says that a chat blocked the bot: the sender is told, and it works again later', async () => {
    world = await botWorld()
    await world.startBot()
    const { ana, leo } = await pair()

    world.simulator.people.block(leo.id, true)
    await ana.gets('Leo has blocked or removed me')
    ana.says('are you there?')
    await ana.gets('Not delivered: the other chat has blocked')
    world.simulator.people.block(leo.id, false)
    leo.says('back again')
    await ana.gets('Leo: back again')
    ana.says('welcome')
    await leo.gets('Ana: welcome')

    expect(timesSeen(leo, 'are you there?')).toBe(0)
  })

  it('sends the older of two pollers away, and the bot comes back', async () => {
    world = await botWorld()
    await world.startBot()
    const { ana, leo } = await pair()

    const other = await fetch(`${world.apiRoot}/bot${world.simulator.token}/getUpdates`)
    ana.says('one bot')
    await leo.gets('one bot')

    expect(other.status).toBe(200)
    expect(world.log.join('\n')).toContain('Another process polls with this token')
  })
})

describe('hostile input', () => {
  it.each([
    ['markup', '<b>bold</b> <script>alert(1)</script> *x* _y_ [a](b)'],
    ['commands', '$(rm -rf /) `id` ; DROP TABLE users; --'],
    ['keys', '__proto__ constructor toString'],
    ['marks of direction', 'abc \u202E fed \u2066'],
  ])('as %s is relayed as it is', async (_, text) => {
    world = await botWorld()
    await world.startBot()
    const { ana, leo } = await pair()

    ana.says(text)
    const seen = await leo.gets('Ana: ')

    expect(seen.text).toBe(`Ana: ${text}`)
  })

  it('of 64 KB arrives whole, in parts', async () => {
    world = await botWorld()
    await world.startBot()
    const { ana, leo } = await pair()
    const text = Array.from({ length: 8_192 }, (_, at) => String(at).padStart(7, '0')).join(' ')

    ana.says(text)
    await leo.gets('0008191')

    const parts = leo
      .sees()
      .filter(({ from, text: seen }) => from === 'bot' && /^(Ana: )?\d{7}( |$)/.test(seen))
    expect(text.length).toBe(65_535)
    expect(parts.map((message) => message.text).join('')).toBe(`Ana: ${text}`)
    expect(parts.every((message) => message.text.length <= 4096)).toBe(true)
  })

  it('loses its control characters, and a name its tricks', async () => {
    world = await botWorld()
    await world.startBot()
    const { ana, leo } = await pair()
    world.simulator.people.setUp(ana.id, { name: 'Leo\u202E\n\u0000: hi' })

    ana.says('a\u0000b\u0007c')
    const seen = await leo.gets(/c$/)

    expect(seen.text).toBe('Leo : hi: a\uFFFDb\uFFFDc')
  })
})

it('never logs a token, whatever fails', async () => {
  world = await botWorld()
  await world.startBot()
  const { ana } = await pair()

  await world.simulator.close()
  await world.logged('could not be asked')

  expect(ana.id).toBe(1)
  expect(world.log.join('\n')).not.toContain(world.simulator.token)
  expect(world.log.join('\n')).not.toContain(world.simulator.token.split(':')[1])
})
