import type { FunctionDefinition } from '../functions/definition.ts'
import type { Scale } from '../runtime/cpu-share.ts'

/** "Configure Lambda function memory": at 1,769 MB a function has the equivalent of one vCPU. */
export const mbPerVcpu = 1769
/** "AWS Lambda Pricing", us-east-1, first tier, November 2026. */
const usdPerGbSecond = { x86_64: 0.0000166667, arm64: 0.0000133334 } as const

/** The processor share and the price of a function's memory size. */
export const scaleOf = ({ memoryMb, architectures }: FunctionDefinition): Scale => ({
  cpuShare: memoryMb / mbPerVcpu,
  usdPerGbSecond: usdPerGbSecond[architectures[0] === 'arm64' ? 'arm64' : 'x86_64'],
})
