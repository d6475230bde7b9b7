/**
 * What happens in a plan's weeks: who is registered, when people come to the counters (due days, ends of months, the same
 * second at two channels), what the owner and finance decide meanwhile, which bills are issued.
 */
import { issueBill } from '../../functions/serve-console/bills/bills.ts'
import type { Caller } from '../../functions/serve-console/http/caller.ts'
import {
  approveClosing,
  approveReopening,
  proposeClosing,
  proposeReopening,
} from '../../functions/serve-console/memberships/closure.ts'
import { registerMembership } from '../../functions/serve-console/memberships/register-membership.ts'
import type { Account } from '../../shared/domain/account.ts'
import { billCodeOf, parseBillCode } from '../../shared/domain/bill-code.ts'
import type { PaymentFact, PostingFact, PricedRun, ReversalFact, SuspensionFact } from '../../shared/domain/fact.ts'
import type { BusinessDate, Instant } from '../../shared/domain/instant.ts'
import { type Kpj, kpjOf } from '../../shared/domain/kpj.ts'
import { type Rupiah, rupiah } from '../../shared/domain/money.ts'
import { month } from '../../shared/domain/month.ts'
import { MONTH_COUNTS, type MonthCount } from '../../shared/domain/month-count.ts'
import { paymentKey } from '../../shared/domain/payment-key.ts'
import type { RegionCode } from '../../shared/domain/region.ts'
import { PROGRAMS, SECTORS, type Terms } from '../../shared/domain/tariff.ts'
import { callerOf } from '../support/caller.ts'
import { factKeyIn } from '../support/ids.ts'
import { keyOf } from './auditor/account-fold.ts'
import { dayAt, monthAt, monthNumber, monthStart, monthText } from './auditor/calendar.ts'
import { paymentsOf } from './auditor/closing.ts'
import { type Decree, figuresOf } from './auditor/figures.ts'
import type { PartnerClients } from './partner-clients.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'
import type { World } from './world.ts'

export type Person = {
  readonly kpj: Kpj
  readonly nik: string
  /** '' where no notices play. */
  readonly phone: string
  terms: Terms
  name: string
  readonly billCodes: string[]
}
type Stage = {
  readonly plan: Plan
  readonly world: World
  readonly partners: PartnerClients
  readonly timeline: Timeline
  readonly random: Random
  readonly people: readonly Person[]
}

const DAY = 86_400_000
const HOUR = 3_600_000

/** Puts everything on the timeline; nothing has happened yet when it returns who there is. */
export function schedule(stage: Omit<Stage, 'people'>): readonly Person[] {
  const { plan, timeline, random, world } = stage
  const people = peopleOf(plan, random)
  const full = { ...stage, people }
  const run = (when: number, what: () => Promise<unknown>) => timeline.at(when, () => void what().catch(timeline.fail))
  for (const person of people) run(plan.start, () => register(full, person))
  for (let i = 0; i < plan.bills; i++) run(someTime(plan, random), () => issueAndRush(full))
  const moments = Array.from({ length: plan.moments }, () => someMoment(plan, random))
  for (const moment of moments) crowd(full, moment, run)
  // Half of what is decided is decided in the very moment in which people pay.
  const someDecision = () => (random.chance(0.5) ? random.pick(moments) + random.below(120) : someTime(plan, random))
  for (let i = 0; i < plan.ownerDecisions; i++) run(someDecision(), () => decide(full))
  for (let i = 0; i < plan.financeDecisions; i++) run(someDecision(), () => correct(full))
  const { decree } = plan
  if (decree) run(plan.start + random.below(decree.recordedAt - plan.start), () => leaveCredit(full, decree))
  if (plan.queue.poison > 0) {
    run(someTime(plan, random), async () => poison(world, random))
  }
  return people
}

function peopleOf(plan: Plan, random: Random): readonly Person[] {
  return Array.from({ length: plan.members }, (_, i) => {
    // Two memberships of one person, now and then: one NIK, of which one may be paid by it.
    const nik = `357801120385000${i > 0 && random.chance(0.4) ? i : i + 1}`
    const phone = plan.noticing ? `+62812345678${i}0` : ''
    return { kpj: kpjOf(`1234567890${i}`), nik, terms: someTerms(random), name: 'BUDI SANTOSO', phone, billCodes: [] }
  })
}

function someTerms(random: Random): Terms {
  return {
    sector: random.pick(['transport', 'farming', random.pick(SECTORS)] as const),
    funding: random.chance(0.88) ? 'self' : random.pick(['village', 'csr'] as const),
    programs: random.pick([PROGRAMS[0], PROGRAMS[0], PROGRAMS[1]] as const),
    income: rupiah(random.pick([900_000, 1_000_000, 1_099_999, 2_500_000, 3_199_999, 25_000_000])),
  }
}

