/** Some days of settlement in which something of everything has happened: for the references of this folder. */
import { counterOf } from '../../support/endpoint.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'

export const DAY = '2026-11-20'
export const NEXT = '2026-11-21'
const BEFORE = '2026-11-19'

/** Two channels, three days: lines of every kind, a correction, the bank, money in suspense, a charge, an invoice, closed days. */
export async function settledWorld(): Promise<SettlementHub> {
  const hub = await settlementHub()
  const at = (time: string) => `${DAY}T${time}`
  for (const [i, paymentId] of ['T1', 'T2', 'T3'].entries()) {
    hub.setClock(at(`10:0${i}`))
    await counterOf(hub, 'indomaret').pay({ paymentId, outlet: 'SHOP1' })
  }
  hub.setClock(at('11:00'))
  await counterOf(hub, 'indomaret').reverse({ paymentId: 'T3' })
  hub.setClock(at('23:50'))
  await counterOf(hub, 'indomaret').pay({ paymentId: 'T4' })
  hub.setClock(`${NEXT}T06:30`)
  await hub.settle('pos', BEFORE, [])
  await hub.settle('indomaret', DAY, [
    partnerRow('T1', at('10:00'), { fee: 1_600, outlet: 'SHOP2' }),
    partnerRow('X1', at('11:30'), { customer: '99999999999' }),
    partnerRow('X2', at('11:40')),
    partnerRow('', at('10:01')),
  ])
  await hub.settle('indomaret', DAY, [partnerRow('T1', at('10:00')), partnerRow('T2', at('10:01'))])
  hub.setClock('2026-11-23T08:00')
  await hub.credit('C1', '2026-11-23', 20_000, 'SETTLEMENT INDOMARET 20261120')
  await hub.credit('C2', '2026-11-23', 777, 'nobody knows')
  await hub.credit('C3', '2026-11-23', -1_000, 'BIAYA ADM')
  hub.setClock('2026-11-24T09:00')
  const open = async (of: string, paymentId: string) =>
    (await hub.cases('indomaret', DAY)).find(
      ({ finding, state }) => state === 'open' && finding.class === of && finding.paymentId === paymentId,
    )?.id ?? ''
  await hub.decide(await open('missing-in-hub', 'X1'), 'post')
  await hub.decide(await open('missing-in-hub', 'X2'), 'charge-channel')
  await hub.call('operator', 'POST', `/api/differences/${await open('fee-difference', 'T1')}/proposal`, {
    action: 'write-off',
    reason: 'as agreed with the partner',
  })
  await hub.call('operator', 'POST', '/api/fee-invoices', {
    channel: 'indomaret',
    number: 'INV/7',
    month: '2026-11',
    date: '2026-11-24',
    feeRupiah: 100,
    keptRupiah: 0,
    vatRupiah: 11,
    withholdingRupiah: 2,
  })
  await hub.drain()
  hub.setClock('2026-11-25T00:40')
  await hub.run({ task: 'nightly' })
  await hub.drain()
  await hub.closeJournal('2026-11-24')
  hub.setClock('2026-11-26T10:00')
  return hub
}
