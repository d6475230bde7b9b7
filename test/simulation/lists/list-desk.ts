/**
 * What a sponsor does in a plan's weeks: it hands a list over, looks until everybody is enrolled, asks for the bill, now and then for a
 * corrected one, and people pay it at several counters. Paid or not, a list without the first person and with a new one may follow.
 * An operator sends again what the pipe lost.
 */
import { billCohort } from '../../../functions/serve-console/sponsors/bill-cohort.ts'
import { confirmCohort } from '../../../functions/serve-console/sponsors/cohorts.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import type { Cohort } from '../../../shared/domain/sponsors/cohort.ts'
import type { CohortId, ProgramId, SponsorId } from '../../../shared/domain/sponsors/sponsor.ts'
import { takeInMemberList } from '../../../shared/intake/take-in-member-list.ts'
import { callerOf } from '../../support/caller.ts'
import { PLAN, sponsorNamed } from '../../support/sponsors.ts'
import { monthAt, monthText } from '../auditor/calendar.ts'
import { listsAgree, paidOnce, programAgrees } from '../auditor/lists.ts'
import type { PartnerClients } from '../partner-clients.ts'
import type { Plan } from '../plan.ts'
import type { Random } from '../random.ts'
import type { Timeline } from '../timeline.ts'
import type { World } from '../world.ts'
import type { ListSide } from './list-side.ts'

export type ListDesk = {
  readonly schedule: () => void
  /** When all is calm: whatever was lost of the work on lists is sent again, until none is left. */
  readonly finish: () => Promise<void>
  readonly audit: () => Promise<void>
}

type Setting = {
  readonly plan: Plan
  readonly world: World
  readonly side: ListSide
  readonly partners: PartnerClients
  readonly timeline: Timeline
  readonly random: Random
}

const SPONSOR = 'jambi' as SponsorId
const PROGRAM = 'jambi.2026' as ProgramId
const HEADER = 'nik,name,region_code,sector,income,phone'
const MINUTE = 60_000
const DAY = 86_400_000
/** How often somebody looks before giving up, and after how many looks the message is sent again. */
const LOOKS = 40
const SEND_AGAIN_AFTER = 5

