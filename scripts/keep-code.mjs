// keep-code.mjs FILE: keeps V8's code of the engine's bundle beside it, with all that a start and a first answer run.
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checksum, codeFile, compiled, run } from '../cloud/bin/compiled.mjs'

const [file] = process.argv.slice(2)
rmSync(codeFile(file), { force: true })
const folder = mkdtempSync(join(tmpdir(), 'cloudlet-code-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const port = await freePort()
const script = compiled(file)
run(script, file).serveAtOnce(['--port', String(port), '--data', join(folder, 'data')])
await answered()
const code = script.createCachedData()
const head = Buffer.alloc(4)
head.writeUInt32LE(checksum(readFileSync(file), code))
const draft = `${codeFile(file)}.${process.pid}`
writeFileSync(draft, Buffer.concat([head, code]))
renameSync(draft, codeFile(file))
process.exit()

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return port
}

async function answered() {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'DynamoDB_20120810.ListTables',
    authorization:
      'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=b',
    'x-amz-date': '20260101T000000Z',
  }
  const send = () => fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: '{}' })
  let answer
  for (let attempt = 1; answer === undefined; attempt++) {
    answer = await send().catch(async (error) => {
      if (attempt === 500) throw error
      await new Promise((resolve) => setTimeout(resolve, 10))
      return undefined
    })
  }
  if (answer.status !== 200) throw new Error(`The engine answered with ${answer.status}`)
}
