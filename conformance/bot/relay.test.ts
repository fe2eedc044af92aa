import { liveEnvironment } from '@cloudlet/telegram-bot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { botWorld, pairPhones } from './bot-world.ts'
import type { BotWorld, Phone } from './bot-world.ts'

let world: BotWorld
let next = 100
beforeAll(async () => {
  world = await botWorld()
  await world.startBot()
})
afterAll(() => world.close())

const people = (): [Phone, Phone] => [
  world.phone(++next, `Ana${next}`),
  world.phone(++next, `Leo${next}`),
]

async function pair(): Promise<{ ana: Phone; leo: Phone; token: string }> {
  const [ana, leo] = people()
  return { ana, leo, token: await pairPhones(ana, leo) }
}

describe('messages', () => {
  it.each([
    ['photo', { photo: {}, caption: 'look' }, / look$/],
    ['video', { video: {}, caption: 'film' }, / film$/],
    ['animation', { animation: {} }, /^Ana\d+$/],
    ['audio', { audio: {} }, /^Ana\d+$/],
    ['voice', { voice: {} }, /^Ana\d+$/],
    ['document', { document: { name: 'a.pdf' } }, /^Ana\d+$/],
  ])('of kind %s go over with the name in the caption', async (kind, content, caption) => {
    const { ana, leo } = await pair()

    ana.sends(content)
    const seen = await leo.gets((message) => message.kind === kind)

    expect(seen.text).toMatch(caption)
    expect(seen.text.startsWith(`Ana${ana.id}`)).toBe(true)
    expect(seen.file).toBeDefined()
  })

  it.each([
    ['sticker', { sticker: {} }],
    ['video_note', { video_note: {} }],
    ['location', { location: {} }],
    ['venue', { venue: {} }],
    ['contact', { contact: {} }],
    ['poll', { poll: {} }],
    ['dice', { dice: {} }],
  ])('of kind %s, which have no caption, follow a line with the name', async (kind, content) => {
    const { ana, leo } = await pair()

    ana.sends(content)
    await leo.gets((message) => message.kind === kind)

    const [line, media] = leo.sees().slice(-2)
    expect(line?.text).toMatch(new RegExp(`^Ana${ana.id} sends`))
    expect(media?.kind).toBe(kind)
  })

  it('that Telegram lets nobody copy are told of', async () => {
    const { ana } = await pair()

    const sent = ana.sends({ invoice: {} })
    const told = await ana.gets('Telegram does not let me pass on this kind of message.')

    expect(told.replyTo).toBe(sent)
  })

  it('keep their formatting', async () => {
    const { ana, leo } = await pair()

    ana.says('so bold', { entities: [{ type: 'bold', offset: 3, length: 4 }] })
    const seen = await leo.gets('so bold')

    const name = `Ana${ana.id}`
    expect(seen.entities).toEqual([
      { type: 'bold', offset: 0, length: name.length },
      { type: 'bold', offset: name.length + 5, length: 4 },
    ])
  })

  it('are edited where they stand, captions too', async () => {
    const { ana, leo } = await pair()
    const text = ana.says('helo')
    const photo = ana.sends({ photo: {}, caption: 'my dgo' })
    await leo.gets('my dgo')

    world.simulator.people.edit(ana.id, text, { text: 'hello' })
    world.simulator.people.edit(ana.id, photo, { caption: 'my dog' })
    const [editedText, editedPhoto] = [await leo.gets(': hello'), await leo.gets('my dog')]

    expect([editedText.edited, editedPhoto.edited]).toEqual([true, true])
    expect(leo.sees().filter((message) => /helo|dgo/.test(message.text))).toEqual([])
  })

  it('may be edited before they have arrived', async () => {
    const { ana, leo } = await pair()

    const text = ana.says('first')
    world.simulator.people.edit(ana.id, text, { text: 'second' })
    await leo.gets(': second')

    expect(leo.sees().filter((message) => /first|second/.test(message.text))).toHaveLength(1)
  })

  it('exchange their photo when it is edited', async () => {
    const { ana, leo } = await pair()
    const photo = ana.sends({ photo: { name: 'one.png' } })
    const before = await leo.gets((message) => message.kind === 'photo')

    world.simulator.people.edit(ana.id, photo, { photo: { name: 'two.png' }, caption: 'new' })
    const after = await leo.gets('new')

    expect(after.id).toBe(before.id)
    expect(after.file?.name).toBe('two.png')
  })

  it('answer each other across the chats', async () => {
    const { ana, leo } = await pair()
    const question = ana.says('where?')
    const there = await leo.gets('where?')

    const answer = leo.says('here', { replyTo: there.id })
    const back = await ana.gets(/: here$/)
    ana.says('thanks', { replyTo: back.id })
    const thanks = await leo.gets('thanks')

    expect(back.replyTo).toBe(question)
    expect(thanks.replyTo).toBe(answer)
  })

  it('carry reactions over, and away again', async () => {
    const { ana, leo } = await pair()
    const sent = ana.says('good news')
    const seen = await leo.gets('good news')
    const reactionsOf = () => ana.sees().find((message) => message.id === sent)?.reactions

    world.simulator.people.react(leo.id, seen.id, '🎉')
    await world.until(() => reactionsOf()?.includes('🎉'))
    world.simulator.people.react(leo.id, seen.id, undefined)
    await world.until(() => reactionsOf() === undefined)

    expect(reactionsOf()).toBeUndefined()
  })

  it('stay together as an album', async () => {
    // In real time: on the quick clock the wait for further pieces is over before a busy machine has handled them.
    const unhurried = await botWorld({ environment: liveEnvironment })
    await unhurried.startBot({ environment: liveEnvironment })
    const [ana, leo] = [unhurried.phone(1, 'Ana'), unhurried.phone(2, 'Leo')]
    await pairPhones(ana, leo)

    ana.sends({ album: [{ photo: {} }, { photo: {}, caption: 'two' }, { video: {} }] })
    await leo.gets((message) => message.kind === 'video')
    const [line, ...pieces] = leo.sees().slice(-4)
    await unhurried.close()

    expect(line?.text).toContain('sends an album')
    expect(pieces.map((message) => message.kind)).toEqual(['photo', 'photo', 'video'])
    expect(pieces[0]?.album).toBeDefined()
    expect(new Set(pieces.map((message) => message.album)).size).toBe(1)
  })
})