function someTime({ start, days }: Plan, random: Random): number {
  return start + HOUR + random.below(days * DAY)
}

/** Half of all moments lie where it hurts: the due day's morning, the last second of a month, midnight. */
function someMoment(plan: Plan, random: Random): number {
  const any = someTime(plan, random)
  const next = monthStart(monthAt(any) + 1)
  const due = monthStart(monthAt(any)) + 14 * DAY + 9 * HOUR
  const midnight = monthStart(monthAt(any)) + Math.ceil((any - monthStart(monthAt(any))) / DAY) * DAY
  const moment = random.pick([any, any, any, due, next - random.between(0, 1_500), midnight - random.between(0, 1_500)])
  // Where days are settled the last of them is the last on which anything is collected: the days after it would be empty.
  const latest = plan.settling ? plan.start + plan.days * DAY : Number.POSITIVE_INFINITY
  return Math.min(Math.max(moment, plan.start + HOUR), latest)
}

/** Several people, or one person at several counters, within a second or two. */
function crowd(stage: Stage, moment: number, run: (when: number, what: () => Promise<unknown>) => void): void {
  const { plan, random, people, partners } = stage
  const isOnePerson = random.chance(0.6)
  const chosen = random.pick(people)
  // A duel: nobody asks first, all pay in the same moment.
  const isDuel = random.chance(0.35)
  for (let i = random.pick(isDuel ? [2, 2, 3] : [1, 1, 2, 3, 4]); i > 0; i--) {
    run(moment + random.below(isDuel ? random.pick([2, 2, 100]) : random.pick([2, 1_500])), () => {
      const person = isOnePerson ? chosen : random.pick(people)
      const customerId = customerOf(person, random)
      const months = random.pick([1, 1, 1, random.pick(MONTH_COUNTS)] as const) as MonthCount
      const month = monthAt(moment)
      const each = Array.from({ length: months }, (_, ahead) => figuresOf(month + ahead, person.terms).total)
      const guess = each.reduce((sum, price) => sum + price, 0)
      const asks = !isDuel && random.chance(0.85)
      return partners.serve({
        channel: random.pick(plan.channels),
        customerId,
        guessedAmount: guess,
        asksFirst: asks,
        months,
      })
    })
  }
}

function customerOf(person: Person, random: Random): string {
  if (person.billCodes.length > 0 && random.chance(0.6)) return random.pick(person.billCodes)
  return random.chance(0.03) ? '90000000000' : random.pick([person.kpj, person.kpj, person.nik])
}

async function register({ world, plan }: Stage, person: Person): Promise<void> {
  const registeredOn = dayAt(plan.start) as BusinessDate
  await world.act(`register ${person.kpj}`, (parts) =>
    registerMembership(
      parts,
      {
        kpj: person.kpj,
        nik: person.nik as never,
        name: person.name,
        regionCode: '15.71' as RegionCode,
        terms: person.terms,
        phone: person.phone,
        registeredOn,
      },
      undefined,
    ),
  )
}

function callerAt(timeline: Timeline, actor: string | null = null): Caller {
  return callerOf(actor, timeline.now() as Instant)
}

/** Closing, reopening, or new terms: by the console's own use cases. */
async function decide(stage: Stage): Promise<void> {
  const { world, random, timeline, people } = stage
  const person = random.pick(people)
  const { kpj } = person
  const on = dayAt(timeline.now() + random.pick([-3, 0, 0, 5]) * DAY) as BusinessDate
  const call = <B>(body: B) => ({ ...callerAt(timeline, 'admin-1'), path: { kpj }, body })
  const approval = () => ({
    ...callerAt(timeline, 'approver-1'),
    path: { kpj },
    body: { decision: 'approve' } as const,
  })
  if (random.chance(0.5)) {
    await world.act(`close ${kpj}`, (parts) => proposeClosing(parts, call({ reason: 'became a wage earner', on })))
    // Some proposals wait until somebody approves them, and some for ever.
    if (random.chance(0.2)) await timeline.sleep(random.pick([1_000, HOUR]))
    if (random.chance(0.1)) return
    await world.act(`approve closing ${kpj}`, (parts) => approveClosing(parts, approval()))
    const heir = people.find((other) => other !== person && other.nik === person.nik)
    if (random.chance(0.3)) return heir && register(stage, heir)
    await timeline.sleep(random.pick([1_000, HOUR, 5 * DAY]))
    await world.act(`reopen ${kpj}`, (parts) => proposeReopening(parts, call({ reason: 'self-employed again' })))
    await world.act(`approve reopening ${kpj}`, (parts) => approveReopening(parts, approval()))
    return
  }
  if (random.chance(0.4)) person.name = random.pick(['SITI AMINAH', 'WAYAN SUDRA', 'BUDI SANTOSO'])
  person.terms = random.chance(0.7) ? { ...someTerms(random), funding: person.terms.funding } : someTerms(random)
  await register(stage, person)
}

