import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { botWorld } from './bot-world.ts'
import type { BotWorld } from './bot-world.ts'

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

// Counted as skipped, with this reason in the name, where the machine has no browser.
const withBrowser = existsSync(CHROMIUM) ? describe : describe.skip

let world: BotWorld
let browser: Browser
let page: Page
const complaints: string[] = []

withBrowser(`the phones in a browser (needs ${CHROMIUM}: apt-get install chromium)`, () => {
  beforeAll(async () => {
    world = await botWorld()
    await world.startBot()
    world.simulator.people.setUp(1, { name: 'Ana' })
    world.simulator.people.setUp(2, { name: 'Bruno', language: 'es' })
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await page.goto(world.apiRoot)
  })
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  const phone = (chat: number): Locator => page.locator(`.phone[data-chat="${chat}"]`)
  const message = (chat: number, text: string | RegExp): Locator =>
    phone(chat).locator('li.bot', { hasText: text })
  async function type(chat: number, text: string): Promise<void> {
    await phone(chat).getByRole('textbox').fill(text)
    await phone(chat).getByRole('button', { name: 'Send', exact: true }).click()
  }

  it('run the whole flow: generate, pair, talk, remember, delete', async () => {
    await type(1, '/generateToken')
    await message(1, /^[0-9a-f-]{36}/).waitFor()
    const token = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(
      (await message(1, /^[0-9a-f-]{36}/)
        .first()
        .textContent()) ?? '',
    )?.[0]
    await phone(1).getByAltText('Photo token.png').waitFor()
    await type(2, `/emparejar ${token}`)
    await message(2, 'Emparejado con Ana').waitFor()
    await type(1, '<img src=x onerror=alert(1)> hello')
    await message(2, 'Ana: <img src=x onerror=alert(1)> hello').waitFor()
    await type(2, 'hola')
    await message(1, 'Bruno: hola').waitFor()
    await type(1, `/rememberToken ${token}`)
    await message(1, 'pairs Ana (1, this chat) with Bruno (2)').waitFor()
    await page.screenshot({ path: process.env['SCREENSHOT'] ?? '/tmp/bot-page.png' })
    await type(2, `/eliminar ${token}`)
    await message(1, 'Bruno has ended the pairing').waitFor()

    expect(complaints).toEqual([])
  })

  it('send photos and voice, edit, reply, react and block', async () => {
    await type(1, '/generateToken')
    const fresh = phone(1).locator('li.bot', { has: page.locator('.keys') })
    await fresh.nth(1).waitFor()
    const token = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec((await fresh.nth(1).textContent()) ?? '')?.[0]
    await type(2, `/start ${token}`)
    await message(1, 'Paired with Bruno').nth(1).waitFor()
    await message(2, 'Emparejado con Ana').nth(1).waitFor()

    await phone(1)
      .locator('input[type=file]')
      .setInputFiles({
        name: 'p.png',
        mimeType: 'image/png',
        buffer: Buffer.from('iVBORw0KGgo', 'base64'),
      })
    await phone(2).getByAltText('Photo p.png').waitFor()
    await phone(2).getByRole('button', { name: 'Record a voice message' }).click()
    await phone(1).locator('li.bot audio').waitFor()
    await type(1, 'helo')
    await message(2, 'Ana: helo').waitFor()
    const own = phone(1).locator('li.me', { hasText: 'helo' })
    await own.hover()
    await own.getByRole('button', { name: 'Edit' }).click()
    await type(1, 'hello there')
    const seen = message(2, 'Ana: hello there')
    await seen.waitFor()
    await seen.hover()
    await seen.getByRole('button', { name: 'React with thumbs up' }).click()
    await phone(1).locator('li.me', { hasText: 'hello there' }).locator('.reactions').waitFor()
    await seen.hover()
    await seen.getByRole('button', { name: 'Reply' }).click()
    await type(2, 'the answer')
    await message(1, 'the answer').locator('.quote', { hasText: 'hello there' }).waitFor()
    await phone(2).getByRole('button', { name: 'Block' }).click()
    await message(1, 'Bruno has blocked or removed me').waitFor()
    await type(2, 'nobody hears')
    await phone(2).getByRole('alert').getByText('The bot is blocked').waitFor()

    expect(complaints.filter((each) => !each.includes('403'))).toEqual([])
  })

  it('show themselves in the dark and on a narrow screen, and add phones', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.getByRole('button', { name: 'Add a phone' }).click()
    await phone(3).waitFor()
    await page.getByRole('button', { name: 'Add a group' }).click()
    await phone(-1).waitFor()
    await page.screenshot({ path: process.env['SCREENSHOT_DARK'] ?? '/tmp/bot-page-dark.png' })
    await page.setViewportSize({ width: 380, height: 800 })

    const sideways = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor')

    expect(sideways).toBeLessThanOrEqual(0)
    expect(ground).toBe('rgb(20, 24, 29)')
  })
})
