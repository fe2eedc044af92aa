import { createDynamoDB } from '../../cloud/src/stack/dynamodb.ts'
import { dynamodbLocal } from '../../bench/peers.ts'
import { commandLine } from '../../scripts/command-line.ts'
import { ask, type Answer } from './answers.ts'
import { expressionScenes } from './corpus/expressions.ts'
import { partiqlScene } from './corpus/partiql.ts'
import { readScenes } from './corpus/reads.ts'
import { requestScenes } from './corpus/requests.ts'
import { valueScenes } from './corpus/values.ts'
import { knownDifferences } from './known-differences.ts'
import { request, type Case, type Scene } from './scene.ts'

const USAGE = `npm run differential

The same requests to this engine and to Amazon's DynamoDB Local (installed under bench/peers on the first run; needs
Java 17). Fails on a difference that known-differences.ts does not explain.
`
commandLine(USAGE, {})

const scenes: readonly Scene[] = [
  ...expressionScenes,
  ...valueScenes,
  ...readScenes,
  ...requestScenes,
  partiqlScene,
]

type Difference = {
  scene: string
  request: Case
  own: Answer
  local: Answer
  reason: string | undefined
}

async function runScene(
  scene: Scene,
  ports: { own: number; local: number },
): Promise<Difference[]> {
  const differences: Difference[] = []
  for (const each of scene.cases) {
    const own = await ask(ports.own, each)
    const local = await ask(ports.local, each)
    if (own.text === local.text && own.status === local.status) continue
    const known = knownDifferences.find(({ holds }) => holds(each, own, local))
    differences.push({ scene: scene.name, request: each, own, local, reason: known?.reason })
  }
  for (const port of [ports.own, ports.local]) {
    for (const TableName of ['things', 'Music', 'abc', 'wrong']) {
      await ask(port, request('DeleteTable', { TableName }))
    }
  }
  return differences
}

const engine = createDynamoDB()
const { port } = await engine.listen({ port: 0 })
const local = await dynamodbLocal()
try {
  const differences: Difference[] = []
  for (const scene of scenes) {
    differences.push(...(await runScene(scene, { own: port, local: local.port })))
  }
  const requests = scenes.reduce((sum, { cases }) => sum + cases.length, 0)
  const unexplained = differences.filter(({ reason }) => reason === undefined)
  for (const { scene, request: sent, own, local: other } of unexplained) {
    console.log(`${scene}: ${sent.operation} ${JSON.stringify(sent.input).slice(0, 400)}`)
    console.log(`  here:  ${own.status} ${own.text.slice(0, 500)}`)
    console.log(`  Local: ${other.status} ${other.text.slice(0, 500)}`)
  }
  console.log(
    `${requests} requests: ${requests - differences.length} answered alike, ` +
      `${differences.length - unexplained.length} differences explained, ${unexplained.length} not.`,
  )
  process.exitCode = unexplained.length > 0 ? 1 : 0
} finally {
  await local.stop()
  await engine.close()
}
