// Starts `cloudlet dynamodb` on a folder and prints the milliseconds until it has answered its first request.
import { spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'

const probe = createServer().listen(0, '127.0.0.1')
await new Promise((resolve) => probe.once('listening', resolve))
const { port } = probe.address()
await new Promise((resolve) => probe.close(resolve))

const startedMs = performance.now()
const child = spawn(
  'node',
  ['cloud/bin/cloudlet.mjs', 'dynamodb', '--port', String(port), '--data', process.argv[2]],
  { stdio: 'ignore' },
)
const body = '{}'
const request =
  `POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-amz-json-1.0\r\n` +
  `x-amz-target: DynamoDB_20120810.ListTables\r\n` +
  `authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=b\r\n` +
  `x-amz-date: 20260101T000000Z\r\n` +
  `content-length: ${body.length}\r\n\r\n${body}`

function attempt() {
  const socket = connect(port, '127.0.0.1')
  socket.on('connect', () => socket.write(request))
  socket.on('data', (chunk) => {
    if (!chunk.toString().startsWith('HTTP/1.1 200')) throw new Error(chunk.toString())
    console.log(performance.now() - startedMs)
    child.kill()
    process.exit(0)
  })
  socket.on('error', () => setTimeout(attempt, 2))
}
attempt()
