import { describe, expect, it } from 'vitest'
import { CpuShare } from './cpu-share.ts'

/** A machine on which time passes when it is told to. */
function machine() {
  let nowMs = 1000
  let cpuMs = 50
  const slept: number[] = []
  return {
    slept,
    run(ms: number): void {
      nowMs += ms
      cpuMs += ms
    },
    wait: (ms: number): void => void (nowMs += ms),
    nowMs: () => nowMs,
    cpuMs: () => cpuMs,
    sleep(ms: number): void {
      slept.push(ms)
      nowMs += ms
    },
  }
}

describe('CpuShare', () => {
  it('stretches what runs to its share: 100 ms at a quarter take 400 ms, less the first period', () => {
    const thread = machine()
    const share = new CpuShare(0.25, thread)
    share.begin()
    const startMs = thread.nowMs()

    for (let n = 0; n < 10; n++) {
      thread.run(10)
      share.settle()
    }
    share.end()

    expect(thread.nowMs() - startMs).toBeCloseTo(400 - 20)
  })

  it('comes to the same when a stretch is paid for at its end', () => {
    const thread = machine()
    const share = new CpuShare(0.25, thread)
    share.begin()
    const startMs = thread.nowMs()

    thread.run(100)
    share.end()

    expect(thread.nowMs() - startMs).toBeCloseTo(400 - 20)
  })

  it('lets short work and waiting alone', () => {
    const thread = machine()
    const share = new CpuShare(0.25, thread)
    share.begin()

    thread.run(2)
    share.settle()
    thread.wait(500)
    share.settle()
    thread.run(4)
    share.end()

    expect(thread.slept).toEqual([])
  })

  it('saves no more than a period while it waits', () => {
    const thread = machine()
    const share = new CpuShare(0.25, thread)
    share.begin()

    thread.wait(10_000)
    share.settle()
    thread.run(100)
    share.end()

    expect(thread.slept[0]).toBeCloseTo(300 - 20)
  })

  it('limits nothing between invocations', () => {
    const thread = machine()
    const share = new CpuShare(0.25, thread)

    thread.run(1000)
    share.settle()

    expect(thread.slept).toEqual([])
  })
})
