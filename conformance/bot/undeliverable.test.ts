import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { liveEnvironment } from '@cloudlet/telegram-bot'
import { afterEach, describe, expect, it } from 'vitest'
import { botWorld, pairPhones } from './bot-world.ts'
import type { BotWorld, Phone } from './bot-world.ts'

let world: BotWorld
afterEach(() => world.close())

const TRIES = 6

const failures = (): readonly string[] =>
  world.log.filter((line) => line.startsWith('A message could not be made'))

describe('a message that fails for a reason of the bot’s', () => {
  it('is given up after some tries: who asked for a token has its link without the QR code', async () => {
    // A link that is longer than any QR code.
    world = await botWorld({ username: 'b'.repeat(3_000) })
    await world.startBot()
    const ana = world.phone(1, 'Ana')

    ana.says('/generateToken')
    ana.says('/status')
    await ana.gets('This chat is not paired')

    const [token, share, ...behind] = ana
      .sees()
      .filter(({ from }) => from === 'bot')
      .map(({ text }) => text)
    expect(share).toContain(`?start=${token}`)
    expect(share).toContain('I could not send its QR code.')
    expect(behind).toHaveLength(1)
    expect(failures()).toHaveLength(TRIES)
    expect(failures().at(-1)).toContain('"next":"give up"')
    expect(failures().at(-1)).toContain('too big')
  })

  it('is given up after growing waits: its sender is told, and what comes behind it arrives', async () => {
    world = await botWorld()
    await world.startBot()
    const [ana, leo] = [world.phone(1, 'Ana'), world.phone(2, 'Leo', 'es')]
    const token = await pairPhones(ana, leo)
    const sent = leo.says('un holograma')
    await ana.gets('un holograma')

    const fromMs = world.clock.now()
    await queueUnknown({ from: leo, message: sent, to: ana, token })
    leo.says('detrás')
    await ana.gets('detrás')
    const tookMs = world.clock.now() - fromMs
    const told = await leo.gets('algo falla por mi parte')

    expect(told.replyTo).toBe(sent)
    expect(failures()).toHaveLength(TRIES)
    // 1 + 2 + 4 + 8 + 16 seconds, each drawn at three quarters.
    expect(tookMs).toBeGreaterThan(23_000)
    expect(ana.sees().filter(({ text }) => text.includes('detrás'))).toHaveLength(1)
  })
})

/** Queues what this version of the bot does not know, as a newer one may have left it; store/layout.ts draws the table. */
async function queueUnknown(what: {
  readonly from: Phone
  readonly message: number
  readonly to: Phone
  readonly token: string
}): Promise<void> {
  const { client, name: TableName } = world.options.table
  const { from, message, to, token } = what
  const key = '000000000000-000'
  const job = {
    pk: `lane#${to.id}`,
    sk: `job#${key}`,
    key,
    to: to.id,
    attempts: 0,
    action: { kind: 'hologram' },
    relays: { source: { chat: from.id, message }, token, language: 'es' },
  }
  const lane = {
    TableName,
    Key: { pk: 'lanes', sk: String(to.id) },
    UpdateExpression: 'ADD version :one',
    ExpressionAttributeValues: { ':one': 1 },
  }
  const TransactItems = [{ Put: { TableName, Item: job } }, { Update: lane }]
  await client.send(new TransactWriteCommand({ TransactItems }))
}

describe('an album of which Telegram cannot copy a piece', () => {
  /** Three photos, of which the second is deleted before the bot copies them. */
  async function sendAlbum(): Promise<{ ana: Phone; leo: Phone; pieces: readonly number[] }> {
    const [ana, leo] = [world.phone(1, 'Ana'), world.phone(2, 'Leo')]
    await pairPhones(ana, leo)
    const names = ['one.png', 'two.png', 'three.png']
    const album = names.map((name) => ({ photo: { name } }))
    const pieces = world.simulator.people.send(ana.id, { album }).map((each) => each.message_id)
    const gone = world.simulator.world.message(ana.id, pieces[1] ?? 0)
    if (gone !== undefined) world.simulator.world.putMessage({ ...gone, deleted: true })
    return { ana, leo, pieces }
  }

  // In real time: on the quick clock the wait for further pieces is over before a busy machine has handled them.
  async function unhurriedWorld(): Promise<void> {
    world = await botWorld({ environment: liveEnvironment })
    await world.startBot({ environment: liveEnvironment })
  }

  const photos = (phone: Phone) =>
    phone.sees().filter(({ from, file }) => from === 'bot' && file?.name.endsWith('e.png') === true)

  it('has the others delivered, once, and its sender told which', async () => {
    await unhurriedWorld()
    world.simulator.botApi.fail('editMessageReplyMarkup', 1, {
      code: 500,
      description: 'Internal Server Error',
    })

    const { ana, leo, pieces } = await sendAlbum()
    const told = await ana.gets('Piece 2 of the album’s 3 was not delivered')
    const [, last] = photos(leo)
    leo.says('nice', { replyTo: last?.id })
    const answer = await ana.gets('Leo: nice')

    expect(photos(leo).map(({ file }) => file?.name)).toEqual(['one.png', 'three.png'])
    expect(told.replyTo).toBe(pieces[0])
    expect(answer.replyTo).toBe(pieces[2])
    expect(ana.sees().filter(({ text }) => text.includes('not delivered'))).toHaveLength(1)
  })

  it('has its sender told how many where nobody can tell which', async () => {
    await unhurriedWorld()
    world.simulator.botApi.fail('editMessageReplyMarkup', 3, {
      code: 400,
      description: "Bad Request: message can't be edited",
    })

    const { ana, leo } = await sendAlbum()
    await ana.gets('Pieces of the album that were not delivered: 1 of 3.')

    expect(photos(leo)).toHaveLength(2)
  })

  it('goes piece by piece where Telegram refuses it as a whole', async () => {
    await unhurriedWorld()
    world.simulator.botApi.fail('copyMessages', 1, {
      code: 400,
      description: 'Bad Request: message identifier is not specified',
    })

    const { ana, leo } = await sendAlbum()
    ana.says('after it')
    await leo.gets('after it')
    const told = await ana.gets('Piece 2 of the album’s 3 was not delivered')

    expect(photos(leo).map(({ file }) => file?.name)).toEqual(['one.png', 'three.png'])
    expect(told.text).toContain('message to copy not found')
    expect(ana.sees().filter(({ text }) => text.includes('not delivered'))).toHaveLength(1)
  })
})
