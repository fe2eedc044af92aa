import { conflict } from '@cloudlet/kit'
import { expect, it, vi } from 'vitest'
import { signUpAll } from './batch.ts'

const user = (username: string) => ({ username, password: 'p', email: 'e@example.com' })

it('tells for each user what came of it', async () => {
  const log = vi.spyOn(console, 'warn').mockImplementation(() => {})

  const results = await signUpAll([user('a'), user('b'), user('c')], ({ username }) => {
    if (username === 'b') return Promise.reject(conflict('User already exists'))
    return username === 'c' ? Promise.reject(new Error('socket')) : Promise.resolve({})
  })

  expect(results).toEqual([
    { username: 'a', status: 200 },
    { username: 'b', status: 409, error: 'User already exists' },
    {
      username: 'c',
      status: 503,
      error: 'The service is unavailable for a moment. Please try again.',
    },
  ])
  log.mockRestore()
})
