/**
 * Plays a sponsor's program as it goes in life, on the in-memory stores: the console's calls, the steps of the list, a bank that asks
 * and pays, and the fan-out to every member. Nothing is computed here: what comes out is what the hub answers.
 */
import { type LocalEndpoint, localEndpoint } from '../../bench/local-endpoint.ts'
import { enrolCohort } from '../../functions/enrol-cohort/enrol-cohort.ts'
import type { BudgetView } from '../../functions/serve-console/sponsors/budget-schemas.ts'
import type { CohortView } from '../../functions/serve-console/sponsors/cohort-schemas.ts'
import type { ReportView } from '../../functions/serve-console/sponsors/report-schemas.ts'
import type { CohortId } from '../../shared/domain/sponsors/sponsor.ts'
import { type Answered, consoleOn } from '../functions/serve-console/console.ts'

export type Hub = ReturnType<typeof consoleOn>
export type Replay = { readonly hub: Hub; readonly bank: LocalEndpoint }

export type SponsorBody = {
  readonly id: string
  readonly kind: 'province' | 'regency' | 'village' | 'company'
  readonly name: string
  readonly regionCode: string
}
export type PlanBody = {
  readonly code: string
  readonly name: string
  readonly funding: 'apbd' | 'village' | 'csr'
  readonly budget: { readonly per: 'village' | 'total'; readonly amountRupiah: number }
  readonly firstMonth: string
  readonly months: number
}
export type PlannedBill = { readonly billCode: string; readonly expectedRupiah: number }
export type Paid = { readonly bills: number; readonly rupiah: number }

/** A step of a list is one message: more than these and the work does not end. */
const MOST_STEPS = 5_000
const PLAN = { sector: 'farming', programs: 'JKK+JKM', incomeRupiah: 1_000_000, priority: 'stop' } as const

/** An empty hub on the article's day. */
export async function replayOn(day: string): Promise<Replay> {
  const hub = consoleOn({ now: `${day}T10:00` })
  return { hub, bank: await localEndpoint('bni', hub.store, hub.ports.now) }
}

/** The program's id, once it is open for lists. */
export async function openProgram({ hub }: Replay, sponsor: SponsorBody, plan: PlanBody): Promise<string> {
  await done(hub, 'POST', '/api/sponsors', sponsor)
  const program = await done(hub, 'POST', `/api/sponsors/${sponsor.id}/programs`, { ...PLAN, ...plan })
  await done(hub, 'POST', `/api/programs/${program.id}/opening`, {})
  return program.id
}

/** The list as the hub shows it when all work on it is done. */
export async function enrol({ hub }: Replay, program: string, list: string): Promise<CohortView> {
  const [sponsor] = program.split('.')
  const path = `/api/sponsors/${sponsor}/cohorts?program=${program}`
  const { cohortId } = await done(hub, 'POST', path, Buffer.from(list))
  await workOff(hub, cohortId)
  await hub.fold()
  return done(hub, 'GET', `/api/cohorts/${cohortId}`)
}

export function budgetOf({ hub }: Replay, program: string, question?: object): Promise<BudgetView> {
  const path = `/api/programs/${program}/budget`
  return question === undefined ? done(hub, 'GET', path) : done(hub, 'POST', path, question)
}

export function reportOf({ hub }: Replay, program: string): Promise<ReportView> {
  return done(hub, 'GET', `/api/programs/${program}/report`)
}

/** What the call answers, refusals too; the bills are issued when it returns. */
export async function billList({ hub }: Replay, cohort: string, ask: object): Promise<Answered> {
  const answer = await hub.call('operator', 'POST', `/api/cohorts/${cohort}/bill`, ask)
  if (answer.status === 202) await workOff(hub, cohort)
  return answer
}

/** The bank asks what each bill costs and pays that; then every member has a share. */
export async function payBills({ hub, bank }: Replay, bills: readonly PlannedBill[]): Promise<Paid> {
  let rupiah = 0
  for (const { billCode } of bills) {
    const call = { id: `REPLAY-${billCode}`, customerId: billCode, months: 1, adminFeeRupiah: 0, outlet: '' }
    const { amountRupiah } = await bank.partner.inquire(call)
    if (amountRupiah === null) throw new Error('expected the bank to be told what a bill costs, it was not')
    const answer = await bank.partner.pay({ ...call, amountRupiah })
    if (!answer.accepted) throw new Error(`expected a bill to be payable, got ${answer.status} ${answer.code}`)
    rupiah += amountRupiah
  }
  await hub.fold()
  return { bills: bills.length, rupiah }
}

/** As the stream and the queue do: every version of the list's record is looked at. */
async function workOff(hub: Hub, cohort: string): Promise<void> {
  const { segments: _reading, ...console } = hub.ports
  const ports = { ...console, segments: hub.segments }
  for (let step = 0; step < MOST_STEPS; step++) {
    if ((await enrolCohort(ports, cohort as CohortId)).outcome === 'idle') return
  }
  throw new Error(`expected the work on a list to end within ${MOST_STEPS} steps, it did not`)
}

/** What the call answered; throws where it was refused. */
export async function done(hub: Hub, method: string, path: string, body?: object): Promise<Answered['body']> {
  const { status, body: answered } = await hub.call('operator', method, path, body)
  if (status < 300) return answered
  throw new Error(`expected ${method} ${path} to be done, got ${status}: ${JSON.stringify(answered)}`)
}
