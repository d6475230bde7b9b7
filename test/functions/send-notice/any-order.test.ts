/**
 * Whatever happens to messages, the same history of money leads to the same notices: sweeps at any times and in any number,
 * duplicates, looks at night, folds that come late, providers that are busy. Nothing is sent twice, two stages never on one day,
 * and nothing that asks for money is sent to who has paid it.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate } from '../../../shared/domain/allocation.ts'
import { type Fact, keyOf } from '../../../shared/domain/fact.ts'
import { addDays, businessDateOf, type Instant, instant } from '../../../shared/domain/instant.ts'
import { addMonths, month, monthOf } from '../../../shared/domain/month.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { Transient } from '../../../shared/runtime/faults.ts'
import { at, close, date, pay, reverse, terms } from '../../support/facts.ts'
import { type NoticesOn, noticesOn } from './notices-on.ts'

const FIRST_DAY = date('2026-10-01')
const DAYS = 200
const HOUR = 3_600_000

/** Money of half a year: on which day, at which hour, for how many months; some of it reversed hours later. */
const anyMoney = fc.array(
  fc.record({
    day: fc.nat(DAYS - 1),
    // Never in the minutes of a morning's sweep, in which it is open who comes first.
    hour: fc.integer({ min: 9, max: 23 }),
    count: fc.constantFrom(1, 1, 1, 2, 3),
    reversedAfterHours: fc.option(fc.integer({ min: 1, max: 40 }), { nil: null, freq: 4 }),
  }),
  { minLength: 1, maxLength: 6 },
)
const anyClosing = fc.option(fc.nat(DAYS - 1), { nil: null, freq: 6 })
const anyZone = fc.constantFrom('15.71', '51.71', '94.01')

type Money = {
  readonly day: number
  readonly hour: number
  readonly count: number
  readonly reversedAfterHours: number | null
}

const timeOf = (day: number, hour: number, minute = 0) =>
  instant(at(`${addDays(FIRST_DAY, day)}T00:00`) + hour * HOUR + minute * 60_000)
const text = (when: Instant) => new Date(when + 7 * HOUR).toISOString().slice(0, 16)

/** Each payment takes the first payable months of its moment, as a terminal would have quoted them. */
function historyOf(money: readonly Money[], closing: number | null): readonly Fact[] {
  const facts: Fact[] = []
  ;[...money]
    .sort((a, b) => a.day - b.day || a.hour - b.hour)
    .forEach(({ day, hour, count, reversedAfterHours }, i) => {
      const when = instant(timeOf(day, hour) + i)
      const { paidMonths: held } = allocate(
        [terms('2026-01'), ...facts.filter(({ decidedAt }) => decidedAt < when)],
        RULES,
      )
      const paidThrough = [...held.keys()].sort().at(-1)
      const current = monthOf(when)
      let first =
        paidThrough !== undefined && paidThrough < current && addMonths(paidThrough, 3) >= current
          ? addMonths(paidThrough, 1)
          : current
      while (held.has(first)) first = addMonths(first, 1)
      const paid = {
        ...pay(
          `T${i}`,
          text(when),
          Array.from({ length: count }, (_, k) => addMonths(first, k)),
        ),
        decidedAt: when,
        recordedAt: when,
      }
      facts.push(paid)
      if (reversedAfterHours === null) return
      const reversedAt = instant(when + reversedAfterHours * HOUR + 1)
      facts.push({ ...reverse(paid, text(reversedAt)), decidedAt: reversedAt, recordedAt: reversedAt })
    })
  if (closing !== null) facts.push(close(addDays(FIRST_DAY, closing), text(timeOf(closing, 10, 30))))
  return facts
}

type Event = { readonly at: Instant; readonly what: 'fact' | 'fold' | 'look' | 'sweep'; readonly fact?: Fact }

/** A fact is folded and looked at right away; each morning folds and looks. The rest is noise. */
function eventsOf(facts: readonly Fact[], noise: readonly Event[]): readonly Event[] {
  const events: Event[] = [...noise]
  for (const fact of facts) {
    events.push({ at: fact.decidedAt, what: 'fact', fact }, { at: (fact.decidedAt + 2) as Instant, what: 'fold' })
    events.push({ at: (fact.decidedAt + 3) as Instant, what: 'look' })
  }
  // 08:05 in the east is two hours earlier; a sweep at 06:05, 07:05 and 08:05 meets every zone at its own.
  for (let day = 0; day <= DAYS; day++)
    for (const hour of [6, 7, 8]) events.push({ at: timeOf(day, hour, 5), what: 'sweep' })
  return events.sort((a, b) => a.at - b.at)
}

