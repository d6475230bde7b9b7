/**
 * One seed from beginning to end: the weeks with their trouble, then calm, then the audit.
 *
 * ```
 * trouble ──> partners close their books ──> dead letters sent again ──> quiet: views checked ──> nightly and weekly run ──> everything checked
 * ```
 * The same seed is the same history, step by step, in any process.
 */
import { allocate } from '../../shared/domain/allocation.ts'
import { coverageOn, knownBy } from '../../shared/domain/coverage.ts'
import type { BusinessDate, Instant } from '../../shared/domain/instant.ts'
import { type Rules, rulesKnownAt } from '../../shared/domain/rules.ts'
import {
  coverAgrees,
  creditIsSpent,
  type DayLine,
  daysAgree,
  instantsOf,
  moneyAgrees,
  type Product,
  sharesAgree,
  storesAgree,
  viewsAgree,
} from './auditor/closing.ts'
import { demand } from './auditor/ledger.ts'
import { hubFindsNothing } from './hub-audit.ts'
import { openListDesk } from './lists/list-desk.ts'
import { openNoticeDays } from './notices/notice-days.ts'
import { openPartnerClients } from './partner-clients.ts'
import { type Plan, planOf } from './plan.ts'
import { randomFrom } from './random.ts'
import { openSettlementDays } from './settlement/settlement-days.ts'
import { startTimeline, type Timeline } from './timeline.ts'
import { schedule } from './workload.ts'
import { openWorld, type World } from './world.ts'

const DAY = 86_400_000

export type SeedReport = {
  readonly seed: number
  readonly steps: number
  readonly messages: number
  readonly crashes: number
  readonly faults: number
  readonly facts: number
  readonly checks: number
  /** What did not hold, and at which step. */
  readonly violation: { readonly promise: string; readonly message: string; readonly step: number } | null
}

export type SeedOptions = { readonly trace?: (line: string) => void }

function productWith(rules: Rules): Product {
  return {
    allocate: (facts) => allocate(facts, rules),
    coverageOn: (facts, on, knownAt) =>
      coverageOn(
        facts,
        on as BusinessDate | Instant,
        knownAt === undefined ? rules : rulesKnownAt(rules, knownAt as Instant),
      ),
    knownBy: (facts, knownAt) => knownBy(facts, knownAt as Instant),
  }
}

export async function runSeed(seed: number, options: SeedOptions = {}): Promise<SeedReport> {
  const random = randomFrom(seed)
  const plan = planOf(seed, random)
  const timeline = startTimeline(plan.start, random.fork())
  const write = options.trace
  const trace = write
    ? (line: () => string) => write(`${timeline.steps()} ${new Date(timeline.now()).toISOString()} ${line()}`)
    : () => {}
  write?.(`plan ${JSON.stringify(plan)}`)
  const world = openWorld(plan, timeline, random.fork(), trace)
  let violation: SeedReport['violation'] = null
  try {
    await live(plan, world, timeline, random.fork())
  } catch (error) {
    violation = { ...describe(error), step: timeline.steps() }
  }
  const { ledger, counts } = world
  const checks = [...ledger.checked.values()].reduce((sum, count) => sum + count, 0)
  return { seed, steps: timeline.steps(), ...counts, facts: ledger.keys.size, checks, violation }
}

async function live(
  plan: Plan,
  world: World,
  timeline: Timeline,
  random: ReturnType<typeof randomFrom>,
): Promise<void> {
  const partners = openPartnerClients(plan, world, timeline, random.fork())
  const people = schedule({ plan, world, partners, timeline, random })
  const { settlement: side } = world
  const days = side && openSettlementDays({ plan, world, side, timeline, random: random.fork(), people })
  const { notices: noticeSide } = world
  const mornings = noticeSide && openNoticeDays({ plan, world, side: noticeSide, timeline, people })
  const { lists: listSide } = world
  const desk = listSide && openListDesk({ plan, world, side: listSide, partners, timeline, random: random.fork() })
  desk?.schedule()
  await days?.schedule()
  mornings?.schedule()
  await timeline.runOut()

  world.calmDown()
  timeline.after(1, () => void partners.confirmAll().catch(timeline.fail))
  await timeline.runOut()
  await desk?.finish()
  const letters = Object.values(world.queues).flatMap((queue) => queue.redrive(isReadable))
  if (letters.some((count) => count > 0)) await timeline.runOut()
  check(timeline, () => {
    if (!world.lossy()) viewsAgree(world.ledger, stored(world).views)
    poisonIsKept(plan, world)
  })

  await sweep(plan, world, timeline)
  if (plan.nightly) await oneMoreNight(world, timeline)
  await days?.close()
  const lines = await dayLines(world)
  check(timeline, () => {
    audit(world, lines, random)
    if (plan.nightly) creditIsSpent(world.ledger, timeline.now())
  })
  await days?.audit().catch(timeline.fail)
  await desk?.audit().catch(timeline.fail)
  // Last, because a morning moves the clock, and what is spent by night is checked after a night.
  await mornings?.close()
  await timeline.runOut()
  await hubFindsNothing(plan, world, timeline.now()).catch(timeline.fail)
  await timeline.runOut()
}

