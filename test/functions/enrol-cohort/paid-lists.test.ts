/** Lists after the money has come: who joins is billed for the months that remain, who leaves keeps what is paid, and nobody is billed twice. */
import { describe, expect, test } from 'vitest'
import { followProgram } from '../../../functions/enrol-cohort/follow-program.ts'
import { allocate } from '../../../shared/domain/allocation.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import type { ProgramPlan } from '../../../shared/domain/sponsors/program.ts'
import { PROGRAM_NOTICE_RULES } from '../../../shared/domain/sponsors/program-notice.ts'
import type { CohortId, ProgramId } from '../../../shared/domain/sponsors/sponsor.ts'
import {
  billed,
  billOf,
  enrolled,
  type Hub,
  listOf,
  OTHER_VILLAGE,
  payBill,
  people,
  personRow,
  rowsOf,
  send,
  show,
  VALID,
  VILLAGE,
  work,
} from './list-hub.ts'

const PROGRAM = 'jambi.2026' as ProgramId
const MONTH = 16_800
const SIX_MONTHS: Partial<ProgramPlan> = { monthCount: 6, budget: { per: 'total', amount: 10_000_000 as never } }
const LATER = { validUntil: '2027-02-28' }

const follow = (hub: Hub) =>
  followProgram({ ...hub.ports, segments: hub.segments, programNotices: PROGRAM_NOTICE_RULES }, PROGRAM, 'nightly')
const programState = async (hub: Hub) => (await hub.ports.sponsors.program(PROGRAM))?.state
const confirm = (hub: Hub, cohort: CohortId) => hub.call('operator', 'POST', `/api/cohorts/${cohort}/confirmation`)

/** Enrolled, billed and paid in November 2026; `shared`: the payment has reached its members. */
async function paid(rows: readonly string[], plan = SIX_MONTHS, shared: 'shared out' | 'on its way' = 'shared out') {
  const { hub, cohort } = await enrolled(listOf(...rows), plan)
  const [bill] = (await billed(hub, cohort)).body.bills
  await payBill(hub, 'P1', bill.billCode, bill.expectedRupiah)
  if (shared === 'shared out') await hub.fold()
  await follow(hub)
  return { hub, cohort, first: bill as { readonly billCode: string; readonly expectedRupiah: number } }
}

async function corrected(hub: Hub, rows: readonly string[]): Promise<CohortId> {
  const { cohort } = await send(hub, listOf(...rows))
  await work(hub, cohort)
  expect((await confirm(hub, cohort)).status).toBe(200)
  await work(hub, cohort)
  await hub.fold()
  return cohort
}

const monthsOf = async (hub: Hub, kpj: Kpj | null | undefined) =>
  allocate(await hub.store.facts.ofAccount(kpj as Kpj), RULES).paidMonths.size

