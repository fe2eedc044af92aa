import type { Update } from 'grammy/types'
import type { World } from '../world/world.ts'

/** Where updates are posted to. */
export type Webhook = {
  readonly url: string
  readonly secret: string | undefined
  readonly allowed: readonly string[] | undefined
  readonly maxConnections: number
}

export type WebhookSettings = {
  readonly get: () => Webhook | undefined
  readonly set: (webhook: Webhook | undefined) => void
  readonly lastError: () => string | undefined
}

export type WebhookDelivery = WebhookSettings & {
  /** Posts what is waiting; called after each change. */
  readonly deliver: () => void
  readonly close: () => void
}

/** Telegram waits this long for an answer. */
const TIMEOUT_MS = 10_000
const RETRY_MS = 1_000
const RETRY_MS_MAX = 60_000

/** Posts updates to a webhook, each until it is taken with a 2xx, so many at a time as was asked for. */
export function webhookDelivery(world: World, send: typeof fetch = fetch): WebhookDelivery {
  let webhook: Webhook | undefined
  let closed = false
  let lastError: string | undefined
  const underway = new Set<number>()
  const current = (): Webhook | undefined => (closed ? undefined : webhook)

  async function post(to: Webhook, update: Update): Promise<boolean> {
    try {
      const response = await send(to.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(to.secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': to.secret }),
        },
        body: JSON.stringify(update),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      await response.arrayBuffer()
      if (response.ok) return true
      lastError = `Wrong response from the webhook: ${response.status} ${response.statusText}`
    } catch (error) {
      lastError = error instanceof Error ? error.message : String(error)
    }
    return false
  }

  async function deliverOne(update: Update): Promise<void> {
    for (let waitMs = RETRY_MS; ; waitMs = Math.min(RETRY_MS_MAX, waitMs * 2)) {
      const to = current()
      if (to === undefined) break
      if (await post(to, update)) {
        world.confirmUpdate(update.update_id)
        break
      }
      await world.environment.sleep(waitMs)
    }
    underway.delete(update.update_id)
    deliver()
  }

  function deliver(): void {
    if (webhook === undefined || closed) return
    for (const update of world.updates()) {
      if (underway.size >= webhook.maxConnections) return
      if (underway.has(update.update_id)) continue
      underway.add(update.update_id)
      void deliverOne(update)
    }
  }

  return {
    get: () => webhook,
    set(next) {
      webhook = next
      deliver()
    },
    lastError: () => lastError,
    deliver,
    close() {
      closed = true
    },
  }
}
