import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { difference, type Definition } from './difference.ts'
import { dependencyOrder } from './order.ts'

const state = (
  resources: Record<string, { type?: string; value?: string; needs?: string[] }>,
): Map<string, Definition> =>
  new Map(
    Object.entries(resources).map(([logicalId, { type = 'T', value = '', needs = [] }]) => [
      logicalId,
      { type, preview: { value }, dependencies: new Set(needs) },
    ]),
  )

const shown = (before: Map<string, Definition>, after: Map<string, Definition>): string[] =>
  difference(before, after).map(({ action, logicalId }) => `${action} ${logicalId}`)

describe('difference', () => {
  it('creates in order of dependency', () => {
    expect(shown(state({}), state({ A: { needs: ['B'] }, B: { needs: ['C'] }, C: {} }))).toEqual([
      'create C',
      'create B',
      'create A',
    ])
  })

  it('updates what changed, looks at what follows from it, deletes last and dependents first', () => {
    const before = state({
      A: {},
      B: { needs: ['A'] },
      C: {},
      X: {},
      Y: { needs: ['X'] },
      Z: { type: 'Old' },
    })
    const after = state({ A: { value: 'new' }, B: { needs: ['A'] }, C: {}, Z: { type: 'New' } })

    expect(shown(before, after)).toEqual([
      'update A',
      'follow B',
      'replace Z',
      'delete Y',
      'delete X',
    ])
  })

  it('names a cycle', () => {
    const cyclic = state({ A: { needs: ['B'] }, B: { needs: ['C'] }, C: { needs: ['B'] } })

    expect(() => dependencyOrder(cyclic)).toThrow(
      'Circular dependency between resources: B → C → B',
    )
  })

  it('gives no steps between equal states, and dependencies always first', () => {
    const resources = fc
      .array(fc.array(fc.nat(), { maxLength: 3 }), { maxLength: 12 })
      .map((all) =>
        state(
          Object.fromEntries(
            all.map((needs, n) => [
              `R${n}`,
              { needs: n === 0 ? [] : needs.map((each) => `R${each % n}`) },
            ]),
          ),
        ),
      )

    fc.assert(
      fc.property(resources, (after) => {
        expect(difference(after, after)).toEqual([])
        const made = difference(new Map(), after).map((step) => step.logicalId)
        for (const [position, logicalId] of made.entries()) {
          for (const need of after.get(logicalId)?.dependencies ?? []) {
            expect(made.indexOf(need)).toBeLessThan(position)
          }
        }
        expect(made).toHaveLength(after.size)
      }),
    )
  })
})
