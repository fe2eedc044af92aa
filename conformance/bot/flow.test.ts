import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send } from '../harness.ts'
import { botWorld } from './bot-world.ts'
import type { BotWorld } from './bot-world.ts'

let world: BotWorld
beforeAll(async () => {
  world = await botWorld()
  await world.startBot()
})
afterAll(() => world.close())

describe('two chats', () => {
  it('are paired by a token, talk, remember it and delete it', async () => {
    const ana = world.phone(1, 'Ana')
    const bruno = world.phone(2, 'Bruno', 'es')

    ana.says('/generateToken')
    const { text: token, entities } = await ana.gets(/^[0-9a-f-]{36}$/)
    const share = await ana.gets(`https://t.me/cloudlet_pair_bot?start=${token}`)
    bruno.says(`/emparejar ${token}`)
    await bruno.gets('Emparejado con Ana')
    await ana.gets('Paired with Bruno')
    ana.says('hello')
    await bruno.gets('Ana: hello')
    bruno.says('hola')
    await ana.gets('Bruno: hola')
    bruno.says(`/recordar ${token}`)
    const remembered = await bruno.gets(`${token} empareja`)
    ana.says(`/deleteToken ${token}`)
    await ana.gets('The pairing with Bruno has ended')
    await bruno.gets('Ana ha terminado el emparejamiento')
    const { status } = await send('GET', `${world.cloud.frontDoor}/tokens/get/${token}`)
    ana.says('still there?')
    await ana.gets('This chat is not paired')

    expect(share.kind).toBe('photo')
    expect(entities).toEqual([{ type: 'code', offset: 0, length: 36 }])
    expect(remembered.text).toContain('Ana (1)')
    expect(remembered.text).toContain('Bruno (2')
    expect(status).toBe(404)
    expect(bruno.sees().map((message) => message.text)).not.toContain('Ana: still there?')
  })

  it('may be paired by a deep link', async () => {
    const [eva, leo] = [world.phone(3, 'Eva'), world.phone(4, 'Leo')]

    eva.says('/generateToken')
    const { text } = await eva.gets('https://t.me/')
    const link = new URL(/https:\S+/.exec(text)?.[0] ?? '')
    // What Telegram sends for who opens the link.
    leo.says(`/start ${link.searchParams.get('start')}`)
    await leo.gets('Paired with Eva')
    await eva.gets('Paired with Leo')

    expect(link.pathname).toBe('/cloudlet_pair_bot')
  })
})
