import { expect, it } from 'vitest'
import { resultCache } from './result-cache.ts'

it('keeps a value for its time', () => {
  const cache = resultCache<number>()

  cache.put(['a', 'b'], 1, 100)

  expect([cache.get(['a', 'b'], 99), cache.get(['a', 'b'], 100)]).toEqual([1, undefined])
})

it('tells identities apart, however they are split', () => {
  const cache = resultCache<number>()

  cache.put(['a,b'], 1, 100)

  expect([cache.get(['a', 'b'], 0), cache.get(['a,b'], 0)]).toEqual([undefined, 1])
})

it('forgets the least recently used first', () => {
  const cache = resultCache<number>(2)
  cache.put(['a'], 1, 100)
  cache.put(['b'], 2, 100)
  cache.get(['a'], 0)

  cache.put(['c'], 3, 100)

  expect(['a', 'b', 'c'].map((each) => cache.get([each], 0))).toEqual([1, undefined, 3])
})
