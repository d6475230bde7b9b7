/**
 * Finance's work in the browser, as two people do it on one hub: a case with its owner, comments and attachments; many differences at
 * once; a day signed off; money out of suspense; a credit of the bank placed; a statement withdrawn; fees; a month closed and exported.
 * One sign-in per person for all of it.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, signIn, untilLoaded, type Visitor, visit } from '../support/browser.ts'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { person, register } from '../support/people.ts'
import { camt053, type PartnerRow, settlementFiles } from '../support/settlement-files.ts'
import { terminalOf } from '../support/terminals.ts'
import { actAs, sectionOf } from '../support/visits.ts'

const DAY = '2026-11-20'
const NEXT_DAY = '2026-11-21'
const BOOKED = '2026-11-23'
const MONTH = 8_400
const FEE = 1_500
const CHANNEL = 'brilink'
const ACCOUNT = '0018877665501'
/** As long as a bank names one: it has to break on a phone. */
const STATEMENT = 'REKENING_KORAN_GIRO_23112026_SORE.xml'
const payers = Array.from({ length: 5 }, () => person())

let hub: HubOnTrial
let browser: Browser
let operator: Visitor
let approver: Visitor
let cases: readonly { readonly id: string; readonly class: string; readonly paymentId: string }[]

beforeAll(async () => {
  ;[hub, browser] = await Promise.all([hubOnTrial({ clock: `${DAY}T11:59:00+07:00` }), launchBrowser()])
  await dayWithDifferences()
  ;[operator, approver] = await Promise.all([visit(browser), visit(browser)])
  await signIn(operator, hub.url, 'operator')
  await signIn(approver, hub.url, 'approver')
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
})
afterEach(() => {
  expect([...operator.complaints(), ...approver.complaints()]).toEqual([])
})

/** Two payments that the file has, three that it has not, and one line of nobody we know. */
async function dayWithDifferences(): Promise<void> {
  for (const [index, payer] of payers.entries()) {
    await register(hub, payer)
    await terminalOf(hub, CHANNEL).pay({ id: `F-${index}`, customer: payer.kpj, months: 1, amount: MONTH })
  }
  await hub.moveTo(`${NEXT_DAY}T06:30:00+07:00`)
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
  const there = payers.slice(0, 2).map(({ kpj }, index) => row(`F-${index}`, kpj))
  const file = settlementFiles[CHANNEL]?.(DAY, [...there, row('F-STRANGER', person().kpj)]) ?? ''
  const put = await hub.api('operator', 'PUT', `/api/settlements/${CHANNEL}/${DAY}/file`, file)
  expect(put).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
  await hub.untilQuiet()
  cases = (await hub.api('viewer', 'GET', `/api/settlements/${CHANNEL}/${DAY}`)).body.differences
}

const as = actAs(() => ({ browser, url: hub.url }))

const idsOf = (wanted: string) => cases.filter((each) => each.class === wanted).map(({ id }) => id)

async function open({ page, follow }: Visitor, address: string): Promise<Page> {
  await follow(address)
  await page.waitForURL((url) => url.pathname + url.search === address)
  await untilLoaded({ page })
  return page
}

/** Presses a button, reads what the question says, and answers it. */
async function confirm(page: Page, button: string, says: readonly (string | RegExp)[], answer: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).first().click()
  const asked = page.getByRole('alertdialog')
  for (const text of says) await asked.getByText(text).first().waitFor()
  await asked.getByRole('button', { name: answer, exact: true }).click()
  await asked.waitFor({ state: 'detached' })
}

