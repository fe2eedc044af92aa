import { expect, it } from 'vitest'
import { inOrder } from './in-order.ts'

/** Work that ends when the test says so, in any order. */
function controlled() {
  const ends = new Map<number, () => void>()
  const begun: number[] = []
  const work = (entry: number): Promise<string> => {
    begun.push(entry)
    return new Promise((resolve) => ends.set(entry, () => resolve(`done ${entry}`)))
  }
  const end = async (entry: number): Promise<void> => {
    ends.get(entry)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { begun, work, end }
}

it('runs so many at a time and keeps the order', async () => {
  const { begun, work, end } = controlled()

  const results = inOrder([0, 1, 2, 3], 2, work)
  const first = [...begun]
  await end(1)
  const second = [...begun]
  for (const entry of [2, 0, 3]) await end(entry)

  expect(first).toEqual([0, 1])
  expect(second).toEqual([0, 1, 2])
  expect(await results).toEqual(['done 0', 'done 1', 'done 2', 'done 3'])
})

it('begins nothing more after a failure', async () => {
  const begun: number[] = []

  const results = inOrder([0, 1, 2], 1, (entry) => {
    begun.push(entry)
    return entry === 1 ? Promise.reject(new Error('no')) : Promise.resolve(entry)
  })

  await expect(results).rejects.toThrow('no')
  expect(begun).toEqual([0, 1])
})

it('has nothing to do for nobody', async () => {
  expect(await inOrder([], 5, () => Promise.resolve(1))).toEqual([])
})
