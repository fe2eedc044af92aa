import { liveEnvironment } from '@cloudlet/telegram-bot'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { botWorld, pairPhones } from './bot-world.ts'
import type { BotWorld, Phone } from './bot-world.ts'

const PAIRS = 50
const MESSAGES_EACH = 20
const HALF = MESSAGES_EACH / 2
/** The simulated Telegram counts by its own look at the clock, a moment after the one that is recorded. */
const MOMENT_MS = 10
/**
 * On a busy machine calls come to Telegram closer together than they were sent: one in twenty may be refused (and comes
 * again). A bot that keeps no pace is refused hundreds of times.
 */
const REFUSED_MAX = (PAIRS * HALF) / 20

type Pair = readonly [Phone, Phone]

let world: BotWorld
// In real time: on a quicker clock the machine, and not the bot's pace, would be what keeps the limits.
beforeAll(async () => {
  world = await botWorld({ environment: liveEnvironment })
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

async function pairAll(): Promise<Pair[]> {
  const pairs: Pair[] = []
  for (let each = 1; each <= PAIRS; each++) {
    const pair = [
      world.phone(each * 2, `From${each}`),
      world.phone(each * 2 + 1, `To${each}`),
    ] as const
    await pairPhones(...pair)
    pairs.push(pair)
  }
  return pairs
}

function everyoneSays(pairs: readonly Pair[], from: number, to: number): void {
  for (let at = from; at < to; at++) for (const [sender] of pairs) sender.says(`message ${at}.`)
}

const everyoneGets = (pairs: readonly Pair[], at: number) =>
  Promise.all(pairs.map(([, to]) => to.gets(`message ${at}.`)))

const refused = async (): Promise<number> => {
  const settings = (await fetch(`${world.apiRoot}/settings`).then((answer) => answer.json())) as {
    refused: number
  }
  return settings.refused
}

it(
  'delivers 1,000 messages of 50 pairs once each, in order, within the limits, over a restart',
  { timeout: 240_000 },
  async ({ annotate }) => {
    const first = await world.startBot({ environment: liveEnvironment })
    const pairs = await pairAll()
    const before = world.simulator.botApi.calls().length
    const refusedBefore = await refused()

    everyoneSays(pairs, 0, HALF)
    await everyoneGets(pairs, HALF - 1)
    const refusedByPace = (await refused()) - refusedBefore
    everyoneSays(pairs, HALF, MESSAGES_EACH)
    await everyoneGets(pairs, HALF)
    await first.stop()
    await world.startBot({ environment: liveEnvironment })
    await everyoneGets(pairs, MESSAGES_EACH - 1)

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
    const mostOverall = mostWithin(
      calls.map(({ atMs }) => atMs),
      1_000 - MOMENT_MS,
    )
    const mostOfChat = pairs.map(([, to]) =>
      mostWithin(
        calls.filter(({ chat }) => chat === to.id).map(({ atMs }) => atMs),
        3_000 - MOMENT_MS,
      ),
    )
    expect(mostOverall).toBeLessThanOrEqual(30)
    expect(Math.max(...mostOfChat)).toBeLessThanOrEqual(3)
    // The simulated Telegram refuses what is too much, so the lines above hold for any bot that comes again. This one
    // hardly has to be refused, though it goes up to the limit.
    expect(refusedByPace).toBeLessThanOrEqual(REFUSED_MAX)
    expect(mostOverall).toBeGreaterThanOrEqual(25)
    const tookMs = (calls.at(-1)?.atMs ?? 0) - (calls[0]?.atMs ?? 0)
    await annotate(
      `${calls.length} messages in ${(tookMs / 1000).toFixed(1)} s, at most ${mostOverall} a second; ${refusedByPace} refused before the restart, ${(await refused()) - refusedBefore - refusedByPace} after it`,
    )
  },
)