test('a case is taken, commented, documented, and decided in part', async () => {
  const [id = ''] = idsOf('missing-in-file')
  const page = await open(operator, `/differences/${id}`)
  await page.getByText('it is in no file').first().waitFor()
  await page.getByRole('button', { name: 'Take it' }).click()
  await page.getByRole('button', { name: 'Give it back' }).waitFor()
  await page.getByLabel('New comment').fill('The counter says the money is on its way.')
  await page.getByRole('button', { name: 'Add the comment' }).click()
  await page.getByText('The counter says the money is on its way.').waitFor()
  const note = { name: 'counter-note.txt', mimeType: 'text/plain', buffer: Buffer.from('on its way') }
  await page.locator('input[type="file"]').setInputFiles(note)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download counter-note.txt' }).click()
  expect(readFileSync(await (await saved).path(), 'utf8')).toBe('on its way')
  await page.locator('input[type="file"]').setInputFiles({ ...note, name: 'letter 081234567890.txt' })
  await page.getByText('Rename the file').waitFor()
  await page.getByLabel('Action').selectOption({ label: 'Charge the channel' })
  await page.getByLabel('Only this part').fill('5000')
  await page.getByLabel('Reason').fill('the outlet admits a part')
  // What is being written stays when somebody else has to do with the case meanwhile.
  await hub.api('admin', 'POST', `/api/differences/${id}/assignment`, { owner: 'local-approver' })
  await page.getByText('Assigned').waitFor({ timeout: 35_000 })
  expect(await page.getByLabel('Reason').inputValue()).toBe('the outlet admits a part')
  await confirm(page, 'Propose', [/Rp5,000/, 'the outlet admits a part'], 'Propose')
  await page.getByText('a part: Rp5,000').waitFor()
  const other = await open(approver, `/differences/${id}`)
  await confirm(other, 'Approve', [/Rp5,000/, 'cannot be undone'], 'Approve')
  await hub.untilQuiet()
  await other.getByText('Resolved in parts').waitFor({ timeout: 35_000 })
  await other.getByRole('cell', { name: 'Rp3,400' }).waitFor()
  await other.getByLabel('Assign to').fill('local-admin')
  await other.getByRole('button', { name: 'Assign', exact: true }).click()
  await other.getByText('Assigned').nth(1).waitFor()
}, 90_000)

test('many differences are proposed by one person and approved by another, who are told what moves and how much', async () => {
  const [, second = '', third = ''] = idsOf('missing-in-file')
  const page = await open(operator, `/differences?channel=${CHANNEL}&class=missing-in-file`)
  for (const id of [second, third]) await page.getByLabel(`Choose ${id}`).check()
  await page.getByText('2 differences · Open in all: Rp16,800').waitFor()
  await page.getByLabel('Action', { exact: true }).selectOption({ label: 'Charge the channel (2 differences)' })
  await page.getByLabel('Reason').fill('not settled after the second file')
  await confirm(page, 'Propose for those it fits', [/Charge the channel” for 2 differences/, 'Rp16,800'], 'Propose')
  await page.getByText('2 recorded, 0 refused').waitFor()
  const other = await open(approver, `/differences?state=proposed&channel=${CHANNEL}`)
  await other.getByLabel('Choose all rows shown').check()
  await confirm(other, 'Approve', ['Approve the proposals on 2 differences?', 'Rp16,800'], 'Approve')
  await other.getByText('2 recorded, 0 refused').waitFor()
  await hub.untilQuiet()
  for (const id of [second, third]) {
    expect((await hub.api('viewer', 'GET', `/api/differences/${id}`)).body.state).toBe('resolved')
  }
}, 90_000)

test('a day is signed off by two people with what is open on it, and says so when it changes', async () => {
  const address = `/days?date=${DAY}&of=${CHANNEL}`
  const page = await open(operator, address)
  await page.getByText('Not signed').first().waitFor()
  await page.getByLabel('Reason').fill('looked through with the counter')
  await confirm(page, 'Propose the sign-off', [/Propose to sign off BRILink/, /Stays open and is carried/], 'Propose')
  await page.getByText('Waits for approval').first().waitFor()
  expect(await page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0)
  const other = await open(approver, '/approvals')
  await other.getByRole('link', { name: 'Sign off a day' }).click()
  await other.waitForURL((url) => url.pathname + url.search === address)
  await confirm(other, 'Approve', [/Sign off BRILink/, /Stays open and is carried/], 'Approve')
  await other.getByText('Signed as it is.').waitFor()
  const signed = await hub.api('viewer', 'GET', `/api/settlements/${CHANNEL}/${DAY}/sign-off`)
  expect(signed.body).toMatchObject({ state: 'signed', signed: { signedBy: 'local-approver' } })
}, 60_000)

