// The bare limit: node:http that answers GETs with a few bytes and POSTs with 1 KB, and does nothing else.
import { createServer } from 'node:http'

const small = Buffer.from('{"message":"hello"}')
const large = Buffer.alloc(1024, 97)
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': small.length })
    response.end(small)
    return
  }
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': large.length })
    response.end(large)
  })
})
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => console.log(server.address().port))
