import { expect, it } from 'vitest'
import { tableText } from './table-text.ts'

const columns = [
  { title: 'name', value: (row: { name: string; sold: number }) => row.name },
  { title: 'sold', value: (row: { name: string; sold: number }) => row.sold },
]

it('puts rows into columns that fit', () => {
  const text = tableText('Products', columns, [
    { name: 'Clip sujetapapeles', sold: 5 },
    { name: 'Pendrive', sold: 1234 },
  ])

  expect(text.split('\n')).toEqual([
    'Products',
    '  name                sold',
    '  ──────────────────  ────',
    '  Clip sujetapapeles     5',
    '  Pendrive            1234',
    '',
  ])
})

it('says that there is nothing', () => {
  expect(tableText('Products', columns, [])).toBe('Products\n  (nothing yet)\n')
})
