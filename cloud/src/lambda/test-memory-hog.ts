/** One cloud of its own for a function that fills its memory: run by memory.test.ts, `node … <the handler's body>`. */
import { startLambda } from './test-lambda.ts'

const [, , body = ''] = process.argv
const { lambda, deploy, lines } = startLambda({ realTime: true })
deploy(`exports.handler = async () => { ${body} }`, { timeoutMs: 120_000 })
deploy('exports.handler = async () => "well"', { name: 'other' })
await lambda.invoke('other', '{}')

const hogged = { isOver: false }
let others = 0
const hog = lambda.invoke('fn', '{}').finally(() => {
  hogged.isOver = true
})
while (!hogged.isOver) {
  // oxlint-disable-next-line no-await-in-loop -- one after the other, as long as the hog runs
  const { payload } = await lambda.invoke('other', '{}')
  if (payload === '"well"') others++
}
const answer = await hog
const after = await lambda.invoke('other', '{}')
const report = lines().find((line) => /^REPORT .*Error Type/.test(line))
process.stdout.write(`${JSON.stringify({ answer, others, after: after.payload, report })}\n`)
