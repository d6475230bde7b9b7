/**
 * A sponsor's work in the browser, from the draft of a program to members who are covered: budget and what if, a list with refused
 * rows, a bill and its payment, a corrected list that waits for its confirmation, the report. People of a sponsor see this and nothing else.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Download } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LOOKS, launchBrowser, signIn, untilLoaded, type Visitor, violationsOf, visit } from '../support/browser.ts'
import { type HubOnTrial, hubOnTrial, type Role } from '../support/hub.ts'
import { terminalOf } from '../support/terminals.ts'

const SHOTS = path.join(import.meta.dirname, 'screenshots')
/** The sponsor of the demo person with the role. */
const SPONSOR = 'jambi-contoh'
const PROGRAM = `${SPONSOR}.desa`
const PROGRAM_PAGE = `/sponsors/${SPONSOR}/desa`
const VILLAGE = '15.71.01.1001'
const nikOf = (serial: number) => `157101120385${String(serial).padStart(4, '0')}`
const rowOf = (serial: number, village = VILLAGE) => `${nikOf(serial)},BUDI SANTOSO,${village},,,`
const listOf = (...rows: readonly string[]) => `${['nik,name,region_code,sector,income,phone', ...rows].join('\n')}\n`
const people = (count: number) => Array.from({ length: count }, (_, i) => rowOf(i + 1))
const PERSON_RUPIAH = 2 * 16_800

let hub: HubOnTrial
let browser: Browser
let list = ''
beforeAll(async () => {
  ;[hub, browser] = await Promise.all([hubOnTrial({ clock: '2026-11-20T10:00:00+07:00' }), launchBrowser()])
  const create = (id: string, name: string) =>
    hub.api('operator', 'POST', '/api/sponsors', { id, kind: 'province', name, regionCode: '15' })
  await create(SPONSOR, 'Provinsi Jambi')
  await create('other', 'Provinsi lain')
  mkdirSync(SHOTS, { recursive: true })
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
})

async function as(role: Role, address: string, work: (visitor: Visitor) => Promise<void>) {
  const visitor = await visit(browser)
  try {
    await signIn(visitor, hub.url, role, address)
    await untilLoaded(visitor)
    await work(visitor)
    expect(visitor.complaints()).toEqual([])
  } finally {
    await visitor.context.close()
  }
}

const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

async function textOf(download: Promise<Download>): Promise<string> {
  return readFileSync(await (await download).path(), 'utf8')
}

test('people of a sponsor see their own sponsor and nothing else', async () => {
  await as('sponsor', '/', async ({ page, follow }) => {
    await page.getByRole('heading', { name: 'Provinsi Jambi', level: 1 }).waitFor()
    expect(await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link').allTextContents()).toEqual(
      ['Sponsors'],
    )
    for (const address of ['/differences', '/participants', '/operations', '/coverage']) {
      await follow(address)
      await page.getByRole('heading', { name: 'Your role does not allow this page' }).waitFor()
    }
    await follow('/sponsors/other')
    await page.getByText('There is no such sponsor.').waitFor()
  })
  expect((await hub.api('sponsor', 'GET', '/api/queues')).status).toBe(403)
  expect((await hub.api('sponsor', 'GET', '/api/sponsors/other')).status).toBe(404)
  await as('viewer', `/sponsors/${SPONSOR}`, async ({ page }) => {
    await page.getByRole('heading', { name: 'Programs' }).waitFor()
    expect(await page.getByRole('heading', { name: 'New program' }).count()).toBe(0)
  })
  expect((await hub.api('viewer', 'POST', `/api/sponsors/${SPONSOR}/programs`, {})).status).toBe(403)
}, 60_000)

test('an operator creates a sponsor; an id that is taken is refused with what to do', async () => {
  await as('operator', '/sponsors', async ({ page }) => {
    await page.getByRole('link', { name: 'Provinsi Jambi' }).waitFor()
    await page.getByRole('button', { name: 'Create the sponsor' }).click()
    await page.getByText('Fill this in.').waitFor()
    await page.getByLabel('Name').fill('PT Contoh Maju')
    await page.getByLabel('Kind').selectOption('company')
    await page.getByLabel(/^Id/).fill(SPONSOR)
    await page.getByRole('button', { name: 'Create the sponsor' }).click()
    await page.getByText('Another one has this id. Choose another.').waitFor()
    await page.getByLabel(/^Id/).fill('pt-contoh')
    await page.getByRole('button', { name: 'Create the sponsor' }).click()
    await page.getByRole('heading', { name: 'PT Contoh Maju', level: 1 }).waitFor()
    await page.getByText('No program yet').waitFor()
  })
}, 60_000)

