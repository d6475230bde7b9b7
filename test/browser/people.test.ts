/**
 * Participants in the browser: found by any number but a name, masked until a reason is given, month by month, on a map, as files;
 * and the administrator sees who saw whom. Pictures of these pages stay beside those of dashboard.test.ts.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Download } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, signIn, untilLoaded, violationsOf, visit } from '../support/browser.ts'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { person, register } from '../support/people.ts'
import { terminalOf } from '../support/terminals.ts'
import { actAs } from '../support/visits.ts'

const CHANNEL = 'brilink'
const MONTH = 8_400
const SHOTS = path.join(import.meta.dirname, 'screenshots')
const member = person()
const elsewhere = [
  '11.71.01.1001',
  '12.71.01.1001',
  '31.71.01.1001',
  '73.71.01.1001',
  '91.71.01.1001',
  '94.01.01.1001',
].map((region_code) => person({ region_code, sector: 'trade' }))

let hub: HubOnTrial
let browser: Browser
let reference = ''
beforeAll(async () => {
  ;[hub, browser] = await Promise.all([hubOnTrial({ clock: '2026-09-14T11:00:00+07:00' }), launchBrowser()])
  await register(hub, member, ...elsewhere)
  const terminal = terminalOf(hub, CHANNEL)
  const payOne = async (id: string, kpj: string) => {
    const { body } = await hub.api('viewer', 'GET', `/api/memberships/${kpj}`)
    await terminal.pay({ id, customer: kpj, months: 1, amount: body.payable.amountRupiah })
  }
  await terminal.pay({ id: 'P-1', customer: member.kpj, months: 1, amount: MONTH })
  // This one lapses on 1 January.
  await payOne('P-3', elsewhere[0]?.kpj ?? '')
  await hub.moveTo('2026-11-20T09:00:00+07:00')
  await terminal.pay({ id: 'P-2', customer: member.kpj, months: 2, amount: 2 * MONTH })
  for (const [n, { kpj }] of elsewhere.slice(2).entries()) await payOne(`P-1${n}`, kpj)
  await hub.api('operator', 'POST', '/api/coverage/targets', TARGETS)
  await hub.untilQuiet()
  const { body } = await hub.api('viewer', 'GET', `/api/memberships/${member.kpj}/payments`)
  reference = body.items[0].hubReference
  mkdirSync(SHOTS, { recursive: true })
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
})

const TARGETS = `region_code,workers_formal,workers_informal,target_percent,year
15,1000,20,55,2026
31,1000,10,40,2026
`

const as = actAs(() => ({ browser, url: hub.url }))
const membershipPage = `/participants/${member.kpj}`

describe('personal data', () => {
  test.each(['viewer', 'operator'] as const)('stays masked for %s, without a way to show it', async (role) => {
    await as(role, membershipPage, async ({ page }) => {
      await page.getByText('Your role sees it masked.').waitFor()
      expect(await page.getByRole('button', { name: 'Show in full' }).count()).toBe(0)
      expect(await page.content()).not.toContain(member.nik)
    })
    const asked = { kpj: member.kpj, reason: 'curious' }
    expect((await hub.api(role, 'POST', '/api/disclosures', asked)).status).toBe(403)
  })

  test('is shown to support for a reason, hidden again, and the administrator sees who saw it', async () => {
    await as('support', membershipPage, async ({ page, follow }) => {
      await page.getByRole('button', { name: 'Show in full' }).waitFor()
      expect(await page.content()).not.toContain(member.nik)
      await page.getByRole('button', { name: 'Show in full' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Reason').selectOption('other')
      await dialog.getByLabel('In your words').fill(`asked by ${member.nik}`)
      await dialog.getByRole('button', { name: 'Show and record' }).click()
      await dialog.getByRole('alert').waitFor()
      await dialog.getByLabel('In your words').fill('she asks for her number')
      await dialog.getByRole('button', { name: 'Show and record' }).click()
      await page.getByText(member.nik).waitFor()
      await page.getByText(/she asks for her number/).waitFor()
      await page.getByRole('button', { name: 'Hide again' }).click()
      await page.getByText(member.nik).waitFor({ state: 'detached' })
      // Nothing of it outlives the page.
      await page.getByRole('button', { name: 'Show in full' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Show and record' }).click()
      await page.getByText(member.nik).waitFor()
      await follow('/participants')
      // A page that was left before it was there was never shown: the membership would still stand.
      await page.getByRole('heading', { name: 'Participants' }).waitFor()
      await follow(membershipPage)
      await page.getByRole('button', { name: 'Show in full' }).waitFor()
      expect(await page.content()).not.toContain(member.nik)
    })
    await as('admin', `/reads?kpj=${member.kpj}`, async ({ page }) => {
      await page.getByRole('cell', { name: 'she asks for her number' }).waitFor()
      await page.getByRole('cell', { name: 'POST /api/disclosures' }).first().waitFor()
      await page
        .getByRole('link', { name: /local-support|Kenanga/ })
        .first()
        .click()
      await page.waitForURL(/actor=/)
      await page.getByRole('heading', { name: 'Whose data did this person see?' }).waitFor()
    })
    await as('approver', '/reads', async ({ page }) => {
      await page.getByRole('heading', { name: 'Your role does not allow this page' }).waitFor()
      expect(await page.getByRole('link', { name: 'Reads of personal data' }).count()).toBe(0)
    })
  }, 60_000)
})

test('one field finds a membership by KPJ and NIK, a payment by its id and its reference, and says when it finds nothing', async () => {
  await as('viewer', '/participants', async ({ page, follow }) => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(`${request.url()}`))
    const find = async (text: string) => {
      await page.getByLabel('KPJ, NIK, bill code, payment id or hub reference').fill(text)
      await page.getByRole('button', { name: 'Search' }).click()
    }
    await find(member.nik)
    await page.getByRole('link', { name: member.kpj }).waitFor()
    await find('P-2')
    await page.getByRole('heading', { name: 'Payments' }).waitFor()
    await find(reference.toLowerCase())
    await page.getByText(reference).waitFor()
    await find(reference)
    await page.getByLabel('Day of a hub reference (empty: today)').fill('2026-11-19')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByText(/No payment of 19 November 2026/).waitFor()
    await find(member.name)
    await page.getByText('Nothing is known by this.', { exact: false }).waitFor()
    await find(member.kpj)
    await page.waitForURL(new RegExp(membershipPage))
    await page.goBack()
    await page.getByLabel('KPJ, NIK, bill code, payment id or hub reference').waitFor()
    expect(asked.filter((address) => address.includes(member.nik) || address.includes('Sari'))).toEqual([])
    await follow('/participants')
  })
}, 60_000)

test('the months show cover and payment, and a month leads to its answer, which prints with its evidence', async () => {
  await as('viewer', membershipPage, async ({ page }) => {
    const paid = page.getByRole('button', { name: /^November 2026, Partly covered, BRILink/ })
    await paid.focus()
    await page.keyboard.press('Enter')
    const detail = page.getByRole('region', { name: 'Month chosen: November 2026' })
    await detail.getByText('P-2').waitFor()
    await detail.getByText('Settlement awaited').waitFor()
    await detail.getByRole('link', { name: 'Answer with its evidence' }).click()
    await page.waitForURL(/cover\?on=2026-11-20/)
    await page.locator('.answer').getByText('Covered for a part of the day').waitFor()
    await page.emulateMedia({ media: 'print' })
    await page.getByText('Issued by').waitFor()
    expect(await page.getByText('Call of the channel').isVisible()).toBe(true)
    expect(await page.locator('.side').isVisible()).toBe(false)
    await page.screenshot({ path: path.join(SHOTS, 'cover-on-paper.png'), fullPage: true })
    expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(10_000)
  })
}, 60_000)

test('the map is coloured by province, keeps its choice in the address, and says what it draws together', async () => {
  await as('viewer', '/coverage', async ({ page }) => {
    await page.locator('.map path.step-4').first().waitFor()
    expect(await page.locator('.map path').count()).toBe(34)
    await page.getByRole('combobox', { name: 'Province' }).selectOption({ label: 'Papua Tengah' })
    await page.waitForURL(/province=94/)
    const detail = page.getByRole('region', { name: 'Papua, Papua Tengah' })
    await detail.getByText('drawn together', { exact: false }).waitFor()
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('target')
    await page.waitForURL(/measure=target/)
    await page.goBack()
    await page.goBack()
    await page.waitForURL(/\/coverage$/)
    expect(await page.locator('.map path.chosen').count()).toBe(0)
  })
}, 60_000)

test('whoever has saved as much as a day allows is told until when, in both languages', async () => {
  for (const [language, csv, until] of [
    ['en', 'Download the rows as CSV', 'It goes on tomorrow, from 00:00 WIB.'],
    ['id', 'Unduh baris sebagai CSV', 'Bisa lagi besok, mulai pukul 00.00 WIB.'],
  ] as const) {
    await as(
      'viewer',
      '/coverage',
      async ({ page }) => {
        await page.route('**/api/exports', (route) =>
          route.fulfill({ status: 429, json: { code: 'EXPORT_LIMIT', detail: 'expected less' } }),
        )
        await page.getByRole('button', { name: csv }).click()
        await page.getByRole('alert').getByText(until, { exact: false }).waitFor()
      },
      { language },
    )
  }
}, 60_000)

