/** What the stream lost is carried out by night, and a clock that is behind writes no version before the last. */
import { expect, test } from 'vitest'
import { journalTask } from '../../../functions/reconcile-settlement/journal.ts'
import { reconcileSettlement } from '../../../functions/reconcile-settlement/reconcile-settlement.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import type { JournalTask } from '../../../shared/messages/settlement.ts'
import { statementsOf } from '../../../shared/store/journal/journal-day.ts'
import { auditBooks } from '../../support/audit-books.ts'
import { counterOf } from '../../support/endpoint.ts'
import { memoryJournal } from '../../support/memory-journal.ts'
import { partnerRow, settlementHub } from '../../support/settlement-hub.ts'

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
