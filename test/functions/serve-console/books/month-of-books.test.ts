/**
 * A month of five channels and the bank, with every kind of difference planted, closed at its end by two people. Then the same
 * month again from the raw files that the first hub kept, into an empty one.
 */
import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { auditBooks as auditRecords } from '../../../../functions/audit-ledger/audit-books.ts'
import { addDays, type BusinessDate, startOfDay } from '../../../../shared/domain/instant.ts'
import { auditBooks } from '../../../support/audit-books.ts'
import { serveChecked } from '../../../support/checked-console.ts'
import { memoryLedgerAudits } from '../../../support/memory-ledger-audits.ts'
import { emptyHub, play, receive } from '../../../support/month-of-books.ts'
import { closeMonth, get, live } from '../../../support/month-people.ts'
import { CHANNELS, DAYS, fileOf } from '../../../support/month-rows.ts'
import { type Came, MONTH, type Story, tellMonth } from '../../../support/month-story.ts'
import type { SettlementHub } from '../../../support/settlement-hub.ts'
import { sheetRows } from '../../../support/workbook.ts'

const LAST = '2026-11-30'

let requests = 0

async function exported(hub: SettlementHub, format: 'csv' | 'xlsx'): Promise<Buffer> {
  const { status, body, isBase64 } = await serveChecked(hub.consolePorts, {
    method: 'GET',
    rawPath: '/api/journal/export',
    rawQuery: `month=${MONTH}&format=${format}`,
    headers: {},
    body: new Uint8Array(),
    claims: { sub: 'viewer', 'cognito:groups': '[viewer]' },
    sourceIp: '203.0.113.7',
    requestId: `export-${requests++}`,
  })
  expect(status).toBe(200)
  return Buffer.from(body, isBase64 ? 'base64' : 'utf8')
}

const owedOf = (hub: SettlementHub, asOf = LAST) =>
  Promise.all(CHANNELS.map((channel) => get(hub, `/api/receivables/${channel}?asOf=${asOf}`)))

let told: Story
let hub: SettlementHub
/** What became of everything that came and was not simply accepted. */
let outcomes: readonly string[]
/** What was exported when the month was closed. */
let before = ''
/** Each channel's receivable as it stood when its day was closed, night after night. */
const nights: { readonly day: string; readonly owed: readonly Owed[]; readonly bank: number; readonly off: number }[] =
  []

beforeAll(async () => {
  told = await tellMonth()
  hub = await emptyHub()
  outcomes = await live(hub, told, async (day) => {
    const { lines, differenceRupiah } = await get(hub, `/api/trial-balance?asOf=${day}`)
    nights.push({ day, owed: await owedOf(hub, day), bank: bankOf(lines), off: differenceRupiah })
  })
}, 180_000)

test('everything that people signed, placed and entered has its entry in the audit chain, night after night', async () => {
  const audited = await auditRecords({
    books: hub.settlements,
    channels: CHANNELS,
    chainAt: async (at) => (await hub.settlements.audit.from(1, 10_000)).filter((entry) => entry.at === at),
    audits: memoryLedgerAudits(),
    now: () => startOfDay(addDays(LAST as BusinessDate, 3)),
  })
  if (!('found' in audited)) throw new Error('expected the audit to be through')
  expect(audited.found.samples).toEqual([])
  const subjects = hub.settlements.chain.map((item) => item.subject?.S ?? '')
  expect(subjects.some((subject) => subject.startsWith('movement#'))).toBe(true)
  expect(subjects.some((subject) => subject.startsWith('fee-invoice#'))).toBe(true)
  expect(audited.found.looks).toBeGreaterThan(10)
})

test('what cannot be read, or not yet, says why', () => {
  expect(outcomes).toEqual([
    '2026-11-07T06:10 repeated',
    '2026-11-09T05:00 incomplete',
    '2026-11-12T20:00 refused DAY_NOT_OVER',
    '2026-11-13T04:50 refused WRONG_CURRENCY',
    '2026-11-13T06:20 held WRONG_ENCODING',
    '2026-11-14T06:20 held WRONG_ENCODING',
    '2026-11-17T06:20 held WRONG_DAY',
    '2026-11-24T05:00 incomplete',
    '2026-11-25T05:10 repeated',
  ])
})

test('each morning the bank account of the books is what the statements say', () => {
  const wrong = 'The bank account of the journal is not the balance of its statements'
  expect(hub.logged.filter((line) => JSON.stringify(line).includes(wrong))).toEqual([])
})

