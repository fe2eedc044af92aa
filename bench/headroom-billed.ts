import { cloudletUp } from './contender.ts'
import { cargoTarget, measured } from './headroom-load.ts'
import { median, type Row } from './report.ts'

/**
 * What the functions of an order are billed for. A cloud with --cpu-scale gives each the processor share of its 512 MB;
 * orders come one by one at a rate that leaves the machine idle in between, and the REPORT lines tell the rest. On
 * AWS each call to DynamoDB takes some milliseconds more, which docs/capacity.md adds.
 */

const functions = ['orders', 'order', 'monitor', 'projector'] as const
const RATE = 15
const DURATION_MS = 20_000

export async function billedRows(): Promise<Row[]> {
  const cloud = await cloudletUp([
    '--app',
    'node --import tsx services/infra/app.ts',
    '--sources',
    'services',
    '--memory',
    '--cpu-scale',
  ])
  const target = await cargoTarget(cloud.ready)
  const profile = { name: 'fixed', durationMs: DURATION_MS } as const
  await measured(target, { profile, rate: RATE })
  const rows: Row[] = []
  for (const name of functions) rows.push(rowOf(name, await reportsOf(cloud.ready.endpoint, name)))
  await cloud.stop()
  return rows
}

type Report = { readonly billedMs: number; readonly cold: boolean }

function rowOf(name: string, reports: readonly Report[]): Row {
  // The first ones are compiled as they run: the second half is what a busy function is billed for.
  const warm = reports.filter((each) => !each.cold).map((each) => each.billedMs)
  const settled = warm.slice(warm.length >> 1)
  return {
    function: `cargo-${name}`,
    invocations: reports.length,
    'billed ms, median': median(settled),
    'billed ms, average': average(settled).toFixed(1),
    'of the cold start': Math.max(0, ...reports.filter((each) => each.cold).map((r) => r.billedMs)),
  }
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length)

/** The REPORT lines of a function's log, in their order. */
async function reportsOf(endpoint: string, name: string): Promise<Report[]> {
  const reports: Report[] = []
  let nextToken: string | undefined
  do {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'Logs_20140328.FilterLogEvents',
        'x-amz-date': new Date().toISOString().replaceAll(/[-:]|\.\d+/g, ''),
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/logs/aws4_request, SignedHeaders=host, Signature=local',
      },
      body: JSON.stringify({
        logGroupName: `/aws/lambda/cargo-${name}`,
        filterPattern: 'REPORT',
        nextToken,
      }),
    })
    const page = (await answer.json()) as {
      events?: readonly { readonly message: string }[]
      nextToken?: string
    } // FilterLogEvents
    if (!answer.ok) throw new Error(`The log cannot be read: ${answer.status}`)
    for (const { message } of page.events ?? []) {
      const billedMs = Number(/Billed Duration: (\d+) ms/.exec(message)?.[1])
      if (billedMs > 0) reports.push({ billedMs, cold: message.includes('Init Duration') })
    }
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  if (reports.length === 0) throw new Error(`cargo-${name} has no REPORT line in its log.`)
  return reports
}
