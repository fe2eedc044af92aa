import { expect, it } from 'vitest'
import { COMMAND_NAMES, COMMANDS, readCommand } from './commands.ts'

it.each([
  ['/generateToken', 'generateToken', '', undefined],
  ['/GENERATETOKEN', 'generateToken', '', undefined],
  ['/generartoken', 'generateToken', '', 'es'],
  ['/pair abc', 'pair', 'abc', undefined],
  ['/Emparejar@My_Bot   abc  ', 'pair', 'abc', 'es'],
  ['/start\nabc', 'start', 'abc', undefined],
  ['/filter regex a b', 'filter', 'regex a b', undefined],
  ['/constructor', 'unknown', '', undefined],
  ['/__proto__ x', 'unknown', 'x', undefined],
])('reads %j', (text, name, argument, language) => {
  expect(readCommand(text, 'my_bot')).toMatchObject({ name, argument, language })
})

it.each(['pair', ' /pair', '/', '/pair@other_bot abc', 'a /pair', '//pair', '/pair-x'])(
  'takes %j for no command of this bot',
  (text) => {
    expect(readCommand(text, 'my_bot')).toBeUndefined()
  },
)

it('has names that Telegram’s menu takes, each once', () => {
  const words = COMMAND_NAMES.flatMap((name) => [...new Set(COMMANDS[name])])
  const inMenu = words.map((word) => word.toLowerCase())

  expect(inMenu.filter((word) => !/^[a-z0-9_]{1,32}$/.test(word))).toEqual([])
  expect(new Set(inMenu).size).toBe(inMenu.length)
})
