/**
 * The dashboard as people use it, in a real browser on a hub of its own: who sees what, a payment that appears by itself, a
 * difference that two people settle, an answer about cover, and what is shown when the API is slow or gone.
 */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LOOKS, launchBrowser, signIn, untilLoaded, type Visitor, violationsOf, visit } from '../support/browser.ts'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { person, register } from '../support/people.ts'
import { camt053, type PartnerRow, settlementFiles } from '../support/settlement-files.ts'
import { terminalOf } from '../support/terminals.ts'

const DAY = '2026-11-20'
const MONTH = 8_400
const FEE = 1_500
const CHANNEL = 'brilink'
const farmer = person()
/** What was paid at the counter so far, and stands in its file. */
const paidThere: { readonly id: string; readonly customer: string }[] = []
const STATEMENT = `/settlement/${CHANNEL}/${DAY}`

let hub: HubOnTrial
let browser: Browser
beforeAll(async () => {
  ;[hub, browser] = await Promise.all([hubOnTrial({ clock: `${DAY}T11:59:00+07:00` }), launchBrowser()])
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
})

/** What one person does; whatever the pages complained of fails the test. */
async function as(role: Parameters<typeof signIn>[2], path: string, work: (visitor: Visitor) => Promise<void>) {
  const visitor = await visit(browser)
  try {
    await signIn(visitor, hub.url, role, path)
    await untilLoaded(visitor)
    await work(visitor)
    expect(visitor.complaints()).toEqual([])
  } finally {
    await visitor.context.close()
  }
}

describe('who signs in sees what they may do', () => {
  test.each([
    ['viewer', false, false],
    ['support', false, false],
    ['operator', true, false],
    ['approver', true, true],
    ['admin', true, true],
  ] as const)('%s', async (role, operates, approves) => {
    await as(role, STATEMENT, async ({ page, follow }) => {
      const count = (text: string) => page.getByText(text, { exact: true }).count()
      expect(await count('Upload the settlement file')).toBe(operates ? 1 : 0)
      expect(await page.getByRole('link', { name: 'Rule simulation' }).count()).toBe(operates ? 1 : 0)
      await follow('/rules')
      await page
        .getByRole('heading', { name: operates ? 'Rule simulation' : 'Your role does not allow this page' })
        .waitFor()
      // What is not shown is refused all the same.
      const put = await hub.api(role, 'PUT', `/api/settlements/${CHANNEL}/${DAY}/file`, 'no file')
      expect(put.status).toBe(operates ? 422 : 403)
      const approval = await hub.api(role, 'POST', '/api/differences/none/approval', { decision: 'approve' })
      expect(approval.status).toBe(approves ? 404 : 403)
      // Tokens are in the page's memory alone.
      const stored = JSON.stringify(
        await page.evaluate('[{ ...localStorage }, { ...sessionStorage }, document.cookie]'),
      )
      expect(stored).not.toMatch(/eyJ|token/i)
    })
  })

  test('a reload comes back to the same page, and signing out ends it in every tab', async () => {
    await as('viewer', '/coverage?by=sector', async ({ page, context }) => {
      await page.reload()
      await page.getByRole('heading', { name: 'Coverage' }).waitFor()
      expect(page.url()).toContain('/coverage?by=sector')
      const other = await context.newPage()
      await other.goto(`${hub.url}/`)
      await other.locator('.welcome .button.primary').click()
      await other.locator('.shell').waitFor()
      await page.getByRole('button', { name: /Account and settings/ }).click()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.locator('.welcome').waitFor()
      await other.getByText('You are signed out.').waitFor()
      // The session at the sign-in is over, too: it asks who one is.
      await page.locator('.welcome .button.primary').click()
      await page.locator('button[value="viewer"]').waitFor()
    })
  })
})

