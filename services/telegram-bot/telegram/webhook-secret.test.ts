import { expect, it } from 'vitest'
import { isSecret, webhookSecret } from './webhook-secret.ts'

const TOKEN = '1:secret-of-the-bot'

it('makes a secret that Telegram takes, of which the token cannot be read', () => {
  const secret = webhookSecret(TOKEN, '')

  expect(secret).toMatch(/^[A-Za-z0-9_-]{1,256}$/)
  expect(secret).not.toContain('secret-of-the-bot')
  expect(webhookSecret(TOKEN, 'own')).toBe('own')
})

it.each([undefined, '', 'x', 'the secret '])('refuses %j', (given) => {
  expect(isSecret(given, 'the secret')).toBe(false)
})

it('takes the secret', () => {
  expect(isSecret('the secret', 'the secret')).toBe(true)
})
