import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { liveEnvironment } from '@cloudlet/telegram-bot'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { botWorld, pairPhones } from './bot-world.ts'
import type { BotWorld, Phone } from './bot-world.ts'

const command = join(import.meta.dirname, '../../cloud/bin/cloudlet.mjs')

const PAIRS = 12
const KILLS = 6
/** About as many changes as a round's messages make: the kill falls anywhere among them. */
const CHANGES_MAX = 36
/** A call's answer on its way, and the write after it. */
const WINDOW_MS = 500

type Person = Phone & { readonly peer: number }
type Kill = { readonly atMs: number; readonly calls: number }

let world: BotWorld
let child: ChildProcess | undefined
beforeAll(async () => {
  world = await botWorld({ environment: liveEnvironment })
})
afterAll(async () => {
  child?.kill('SIGKILL')
  await world.close()
})

function startProcess(): ChildProcess {
  const env = {
    ...process.env,
    TELEGRAM_TOKEN: world.simulator.token,
    AWS_ENDPOINT_URL: world.cloud.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  }
  const at = ['--api-root', world.apiRoot, '--token-api', world.tokens.url]
  const words = [command, 'bot', '--table', world.options.table.name, ...at]
  return spawn(process.execPath, words, { env, stdio: 'ignore' })
}

async function pairedPeople(): Promise<Person[]> {
  const people: Person[] = []
  for (let each = 1; each <= PAIRS; each++) {
    const pair = [world.phone(each * 2, `A${each}`), world.phone(each * 2 + 1, `B${each}`)] as const
    await pairPhones(...pair)
    people.push({ ...pair[0], peer: pair[1].id }, { ...pair[1], peer: pair[0].id })
  }
  return people
}

/** Everyone writes; of every three, one asks for a filter too, whose answer names it. */
function allWrite(people: readonly Person[], round: number): void {
  for (const [at, person] of people.entries()) {
    person.says(`message ${round}.`)
    if (at % 3 === round % 3) person.says(`/filter word zz${person.id}r${round}z`)
  }
}

/** Kills the process in the middle of a change of the simulated Telegram, so also between a call and its answer. */
function killAfter(changes: number): Promise<Kill> {
  return new Promise((resolve) => {
    let left = changes
    const stop = world.simulator.world.onChange(() => {
      if (--left > 0) return
      stop()
      child?.kill('SIGKILL')
      resolve({ atMs: Date.now(), calls: world.simulator.botApi.calls().length })
    })
  })
}

const relayedTo = (person: Phone): string[] =>
  person.sees().flatMap(({ from, text }) => {
    const found = from === 'bot' ? /: message (\d+)\.$/.exec(text) : null
    return found === null ? [] : [found[1] ?? '']
  })

const answersSeen = (people: readonly Phone[]): string[] =>
  people.flatMap((person) =>
    person.sees().flatMap(({ from, text }) => {
      const found = from === 'bot' ? /zz\w+z/.exec(text) : null
      return found === null ? [] : [`${person.id} ${found[0]}`]
    }),
  )

/** The moments at which the first of two like messages of a chat was sent. */
function duplicates(people: readonly Phone[], pairingCalls: number): { call: number }[] {
  const calls = world.simulator.botApi.calls()
  return people.flatMap((person) => {
    const own = calls.flatMap(({ chat, method }, call) =>
      call >= pairingCalls && chat === person.id && method === 'sendmessage' ? [call] : [],
    )
    const texts = person.sees().filter(({ from }) => from === 'bot')
    const late = texts.slice(texts.length - own.length).map(({ text }) => text)
    return late.flatMap((text, at) =>
      late.indexOf(text) === at && late.lastIndexOf(text) > at ? [{ call: own[at] ?? 0 }] : [],
    )
  })
}

it(
  'answers no update twice, loses no message and keeps their order, however often it is killed',
  { timeout: 180_000 },
  async ({ annotate }) => {
    const first = await world.startBot({ environment: liveEnvironment })
    const people = await pairedPeople()
    await first.stop()
    const pairingCalls = world.simulator.botApi.calls().length

    const kills: Kill[] = []
    for (let round = 0; round < KILLS; round++) {
      allWrite(people, round)
      const killed = killAfter(1 + Math.floor(Math.random() * CHANGES_MAX))
      child = startProcess()
      const gone = once(child, 'exit')
      kills.push(await killed)
      await gone
    }
    allWrite(people, KILLS)
    child = startProcess()
    const last = `message ${KILLS}.`
    await Promise.all(people.map((person) => person.gets(last)))

    const wanted = Array.from({ length: KILLS + 1 }, (_, round) => String(round))
    const repeated = duplicates(people, pairingCalls)
    const answers = answersSeen(people)
    const calls = world.simulator.botApi.calls()
    for (const person of people) {
      const seen = relayedTo(person)
      expect(seen.filter((each, at) => each !== seen[at - 1])).toEqual(wanted)
    }
    expect(answers).toEqual([...new Set(answers)])
    // Most were answered: the kills hit few of them.
    expect(answers.length).toBeGreaterThan(people.length)
    for (const { call } of repeated) {
      const near = kills.filter(({ atMs }) => {
        const before = atMs - (calls[call]?.atMs ?? 0)
        return before > -WINDOW_MS && before < WINDOW_MS
      })
      expect(near).not.toEqual([])
    }
    const asked = (people.length / 3) * 2 * (KILLS + 1)
    await annotate(
      `${KILLS} kills: ${wanted.length * people.length} messages relayed, ${repeated.length} of them twice; ${answers.length} of ${asked} answers`,
    )
  },
)
