import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { botWorld } from './bot-world.ts'
import type { BotWorld } from './bot-world.ts'

let world: BotWorld
beforeAll(async () => {
  world = await botWorld()
  await world.startBot()
})
afterAll(() => world.close())

type Picture = { readonly width: number; readonly height: number; readonly data: Buffer }
type Code = {
  readonly modules: {
    readonly size: number
    readonly get: (row: number, column: number) => number
  }
}

// What the bot draws with, and the reader of the very package that its pictures are written with. Casts: as documented.
const fromBot = createRequire(import.meta.resolve('@cloudlet/telegram-bot'))
const { create } = fromBot('qrcode') as {
  create: (text: string, options: { errorCorrectionLevel: string }) => Code
}
const { PNG } = createRequire(fromBot.resolve('qrcode'))('pngjs') as {
  PNG: { sync: { read: (file: Buffer) => Picture } }
}

/** Modules of white that a QR code needs around it (ISO/IEC 18004, "Quiet zone"). */
const QUIET = 4

/** Rows of modules, dark ones as `#`, with the quiet zone: each read in its middle. */
function modulesOf({ width, height, data }: Picture, across: number): string[] {
  const middle = (at: number, pixels: number): number => Math.floor(((at + 0.5) * pixels) / across)
  const dark = (row: number, column: number): boolean =>
    (data[(middle(row, height) * width + middle(column, width)) * 4] ?? 0) < 128
  return rows(across, dark)
}

const rows = (across: number, dark: (row: number, column: number) => boolean): string[] =>
  Array.from({ length: across }, (_row, row) =>
    Array.from({ length: across }, (_column, column) => (dark(row, column) ? '#' : ' ')).join(''),
  )

it('sends a picture of the token’s deep link, module by module', async () => {
  const ana = world.phone(1, 'Ana')

  ana.says('/generateToken')
  const { text: token } = await ana.gets(/^[0-9a-f-]{36}$/)
  const { file, text: caption } = await ana.gets(({ kind }) => kind === 'photo')
  const answer = await fetch(`${world.apiRoot}${file?.url}`)
  const picture = PNG.sync.read(Buffer.from(await answer.arrayBuffer()))

  const link = `https://t.me/cloudlet_pair_bot?start=${token}`
  const { modules } = create(link, { errorCorrectionLevel: 'M' })
  const across = modules.size + 2 * QUIET
  const expected = rows(across, (row, column) => {
    const [y, x] = [row - QUIET, column - QUIET]
    const within = [y, x].every((each) => each >= 0 && each < modules.size)
    return within && modules.get(y, x) === 1
  })
  expect(caption).toContain(link)
  expect(modulesOf(picture, across)).toEqual(expected)
  expect(expected.join('')).toContain('#')
  expect(picture.width).toBe(picture.height)
  // Enough for a camera: a module is some pixels wide.
  expect(picture.width / across).toBeGreaterThan(5)
})