test('the rows of a table leave as CSV and as a workbook, named and recorded with their number', async () => {
  const saved = async (press: () => Promise<void>, download: Promise<Download>) => {
    await press()
    const file = await download
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
  }
  await as('viewer', '/coverage', async ({ page }) => {
    const buttons = page.getByRole('group', { name: 'Download the rows as' })
    const csv = await saved(() => buttons.getByRole('button', { name: 'CSV' }).click(), page.waitForEvent('download'))
    expect(csv.name).toBe('coverage-province-2026-11-20.csv')
    expect(csv.bytes.toString()).toContain('Papua Tengah')
    await page.getByText(`${csv.name} is recorded and saved.`).waitFor()
    const xlsx = await saved(
      () => buttons.getByRole('button', { name: 'Excel' }).click(),
      page.waitForEvent('download'),
    )
    expect(xlsx.name).toBe('coverage-province-2026-11-20.xlsx')
    expect(xlsx.bytes.subarray(0, 2).toString()).toBe('PK')
  })
  const { body } = await hub.api('admin', 'GET', '/api/read-traces?actor=local-viewer')
  expect(body.items.filter(({ shown }: { shown: string }) => shown === 'file')).toMatchObject([
    { fileName: 'coverage-province-2026-11-20.xlsx', rows: 7 },
    { fileName: 'coverage-province-2026-11-20.csv', rows: 7 },
  ])
}, 60_000)