/** A bill of one member by the console, or a cohort's as a sponsor's would lie in the table. */
async function issue({ world, random, timeline, people }: Stage): Promise<string | undefined> {
  const person = random.pick(people)
  if (random.chance(0.5)) {
    const validUntil = new Date(timeline.now() + random.pick([HOUR, 3 * DAY, 30 * DAY])).toISOString()
    const body = { kpj: person.kpj, months: random.pick([1, 2, 3] as const), validUntil }
    const reply = await world.act(`bill ${person.kpj}`, (ports) => issueBill(ports, { ...callerAt(timeline), body }))
    const billCode = reply.kind === 'json' ? reply.body.billCode : undefined
    if (billCode) person.billCodes.push(billCode)
    return billCode
  }
  const members = people.filter(() => random.chance(0.8))
  if (members.length < 2) return undefined
  const first = monthAt(timeline.now())
  const months = random.pick([1, 2, 3])
  const parts = members.map(({ kpj, terms }) => {
    const runs = Array.from({ length: months }, (_, i) => runOf(first + i, terms))
    return { kpj, months: runs, amount: rupiah(runs.reduce((sum, run) => sum + totalOf(run), 0)) }
  })
  const until = timeline.now() + random.pick([HOUR, 3 * DAY, 30 * DAY])
  const billCode = billCodeOf(1_000_000 + random.below(1_000_000))
  const bill = {
    billCode,
    months: parts[0]?.months.map((run) => run.first) ?? [],
    amount: rupiah(parts.reduce((sum, { amount }) => sum + amount, 0)),
    memberCount: parts.length,
    kpj: null,
    issuedAt: timeline.now() as Instant,
    validUntil: new Date(until).toISOString(),
    validUntilInstant: until as Instant,
    paidBy: null,
  }
  await world.act('bill of a cohort', (ports) => ports.bills.put(bill, parts))
  for (const member of members) member.billCodes.push(billCode)
  return billCode
}

/** Whoever holds the code pays it: several at once, at several counters. */
async function issueAndRush(stage: Stage): Promise<void> {
  const { plan, world, random, timeline, partners } = stage
  const billCode = await issue(stage)
  if (billCode === undefined) return
  await timeline.sleep(random.pick([500, HOUR / 2, DAY]))
  const { amount } = world.ledger.bills.get(billCode)?.bill ?? { amount: 0 }
  const isDuel = random.chance(0.5)
  const rush = Array.from({ length: random.pick([1, 2, 3]) }, async () => {
    await timeline.sleep(isDuel ? random.below(3) : random.below(random.pick([1_500, HOUR])))
    const visit = { customerId: billCode, guessedAmount: amount, asksFirst: !isDuel, months: random.pick(MONTH_COUNTS) }
    await partners.serve({ channel: random.pick(plan.channels), ...visit })
  })
  await Promise.all(rush)
}

function runOf(number: number, terms: Terms): PricedRun {
  const { jkk, jkm, jht } = figuresOf(number, terms)
  return { first: month(monthText(number)), count: 1, price: { jkk: rupiah(jkk), jkm: rupiah(jkm), jht: rupiah(jht) } }
}

function totalOf({ price }: PricedRun): number {
  return price.jkk + price.jkm + price.jht
}

/** Before the decree: half the price of a month, which buys none until the decree halves the price. Taken back now and then. */
async function leaveCredit(stage: Stage, { recordedAt }: Decree): Promise<void> {
  const { world, random, timeline, people } = stage
  const { kpj, terms } = random.pick(people)
  const now = timeline.now() as Instant
  const price = figuresOf(monthNumber('2027-05'), terms, { recordedAt, until: monthNumber('2027-06') }).total
  const stamp = { source: 'finance', decidedAt: now, recordedAt: now, businessDate: dayAt(now) as BusinessDate }
  const money = { account: kpj, amount: rupiah(price * random.pick([1, 1, 3])), id: [`F${timeline.steps()}`] }
  const posting: PostingFact = { ...stamp, ...money, kind: 'posting', months: [], creditDrawn: 0 as Rupiah }
  await world.act('finance posting', (parts) => parts.facts.put(posting))
  if (random.chance(0.6)) return
  await timeline.sleep(recordedAt - now + random.pick([HOUR, 2 * DAY]))
  const at = timeline.now() as Instant
  const taken = {
    ...stamp,
    ...money,
    decidedAt: at,
    recordedAt: at,
    partnerAt: at,
    outlet: '',
    reverses: factKeyIn(keyOf(posting)),
  }
  const reversal: ReversalFact = { ...taken, kind: 'reversal', id: ['finance', ...money.id] }
  await world.act('finance reversal', (parts) => parts.facts.put(reversal))
}