test('a script gets its token by the browser, too', async () => {
  const script = spawn(process.execPath, ['tools/sign-in.ts'], {
    env: { ...process.env, HUB_URL: hub.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { page, context } = await visit(browser)
  try {
    let said = ''
    const address = await new Promise<string>((resolve) =>
      script.stderr.on('data', (chunk: Buffer) => {
        said += chunk
        const found = /^http\S+$/m.exec(said)?.[0]
        if (found !== undefined && said.endsWith('\n')) resolve(found)
      }),
    )
    let token = ''
    script.stdout.on('data', (chunk: Buffer) => {
      token += chunk
    })
    await page.goto(address)
    await page.locator('button[value="operator"]').click()
    await page.getByText('Signed in.').waitFor()
    await new Promise((resolve) => script.once('close', resolve))
    const headers = { authorization: `Bearer ${token.trim()}` }
    expect((await fetch(`${hub.url}/api/queues`, { headers })).status).toBe(200)
  } finally {
    script.kill()
    await context.close()
  }
}, 30_000)

test('a payment at a counter appears without a reload, and filters and language stay with the address and the browser', async () => {
  await register(hub, farmer)
  await as('viewer', `/participants/${farmer.kpj}`, async (visitor) => {
    const { page } = visitor
    await page.getByText('No payment yet').first().waitFor()
    const paid = await terminalOf(hub, CHANNEL).pay({ id: 'B-1', customer: farmer.kpj, months: 1, amount: MONTH })
    expect(paid.code).toBe(terminalOf(hub, CHANNEL).codes.ok)
    paidThere.push({ id: 'B-1', customer: farmer.kpj })
    await page.getByText('November 2026').first().waitFor({ timeout: 15_000 })
    await page.getByRole('cell', { name: 'B-1' }).waitFor({ timeout: 15_000 })
    // A NIK is never in an address, nor in one of a call.
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.getByRole('link', { name: 'Participants' }).click()
    await page.getByLabel('KPJ, NIK, bill code, payment id or hub reference').fill(farmer.nik)
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('link', { name: farmer.kpj }).waitFor()
    expect(asked.filter((address) => address.includes(farmer.nik))).toEqual([])
    expect(await page.getByText(farmer.nik).count()).toBe(0)
    await visitor.follow('/differences?state=resolved&channel=bni')
    await untilLoaded(visitor)
    expect(await page.getByLabel('State').inputValue()).toBe('resolved')
    await page.getByLabel('Channel').selectOption('pos')
    await page.waitForURL(/channel=pos/)
    await page.goBack()
    await page.waitForURL(/channel=bni/)
    expect(await page.getByLabel('Channel').inputValue()).toBe('bni')
    await page.getByRole('button', { name: /Account and settings/ }).click()
    await page.getByRole('radio', { name: 'Bahasa Indonesia' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'Selisih', level: 1 }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('id')
    await visitor.follow('/')
    await page.getByText('Rp8.400').first().waitFor()
    await page.getByText('20 November 2026').first().waitFor()
    expect(await page.getByText('WIB').count()).toBeGreaterThan(0)
  })
}, 90_000)

test('cover is answered for a day, as known at a moment, and the answer is kept and printable', async () => {
  const worker = person()
  await register(hub, worker)
  await terminalOf(hub, CHANNEL).pay({ id: 'B-2', customer: worker.kpj, months: 1, amount: MONTH })
  paidThere.push({ id: 'B-2', customer: worker.kpj })
  await hub.untilQuiet()
  await as('operator', `/participants/${worker.kpj}/cover?on=2026-11-21`, async ({ page, follow }) => {
    await page.locator('.answer').getByText('Covered', { exact: true }).waitFor()
    await page.getByText('Provisional').waitFor()
    await page.getByText('Call of the channel').waitFor()
    await page.getByLabel('Number of the benefit case').fill('KLAIM-2026-7')
    await page.getByRole('button', { name: 'Keep this answer' }).click()
    await page.getByText('Kept in the audit chain').waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.side').isVisible()).toBe(false)
    expect(await page.locator('.answer').isVisible()).toBe(true)
    await page.emulateMedia({ media: 'screen' })
    await follow(`/participants/${worker.kpj}/cover?on=2026-10-01`)
    await page.getByText('Not covered', { exact: true }).waitFor()
  })
}, 60_000)

describe('a difference', () => {
  const row = (id: string, customer: string): PartnerRow => ({
    id,
    customer,
    outlet: 'T01',
    at: Date.parse(`${DAY}T12:00:00+07:00`),
    amount: MONTH,
    adminFee: 0,
    fee: FEE,
    status: 'S',
  })
  const choose = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })

  test('is found in an uploaded file; a torn file is refused with its reason', async () => {
    // Two more are paid, of which the file will have one.
    for (const id of ['B-3', 'B-4']) {
      const payer = person()
      await register(hub, payer)
      await terminalOf(hub, CHANNEL).pay({ id, customer: payer.kpj, months: 1, amount: MONTH })
      if (id === 'B-3') paidThere.push({ id, customer: payer.kpj })
    }
    await hub.moveTo('2026-11-21T06:30:00+07:00')
    const file =
      settlementFiles[CHANNEL]?.(
        DAY,
        paidThere.map(({ id, customer }) => row(id, customer)),
      ) ?? ''
    await as('operator', STATEMENT, async ({ page }) => {
      const input = page.locator('input[type="file"]')
      await input.setInputFiles(choose('torn.txt', file.slice(0, file.length / 2)))
      await page.getByRole('button', { name: 'Send this file' }).click()
      await page.getByText('The file was refused').waitFor()
      await page.getByText('Its bytes are kept as evidence').waitFor()
      await input.setInputFiles(choose('BRIVA_20261120.txt', file))
      await page.getByText('BRIVA_20261120.txt').waitFor()
      await page.getByRole('button', { name: 'Send this file' }).click()
      await page.getByText('The file is accepted').waitFor()
      await hub.untilQuiet()
      await page.getByRole('button', { name: 'Missing in the file' }).waitFor({ timeout: 35_000 })
    })
  }, 90_000)

  test('is proposed by one person, approved by another, and with the bank’s credit the day is reconciled', async () => {
    const { body } = await hub.api('viewer', 'GET', `/api/settlements/${CHANNEL}/${DAY}`)
    const { id } = body.differences.find((each: { class: string }) => each.class === 'missing-in-file')
    await as('approver', `/differences/${id}`, async ({ page }) => {
      await page.getByLabel('Action').selectOption({ label: 'Reverse the payment' })
      await page.getByLabel('Reason').fill('the counter gave the money back')
      await page.getByRole('button', { name: 'Propose', exact: true }).click()
      await page.getByText('You proposed this. Another person must decide.').waitFor()
      expect(await page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0)
    })
    const own = await hub.api('approver', 'POST', `/api/differences/${id}/approval`, { decision: 'approve' })
    expect(own).toMatchObject({ status: 403, body: { code: 'OWN_PROPOSAL' } })
    await as('operator', `/differences/${id}`, async ({ page }) => {
      await page.getByText('Waiting for approval').waitFor()
      expect(await page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0)
    })
    await as('admin', `/differences/${id}`, async ({ page }) => {
      await page.getByRole('button', { name: 'Approve', exact: true }).click()
      const asked = page.getByRole('alertdialog')
      await asked.getByText(/cannot be undone/).waitFor()
      await asked.getByRole('button', { name: 'Approve', exact: true }).click()
      await page.getByRole('heading', { name: 'Resolved' }).waitFor({ timeout: 35_000 })
    })
    await hub.moveTo('2026-11-23T08:30:00+07:00')
    const bank = camt053([
      {
        account: '0018877665501',
        statementId: 'STMT-1',
        date: '2026-11-23',
        opening: 0,
        rows: [
          {
            reference: 'BNK0000000000001',
            bookedOn: '2026-11-23',
            valueOn: '2026-11-23',
            amount: paidThere.length * (MONTH - FEE),
            remittance: 'SETTLEMENT BRILINK 20261120',
          },
        ],
      },
    ])
    await as('operator', '/bank?to=2026-11-23', async (visitor) => {
      const { page } = visitor
      await page.locator('input[type="file"]').setInputFiles(choose('bank.xml', bank))
      await page.getByRole('button', { name: 'Send this file' }).click()
      await page.getByText('The file is accepted').waitFor()
      await hub.untilQuiet()
      await visitor.follow(STATEMENT)
      await page.locator('.figure').getByText('Reconciled', { exact: true }).waitFor({ timeout: 35_000 })
    })
  }, 150_000)
})

describe('when the API is not well', () => {
  test('a slow one shows that it loads, a broken one what to do, and both recover', async () => {
    const visitor = await visit(browser)
    const { page } = visitor
    try {
      await signIn(visitor, hub.url, 'viewer')
      await untilLoaded(visitor)
      const slow = Promise.withResolvers<void>()
      await page.route('**/api/audits*', async (route) => {
        await slow.promise
        await route.continue()
      })
      await visitor.follow('/audits')
      await page.getByRole('status', { name: 'Loading …' }).first().waitFor()
      slow.resolve()
      await untilLoaded(visitor)
      await page.route('**/api/journal/*', (route) => route.fulfill({ status: 502, body: '<html>Bad Gateway</html>' }))
      await visitor.follow('/journal?date=2026-11-20')
      await page.getByText('The hub gave no usable answer').waitFor({ timeout: 15_000 })
      await page.unroute('**/api/journal/*')
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.getByRole('heading', { name: 'Entries' }).waitFor()
      await visitor.context.setOffline(true)
      await page.getByText('You are offline.').waitFor()
      await visitor.context.setOffline(false)
      await page.getByText('You are offline.').waitFor({ state: 'detached' })
      await visitor.follow('/nothing/here')
      await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
    } finally {
      await visitor.context.close()
    }
  }, 60_000)
})

describe('every page', () => {
  const SHOTS = path.join(import.meta.dirname, 'screenshots')
  const KPJ_AND_ID: { kpj?: string; id?: string } = {}
  const pages = (): readonly (readonly [string, string])[] => [
    ['overview', '/'],
    ['settlement', '/settlement?to=2026-11-23'],
    ['statement', `${STATEMENT}?row=hub-payments`],
    ['differences', '/differences?state=resolved'],
    ['difference', `/differences/${KPJ_AND_ID.id}`],
    ['bank', '/bank?to=2026-11-23'],
    ['suspense', '/suspense'],
    ['journal', `/journal?date=${DAY}`],
    ['participants', '/participants'],
    ['membership', `/participants/${KPJ_AND_ID.kpj}`],
    ['cover', `/participants/${KPJ_AND_ID.kpj}/cover?on=2026-11-21`],
    ['coverage', '/coverage'],
    ['lapses', '/lapses?days=90'],
    ['rules', '/rules'],
    ['operations', '/operations'],
    ['audits', '/audits?to=2026-11-23'],
    ['partner', `/partners/${CHANNEL}?payment=B-9`],
    ['missing', '/nothing/here'],
  ]
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true })
    const member = person()
    await register(hub, member)
    await terminalOf(hub, CHANNEL).pay({ id: 'B-9', customer: member.kpj, months: 1, amount: MONTH })
    await hub.untilQuiet()
    const { body } = await hub.api('viewer', 'GET', '/api/differences?state=resolved')
    KPJ_AND_ID.kpj = member.kpj
    KPJ_AND_ID.id = body.items[0]?.id
  }, 60_000)

  test.each(LOOKS)(
    'is whole in %s, %s, at %i pixels',
    async (theme, language, width) => {
      const visitor = await visit(browser, { theme, language, width })
      const { page } = visitor
      try {
        await signIn(visitor, hub.url, 'approver')
        for (const [name, address] of pages()) {
          await visitor.follow(address)
          await page.waitForURL((url) => url.pathname + url.search === address)
          await untilLoaded(visitor)
          const tooWide = await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          )
          expect([name, tooWide]).toEqual([name, 0])
          // Colours and names are the same in both languages and, but for the frame, at every width.
          if (language === 'id' && width !== 768) expect([name, await violationsOf(visitor)]).toEqual([name, []])
          await page.screenshot({ path: path.join(SHOTS, `${name}-${theme}-${language}-${width}.png`), fullPage: true })
        }
        expect(visitor.complaints()).toEqual([])
      } finally {
        await visitor.context.close()
      }
    },
    90_000,
  )

  test('the menu of a narrow screen and of the account have no violation either', async () => {
    const visitor = await visit(browser, { width: 360, theme: 'dark' })
    try {
      await signIn(visitor, hub.url, 'viewer')
      await visitor.page.getByRole('button', { name: 'Open the menu' }).click()
      await visitor.page.getByRole('dialog').waitFor()
      expect(await violationsOf(visitor, '[role="dialog"]')).toEqual([])
      await visitor.page.getByRole('dialog').getByRole('link', { name: 'Journal' }).click()
      await visitor.page.getByRole('heading', { name: 'Journal', level: 1 }).waitFor()
      await visitor.page.getByRole('button', { name: /Account and settings/ }).click()
      await visitor.page.getByRole('dialog').waitFor()
      expect(await violationsOf(visitor, '[role="dialog"]')).toEqual([])
    } finally {
      await visitor.context.close()
    }
  }, 60_000)
})