test('each night, as the month was lived, what a channel owes is the sum of its open items', () => {
  expect(nights.map(({ day }) => day)).toEqual([...DAYS.slice(6), '2026-12-01', '2026-12-02'])
  for (const { day, owed, off } of nights) {
    for (const one of owed) expectExplained(one, day)
    expect([day, off]).toEqual([day, 0])
  }
})

test('each night the bank account of the books is the closing balance of the last statement that had come', () => {
  for (const { day, bank } of nights) {
    const known = told.closing.get(lastKnownOn(day))
    expect([day, bank]).toEqual([day, known])
  }
})

test('a month with every kind of difference closes with books that agree, and lists what is open', async () => {
  expect((await auditBooks(hub)).problems).toEqual([])
  const { open } = await get(hub, `/api/periods/${MONTH}`)
  const found = Object.fromEntries(open.map(({ code, count, amountRupiah }: Found) => [code, [count, amountRupiah]]))
  expect(found).toEqual({
    DAYS_WITHOUT_STATEMENT: [1, 8_400],
    UNSIGNED_DAYS: [171, 0],
    SIGNED_DAYS_CHANGED: [1, 0],
    UNIDENTIFIED_RECEIPTS: [3, 59_900],
    SUSPENSE: [1, -8_400],
    OPEN_DIFFERENCES: [16, 25_050],
    OPEN_RECEIVABLES: [19, 10_950],
  })
  await closeMonth(hub)

  const evening = await owedOf(hub)
  for (const date of DAYS) for (const owed of await owedOf(hub, date)) expectExplained(owed, date)
  expect(evening.flatMap(({ channel, openItems }) => openItems.map((item: Open) => wordsOf(channel, item)))).toEqual(
    OPEN,
  )
  // The account's first statement comes on the 2nd: from then on the books know what it held.
  for (const date of DAYS.slice(1)) {
    const { lines, differenceRupiah } = await get(hub, `/api/trial-balance?asOf=${date}`)
    expect([date, differenceRupiah]).toEqual([date, 0])
    expect([date, bankOf(lines)]).toEqual([date, told.closing.get(date)])
  }
  before = (await exported(hub, 'csv')).toString()
}, 180_000)

test('what nobody could place and what nobody could give a member are listed, and what only people can see is shown', async () => {
  const receipts = (await get(hub, '/api/bank-movements/unidentified')).items
  expect(receipts.map(({ bookedOn, amountRupiah }: Receipt) => `${bookedOn} ${amountRupiah}`)).toEqual([
    '2026-11-08 5000',
    '2026-11-08 5000',
    '2026-11-18 50000',
  ])
  const { items } = await get(hub, '/api/suspense?limit=100')
  expect(items).toMatchObject([{ channel: 'alfamart', paymentId: 'X04', amountRupiah: 8_400 }])
  const { notes } = await get(hub, '/api/settlements/pos/2026-11-09')
  expect(notes.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['admin-fee', 'outlet', 'time'])
  const charges = (await get(hub, '/api/channel-charges')).items
  expect(charges.map(({ channel, date, amountRupiah }: Charge) => `${channel} ${date} ${amountRupiah}`).sort()).toEqual(
    ['alfamart 2026-11-10 -200', 'alfamart 2026-11-11 300', 'bni 2026-10-31 5000', 'indomaret 2026-11-08 -8400'],
  )
})

test('the workbook for the general ledger holds what the CSV does, line by line', async () => {
  const cells = sheetRows(await exported(hub, 'xlsx'), 13)
  const lines = cells.map((row) => row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(','))
  expect(lines).toEqual(before.trimEnd().split('\r\n'))
})

test('later truth, a file that was missing and a resolution, leaves the closed month as it was', async () => {
  const evening = await owedOf(hub)
  const late = {
    kind: 'file',
    at: '2026-12-03T11:00',
    channel: 'bni',
    date: '2026-11-27',
    bytes: fileOf('bni', 27),
  } as const
  await receive(hub, late, told)
  const [difference] = (await hub.cases('brilink', '2026-11-06')).filter(({ state }) => state === 'open')
  expect((await hub.decide(difference?.id ?? '', 'write-off')).status).toBe(200)
  await play(hub, { ...told, came: [] }, '2026-12-03' as BusinessDate, '2026-12-05' as BusinessDate)
  expect((await exported(hub, 'csv')).toString()).toBe(before)
  expect(await owedOf(hub)).toEqual(evening)
  for (const owed of await owedOf(hub, '2026-12-05')) expectExplained(owed, '2026-12-05')
  expect((await auditBooks(hub)).problems).toEqual([])
}, 180_000)

