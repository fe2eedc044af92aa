import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startProcess, type RunningCloud } from '../chaos/running-cloud.ts'
import { inlineFunction } from '../deployed-cloud.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloudlet-hog-'))
const quiet = ['quiet-1', 'quiet-2', 'quiet-3', 'quiet-4']
let cloud: RunningCloud
let client: LambdaClient

beforeAll(async () => {
  const template = join(folder, 'functions.json')
  const slow = 'exports.handler = () => new Promise((go) => setTimeout(go, 400, "well"))'
  const hog = `exports.handler = async () => {
    const hog = []
    for (let n = 0; ; n++) {
      hog.push(new Array(2 ** 18).fill(n))
      if (n % 4 === 0) await new Promise((go) => setTimeout(go, 5))
    }
  }`
  // Its thread stands still and answers nothing, as one does that gets no processor on a busy machine.
  const still = `exports.handler = async () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5000)
    return 'well'
  }`
  const large = `exports.handler = async () => {
    const all = []
    for (let n = 0; n < 60; n++) {
      all.push(Buffer.alloc(1e7, 1))
      await new Promise((go) => setTimeout(go, 50))
    }
    return 'well'
  }`
  const Resources = Object.fromEntries([
    ...quiet.map((name, at) => [`Quiet${at}`, inlineFunction(slow, { FunctionName: name })]),
    ['Still', inlineFunction(still, { FunctionName: 'still', MemorySize: 128, Timeout: 30 })],
    ['Large', inlineFunction(large, { FunctionName: 'large', MemorySize: 2048, Timeout: 30 })],
    ['Hog', inlineFunction(hog, { FunctionName: 'hog', MemorySize: 128, Timeout: 30 })],
  ])
  writeFileSync(template, JSON.stringify({ Resources }))
  cloud = await startProcess(join(folder, 'data'), ['--template', template])
  client = new LambdaClient({
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
}, 60_000)
afterAll(async () => {
  client.destroy()
  await cloud.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function invoke(name: string): Promise<string> {
  const { Payload } = await client.send(new InvokeCommand({ FunctionName: name }))
  return Payload?.transformToString() ?? ''
}

it('ends the function that takes too much memory, time and again, and none beside it', async () => {
  const rounds: { hog: string; beside: readonly string[] }[] = []
  for (let round = 0; round < 4; round++) {
    const [hog = '', ...beside] = await Promise.all(['hog', ...quiet].map(invoke))
    rounds.push({ hog, beside })
  }

  for (const { hog, beside } of rounds) {
    expect(hog).toContain('Runtime.OutOfMemory')
    expect(beside).toEqual(quiet.map(() => '"well"'))
  }
}, 60_000)

it('ends no function because it is silent while another grows within its own size', async () => {
  expect(await Promise.all(['still', 'large'].map(invoke))).toEqual(['"well"', '"well"'])
}, 60_000)
