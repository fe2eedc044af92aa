/** Pauses that all end when the run does. */
export function createPauses() {
  const pending = new Set<() => void>()
  return {
    pause: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer)
          pending.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, ms)
        pending.add(wake)
      }),
    wakeAll: (): void => {
      for (const wake of pending) wake()
    },
  }
}
