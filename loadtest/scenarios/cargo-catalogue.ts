/** The reference products and couriers of Cargo Express. */
export const products = [
  { IdProducto: 'pk0001', producto: 'Moneda', precio: 1 },
  { IdProducto: 'pk0002', producto: 'Estuche para gafas', precio: 8 },
  { IdProducto: 'pk0003', producto: 'Pequeño espejo de bolsillo', precio: 5 },
  { IdProducto: 'pk0004', producto: 'Pendrive', precio: 12 },
  { IdProducto: 'pk0005', producto: 'Tarjeta SIM', precio: 3 },
  { IdProducto: 'pk0006', producto: 'Adaptador de corriente', precio: 10 },
  { IdProducto: 'pk0007', producto: 'Tijeras pequeñas', precio: 4 },
  { IdProducto: 'pk0008', producto: 'Pila de botón', precio: 2.5 },
  { IdProducto: 'pk0009', producto: 'Goma de borrar', precio: 0.5 },
  { IdProducto: 'pk0010', producto: 'Clip sujetapapeles', precio: 0.2 },
] as const

export const couriers = [
  { IdRepartidor: 101, Nombre: 'María López' },
  { IdRepartidor: 102, Nombre: 'Carlos García' },
  { IdRepartidor: 103, Nombre: 'Ana Fernández' },
  { IdRepartidor: 104, Nombre: 'Juan Martínez' },
  { IdRepartidor: 105, Nombre: 'Laura Sánchez' },
  { IdRepartidor: 106, Nombre: 'Pedro Gómez' },
  { IdRepartidor: 107, Nombre: 'Elena Rodríguez' },
  { IdRepartidor: 108, Nombre: 'Jorge Pérez' },
  { IdRepartidor: 109, Nombre: 'Sofía Morales' },
  { IdRepartidor: 110, Nombre: 'Daniel Castillo' },
] as const
