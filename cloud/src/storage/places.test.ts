import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Image } from './image.ts'
import { imageOf, nowhere, Places } from './places.ts'

const key = (n: number): Buffer => Buffer.from(`a key of some length ${n}`)

type Place = { readonly image: number; readonly at: number }

/** Places, and beside them a map that does the same. */
class Modelled {
  readonly images = Array.from({ length: 6 }, () => new Image())
  readonly places = new Places(this.images)
  readonly model = new Map<string, Place>()

  /** @returns the image of the place before: as told, and as it is in the model */
  set(n: number, image: number, isKept: boolean): [number, number] {
    const name = key(n)
    const before = this.model.get(name.toString())
    const at = this.images[image]?.note(name, undefined) ?? 0
    const told = this.places.set(name, image, at)
    if (isKept) this.model.set(name.toString(), { image, at })
    else this.places.restore(name, told)
    return [imageOf(told), before?.image ?? nowhere]
  }

  forget(image: number): void {
    this.places.forget([image])
    for (const [each, place] of this.model) if (place.image === image) this.model.delete(each)
  }
}

describe('places', () => {
  it('do as a map would under any sequence of changes', () => {
    const step = fc.record({
      kind: fc.constantFrom('set', 'set', 'set', 'restore', 'forget'),
      key: fc.nat({ max: 400 }),
      image: fc.nat({ max: 5 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3_000, size: 'max' }), (steps) => {
        const modelled = new Modelled()
        const { images, places, model } = modelled
        const told = steps.map(({ kind, key: n, image }) => {
          if (kind !== 'forget') return modelled.set(n, image, kind === 'set')
          modelled.forget(image)
          return [0, 0]
        })
        expect(told.map(([image]) => image)).toEqual(told.map(([, image]) => image))
        for (let n = 0; n <= 400; n++) {
          const slot = places.find(key(n))
          const found = slot < 0 ? undefined : { image: places.imageAt(slot), at: places.at(slot) }
          expect(found).toEqual(model.get(key(n).toString()))
        }
        for (const image of images.keys()) {
          const there = [...model.values()].filter((place) => place.image === image)
          const byPlace = (a: number, b: number): number => a - b
          expect(places.in(image).sort(byPlace)).toEqual(there.map(({ at }) => at).sort(byPlace))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('grow with their keys, and tell apart keys of which one begins with the other', () => {
    const image = new Image()
    const places = new Places([image])
    const names = [...Array.from({ length: 20_000 }, (_, n) => key(n)), Buffer.alloc(0)]
    for (const name of names) places.set(name, 0, image.note(name, undefined))

    expect(places.size).toBe(20_001)
    for (const name of names) expect(image.key(places.at(places.find(name)))).toEqual(name)
    expect(places.find(Buffer.from('a key of some length'))).toBeLessThan(0)
  })
})
