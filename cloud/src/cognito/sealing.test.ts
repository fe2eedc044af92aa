import { describe, expect, it } from 'vitest'
import { systemIds } from '../kernel/index.ts'
import { createSealer } from './sealing.ts'

const sealer = createSealer(Buffer.alloc(32, 7), systemIds)

describe('sealed texts', () => {
  it('open for their purpose and context alone', () => {
    const sealed = sealer.seal('password', 'secret', 'a')

    expect(sealer.open('password', sealed, 'a')?.toString()).toBe('secret')
    expect(sealer.open('password', sealed, 'b')).toBeUndefined()
    expect(sealer.open('session', sealed, 'a')).toBeUndefined()
    expect(
      createSealer(Buffer.alloc(32, 8), systemIds).open('password', sealed, 'a'),
    ).toBeUndefined()
  })

  it('do not open when changed, cut or spelled otherwise', () => {
    const sealed = sealer.seal('session', 'secret')

    for (const changed of [`${sealed}=`, `${sealed} `, sealed.slice(1), `A${sealed}`, '', 'x']) {
      expect(sealer.open('session', changed)).toBeUndefined()
    }
  })

  it('differ each time', () => {
    expect(sealer.seal('a', 'same')).not.toBe(sealer.seal('a', 'same'))
  })
})
