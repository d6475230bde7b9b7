/**
 * How a partner calls a hub that dies now and then: whatever stays without a final answer is asked again of the next hub,
 * until there is one, or until the partner gives up and leaves it open for the end of the day.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../../local/demo/random.ts'
import type { Meaning } from '../../local/partner-simulator/answers.ts'
import { assertNever } from '../../shared/domain/assert-never.ts'
import type { MetHub } from '../support/hub.ts'
import { CHANNELS, type ChannelName, type Paid, type Said, type Terminal, terminalOf } from '../support/terminals.ts'
import { isReversed, type Memory, meaningFor, type Question, type Remembered } from './memory.ts'

/** How often a partner that got no answer gives up. */
const GIVES_UP = 0.25
const PAUSE_MILLIS = 20
/** A hub that lives and still does not answer is a failure of its own. */
const PATIENCE_MILLIS = 60_000

export class GaveUp extends Error {}

/** Left without an answer: what was asked, and what may have come of it. */
export type Open = { readonly of: Remembered; readonly question: Question; readonly allowed: readonly Meaning[] }
export type Unexpected = {
  readonly of: Remembered
  readonly question: string
  readonly allowed: readonly Meaning[]
  readonly got: Meaning
  readonly status: number
  readonly code: string
}

/** A hub that is up, with terminals that know its keys. `gone` tells whether it has been killed since. */
export type Standing = { readonly hub: MetHub; readonly terminals: ReadonlyMap<ChannelName, Terminal>; gone: boolean }

export function standingAt(hub: MetHub): Standing {
  return { hub, terminals: new Map(CHANNELS.map((channel) => [channel, terminalOf(hub, channel)])), gone: false }
}

export type Desk = {
  readonly memory: Memory
  readonly random: Random
  readonly opens: Open[]
  /** Payments whose story has ended: anybody may repeat them. */
  readonly finished: Remembered[]
  readonly unexpected: Unexpected[]
  /** The hub as soon as there is one that serves. */
  readonly up: () => Promise<Standing>
  /** Told of each call as it is sent and as it ends. */
  readonly watch: Watch
  /** At the end of the day nobody gives up. */
  patient: boolean
}

export type Watch = {
  readonly sent: (question: string) => void
  readonly ended: (question: string, said: Said | undefined) => void
}

/** The quote's amount; null when there is none to be had. */
export async function quoted(desk: Desk, channel: ChannelName, call: Omit<Paid, 'amount'>): Promise<number | null> {
  return (await insist(desk, channel, 'inquiry', (terminal) => terminal.inquire(call))).amount
}

/** Pays, or repeats the payment; `GaveUp` where no answer came and the partner had enough. */
export function pay(desk: Desk, of: Remembered, allowed: readonly Meaning[] = ['accepted']): Promise<Meaning> {
  const question = isReversed(of) ? 'payment, once reversed' : 'payment'
  const meant = isReversed(of) ? (['was-reversed'] as const) : allowed
  return ask(desk, { of, question, allowed: meant }, (terminal) => terminal.pay(of.call))
}

export function payAnother(desk: Desk, of: Remembered): Promise<Meaning> {
  const other = { ...of.call, amount: of.call.amount + 1_000 }
  return ask(desk, { of, question: 'another amount', allowed: ['conflict'] }, (terminal) => terminal.pay(other))
}

export function reverse(desk: Desk, of: Remembered, allowed: readonly Meaning[] = ['accepted']): Promise<Meaning> {
  return ask(desk, { of, question: 'reversal', allowed }, (terminal) => {
    if (terminal.reverse === null) throw new Error(`expected ${terminal.channel} to know reversals`)
    return terminal.reverse(of.call)
  })
}

/** What became of it: the same words as a repeat of the payment. Only where the protocol has such a question. */
export async function askStatus(desk: Desk, of: Remembered, allowed: readonly Meaning[]): Promise<void> {
  const question = isReversed(of) ? 'payment, once reversed' : 'payment'
  await ask(desk, { of, question, allowed }, (terminal) => {
    if (terminal.status === null) throw new Error(`expected ${terminal.channel} to know status questions`)
    return terminal.status(of.call)
  })
}

/** Asks what was left open once more. */
export function askAgain(desk: Desk, { of, question, allowed }: Open): Promise<Meaning> {
  switch (question) {
    case 'reversal':
      return reverse(desk, of, allowed)
    case 'another amount':
      return payAnother(desk, of)
    case 'payment':
    case 'payment, once reversed':
      return pay(desk, of, allowed)
    default:
      return assertNever(question)
  }
}

async function ask(desk: Desk, open: Open, call: (terminal: Terminal) => Promise<Said>): Promise<Meaning> {
  const { of, question, allowed } = open
  const said = await insist(desk, of.channel, question, call, open)
  const { meaning } = desk.memory.hear(of, question, said)
  if (!allowed.includes(meaning)) {
    const { status, code } = said
    desk.unexpected.push({ of, question, allowed, got: meaning, status, code })
  }
  return meaning
}

async function insist<T extends Said>(
  desk: Desk,
  channel: ChannelName,
  question: string,
  call: (terminal: Terminal) => Promise<T>,
  open?: Open,
): Promise<T> {
  for (let from = performance.now(); ; ) {
    const standing = await desk.up()
    desk.watch.sent(question)
    const said = await call(standing.terminals.get(channel) as Terminal).catch(() => undefined)
    desk.watch.ended(question, said)
    if (said !== undefined && meaningFor(channel, said) !== 'no-answer') return said
    if (standing.gone) from = performance.now()
    else if (performance.now() - from > PATIENCE_MILLIS)
      throw new Error(`expected the hub to answer a ${question} of ${channel} within a minute, it did not`)
    if (open !== undefined && !desk.patient && desk.random.fraction() < GIVES_UP) {
      desk.opens.push(open)
      throw new GaveUp()
    }
    await sleep(PAUSE_MILLIS)
  }
}

/** A call of the office, asked until it is answered. */
export async function office(desk: Desk, method: string, path: string, body: string | object) {
  for (;;) {
    const { hub } = await desk.up()
    const reply = await hub.api('operator', method, path, body).catch(() => undefined)
    if (reply !== undefined && reply.status < 500) return reply
    await sleep(PAUSE_MILLIS)
  }
}
