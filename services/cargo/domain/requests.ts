import { numberFromQuery, numberText, shortText } from '@cloudlet/kit'
import { Big } from 'big.js'
import * as z from 'zod/mini'
import {
  COURIER_DIGITS_MAX,
  HOURS_MAX,
  NAME_CHARACTERS_MAX,
  ORDER_ID_CHARACTERS_MAX,
  PRICE_DECIMALS_MAX,
  PRICE_INTEGER_DIGITS_MAX,
  PRODUCTS_MAX,
  QUANTITY_MAX,
  TOP_MAX,
} from './limits.ts'
import { placeOrder } from './order.ts'
import { readTimestamp } from './timestamp.ts'

/** An exponent so large that writing the number out would take the memory of the function. */
const EXPONENT_MAX = 100

/** The exact value of a JSON number, undefined for anything else and for absurd exponents. */
function decimalOf(value: unknown): Big | undefined {
  const digits = numberText(value)
  if (digits === undefined) return undefined
  const decimal = new Big(digits)
  return Math.abs(decimal.e) > EXPONENT_MAX ? undefined : decimal
}

/** A JSON number that passes `check`, as an exact decimal. */
const decimal = (check: (value: Big) => boolean, error: string) =>
  z.pipe(
    z.unknown(),
    z.transform((input, context): Big => {
      const value = decimalOf(input)
      if (value !== undefined && check(value)) return value
      const message = input === undefined ? 'is required' : error
      context.issues.push({ code: 'custom', input, message })
      return z.NEVER
    }),
  )

const digitsOf = (value: Big): [string, string] => {
  const [whole = '', decimals = ''] = value.abs().toFixed().split('.')
  return [whole, decimals]
}

const isPrice = (value: Big): boolean => {
  const [whole, decimals] = digitsOf(value)
  const fits = whole.length <= PRICE_INTEGER_DIGITS_MAX && decimals.length <= PRICE_DECIMALS_MAX
  return value.gte(0) && fits
}

const isCourierNumber = (value: Big): boolean => {
  const [whole, decimals] = digitsOf(value)
  return decimals === '' && whole.length <= COURIER_DIGITS_MAX
}

const price = decimal(
  isPrice,
  `must be a number of 0 or more, with at most ${PRICE_INTEGER_DIGITS_MAX} digits before and ${PRICE_DECIMALS_MAX} after the point`,
)

const courierId = z.pipe(
  decimal(isCourierNumber, 'must be a whole number'),
  z.transform((value) => value.toFixed()),
)

const quantity = z.pipe(
  decimal(
    (value) => digitsOf(value)[1] === '' && value.gte(1) && value.lte(QUANTITY_MAX),
    `must be a whole number from 1 to ${QUANTITY_MAX}`,
  ),
  z.transform((value) => value.toNumber()),
)

const timestamp = z.pipe(
  z.string(),
  z.transform((input, context): string => {
    const value = readTimestamp(input)
    if (value !== undefined) return value
    const message = 'must be an ISO 8601 time or "YYYY-MM-DD HH:MM:SS" in UTC'
    context.issues.push({ code: 'custom', input, message })
    return z.NEVER
  }),
)

const Line = z.object({
  IdProducto: shortText(NAME_CHARACTERS_MAX),
  producto: shortText(NAME_CHARACTERS_MAX),
  precio: price,
  cantidad: z.optional(quantity),
})

const differentProducts = z.superRefine<z.infer<typeof Line>[]>((lines, context) => {
  const seen = new Set<string>()
  for (const [index, line] of lines.entries()) {
    if (seen.has(line.IdProducto)) {
      const message = `must not repeat ${JSON.stringify(line.IdProducto)}`
      context.addIssue({ code: 'custom', path: [index, 'IdProducto'], message })
    }
    seen.add(line.IdProducto)
  }
})

/** An order as the company's clients send it, in the company's words. */
const OrderBody = z.object({
  pedido_id: shortText(ORDER_ID_CHARACTERS_MAX),
  repartidor: z.object({ IdRepartidor: courierId, Nombre: shortText(NAME_CHARACTERS_MAX) }),
  productos: z
    .array(Line)
    .check(
      z.minLength(1, 'must have at least 1 product'),
      z.maxLength(PRODUCTS_MAX, `must have at most ${PRODUCTS_MAX} products`),
      differentProducts,
    ),
  timestamp,
})

/** A checked order, in our words, with its total. */
export const CreateOrder = z.pipe(
  OrderBody,
  z.transform((body) =>
    placeOrder({
      id: body.pedido_id,
      courier: { id: body.repartidor.IdRepartidor, name: body.repartidor.Nombre },
      lines: body.productos.map((line) => ({
        productId: line.IdProducto,
        product: line.producto,
        price: line.precio,
        quantity: line.cantidad ?? 1,
      })),
      timestamp: body.timestamp,
    }),
  ),
)

export const MonitorQuery = z.object({
  top: numberFromQuery(1, TOP_MAX, 10),
  hours: numberFromQuery(1, HOURS_MAX, 24),
})