test('a program is drafted, its budget tried, its plan changed, and it is opened after a question', async () => {
  await as('sponsor', `/sponsors/${SPONSOR}`, async ({ page }) => {
    await page.getByLabel('Name').fill('Pekerja rentan desa')
    await page.getByLabel('Short id').fill('desa')
    await page.getByLabel('Whose money it is').selectOption('village')
    await page.getByLabel('Budget (rupiah)').fill('500000')
    await page.getByLabel('First month').fill('2026-11')
    await page.getByLabel('Months (1 to 12)').fill('2')
    await page.getByRole('button', { name: 'Draft the program' }).click()
    await page.getByRole('heading', { name: 'Pekerja rentan desa', level: 1 }).waitFor()
    await page.getByText(`Rp${PERSON_RUPIAH.toLocaleString('en')}`).waitFor()
    await page.getByText('Lists can be uploaded from the opening of the program until its end is announced.').waitFor()
    await page.getByText('Change the plan').click()
    await page.getByLabel('Budget (rupiah)').fill('600000')
    await page.getByRole('button', { name: 'Save the plan' }).click()
    await page.getByText('Rp600,000').waitFor()
    await page.getByRole('link', { name: 'Budget', exact: true }).click()
    await page.getByLabel('People', { exact: true }).selectOption('asked')
    await page.getByLabel('Village and persons').fill(`${VILLAGE} 20\nnot a village`)
    await page.getByRole('button', { name: 'Compute' }).click()
    await page.getByText('Line 2: expected the code of a village').waitFor()
    await page.getByLabel('Village and persons').fill(`${VILLAGE} 20`)
    await page.getByRole('button', { name: 'Compute' }).click()
    const result = page.getByRole('status').filter({ hasText: 'What it would come to' })
    // 17 are covered in full; what is left pays nobody in part.
    await result
      .getByText(`Rp${(3 * PERSON_RUPIAH).toLocaleString('en')}`)
      .first()
      .waitFor()
    await result.getByText('Everybody, for fewer months').waitFor()
    await result.getByText('The first on the list').waitFor()
    await page.getByLabel('Whose money it is').selectOption('csr')
    await page.getByLabel('Percent off').fill('100')
    await page.getByRole('button', { name: 'Compute' }).click()
    await result.getByText('Rp0').first().waitFor()
    await page.getByRole('link', { name: 'Program', exact: true }).click()
    await page.getByRole('button', { name: 'Open for lists' }).click()
    const asked = page.getByRole('alertdialog')
    await asked.getByText('the plan can no longer be changed').waitFor()
    await asked.getByLabel('Reason').fill('decided by the village')
    await asked.getByRole('button', { name: 'Open for lists' }).click()
    await page.getByText('decided by the village').waitFor()
    await page.getByText('No list has come yet').waitFor()
  })
}, 60_000)

test('a list is uploaded with its progress; refused rows are shown without people and downloaded with them', async () => {
  await as('sponsor', PROGRAM_PAGE, async ({ page }) => {
    const input = page.locator('input[type="file"]')
    await input.setInputFiles(file('list.csv', listOf(...people(16), rowOf(1), '123,X,15.71.01.1001,,,')))
    await page.getByRole('button', { name: 'Send this file' }).click()
    await page.getByRole('heading', { name: 'List', level: 1 }).waitFor()
    await page.locator('.badge').getByText('Enrolled', { exact: true }).waitFor({ timeout: 35_000 })
    list = new URL(page.url()).pathname
    await page.getByRole('button', { name: 'Show the reasons' }).click()
    await page.getByRole('cell', { name: 'DUPLICATE_IN_LIST' }).waitFor()
    await page.getByRole('cell', { name: 'BAD_NIK' }).waitFor()
    expect(await page.content()).not.toContain(nikOf(1))
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download the refused rows' }).click()
    expect(await textOf(saved)).toContain(nikOf(1))
  })
  await as('operator', list, async ({ page }) => {
    await page.getByRole('button', { name: 'Show the reasons' }).click()
    await page.getByRole('cell', { name: 'BAD_NIK' }).waitFor()
  })
  await as('viewer', list, async ({ page }) => {
    await page.getByText('Refused rows: 2').waitFor()
    expect(await page.getByRole('button', { name: /Show the reasons|Issue bills/ }).count()).toBe(0)
  })
}, 120_000)

