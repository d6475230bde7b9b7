/** What the stream lost is carried out by night, and a clock that is behind writes no version before the last. */
import { describe, expect, test } from 'vitest'
import { journalTask } from '../../../functions/reconcile-settlement/journal.ts'
import { placeMovements } from '../../../functions/reconcile-settlement/place-movements.ts'
import { reconcileSettlement } from '../../../functions/reconcile-settlement/reconcile-settlement.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import type { Month } from '../../../shared/domain/month.ts'
import { withdrawnPlacement } from '../../../shared/domain/settlement/placement.ts'
import { takeInStatement } from '../../../shared/intake/take-in-statement.ts'
import type { JournalTask } from '../../../shared/messages/settlement.ts'
import { statementsOf } from '../../../shared/store/journal/journal-day.ts'
import { auditBooks } from '../../support/audit-books.ts'
import { counterOf } from '../../support/endpoint.ts'
import { memoryJournal } from '../../support/memory-journal.ts'
import { camt053, settlementFiles } from '../../support/settlement-files.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'
import { CHANNEL, NOBODY, suspenseHub } from '../../support/suspense-hub.ts'

const DAY = '2026-11-20'

test('a resolution whose stream record was lost is carried out by the next night, once', async () => {
  const hub = await settlementHub()
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [partnerRow('X1', `${DAY}T11:00`)])
  const [open] = await hub.cases('indomaret', DAY)
  const at = `/api/differences/${open?.id}`
  const proposal = { action: 'post', reason: 'as agreed with the partner' }
  expect((await hub.call('operator', 'POST', `${at}/proposal`, proposal)).status).toBe(200)
  expect((await hub.call('approver', 'POST', `${at}/approval`, { decision: 'approve' })).status).toBe(200)
  expect(hub.settlements.inserted().map(({ entry }) => entry)).toContainEqual(expect.stringMatching(/^resolution#/))
  await hub.drain()
  expect((await hub.cases('indomaret', DAY))[0]?.state).toBe('approved')

  for (const day of ['2026-11-22', '2026-11-23']) {
    hub.setClock(`${day}T00:40`)
    await reconcileSettlement(hub.ports, { task: 'nightly' })
    await hub.drain()
    expect((await hub.cases('indomaret', DAY))[0]?.state).toBe('resolved')
    expect(hub.store.everything().facts.filter(({ kind }) => kind === 'payment')).toHaveLength(1)
  }
})

test('an exit from suspense whose stream record was lost is applied by the next night, once', async () => {
  const hub = await suspenseHub()
  hub.setClock('2026-11-21T06:30')
  await hub.settle(CHANNEL, DAY, [partnerRow('X1', `${DAY}T11:00`, { customer: NOBODY, amount: 8_400 })])
  const [found] = await hub.cases(CHANNEL, DAY)
  await hub.decide(found?.id ?? '', 'post')
  const [money] = await hub.listed()
  expect((await hub.approve(money?.id ?? '', 'refund')).status).toBe(200)
  expect(hub.settlements.inserted().map(({ entry }) => entry)).toContainEqual(expect.stringMatching(/^exit#/))
  await hub.drain()
  const reversals = () => hub.store.everything().facts.filter(({ kind }) => kind === 'reversal')
  expect(reversals()).toEqual([])
  expect(await hub.settlements.waitingExits()).toHaveLength(1)

  for (const day of ['2026-11-22', '2026-11-23']) {
    hub.setClock(`${day}T00:40`)
    await reconcileSettlement(hub.ports, { task: 'nightly' })
    await hub.drain()
    expect(reversals()).toHaveLength(1)
    expect(await hub.settlements.waitingExits()).toEqual([])
  }
})

test('a bank statement that was withdrawn and whose stream record was lost leaves the books by the next night', async () => {
  const hub = await settlementHub()
  hub.setClock('2026-11-24T08:00')
  const day = { account: '0018877665501', statementId: 'S1', date: '2026-11-23', opening: 0 }
  const row = { reference: 'R1', bookedOn: '2026-11-23', valueOn: '2026-11-23', amount: 5_000, remittance: 'SETORAN' }
  const bytes = Buffer.from(camt053([{ ...day, rows: [row] }]))
  const { settlements, now } = hub.ports
  const ports = { files: hub.files, settlements, now }
  const taken = await takeInStatement(ports, { from: { kind: 'handed-over', bytes }, name: 'S1.xml', by: null })
  if (taken.outcome !== 'accepted') throw new Error(`expected the statement to be accepted, it was ${taken.outcome}`)
  await hub.drain()
  const path = `/api/bank-statements/${taken.file.sha256}/withdrawal`
  expect((await hub.call('operator', 'POST', path, { reason: 'of another account' })).status).toBe(200)
  expect((await hub.call('approver', 'POST', `${path}/approval`, { decision: 'approve' })).status).toBe(200)
  hub.settlements.inserted()
  await hub.drain()
  const booked = () => hub.settlements.movementsBooked('2026-11-23' as BusinessDate)
  expect(await booked()).toHaveLength(1)
  hub.setClock('2026-11-25T00:40')
  await reconcileSettlement(hub.ports, { task: 'nightly' })
  expect(await booked()).toEqual([])
})

test('a statement that came back while it was still being taken out is in its chain by the next night', async () => {
  const hub = await settlementHub()
  hub.setClock('2026-11-24T08:00')
  const account = '0018877665501'
  const row = { reference: 'R1', bookedOn: '2026-11-23', valueOn: '2026-11-23', amount: 5_000, remittance: 'SETORAN' }
  const day = { account, statementId: 'S1', date: '2026-11-23', opening: 0, rows: [row] }
  const { settlements, now } = hub.ports
  const from = { kind: 'handed-over', bytes: Buffer.from(camt053([day])) } as const
  await takeInStatement({ files: hub.files, settlements, now }, { from, name: 'S1.xml', by: null })
  await hub.drain()
  const [link] = await settlements.bankChain(account, 9)
  if (!link) throw new Error('expected the statement in its chain')
  // As its withdrawal does that read the file before it came back.
  await settlements.removeLink(account, link)
  expect(await settlements.bankFiles()).toMatchObject([{ state: 'chained' }])
  hub.setClock('2026-11-25T00:40')
  await reconcileSettlement(hub.ports, { task: 'nightly' })
  expect(await settlements.bankChain(account, 9)).toMatchObject([{ files: link.files }])
  expect(await settlements.bankFiles()).toMatchObject([{ state: 'chained', gap: null }])
})

describe('of a reconciled day long ago, whose stream record was lost, the next night finds', () => {
  const OLD = '2026-10-05'

  /** Settled and paid in October; the next weeks changed nothing. */
  async function oldDay() {
    const hub = await settlementHub()
    hub.setClock(`${OLD}T10:00`)
    expect((await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })).outcome).toBe('accepted')
    hub.setClock('2026-10-06T06:30')
    await hub.settle('indomaret', OLD, [partnerRow('T1', `${OLD}T10:00`)])
    await hub.credit('C1', '2026-10-06', 6_900, 'INDOMARET 20261005')
    expect(await hub.statement('indomaret', OLD)).toMatchObject({ verdict: 'reconciled' })
    hub.setClock('2026-11-20T10:00')
    return hub
  }

  /** The stream says nothing; then the night after, or one of the next. */
  async function nightAfter(hub: SettlementHub, on: string) {
    expect(hub.settlements.inserted().length).toBeGreaterThan(0)
    await hub.drain()
    expect(await hub.statement('indomaret', OLD)).toMatchObject({ version: 2, verdict: 'reconciled' })
    hub.setClock(on)
    await reconcileSettlement(hub.ports, { task: 'nightly' })
    await hub.drain()
  }

  test.each(['2026-11-21T00:40', '2026-11-27T00:40'])('a corrected file, on %s', async (on) => {
    const hub = await oldDay()
    await hub.take(
      'indomaret',
      OLD,
      settlementFiles.indomaret?.(OLD, [partnerRow('T1', `${OLD}T10:00`, { fee: 1_600 })]) ?? '',
    )
    await nightAfter(hub, on)
    const open = (await hub.cases('indomaret', OLD)).filter(({ state }) => state === 'open')
    expect(open.map(({ finding }) => finding.class)).toEqual(['corrected-file'])
  })

  test('that its file was withdrawn', async () => {
    const hub = await oldDay()
    const path = `/api/settlements/indomaret/${OLD}/withdrawal`
    await hub.call('operator', 'POST', path, { version: 1, reason: 'of another day' })
    await hub.call('approver', 'POST', `${path}/approval`, { decision: 'approve' })
    await nightAfter(hub, '2026-11-21T00:40')
    expect(await hub.statement('indomaret', OLD)).toMatchObject({ version: 3, verdict: 'incomplete', file: null })
  })

  test('that its credit was moved away', async () => {
    const hub = await oldDay()
    const path = '/api/bank-movements/2026-10-06/C1'
    const parts = [{ to: 'interest', amountRupiah: 6_900 }]
    const asked = { action: 'move', onVersion: 1, parts, reason: 'of another payer' }
    const proposed = await hub.call('operator', 'POST', `${path}/proposal`, asked)
    expect([proposed.status, proposed.body.detail]).toEqual([200, undefined])
    await hub.call('approver', 'POST', `${path}/approval`, { decision: 'approve' })
    await nightAfter(hub, '2026-11-21T00:40')
    expect(await hub.statement('indomaret', OLD)).toMatchObject({ version: 3, bankRupiah: 0, credits: [] })
  })

  test('an invoice of its month', async () => {
    const hub = await oldDay()
    const amounts = { feeRupiah: 5_000, keptRupiah: 0, vatRupiah: 550, withholdingRupiah: 0 }
    const invoice = { channel: 'indomaret', number: 'F1', month: '2026-06', date: '2026-11-20', ...amounts }
    expect((await hub.call('operator', 'POST', '/api/fee-invoices', invoice)).status).toBe(200)
    await nightAfter(hub, '2026-11-21T00:40')
    const [version] = await hub.settlements.feeMonths('indomaret', '2026-06' as Month)
    expect(version).toMatchObject({ position: { billed: { fee: 5_000, vat: 550 } } })
  })
})

test('a movement that is withdrawn while a run reads the bank is not placed again', async () => {
  const hub = await settlementHub()
  hub.setClock('2026-11-24T08:00')
  await hub.credit('C1', '2026-11-23', 5_000, 'SETORAN')
  const [movement] = await hub.settlements.movementsBooked('2026-11-23' as BusinessDate)
  if (!movement?.placement) throw new Error('expected the movement to be placed')
  const link = { sequence: 1, id: 'S1', files: [], openingSen: 0, closingSen: 500_000, closedOn: null, movements: [] }
  await hub.settlements.putLink('A', link as never)
  const gone = withdrawnPlacement(movement.movement, movement.placement, ['f'], hub.clock.now)
  hub.entryHook.current = async ({ method, phase, subject }) => {
    if (method !== 'range' || phase !== 'after' || subject !== 'bank#2026-11-23') return
    hub.entryHook.current = async () => {}
    expect(await hub.settlements.withdrawMovement('A', link as never, gone, movement.placement)).toBe('put')
  }
  await placeMovements(hub.ports, null, hub.clock.now)
  expect((await hub.settlements.placements('2026-11-23' as BusinessDate, 'C1')).at(-1)?.by).toBe('withdrawal')
})

test('a run on a clock that is behind writes versions that are no older than the last', async () => {
  const hub = await settlementHub()
  hub.setClock(`${DAY}T10:00`)
  expect((await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })).outcome).toBe('accepted')
  hub.setClock('2026-11-23T08:00')
  await reconcileSettlement(hub.ports, { task: 'nightly' })
  await hub.drain()
  await hub.credit('C1', '2026-11-23', 6_900, 'INDOMARET')
  hub.setClock('2026-11-23T07:59')
  await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
  const statements = await hub.settlements.statements('indomaret', DAY as BusinessDate)
  const placements = await hub.settlements.placements('2026-11-23' as BusinessDate, 'C1')
  for (const versions of [statements, placements]) {
    const times = versions.map(({ recordedAt }) => recordedAt)
    expect(times.length).toBeGreaterThan(1)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  }
  expect((await auditBooks(hub)).problems).toEqual([])

  // Versions of one millisecond: the journal has what the last of them says.
  const journal = memoryJournal()
  const tasks: JournalTask[] = [{ task: 'journal', date: '2026-11-23' as BusinessDate }]
  hub.setClock('2026-11-24T00:40')
  const books = {
    ...statementsOf(hub.settlements),
    ...{ facts: hub.store.facts, bills: hub.store.bills, memberships: hub.store.memberships, journal },
    sendTasks: async (sent: readonly JournalTask[]) => void tasks.push(...sent),
    ...{ sources: ['indomaret', 'import'], parts: 1, rules: hub.rules, now: () => hub.clock.now },
  }
  for (let task = tasks.pop(); task; task = tasks.pop()) await journalTask(books, task)
  const balances = journal.days.get('2026-11-23')?.balances ?? []
  expect(balances.find(({ account }) => account === 'receivable')).toBeUndefined()
  expect(balances.find(({ account }) => account === 'channel-fees')?.balance).toBe(1_500)
})
