/**
 * The days of settlement: what the clock, the partners, the bank and finance do on each.
 *
 * ```
 * 00:10 nightly, journal ── 06:30 files of yesterday ── 08:30 the bank's statement ── 10:00 finance ── 14:00 corrected files
 * ```
 * Once all is calm it goes on until no difference is open, and for two nights more: then the journal holds everything.
 */
import type { BusinessDate, Instant } from '../../../shared/domain/instant.ts'
import { type Month, month as monthFrom } from '../../../shared/domain/month.ts'
import type { DifferenceCase } from '../../../shared/store/settlements/records.ts'
import { dayAt, dayEnd, dayStart, monthAt, monthText } from '../auditor/calendar.ts'
import { demand } from '../auditor/ledger.ts'
import type { SettledBooks } from '../auditor/settled-books.ts'
import { settlementAgrees } from '../auditor/settlement.ts'
import type { Plan } from '../plan.ts'
import type { Queue } from '../queues.ts'
import type { Random } from '../random.ts'
import type { Timeline } from '../timeline.ts'
import type { Person } from '../workload.ts'
import type { World } from '../world.ts'
import { openBackOffices } from './back-offices.ts'
import { openBank } from './bank.ts'
import { openDropbox } from './dropbox.ts'
import { decideOpenCases } from './finance.ts'
import { askForMissing } from './missing-facts.ts'
import { paymentsOfItems, placeByHand } from './movement-desk.ts'
import type { SettlementSide } from './settlement-side.ts'
import { emptySuspense } from './suspense-desk.ts'
import { enterInvoice, takeBack } from './withdrawal-desk.ts'

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
  const { channels } = plan
  const { outside } = world.ledger
  const customers = setting.people.map(({ kpj }) => kpj)
  const isCalm = () => world.around.calm()
  const dropbox = openDropbox(side, random)
  const offices = openBackOffices({ ledger: world.ledger, dropbox, random, customers, isCalm })
  const bank = openBank({ outside, dropbox, side, random, channels, isCalm })
  const desk = { world, side, timeline, random }
  const settlement = world.queues.settlement as Queue
  let nextFile = dayAt(plan.start) as BusinessDate
  let open = 0
  let calmSince = dayAt(plan.start)

  function morningOf(today: BusinessDate): void {
    const at = dayStart(today)
    const yesterday = dayBefore(today)
    const run = (hours: number, what: () => Promise<unknown>) =>
      timeline.at(at + hours * HOUR, () => void what().catch(timeline.fail))
    timeline.at(at + TEN_MINUTES, () => {
      settlement.send('{"task":"nightly"}')
      if (!isCalm()) world.queues.sweep.send('{"task":"nightly"}')
    })
    timeline.at(at + 6.5 * HOUR, () => {
      for (; nextFile < today; nextFile = dayAfter(nextFile)) {
        for (const channel of channels) offices.sendFile(channel, nextFile)
      }
    })
    run(8.5, async () => bank.sendStatement(today, yesterday, await paymentsOfItems(desk)))
    run(10, () => workOf(today))
    if (isCalm()) return
    run(20, () => askForMissing(desk))
    for (const channel of channels)
      if (random.chance(0.25)) timeline.at(at + 14 * HOUR, () => offices.correct(channel, yesterday))
  }

  async function workOf(today: BusinessDate): Promise<void> {
    open = await decideOpenCases(desk)
    await emptySuspense(desk, customers)
    const days = [dayBefore(dayBefore(today)), dayBefore(today), today]
    await placeByHand(desk, days)
    if (isCalm()) return
    await takeBack(desk, { offices, bank }, days)
    if (random.chance(0.2) && outside.invoices.length === 0) await enterInvoice(desk)
  }

  /** The nights between the plan's days and now: each looks at the days of its week. */
  function nightsSince(): void {
    for (let date = dayBefore(dayAt(plan.start)); date < nextFile; date = dayAfter(date)) {
      for (const channel of channels) settlement.send(JSON.stringify({ task: 'day', channel, date }))
    }
  }

  async function close(): Promise<void> {
    open = 1
    calmSince = dayAt(timeline.now())
    dropbox.announceAgain()
    nightsSince()
    await timeline.runOut()
    for (let days = 0; open > 0 || days < 3; days++) {
      demand(world.ledger, 'differences come to an end', days < MOST_DAYS, () => `${open} are open`)
      if (days >= MOST_DAYS) return
      morningOf(dayAfter(dayAt(timeline.now())))
      await timeline.runOut()
    }
    timeline.at(dayEnd(dayAt(timeline.now())) + TEN_MINUTES, () => settlement.send('{"task":"nightly"}'))
    await timeline.runOut()
    // What this night wrote is the journal's on the next.
    const last = dayAt(timeline.now())
    timeline.at(dayEnd(last) + TEN_MINUTES, () => settlement.send(JSON.stringify({ task: 'journal', date: last })))
    await timeline.runOut()
  }

  return {
    schedule: async () => {
      await bank.openAccount(dayBefore(dayAt(plan.start)))
      await openBooks(setting)
      for (let date = dayAt(plan.start) as BusinessDate, days = 0; days <= plan.days; days++, date = dayAfter(date))
        morningOf(date)
    },
    close,
    audit: async () => settlementAgrees(world.ledger, { ...(await booksOf(setting)), calmSince }),
  }
}

async function booksOf({ plan, world, side, timeline }: DaysSetting): Promise<Omit<SettledBooks, 'calmSince'>> {
  const { settlements, journal, closedAs } = side.stores
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
  const months = monthsBefore(plan.start)
  const fees = await Promise.all(
    plan.channels.flatMap((channel) => months.map(async (each) => (await settlements.feeMonths(channel, each)).at(-1))),
  )
  return { statements, cases, movements, closed, closedAs, fees: fees.flatMap((each) => each ?? []) }
}

/** Of which a night reviews the fees, or an invoice may come. */
function monthsBefore(start: number): readonly Month[] {
  return Array.from({ length: 6 }, (_, back) => monthFrom(monthText(monthAt(start) + 2 - back)))
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
