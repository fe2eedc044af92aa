/** What Lambda's REPORT line says of one invocation. Times in ms. */
export type ReportFigures = {
  readonly durationMs: number
  readonly billedMs: number
  readonly memoryMb: number
  readonly usedMb: number
  /** Of a cold start. */
  readonly initMs?: number
}

/** Reads the REPORT line from the tail of a log; undefined where there is none. */
export function reportFigures(log: string): ReportFigures | undefined {
  const line = /^REPORT RequestId: .*$/m.exec(log)?.[0]
  if (line === undefined) return undefined
  const number = (pattern: RegExp): number => Number(pattern.exec(line)?.[1])
  const init = /Init Duration: ([\d.]+) ms/.exec(line)?.[1]
  return {
    durationMs: number(/\tDuration: ([\d.]+) ms/),
    billedMs: number(/Billed Duration: (\d+) ms/),
    memoryMb: number(/Memory Size: (\d+) MB/),
    usedMb: number(/Max Memory Used: (\d+) MB/),
    ...(init === undefined ? {} : { initMs: Number(init) }),
  }
}
