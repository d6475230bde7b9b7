/**
 * What one seed is about: a small world, some weeks, and the kinds of trouble in it. Swarm testing: each seed switches most
 * kinds off and a few on, because a history with everything in it hides what one kind alone would show.
 */
import { monthNumber } from './auditor/calendar.ts'
import type { Decree } from './auditor/figures.ts'
import type { Random } from './random.ts'

/** Probabilities per port call. */
export type StoreFaults = {
  readonly crash: number
  readonly throttle: number
  /** No answer, and nothing was written. */
  readonly lost: number
  /** No answer, and it was written. */
  readonly lostAfter: number
  /** The answer comes as a step of its own, so that others come between effect and knowledge. */
  readonly slowAnswer: number
  /** The call takes seconds. */
  readonly slowCall: number
  /** Otherwise it takes up to so many milliseconds. */
  readonly pace: number
}

/** Probabilities per message between a partner and its endpoint. */
export type NetworkFaults = {
  readonly lost: number
  readonly answerLost: number
  readonly twice: number
  readonly late: number
}

/** Probabilities per message of a queue or of the pipe. */
export type QueueFaults = {
  readonly lost: number
  readonly twice: number
  readonly late: number
  readonly poison: number
  /** The pipe gives a record up after its retries. */
  readonly pipeLost: number
  /** Otherwise a message takes up to so many milliseconds. */
  readonly pace: number
}

export type Plan = {
  readonly seed: number
  /** Milliseconds UTC. */
  readonly start: number
  readonly days: number
  readonly store: StoreFaults
  readonly network: NetworkFaults
  readonly queue: QueueFaults
  /** How far an instance's clock may be off, in milliseconds. */
  readonly skew: number
  /** How long the day index may lag, in milliseconds. */
  readonly indexLag: number
  /** Whether the nightly sweep runs and must heal what the pipe lost, or an operator asks for repair at the end. */
  readonly nightly: boolean
  readonly channels: readonly string[]
  readonly members: number
  readonly moments: number
  readonly bills: number
  readonly ownerDecisions: number
  readonly financeDecisions: number
  /** A change of rules on the way, after which money that bought no month buys one: for the night's run to find. */
  readonly decree: Decree | undefined
  /** Whether files, the bank, finance's resolutions and the journal play: some days of few channels, which cost more. */
  readonly settling: boolean
  /** Whether members have a phone, and mornings on which notices go out. */
  readonly noticing: boolean
  /** Whether a sponsor hands a list over, has it billed and paid. */
  readonly listing: boolean
}

/** One seed in so many has settlement in it. */
export const SETTLING_EVERY = 10
/** One seed in so many has a sponsor's list in it: those that leave `LISTING_FROM`. */
export const LISTING_EVERY = 10
export const LISTING_FROM = 3

const CHANNELS = ['brilink', 'bni', 'alfamart', 'indomaret', 'pos']
const DAY = 86_400_000
/** The end of June 2027: both discounts of the tariff end before. */
const DECREED_UNTIL = monthNumber('2027-06')
/** Midnight WIB. Due days, ends of months, and the ends of both discounts lie within some weeks of these. */
const STARTS = ['2026-11-09', '2026-11-26', '2026-12-10', '2026-12-28', '2027-03-12', '2026-02-20'].map((day) =>
  Date.parse(`${day}T00:00:00+07:00`),
)

export function planOf(seed: number, random: Random): Plan {
  const plan = anyPlan(seed, random)
  if (seed % LISTING_EVERY === LISTING_FROM) return { ...plan, listing: true, noticing: false }
  return seed % SETTLING_EVERY === 0 ? settlingPlan(plan) : plan
}

/**
 * People decide at the console only, about differences: what finance puts by hand elsewhere has no case that a day could show. Each
 * night repairs what was lost, and must find its own messages.
 */
function settlingPlan(plan: Plan): Plan {
  const channels = [...new Set(plan.channels)].slice(0, 2)
  const moments = plan.moments + 2
  const queue = { ...plan.queue, lost: 0 }
  const calmer = { nightly: false, financeDecisions: 0, decree: undefined, queue }
  return { ...plan, ...calmer, days: Math.min(plan.days, 4), channels, moments, settling: true, noticing: true }
}

function anyPlan(seed: number, random: Random): Plan {
  const isCalm = random.chance(0.1)
  const some = (probability: number, ...rates: readonly number[]) =>
    !isCalm && random.chance(probability) ? random.pick(rates) : 0
  const store = {
    crash: some(0.45, 0.004, 0.015, 0.05),
    throttle: some(0.35, 0.01, 0.04),
    lost: some(0.3, 0.01, 0.04),
    lostAfter: some(0.45, 0.01, 0.04, 0.1),
    slowAnswer: random.pick([0, 0.2, 0.6]),
    slowCall: some(0.4, 0.05, 0.2),
    pace: random.pick([3, 12, 80]),
  }
  const network = {
    lost: some(0.4, 0.03, 0.1),
    answerLost: some(0.5, 0.05, 0.2),
    twice: some(0.5, 0.05, 0.2),
    late: some(0.4, 0.05, 0.15),
  }
  const nightly = random.chance(0.3)
  const queue = {
    lost: nightly ? 0 : some(0.4, 0.02, 0.2),
    twice: some(0.5, 0.05, 0.3),
    late: some(0.5, 0.1, 0.4),
    poison: some(0.3, 0.05),
    pipeLost: some(0.3, 0.05, 0.3),
    pace: random.pick([2, 30]),
  }
  const start = random.pick(STARTS) + random.below(3) * DAY
  const days = random.pick([2, 10, 24, 40])
  return {
    seed,
    start,
    days,
    store,
    network,
    queue,
    skew: random.pick([0, 0, 50, 2_000, 60_000]),
    indexLag: random.pick([0, 100, 5_000]),
    nightly,
    channels: random.chance(0.3) ? CHANNELS : CHANNELS.filter(() => random.chance(0.5)).concat(random.pick(CHANNELS)),
    members: random.between(1, 3),
    moments: random.between(1, 5),
    bills: random.pick([0, 0, 1, 1, 2]),
    ownerDecisions: random.pick([0, 0, 1, 3]),
    financeDecisions: random.pick([0, 0, 0, 2]),
    decree:
      nightly && seed % 2 === 0 ? { recordedAt: start + Math.ceil(days / 2) * DAY, until: DECREED_UNTIL } : undefined,
    settling: false,
    listing: false,
    // In some days no stage of a membership begins or ends.
    noticing: days >= 10,
  }
}