test('money in suspense goes to a membership by two people', async () => {
  const [id = ''] = idsOf('missing-in-hub')
  const kpj = payers[4]?.kpj ?? ''
  // Posted for nobody we know: it waits in suspense.
  await hub.api('operator', 'POST', `/api/differences/${id}/proposal`, { action: 'post', reason: 'the money is here' })
  await hub.api('approver', 'POST', `/api/differences/${id}/approval`, { decision: 'approve' })
  await hub.untilQuiet()
  const { body } = await hub.api('viewer', 'GET', '/api/suspense')
  expect(body.items).toMatchObject([{ amountRupiah: MONTH, channel: CHANNEL }])
  const page = await open(operator, '/suspense')
  await page.getByRole('link', { name: 'Decide' }).click()
  await page.getByLabel('Membership (KPJ, 11 digits)').fill(kpj)
  await page.getByLabel('Reason').fill('the receipt names this membership')
  await confirm(page, 'Propose the exit', ['Rp8,400 leaves suspense', `membership ${kpj}`], 'Propose')
  await page.getByText('Waits for approval').first().waitFor()
  const other = await open(approver, `/suspense?item=${body.items[0].id}`)
  await confirm(other, 'Approve', [`membership ${kpj}`, 'cannot be undone'], 'Approve')
  await hub.untilQuiet()
  expect((await hub.api('viewer', 'GET', '/api/suspense')).body.items).toEqual([])
}, 90_000)

test('a credit that nobody can place is placed by two people, and a statement is asked back and kept', async () => {
  await hub.moveTo(`${BOOKED}T08:30:00+07:00`)
  const row = { bookedOn: BOOKED, valueOn: BOOKED }
  const bank = camt053([
    {
      account: ACCOUNT,
      statementId: 'STMT-1',
      date: BOOKED,
      opening: 0,
      rows: [
        { ...row, reference: 'BNK/0001', amount: 12_345, remittance: 'SETORAN TUNAI' },
        { ...row, reference: 'BNK/0002', amount: 2 * (MONTH - FEE), remittance: 'SETORAN TUNAI LAIN' },
      ],
    },
  ])
  expect((await hub.api('operator', 'PUT', `/api/bank-statements/${STATEMENT}`, bank)).status).toBe(200)
  await hub.untilQuiet()
  const page = await open(operator, `/bank?to=${BOOKED}`)
  await page.getByRole('link', { name: STATEMENT }).click()
  await page.getByText('You handed it over. Another person must confirm it.').waitFor()
  expect(await page.getByRole('button', { name: 'Confirm', exact: true }).count()).toBe(0)
  const other = await open(approver, '/approvals')
  await other.getByRole('link', { name: 'Confirm a bank statement' }).click()
  await other.getByText('Waits for confirmation').waitFor()
  await confirm(
    other,
    'Take it out',
    [`Take ${STATEMENT} out of the books?`, /as if the statement had never/],
    'Cancel',
  )
  await confirm(other, 'Confirm', [`Confirm ${STATEMENT}?`, /2 movements over Rp26,145\) stands/], 'Confirm')
  await other.getByRole('status').getByText('Your approval is recorded.').waitFor()
  await other.getByText('Waits for a second person').waitFor({ state: 'detached' })
  await open(operator, `/bank?to=${BOOKED}&state=unidentified`)
  await page.getByRole('link', { name: 'Rp13,800' }).click()
  await page.getByRole('heading', { name: 'Movement of the bank' }).waitFor()
  await page.getByLabel('Channel').selectOption(CHANNEL)
  await page.getByLabel('Business day').fill(DAY)
  await page.getByLabel('Reason').fill('the two payments of the file')
  await confirm(page, 'Place it', ['Rp13,800', /BRILink, 20 November 2026/], 'Propose')
  await page.getByText('Waits for approval').waitFor()
  await open(approver, '/approvals')
  await other.getByRole('link', { name: 'Place a bank movement' }).click()
  await confirm(other, 'Approve', [/Approve “Place it” for Rp13,800/], 'Approve')
  await other.getByText('by two people').first().waitFor()
  await open(operator, `/bank?to=${BOOKED}`)
  await page.getByRole('link', { name: STATEMENT }).click()
  await page.getByLabel('Reason').fill('perhaps of another year')
  await confirm(page, 'Propose the withdrawal', [/2 movements over Rp26,145/], 'Propose')
  await page.getByRole('status').getByText('Your proposal is recorded.', { exact: false }).waitFor()
  await open(approver, '/approvals')
  await other.getByRole('link', { name: 'Withdraw a bank statement' }).click()
  await confirm(other, 'Reject', ['Nothing moves'], 'Reject')
  await other.getByText('Rejected').first().waitFor()
}, 120_000)

