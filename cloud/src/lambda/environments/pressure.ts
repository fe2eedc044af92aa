import { createCloudGauge } from './cloud-gauge.ts'
import { createLoadGauge } from './load-gauge.ts'

/** What is at its limit: reasons not to start more execution environments. */
export type Pressure = {
  /** The machine's processors, whoever uses them: more environments would only share what there is. */
  readonly onProcessors: () => boolean
  /** The cloud's own thread, which answers all that functions ask of it: more of them would only ask for more. */
  readonly onCloud: () => boolean
}

export const measuredPressure = (): Pressure => ({
  onProcessors: createLoadGauge(),
  onCloud: createCloudGauge(),
})