/** Finance: money placed by hand, money moved to suspense, a payment or a bill's reversed by decision, on its old business day. */
async function correct({ world, random, timeline, people }: Stage): Promise<void> {
  const now = timeline.now() as Instant
  const businessDate = dayAt(now) as BusinessDate
  const stamp = { source: 'finance', decidedAt: now, recordedAt: now, businessDate }
  const payments = paymentsOf(world.ledger)
  const bills = payments.filter(({ account }) => world.ledger.bills.has(account))
  if (bills.length > 0 && random.chance(0.6)) return endBill(world, random.pick(bills), random.chance(0.5), now)
  const payment = random.chance(0.7) ? payments.filter(({ kpj, account }) => kpj === account).at(-1) : undefined
  const id = [`F${timeline.steps()}`]
  const { kpj, terms } = random.pick(people)
  const amount = rupiah(random.pick([5_000, 8_400, 40_000]))
  const run = runOf(monthAt(now) + random.below(3), terms)
  const posting: PostingFact = {
    ...stamp,
    kind: 'posting',
    account: kpj,
    id,
    amount: random.chance(0.5) ? rupiah(totalOf(run)) : amount,
    months: random.chance(0.6) ? [run] : [],
    creditDrawn: 0 as Rupiah,
  }
  const moved = payment && {
    ...stamp,
    account: payment.account,
    amount: payment.amount,
    businessDate: payment.businessDate,
  }
  const suspension: SuspensionFact | undefined = moved && {
    ...moved,
    kind: 'suspension',
    id,
    moves: factKeyIn(keyOf(payment)),
  }
  const reversal = payment && financeReversal(payment, now)
  const fact = (random.chance(0.5) ? suspension : reversal) ?? posting
  note(world, fact.account, now)
  await world.act(`finance ${fact.kind}`, (parts) => parts.facts.put(fact))
}

/** Reversed, or moved to suspense: either way the members' shares end with it. */
async function endBill(world: World, payment: PaymentFact, isReversed: boolean, now: Instant): Promise<void> {
  const billCode = parseBillCode(payment.account)
  if (!billCode) throw new TypeError('expected the payment of a bill')
  const paidBy = paymentKey(payment.source, payment.id[0] ?? '')
  note(world, billCode, now)
  const { account, amount, businessDate } = payment
  const suspension: SuspensionFact = {
    ...{ kind: 'suspension', source: 'finance', account, amount, businessDate, decidedAt: now, recordedAt: now },
    id: [`S${payment.source}${payment.id[0]}`],
    moves: factKeyIn(keyOf(payment)),
  }
  if (!isReversed) {
    await world.act(`finance suspends ${billCode}`, (parts) => parts.facts.put(suspension))
    return
  }
  await world.act(`finance reverses ${billCode}`, (parts) =>
    parts.facts.putReversingBill(financeReversal(payment, now), billCode, paidBy),
  )
}

/** What functions/reconcile-settlement puts first: the account, under the day of the decision. */
function note({ around }: World, account: Account, now: Instant): void {
  const day = dayAt(now)
  around.recorded.set(day, (around.recorded.get(day) ?? new Set()).add(account))
}

function financeReversal(payment: PaymentFact, now: Instant): ReversalFact {
  return {
    kind: 'reversal',
    source: 'finance',
    account: payment.account,
    id: [payment.source, ...payment.id],
    decidedAt: now,
    recordedAt: now,
    businessDate: payment.businessDate,
    amount: payment.amount,
    reverses: factKeyIn(keyOf(payment)),
    partnerAt: now,
    outlet: '',
  }
}

function poison({ queues }: World, random: Random): void {
  const bodies = ['not JSON', '{"account":7}', '{}', '{"billCode":"x","chunk":0}', '{"task":"yearly"}', '']
  for (const queue of Object.values(queues)) queue.send(random.pick(bodies))
}