describe('a list that corrects a paid one', () => {
  test('bills only who is new, for the months that remain; who stays or leaves keeps what is paid', async () => {
    const { hub, cohort, first } = await paid(people(3))
    expect([await programState(hub), (await show(hub, cohort)).state]).toEqual(['running', 'paid'])
    hub.setClock('2027-01-10T10:00')
    const { cohort: second, status } = await send(hub, listOf(...people(3, VILLAGE, 2)))
    await work(hub, second)
    expect([status, await show(hub, second)]).toMatchObject([
      202,
      { corrects: cohort, change: { joined: 1, stayed: 2, left: 1 } },
    ])
    await confirm(hub, second)
    await work(hub, second)
    await hub.fold()
    const { body } = await billed(hub, second, LATER)
    expect(body).toMatchObject({ persons: 1, leftOut: 0, bills: [{ expectedRupiah: 4 * MONTH }] })
    const [{ billCode }] = body.bills
    expect(await billOf(hub, billCode)).toMatchObject({ memberCount: 1, amountRupiah: 4 * MONTH, status: 'open' })
    expect(await billOf(hub, first.billCode)).toMatchObject({ status: 'paid', sharesApplied: 3 })
    await follow(hub)
    expect(await programState(hub)).toBe('running')
    await payBill(hub, 'P2', billCode, 4 * MONTH)
    await hub.fold()
    await follow(hub)
    expect([(await show(hub, second)).state, (await billed(hub, second, LATER)).body.code]).toEqual([
      'paid',
      'BILL_PAID',
    ])
    const [left] = await rowsOf(hub, cohort)
    const [stayed, , joined] = await rowsOf(hub, second)
    const months = await Promise.all([left, stayed, joined].map((row) => monthsOf(hub, row?.kpj)))
    expect([left?.state, months]).toEqual(['left', [6, 6, 4]])
    const report = (await hub.call('viewer', 'GET', `/api/programs/${PROGRAM}/report`)).body
    expect(report).toMatchObject({ listed: 4, covered: 4, paidRupiah: (3 * 6 + 4) * MONTH })
  })

  test('bills nobody twice while the payment is still being shared out', async () => {
    const { hub } = await paid(people(3), SIX_MONTHS, 'on its way')
    const { cohort } = await send(hub, listOf(...people(4)))
    await work(hub, cohort)
    await confirm(hub, cohort)
    await work(hub, cohort)
    const { body } = await billed(hub, cohort)
    expect(await billOf(hub, body.bills[0].billCode)).toMatchObject({ memberCount: 1, amountRupiah: 6 * MONTH })
  })

  test('by which people only leave has nobody to bill', async () => {
    const { hub, cohort } = await paid(people(3))
    const second = await corrected(hub, people(2))
    expect((await billed(hub, second)).body).toMatchObject({ code: 'BILL_PAID' })
    expect((await show(hub, cohort)).state).toBe('withdrawn')
  })

  test('is held against what is left of the budget, also when two more follow', async () => {
    const five = { ...SIX_MONTHS, budget: { per: 'total', amount: (5 * 6 * MONTH) as never } } as const
    const { hub } = await paid(people(3), five)
    const second = await corrected(hub, people(6))
    const short = await billed(hub, second)
    expect(short.body).toMatchObject({ code: 'BUDGET_SHORT' })
    expect(short.body.detail).toContain(`taken by other bills of the program ${3 * 6 * MONTH}`)
    const chosen = await billed(hub, second, { ...VALID, priority: 'list-order' })
    expect(chosen.body).toMatchObject({ persons: 2, leftOut: 1 })
    const [bill] = chosen.body.bills
    expect(await billOf(hub, bill.billCode)).toMatchObject({ memberCount: 2 })
    await payBill(hub, 'P2', bill.billCode, bill.expectedRupiah)
    await hub.fold()
    // Whoever was left out is still owed nothing: the money of both bills is gone, also for the list after.
    expect((await billed(hub, second)).body).toMatchObject({ code: 'BUDGET_SHORT' })
    const third = await corrected(hub, people(7))
    expect((await billed(hub, third)).body.detail).toContain(`taken by other bills of the program ${5 * 6 * MONTH}`)
  })

  test('takes the place of what nobody paid, over as many corrections as there were', async () => {
    const { hub, cohort } = await enrolled(listOf(...people(2)), SIX_MONTHS)
    const first = (await billed(hub, cohort)).body.bills[0].billCode
    await corrected(hub, people(3))
    const third = await corrected(hub, people(4))
    const { body } = await billed(hub, third)
    expect(await billOf(hub, first)).toMatchObject({ status: 'replaced', replacedBy: body.bills[0].billCode })
    expect(await billOf(hub, body.bills[0].billCode)).toMatchObject({ memberCount: 4, replaces: first })
  })
})

