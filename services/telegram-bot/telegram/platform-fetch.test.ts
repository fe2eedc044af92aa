import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { telegramApi } from './telegram-api.ts'

const TOKEN = '123:abcdefgh'

it.each(['nonsense', 'http://user:password@localhost:1', 'ftp://localhost', 'http://localhost:1'])(
  'fails at the address %s without telling the token',
  async (apiRoot) => {
    const error: unknown = await telegramApi({ token: TOKEN, apiRoot })
      .getMe()
      .catch((thrown: unknown) => thrown)

    expect(error).toBeInstanceOf(Error)
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('abcdefgh')
  },
)
