import { HttpProblem } from '@cloudlet/kit'
import { describe, expect, it } from 'vitest'
import { routerOf } from './routes.ts'

const route = routerOf([
  { method: 'POST', path: '/users', action: 'put' },
  { method: 'GET', path: '/users/:userId', action: 'get' },
])

function problemOf(method: string, path: string): unknown {
  try {
    return route(method, path)
  } catch (error) {
    return error instanceof HttpProblem ? [error.status, error.headers['allow']] : error
  }
}

describe('routerOf', () => {
  it('finds an action and its parameters', () => {
    expect(route('POST', '/users')).toEqual({ action: 'put', parameters: {} })
    expect(route('GET', '/users/a b%')).toEqual({ action: 'get', parameters: { userId: 'a b%' } })
  })

  it.each([
    ['DELETE', '/users', 405, 'POST'],
    ['GET', '/users', 405, 'POST'],
    ['POST', '/users/1', 405, 'GET'],
    ['GET', '/', 404, undefined],
    ['GET', '/nobody', 404, undefined],
    ['GET', '/users/1/more', 404, undefined],
  ])('answers %s %s with %s', (method, path, status, allow) => {
    expect(problemOf(method, path)).toEqual([status, allow])
  })
})
