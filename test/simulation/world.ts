/**
 * One simulated hub: five endpoints, three queues with their functions, the pipe from new facts, the nightly clock, an owner at
 * the console. Real use cases on faulty ports; nothing here decides anything about money.
 */
import { answerChannel } from '../../functions/answer-channel/answer-channel.ts'
import { NO_LIMITS } from '../../functions/answer-channel/limits.ts'
import type { ConsolePorts } from '../../functions/serve-console/ports.ts'
import type { Answer, Message } from '../../shared/channel-port/channel.ts'
import { channels } from '../../shared/channels/registry.ts'
import type { Fact } from '../../shared/domain/fact.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { month } from '../../shared/domain/month.ts'
import { RULES, type Rules } from '../../shared/domain/rules.ts'
import type { EndpointDigests } from '../../shared/ledger/payment-digests.ts'
import { endpointDigests } from '../../shared/ledger/payment-digests.ts'
import { prepareDigestKeys } from '../../shared/runtime/digests.ts'
import type { AuditEntry } from '../../shared/store/audit/audit.ts'
import { entriesAt } from '../../shared/store/audit/entries-at.ts'
import { OTHER_SOURCES } from '../../shared/store/facts/day-index.ts'
import { participantHash } from '../../shared/store/participant-hash.ts'
import { memoryEndpointLimits } from '../support/memory-endpoint-limits.ts'
import { memorySettlements } from '../support/memory-settlements.ts'
import { type MemoryStore, memoryStore } from '../support/memory-store.ts'
import { decreedRules } from '../support/rules.ts'
import { keyOf } from './auditor/account-fold.ts'
import { recordAnswer } from './auditor/answers.ts'
import { dayAt, dayEnd, monthText } from './auditor/calendar.ts'
import { type Ledger, openLedger } from './auditor/ledger.ts'
import { cohortConsumer, type Queues, reconcileConsumer, sweepConsumer } from './consumers.ts'
import { type ListSide, openListSide } from './lists/list-side.ts'
import { type NoticeSide, openNoticeSide } from './notices/notice-side.ts'
import type { Plan } from './plan.ts'
import { type FunctionEnvironment, type Invocation, type Perform, portsOf } from './ports.ts'
import { type Consumer, openQueue, type Queue } from './queues.ts'
import type { Random } from './random.ts'
import { channelsOf } from './settlement/settlement-consumers.ts'
import { openSettlementSide, type SettlementSide } from './settlement/settlement-side.ts'
import type { Timeline } from './timeline.ts'

export type OpenQueues = Queues & Required<Pick<Queues, 'reconcile' | 'cohort' | 'sweep'>>

export type World = {
  readonly around: FunctionEnvironment
  readonly ledger: Ledger
  /** One message reaches its endpoint; the answer when it leaves, or never. */
  readonly callEndpoint: (channel: string, message: Message) => Promise<Answer>
  /** An owner's or finance's action as one invocation; tried again until it went through. */
  readonly act: <T>(what: string, action: (parts: ConsolePorts, invocation: Invocation) => Promise<T>) => Promise<T>
  readonly queues: OpenQueues
  /** Files, the bank, finance and the journal, where this history has them; and notices. */
  readonly settlement: SettlementSide | undefined
  readonly notices: NoticeSide | undefined
  readonly lists: ListSide | undefined
  /** The entries of the audit chain that were written for exactly that instant. */
  readonly chainAt: (at: Instant) => Promise<readonly AuditEntry[]>
  /** Days, by source, on which something was lost that only the weekly run can be expected to heal: `<source> <date>`. */
  readonly unhealed: Set<string>
  /** Whether any message was lost so far. */
  readonly lossy: () => boolean
  readonly calmDown: () => void
  readonly counts: { messages: number; crashes: number; faults: number }
}

export const DIGEST_KEYS = prepareDigestKeys(
  JSON.stringify({ current: 1, keys: { 1: Buffer.alloc(32, 7).toString('base64') } }),
)
const PROFILES = new Map(channels.map(({ profile }) => [profile.name, profile]))
const DIGESTS = new Map(
  channels.map(({ profile }) => [profile.name, remembering(endpointDigests(DIGEST_KEYS, profile.name))]),
)
const ADMIN_FEES = new Map(channels.map(({ profile }) => [profile.name, profile.adminFee ? 2_500 : null]))
const DAY = 86_400_000
const TEN_PAST_MIDNIGHT = 10 * 60_000
/** A moment may lie at the end of the plan’s last month, and partners speak of a payment for some days more. */
const MORE_NIGHTS = 55

const participantOf = remembered((nik: string) => participantHash(DIGEST_KEYS, nik))

