/** The budget is the program's: over all bills of all its lists, whichever is billed first, and also when two are billed at once. */
import { describe, expect, test } from 'vitest'
import { enrolCohort } from '../../../functions/enrol-cohort/enrol-cohort.ts'
import type { ProgramPlan } from '../../../shared/domain/sponsors/program.ts'
import type { CohortId } from '../../../shared/domain/sponsors/sponsor.ts'
import {
  billed,
  billOf,
  type Hub,
  listOf,
  OTHER_VILLAGE,
  openProgram,
  payBill,
  people,
  send,
  VALID,
  VILLAGE,
  work,
} from './list-hub.ts'

const PERSON = 33_600
const FOR_FIVE = { per: 'total', amount: (5 * PERSON) as never } as const

/** Two lists of one program, sent before either was read, so that neither corrects the other. */
async function twoLists(first: string, second: string, plan: Partial<ProgramPlan> = { budget: FOR_FIVE }) {
  const hub = await openProgram(plan)
  const a = (await send(hub, first)).cohort
  const b = (await send(hub, second)).cohort
  for (const cohort of [a, b]) await work(hub, cohort)
  await hub.fold()
  return { hub, a, b }
}

const ask = (hub: Hub, cohort: CohortId, body: object = VALID) =>
  hub.call('operator', 'POST', `/api/cohorts/${cohort}/bill`, body)
const codeOf = (answer: Awaited<ReturnType<typeof ask>>): string => answer.body.bills[0].billCode
const FIRST = listOf(...people(3))
const SECOND = listOf(...people(3, VILLAGE, 50))

describe('two lists of one program', () => {
  test('that do not fit into its budget together: the second is refused, with the numbers', async () => {
    const { hub, a, b } = await twoLists(FIRST, SECOND)
    expect((await billed(hub, a)).status).toBe(202)
    const refused = await billed(hub, b)
    expect(refused).toMatchObject({ status: 409, body: { code: 'BUDGET_SHORT' } })
    expect(refused.body.detail).toContain(
      'need 100800 rupiah, left of the budget 67200, taken by other bills of the program 100800, missing 33600 in 1 of 1 villages',
    )
    const chosen = await billed(hub, b, { ...VALID, priority: 'list-order' })
    expect(chosen.body).toMatchObject({ persons: 2, leftOut: 1 })
    const bills = await Promise.all([codeOf(chosen)].map((code) => billOf(hub, code)))
    expect(bills).toMatchObject([{ status: 'open', memberCount: 2, amountRupiah: 2 * PERSON }])
  })

  test.each([
    ['while the first is being issued', async () => {}],
    ['when the first is open', async (hub: Hub, a: CohortId) => void (await work(hub, a))],
    [
      'when the first is paid, also after its bill has expired',
      async (hub: Hub, a: CohortId, code: string) => {
        await work(hub, a)
        await payBill(hub, 'P1', code, 3 * PERSON)
        hub.setClock('2026-11-25T10:00')
      },
    ],
  ])('the second is held against it %s', async (_, until) => {
    const { hub, a, b } = await twoLists(FIRST, SECOND)
    const first = await ask(hub, a, { validUntil: '2026-11-24' })
    await until(hub, a, codeOf(first))
    expect((await ask(hub, b, { validUntil: '2026-12-31' })).body).toMatchObject({ code: 'BUDGET_SHORT' })
  })

  test('the money of a bill that nobody can pay any more is free again', async () => {
    const { hub, a, b } = await twoLists(FIRST, SECOND)
    await billed(hub, a, { validUntil: '2026-11-25' })
    hub.setClock('2026-11-26T10:00')
    expect((await billed(hub, b)).status).toBe(202)
    expect((await ask(hub, a)).body).toMatchObject({ code: 'BUDGET_SHORT' })
  })

  test('billed at the same moment: one is billed, the other reads again and is refused', async () => {
    const { hub, a, b } = await twoLists(FIRST, SECOND)
    const { sponsors } = hub.ports
    const original = sponsors.putBilling
    let rival: Awaited<ReturnType<typeof ask>> | undefined
    // The second asks, is judged and is written while the first stands right before its own write.
    Object.assign(sponsors, {
      putBilling: async (...given: Parameters<typeof original>) => {
        if (rival === undefined) {
          Object.assign(sponsors, { putBilling: original })
          rival = await ask(hub, b)
        }
        return original(...given)
      },
    })
    expect((await ask(hub, a)).body).toMatchObject({ code: 'CHANGED_MEANWHILE' })
    expect(rival?.status).toBe(202)
    expect((await ask(hub, a)).body).toMatchObject({ code: 'BUDGET_SHORT' })
  })

  test('the same, with answers as they come: never more than the budget, never nobody', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const { hub, a, b } = await twoLists(FIRST, SECOND)
      const answers = await Promise.all(turn % 2 ? [ask(hub, a), ask(hub, b)] : [ask(hub, b), ask(hub, a)])
      expect(answers.map(({ status }) => status).sort()).toEqual([202, 409])
    }
  })

  test('of one village each have each their own money; of the same village they share it', async () => {
    const perVillage = { budget: { per: 'village', amount: (5 * PERSON) as never } } as const
    const apart = await twoLists(FIRST, listOf(...people(3, OTHER_VILLAGE, 50)), perVillage)
    expect((await billed(apart.hub, apart.a)).status).toBe(202)
    expect((await billed(apart.hub, apart.b)).status).toBe(202)
    const mixed = listOf(...people(3, VILLAGE, 50), ...people(3, OTHER_VILLAGE, 60))
    const shared = await twoLists(FIRST, mixed, perVillage)
    expect((await billed(shared.hub, shared.a)).status).toBe(202)
    const { body } = await billed(shared.hub, shared.b)
    expect(body).toMatchObject({ code: 'BUDGET_SHORT' })
    expect(body.detail).toContain('missing 33600 in 1 of 2 villages')
  })

  test('somebody on both is on the bill of the later one alone', async () => {
    const { hub, a, b } = await twoLists(FIRST, listOf(...people(2), ...people(1, VILLAGE, 50)), {})
    const first = codeOf(await billed(hub, a))
    const second = codeOf(await billed(hub, b))
    expect((await billOf(hub, first)).memberCount).toBe(1)
    expect((await billOf(hub, second)).memberCount).toBe(3)
  })
})