test('a corrected list shows what it changes and waits; it is billed, replaced, paid, and its members are covered', async () => {
  await as('sponsor', PROGRAM_PAGE, async ({ page }) => {
    await page.locator('input[type="file"]').setInputFiles(file('again.csv', listOf(...people(15), rowOf(20))))
    await page.getByRole('button', { name: 'Send this file' }).click()
    await page.getByRole('heading', { name: 'What this corrected list changes' }).waitFor({ timeout: 35_000 })
    const figure = (name: string) => page.locator('.figure').filter({ hasText: name }).locator('.figure-value')
    expect(
      await Promise.all(['New on it', 'Stay on it', 'No longer on it'].map((name) => figure(name).textContent())),
    ).toEqual(['1', '15', '1'])
    await page.getByRole('button', { name: 'Confirm the corrected list' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Confirm the corrected list' }).click()
    await page.getByText(/^Confirmed by/).waitFor({ timeout: 35_000 })
    await page.locator('.badge').getByText('Enrolled', { exact: true }).waitFor({ timeout: 35_000 })
    list = new URL(page.url()).pathname
    await page.getByRole('button', { name: 'Issue bills' }).click()
    await page.getByRole('alertdialog').getByText('Bill 16 persons?').waitFor()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Issue bills' }).click()
    await page.getByText('16 persons are being billed.').waitFor()
    await page.locator('.bill-code').waitFor({ timeout: 35_000 })
    const first = await page.locator('.bill-code').first().textContent()
    await page.getByRole('button', { name: 'Replace the bills' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Replace the bills' }).click()
    await page.getByText(/^replaced by/).waitFor({ timeout: 35_000 })
    const code = ((await page.locator('.bill-code').first().textContent()) ?? '').replaceAll(' ', '')
    expect(code).toMatch(/^99\d{14}$/)
    expect(code).not.toBe(first?.replaceAll(' ', ''))
    const pos = terminalOf(hub, 'pos')
    expect((await pos.pay({ id: 'pos-list', customer: code, amount: 16 * PERSON_RUPIAH })).code).toBe(pos.codes.ok)
    await page.getByText('16 of 16 members have their months').waitFor({ timeout: 35_000 })
  })
}, 150_000)

test('people of a sponsor take the table of their lists as a file, which is recorded under their name', async () => {
  await as('sponsor', PROGRAM_PAGE, async ({ page }) => {
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download the rows as CSV' }).click()
    const file = await textOf(saved)
    expect(file.split('\r\n')[0]).toContain('Refused')
    expect(file).not.toContain(nikOf(1))
    await page.getByText('is recorded and saved.').waitFor()
  })
  const { body } = await hub.api('admin', 'GET', '/api/read-traces?actor=local-sponsor')
  const files = body.items.filter(({ call }: { call: string }) => call === 'POST /api/exports')
  expect(files).toMatchObject([{ fileName: 'lists-2026-11-20.csv', rows: 2 }])
}, 60_000)

test('the report ranks the villages and goes out as CSV, as a workbook and on paper', async () => {
  await hub.untilQuiet()
  await as('sponsor', `${PROGRAM_PAGE}/report`, async ({ page }) => {
    await page.locator('.figure').filter({ hasText: 'Covered now' }).getByText('16', { exact: true }).waitFor()
    await page.getByRole('cell', { name: VILLAGE, exact: true }).waitFor()
    const download = async (name: string) => {
      const saved = page.waitForEvent('download')
      await page.getByRole('button', { name, exact: true }).click()
      return saved
    }
    expect(await textOf(download('CSV'))).toContain(`village,${VILLAGE},1,16,16,16`)
    const workbook = await download('Excel')
    expect(workbook.suggestedFilename()).toBe(`report-${PROGRAM}.xlsx`)
    expect(
      readFileSync(await workbook.path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.side').isVisible()).toBe(false)
    expect(await page.getByRole('cell', { name: VILLAGE, exact: true }).isVisible()).toBe(true)
  })
}, 60_000)

test('contacts are changed after a question; a broken API shows its state and recovers', async () => {
  await as('sponsor', `/sponsors/${SPONSOR}`, async ({ page, follow }) => {
    await page.getByRole('button', { name: 'Change the contacts' }).click()
    await page.getByRole('button', { name: 'One more contact' }).click()
    await page.locator('.part').getByLabel('Name').fill('Gambir Contoh')
    await page.getByLabel('E-mail').fill('gambir@jambi.example.id')
    await page.getByRole('button', { name: 'Save the contacts' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Save the contacts' }).click()
    await page.getByText('gambir@jambi.example.id').waitFor()
    await page.route('**/api/programs/*/cohorts', (route) => route.fulfill({ status: 502, body: 'Bad Gateway' }))
    await follow(PROGRAM_PAGE)
    await page.getByText('The hub gave no usable answer').waitFor({ timeout: 15_000 })
    await page.unroute('**/api/programs/*/cohorts')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Lists of people' }).waitFor()
  })
}, 60_000)

describe('every page of a sponsor', () => {
  const pages = () =>
    [
      ['sponsors', '/sponsors'],
      ['sponsor', `/sponsors/${SPONSOR}`],
      ['program', PROGRAM_PAGE],
      ['program-budget', `${PROGRAM_PAGE}/budget`],
      ['program-report', `${PROGRAM_PAGE}/report`],
      ['list', list],
    ] as const
  test.each(LOOKS)(
    'is whole in %s, %s, at %i pixels',
    async (theme, language, width) => {
      const visitor = await visit(browser, { theme, language, width })
      const { page } = visitor
      try {
        await signIn(visitor, hub.url, 'operator')
        for (const [name, address] of pages()) {
          await visitor.follow(address)
          await page.waitForURL((url) => url.pathname === address)
          await untilLoaded(visitor)
          const tooWide = await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          )
          expect([name, tooWide]).toEqual([name, 0])
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
})