/** Digests of single ids, which are few over all seeds, are made once; those of a whole payment are made each time. */
function remembering(digests: EndpointDigests): EndpointDigests {
  const { reference, participant, ofCustomer } = digests
  return {
    ...digests,
    reference: remembered(reference),
    participant: remembered(participant),
    ofCustomer: remembered(ofCustomer),
  }
}

function remembered<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>()
  return (text) => {
    const known = made.get(text)
    if (known !== undefined) return known
    const fresh = make(text)
    made.set(text, fresh)
    return fresh
  }
}

/** What takes the place of chance where a schedule decides: test/exploration. */
export type Scheduled = { readonly store: MemoryStore; readonly perform: Perform }

export function openWorld(
  plan: Plan,
  timeline: Timeline,
  random: Random,
  trace: (line: () => string) => void,
  scheduled?: Scheduled,
): World {
  const ledger = openLedger(ADMIN_FEES, plan.decree, timeline.fail)
  const queues: Queues = {}
  const state = { isCalm: false, isLossy: false, hasParked: false, invocations: 0, serial: 0, lostAt: 0 }
  const counts = { messages: 0, crashes: 0, faults: 0 }
  const unhealed = new Set<string>()
  const skews = Array.from({ length: 4 }, () => random.between(-plan.skew, plan.skew))

  const around: FunctionEnvironment = {
    plan,
    timeline,
    random,
    ledger,
    store: scheduled?.store ?? memoryStore(),
    rules: rulesOf(plan),
    calm: () => state.isCalm,
    lossy: () => state.isLossy || state.hasParked,
    recorded: new Map(),
    outbox: (fact) => pipe(fact),
    viewOutbox: (view) => {
      if (view.noticeDue !== null) announce('notice', JSON.stringify({ kpj: view.kpj }))
    },
    trace,
    ...(scheduled && { perform: scheduled.perform }),
  }

  function begin(channel: string, message: Message | null, input: string, onCrash: () => void): Invocation {
    const skew = random.pick(skews)
    return {
      id: ++state.invocations,
      channel,
      message,
      input,
      from: ledger.position,
      startedAt: timeline.now(),
      clock: () => timeline.now() + skew,
      faults: 0,
      triedToDecide: false,
      foundPaid: false,
      foundReplaced: false,
      facts: new Map(),
      bills: new Map(),
      asOf: new Map(),
      selfPaid: undefined,
      alive: true,
      onCrash: () => {
        counts.crashes++
        onCrash()
      },
    }
  }

  /** The pipe of another table, where its queue is open. */
  function announce(to: 'notice' | 'settlement' | 'enrolment', body: string): void {
    const queue = queues[to]
    if (!queue) return
    if (!state.isCalm && random.chance(plan.queue.pipeLost)) {
      trace(() => `the pipe loses ${body}`)
      return
    }
    timeline.after(random.between(1, 2 * plan.queue.pace), () => queue.send(body))
  }

  /** Table stream -> pipe -> queue `reconcile`: keys only. A record that the pipe gives up is lost. */
  function pipe(fact: Fact): void {
    if (!state.isCalm && random.chance(plan.queue.pipeLost)) {
      trace(() => `the pipe loses ${keyOf(fact)}`)
      lost(fact)
      return
    }
    const body = JSON.stringify({ account: fact.account, fact: keyOf(fact) })
    timeline.after(random.between(1, 2 * plan.queue.pace), () => (queues.reconcile as Queue).send(body))
  }

  /** The night looks at the last three days: a fact that was put later than that after its own waits for the weekly run. */
  function lost(fact: Fact): void {
    loses()
    // What finance decides is noted on the day of the decision, whatever business day it belongs to.
    // First terms of a list have no entry in the day index: the weekly run finds them.
    if (fact.kind === 'terms' && fact.cohort !== undefined) unhealed.add(`list ${fact.account}`)
    const isNoted = fact.source === 'finance' || fact.source === 'settlement' || !('businessDate' in fact)
    const day = isNoted ? dayAt(fact.decidedAt) : fact.businessDate
    if (timeline.now() > dayEnd(day) + DAY) unhealed.add(`${fact.source} ${day}`)
  }

  const loses = () => {
    state.isLossy = true
    state.lostAt = timeline.now()
  }
  const open = (name: keyof Queues, consumer: Consumer) => {
    queues[name] = openQueue(around, name, (input, onCrash) => begin(name, null, input, onCrash), consumer, {
      loses,
      parks: () => {
        state.hasParked = true
      },
    })
  }
  open('reconcile', reconcileConsumer(around, queues))
  open('cohort', cohortConsumer(around, queues))
  const settlement = plan.settling ? openSettlementSide({ around, queues, open, announce }) : undefined
  const notices = plan.noticing ? openNoticeSide(around, open) : undefined
  const lists = plan.listing ? openListSide({ around, open, announce, participantOf }) : undefined
  const recordedOn = settlement?.recordedOn ?? NOTHING_RECORDED
  open('sweep', sweepConsumer(around, queues, [...new Set(plan.channels), ...OTHER_SOURCES], recordedOn))
  const opened = queues as OpenQueues
  if (plan.nightly)
    everyNight(plan, timeline, () => {
      // Of the nights with nothing to mend some are enough: a sweep that finds nothing amiss is the dearest part of a seed.
      if (timeline.now() - state.lostAt < 3 * DAY || random.chance(0.1)) opened.sweep.send('{"task":"nightly"}')
    })

  function callEndpoint(channel: string, message: Message): Promise<Answer> {
    counts.messages++
    const input = JSON.stringify(message)
    const invocation = begin(channel, message, input, () => {})
    trace(() => `#${invocation.id} ${channel} ${input}`)
    const endpoint = {
      ...portsOf(around, invocation),
      channel: PROFILES.get(channel)!,
      digests: DIGESTS.get(channel)!,
      rules: around.rules,
      limits: NO_LIMITS,
      now: () => invocation.clock() as Instant,
      onFault: (error: unknown) => {
        counts.faults++
        if (error instanceof TypeError || error instanceof RangeError) timeline.fail(error)
      },
      onHealed: () => {},
    }
    const request = { channel, operation: '', rawQuery: '', headers: {}, body: ONE_BYTE, receivedAt: endpoint.now() }
    return answerChannel(endpoint, message, request).then((settled) => {
      if (!invocation.alive) return new Promise<Answer>(() => {})
      trace(() => `#${invocation.id} answers ${JSON.stringify(settled.answer)}`)
      recordAnswer(ledger, invocation, message, settled.answer)
      return settled.answer
    })
  }

  async function act<T>(what: string, action: (parts: ConsolePorts, invocation: Invocation) => Promise<T>): Promise<T> {
    for (let tried = 0; ; tried++) {
      const outcome = await new Promise<{ readonly done: T } | undefined>((resolve) => {
        const invocation = begin('console', null, what, () => timeline.after(1_000, () => resolve(undefined)))
        trace(() => `#${invocation.id} ${what}`)
        action(partsFor(invocation), invocation).then(
          (done) => resolve({ done }),
          (error) => (invocation.faults > 0 && tried < 50 ? resolve(undefined) : timeline.fail(error)),
        )
      })
      if (outcome) return outcome.done
      await timeline.sleep(random.between(200, 5_000))
    }
  }

  /** Where settlement does not play, what people do still has its entry; that chain is nobody's subject here. */
  const acts = memorySettlements()
  /** Nobody is locked out in a history: the answer about a membership asks all the same. */
  const locks = memoryEndpointLimits()

  /** The journal's reader and statistics are no part of the simulation: a use case that reached for their ports would throw. */
  function partsFor(invocation: Invocation): ConsolePorts {
    const simulated: Partial<ConsolePorts> = {
      ...portsOf(around, invocation),
      resolutions: acts.resolutions,
      ...settlement?.clientsFor(invocation),
      ...lists?.clientsFor(invocation),
      registrations: { putAll: async () => 'not-put' },
      rules: around.rules,
      now: () => invocation.clock() as Instant,
      participantOf,
      locks,
      customerSubjectOf: (customerId) => customerId,
      randomSerial: () => ++state.serial,
      channels: [...PROFILES.keys()],
      settling: channelsOf(around),
      queues: [],
      requestSweep: async (bodies) => {
        for (const body of bodies) opened.sweep.send(body)
      },
      log: { info: () => {} },
      metrics: { count: () => {} },
    }
    return simulated as ConsolePorts
  }

  return {
    around,
    ledger,
    callEndpoint,
    act,
    queues: opened,
    settlement,
    notices,
    lists,
    chainAt: (at) => entriesAt(settlement?.stores.audit ?? acts.audit, at),
    unhealed,
    lossy: () => state.isLossy,
    calmDown: () => {
      state.isCalm = true
    },
    counts,
  }
}

/** The rules of a whole history: what was recorded on the way is in them, and when. */
function rulesOf({ decree }: Plan): Rules {
  return decree ? decreedRules(decree.recordedAt as Instant, month(monthText(decree.until))) : RULES
}

const NOTHING_RECORDED = async function* () {}
const ONE_BYTE = new Uint8Array([1])

function everyNight(plan: Plan, timeline: Timeline, run: () => void): void {
  const first = dayEnd(dayAt(plan.start)) + TEN_PAST_MIDNIGHT
  for (let night = 0; night < plan.days + MORE_NIGHTS; night++) timeline.at(first + night * DAY, run)
}
