import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The secret that Telegram sends along with each update ("setWebhook", secret_token). Where none is given it comes out
 * of the bot's token, which both the function and whoever sets the webhook have; the token cannot be found from it.
 */
export const webhookSecret = (token: string, given: string | undefined): string =>
  given === undefined || given === ''
    ? createHmac('sha256', token).update('telegram webhook secret').digest('hex')
    : given

/** Compares in a time that tells nothing of where two secrets differ, not even of how long they are. */
export function isSecret(given: string | undefined, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return given !== undefined && timingSafeEqual(digest(given), digest(secret))
}