async function run(events: readonly Event[], regionCode: string, busy: () => boolean): Promise<NoticesOn> {
  const hub = await noticesOn({
    now: '2026-09-30T10:00',
    facts: [{ ...terms('2026-01'), regionCode }],
    answer: () => (busy() ? { outcome: 'later', code: 'NOT_CONNECTED' } : { outcome: 'sent', messageId: 'm' }),
  })
  for (const { at: when, what, fact } of events) {
    hub.moveTo(when)
    if (fact) await hub.put(fact)
    if (what === 'fold' || what === 'sweep') await hub.fold()
    if (what === 'look' || what === 'sweep') await lookUntilHeard(hub, when)
  }
  return hub
}

/** A message that fails comes again, a few seconds later. */
async function lookUntilHeard(hub: NoticesOn, when: Instant): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    hub.moveTo(instant(when + tries * 3_000))
    try {
      await hub.look()
      return
    } catch (fault) {
      if (!(fault instanceof Transient)) throw fault
    }
  }
}

function sentOf(hub: NoticesOn): readonly string[] {
  return hub.notices
    .all()
    .filter(({ state }) => state === 'sent')
    .map(
      ({ month: contributionMonth, stage, reservedAt }) =>
        `${businessDateOf(reservedAt)} ${contributionMonth} ${stage}`,
    )
    .sort()
}

const anyNoise = fc.array(
  fc.record({
    day: fc.nat(DAYS),
    hour: fc.nat(23),
    minute: fc.integer({ min: 6, max: 59 }),
    what: fc.constantFrom('fold', 'look', 'sweep'),
  }),
  { maxLength: 60 },
)

describe('the same history of money', () => {
  test('leads to the same notices on the same days, whatever order and number of looks', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyMoney,
        anyClosing,
        anyZone,
        anyNoise,
        fc.infiniteStream(fc.boolean()),
        async (money, closing, zone, noise, dice) => {
          const facts = historyOf(money, closing)
          const quiet = await run(eventsOf(facts, []), zone, () => false)
          const extra: readonly Event[] = noise
            // What a look at an earlier minute of the day finds, the morning's would have found: only later ones are noise.
            .filter(({ hour }) => hour >= 9)
            .map(({ day, hour, minute, what }) => ({ at: timeOf(day, hour, minute), what }))
          const noisy = await run(eventsOf(facts, [...extra, ...extra]), zone, () => dice.next().value as boolean)
          expect(sentOf(noisy)).toEqual(sentOf(quiet))
          expectOnce(noisy)
          expectNothingPaid(noisy, facts)
        },
      ),
      { numRuns: 40 },
    )
  }, 60_000)

  test('is a history in which something is told at all: each stage is met', async () => {
    const facts = [pay('OCT', '2026-10-10T10:00', ['2026-10']), pay('FEB', '2027-02-20T10:00', ['2027-02'])]
    expect(sentOf(await run(eventsOf(facts, []), '15.71', () => false))).toEqual([
      '2026-11-09 2026-11 before-due',
      '2026-11-16 2026-11 due',
      '2026-11-20 2026-11 grace',
      '2027-01-25 2026-11 last-week',
      '2027-02-01 2027-02 lapsed',
      '2027-02-20 2027-02 active-again',
      '2027-03-09 2027-03 before-due',
      '2027-03-16 2027-03 due',
      '2027-03-20 2027-03 grace',
    ])
  })
})

function expectOnce(hub: NoticesOn): void {
  const sent = hub.notices.all().filter(({ state }) => state === 'sent')
  expect(hub.sent).toHaveLength(sent.length)
  const days = hub.sent.map(({ at: when }) => businessDateOf(when))
  expect(new Set(days).size).toBe(days.length)
}

/** Recomputed here from the facts alone: at the instant of each such notice its month was not paid. */
function expectNothingPaid(hub: NoticesOn, facts: readonly Fact[]): void {
  for (const { stage, month: contributionMonth, state, changedAt } of hub.notices.all()) {
    if (state !== 'sent' || !['before-due', 'due', 'grace', 'last-week'].includes(stage)) continue
    const then = facts.filter(({ decidedAt }) => decidedAt < changedAt)
    const reversed = new Set(then.flatMap((fact) => (fact.kind === 'reversal' ? [fact.reverses] : [])))
    const paid = then
      .filter((fact) => fact.kind === 'payment' && !reversed.has(keyOf(fact)))
      .flatMap((fact) => (fact.kind === 'payment' ? fact.months : []))
      .flatMap((months) => Array.from({ length: months.count }, (_, i) => addMonths(months.first, i)))
    expect([stage, contributionMonth, paid.includes(month(contributionMonth))]).toEqual([
      stage,
      contributionMonth,
      false,
    ])
  }
}