test('what was placed stays placed at any age', async () => {
  const days = async () => (await get(hub, '/api/settlements?from=2026-11-01&to=2026-11-30')).items
  const then = await days()
  hub.setClock('2027-02-10T00:40')
  await hub.run({ task: 'nightly' })
  await hub.drain()
  expect(await days()).toEqual(then)
  expect((await auditBooks(hub)).problems).toEqual([])
}, 180_000)

test('the same month from its raw files, in another order and into an empty hub, is the same journal', async () => {
  const again = await emptyHub()
  await live(again, { ...told, came: await keptBy(hub, told) })
  await closeMonth(again)
  expect((await exported(again, 'csv')).toString()).toBe(before)
}, 180_000)

/** What each channel owes on the evening of the last day, by the plants of the month. */
const OPEN = [
  'pos 2026-11-25 settled-in-other-file 8400',
  'pos 2026-11-26 carried-in -8400',
  'pos 2026-11-30 credited-later 6900',
  'brilink 2026-11-06 amount-difference 100',
  'brilink 2026-11-11 missing-in-file 8400',
  'brilink 2026-11-11 missing-in-hub -8400',
  'brilink 2026-11-13 settled-in-other-file 8400',
  'brilink 2026-11-15 carried-in -8400',
  'brilink 2026-11-20 bank-difference 50',
  'brilink 2026-11-30 credited-later 6900',
  'bni 2026-11-10 settled-here-reversed-there 16800',
  'bni 2026-11-14 duplicate-across-files -8400',
  'bni 2026-11-27 file-awaited 8400',
  'indomaret 2026-11-07 reversed-here-settled-there -8400',
  'indomaret 2026-11-09 settled-in-other-file 8400',
  'indomaret 2026-11-10 carried-in -8400',
  'indomaret 2026-11-21 missing-in-hub -8400',
  'indomaret 2026-11-30 credited-later 6900',
  'alfamart 2026-11-07 missing-in-file 8400',
  'alfamart 2026-11-07 quarantined -8400',
  'alfamart 2026-11-09 reversed-here-settled-there -8400',
  'alfamart 2026-11-22 quarantined -8400',
  'alfamart 2026-11-30 credited-later 6900',
]

type Open = { readonly date: string; readonly label: string; readonly amountRupiah: number }
const wordsOf = (channel: string, { date, label, amountRupiah }: Open) => `${channel} ${date} ${label} ${amountRupiah}`

type Owed = {
  readonly channel: string
  readonly closingRupiah: number
  readonly openItemsRupiah: number
  readonly unexplainedRupiah: number
}

function expectExplained({ channel, closingRupiah, openItemsRupiah, unexplainedRupiah }: Owed, day: string): void {
  expect([day, channel, unexplainedRupiah, openItemsRupiah]).toEqual([day, channel, 0, closingRupiah])
}

/** The day of the last statement that follows the others then: each comes on the next morning, that of the 22nd two days after that. */
function lastKnownOn(day: string): BusinessDate {
  if (day === '2026-11-23' || day === '2026-11-24') return '2026-11-21' as BusinessDate
  return addDays(day as BusinessDate, -1)
}

const bankOf = (lines: readonly Line[]) => lines.find(({ account }) => account === 'bank')?.debitRupiah ?? 0

type Found = { readonly code: string; readonly count: number; readonly amountRupiah: number }
type Receipt = { readonly bookedOn: string; readonly amountRupiah: number }
type Charge = { readonly channel: string; readonly date: string; readonly amountRupiah: number }
type Line = { readonly account: string; readonly debitRupiah: number }

/** What came, as the hub kept it: each morning in another order, and each statement of the bank twice. */
async function keptBy(hub: SettlementHub, told: Story): Promise<readonly Came[]> {
  const kept = await Promise.all(
    told.came
      .filter((came) => came.at < '2026-12-03')
      .map(async (came): Promise<Came> => {
        const pieces: Uint8Array[] = []
        for await (const piece of await hub.files.kept(createHash('sha256').update(came.bytes).digest('hex')))
          pieces.push(piece)
        return { ...came, bytes: Buffer.concat(pieces) }
      }),
  )
  return kept.toReversed().flatMap((came): readonly Came[] => (came.kind === 'statement' ? [came, came] : [came]))
}
