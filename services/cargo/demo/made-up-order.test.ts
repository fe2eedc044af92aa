import { readFileSync } from 'node:fs'
import { validate } from '@cloudlet/kit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CreateOrder } from '../domain/requests.ts'
import { madeUpOrder } from './made-up-order.ts'
import type { Catalogue } from './made-up-order.ts'

const fixture = new URL('../fixtures/cargo-express.json', import.meta.url)
const catalogue = JSON.parse(readFileSync(fixture, 'utf8')) as Catalogue

it('is an order that the API takes', () => {
  const below1 = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

  fc.assert(
    fc.property(fc.array(below1, { minLength: 40, maxLength: 40 }), (numbers) => {
      const left = [...numbers]
      const order = madeUpOrder(catalogue, 'demo-1', new Date(), () => left.pop() ?? 0)

      expect(() => validate(CreateOrder, order)).not.toThrow()
    }),
  )
})
