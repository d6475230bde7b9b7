/**
 * The days of settlement: what the clock, the partners, the bank and finance do on each.
 *
 * ```
 * 00:10 nightly, journal ── 06:30 files of yesterday ── 08:05 notices ── 08:30 the bank's statement ── 10:00 finance
 * ```
 * Once all is calm it goes on until no difference is open, and for two nights more: then the journal holds everything.
 */
import type { BusinessDate, Instant } from '../../../shared/domain/instant.ts'
import { NOTICE_RULES, noticesDue } from '../../../shared/domain/notice.ts'
import type { DifferenceCase } from '../../../shared/store/settlements/records.ts'
import { dayAt, dayEnd, dayStart } from '../auditor/calendar.ts'
import { demand } from '../auditor/ledger.ts'
import { deliveriesAgree, dueAreKept } from '../auditor/notices.ts'
import { type SettledBooks, settlementAgrees } from '../auditor/settlement.ts'
import type { Plan } from '../plan.ts'
import type { Queue } from '../queues.ts'
import type { Random } from '../random.ts'
import type { Timeline } from '../timeline.ts'
import type { Person } from '../workload.ts'
import type { World } from '../world.ts'
import { openBackOffices } from './back-offices.ts'
import { decideOpenCases } from './finance.ts'
import type { SettlementSide } from './settlement-side.ts'

export type SettlementDays = {
  /** Opens the account and the books, and puts the days of the plan on the timeline. */
  readonly schedule: () => Promise<void>
  /** When all is calm: the rest of the files, and finance, until nothing is open. */
  readonly close: () => Promise<void>
  readonly audit: () => Promise<void>
}

export type DaysSetting = {
  readonly plan: Plan
  readonly world: World
  readonly side: SettlementSide
  readonly timeline: Timeline
  readonly random: Random
  readonly people: readonly Pick<Person, 'kpj' | 'phone'>[]
}

const HOUR = 3_600_000
const TEN_MINUTES = 600_000
/** Every rejected proposal needs another day; nine of ten are approved. */
const MOST_DAYS = 25

export function openSettlementDays(setting: DaysSetting): SettlementDays {
  const { plan, world, side, timeline, random } = setting
  const customers = setting.people.map(({ kpj }) => kpj)
  const isCalm = () => world.around.calm()
  const offices = openBackOffices({ ledger: world.ledger, side, random, channels: plan.channels, customers, isCalm })
  const desk = { world, side, timeline, random }
  const settlement = world.queues.settlement as Queue
  let nextFile = dayAt(plan.start) as BusinessDate
  let open = 0
  let calmSince = dayAt(plan.start)

  function morningOf(today: string): void {
    const at = dayStart(today)
    timeline.at(at + TEN_MINUTES, () => settlement.send('{"task":"nightly"}'))
    timeline.at(at + 6.5 * HOUR, () => {
      for (; nextFile < today; nextFile = dayAfter(nextFile)) {
        for (const channel of plan.channels) offices.sendFile(channel, nextFile)
      }
    })
    timeline.at(at + 8 * HOUR + TEN_MINUTES, () => world.queues.sweep.send('{"task":"notices","zone":"WIB"}'))
    timeline.at(at + 8.5 * HOUR, () => offices.sendStatement(today as BusinessDate, dayBefore(today)))
    timeline.at(at + 10 * HOUR, () => {
      decideOpenCases(desk).then((count) => {
        open = count
      }, timeline.fail)
    })
  }

  /** The nights between the plan's days and now: each looks at the days of its week. */
  function nightsSince(): void {
    for (let date = dayBefore(dayAt(plan.start)); date < dayAt(timeline.now()); date = dayAfter(date)) {
      for (const channel of plan.channels) settlement.send(JSON.stringify({ task: 'day', channel, date }))
    }
  }

  async function close(): Promise<void> {
    open = 1
    calmSince = dayAt(timeline.now())
    offices.sendAgain()
    nightsSince()
    await timeline.runOut()
    for (let days = 0; open > 0 || days < 3; days++) {
      demand(world.ledger, 'differences come to an end', days < MOST_DAYS, () => `${open} are open`)
      if (days >= MOST_DAYS) return
      morningOf(dayAt(dayEnd(dayAt(timeline.now()))))
      await timeline.runOut()
    }
    dueAgree(setting)
    for (let night = 0; night < 2; night++) {
      timeline.at(dayEnd(dayAt(timeline.now())) + TEN_MINUTES, () => settlement.send('{"task":"nightly"}'))
      await timeline.runOut()
    }
  }

  return {
    schedule: async () => {
      await offices.openAccount(dayBefore(dayAt(plan.start)))
      await openBooks(setting)
      for (let date = dayAt(plan.start), days = 0; days <= plan.days; days++, date = dayAfter(date)) morningOf(date)
    },
    close,
    audit: async () => {
      settlementAgrees(world.ledger, { ...(await booksOf(setting)), calmSince })
      noticesAgree(setting)
    },
  }
}

async function booksOf({ plan, world, side, timeline }: DaysSetting): Promise<Omit<SettledBooks, 'calmSince'>> {
  const { settlements, journal } = side.stores
  const statements = []
  const cases: DifferenceCase[] = []
  const movements = []
  const today = dayAt(timeline.now()) as BusinessDate
  for (let date = dayBefore(dayBefore(dayAt(plan.start))); date <= today; date = dayAfter(date)) {
    movements.push(...(await settlements.movementsBooked(date)))
    for (const channel of plan.channels) {
      const statement = await settlements.statement(channel, date)
      if (statement) statements.push(statement)
    }
  }
  // A case about a month's fees is of no day's statement: it is known by its id alone.
  for (const { id } of world.ledger.outside.approved) {
    const found: DifferenceCase | undefined = cases.some((each) => each.id === id)
      ? undefined
      : await settlements.difference(id)
    if (found) cases.push(found)
  }
  const closed = [...journal.days.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
  return { statements, cases, movements, closed }
}

function noticesAgree({ world: { ledger }, side, people }: DaysSetting): void {
  const notices = side.stores.notices.all()
  const memberAt = (address: string) => people.find(({ phone }) => address.endsWith(phone.slice(1)))?.kpj
  deliveriesAgree(ledger, side.providers.delivered, notices, memberAt)
}

/** After a morning without a fault. */
function dueAgree({ world: { ledger, around }, side, timeline }: DaysSetting): void {
  const now = timeline.now() as Instant
  const due = around.store
    .everything()
    .views.flatMap((view) => noticesDue(view, now, NOTICE_RULES).map((each) => ({ kpj: view.kpj, ...each })))
  dueAreKept(ledger, due, side.stores.notices.all(), dayAt(now))
}

/** As if the journal had been kept for long: an opening of the books has a test of its own. */
async function openBooks({ plan, side }: DaysSetting): Promise<void> {
  // A clock that is behind records the first things on the day before.
  const day = dayBefore(dayBefore(dayAt(plan.start)))
  await side.stores.journal.close({
    day,
    entries: [],
    receivables: [],
    opening: null,
    balances: [],
    accounts: 0,
    closedAt: plan.start as Instant,
  })
}

function dayAfter(date: string): BusinessDate {
  return dayAt(dayEnd(date)) as BusinessDate
}

function dayBefore(date: string): BusinessDate {
  return dayAt(dayStart(date) - 1) as BusinessDate
}
