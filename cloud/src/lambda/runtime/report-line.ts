/** What the REPORT line says of one invocation. */
export type Report = {
  readonly requestId: string
  readonly durationMs: number
  readonly memoryMb: number
  readonly usedMb: number
  /** Of the environment's first invocation. */
  readonly initMs?: number
  /** Of functions with active tracing. */
  readonly traceId?: string
  /** `timeout`, or the type of the error that ended the environment. */
  readonly status?: string
  /** Where functions run at the scale of their memory size: what the invocation would cost is told as well. */
  readonly usdPerGbSecond?: number
}

export const startLine = (requestId: string): string =>
  `START RequestId: ${requestId} Version: $LATEST\n`

export const endLine = (requestId: string): string => `END RequestId: ${requestId}\n`

/**
 * The line that Lambda ends an invocation's log with. Initialisation is billed together with the first invocation
 * ("AWS Lambda standardizes billing for INIT Phase").
 */
export function reportLine(report: Report): string {
  const billedMs = Math.ceil(report.durationMs + (report.initMs ?? 0))
  let line = `REPORT RequestId: ${report.requestId}\tDuration: ${report.durationMs.toFixed(2)} ms`
  line += `\tBilled Duration: ${billedMs} ms\tMemory Size: ${report.memoryMb} MB`
  line += `\tMax Memory Used: ${report.usedMb} MB\t`
  if (report.initMs !== undefined) line += `Init Duration: ${report.initMs.toFixed(2)} ms\t`
  if (report.usdPerGbSecond !== undefined) {
    const usd = (billedMs / 1000) * (report.memoryMb / 1024) * report.usdPerGbSecond
    line += `Cost: ${usd.toFixed(12)} USD\t`
  }
  if (report.traceId !== undefined) line += `\n${traceFields(report.traceId)}`
  if (report.status === 'timeout') line += 'Status: timeout'
  else if (report.status !== undefined) line += `Status: error\tError Type: ${report.status}`
  return `${line}\n`
}

/** `XRAY TraceId …` of a tracing header `Root=…;Parent=…;Sampled=…`. */
function traceFields(header: string): string {
  const field = (name: string): string =>
    header
      .split(';')
      .find((each) => each.startsWith(`${name}=`))
      ?.slice(name.length + 1) ?? ''
  return `XRAY TraceId: ${field('Root')}\tSegmentId: ${field('Parent')}\tSampled: ${field('Sampled') === '1'}\t`
}
