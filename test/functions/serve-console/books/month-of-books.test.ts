/**
 * A month of five channels and the bank, with every kind of difference planted, closed at its end by two people. Then the same
 * month again from the raw files that the first hub kept, into an empty one.
 */
import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import { auditBooks } from '../../../support/audit-books.ts'
import { serveChecked } from '../../../support/checked-console.ts'
import {
  type Came,
  CHANNELS,
  emptyHub,
  fileOf,
  MONTH,
  play,
  receive,
  type Story,
  tellMonth,
} from '../../../support/month-of-books.ts'
import type { SettlementHub } from '../../../support/settlement-hub.ts'

const FIRST = '2026-11-01' as BusinessDate
const LAST = '2026-11-30'
const get = async (hub: SettlementHub, path: string) => {
  const { status, body } = await hub.call('viewer', 'GET', path)
  expect([path, status]).toEqual([path, 200])
  return body
}

async function twoPeople(hub: SettlementHub, path: string, asked: object): Promise<void> {
  const proposed = await hub.call('operator', 'POST', path, asked)
  expect([path, proposed.status, proposed.body.detail]).toEqual([path, 200, undefined])
  const approval = path.endsWith('/proposal') ? path.replace(/proposal$/, 'approval') : `${path}/approval`
  const approved = await hub.call('approver', 'POST', approval, { decision: 'approve' })
  expect([path, approved.status, approved.body.detail]).toEqual([path, 200, undefined])
  await hub.drain()
}

async function signOff(hub: SettlementHub, channel: string, date: string): Promise<void> {
  const path = `/api/settlements/${channel}/${date}/sign-off`
  const { digest } = await get(hub, path)
  await twoPeople(hub, path, { digest, reason: 'looked through' })
}

/** The month with its people: a file that is withdrawn, movements that are placed and returned, days that are signed off. */
async function live(hub: SettlementHub, told: Story): Promise<void> {
  await play(hub, told, FIRST, '2026-11-13' as BusinessDate)
  hub.setClock('2026-11-14T01:00')
  for (const channel of [...CHANNELS, 'bank']) await signOff(hub, channel, '2026-11-02')
  await signOff(hub, 'brilink', '2026-11-06')
  await play(hub, told, '2026-11-14' as BusinessDate, '2026-11-20' as BusinessDate)
  hub.setClock('2026-11-21T01:00')
  const file = told.came.find(
    (came) => came.kind === 'file' && came.channel === 'indomaret' && came.date === '2026-11-13',
  )
  await twoPeople(hub, '/api/settlements/indomaret/2026-11-13/withdrawal', { version: 1, reason: 'of another day' })
  await receive(hub, { ...file, at: '2026-11-21T01:10' } as Came)
  const place = { to: 'channel-day', channel: 'bni', date: '2026-11-16', amountRupiah: 6_900 }
  await signOff(hub, 'bni', '2026-11-16')
  const placing = { action: 'place', onVersion: 1, parts: [place], reason: 'the year is wrong in its text' }
  await twoPeople(hub, '/api/bank-movements/2026-11-17/C16bni/proposal', placing)
  const returning = {
    action: 'return',
    onVersion: 1,
    parts: [{ to: 'returned', amountRupiah: 7_000 }],
    reason: 'of nobody',
  }
  await twoPeople(hub, '/api/bank-movements/2026-11-19/N19/proposal', returning)
  await play(hub, told, '2026-11-21' as BusinessDate, '2026-12-02' as BusinessDate)
  hub.setClock('2026-12-03T10:00')
}

async function closeMonth(hub: SettlementHub): Promise<void> {
  const { open } = await get(hub, `/api/periods/${MONTH}`)
  const accept = open.map(({ code }: { code: string }) => code)
  await twoPeople(hub, `/api/periods/${MONTH}/close`, { accept, reason: 'looked through' })
}

async function exported(hub: SettlementHub): Promise<string> {
  const { status, body } = await serveChecked(hub.consolePorts, {
    method: 'GET',
    rawPath: '/api/journal/export',
    rawQuery: `month=${MONTH}&format=csv`,
    headers: {},
    body: new Uint8Array(),
    claims: { sub: 'viewer', 'cognito:groups': '[viewer]' },
    sourceIp: '203.0.113.7',
    requestId: 'request-1',
  })
  expect(status).toBe(200)
  return body
}

