import type { Environment } from '../../kernel/index.ts'
import { documents, type Store } from '../../storage/index.ts'
import { outboxMessagesMax } from '../limits.ts'
import type { Sealer } from '../sealing.ts'

/** A message that a pool would have sent by e-mail or SMS. */
export type OutboxMessage = {
  readonly id: string
  readonly sentMs: number
  readonly poolId: string
  readonly username: string
  readonly medium: 'EMAIL' | 'SMS'
  readonly destination: string
  readonly subject?: string
  readonly body: string
  /** What Cognito calls the occasion, for example `CustomMessage_SignUp`. */
  readonly occasion: string
  /** The code in the message, when it has one; the temporary password of an invitation. */
  readonly code?: string
}

/**
 * The local outbox: the newest {@link outboxMessagesMax} messages, sealed because they hold codes.
 *
 *     cognito/outbox  serial number in 15 digits → sealed OutboxMessage
 */
export type Outbox = {
  readonly add: (message: Omit<OutboxMessage, 'id' | 'sentMs'>) => Promise<void>
  /** Newest first. */
  readonly list: (filter?: {
    poolId?: string
    /** A user name or an address. */
    recipient?: string
    limit?: number
  }) => OutboxMessage[]
  /** The newest code that was sent to a user name or address. */
  readonly lastCode: (usernameOrDestination: string) => string | undefined
  /** Calls `listener` after each message: for a relay. The returned function ends that. */
  readonly subscribe: (listener: (message: OutboxMessage) => void) => () => void
}

const space = documents<string>('cognito/outbox')
const listedDefault = 100
const isTo = (message: OutboxMessage, name: string): boolean =>
  message.username === name || message.destination === name
const serialId = (serial: number): string => String(serial).padStart(15, '0')

export function createOutbox(environment: Environment, store: Store, sealer: Sealer): Outbox {
  const listeners = new Set<(message: OutboxMessage) => void>()
  let serial = 0
  for (const [id] of space.list(store.reader)) serial = Number(id)

  function list(
    filter: { poolId?: string; recipient?: string; limit?: number } = {},
  ): OutboxMessage[] {
    const found: OutboxMessage[] = []
    for (const [, sealed] of space.list(store.reader)) {
      const plain = sealer.open('outbox', sealed)
      if (plain === undefined) continue
      const message = JSON.parse(plain.toString('utf8')) as OutboxMessage // sealed by add, below
      if (filter.poolId !== undefined && message.poolId !== filter.poolId) continue
      if (filter.recipient !== undefined && !isTo(message, filter.recipient)) continue
      found.push(message)
    }
    return found.toReversed().slice(0, filter.limit ?? listedDefault)
  }

  return {
    async add(message) {
      const whole: OutboxMessage = {
        ...message,
        id: environment.ids.uuid(),
        sentMs: environment.clock.now(),
      }
      serial++
      const current = serial
      await store.write((writer) => {
        space.put(writer, serialId(current), sealer.seal('outbox', JSON.stringify(whole)))
        space.remove(writer, serialId(current - outboxMessagesMax))
      })
      for (const listener of listeners) listener(whole)
    },
    list,
    lastCode: (name) =>
      list({ recipient: name, limit: outboxMessagesMax }).find(({ code }) => code !== undefined)
        ?.code,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
