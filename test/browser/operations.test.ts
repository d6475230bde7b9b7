/**
 * Operations and agents in a real browser on a hub of its own: the audit chain is verified, calls are counted, a key is rotated
 * step by step as far as the hub can see it, and an agent's report is read and saved.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeSecret } from '../../local/sandbox/secrets.ts'
import { launchBrowser } from '../support/browser.ts'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { importFile, person } from '../support/people.ts'
import { terminalOf } from '../support/terminals.ts'
import { actAs, lookThrough, SIX_LOOKS, sectionOf } from '../support/visits.ts'

const DAY = '2026-11-20'
const CHANNEL = 'brilink'
const AGENT = 'PRS-JBI-001'
/** For what a page finds out by asking again. */
const PATIENCE = { timeout: 60_000 }
const payer = person()

let hub: HubOnTrial
let browser: Browser
beforeAll(async () => {
  ;[hub, browser] = await Promise.all([hubOnTrial({ clock: `${DAY}T11:59:00+07:00` }), launchBrowser()])
  const agent = { code: AGENT, kind: 'office', name: 'Kantor Perisai Jambi', regionCode: '15.71', outlets: [] }
  expect((await hub.api('operator', 'POST', '/api/agents', agent)).status).toBe(201)
  const imported = await hub.api('operator', 'POST', `/api/memberships/import?agent=${AGENT}`, importFile([payer]))
  expect(imported.body).toMatchObject({ accepted: 1 })
  const terminal = terminalOf(hub, CHANNEL)
  expect((await terminal.pay({ id: 'O-1', customer: payer.kpj, months: 1, amount: 8_400 })).code).toBe(
    terminal.codes.ok,
  )
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
})

const as = actAs(() => ({ browser, url: hub.url }))

test('calls of partners and events of functions are counted, and who cannot count says so', async () => {
  await as('viewer', '/operations', async (visitor) => {
    const { page } = visitor
    const partner = page.getByRole('table', { name: 'Partners today' }).getByRole('row', { name: /BRILink/ })
    expect(await partner.getByRole('cell').nth(1).textContent()).toContain('20 Nov 2026')
    expect(await partner.getByRole('cell').nth(2).textContent()).toMatch(/^[1-9]/)
    const functions = page.getByRole('grid', { name: 'Functions in the last 24 hours' })
    await functions
      .or(page.getByRole('table', { name: 'Functions in the last 24 hours' }))
      .first()
      .waitFor()
    await page.getByText(`hub-answer-channel-${CHANNEL}`, { exact: true }).waitFor()
  })
  await as('viewer', '/', async (visitor) => {
    const { page, follow } = visitor
    const asOf = '2026-11-20T05:00:00.000Z'
    const silent = { channel: CHANNEL, lastPaymentAt: null, figures: null }
    await page.route('**/api/functions', (route) => route.fulfill({ json: { asOf, measured: null, items: [] } }))
    await page.route('**/api/partners', (route) => route.fulfill({ json: { asOf, measured: null, items: [silent] } }))
    await follow('/operations')
    await page.getByText('There are no figures now: the metrics do not answer.', { exact: false }).waitFor()
    await page.getByText('Counts of calls are not to be had now', { exact: false }).waitFor()
    await page.getByRole('cell', { name: 'none today or yesterday' }).waitFor()
  })
}, 60_000)

test('the audit chain is verified now by whoever operates, and says in words what is wrong with it', async () => {
  await as('operator', '/operations', async (visitor) => {
    const chain = sectionOf(visitor, 'Audit chain')
    await chain.getByText('Not verified yet', { exact: true }).waitFor()
    await chain.getByRole('button', { name: 'Verify now' }).click()
    await chain.getByText('Verified just now: Whole.').waitFor({ timeout: 60_000 })
    expect(await chain.getByText('Signed anchors').count()).toBe(1)
  })
  await as('viewer', '/', async (visitor) => {
    const { page, follow } = visitor
    const json = (await hub.api('viewer', 'GET', '/api/audit-chain')).body
    expect(json).toMatchObject({ verdict: 'whole', broken: null })
    expect(json.verified.entries).toBeGreaterThan(0)
    const broken = { ...json, verdict: 'broken', broken: { sequence: 7, code: 'ANCHOR_DIFFERS' } }
    await page.route('**/api/audit-chain', (route) => route.fulfill({ json: broken }))
    await follow('/operations')
    const chain = sectionOf(visitor, 'Audit chain')
    await chain.getByText('Broken at entry 7').waitFor()
    await chain.getByText('The chain was written anew: a signed anchor names another entry.').waitFor()
    expect(await chain.getByRole('button', { name: 'Verify now' }).count()).toBe(0)
  })
  expect((await hub.api('viewer', 'POST', '/api/audits?subject=chain')).status).toBe(403)
}, 120_000)