describe('several pairings', () => {
  it('are listed, chosen, and answered to where an answer belongs', async () => {
    const { ana, leo } = await pair()
    const eva = world.phone(++next, 'Eva')
    const token = await pairPhones(eva, ana)

    ana.says('/status')
    const status = await ana.gets('Pairings of this chat')
    ana.says('to the newest')
    await eva.gets('to the newest')
    ana.says('/use 1')
    await ana.gets('Your messages now go to')
    ana.says('to the chosen')
    await leo.gets('to the chosen')
    eva.says('and me?')
    const asked = await ana.gets('and me?')
    ana.says('yes, you', { replyTo: asked.id })
    await eva.gets('yes, you')

    expect(status.text).toContain(token)
    expect(leo.sees().filter((message) => message.text.includes('yes, you'))).toEqual([])
  })

  it('pause, resume and end by themselves', async () => {
    const { ana, leo } = await pair()

    leo.says('/pause')
    await ana.gets('has paused the pairing')
    ana.says('anyone?')
    const kept = await ana.gets('Not delivered: the pairing is paused.')
    leo.says('/resume')
    await ana.gets('has resumed the pairing')
    ana.says('again')
    await leo.gets('again')
    leo.says('/unpair')
    await ana.gets('has ended the pairing')

    expect(kept.replyTo).toBeDefined()
    expect(leo.sees().filter((message) => message.text.includes('anyone?'))).toEqual([])
  })
})

describe('filters', () => {
  it.each([
    ['word spam', 'this is SPAM!', 'a spammer speaks'],
    ['regex b[aeiou]d', 'it is bAd', 'it is good'],
    ['link', 'see https://example.com', 'see nothing'],
  ])('by %s keep a text back and say so', async (filter, kept, passed) => {
    const { ana, leo } = await pair()
    leo.says(`/filter ${filter}`)
    await ana.gets('has set a filter')

    ana.says(kept)
    const told = await ana.gets('Not delivered')
    ana.says(passed)
    await leo.gets(passed)

    expect(told.replyTo).toBeDefined()
    expect(leo.sees().filter((message) => message.text.includes(kept))).toEqual([])
  })

  it('by kind, by image and by one picture keep media back', async () => {
    const { ana, leo } = await pair()
    const photo = ana.sends({ photo: {} })
    const seen = await leo.gets((message) => message.kind === 'photo')
    leo.says('/filter image', { replyTo: seen.id })
    await leo.gets('both ways: one picture')
    leo.says('/filter kind sticker')
    await leo.gets('both ways: messages that are a sticker')

    ana.sends({ sticker: {} })
    await ana.gets('keeps back messages that are a sticker')
    ana.sends({ photo: {}, caption: 'another' })
    await leo.gets('another')
    leo.says('/filter kind sticker')
    leo.says('/filters')
    const list = await leo.gets('Kept back:')
    leo.says('/unfilter 1')
    await ana.gets('No longer kept back')

    expect(photo).toBeGreaterThan(0)
    expect(list.text).toContain('2. messages that are a sticker')
    expect(list.text).not.toContain('3.')
  })

  it('hold for edits, and end however bad an expression is', async () => {
    const { ana, leo } = await pair()
    leo.says('/filter regex (a+)+$')
    await ana.gets('has set a filter')
    leo.says('/filter word no')
    await leo.gets('the word “no”')

    const text = ana.says('yes')
    await leo.gets(': yes')
    world.simulator.people.edit(ana.id, text, { text: 'no' })
    await ana.gets('keeps back the word “no”')
    ana.says(`${'a'.repeat(60)}!`)
    await ana.gets('the expression (a+)+$')

    expect(leo.sees().some((message) => message.text.endsWith(': yes'))).toBe(true)
  })
})