describe('a list of which one village is paid', () => {
  const PER_VILLAGE = { ...VALID, per: 'village' }
  const rows = [...people(2), ...people(3, OTHER_VILLAGE, 50)]

  async function halfPaid() {
    const { hub, cohort } = await enrolled(listOf(...rows), SIX_MONTHS)
    const { bills } = (await billed(hub, cohort, { ...PER_VILLAGE, validUntil: '2026-11-25' })).body
    await payBill(hub, 'P1', bills[0].billCode, bills[0].expectedRupiah)
    await hub.fold()
    hub.setClock('2026-11-26T10:00')
    await follow(hub)
    return { hub, cohort, bills }
  }

  test('is billed again for the other one, whose bill expired', async () => {
    const { hub, cohort, bills } = await halfPaid()
    const { body } = await billed(hub, cohort, PER_VILLAGE)
    expect(body).toMatchObject({ persons: 3, leftOut: 0, bills: [{ regionCode: OTHER_VILLAGE }] })
    expect(await billOf(hub, bills[1].billCode)).toMatchObject({ replacedBy: body.bills[0].billCode })
    expect(await billOf(hub, bills[0].billCode)).toMatchObject({ status: 'paid', memberCount: 2 })
    await payBill(hub, 'P2', body.bills[0].billCode, body.bills[0].expectedRupiah)
    await hub.fold()
    await follow(hub)
    expect((await show(hub, cohort)).state).toBe('paid')
    const commitments = await hub.ports.sponsors.commitments(PROGRAM)
    expect(commitments.of.flatMap((each) => each.bills).map(({ billCode }) => billCode)).toEqual([
      bills[0].billCode,
      body.bills[0].billCode,
    ])
  })

  test('is billed again for all whose bill was taken back, in one bill for the rest of the list', async () => {
    const { hub, cohort } = await halfPaid()
    const { body } = await billed(hub, cohort)
    expect(body).toMatchObject({ persons: 3, bills: [{ regionCode: null }] })
    expect(await billOf(hub, body.bills[0].billCode)).toMatchObject({ memberCount: 3 })
  })
})

describe('of two corrections of one list', () => {
  test('one is confirmed; the other, sent again, corrects the one that stands', async () => {
    const { hub, cohort } = await enrolled(listOf(...people(3)), SIX_MONTHS)
    const lists = [listOf(...people(4)), listOf(...people(2), personRow(60))] as const
    const [a, b] = [(await send(hub, lists[0])).cohort, (await send(hub, lists[1])).cohort]
    for (const each of [a, b]) await work(hub, each)
    const answers = await Promise.all([confirm(hub, a), confirm(hub, b)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const isFirst = answers[0]?.status === 200
    const [standing, other, otherList] = isFirst ? [a, b, lists[1]] : [b, a, lists[0]]
    expect((await confirm(hub, other)).body).toMatchObject({ code: 'STEP_DOES_NOT_FIT' })
    const beingCorrected = await hub.call('operator', 'POST', `/api/cohorts/${cohort}/bill`, VALID)
    expect(beingCorrected.body).toMatchObject({ code: 'STEP_DOES_NOT_FIT' })
    await work(hub, standing)
    expect(await show(hub, cohort)).toMatchObject({ state: 'withdrawn', correctedBy: standing })
    const again = await send(hub, otherList)
    expect(again).toMatchObject({ status: 202, body: { corrects: standing } })
    await work(hub, again.cohort)
    expect((await confirm(hub, again.cohort)).status).toBe(200)
  })

  test('none is confirmed while the bills of the list are being issued', async () => {
    const { hub, cohort } = await enrolled(listOf(...people(3)), SIX_MONTHS)
    const second = (await send(hub, listOf(...people(4)))).cohort
    await work(hub, second)
    await hub.call('operator', 'POST', `/api/cohorts/${cohort}/bill`, VALID)
    expect((await confirm(hub, second)).body).toMatchObject({ code: 'STEP_DOES_NOT_FIT' })
    await work(hub, cohort)
    expect((await confirm(hub, second)).status).toBe(200)
  })

  test('a budget and a report count nobody twice while one waits', async () => {
    const { hub } = await enrolled(listOf(...people(3)), SIX_MONTHS)
    await work(hub, (await send(hub, listOf(...people(4)))).cohort)
    expect((await hub.call('viewer', 'GET', `/api/programs/${PROGRAM}/budget`)).body.persons).toBe(3)
    expect((await hub.call('viewer', 'GET', `/api/programs/${PROGRAM}/report`)).body.listed).toBe(3)
  })
})
