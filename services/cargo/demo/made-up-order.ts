export type Catalogue = {
  readonly products: readonly {
    readonly IdProducto: string
    readonly producto: string
    readonly precio: number
  }[]
  readonly couriers: readonly { readonly IdRepartidor: number; readonly Nombre: string }[]
}

const PRODUCTS_MAX = 5
const PIECES_MAX = 4

/** An order of one to five products by a courier of the catalogue; `random` gives 0 (included) to 1 (excluded). */
export function madeUpOrder(catalogue: Catalogue, id: string, now: Date, random: () => number) {
  const below = (limit: number): number => Math.floor(random() * limit)
  const left = [...catalogue.products]
  const chosen = Array.from({ length: Math.min(left.length, 1 + below(PRODUCTS_MAX)) }, () =>
    left.splice(below(left.length), 1),
  ).flat()
  return {
    pedido_id: id,
    repartidor: catalogue.couriers[below(catalogue.couriers.length)],
    productos: chosen.map((product) => ({ ...product, cantidad: 1 + below(PIECES_MAX) })),
    timestamp: now.toISOString(),
  }
}
