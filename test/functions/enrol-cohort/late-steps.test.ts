/**
 * A message that comes twice, and the second one late: every step of three lists that correct each other is begun a second time and held
 * before each of its calls, the story goes on to its end, and only then the held step goes on. It must change nothing of what there is.
 */
import { describe, expect, test } from 'vitest'
import { enrolCohort } from '../../../functions/enrol-cohort/enrol-cohort.ts'
import { followProgram } from '../../../functions/enrol-cohort/follow-program.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { PROGRAM_NOTICE_RULES } from '../../../shared/domain/sponsors/program-notice.ts'
import type { CohortId, ProgramId } from '../../../shared/domain/sponsors/sponsor.ts'
import { Transient } from '../../../shared/runtime/faults.ts'
import { type Hub, listOf, openProgram, payBill, personRow, send, VALID } from './list-hub.ts'

const PROGRAM = 'jambi.2026' as ProgramId
/** So long that its end is not announced at once. */
const PLAN = { budget: { per: 'total', amount: 10_000_000 as never }, monthCount: 6 } as const
const TURNS = 50

type Ports = Parameters<typeof followProgram>[0]
type Step = (ports: Ports) => Promise<unknown>
/** Called right before a step is taken: the duplicate begins here. */
type BeforeStep = (step: Step, hub: Hub) => Promise<void>

const portsOf = (hub: Hub): Ports => ({ ...hub.ports, segments: hub.segments, programNotices: PROGRAM_NOTICE_RULES })
const enrol =
  (cohort: CohortId): Step =>
  (ports) =>
    enrolCohort(ports, cohort)
const follow: Step = (ports) => followProgram(ports, PROGRAM, undefined)

/** A list, one that corrects it before its bill is paid, and one that corrects that one afterwards; people change their numbers meanwhile. */
async function story(beforeStep: BeforeStep): Promise<Hub> {
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
async function standing(hub: Hub) {
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

/** Ports of which the call of number `at` waits until it is let go. */
function heldAt(ports: Ports, at: number) {
  const gate = Promise.withResolvers<void>()
  const reached = Promise.withResolvers<void>()
  let calls = 0
  const held = (store: object) =>
    Object.fromEntries(
      Object.entries(store).map(([name, method]) => [
        name,
        async (...given: readonly unknown[]) => {
          if (++calls === at) {
            reached.resolve()
            await gate.promise
          }
          return method(...given)
        },
      ]),
    )
  const { sponsors, files, segments, facts, contacts, memberships, bills } = ports
  const stores = { sponsors, files, segments, facts, contacts, memberships, bills }
  const entries = Object.entries(stores).map(([name, store]) => [name, held(store)])
  return { ports: { ...ports, ...Object.fromEntries(entries) } as Ports, reached: reached.promise, letGo: gate.resolve }
}

/** As the queue does with a message that was not done: once more. */
async function untilDone(step: Step, ports: Ports): Promise<void> {
  try {
    await step(ports)
  } catch (error) {
    if (!(error instanceof Transient)) throw error
    await step(ports)
  }
}

/** The story in which the step of this number has a duplicate that is held before its call of this number. `isOver`: it makes fewer calls. */
async function withLateStep(number: number, call: number) {
  let at = 0
  let late: Promise<void> | undefined
  let letGo = () => {}
  let isOver = false
  const hub = await story(async (step, world) => {
    if (++at !== number) return
    const held = heldAt(portsOf(world), call)
    late = untilDone(step, held.ports)
    letGo = held.letGo
    isOver = await Promise.race([held.reached.then(() => false), late.then(() => true)])
  })
  letGo()
  await late
  return { hub, isOver, isPast: at < number }
}

describe('a step that is done twice, the second time after everything else', () => {
  test('changes nothing of what later steps have written, wherever it was held', async () => {
    const expected = await standing(await story(async () => {}))
    let steps = 0
    let held = 0
    for (let number = 1; ; number++) {
      const { isPast } = await withLateStep(number, 1)
      if (isPast) break
      steps++
      for (let call = 1; ; call++) {
        const { hub, isOver } = await withLateStep(number, call)
        expect(await standing(hub), `step ${number}, held before its call ${call}`).toEqual(expected)
        if (isOver) break
        held++
      }
    }
    console.info(`late steps held ${held} times, of ${steps} steps`)
    expect(steps).toBeGreaterThan(20)
    expect(held).toBeGreaterThan(200)
  }, 170_000)
})
