/** A sponsored member's answer reaches the row of the list, the program, the bill, its payment, the channel's line and the bank's credit. */
import { describe, expect, test } from 'vitest'
import { kpjOf } from '../../../../shared/domain/kpj.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import type { MatchedLine } from '../../../../shared/domain/settlement/day.ts'
import type { ProgramId } from '../../../../shared/domain/sponsors/sponsor.ts'
import { packLines } from '../../../../shared/store/files/settled-lines.ts'
import { at, date, terms } from '../../../support/facts.ts'
import { fileOf, rowOf as matrixRowOf, statementOf } from '../../../support/settled.ts'
import {
  addProgram,
  billed,
  enrolled,
  type Hub,
  listOf,
  payBill,
  personRow,
  rowsOf,
  send,
  work,
} from '../../enrol-cohort/list-hub.ts'

const NIK = '1571011203850002'
const DAY = date('2026-11-20')

/** The channel's file of the day names the payment, and the bank has credited it. */
async function settle(hub: Hub, paymentId: string, amount: number): Promise<void> {
  const line: MatchedLine = {
    paymentId,
    line: 7,
    amount: rupiah(amount),
    fee: rupiah(1_500),
    at: at('2026-11-20T11:00'),
    status: 'settled',
    how: 'id',
  }
  const result = { items: [], listed: [], notes: [], matched: () => [line], counts: { matched: 1 } }
  const packed = packLines(result as never)
  await hub.lines.put('bni', DAY, packed)
  const { name, sha256, version } = fileOf({ name: 'BNI_20261120.csv' })
  const credits = [{ id: 'BCA-1', bookedOn: date('2026-11-23'), amountRupiah: rupiah(amount - 1_500) }]
  const statement = statementOf({ channel: 'bni', lines: packed.place, file: { name, sha256, version }, credits })
  await hub.settlements.putStatement(statement, matrixRowOf({ channel: 'bni' }))
}

async function covered(plan = {}) {
  const { hub, cohort } = await enrolled(listOf(personRow(1), 'x,NOBODY,15.71.01.1001,,,', personRow(2)), plan)
  const bill = (await billed(hub, cohort)).body.bills[0]
  await payBill(hub, 'P1', bill.billCode, bill.expectedRupiah)
  await hub.fold()
  const [, , row] = await rowsOf(hub, cohort)
  const ask = async (query: string) =>
    (await hub.call('viewer', 'GET', `/api/memberships/${row?.kpj}/coverage?${query}`)).body
  return { hub, cohort, bill, row, ask }
}

describe('the evidence of a sponsored member', () => {
  test('confirms nothing that was put past the hub, also where a channel’s file names the bill’s payment', async () => {
    const { hub, bill, row, ask } = await covered()
    await settle(hub, 'P1', bill.expectedRupiah)
    expect((await ask('on=2026-11-21')).provisional).toBe(false)
    const [share] = (await hub.store.facts.ofAccount(row?.kpj as never)).filter(({ kind }) => kind === 'share')
    if (!share) throw new Error('expected a share')
    const other = kpjOf('99999999999')
    await hub.store.facts.put({ ...terms('2026-10', { funding: 'village' }), account: other })
    await hub.store.facts.put({ ...share, account: other } as never)
    const forged = (await hub.call('viewer', 'GET', `/api/memberships/${other}/coverage?on=2026-11-21`)).body
    expect(forged).toMatchObject({ covered: true, provisional: true })
  })

  test('reaches from the row of the list to the credit of the bank', async () => {
    const { hub, cohort, bill, ask } = await covered()
    expect((await ask('on=2026-11-21')).provisional).toBe(true)
    await settle(hub, 'P1', bill.expectedRupiah)
    const { covered: isCovered, provisional, evidence } = await ask('on=2026-11-21')
    expect([isCovered, provisional]).toEqual([true, false])
    expect(evidence).toMatchObject([
      { step: 'fact', kind: 'terms' },
      {
        step: 'list-row',
        sponsorId: 'jambi',
        programId: 'jambi.2026',
        cohortId: cohort,
        line: 4,
        sha256: (await hub.ports.sponsors.cohort(cohort))?.listDigest,
        receivedBy: 'operator-1',
      },
      {
        step: 'bill',
        billCode: bill.billCode,
        programId: 'jambi.2026',
        cohortId: cohort,
        regionCode: null,
        memberCount: 2,
        amountRupiah: 67_200,
      },
      { step: 'channel-call', channel: 'bni', paymentId: 'P1' },
      { step: 'payment-decision', decision: 'accepted', account: bill.billCode },
      { step: 'fact', kind: 'payment', account: bill.billCode, amountRupiah: 67_200 },
      { step: 'fact', kind: 'share', amountRupiah: 33_600, billCode: bill.billCode, holdsMonth: true },
      { step: 'settlement-line', channel: 'bni', line: 7, paymentId: 'P1', fileName: 'BNI_20261120.csv' },
      { step: 'bank-credit', creditId: 'BCA-1', bookedOn: '2026-11-23' },
    ])
    expect(JSON.stringify(evidence)).not.toMatch(/\d{16}(?<!99\d{14})/)
  })

  test('names the row of its own list, also when a corrected list has another one since', async () => {
    const { hub, cohort, ask } = await covered()
    const before = (await ask('on=2026-11-21')).evidence
    const corrected = await send(hub, listOf(personRow(2), personRow(9)))
    await work(hub, corrected.cohort)
    await hub.call('operator', 'POST', `/api/cohorts/${corrected.cohort}/confirmation`)
    await work(hub, corrected.cohort)
    const after = (await ask('on=2026-11-21')).evidence
    const steps = (evidence: readonly { readonly step: string }[]) =>
      evidence.filter(({ step }) => step === 'list-row' || step === 'bill')
    expect(steps(after)).toEqual(steps(before))
    expect(steps(after)).toMatchObject([{ cohortId: cohort, line: 4 }, {}])
  })

  test('says that a payment was taken back, and whose it was', async () => {
    const { hub, bill, ask } = await covered()
    await hub.store.facts.putReversingBill(
      {
        kind: 'reversal',
        account: bill.billCode,
        source: 'bni',
        id: ['P1'],
        decidedAt: at('2026-11-20T12:00'),
        recordedAt: at('2026-11-20T12:00'),
        reverses: 'payment#bni#P1' as never,
        partnerAt: at('2026-11-20T12:00'),
        businessDate: DAY,
        amount: bill.expectedRupiah,
        outlet: '',
      },
      bill.billCode,
      'bni#P1' as never,
    )
    await hub.fold()
    const { covered: isCovered, evidence } = await ask('on=2026-11-21')
    expect(isCovered).toBe(false)
    expect(evidence.map((step: { readonly step: string; readonly kind?: string }) => step.kind ?? step.step)).toEqual([
      'terms',
      'list-row',
      'bill',
      'channel-call',
      'payment-decision',
      'payment',
      'share',
      'reversal',
    ])
  })
})