describe('filters of every pairing', () => {
  it('hold beside those of a pairing, and are told and listed', async () => {
    const strict = await botWorld()
    await strict.startBot({ filters: 'word:spam;kind:sticker' })
    const [ana, leo] = [strict.phone(1, 'Ana'), strict.phone(2, 'Leo')]
    await pairPhones(ana, leo)

    ana.says('cheap spam')
    const text = await ana.gets('keeps back the word “spam”')
    ana.sends({ sticker: {} })
    const sticker = await ana.gets('keeps back messages that are a sticker')
    leo.says('/filters')
    const list = await leo.gets('In every pairing')
    ana.says('good day')
    await leo.gets('good day')
    const seen = leo.sees().filter((message) => message.kind === 'sticker')
    await strict.close()

    expect([text.replyTo, sticker.replyTo]).not.toContain(undefined)
    expect(list.text).toContain('the word “spam”, messages that are a sticker')
    expect(seen).toEqual([])
  })
})

describe('groups', () => {
  it('are told of privacy mode, relay with each sender’s name, and move when they grow', async () => {
    const leo = world.phone(++next, 'Leo')
    const id = -++next
    world.simulator.people.setUp(id, {
      type: 'group',
      title: 'Team',
      people: [
        { id: 901, name: 'Mia' },
        { id: 902, name: 'Noa' },
      ],
    })
    const team = groupPhone(id)
    await team.gets('privacy mode is on')
    world.simulator.people.setUp(id, { admin: true })
    leo.says('/generateToken')
    const { text: token } = await leo.gets(/^[0-9a-f-]{36}$/)
    team.says(`/Pair@Cloudlet_pair_bot ${token}`)
    await leo.gets('Paired with Team')

    team.says('from Mia', { from: 901 })
    team.says('from Noa', { from: 902 })
    await leo.gets('Noa: from Noa')
    world.simulator.people.migrate(id, id - 1_000)
    const grown = groupPhone(id - 1_000)
    leo.says('still there?')
    await grown.gets('Leo: still there?')
    grown.says('yes', { from: 902 })
    await leo.gets('Noa: yes')

    expect(leo.sees().map((message) => message.text)).toContain('Mia: from Mia')
  })

  it('relay one topic of a forum', async () => {
    const leo = world.phone(++next, 'Leo')
    const id = -++next
    world.simulator.people.setUp(id, { title: 'Forum', forum: true, admin: true })
    const forum = groupPhone(id)
    leo.says('/generateToken')
    const { text: token } = await leo.gets(/^[0-9a-f-]{36}$/)
    forum.says(`/pair ${token}`, { threadId: 7 })
    await leo.gets('Paired with Forum')

    leo.says('into the topic')
    const seen = await forum.gets('into the topic')
    forum.says('outside', { threadId: 8 })
    forum.says('inside', { threadId: 7 })
    await leo.gets('inside')

    expect(seen.threadId).toBe(7)
    expect(leo.sees().filter((message) => message.text.includes('outside'))).toEqual([])
  })
})

function groupPhone(id: number): Pick<Phone, 'says' | 'gets'> {
  const { people: users, view } = world.simulator
  return {
    says: (text, more = {}) => users.send(id, { text, ...more })[0]?.message_id ?? 0,
    gets: (what) =>
      world.until(() =>
        view(id).find((message) => message.from === 'bot' && message.text.includes(String(what))),
      ),
  }
}
