/**
 * Overview, operations and a partner's call, in a real browser on a hub of its own: a payment moves the figures without a reload,
 * every figure leads to its lines, nothing on the way scans, and a call of a partner is solved by the id it names.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, signIn, untilLoaded, violationsOf, visit } from '../support/browser.ts'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { person, register } from '../support/people.ts'
import { terminalOf } from '../support/terminals.ts'

const DAY = '2026-11-20'
const CHANNEL = 'brilink'
const SHOTS = path.join(import.meta.dirname, 'screenshots')
const payer = person()

let hub: HubOnTrial
let browser: Browser
beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  ;[hub, browser] = await Promise.all([hubOnTrial({ clock: `${DAY}T11:59:00+07:00` }), launchBrowser()])
  await register(hub, payer)
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
})

const pay = (id: string, months = 1) =>
  terminalOf(hub, CHANNEL).pay({ id, customer: payer.kpj, months, amount: months * 8_400 })

test('a payment moves the figures and the chart without a reload, and no list of all memberships is asked for', async () => {
  const visitor = await visit(browser)
  const { page } = visitor
  try {
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await signIn(visitor, hub.url, 'viewer')
    await untilLoaded(visitor)
    expect((await pay('B-1')).code).toBe(terminalOf(hub, CHANNEL).codes.ok)
    await page.locator('.figure', { hasText: 'Taken today' }).getByText('Rp8,400').waitFor({ timeout: 20_000 })
    await page.locator('.figure', { hasText: 'Active memberships' }).getByText('1', { exact: true }).waitFor()
    await page
      .locator('.figure', { hasText: 'From payment to active' })
      .getByText(/^[\d.]+ s$/)
      .waitFor()
    await page.getByRole('img', { name: 'The last 24 hours' }).waitFor()
    await page.getByText('Show as a table').click()
    await page.getByRole('group', { name: 'The last 24 hours' }).getByText('Rp8,400').waitFor()
    expect(asked.filter((each) => /lapses|differences|queues/.test(each))).toEqual([])
    expect(visitor.complaints()).toEqual([])
  } finally {
    await visitor.context.close()
  }
}, 60_000)

test('each figure leads to what stands behind it', async () => {
  const visitor = await visit(browser)
  const { page } = visitor
  try {
    await signIn(visitor, hub.url, 'viewer')
    const leads = [
      ['Active memberships', '/coverage'],
      ['Lapsing within 7 days', '/lapses?days=7'],
      ['Open differences', '/differences'],
      ['Owed by channels', '/settlement'],
      ['From payment to active', '/operations'],
      ['Not identified or in suspense', '/suspense'],
    ] as const
    for (const [figure, address] of leads) {
      await visitor.follow('/')
      await page.locator('.figure', { hasText: figure }).click()
      await page.waitForURL((url) => url.pathname + url.search === address)
    }
    await visitor.follow('/')
    await page.getByRole('table').getByRole('link', { name: 'BRILink' }).first().click()
    await page.waitForURL((url) => url.pathname === `/partners/${CHANNEL}`)
  } finally {
    await visitor.context.close()
  }
}, 60_000)

test('a partner’s call is solved by its payment id: decided, recorded, folded, not yet settled; an unknown id says so', async () => {
  const visitor = await visit(browser)
  const { page } = visitor
  try {
    await signIn(visitor, hub.url, 'support', `/partners/${CHANNEL}`)
    await page.getByRole('link', { name: 'B-1' }).click()
    await page.getByText('Counts this payment').waitFor()
    await page.getByText('No settlement file has named it yet').waitFor()
    expect(new URL(page.url()).search).toBe('?payment=B-1')
    await page.getByLabel('Payment id of the channel').fill('NOBODY')
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByRole('alert').waitFor()
    expect(visitor.complaints()).toEqual([])
  } finally {
    await visitor.context.close()
  }
}, 60_000)

test('operations moves the laptop’s clock, and a viewer is shown neither it nor the rotation of keys', async () => {
  const visitor = await visit(browser)
  const { page } = visitor
  try {
    await signIn(visitor, hub.url, 'operator', '/operations')
    await page.getByRole('heading', { name: 'Rotate a partner’s key' }).waitFor()
    await page.getByRole('button', { name: 'Wait until quiet' }).click()
    await page.getByText('All is quiet.').waitFor({ timeout: 60_000 })
    await page.getByRole('cell', { name: 'BRILink' }).first().waitFor()
    await page.getByLabel('Fault').selectOption('throttle')
    await page.getByRole('button', { name: 'Inject ten' }).click()
    await page.getByText('Up to ten calls will meet this fault.').waitFor()
    await page.getByRole('button', { name: 'No more faults' }).click()
    await page.getByText('No fault is armed.').waitFor()
  } finally {
    await visitor.context.close()
  }
  const viewer = await visit(browser)
  try {
    await signIn(viewer, hub.url, 'viewer', '/operations')
    await untilLoaded(viewer)
    await viewer.page.getByRole('heading', { name: 'Partners today' }).waitFor()
    expect(await viewer.page.getByRole('heading', { name: 'Rotate a partner’s key' }).count()).toBe(0)
    expect(await viewer.page.getByRole('heading', { name: 'This laptop' }).count()).toBe(0)
  } finally {
    await viewer.context.close()
  }
}, 120_000)

test('operations says why messages were put aside, and when each schedule last ran; coverage shows its months', async () => {
  const visitor = await visit(browser)
  const { page } = visitor
  try {
    const queue = { name: 'notice', visible: 0, inFlight: 0, delayed: 0, deadLetters: 2 }
    await page.route('**/api/queues', (route) => route.fulfill({ json: [queue] }))
    await page.route('**/api/queues/notice/dead-letters', (route) =>
      route.fulfill({
        json: {
          items: [
            { messageId: 'a', code: null, reason: null, sentAt: '2026-11-20T01:00:00.000Z' },
            { messageId: 'b', code: 'UNREADABLE', reason: 'expected a body', sentAt: '2026-11-20T02:00:00.000Z' },
          ],
        },
      }),
    )
    await page.route('**/api/coverage/trend*', (route) =>
      route.fulfill({
        json: { by: 'province', days: ['2026-09-30', '2026-10-31', '2026-11-20'], covered: [10, 20, 40], groups: [] },
      }),
    )
    await signIn(visitor, hub.url, 'viewer', '/operations')
    await page.getByRole('button', { name: 'Why messages of notice were put aside' }).click()
    await page.getByRole('cell', { name: 'It failed too often' }).waitFor()
    await page.getByRole('cell', { name: 'UNREADABLE' }).waitFor()
    expect(await page.getByRole('button', { name: 'Put back' }).count()).toBe(0)
    const schedules = page.getByRole('table', { name: 'Schedules' })
    await schedules.getByText('Nightly sweep, 00:10 WIB').waitFor()
    expect(await schedules.getByRole('row').count()).toBe(8)
    expect(await violationsOf(visitor)).toEqual([])
    await visitor.follow('/coverage')
    await page.getByRole('img', { name: 'Covered, month by month: from 10 to 40' }).waitFor()
    await page.getByText('Show as a table').click()
    await page.getByRole('cell', { name: '20', exact: true }).waitFor()
    expect(visitor.complaints()).toEqual([])
  } finally {
    await visitor.context.close()
  }
}, 60_000)

test.each([
  ['light', 360],
  ['light', 1280],
  ['dark', 768],
  ['dark', 1280],
] as const)(
  'the pages are whole and without violation in %s at %i pixels',
  async (theme, width) => {
    const visitor = await visit(browser, { theme, width, language: theme === 'dark' ? 'en' : 'id' })
    const { page } = visitor
    try {
      await signIn(visitor, hub.url, 'operator')
      for (const [name, address] of [
        ['overview', '/'],
        ['operations', '/operations'],
        ['partner', `/partners/${CHANNEL}?payment=B-1`],
      ] as const) {
        await visitor.follow(address)
        await page.waitForURL((url) => url.pathname + url.search === address)
        await untilLoaded(visitor)
        const tooWide = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        )
        expect([name, tooWide]).toEqual([name, 0])
        expect([name, await violationsOf(visitor)]).toEqual([name, []])
        await page.screenshot({ path: path.join(SHOTS, `watch-${name}-${theme}-${width}.png`), fullPage: true })
      }
      expect(visitor.complaints()).toEqual([])
    } finally {
      await visitor.context.close()
    }
  },
  90_000,
)
