import { parseJson, validate } from '@cloudlet/kit'
import { describe, expect, it } from 'vitest'
import { sameContent } from './order.ts'
import { CreateOrder, MonitorQuery } from './requests.ts'

const BODY = {
  pedido_id: 'p-1',
  repartidor: { IdRepartidor: 101, Nombre: 'María López' },
  productos: [{ IdProducto: 'pk0004', producto: 'Pendrive', precio: 12, cantidad: 3 }],
  timestamp: '2026-11-21T10:12:44Z',
}
const LINE = { IdProducto: 'pk0004', producto: 'Pendrive', precio: 12 }

const orderOf = (text: string) => validate(CreateOrder, parseJson(text, 'exact'))
const read = (body: unknown) => orderOf(JSON.stringify(body))
const priced = (digits: string) => JSON.stringify(BODY).replace('"precio":12', `"precio":${digits}`)

function issuesOf(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return (error as { issues?: unknown }).issues
  }
  return 'no error'
}

describe('CreateOrder', () => {
  it('reads an order in the company’s words', () => {
    const order = read(BODY)

    expect(order).toMatchObject({ id: 'p-1', courier: { id: '101' }, timestamp: BODY.timestamp })
    expect(order.total.toFixed()).toBe('36')
  })

  it.each([
    ['0.1', '0.3'],
    ['12.00', '36'],
    ['123456789012345.0123456789', '370370367037035.0370370367'],
    ['2e1', '60'],
    ['0', '0'],
  ])('multiplies the price %s exactly', (digits, total) => {
    expect(orderOf(priced(digits)).total.toFixed()).toBe(total)
  })

  it.each(['-0.01', '1e400', '1e-400', '1234567890123456', '0.00000000001'])(
    'refuses the price %s',
    (digits) => {
      expect(issuesOf(() => orderOf(priced(digits)))).toMatchObject([
        { path: 'productos.0.precio' },
      ])
    },
  )

  it.each([
    [{ ...BODY, pedido_id: undefined }, 'pedido_id', 'is required'],
    [{ ...BODY, pedido_id: '' }, 'pedido_id', 'must not be empty'],
    [{ ...BODY, pedido_id: 5 }, 'pedido_id', 'must be text'],
    [{ ...BODY, pedido_id: 'x'.repeat(65) }, 'pedido_id', 'must have at most 64 characters'],
    [{ ...BODY, pedido_id: '\ud800' }, 'pedido_id', 'must not hold half of a surrogate pair'],
    [{ ...BODY, repartidor: 'María' }, 'repartidor', 'must be an object'],
    [{ ...BODY, repartidor: { IdRepartidor: 101 } }, 'repartidor.Nombre', 'is required'],
    [
      { ...BODY, repartidor: { IdRepartidor: 1.5, Nombre: 'María' } },
      'repartidor.IdRepartidor',
      'must be a whole number',
    ],
    [
      { ...BODY, repartidor: { IdRepartidor: '101', Nombre: 'María' } },
      'repartidor.IdRepartidor',
      'must be a whole number',
    ],
    [{ ...BODY, productos: [] }, 'productos', 'must have at least 1 product'],
    [{ ...BODY, productos: {} }, 'productos', 'must be a list'],
    [{ ...BODY, productos: [LINE, LINE] }, 'productos.1.IdProducto', 'must not repeat "pk0004"'],
    [
      {
        ...BODY,
        productos: Array.from({ length: 91 }, (_, n) => ({ ...LINE, IdProducto: `p${n}` })),
      },
      'productos',
      'must have at most 90 products',
    ],
    [
      { ...BODY, productos: [{ ...LINE, cantidad: 0 }] },
      'productos.0.cantidad',
      'must be a whole number from 1 to 10000',
    ],
    [
      { ...BODY, productos: [{ ...LINE, cantidad: 10_001 }] },
      'productos.0.cantidad',
      'must be a whole number from 1 to 10000',
    ],
    [{ ...BODY, productos: [{ ...LINE, precio: undefined }] }, 'productos.0.precio', 'is required'],
    [
      { ...BODY, timestamp: 'noon' },
      'timestamp',
      'must be an ISO 8601 time or "YYYY-MM-DD HH:MM:SS" in UTC',
    ],
    [[], '', 'must be an object'],
    [null, '', 'must be an object'],
  ])('refuses %j at %s', (body, path, message) => {
    expect(issuesOf(() => read(body))).toEqual([{ path, message }])
  })

  it('lists every issue', () => {
    expect(issuesOf(() => read({}))).toHaveLength(4)
  })
})

describe('sameContent', () => {
  it.each([
    ['another way of writing a price', orderOf(priced('12.00'))],
    ['a fraction of zeros', read({ ...BODY, timestamp: '2026-11-21T10:12:44.000Z' })],
    ['another zone', read({ ...BODY, timestamp: '2026-11-21T11:12:44+01:00' })],
    ['the company’s own time', read({ ...BODY, timestamp: '2026-11-21 10:12:44' })],
  ])('takes %s for the same', (_, other) => {
    expect(sameContent(read(BODY), other)).toBe(true)
  })

  it('takes products in another order, and a quantity left out, for the same', () => {
    const other = { IdProducto: 'pk0001', producto: 'Moneda', precio: 1 }
    const one = read({ ...BODY, productos: [LINE, other] })
    const two = read({ ...BODY, productos: [{ ...other, cantidad: 1 }, LINE] })

    expect(sameContent(one, two)).toBe(true)
  })

  it.each([
    ['price', { ...BODY, productos: [{ ...LINE, precio: 12.01, cantidad: 3 }] }],
    ['quantity', { ...BODY, productos: [{ ...LINE, cantidad: 2 }] }],
    ['courier', { ...BODY, repartidor: { IdRepartidor: 102, Nombre: 'María López' } }],
    ['time', { ...BODY, timestamp: '2026-11-21T10:12:45Z' }],
  ])('tells another %s', (_, body) => {
    expect(sameContent(read(BODY), read(body))).toBe(false)
  })
})

describe('MonitorQuery', () => {
  it('has defaults', () => {
    expect(validate(MonitorQuery, {})).toEqual({ top: 10, hours: 24 })
  })

  it.each(['0', '101', 'ten', '', '1.5', '-1', '1e1', '5,6'])('refuses top=%s', (top) => {
    expect(issuesOf(() => validate(MonitorQuery, { top }))).toEqual([
      { path: 'top', message: 'must be a whole number from 1 to 100' },
    ])
  })
})
