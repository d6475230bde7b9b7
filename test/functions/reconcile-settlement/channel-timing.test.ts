/** Cut-off and value days per channel, from the counter to the bank: a day that ends at 15:00, money that comes T+5. */
import { expect, test } from 'vitest'
import { reconcileSettlement } from '../../../functions/reconcile-settlement/reconcile-settlement.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { auditBooks } from '../../support/audit-books.ts'
import { counterOf } from '../../support/endpoint.ts'
import { partnerRow, settlementHub } from '../../support/settlement-hub.ts'

const TIMING = {
  cutOffHour: [{ from: '2020-01-01', value: 15, source: 'test' }],
  creditDays: [{ from: '2020-01-01', value: 5, source: 'test' }],
}

test('a payment after the cut-off is of the next day, in its file, and its credit is late only after five working days', async () => {
  const hub = await settlementHub(TIMING)
  for (const [paymentId, when, amount] of [
    ['T1', '2026-11-20T14:10', 8_400],
    ['T2', '2026-11-20T18:00', 8_400],
    ['T3', '2026-11-21T09:00', 16_800],
  ] as const) {
    hub.setClock(when)
    expect((await counterOf(hub, 'indomaret', TIMING).pay({ paymentId, amount: rupiah(amount) })).outcome).toBe(
      'accepted',
    )
  }
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', '2026-11-20', [partnerRow('T1', '2026-11-20T14:10')])
  hub.setClock('2026-11-22T06:30')
  await hub.settle('indomaret', '2026-11-21', [
    partnerRow('T2', '2026-11-20T18:00'),
    partnerRow('T3', '2026-11-21T09:00', { amount: 16_800 }),
  ])
  expect(await hub.cases('indomaret', '2026-11-20')).toEqual([])
  expect(await hub.cases('indomaret', '2026-11-21')).toEqual([])
  expect(await hub.statement('indomaret', '2026-11-21')).toMatchObject({ hubRupiah: 25_200, fileRupiah: 25_200 })

  // 20 November is a Friday: the fifth working day is Friday the 27th.
  hub.setClock('2026-11-27T08:59')
  await reconcileSettlement(hub.ports, { task: 'morning', due: 'statements' })
  expect(hub.counted.filter((line) => line.startsWith('StatementsLate'))).toEqual([])
  hub.setClock('2026-11-27T09:05')
  await reconcileSettlement(hub.ports, { task: 'morning', due: 'statements' })
  expect(hub.counted).toContain('StatementsLate indomaret 2')
  await hub.credit('C1', '2026-11-27', 6_900 + 22_200, 'INDOMARET 20261120 20261121')
  expect((await hub.statement('indomaret', '2026-11-20'))?.verdict).toBe('reconciled')
  expect((await hub.statement('indomaret', '2026-11-21'))?.verdict).toBe('reconciled')
  expect((await auditBooks(hub)).problems).toEqual([])
})
