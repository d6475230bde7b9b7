/**
 * The stage of one schedule: a simulated hub whose every store call waits until the schedule takes it. Two calls never run at
 * once, nothing is left to chance, and the clock stands still while actors act, so the same choices are the same history.
 *
 * ```
 * set up (calls at once) -> actors start -> [settle -> choose one waiting call -> it commits, or its actor crashes] -> drain
 * ```
 * Two calls at one instant are ordered by their keys in the fold and by the schedule in the stores: both orders are explored.
 */

import type { Plan } from '../simulation/plan.ts'
import { crash, type Invocation, type Perform } from '../simulation/ports.ts'
import type { Random } from '../simulation/random.ts'
import type { Timeline } from '../simulation/timeline.ts'
import { openWorld, type World } from '../simulation/world.ts'
import { type MemoryStore, memoryStore, type StoreOperation } from '../support/memory-store.ts'
import { type Choice, type Mode, touchesOf } from './choice.ts'
import { type History, openHistory } from './history.ts'

/** Returns the choice to take; undefined where every choice leads to a history that another schedule has. `state`: history.ts. */
export type Decide = (choices: readonly Choice[], state: () => string) => Choice | undefined

export type Stage = {
  readonly world: World
  readonly now: () => number
  /** Runs what was started until nothing waits, every call by the decision of `decide`. False: given up by it. */
  readonly explore: (decide: Decide, start: () => void) => Promise<boolean>
  /** Runs calls and messages in the order of their time until all is quiet. Throws what broke a promise. */
  readonly drain: () => Promise<void>
  readonly crashes: () => number
}

/** `explored`: a stream or queue message becomes an actor as soon as it was sent. `after`: it comes when all actors are done. */
export type Messages = 'explored' | 'after'

type Call = {
  readonly id: string
  readonly invocation: Invocation
  readonly kind: 'read' | 'write'
  readonly name: string
  operation: StoreOperation | undefined
  readonly commit: (mode: 'commit' | 'crash-after') => void
}
type Step = { readonly at: number; readonly run: () => void }

/** Of a partner, a queue or an owner, in milliseconds: whatever takes less is on its way. */
const SHORTEST_TIMEOUT = 1_000
const NOTHING = { lost: 0, twice: 0, late: 0 }

export type StageOptions = {
  readonly start: number
  readonly messages: Messages
  /** How many actors may stop half-way in one schedule. */
  readonly maxCrashes: number
  readonly trace: (line: () => string) => void
}

