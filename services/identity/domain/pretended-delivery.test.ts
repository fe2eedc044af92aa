import { expect, it } from 'vitest'
import { pretendedDelivery } from './pretended-delivery.ts'

it('looks like a real delivery and is always the same for a name', () => {
  const delivery = pretendedDelivery('key', 'nobody')

  expect(delivery).toMatchObject({ DeliveryMedium: 'EMAIL', AttributeName: 'email' })
  expect(delivery.Destination).toMatch(/^[a-z]\*\*\*@[a-z]\*\*\*$/)
  expect(pretendedDelivery('key', 'Nobody')).toEqual(delivery)
})

it('cannot be computed without the key', () => {
  const names = Array.from({ length: 20 }, (_, index) => `user${index}`)
  const destinations = (key: string) =>
    names.map((name) => pretendedDelivery(key, name).Destination)

  expect(destinations('key')).not.toEqual(destinations('other'))
})
