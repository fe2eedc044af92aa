import { afterAll, beforeAll, expect, it } from 'vitest'
import { botWorld, pairPhones } from './bot-world.ts'
import type { BotWorld, Phone } from './bot-world.ts'

const PAIRS = 50
const MESSAGES_EACH = 20

let world: BotWorld
beforeAll(async () => {
  world = await botWorld()
})
afterAll(() => world.close())

/** The most calls that fall into any window of so many milliseconds. */
function mostWithin(moments: readonly number[], windowMs: number): number {
  let most = 0
  let from = 0
  for (const [at, moment] of moments.entries()) {
    while ((moments[from] ?? 0) <= moment - windowMs) from++
    most = Math.max(most, at - from + 1)
  }
  return most
}

it(
  'delivers 1,000 messages of 50 pairs once each, in order, within the limits, over a restart',
  { timeout: 240_000 },
  async () => {
    const first = await world.startBot()
    const pairs: [Phone, Phone][] = []
    for (let each = 1; each <= PAIRS; each++) {
      const pair: [Phone, Phone] = [
        world.phone(each * 2, `From${each}`),
        world.phone(each * 2 + 1, `To${each}`),
      ]
      await pairPhones(...pair)
      pairs.push(pair)
    }
    const before = world.simulator.botApi.calls().length

    for (let at = 0; at < MESSAGES_EACH; at++) {
      for (const [from] of pairs) from.says(`message ${at}.`)
      if (at === MESSAGES_EACH / 2) {
        await first.stop()
        await world.startBot()
      }
    }
    await Promise.all(pairs.map(([, to]) => to.gets(`message ${MESSAGES_EACH - 1}.`)))

    const wanted = Array.from({ length: MESSAGES_EACH }, (_, at) => `message ${at}.`)
    for (const [, to] of pairs) {
      const texts = to.sees().flatMap(({ text }) => /message \d+\./.exec(text) ?? [])
      expect(texts.map(String)).toEqual(wanted)
    }
    const calls = world.simulator.botApi
      .calls()
      .slice(before)
      .filter(({ method }) => method === 'sendmessage')
    expect(calls).toHaveLength(PAIRS * MESSAGES_EACH)
    expect(
      mostWithin(
        calls.map(({ atMs }) => atMs),
        1_000,
      ),
    ).toBeLessThanOrEqual(30)
    for (const [, to] of pairs) {
      const own = calls.filter(({ chat }) => chat === to.id).map(({ atMs }) => atMs)
      expect(mostWithin(own, 3_000)).toBeLessThanOrEqual(3)
    }
  },
)