export function openListDesk({ plan, world, side, partners, timeline, random }: Setting): ListDesk {
  const persons = random.between(2, 5)
  const cohorts: CohortId[] = []

  async function play(): Promise<void> {
    await openProgram()
    const first = await handOver(1)
    if (!(await until(first, ({ state }) => state === 'enrolled'))) return
    for (let times = random.chance(0.3) ? 2 : 1; times > 0; times--) {
      if (!(await billAndPay(first, times === 1 || random.chance(0.3)))) return
    }
    if (random.chance(0.5)) await correct()
  }

  async function correct(): Promise<void> {
    await timeline.sleep(random.pick([MINUTE, DAY]))
    const second = await handOver(2)
    const isJudged = ({ state, work }: Cohort) => state === 'judged' && work === undefined
    if (!(await until(second, isJudged))) return
    const confirmed = await world.act('confirm a corrected list', (ports) => {
      const caller = callerOf('sponsor-1', timeline.now() as Instant)
      return confirmCohort(ports, { ...caller, path: { cohort: second } })
    })
    if (confirmed.kind !== 'json' || !(await until(second, ({ state }) => state === 'enrolled'))) return
    await billAndPay(second, true)
  }

  /** The persons of the list in their order, from this one on. */
  async function handOver(from: number): Promise<CohortId> {
    const bytes = Buffer.from(listOf(persons, from))
    const incoming = { from: { kind: 'handed-over', bytes }, name: '', by: 'sponsor-1' } as const
    const taken = await world.act('hand over a list', (ports) =>
      takeInMemberList(ports, incoming, { program: PROGRAM, language: 'id' }),
    )
    if (!('cohort' in taken)) throw new Error(`expected the list to be taken in, came ${taken.outcome}`)
    cohorts.push(taken.cohort.id)
    return taken.cohort.id
  }

  /** Whether it was billed. */
  async function billAndPay(of: CohortId, isPaid: boolean): Promise<boolean> {
    const billCode = await bill(of)
    if (billCode === undefined || !(await until(of, ({ work }) => work === undefined))) return false
    const { amount } = (await world.around.store.bills.get(billCode as never)) ?? { amount: 0 }
    if (isPaid) await rush(billCode, amount)
    return true
  }

  /** Put by hand: what a program's life does to it is no part of this history. */
  async function openProgram(): Promise<void> {
    const at = timeline.now() as Instant
    const plannedMonths = { firstMonth: month(monthText(monthAt(at))), monthCount: random.pick([1, 2, 3]) }
    const budget = { per: 'total', amount: rupiah(10_000_000) } as const
    await side.sponsors.putSponsor({ ...sponsorNamed(SPONSOR), createdAt: at })
    const program = {
      ...PLAN,
      ...plannedMonths,
      budget,
      id: PROGRAM,
      state: 'enrolling',
      version: 1,
      createdAt: at,
    } as const
    const event = { number: 1, step: 'draft', from: null, to: 'draft', by: 'sponsor-1', at, note: '' } as const
    await side.sponsors.putProgram({ program, event })
  }

  async function bill(of: CohortId): Promise<string | undefined> {
    const validUntil = new Date(timeline.now() + random.pick([DAY, 30 * DAY])).toISOString()
    const reply = await world.act('bill a list', (ports) => {
      const caller = callerOf('sponsor-1', timeline.now() as Instant)
      return billCohort(ports, { ...caller, path: { cohort: of }, body: { validUntil } })
    })
    return reply.kind === 'json' ? reply.body.bills[0]?.billCode : undefined
  }

  async function until(of: CohortId, isSo: (standing: Cohort) => boolean): Promise<boolean> {
    for (let look = 1; look <= LOOKS; look++) {
      const standing = await side.sponsors.cohort(of)
      if (standing && isSo(standing)) return true
      if (look % SEND_AGAIN_AFTER === 0) world.queues.enrolment?.send(side.messageOf(of))
      await timeline.sleep(random.pick([MINUTE, 10 * MINUTE]))
    }
    return false
  }

  async function rush(billCode: string, amount: number): Promise<void> {
    const visits = Array.from({ length: random.pick([1, 2, 3]) }, async () => {
      await timeline.sleep(random.below(random.pick([3, 1_500, DAY / 24])))
      const visit = { customerId: billCode, guessedAmount: amount, asksFirst: random.chance(0.5), months: 1 as const }
      await partners.serve({ channel: random.pick(plan.channels), ...visit })
    })
    await Promise.all(visits)
  }

  return {
    schedule: () => {
      const when = plan.start + DAY / 24 + random.below(Math.min(plan.days, 5) * DAY)
      timeline.at(when, () => void play().catch(timeline.fail))
    },
    finish: async () => {
      const working = async (of: CohortId) => (await side.sponsors.cohort(of))?.work !== undefined
      for (const of of cohorts) {
        while (await working(of)) {
          world.queues.enrolment?.send(side.messageOf(of))
          await timeline.runOut()
        }
      }
    },
    audit: async () => {
      const lists = await Promise.all(cohorts.map((of) => side.sponsors.cohort(of)))
      for (const list of lists) {
        // A correction that nobody confirmed has changed nothing.
        if (list && (list.corrects === undefined || list.confirmedBy !== undefined))
          listsAgree(world.ledger, list, persons)
      }
      if (lists.length > 0) paidOnce(world.ledger, PROGRAM)
      const isBilled = lists.some((list) => (list?.billing?.bills.length ?? 0) > 0 && list?.work === undefined)
      const steps = (await side.sponsors.history(PROGRAM)).map(({ step }) => step)
      if (lists.length > 0) programAgrees(world.ledger, PROGRAM, isBilled, steps)
    },
  }
}

/** Good rows, one of them twice, and one that names nobody. */
function listOf(persons: number, from: number): string {
  const row = (serial: number) => `15710112038500${serial}1,BUDI SANTOSO,15.71.01.1001,,,`
  const good = Array.from({ length: persons }, (_, i) => row(from + i))
  return [HEADER, ...good, row(from), '123,NOBODY,15.71.01.1001,,,'].join('\n')
}
