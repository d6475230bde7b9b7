/**
 * A story of three lists of one program, each of which corrects the one before, with bills and payments in between; what there is of it
 * in the end. Steps are taken one by one, so that a test can do something before each.
 */
import { expect } from 'vitest'
import { enrolCohort } from '../../../functions/enrol-cohort/enrol-cohort.ts'
import { followProgram } from '../../../functions/enrol-cohort/follow-program.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { PROGRAM_NOTICE_RULES } from '../../../shared/domain/sponsors/program-notice.ts'
import type { CohortId, ProgramId } from '../../../shared/domain/sponsors/sponsor.ts'
import { type Hub, listOf, openProgram, payBill, personRow, send, VALID } from './list-hub.ts'

const PROGRAM = 'jambi.2026' as ProgramId
/** So long that its end is not announced at once. */
const PLAN = { budget: { per: 'total', amount: 10_000_000 as never }, monthCount: 6 } as const
const TURNS = 50

export type Ports = Parameters<typeof followProgram>[0]
export type Step = (ports: Ports) => Promise<unknown>
/** Called right before a step is taken: the duplicate begins here. */
type BeforeStep = (step: Step, hub: Hub) => Promise<void>

export const portsOf = (hub: Hub): Ports => ({
  ...hub.ports,
  segments: hub.segments,
  programNotices: PROGRAM_NOTICE_RULES,
})
const enrol =
  (cohort: CohortId): Step =>
  (ports) =>
    enrolCohort(ports, cohort)
const follow: Step = (ports) => followProgram(ports, PROGRAM, undefined)

/** A list, one that corrects it before its bill is paid, and one that corrects that one afterwards; people change their numbers meanwhile. */
export async function story(beforeStep: BeforeStep): Promise<Hub> {
  const hub = await openProgram(PLAN)
  const take = async (step: Step) => {
    await beforeStep(step, hub)
    return step(portsOf(hub))
  }
  const work = async (cohort: CohortId) => {
    for (let turn = 0; turn < TURNS; turn++) {
      const done = (await take(enrol(cohort))) as Awaited<ReturnType<typeof enrolCohort>>
      if (done.outcome === 'idle') return
    }
    throw new Error('expected the work on a list to end')
  }
  const bill = async (cohort: CohortId) => {
    const { status, body } = await hub.call('operator', 'POST', `/api/cohorts/${cohort}/bill`, VALID)
    expect(status).toBe(202)
    await work(cohort)
    await take(follow)
    return body.bills[0] as { readonly billCode: string; readonly expectedRupiah: number }
  }
  const pay = async (id: string, { billCode, expectedRupiah }: Awaited<ReturnType<typeof bill>>) => {
    await payBill(hub, id, billCode, expectedRupiah)
    await hub.fold()
    await take(follow)
  }
  const corrected = async (list: string) => {
    const { cohort } = await send(hub, list)
    await work(cohort)
    expect((await hub.call('operator', 'POST', `/api/cohorts/${cohort}/confirmation`)).status).toBe(200)
    await work(cohort)
    await hub.fold()
    return cohort
  }
  const first = (await send(hub, listOf(personRow(1), personRow(2), personRow(3), '123,NOBODY,15.71.01.1001,,,')))
    .cohort
  await work(first)
  await hub.fold()
  await bill(first)
  const second = await corrected(listOf(personRow(2, { name: 'SITI AMINAH' }), personRow(3), personRow(4)))
  await pay('P1', await bill(second))
  await changeNumbers(hub)
  const third = await corrected(listOf(personRow(3, { sector: 'trade' }), personRow(4), personRow(5), personRow(6)))
  await pay('P2', await bill(third))
  return hub
}

/** Everybody tells the hub another number, and how to be written to. */
async function changeNumbers(hub: Hub): Promise<void> {
  for (const { kpj } of hub.store.everything().views) {
    const contact = await hub.store.contacts.get(kpj as Kpj)
    if (contact) await hub.store.contacts.put({ ...contact, phone: '+628990000000', email: 'someone@example.id' })
  }
}

/** Everything that there is when all is done. */
export async function standing(hub: Hub) {
  const { facts, views, bills } = hub.store.everything()
  const kpjs = [...new Set(facts.map(({ account }) => account as Kpj))].sort()
  const cohorts = await hub.ports.sponsors.cohortsOf(PROGRAM)
  const rows = await Promise.all(cohorts.map(({ id }) => hub.ports.sponsors.rows(id, 1)))
  const program = await hub.ports.sponsors.program(PROGRAM)
  const history = await hub.ports.sponsors.history(PROGRAM)
  const stranded = hub.store.stranded()
  const contacts = await Promise.all(kpjs.map((kpj) => hub.store.contacts.get(kpj)))
  return {
    facts: inOrder(facts),
    views: inOrder(views),
    bills: inOrder(bills),
    contacts,
    cohorts,
    rows,
    program,
    history,
    stranded,
  }
}

/** In one order, whichever was put first. */
function inOrder<T>(values: readonly T[]): readonly T[] {
  return values.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}