test('one person with four memberships and four death-benefit covers on one date answers as four', async () => {
  const hub = (await enrolled(listOf(personRow(1)))).hub
  const programs = ['jambi.2026', 'jambi.early', 'jambi.late', 'jambi.other']
  // All four lists come before anybody has paid: a month that this sponsor had paid would be refused.
  const lists = await Promise.all(
    programs.map(async (program, i) => {
      if (i > 0) await addProgram(hub, program)
      const { cohort } = await send(hub, listOf(personRow(2)), program)
      await work(hub, cohort)
      if (program === 'jambi.2026') {
        await hub.call('operator', 'POST', `/api/cohorts/${cohort}/confirmation`)
        await work(hub, cohort)
      }
      return cohort
    }),
  )
  await hub.fold()
  const kpjs: string[] = []
  for (const [i, cohort] of lists.entries()) {
    expect((await hub.ports.sponsors.program(programs[i] as ProgramId))?.state).toBe('enrolling')
    const bill = (await billed(hub, cohort)).body.bills[0]
    await payBill(hub, `P${i}`, bill.billCode, bill.expectedRupiah)
    const [row] = await rowsOf(hub, cohort)
    kpjs.push(row?.kpj ?? '')
  }
  await hub.fold()
  expect(new Set(kpjs).size).toBe(4)
  const { memberships } = (await hub.call('support', 'GET', `/api/participants/${NIK}`)).body
  expect(memberships.map((each: { readonly kpj: string }) => each.kpj).sort()).toEqual([...kpjs].sort())
  const answers = await Promise.all(
    kpjs.map(async (kpj) => (await hub.call('viewer', 'GET', `/api/memberships/${kpj}/coverage?on=2026-11-21`)).body),
  )
  expect(answers.map(({ kpj, covered: isCovered }) => [kpj, isCovered])).toEqual(kpjs.map((kpj) => [kpj, true]))
  const held = answers.map(({ evidence }) => {
    const row = evidence.find(({ step }: { readonly step: string }) => step === 'list-row')
    const share = evidence.find(({ holdsMonth }: { readonly holdsMonth?: boolean }) => holdsMonth === true)
    const terms = evidence.find(({ kind }: { readonly kind?: string }) => kind === 'terms')
    return [row.programId, share.kind, share.billCode, terms.programs]
  })
  expect(held.map(([program]) => program)).toEqual(programs)
  expect(new Set(held.map(([, , billCode]) => billCode)).size).toBe(4)
  for (const [, kind, , covers] of held) expect([kind, covers]).toEqual(['share', 'JKK+JKM'])
})
