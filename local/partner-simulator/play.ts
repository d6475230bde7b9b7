/**
 * Plays scenarios at a steady pace, each with a customer and terminals of its own draw, until it is stopped.
 *
 * Promises that no error leaves a scenario, that at most `MOST_AT_ONCE` run side by side (a slow hub is not buried), and
 * that no answer is checked across a move of the hub's clock: keys, tokens and months are then of another time.
 */
import type { PartnerAnswer } from '../../shared/channel-port/partner.ts'
import type { Random } from '../demo/random.ts'
import type { Meaning } from './answers.ts'
import type { Customer, Customers } from './customers.ts'
import { type EarlierPayment, SCENARIOS, type Scenario, type ScenarioContext, type ScenarioName } from './scenarios.ts'
import type { Terminal, TerminalAnswer } from './terminal.ts'
import type { TrafficLog } from './traffic-log.ts'

export type PlayOptions = {
  readonly paymentsPerSecond: number
  readonly random: Random
  readonly customers: Customers
  /** The terminals as of now; made anew when the clock was moved. */
  readonly terminals: () => readonly Terminal[]
  /** Another number whenever the hub's clock was moved. */
  readonly epoch: () => number
  /** Called before each scenario; brings newcomers when few customers are left. Never throws. */
  readonly replenish: () => void
  readonly log: TrafficLog
  /** Scenarios by weight; a test plays one kind only. */
  readonly scenarios?: readonly ScenarioName[]
}

const MOST_AT_ONCE = 64
const MOST_REMEMBERED = 500
const LATE_MILLIS = 1_000

/** Starts playing; what it returns stops it: no scenario begins after that. */
export function play(options: PlayOptions): () => void {
  const memory: EarlierPayment[] = []
  const gap = 1_000 / options.paymentsPerSecond
  let playing = 0
  let due = performance.now() + gap
  let timer = setTimeout(tick, gap)
  function tick(): void {
    for (const now = performance.now(); due <= now; due += gap) {
      // What could not be played in time is left out, or a pause would end in a burst.
      if (now - due > LATE_MILLIS || playing >= MOST_AT_ONCE) continue
      playing++
      void playOne(options, memory).finally(() => playing--)
    }
    timer = setTimeout(tick, Math.max(1, due - performance.now()))
  }
  return () => clearTimeout(timer)
}

/** One scenario from its draw to its end. Never rejects. */
export async function playOne(options: PlayOptions, memory: EarlierPayment[]): Promise<void> {
  const { random, customers, log } = options
  options.replenish()
  const customer = customers.take()
  if (!customer) return
  const names = options.scenarios ?? (Object.keys(SCENARIOS) as ScenarioName[])
  const name = random.weighted(names.map((each) => [SCENARIOS[each].weight, each] as const))
  try {
    log.countScenario()
    const perform: Scenario = SCENARIOS[name].play
    if ((await perform(contextOf(options, name, customer, memory))) === 'done') customers.giveBack(customer)
  } catch (error) {
    log.note(error instanceof Error ? error.name : 'Error')
    customers.giveBack(customer)
  }
}

function contextOf(
  options: PlayOptions,
  scenario: ScenarioName,
  customer: Customer,
  memory: EarlierPayment[],
): ScenarioContext {
  const { random, log } = options
  const epoch = options.epoch()
  const terminals = options.terminals()
  const terminal = random.pick(terminals)
  const check = (at: Terminal, step: string, answered: TerminalAnswer, allowed: readonly Meaning[]): boolean => {
    log.countAnswer()
    if (allowed.includes(answered.meaning)) return true
    if (options.epoch() === epoch)
      log.unexpected({ ...wordsOf(answered.answer), channel: at.channel, scenario, step, outcome: answered.meaning })
    return false
  }
  return {
    terminal,
    other: random.pick(terminals.filter((each) => each !== terminal)),
    customer,
    random,
    newId: () => `TRAFFIC-${random.whole(0, 2 ** 47).toString(36)}`.toUpperCase(),
    check,
    earlier: () => {
      const done = memory.length > 0 ? random.pick(memory) : undefined
      const now = terminals.find(({ channel }) => channel === done?.terminal.channel)
      return done && now && { ...done, terminal: now }
    },
    remember: (done) => {
      if (memory.length < MOST_REMEMBERED) memory.push(done)
      else memory[random.whole(0, MOST_REMEMBERED - 1)] = done
    },
  }
}

function wordsOf({ code, status }: PartnerAnswer): { readonly code: string; readonly status: number } {
  return { code, status }
}