const owedOf = (hub: SettlementHub, asOf = LAST) =>
  Promise.all(CHANNELS.map((channel) => get(hub, `/api/receivables/${channel}?asOf=${asOf}`)))

const told = tellMonth()
let hub: SettlementHub
/** What was exported when the month was closed. */
let before = ''

beforeAll(async () => {
  hub = await emptyHub()
  await live(hub, told)
}, 60_000)

test('a month with every kind of difference closes with books that agree, and lists what is open', async () => {
  expect((await auditBooks(hub)).problems).toEqual([])
  const { open } = await get(hub, `/api/periods/${MONTH}`)
  const found = Object.fromEntries(open.map(({ code, count, amountRupiah }: Found) => [code, [count, amountRupiah]]))
  expect(found).toEqual({
    DAYS_WITHOUT_STATEMENT: [1, 8_400],
    UNSIGNED_DAYS: [171, 0],
    SIGNED_DAYS_CHANGED: [1, 0],
    UNIDENTIFIED_RECEIPTS: [1, 50_000],
    SUSPENSE: [1, -8_400],
    OPEN_DIFFERENCES: [8, 8_200],
    OPEN_RECEIVABLES: [13, 27_800],
  })
  await closeMonth(hub)

  const evening = await owedOf(hub)
  for (const owed of evening) expectExplained(owed)
  expect(evening.flatMap(({ channel, openItems }) => openItems.map((item: Open) => wordsOf(channel, item)))).toEqual(
    OPEN,
  )
  const { lines, differenceRupiah } = await get(hub, `/api/trial-balance?asOf=${LAST}`)
  expect(differenceRupiah).toBe(0)
  expect(lines.find(({ account }: Line) => account === 'bank')?.debitRupiah).toBe(told.closing.get(LAST))
  before = await exported(hub)
}, 60_000)

test('later truth, a file that was missing and a resolution, leaves the closed month as it was', async () => {
  const evening = await owedOf(hub)
  const late = {
    kind: 'file',
    at: '2026-12-03T11:00',
    channel: 'bni',
    date: '2026-11-27',
    bytes: fileOf('bni', 27),
  } as const
  await receive(hub, late)
  const [difference] = (await hub.cases('brilink', '2026-11-06')).filter(({ state }) => state === 'open')
  expect((await hub.decide(difference?.id ?? '', 'write-off')).status).toBe(200)
  await play(hub, { ...told, came: [] }, '2026-12-03' as BusinessDate, '2026-12-05' as BusinessDate)
  expect(await exported(hub)).toBe(before)
  expect(await owedOf(hub)).toEqual(evening)
  for (const owed of await owedOf(hub, '2026-12-05')) expectExplained(owed)
  expect((await auditBooks(hub)).problems).toEqual([])
}, 60_000)

test('the same month from its raw files, in another order and into an empty hub, is the same journal', async () => {
  const again = await emptyHub()
  await live(again, { ...told, came: await keptBy(hub, told) })
  await closeMonth(again)
  expect(await exported(again)).toBe(before)
}, 60_000)

/** What each channel owes on the evening of the last day, by the plants of the month. */
const OPEN = [
  'pos 2026-11-25 settled-in-other-file 8400',
  'pos 2026-11-26 carried-in -8400',
  'pos 2026-11-28 bank-difference 100',
  'pos 2026-11-30 credited-later 6900',
  'brilink 2026-11-06 amount-difference 100',
  'brilink 2026-11-11 missing-in-file 8400',
  'brilink 2026-11-11 missing-in-hub -8400',
  'brilink 2026-11-30 credited-later 6900',
  'bni 2026-11-10 settled-here-reversed-there 16800',
  'bni 2026-11-27 file-awaited 8400',
  'indomaret 2026-11-21 missing-in-hub -8400',
  'indomaret 2026-11-30 credited-later 6900',
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

function expectExplained({ channel, closingRupiah, openItemsRupiah, unexplainedRupiah }: Owed): void {
  expect([channel, unexplainedRupiah, openItemsRupiah]).toEqual([channel, 0, closingRupiah])
}

type Found = { readonly code: string; readonly count: number; readonly amountRupiah: number }
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