describe('every page of these', () => {
  const pages: readonly (readonly [string, string])[] = [
    ['people-search', '/participants'],
    ['people-membership', membershipPage],
    ['people-cover', `${membershipPage}/cover?on=2026-11-20`],
    ['people-coverage', '/coverage?province=94'],
    ['people-lapses', '/lapses?days=90'],
    ['people-reads', `/reads?kpj=${member.kpj}`],
    ['people-rules', '/rules'],
  ]
  const looks = (['light', 'dark'] as const).flatMap((theme) =>
    ([360, 768, 1280] as const).map((width) => [theme, width] as const),
  )
  test.each(looks)(
    'is whole and has no violation in %s at %i pixels',
    async (theme, width) => {
      const visitor = await visit(browser, { theme, language: theme === 'light' ? 'id' : 'en', width })
      const { page } = visitor
      try {
        await signIn(visitor, hub.url, 'admin')
        const wrong: unknown[] = []
        for (const [name, address] of pages) {
          await visitor.follow(address)
          await page.waitForURL((url) => url.pathname + url.search === address)
          await untilLoaded(visitor)
          if (name === 'people-coverage') await page.locator('.map path').first().waitFor()
          if (name === 'people-membership') await page.locator('button.month').last().click()
          const tooWide = await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          )
          const violations = await violationsOf(visitor)
          if (tooWide !== 0 || violations.length > 0) wrong.push({ name, tooWide, violations })
          await page.screenshot({ path: path.join(SHOTS, `${name}-${theme}-${width}.png`), fullPage: true })
        }
        expect(wrong).toEqual([])
        expect(visitor.complaints()).toEqual([])
      } finally {
        await visitor.context.close()
      }
    },
    90_000,
  )
})

