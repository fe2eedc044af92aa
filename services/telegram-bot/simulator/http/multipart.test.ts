import { expect, it } from 'vitest'
import { readMultipart } from './multipart.ts'

const TYPE = 'multipart/form-data; boundary=xyz'

it('reads fields and files, whatever spaces and quotes a client leaves out', () => {
  const body = Buffer.from(
    '--xyz\r\ncontent-disposition:form-data;name="chat_id"\r\n\r\n1\r\n' +
      '--xyz\r\nContent-Disposition: form-data; name="f"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\r\n--x\r\n' +
      '--xyz\r\ncontent-disposition:form-data;name="g";filename=b.bin\r\n\r\nB\r\n--xyz--\r\n',
  )

  expect(
    readMultipart(TYPE, body)?.map(({ name, file, type, content }) => [
      name,
      file,
      type,
      String(content),
    ]),
  ).toEqual([
    ['chat_id', undefined, undefined, '1'],
    ['f', 'a.png', 'image/png', '\r\n--x'],
    ['g', 'b.bin', undefined, 'B'],
  ])
})

it.each(['', 'nonsense', '--xyz\r\n', '--xyz\r\nx\r\n\r\ny\r\n--xyz'])('refuses %j', (body) => {
  expect(readMultipart(TYPE, Buffer.from(body))).toBeUndefined()
})
