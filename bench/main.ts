import { benches } from './benches.ts'
import { watchMachine } from './report/run.ts'
import { views } from './report/views.ts'
import { writeReports } from './report/write-reports.ts'

/** Names for several at once. */
const groups: Readonly<Record<string, readonly string[]>> = {
  scale: ['items', 'scale-clients', 'scale-functions', 'scale-users'],
  all: Object.keys(benches),
}

function help(): string {
  const width = Math.max(...Object.keys(views).map((name) => name.length)) + 2
  return `npm run bench -- NAME…     measures, prints tables, keeps them in bench/results; without a name all, an hour
npm run bench -- report    draws charts, page and README anew from bench/results

${Object.entries(views)
  .map(([name, { title, takes }]) => `${name.padEnd(width)}${title} (${takes})`)
  .join('\n')}

${Object.entries(groups)
  .map(([name, members]) => `${name.padEnd(width)}${members.join(', ')}`)
  .join('\n')}

BENCH_ROUNDS=N repeats more or less often where a bench has rounds; BENCH_KEEP=no keeps nothing.
Peers are installed into bench/peers when a bench first needs them; DynamoDB Local needs Java 17.`
}

/** The share of idle time from which on a machine is quiet. */
const quietShare = 0.9

/** Waits some seconds for a quiet machine: what the bench before has started may still be ending. */
async function quiet(): Promise<number> {
  let idle = await watchMachine()
  for (let attempt = 0; idle < quietShare && attempt < 5; attempt++) idle = await watchMachine()
  return idle
}

async function main(words: readonly string[]): Promise<number> {
  if (words.some((word) => /^(--?)?h(elp)?$/.test(word))) {
    console.log(help())
    return 0
  }
  const named = words.length === 0 ? ['all'] : words
  const wanted = named.flatMap((word) => groups[word] ?? [word])
  const unknown = wanted.filter((name) => name !== 'report' && !Object.hasOwn(benches, name))
  if (unknown.length > 0) {
    console.error(`No bench ${unknown.join(', ')}.\n\n${help()}`)
    return 2
  }
  for (const [name, bench] of Object.entries(benches)) {
    if (!wanted.includes(name)) continue
    console.log(`\n${views[name]?.title ?? name} (${views[name]?.takes ?? 'some minutes'})`)
    const idle = await quiet()
    if (idle < quietShare) {
      console.log(`The machine is busy (${Math.round(idle * 100)} % idle): figures will be low.`)
    }
    await bench()
  }
  if (wanted.includes('report')) writeReports()
  return 0
}

process.exit(await main(process.argv.slice(2)))
