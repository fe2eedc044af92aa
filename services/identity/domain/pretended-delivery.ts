import { createHmac } from 'node:crypto'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/**
 * The delivery that a forgotten password of an unknown user is answered with, in the form of a real one: masked as
 * Cognito masks (`f***@e***`) and always the same for a name ("Managing user existence error responses").
 *
 * @param key what the letters are derived under, so that they cannot be told apart from real ones by recomputing
 */
export function pretendedDelivery(key: string, username: string) {
  const digest = createHmac('sha256', key).update(username.toLowerCase()).digest()
  const letter = (index: number): string => LETTERS[(digest[index] ?? 0) % LETTERS.length] ?? 'a'
  return {
    Destination: `${letter(0)}***@${letter(1)}***`,
    DeliveryMedium: 'EMAIL',
    AttributeName: 'email',
  }
}