test('an administrator asks that a membership ends, and it does when another person approves', async () => {
  const address = `/participants/${elsewhere[1]?.kpj}`
  const section = 'Closing and opening again'
  await as('operator', address, async ({ page }) => {
    await page.getByRole('heading', { name: 'Notices' }).waitFor()
    expect(await page.getByRole('region', { name: section }).count()).toBe(0)
  })
  await as('admin', address, async ({ page }) => {
    const form = page.getByRole('region', { name: section })
    await form.getByLabel('Last day of cover').fill('2026-11-30')
    await form.getByLabel('Reason').fill('became a wage earner')
    await form.getByRole('button', { name: 'Propose the closing' }).click()
    const asked = page.getByRole('alertdialog')
    await asked.getByText('Propose to close this membership?').waitFor()
    await asked.getByText('Cover lasts to the end of 30 November 2026.', { exact: false }).waitFor()
    await asked.getByRole('button', { name: 'Propose', exact: true }).click()
    await page.getByText('You proposed this. Another person must decide.').waitFor()
    await page.getByRole('status').getByText('Your proposal is recorded.', { exact: false }).waitFor()
    expect(await page.getByText('Closed, last day of cover').count()).toBe(0)
  })
  await as('operator', address, async ({ page }) => {
    const waiting = page.getByRole('region', { name: section })
    await waiting.getByText('It waits until an approver or administrator, not who proposed it, decides.').waitFor()
    expect(await waiting.getByRole('button').count()).toBe(0)
  })
  await as('approver', '/approvals', async ({ page }) => {
    await page.getByRole('link', { name: 'Close a membership' }).click()
    await page.getByText('Close the membership, last day of cover 30 November 2026').waitFor()
    await page.getByRole('button', { name: 'Approve', exact: true }).click()
    const asked = page.getByRole('alertdialog')
    await asked.getByText('Close this membership?').waitFor()
    await asked.getByRole('button', { name: 'Approve', exact: true }).click()
    await page.getByText('Closed, last day of cover 30 November 2026').waitFor()
  })
}, 90_000)

test('a proposal that is rejected says so to who rejects it, and nothing has changed', async () => {
  const { kpj = '' } = elsewhere[2] ?? {}
  const asked = await hub.api('admin', 'POST', `/api/memberships/${kpj}/closure`, {
    reason: 'moved away',
    on: '2026-11-30',
  })
  expect(asked.status).toBe(200)
  await as('approver', `/participants/${kpj}`, async ({ page }) => {
    await page.getByLabel('Remark (optional)').fill('the letter is of somebody else')
    await page.getByRole('button', { name: 'Reject', exact: true }).click()
    const question = page.getByRole('alertdialog')
    await question.getByText('Reject this proposal?').waitFor()
    await question.getByRole('button', { name: 'Reject', exact: true }).click()
    const said = page.getByRole('status').filter({ hasText: 'Your rejection is recorded.' })
    await said.getByRole('button', { name: 'Close' }).click()
    await said.waitFor({ state: 'detached' })
    await page.getByRole('region', { name: 'Closing and opening again' }).waitFor({ state: 'detached' })
  })
  const { body } = await hub.api('viewer', 'GET', `/api/memberships/${kpj}`)
  expect(body).toMatchObject({ closure: null, pendingProposal: null })
}, 60_000)

test('a person’s data is erased by two people, each told what goes, and nobody is offered to see it any more', async () => {
  const { kpj = '', name = '' } = elsewhere[3] ?? {}
  const address = `/participants/${kpj}`
  const open = 'Erase this person’s data …'
  await as('viewer', address, async ({ page }) => {
    await page.getByRole('heading', { name: 'Notices' }).waitFor()
    expect(await page.getByText(open).count()).toBe(0)
  })
  await as('operator', address, async ({ page }) => {
    await page.getByText(open).click()
    const form = page.getByRole('region', { name: 'Personal data' })
    await form.getByLabel('Reason').fill('asked for by letter')
    await form.getByRole('button', { name: 'Propose the erasure' }).click()
    const question = page.getByRole('alertdialog')
    await question.getByText('Payments, months and cover stay', { exact: false }).waitFor()
    await question.getByRole('button', { name: 'Propose', exact: true }).click()
    await page.getByText('You proposed this. Another person must decide.').waitFor()
    expect(await page.getByText(open).count()).toBe(0)
  })
  await as('approver', '/approvals', async ({ page }) => {
    await page.getByRole('link', { name: 'Erase personal data' }).click()
    await page.getByText('asked for by letter').waitFor()
    await page.getByRole('button', { name: 'Approve', exact: true }).click()
    const question = page.getByRole('alertdialog')
    await question.getByText('nobody can take it back', { exact: false }).waitFor()
    await question.getByRole('button', { name: 'Approve', exact: true }).click()
    await page.getByText(/^Erased on 20 Nov 2026/).waitFor()
  })
  await as('support', address, async ({ page }) => {
    await page.getByText(/^Erased on 20 Nov 2026/).waitFor()
    expect(await page.getByRole('button', { name: 'Show in full' }).count()).toBe(0)
    expect(await page.content()).not.toContain(name)
  })
}, 90_000)
