import { expect, it } from 'vitest'
import { safeLog } from './safe-log.ts'

it('hides the token wherever it stands, in errors and their causes too', () => {
  const lines: string[] = []
  const write = (message: string, fields?: object): void =>
    void lines.push(`${message} ${JSON.stringify(fields)}`)
  const log = safeLog({ info: write, warn: write, error: write }, '1:abcdef')
  const cause = new Error('request to https://api.telegram.org/bot1:abcdef/getMe failed')

  log.error('bot1:abcdef failed', { error: new Error('no', { cause }), list: ['1:abcdef'] })

  expect(lines.join()).not.toContain('abcdef')
  expect(lines.join()).toContain('request to https://api.telegram.org/bot<bot token>/getMe failed')
})
