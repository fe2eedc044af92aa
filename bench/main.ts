import { cognito } from './cognito.ts'
import { dynamodb } from './dynamodb.ts'
import { foundation } from './foundation.ts'
import { items } from './items.ts'
import { headroom } from './headroom.ts'
import { load } from './load.ts'
import { sdk } from './sdk.ts'
import { visibility } from './visibility.ts'

/** The one list of benches: a file a question. */
const benches: Readonly<Record<string, () => Promise<void>>> = {
  foundation,
  visibility,
  dynamodb,
  sdk,
  items,
  load,
  headroom,
  cognito,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => benches[name] === undefined)
if (unknown.length > 0) {
  console.error(`No bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length === 0 || wanted.includes(name)) await bench()
}
process.exit(0)
