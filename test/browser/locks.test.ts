/**
 * Who is locked out of a channel, in a real browser on a hub of its own: an operator locks a till and a customer and lets them in
 * again, the membership's page tells of it, whoever only looks has nothing to press, and revoked keys stand in the list.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, type Visitor } from '../support/browser.ts'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { importFile, person } from '../support/people.ts'
import { actAs, lookThrough, SIX_LOOKS, sectionOf } from '../support/visits.ts'

const CHANNEL = 'pos'
const PAGE = `/partners/${CHANNEL}/locks`
const TILL = 'T0001/01'
const KEY = 'ab'.repeat(32)
const member = person()

let hub: HubOnTrial
let browser: Browser
beforeAll(async () => {
  ;[hub, browser] = await Promise.all([hubOnTrial({ clock: '2026-11-20T11:59:00+07:00' }), launchBrowser()])
  const imported = await hub.api('operator', 'POST', '/api/memberships/import', importFile([member]))
  expect(imported.body).toMatchObject({ accepted: 1 })
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
})

const as = actAs(() => ({ browser, url: hub.url }))
const post = async (call: string, body: object) =>
  expect((await hub.api('operator', 'POST', `/api/partners/${CHANNEL}/${call}`, body)).status).toBe(200)

async function giveReason({ page }: Visitor, title: string, action: string, reason: string) {
  const dialog = page.getByRole('dialog', { name: title, exact: true })
  await dialog.getByRole('button', { name: action, exact: true }).click()
  // Without a reason nothing is sent.
  await dialog.locator('.form-problem').first().waitFor()
  await dialog.getByLabel('Why').fill(reason)
  await dialog.getByRole('button', { name: action, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

test('an operator comes from the partner’s page, locks a till and lets it in again, each with a reason', async () => {
  await as('operator', `/partners/${CHANNEL}`, async (visitor) => {
    const { page } = visitor
    await page.getByRole('link', { name: 'Who is locked out' }).click()
    await page.waitForURL((url) => url.pathname === PAGE)
    await page.getByText('Nobody is locked out here.').waitFor()
    await page.getByText('No key was revoked here.').waitFor()
    const form = sectionOf(visitor, 'Lock somebody out')
    await form.getByLabel('Store and till').fill(TILL)
    await form.getByRole('button', { name: 'Lock', exact: true }).click()
    await giveReason(visitor, `Lock till ${TILL}?`, 'Lock', 'a stolen terminal')
    await form.getByText('Locked. It takes effect within 20 seconds.').waitFor()
    const row = sectionOf(visitor, 'Locks').getByRole('row', { name: /T0001\/01/ })
    await row.getByText('a stolen terminal').waitFor()
    await row.getByText('A person').waitFor()
    await row.getByText('Until unlocked').waitFor()
    await row.getByRole('button', { name: `Unlock: till ${TILL}` }).click()
    await giveReason(visitor, `Unlock till ${TILL}?`, 'Unlock', 'it was found')
    await page.getByText('Unlocked. It takes effect within 20 seconds.').waitFor()
    await page.getByText('Nobody is locked out here.').waitFor()
  })
  expect((await hub.api('viewer', 'GET', `/api/partners/${CHANNEL}/locks`)).body.items).toEqual([])
}, 90_000)

test('a customer is locked for some hours, the membership’s page says so, and lets the member in again', async () => {
  await as('operator', PAGE, async (visitor) => {
    const { page } = visitor
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    const form = sectionOf(visitor, 'Lock somebody out')
    await form.getByLabel('Who is to be locked').selectOption('customer')
    await form.getByLabel('KPJ or NIK').fill('12')
    await form.getByRole('button', { name: 'Lock', exact: true }).click()
    await form.locator('.form-problem').first().waitFor()
    await form.getByLabel('KPJ or NIK').fill(member.nik)
    await form.getByLabel('For how long').selectOption('8')
    await form.getByRole('button', { name: 'Lock', exact: true }).click()
    await giveReason(visitor, 'Lock this customer?', 'Lock', 'asked after by a stranger')
    await sectionOf(visitor, 'Locks').getByText('asked after by a stranger').first().waitFor()
    expect(await page.content()).not.toContain(member.nik)
    expect(asked.filter((url) => url.includes(member.nik))).toEqual([])
  })
  await as('viewer', `/participants/${member.kpj}`, async ({ page }) => {
    const notice = page.getByRole('status').filter({ hasText: /Locked out at Pos Indonesia until \d+ Nov 2026/ })
    await notice.getByText('asked after by a stranger', { exact: false }).waitFor()
    expect(await notice.getByRole('button').count()).toBe(0)
  })
  await as('operator', `/participants/${member.kpj}`, async (visitor) => {
    const { page } = visitor
    const notice = page.getByRole('status').filter({ hasText: 'Locked out at' })
    await notice.getByRole('button', { name: 'Unlock' }).click()
    await giveReason(visitor, 'Unlock Pos Indonesia?', 'Unlock', 'the member called')
    await notice.waitFor({ state: 'detached' })
  })
  expect((await hub.api('viewer', 'GET', `/api/partners/${CHANNEL}/locks`)).body.items).toEqual([])
}, 120_000)

test('whoever only looks sees all and presses nothing; a list that is not to be had says so and is asked for again', async () => {
  await post('locks', { by: 'store', subject: 'T0007', reason: 'tries numbers' })
  await post('revoked-certificates', { publicKeySha256: KEY, reason: 'a laptop was stolen' })
  await as('viewer', PAGE, async (visitor) => {
    const { page } = visitor
    await sectionOf(visitor, 'Locks').getByText('T0007').waitFor()
    const keys = sectionOf(visitor, 'Revoked certificate keys')
    await keys.getByText(KEY).waitFor()
    await keys.getByText('a laptop was stolen').waitFor()
    expect(await page.getByRole('button', { name: /^Unlock/ }).count()).toBe(0)
    expect(await page.getByRole('region', { name: 'Lock somebody out' }).count()).toBe(0)
    await page.getByLabel('Channel', { exact: true }).selectOption('bni')
    await page.waitForURL((url) => url.pathname === '/partners/bni/locks')
    await page.getByText('Nobody is locked out here.').waitFor()
  })
  await as('viewer', '/', async (visitor) => {
    const { page, follow } = visitor
    let isAway = true
    await page.route('**/api/partners/*/locks', (route) =>
      isAway ? route.fulfill({ status: 400, json: { code: 'INVALID_INPUT', detail: 'away' } }) : route.continue(),
    )
    await follow(PAGE)
    const problem = sectionOf(visitor, 'Locks').getByRole('alert')
    await problem.waitFor()
    isAway = false
    await problem.getByRole('button').click()
    await sectionOf(visitor, 'Locks').getByText('T0007').waitFor()
  })
}, 90_000)

test.each(SIX_LOOKS)(
  'the page is whole and without violation in %s, %s, at %i pixels',
  async (theme, language, width) => {
    const at = '2026-11-20T05:00:00.000Z'
    const until = '2026-11-20T12:00:00.000Z'
    const held = { at, until: null, inForce: true, limit: null, reason: 'tries numbers' }
    const limited = { at, until, inForce: true, limit: 'till-unknown-customers', reason: null }
    const items = [
      { ...held, by: 'store', subject: 'T0007' },
      { ...held, by: 'customer', subject: 'AWmu3WjyTz2PW1o9bTzPj24', until, reason: 'asked after by a stranger' },
      { ...held, by: 'key', subject: KEY, reason: 'a laptop was stolen' },
      { ...limited, by: 'till', subject: TILL },
      { ...limited, by: 'till', subject: 'T0001/02', inForce: false },
      { ...limited, by: 'channel', subject: 'empty-reversals', limit: 'empty-reversals' },
    ]
    const locks = [{ channel: 'pos', at, until, reason: 'asked after by a stranger' }]
    await as(
      'operator',
      '/',
      async (visitor) => {
        const { page } = visitor
        await page.route('**/api/partners/*/locks', (route) =>
          route.fulfill({ json: { channel: CHANNEL, items, next: null } }),
        )
        const membership = (await hub.api('viewer', 'GET', `/api/memberships/${member.kpj}`)).body
        await page.route(`**/api/memberships/${member.kpj}`, (route) =>
          route.fulfill({ json: { ...membership, locks } }),
        )
        const pages = [
          ['list', PAGE],
          ['member', `/participants/${member.kpj}`],
        ] as const
        await lookThrough(visitor, pages, (name) => `locks-${name}-${theme}-${language}-${width}`)
      },
      { theme, language, width },
    )
  },
  90_000,
)
