import { cloudletUp, memoryMb } from './contender.ts'
import { addUsers, findByEmail, login, makePool, spread, type Bench } from './cognito.ts'
import { driveApart } from './drive.ts'
import { keep, median, printTable, type Row } from './report.ts'

/**
 * The question: what does a user pool cost as it grows from 10² to 10⁵ users? Password logins of 8 clients and
 * ListUsers by e-mail of one, at each size. Sizes by USERS=100,1000,10000,100000; all sign up through the API.
 */

const sizes = (process.env['USERS'] ?? '100,1000,10000,100000').split(',').map(Number)
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3)
/** Sign-ups sent to the client's process at a time. */
const piece = 5_000

export async function scaleUsers(): Promise<void> {
  const up = await cloudletUp([])
  const pool = await makePool({ ...up, port: Number(new URL(up.ready.endpoint).port) })
  const rows: Row[] = []
  for (const size of sizes) {
    const signUps: number[] = []
    while (pool.users < size) {
      signUps.push((await addUsers(pool, Math.min(piece, size - pool.users))).perSecond)
      process.stdout.write(`\r${pool.users} users`)
    }
    rows.push(await measured(pool, signUps))
  }
  await up.stop()
  console.log(`\n\n${rounds} rounds, medians:\n`)
  printTable(rows)
  keep('scale-users', { rounds, rows })
}

async function measured(pool: Bench, signUps: readonly number[]): Promise<Row> {
  const logins = []
  const lists = []
  for (let round = 0; round < rounds; round++) {
    const load = { port: pool.port, warmUpMs: round === 0 ? 1_500 : 300, measureMs: 2_000 }
    logins.push(await driveApart({ ...load, requests: spread(pool, login), connections: 8 }))
    lists.push(await driveApart({ ...load, requests: spread(pool, findByEmail), connections: 1 }))
  }
  const { residentMb, ownMb } = memoryMb(pool.process.pid)
  const errors = [...logins, ...lists].find((each) => Object.keys(each.errors).length > 0)?.errors
  return {
    users: pool.users,
    'sign-ups/s': Math.round(median(signUps)),
    'logins/s': Math.round(median(logins.map(({ perSecond }) => perSecond))),
    'login p50 ms': median(logins.map(({ p50Ms }) => p50Ms)).toFixed(2),
    'login p99 ms': median(logins.map(({ p99Ms }) => p99Ms)).toFixed(2),
    'lists/s': Math.round(median(lists.map(({ perSecond }) => perSecond))),
    'list p50 ms': median(lists.map(({ p50Ms }) => p50Ms)).toFixed(2),
    'list p99 ms': median(lists.map(({ p99Ms }) => p99Ms)).toFixed(2),
    'MB resident': Math.round(residentMb),
    'MB own': Math.round(ownMb),
    errors: JSON.stringify(errors ?? {}),
  }
}
