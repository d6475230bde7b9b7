/**
 * Lists of a sponsor on the in-memory console: a program that is open, a list that is sent, worked on and billed, and what came of it.
 * For the tests of this folder.
 */
import { enrolCohort } from '../../../functions/enrol-cohort/enrol-cohort.ts'
import type { CohortRow } from '../../../shared/domain/sponsors/cohort.ts'
import type { ProgramPlan } from '../../../shared/domain/sponsors/program.ts'
import type { CohortId, ProgramId, SponsorId } from '../../../shared/domain/sponsors/sponsor.ts'
import { accountOf } from '../../support/ids.ts'
import { PLAN } from '../../support/sponsors.ts'
import { consoleOn } from '../serve-console/console.ts'

export const HEADER = 'nik,name,region_code,sector,income,phone'
export const VILLAGE = '15.71.01.1001'
export const OTHER_VILLAGE = '15.71.01.1002'
export const VALID = { validUntil: '2026-12-31' }

export function personRow(
  serial: number,
  changed: { readonly name?: string; readonly village?: string; readonly sector?: string } = {},
) {
  const nik = `157101120385${String(serial).padStart(4, '0')}`
  return [nik, changed.name ?? 'BUDI SANTOSO', changed.village ?? VILLAGE, changed.sector ?? '', '', ''].join(',')
}

export const listOf = (...rows: readonly string[]) => [HEADER, ...rows].join('\n')
export const people = (count: number, village = VILLAGE, from = 1) =>
  Array.from({ length: count }, (_, i) => personRow(from + i, { village }))

/** A program for November and December 2026, open for lists. */
export async function openProgram(plan: Partial<ProgramPlan> = {}, program = 'jambi.2026') {
  const hub = consoleOn()
  const sponsor = 'jambi' as SponsorId
  await hub.store.facts.ofAccount(accountOf('12345678901'))
  await hub.ports.sponsors.putSponsor({
    id: sponsor,
    kind: 'province',
    name: 'Provinsi Jambi',
    regionCode: '15' as never,
    createdBy: 'operator-1',
    createdAt: hub.ports.now(),
  })
  await addProgram(hub, program, plan)
  return hub
}

export type Hub = Awaited<ReturnType<typeof openProgram>>

export async function addProgram(hub: Hub, id: string, plan: Partial<ProgramPlan> = {}): Promise<void> {
  const months = { firstMonth: '2026-11' as never, monthCount: 2 }
  const program = { ...PLAN, ...months, ...plan, id: id as ProgramId, state: 'enrolling', version: 1 } as const
  const event = {
    number: 1,
    step: 'draft',
    from: null,
    to: 'draft',
    by: 'operator-1',
    at: hub.ports.now(),
    note: '',
  } as const
  await hub.ports.sponsors.putProgram({ program: { ...program, createdAt: hub.ports.now() }, event })
}

export async function send(hub: Hub, list: string, program = 'jambi.2026') {
  const path = `/api/sponsors/jambi/cohorts?program=${program}`
  const { status, body } = await hub.call('operator', 'POST', path, Buffer.from(list))
  return { status, cohort: body.cohortId as CohortId, body }
}

/** As the stream and the queue do: every version of the cohort is looked at. `twice`: each message comes again, at once. */
export async function work(hub: Hub, cohort: CohortId, options: { readonly twice?: boolean } = {}): Promise<number> {
  const { segments, ...console } = hub.ports
  const ports = { ...console, segments: hub.segments }
  for (let steps = 0; steps < 200; steps++) {
    const both = options.twice ? [1, 2] : [1]
    const done = await Promise.all(both.map(() => enrolCohort(ports, cohort)))
    if (done.every(({ outcome }) => outcome === 'idle')) return steps
  }
  throw new Error('expected the work on a list to end')
}

/** In one order, whichever was put first. */
export const factsOf = (hub: Hub) => [...hub.store.everything().facts].sort((a, b) => (a.account < b.account ? -1 : 1))
export const show = async (hub: Hub, cohort: CohortId) =>
  (await hub.call('operator', 'GET', `/api/cohorts/${cohort}`)).body
export const rowsOf = async (hub: Hub, cohort: CohortId) =>
  (await hub.ports.sponsors.rows(cohort, 1)) as readonly CohortRow[]

export async function enrolled(list: string, plan: Partial<ProgramPlan> = {}) {
  const hub = await openProgram(plan)
  const { cohort } = await send(hub, list)
  await work(hub, cohort)
  await hub.fold()
  return { hub, cohort }
}

export async function billed(hub: Hub, cohort: CohortId, ask: object = VALID) {
  const answer = await hub.call('operator', 'POST', `/api/cohorts/${cohort}/bill`, ask)
  await work(hub, cohort)
  return answer
}

export const billOf = async (hub: Hub, code: string) => (await hub.call('viewer', 'GET', `/api/bills/${code}`)).body
export const payBill = (hub: Hub, id: string, code: string, amount: number) =>
  hub.pay(id, '2026-11-20T11:00', ['2026-11'], { account: accountOf(code), amount: amount as never, kpj: null })