export function openStage({ start, messages, maxCrashes, trace }: StageOptions): Stage {
  const steps: Step[] = []
  const waiting: Call[] = []
  const wrote = new Set<number>()
  const calls = new Map<number, number>()
  const state = { now: start, steps: 0, crashes: 0, isExploring: false, opening: undefined as Call | undefined }
  let failure: { readonly error: unknown } | undefined
  const fail = (error: unknown) => {
    failure ??= { error }
  }
  const throwFailure = () => {
    if (failure) throw failure.error
  }
  const at = (when: number, run: () => void) => void steps.push({ at: Math.max(when, state.now), run })

  async function drain(): Promise<void> {
    for (;;) {
      await settle()
      throwFailure()
      const step = earliest(steps)
      if (!step) return
      state.now = Math.max(state.now, step.at)
      state.steps++
      step.run()
    }
  }

  const timeline: Timeline = {
    now: () => state.now,
    steps: () => state.steps,
    at,
    after: (delay, run) => at(state.now + delay, run),
    sleep: (delay) => new Promise((resolve) => at(state.now + delay, resolve)),
    fail,
    runOut: drain,
  }

  const gates = new Map<Call, Promise<void>>()
  const store: MemoryStore = memoryStore({
    before: async (operation) => {
      const call = state.opening
      if (operation.phase === 'after' || !call) return
      state.opening = undefined
      call.operation = operation
      await gates.get(call)
    },
  })

  const perform: Perform = (invocation, kind, name, work, effect) =>
    new Promise((resolve, reject) => {
      let open = () => {}
      let mode: Mode = 'commit'
      const number = (calls.get(invocation.id) ?? 0) + 1
      calls.set(invocation.id, number)
      const begin = () =>
        work().then((result) => {
          trace(() => `#${invocation.id} ${name}`)
          if (state.isExploring) history.sees(invocation, name, result)
          effect?.(result)
          if (mode === 'crash-after') crash(world.around, invocation)
          else if (invocation.alive) resolve(result)
        }, reject)
      const call: Call = {
        id: `${invocation.id}.${number}`,
        invocation,
        kind,
        name,
        operation: undefined,
        commit: (chosen) => {
          mode = chosen
          open()
        },
      }
      if (!state.isExploring) return void begin()
      history.begins(invocation)
      // A store's call is begun at once, up to its moment: so it is known what it touches. A queue's has no such moment.
      if ((name.split('.')[0] ?? '') in store) {
        gates.set(call, new Promise((opened) => (open = opened)))
        state.opening = call
        begin()
      } else open = () => void begin()
      if (isPrivate(call, messages)) open()
      else waiting.push(call)
    })

  const history = openHistory(store)
  const world = openWorld(planFrom(start), timeline, NO_CHANCE, trace, { store, perform })
  world.calmDown()

  function choices(): readonly Choice[] {
    const sorted = waiting
      .filter(({ invocation }) => invocation.alive)
      .sort((a, b) => a.invocation.id - b.invocation.id || Number(a.id.split('.')[1]) - Number(b.id.split('.')[1]))
    return sorted.flatMap((call) => modesOf(call).map((mode) => choiceOf(call, mode, history)))
  }

  function stateNow(): string {
    // The messages that come later are in the order in which the facts were put.
    const later = messages === 'after' ? [...world.ledger.keys.keys()].join() : ''
    return history.text(standingOf, `${state.crashes} ${later}`)
  }

  /** Of an endpoint that has answered or stopped, what it saw changes nothing any more. A queue's message may come back: what it saw counts. */
  function standingOf(invocation: Invocation): string | undefined {
    const { alive, channel, message, input } = invocation
    if (!alive) return `stopped ${channel} ${input} ${unanswered.includes(invocation)}`
    const isDone = message !== null && !waiting.some((call) => call.invocation === invocation)
    return isDone ? `answered ${channel} ${input}` : undefined
  }

  function modesOf({ kind, invocation }: Call): readonly Mode[] {
    if (kind === 'read' || state.crashes >= maxCrashes) return ['commit']
    // Between two writes it does not matter where an actor stops.
    return wrote.has(invocation.id) ? ['commit', 'crash-after'] : ['commit', 'crash-after', 'crash-before']
  }

  function take({ call: id, mode }: Choice): void {
    const at = waiting.findIndex((call) => call.id === id)
    const [call] = waiting.splice(at, 1) as [Call]
    trace(() => `choice ${mode} of #${call.id} ${call.name}`)
    if (call.kind === 'write') wrote.add(call.invocation.id)
    if (mode !== 'commit') {
      state.crashes++
      unanswered.push(call.invocation)
    }
    if (mode === 'crash-before') crash(world.around, call.invocation)
    else call.commit(mode)
  }

  /** An endpoint's message that a crash ended: its partner sends it again, once it has waited. */
  const unanswered: Invocation[] = []

  /** What a time-out brings comes when nothing else is under way: repeats of partners, of queues and of owners. */
  function recover(): boolean {
    const again = unanswered.splice(0)
    for (const { channel, message } of again) if (message) void world.callEndpoint(channel, message).catch(fail)
    const late = messages === 'explored' ? steps.splice(0) : []
    for (const step of late) step.run()
    return again.length + late.length > 0
  }

  function isSoon(step: Step): boolean {
    return step.at < state.now + SHORTEST_TIMEOUT
  }

  async function explore(decide: Decide, begin: () => void): Promise<boolean> {
    state.isExploring = true
    begin()
    for (;;) {
      await settle()
      throwFailure()
      const soon = messages === 'explored' ? steps.findIndex(isSoon) : -1
      if (soon >= 0) {
        steps.splice(soon, 1)[0]?.run()
        continue
      }
      const possible = choices()
      if (possible.length === 0) {
        if (recover()) continue
        break
      }
      const choice = decide(possible, stateNow)
      if (!choice) return false
      take(choice)
    }
    state.isExploring = false
    return true
  }

  return { world, now: () => state.now, explore, drain, crashes: () => state.crashes }
}

function choiceOf({ id, invocation, name, kind, operation }: Call, mode: Mode, history: History): Choice {
  const likeness = `${history.seenBy(invocation)} ${id.split('.')[1]} ${name}`
  return { call: id, likeness, actor: invocation.id, name, mode, touches: touchesOf(operation, kind) }
}

/** What no other actor of a small world can change, or see: its moment does not matter, so it is no choice. */
function isPrivate({ operation }: Call, messages: Messages): boolean {
  if (!operation) return false
  const { store, method, kind } = operation
  // There are no inquiries, registrations or renames, and where messages come after, no views are written.
  const isFixed = ['members', 'hasInquiryMark', 'selfPaidMembership'].includes(method) || store === 'contacts'
  return store === 'evidence' || isFixed || (store === 'memberships' && kind === 'read' && messages === 'after')
}

/** When all promises have come to rest: `nextTick` of a microtask runs after the last of them. */
function settle(): Promise<void> {
  return new Promise((resolve) => queueMicrotask(() => process.nextTick(resolve)))
}

function earliest(steps: Step[]): Step | undefined {
  let first = 0
  for (let i = 1; i < steps.length; i++) if ((steps[i] as Step).at < (steps[first] as Step).at) first = i
  return steps.splice(first, 1)[0]
}

const NO_CHANCE: Random = {
  unit: () => 0,
  below: () => 0,
  between: (low) => low,
  chance: () => false,
  pick: (list) => list[0] as (typeof list)[number],
  fork: () => NO_CHANCE,
}

function planFrom(start: number): Plan {
  return {
    seed: 0,
    start,
    days: 1,
    store: { crash: 0, throttle: 0, lost: 0, lostAfter: 0, slowAnswer: 0, slowCall: 0, pace: 1 },
    network: { ...NOTHING, answerLost: 0 },
    queue: { ...NOTHING, poison: 0, pipeLost: 0, pace: 1 },
    skew: 0,
    indexLag: 0,
    nightly: false,
    channels: ['brilink', 'bni', 'alfamart', 'indomaret', 'pos'],
    members: 1,
    moments: 0,
    bills: 0,
    ownerDecisions: 0,
    financeDecisions: 0,
    decree: undefined,
    settling: false,
    noticing: false,
    listing: false,
  }
}
