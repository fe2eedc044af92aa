import type { Plan, Second } from '@cloudlet/loadtest'
import { paint, say } from '../terminal.ts'

type Loadtest = typeof import('@cloudlet/loadtest')

/** Without a terminal a line is enough every so often. */
const LINE_EVERY_S = 5

/** Shows a run as it goes on: drawn anew every second in a terminal, line by line elsewhere. */
export function show({ liveView }: Loadtest, scenario: string, plan: Plan) {
  const users = plan.users === 1 ? '1 user' : `up to ${plan.users} users`
  const load = plan.rate === undefined ? users : `${plan.rate} arrivals a second`
  const step = plan.step === undefined ? '' : ` (${plan.step})`
  const title = `${scenario}${step}  ${plan.profile.name}, ${load}`
  const { columns, isTTY } = process.stdout
  const view = liveView({
    title,
    durationMs: plan.profile.durationMs,
    paint,
    width: isTTY ? columns : 80,
  })
  if (!isTTY) say(`${title}, against ${plan.target.base}`)
  let drawn = 0
  return {
    update(second: Second): void {
      view.add(second)
      if (isTTY) {
        const lines = view.lines(second)
        const up = drawn === 0 ? '' : `\u001B[${drawn}A`
        process.stdout.write(`${up}${lines.map((line) => `\u001B[2K${line}\n`).join('')}\u001B[0J`)
        drawn = lines.length
      } else if (second.second % LINE_EVERY_S === LINE_EVERY_S - 1) say(view.line(second))
    },
    end(): void {
      if (isTTY && drawn === 0) say(title)
    },
  }
}
