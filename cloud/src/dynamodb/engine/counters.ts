import type { Reader } from '../../storage/index.ts'

/**
 * What changes with every write to a table, in one small record that is written with the items themselves and is
 * therefore exact after a kill:
 *
 *     version f64     of the table's definition, so that a write notices a change that overtook it
 *     sequence f64    of the last stream record
 *     then for the table (slot 0) and for each index (slot = its id): items f64, bytes f64
 */
export class Counters {
  private readonly fields: number[]
  constructor(fields: number[]) {
    this.fields = fields
  }

  static start(version: number): Counters {
    return new Counters([version, 0])
  }

  /** @param key `countersKey` of the table */
  static read(reader: Reader, key: Buffer): Counters | undefined {
    return reader.peek(key, (bytes, at, end) => {
      const fields: number[] = []
      for (let from = at; from < end; from += 8) fields.push(bytes.readDoubleBE(from))
      return new Counters(fields)
    })
  }

  toBytes(): Buffer {
    const bytes = Buffer.allocUnsafe(this.fields.length * 8)
    for (const [at, field] of this.fields.entries()) bytes.writeDoubleBE(field, at * 8)
    return bytes
  }

  get version(): number {
    return this.fields[0] ?? 0
  }

  set version(version: number) {
    this.fields[0] = version
  }

  get lastSequence(): number {
    return this.fields[1] ?? 0
  }

  nextSequence(): number {
    const next = (this.fields[1] ?? 0) + 1
    this.fields[1] = next
    return next
  }

  items(slot: number): number {
    return this.fields[2 + slot * 2] ?? 0
  }

  bytes(slot: number): number {
    return this.fields[3 + slot * 2] ?? 0
  }

  add(slot: number, items: number, bytes: number): void {
    while (this.fields.length < 4 + slot * 2) this.fields.push(0)
    this.fields[2 + slot * 2] = this.items(slot) + items
    this.fields[3 + slot * 2] = this.bytes(slot) + bytes
  }

  reset(slot: number): void {
    this.add(slot, -this.items(slot), -this.bytes(slot))
  }
}
