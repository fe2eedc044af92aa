import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { CliError } from './cli-error.ts'

/** A bot's token: a number, a colon, a secret. */
const TOKEN = /^\d{1,16}:[A-Za-z0-9_-]{5,}$/

/**
 * The bot's token from the environment, or from `.env` in this folder.
 *
 * @throws CliError where there is none, or it cannot be one; the token itself is never shown
 */
export function botToken(): string {
  const token = process.env['TELEGRAM_TOKEN'] ?? fromFile('TELEGRAM_TOKEN') ?? ''
  if (token === '') {
    throw new CliError(
      'No bot token: set TELEGRAM_TOKEN, or write TELEGRAM_TOKEN=… into .env. @BotFather gives one to who sends it /newbot. To try the bot without Telegram: cloudlet bot --simulate',
      2,
    )
  }
  if (!TOKEN.test(token)) {
    throw new CliError(
      'TELEGRAM_TOKEN is no bot token: @BotFather gives it in the form 123456789:AbC-dEf_123.',
      2,
    )
  }
  return token
}

function fromFile(name: string): string | undefined {
  let text: string
  try {
    text = readFileSync('.env', 'utf8')
  } catch {
    return undefined
  }
  return parseEnv(text)[name]
}

/** What a failure of the Bot API means to a person. The error itself is not shown: it may hold the token. */
export function asCliError(error: unknown): never {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'error_code') : undefined
  if (code === 401 || code === 404) {
    throw new CliError(
      'Telegram does not know this bot token: check TELEGRAM_TOKEN (@BotFather, /token).',
    )
  }
  if (code !== undefined && error instanceof Error) {
    throw new CliError(`Telegram refused: ${String(Reflect.get(error, 'description'))}`)
  }
  if (error instanceof Error && error.name === 'HttpError') {
    throw new CliError('Telegram does not answer: check the network, or --api-root.')
  }
  throw error
}
