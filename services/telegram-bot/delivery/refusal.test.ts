import { HttpError } from 'grammy'
import { expect, it } from 'vitest'
import { platformFetch } from '../telegram/platform-fetch.ts'
import { telegramApi } from '../telegram/telegram-api.ts'
import { refusalOf } from './refusal.ts'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

const TOKEN = '123:abcdefgh'

/** What a call to a server comes to that closes each connection once it has read something. */
async function refusalAt(apiRoot: string) {
  const error: unknown = await telegramApi({ token: TOKEN, apiRoot })
    .sendMessage(1, 'hello')
    .catch((thrown: unknown) => thrown)
  return refusalOf(error)
}

it('knows that a call was not made where nobody listens', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))

  expect(await refusalAt(`http://127.0.0.1:${port}`)).toMatchObject({ code: 0, unsure: false })
})

it('does not know it where the connection ends without an answer', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const refusal = await refusalAt(`http://127.0.0.1:${port}`)
  await new Promise((resolve) => server.close(resolve))

  expect(refusal).toMatchObject({ code: 0, unsure: true })
})

it.each([
  ['{"ok":false,"error_code":500,"description":"Internal Server Error"}', 500, false],
  ['{"ok":false,"error_code":502,"description":"Bad Gateway"}', 502, true],
  ['<html>502 Bad Gateway</html>', 0, true],
])('of the answer %s it makes code %i, unsure %s', async (body, code, unsure) => {
  const head = `HTTP/1.1 502 Bad Gateway\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`
  const server = createServer((socket) => socket.once('data', () => socket.end(head + body)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const refusal = await refusalAt(`http://127.0.0.1:${port}`)
  await new Promise((resolve) => server.close(resolve))

  expect(refusal).toMatchObject({ code, unsure })
})

it('makes nothing of errors of our own', async () => {
  const failure = await platformFetch('no address').catch((error: unknown) => error)

  expect(refusalOf(new Error('a bug'))).toBeUndefined()
  expect(refusalOf(new HttpError('Network request failed', failure as Error))).toMatchObject({
    description: 'Telegram does not answer',
  })
})