test('a settlement file is asked back, its answers are downloaded, and an invoice for fees is entered', async () => {
  const page = await open(operator, `/settlement/${CHANNEL}/${DAY}`)
  const saved = page.waitForEvent('download')
  await page
    .getByRole('button', { name: /^Download / })
    .last()
    .click()
  expect(readFileSync(await (await saved).path(), 'utf8')).toContain('F-0')
  const withdrawal = page.getByRole('region', { name: 'Withdrawal of the accepted file' })
  await withdrawal.getByLabel('Reason').fill('the channel says it sent a test')
  await withdrawal.getByRole('button', { name: 'Propose the withdrawal' }).click()
  const asked = page.getByRole('alertdialog')
  await asked.getByText(/Version 1 over Rp25,200 no longer counts/).waitFor()
  await asked.getByRole('button', { name: 'Cancel' }).click()
  await open(operator, '/fees/brilink/2026-11')
  await page.getByLabel('Number', { exact: true }).fill('INV/2026/11')
  await page.getByLabel('Date', { exact: true }).fill(BOOKED)
  for (const [label, amount] of [
    ['Fee', '4500'],
    ['Kept from the money', '4500'],
    ['VAT (PPN)', '495'],
    ['Income tax withheld (PPh 23)', '0'],
  ] as const) {
    await page.getByLabel(label, { exact: true }).fill(amount)
  }
  await confirm(page, 'Enter an invoice', [/INV\/2026\/11 over Rp4,500/], 'Enter it')
  await page.getByText('The invoice is entered.').waitFor()
  await page.getByRole('rowheader', { name: 'INV/2026/11' }).waitFor()
}, 60_000)