test('a key is rotated step by step, and no step goes further than the secret', async () => {
  const file = path.join(hub.dataDir, 'secrets', `${CHANNEL}.json`)
  const rewrite = () => writeSecret(file, JSON.parse(readFileSync(file, 'utf8')))
  const inMinutes = (minutes: number) => hub.moveTo(new Date(hub.now() + minutes * 60_000).toISOString())
  await as('operator', '/operations', async (visitor) => {
    const { page } = visitor
    const guide = sectionOf(visitor, 'Rotate a partner’s key')
    await guide.getByLabel('Key', { exact: true }).selectOption(`${CHANNEL} message-keys`)
    await guide.getByLabel('In use since').fill('2026-01-05')
    await guide.getByLabel('Last day (empty: none agreed)', { exact: true }).fill('2026-12-31')
    await guide.getByRole('button', { name: 'Record', exact: true }).click()
    await page.getByText('A key ends soon or has ended: BRILink, message keys.', { exact: false }).waitFor()
    await guide.getByLabel('New key meant from').fill(DAY)
    await guide.getByRole('button', { name: 'Begin the rotation' }).click()
    await guide.getByText('That was before this step: it is still to be done.').waitFor()
    await rewrite()
    await guide.getByText('Functions read it again within six minutes', { exact: false }).waitFor(PATIENCE)
    expect(await guide.getByRole('button', { name: 'The partner has switched' }).isDisabled()).toBe(true)
    await inMinutes(11)
    await guide.getByText('Every function knows both keys: the partner may switch.').waitFor(PATIENCE)
    await guide.getByRole('button', { name: 'The partner has switched' }).click()
    const finish = guide.getByRole('button', { name: 'Finish: the new key is in force' })
    await finish.waitFor()
    expect(await finish.isDisabled()).toBe(true)
    await rewrite()
    await finish.click(PATIENCE)
    await guide.getByRole('button', { name: 'Begin the rotation' }).waitFor()
    const row = page.getByRole('table', { name: 'Partners’ keys' }).getByRole('row', { name: /BRILink Message keys/ })
    await row.getByText('In force', { exact: true }).waitFor()
    // Nothing of the secret is in any answer.
    const secret = readFileSync(file, 'utf8')
    const shown = JSON.stringify((await hub.api('admin', 'GET', '/api/partner-keys')).body)
    for (const word of secret.match(/[\w+/=-]{16,}/g) ?? []) expect(shown).not.toContain(word)
  })
}, 180_000)

test('an agent’s report is found, read and saved, and one of a part is not to be saved', async () => {
  await as('viewer', '/agents', async (visitor) => {
    const { page } = visitor
    await page.getByRole('link', { name: AGENT }).click()
    await page.getByRole('heading', { name: `Kantor Perisai Jambi (${AGENT})` }).waitFor()
    await page.locator('.figure', { hasText: 'Contributions' }).getByText('Rp8,400').waitFor()
    await page.locator('.figure', { hasText: 'Commission' }).getByText('Rp630').first().waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as CSV' }).click(),
    ])
    expect(file.suggestedFilename()).toBe(`agent-${AGENT}.csv`)
    expect(readFileSync(await file.path(), 'utf8')).toContain('2026-11,')
    await page.getByLabel('To month').fill('2026-10')
    await page.waitForURL((url) => url.search === '?to=2026-10')
    await page.locator('.figure', { hasText: 'Contributions' }).getByText('Rp0').waitFor()
    const part = (await hub.api('viewer', 'GET', `/api/agents/${AGENT}/report`)).body
    await page.route('**/report*', (route) => route.fulfill({ json: { ...part, isWhole: false, lookedAt: 5_000 } }))
    await page.getByLabel('From month').fill('2026-09')
    await page.getByText('This agent has more than 5,000 members.', { exact: false }).waitFor()
    expect(await page.getByRole('button', { name: 'Save as CSV' }).count()).toBe(0)
  })
}, 60_000)

test.each(SIX_LOOKS)(
  'the pages are whole and without violation in %s, %s, at %i pixels',
  async (theme, language, width) => {
    await as(
      'operator',
      '/',
      async (visitor) => {
        const pages = [
          ['operations', '/operations'],
          ['agents', '/agents'],
          ['agent', `/agents/${AGENT}`],
        ] as const
        await lookThrough(visitor, pages, (name) => `operations-${name}-${theme}-${language}-${width}`)
      },
      { theme, language, width },
    )
  },
  90_000,
)