describe('a list that is billed again', () => {
  test('takes its own money again, and its old bills can be paid no more, in whichever scope they were', async () => {
    const { hub, a, b } = await twoLists(listOf(...people(2), ...people(1, OTHER_VILLAGE, 60)), SECOND)
    const whole = codeOf(await billed(hub, a))
    const villages = (await billed(hub, a, { ...VALID, per: 'village' })).body.bills
    expect(villages).toHaveLength(2)
    expect((await billOf(hub, whole)).status).toBe('changed')
    expect((await ask(hub, b)).body.detail).toContain(`left of the budget ${2 * PERSON}, taken by other bills`)
  })

  test('whose first bill is paid at the last moment: that one counts, and the new one is never issued', async () => {
    const { hub, a, b } = await twoLists(FIRST, SECOND)
    const first = codeOf(await billed(hub, a))
    const second = codeOf(await ask(hub, a))
    await payBill(hub, 'P1', first, 3 * PERSON)
    await work(hub, a)
    expect((await hub.call('viewer', 'GET', `/api/bills/${second}`)).status).toBe(404)
    expect(hub.store.stranded()).toEqual([])
    expect((await ask(hub, b)).body.detail).toContain(`taken by other bills of the program ${3 * PERSON}`)
  })
})

test('a bill that comes to more than was committed is never issued', async () => {
  const { hub, a } = await twoLists(FIRST, SECOND)
  const { body } = await ask(hub, a)
  const cohort = await hub.ports.sponsors.cohort(a)
  if (!cohort?.billing) throw new Error('expected a list that is being billed')
  const bills = cohort.billing.bills.map((bill) => ({ ...bill, atMost: 1 as never }))
  await hub.ports.sponsors.putCohort({
    ...cohort,
    billing: { ...cohort.billing, bills },
    version: cohort.version + 1,
  })
  const ports = { ...hub.ports, segments: hub.segments }
  await enrolCohort(ports, a)
  await expect(enrolCohort(ports, a)).rejects.toMatchObject({ code: 'BILL_OVER_PLAN' })
  expect((await hub.call('viewer', 'GET', `/api/bills/${body.bills[0].billCode}`)).status).toBe(404)
})