/** Runs checks outside of a step; what they find fails the history all the same. */
function check(timeline: Timeline, audited: () => void): void {
  try {
    audited()
  } catch (error) {
    timeline.fail(error)
  }
}

function stored({ around }: World) {
  return around.store.everything()
}

/**
 * One nightly and one weekly run, in which no message is lost: then everything is what the facts say, whatever single record
 * of a stream was lost before, of whatever kind and age. What the nights alone must heal is checked before the weekly run.
 */
async function sweep(plan: Plan, world: World, timeline: Timeline): Promise<void> {
  world.queues.sweep.send('{"task":"nightly"}')
  await timeline.runOut()
  check(timeline, () => {
    if (!plan.nightly || world.unhealed.size > 0) return
    viewsAgree(world.ledger, stored(world).views)
    sharesAgree(world.ledger)
  })
  world.queues.sweep.send('{"task":"weekly"}')
  await timeline.runOut()
}

/** What a repair has put right is on its view by the next night: credit is spent then at the latest. */
async function oneMoreNight({ queues }: World, timeline: Timeline): Promise<void> {
  timeline.after(DAY, () => queues.sweep.send('{"task":"nightly"}'))
  await timeline.runOut()
}

export function audit(world: World, lines: readonly DayLine[], random: ReturnType<typeof randomFrom>): void {
  const { ledger } = world
  const now = stored(world)
  storesAgree(ledger, now)
  viewsAgree(ledger, now.views)
  const product = productWith(world.around.rules)
  moneyAgrees(ledger, product)
  sharesAgree(ledger)
  daysAgree(ledger, lines)
  for (const [account, facts] of ledger.accounts) {
    if (!facts.some(({ fact }) => fact.kind === 'terms')) continue
    const instants = instantsOf(ledger, account)
    coverAgrees(
      ledger,
      product,
      account,
      Array.from({ length: 4 }, () => random.pick(instants)),
    )
  }
}

export async function dayLines({ around, ledger }: World): Promise<readonly DayLine[]> {
  const days = new Set<string>()
  for (const { fact } of ledger.keys.values()) {
    const day =
      'businessDate' in fact ? fact.businessDate : new Date(fact.decidedAt + 7 * 3_600_000).toISOString().slice(0, 10)
    days.add(`${fact.source} ${day}`)
  }
  const lines: DayLine[] = []
  for (const each of days) {
    const [source = '', day = ''] = each.split(' ')
    for await (const { kind, amount } of around.store.facts.byDay(source, day as BusinessDate))
      lines.push({ source, day, kind, amount })
  }
  return lines
}

/** Whatever nobody can read lies where a person will find it. */
function poisonIsKept(plan: Plan, { queues, ledger }: World): void {
  if (plan.queue.poison === 0 || plan.queue.lost > 0) return
  for (const queue of Object.values(queues)) {
    demand(ledger, 'an unreadable message is parked', queue.deadLetters.length > 0, () => queue.name)
  }
}

/** Dead letters that an operator would send again. */
function isReadable(body: string): boolean {
  return /^\{"(account":"|billCode":"99|task":"(nightly|recent|day|recorded|notices|segment|journal)|part":"|kpj":"|Records":)/.test(
    body,
  )
}

export function describe(error: unknown): { readonly promise: string; readonly message: string } {
  if (error instanceof Error && 'promise' in error) return { promise: String(error.promise), message: error.message }
  return {
    promise: 'nothing fails unforeseen',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }
}
