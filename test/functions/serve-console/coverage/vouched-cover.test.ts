/**
 * A benefit of millions is paid, or refused, on the answer: so it is provisional as long as anything in the account that cover or its
 * money follows from was put there past the hub, whether it makes somebody covered or not.
 */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Fact, PaymentFact } from '../../../../shared/domain/fact.ts'
import { rupiah, ZERO } from '../../../../shared/domain/money.ts'
import type { MatchedLine } from '../../../../shared/domain/settlement/day.ts'
import { packLines } from '../../../../shared/store/files/settled-lines.ts'
import { signedReversal } from '../../../support/endpoint.ts'
import { at, close, date, reopen, reverse } from '../../../support/facts.ts'
import { fileOf, rowOf as matrixRowOf, statementOf } from '../../../support/settled.ts'
import { consoleOn, KPJ, row } from '../console.ts'

type Hub = ReturnType<typeof consoleOn>
const path = `/api/memberships/${KPJ}/coverage`

let hub: Hub
let payment: PaymentFact
const ask = async (on: string) => (await hub.call('viewer', 'GET', `${path}?on=${on}`)).body
const put = (fact: Fact) => hub.store.facts.put(fact)

/** The channel's file of the day names these payments. */
async function settle(...payments: readonly PaymentFact[]): Promise<void> {
  const lines = payments.map(({ id, amount, decidedAt }, i): MatchedLine => {
    const named = { paymentId: id[0] ?? '', line: i + 1, amount, fee: rupiah(1_500), at: decidedAt }
    return { ...named, status: 'settled', how: 'id' }
  })
  const result = { items: [], listed: [], notes: [], matched: () => lines, counts: { matched: lines.length } }
  const packed = packLines(result as never)
  await hub.lines.put('bni', date('2026-11-20'), packed)
  const { name, sha256, version } = fileOf({ name: 'BNI_20261120.csv' })
  const statement = statementOf({ channel: 'bni', lines: packed.place, file: { name, sha256, version }, credits: [] })
  await hub.settlements.putStatement(statement, matrixRowOf({ channel: 'bni' }))
}

/** A payment of November that the channel's file has named. */
beforeEach(async () => {
  hub = consoleOn({ now: '2026-11-20T09:00' })
  await hub.importRows(row({ registered_on: '2026-10-05' }))
  payment = await hub.pay('P1', '2026-11-20T10:00', ['2026-11'])
  hub.setClock('2026-12-20T10:00')
})

test('where all is genuine it is final, whatever the answer', async () => {
  await settle(payment)
  expect(await ask('2026-11-21')).toMatchObject({ covered: true, provisional: false })
  expect(await ask('2027-01-21')).toMatchObject({ covered: false, provisional: false })
  await put(signedReversal(reverse(payment, '2026-11-20T12:00')))
  expect(await ask('2026-11-21')).toMatchObject({ covered: false, provisional: false })
})

describe('it stays provisional', () => {
  test('where somebody took the cover away: a reversal that no channel sent', async () => {
    await put(reverse(payment, '2026-11-20T12:00'))
    expect(await ask('2026-11-21')).toMatchObject({ covered: false, provisional: true })
  })

  test('where somebody closed the membership', async () => {
    await put(close('2026-11-20', '2026-11-20T12:00'))
    expect(await ask('2026-11-22')).toMatchObject({ covered: false, provisional: true })
  })

  test('where somebody reopened it: the payment is genuine, and the cover is not', async () => {
    await settle(payment)
    const { decidedAt, on, reason } = close('2026-11-20', '2026-11-20T12:00')
    const approved = { at: decidedAt, actor: 'approver-1', action: 'approved', subject: `closure#${KPJ}` } as const
    await hub.ports.resolutions.recordAct({ ...approved, detail: { request: { action: 'close', on }, reason } })
    await put(close('2026-11-20', '2026-11-20T12:00'))
    expect(await ask('2026-11-22')).toMatchObject({ covered: false, provisional: false })
    await put(reopen('2026-11-20T13:00'))
    expect(await ask('2026-11-22')).toMatchObject({ covered: true, provisional: true })
  })

  test('where a payment draws credit of money that nobody brought', async () => {
    const when = at('2026-11-20T10:30')
    const stamp = { account: KPJ, source: 'settlement', decidedAt: when, recordedAt: when, months: [] }
    const money = { businessDate: date('2026-11-20'), amount: rupiah(8_000), creditDrawn: ZERO }
    const forged = { kind: 'posting', ...stamp, ...money, id: ['bni', 'X'] } as const
    const cheap = { amount: rupiah(400), creditDrawn: rupiah(8_000) }
    const drawing = await hub.pay('P2', '2026-11-20T11:00', ['2026-12'], cheap)
    await settle(payment, drawing)
    expect(await ask('2026-12-05')).toMatchObject({ covered: false })
    await put(forged)
    expect(await ask('2026-12-05')).toMatchObject({ covered: true, provisional: true })
  })
})
