import type { FloodControl, FloodLimits } from '../bot-api/flood.ts'
import type { Message } from 'grammy/types'
import type { People } from '../people/people.ts'
import { Refused } from '../people/refused.ts'
import { chatView } from '../people/view.ts'
import type { SimChat, World } from '../world/world.ts'
import type { BotApi } from './bot-api-server.ts'

export type PeopleAnswer = { readonly status: number; readonly body: unknown }

type Call = {
  readonly ids: readonly number[]
  readonly body: Readonly<Record<string, unknown>>
}

type Route = {
  readonly method: string
  readonly path: RegExp
  readonly run: (call: Call) => unknown
}

/** What people and tests do over HTTP, as JSON. */
export function peopleApi(parts: {
  readonly world: World
  readonly people: People
  readonly flood: FloodControl
  readonly botApi: BotApi
}): (
  method: string,
  path: string,
  body: () => Record<string, unknown>,
) => PeopleAnswer | undefined {
  const routes = routesOf(parts)
  return (method, path, body) => {
    const here = routes.filter((route) => route.path.test(path))
    if (here.length === 0) return undefined
    const route = here.find((each) => each.method === method)
    if (route === undefined) return { status: 405, body: { error: 'Method not allowed' } }
    try {
      const ids = (route.path.exec(path) ?? []).slice(1).map(Number)
      if (ids.some((id) => !Number.isSafeInteger(id)))
        throw new Refused(400, 'An id is a whole number.')
      const result = route.run({ ids, body: method === 'GET' ? {} : body() })
      return { status: method === 'POST' ? 201 : 200, body: result ?? {} }
    } catch (error) {
      if (error instanceof Refused) return { status: error.status, body: { error: error.message } }
      throw error
    }
  }
}

function routesOf({
  world,
  people,
  flood,
  botApi,
}: Parameters<typeof peopleApi>[0]): readonly Route[] {
  function known(id: number): SimChat {
    const chat = world.chat(id)
    if (chat === undefined) throw new Refused(404, `There is no chat ${id}.`)
    return chat
  }
  const text = (value: unknown): string => {
    if (typeof value !== 'string') throw new Refused(400, 'A text is wanted.')
    return value
  }
  return [
    {
      method: 'GET',
      path: /^\/chats$/,
      run: () => world.chats().map((chat) => chatShown(world, chat)),
    },
    {
      method: 'PUT',
      path: /^\/chats\/(-?\d+)$/,
      run: ({ ids: [chat = 0], body }) => chatShown(world, people.setUp(chat, body)),
    },
    {
      method: 'GET',
      path: /^\/chats\/(-?\d+)\/messages$/,
      run: ({ ids: [chat = 0] }) =>
        world.chat(chat) === undefined ? [] : chatView(world, known(chat)),
    },
    {
      method: 'POST',
      path: /^\/chats\/(-?\d+)\/messages$/,
      run: ({ ids: [chat = 0], body }) => sentShown(people.send(chat, body)),
    },
    {
      method: 'PUT',
      path: /^\/chats\/(-?\d+)\/messages\/(\d+)$/,
      run: ({ ids: [chat = 0, message = 0], body }) => people.edit(chat, message, body),
    },
    {
      method: 'PUT',
      path: /^\/chats\/(-?\d+)\/messages\/(\d+)\/reaction$/,
      run: ({ ids: [chat = 0, message = 0], body }) =>
        people.react(chat, message, typeof body['emoji'] === 'string' ? body['emoji'] : undefined),
    },
    {
      method: 'POST',
      path: /^\/chats\/(-?\d+)\/messages\/(\d+)\/press$/,
      run: ({ ids: [chat = 0, message = 0], body }) =>
        people.press(chat, message, text(body['data'])),
    },
    {
      method: 'PUT',
      path: /^\/chats\/(-?\d+)\/blocked$/,
      run: ({ ids: [chat = 0], body }) => people.block(chat, body['blocked'] !== false),
    },
    {
      method: 'POST',
      path: /^\/chats\/(-?\d+)\/migrate$/,
      run: ({ ids: [chat = 0], body }) => people.migrate(chat, Number(body['to'])),
    },
    {
      method: 'GET',
      path: /^\/settings$/,
      run: () => ({
        flood: flood.limits(),
        refused: flood.refused(),
        privacyMode: !world.me().can_read_all_group_messages,
        bot: world.me().username,
      }),
    },
    { method: 'PUT', path: /^\/settings$/, run: ({ body }) => applySettings(world, flood, body) },
    {
      method: 'POST',
      path: /^\/failures$/,
      run: ({ body }) =>
        botApi.fail(text(body['method']), Number(body['times'] ?? 1), {
          code: Number(body['code'] ?? 500),
          description: text(body['description'] ?? 'Internal Server Error'),
          ...(body['retryAfter'] === undefined ? {} : { retryAfter: Number(body['retryAfter']) }),
        }),
    },
    { method: 'GET', path: /^\/calls$/, run: () => botApi.calls() },
  ]
}

const sentShown = (messages: readonly Message[]) => ({
  id: messages[0]?.message_id,
  ids: messages.map((message) => message.message_id),
})

const chatShown = (world: World, chat: SimChat) => ({
  id: chat.id,
  type: chat.type,
  title: chat.title ?? chat.people[0]?.first_name ?? '',
  people: chat.people,
  blocked: chat.blocked,
  admin: chat.botIsAdmin,
  forum: chat.isForum,
  bot: world.me().username,
})

function applySettings(
  world: World,
  flood: FloodControl,
  body: Readonly<Record<string, unknown>>,
): void {
  if (typeof body['privacyMode'] === 'boolean') world.setPrivacyMode(body['privacyMode'])
  const limits = body['flood']
  if (limits === null || typeof limits !== 'object') return
  const current: FloodLimits = flood.limits()
  // A cast: the three windows are looked at below.
  const given = limits as Partial<
    Record<keyof FloodLimits, { count?: unknown; windowMs?: unknown }>
  >
  const merged = (name: keyof FloodLimits) => {
    const { count = current[name].count, windowMs = current[name].windowMs } = given[name] ?? {}
    if (!(Number(count) >= 1) || !(Number(windowMs) >= 1)) {
      throw new Refused(400, `flood.${name} is {"count": at least 1, "windowMs": at least 1}.`)
    }
    return { count: Number(count), windowMs: Number(windowMs) }
  }
  flood.setLimits({ overall: merged('overall'), chat: merged('chat'), group: merged('group') })
}