test('above what two people may decide, the page names whom it waits for and offers no approval to others', async () => {
  const [id = ''] = idsOf('missing-in-file')
  const known = (await hub.api('viewer', 'GET', `/api/differences/${id}`)).body
  const proposal = {
    action: 'write-off',
    reason: 'the counter lost the day',
    by: 'local-operator',
    at: `${DAY}T05:00:00.000Z`,
    amountRupiah: null,
    paymentId: null,
  }
  const waiting = { ...known, state: 'proposed', waitsFor: 'admin', actions: [], resolution: null, proposal }
  for (const [role, approvals] of [
    ['viewer', 0],
    ['approver', 0],
    ['admin', 1],
  ] as const) {
    await as(role, '/', async (visitor) => {
      const { page, follow } = visitor
      await page.route(`**/api/differences/${id}`, (route) => route.fulfill({ json: waiting }))
      await follow(`/differences/${id}`)
      const step = sectionOf(visitor, 'Waits for an administrator')
      await step.getByText('An administrator who is neither of them must approve it.', { exact: false }).waitFor()
      expect(await step.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(approvals)
      expect(await step.getByRole('button', { name: 'Reject', exact: true }).count()).toBe(role === 'viewer' ? 0 : 1)
      if (role !== 'viewer') {
        await step.getByRole('button', { name: 'Reject', exact: true }).click()
        const asked = page.getByRole('alertdialog')
        await asked.getByText('Nothing moves; it can be proposed anew.').waitFor()
        expect(await asked.getByText(/cannot be undone/).count()).toBe(0)
      }
    })
  }
}, 60_000)

test('whoever only looks finds no empty forms, the newest day in sight, and filters only where there is something', async () => {
  const { body } = await hub.api('viewer', 'GET', `/api/bank-statements?from=${BOOKED}&to=${BOOKED}`)
  await as(
    'viewer',
    `/settlement/${CHANNEL}/${DAY}`,
    async (visitor) => {
      const { page } = visitor
      await sectionOf(visitor, 'Answer files').waitFor()
      expect(await page.getByRole('region', { name: 'Withdrawal of the accepted file' }).count()).toBe(0)
      expect(await page.getByRole('link', { name: 'To the statement' }).count()).toBe(0)
      await open(visitor, `/bank-statements/${body.files[0]?.sha256}`)
      await page.getByText('Rejected').first().waitFor()
      expect(await page.getByRole('button', { name: 'Propose the withdrawal' }).count()).toBe(0)
      await open(visitor, `/settlement?to=${BOOKED}`)
      const days = page.locator('.matrix')
      await days.getByRole('columnheader', { name: /^23 Nov/ }).waitFor()
      expect(await days.evaluate((matrix) => matrix.scrollLeft > 0)).toBe(true)
      await page.route('**/api/ageing/channel-charges', async (route) => {
        const ageing = await (await route.fetch()).json()
        await route.fulfill({ json: { ...ageing, channels: [] } })
      })
      await page.route('**/api/channel-charges*', (route) => route.fulfill({ json: { items: [], next: null } }))
      await open(visitor, '/owed')
      const charges = sectionOf(visitor, 'Charges to channels')
      await charges.getByText('No charge is unpaid').waitFor()
      expect(await charges.getByRole('combobox').count()).toBe(0)
    },
    { width: 360 },
  )
}, 60_000)

test('a month is closed by two people with what is open, and its journal is exported', async () => {
  await hub.moveTo('2026-12-01T08:00:00+07:00')
  const page = await open(operator, '/months/2026-11')
  // `all` takes what is there: the checks have come when the button has.
  await page.getByRole('button', { name: 'Propose the close', exact: true }).waitFor()
  for (const box of await page.getByLabel('Carry it').all()) await box.check()
  await page.getByLabel('Reason').fill('carried as agreed')
  await confirm(page, 'Propose the close', [/Propose to close November 2026/, /never change again/], 'Propose')
  const other = await open(approver, '/months/2026-11')
  await confirm(other, 'Approve', [/Close November 2026 for ever/, /never change again/], 'Approve')
  await other.getByText('Closed', { exact: true }).first().waitFor()
  for (const [button, start] of [
    ['Download CSV', 'gl_account'],
    ['Download XLSX', 'PK'],
  ] as const) {
    const saved = other.waitForEvent('download')
    await other.getByRole('button', { name: button }).click()
    expect(readFileSync(await (await saved).path(), 'latin1')).toContain(start)
  }
  await open(operator, '/trial-balance')
  await page.getByText('Final: the month is closed').waitFor()
}, 120_000)

describe('every page of finance', () => {
  const SHOTS = path.join(import.meta.dirname, 'screenshots')
  beforeAll(() => void mkdirSync(SHOTS, { recursive: true }))
  const pages = async () => {
    const { body } = await hub.api('viewer', 'GET', `/api/bank-statements?from=${BOOKED}&to=${BOOKED}`)
    return [
      ['approvals', '/approvals'],
      ['case', `/differences/${idsOf('missing-in-file')[0]}`],
      ['bulk', '/differences'],
      ['days', `/days?date=${DAY}&of=${CHANNEL}`],
      ['months', '/months'],
      ['month', '/months/2026-11'],
      ['trial-balance', '/trial-balance'],
      ['receivable', `/receivables/${CHANNEL}`],
      ['owed', '/owed'],
      ['waiting', '/suspense'],
      ['movements', `/bank?to=${BOOKED}`],
      ['movement', `/bank/${BOOKED}/BNK%252F0001`],
      ['bank-statement', `/bank-statements/${body.files[0]?.sha256}`],
      ['arrivals', `/arrivals?to=${BOOKED}`],
      ['fees', '/fees?month=2026-11'],
      ['fee-month', `/fees/${CHANNEL}/2026-11`],
      ['day', `/settlement/${CHANNEL}/${DAY}`],
    ] as const
  }

  const looks = [360, 768, 1280].flatMap((width) => [['light', 'id', width] as const, ['dark', 'en', width] as const])
  test.each(looks)(
    'is whole in %s, %s, at %i pixels, and has no violation',
    async (theme, language, width) => {
      const visitor = await visit(browser, { theme, language, width })
      const { page } = visitor
      try {
        await signIn(visitor, hub.url, 'approver')
        await page.evaluate(axe.source)
        for (const [name, address] of await pages()) {
          await open(visitor, address)
          if (name === 'bulk') await page.getByRole('checkbox').nth(1).check()
          await untilLoaded(visitor)
          const tooWide = await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          )
          await page.screenshot({
            path: path.join(SHOTS, `finance-${name}-${theme}-${language}-${width}.png`),
            fullPage: true,
          })
          expect([name, tooWide]).toEqual([name, 0])
          if (width !== 768) expect([name, await violationsOn(page)]).toEqual([name, []])
        }
        expect(visitor.complaints()).toEqual([])
      } finally {
        await visitor.context.close()
      }
    },
    90_000,
  )
})

/** What axe-core finds, as rule and element. */
async function violationsOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    `axe.run('html', { resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 160))))`,
  )
}
