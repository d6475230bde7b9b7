/**
 * How a partner calls a hub that dies now and then: whatever stays without a final answer is asked again of the next hub,
 * until there is one, or until the partner gives up and leaves the call open for the final audit.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../../local/demo/random.ts'
import type { Meaning } from '../../local/partner-simulator/answers.ts'
import { assertNever } from '../../shared/domain/assert-never.ts'
import type { TestHub } from '../support/hub.ts'
import {
  CHANNELS,
  type ChannelName,
  type PaymentCall,
  type Terminal,
  type TerminalReply,
  terminalOf,
} from '../support/terminals.ts'
import { isReversed, type Memory, meaningFor, type Question, type RememberedPayment } from './partner-memory.ts'

/** How often a partner that got no answer gives up. */
const GIVES_UP = 0.25
const PAUSE_MILLIS = 20
/** A hub that lives and still does not answer is a failure of its own. */
const PATIENCE_MILLIS = 60_000

export class GaveUp extends Error {}

/** Left without an answer: what was asked, and what may have come of it. */
export type OpenCall = {
  readonly partnerPayment: RememberedPayment
  readonly question: Question
  readonly allowed: readonly Meaning[]
}
export type Unexpected = {
  readonly partnerPayment: RememberedPayment
  readonly question: string
  readonly allowed: readonly Meaning[]
  readonly got: Meaning
  readonly status: number
  readonly code: string
}

/** A hub that is up, with terminals that know its keys. `gone`: it has been killed since. */
export type RunningHub = {
  readonly hub: TestHub
  readonly terminals: ReadonlyMap<ChannelName, Terminal>
  gone: boolean
}

export function runningHubAt(hub: TestHub): RunningHub {
  return { hub, terminals: new Map(CHANNELS.map((channel) => [channel, terminalOf(hub, channel)])), gone: false }
}

export type PartnerClient = {
  readonly memory: Memory
  readonly random: Random
  readonly openCalls: OpenCall[]
  /** Payments whose scenario has ended: anybody may repeat them. */
  readonly finished: RememberedPayment[]
  readonly unexpected: Unexpected[]
  /** The hub as soon as there is one that serves. */
  readonly up: () => Promise<RunningHub>
  /** Called for each call as it is sent and as it ends. */
  readonly watch: CallObserver
  /** In the final audit nobody gives up. */
  patient: boolean
}

export type CallObserver = {
  readonly sent: (question: string) => void
  readonly ended: (question: string, response: TerminalReply | undefined) => void
}

/** The quote's amount; null when there is none to be had. */
export async function quoted(
  client: PartnerClient,
  channel: ChannelName,
  call: Omit<PaymentCall, 'amount'>,
): Promise<number | null> {
  return (await insist(client, channel, 'inquiry', (terminal) => terminal.inquire(call))).amount
}

/** Pays, or repeats the payment; `GaveUp` where no answer came and the partner had enough. */
export function pay(
  client: PartnerClient,
  partnerPayment: RememberedPayment,
  allowed: readonly Meaning[] = ['accepted'],
): Promise<Meaning> {
  const question = isReversed(partnerPayment) ? 'payment, once reversed' : 'payment'
  const meant = isReversed(partnerPayment) ? (['was-reversed'] as const) : allowed
  return ask(client, { partnerPayment, question, allowed: meant }, (terminal) => terminal.pay(partnerPayment.call))
}

export function payAnother(client: PartnerClient, partnerPayment: RememberedPayment): Promise<Meaning> {
  const other = { ...partnerPayment.call, amount: partnerPayment.call.amount + 1_000 }
  return ask(client, { partnerPayment, question: 'another amount', allowed: ['conflict'] }, (terminal) =>
    terminal.pay(other),
  )
}

export function reverse(
  client: PartnerClient,
  partnerPayment: RememberedPayment,
  allowed: readonly Meaning[] = ['accepted'],
): Promise<Meaning> {
  return ask(client, { partnerPayment, question: 'reversal', allowed }, (terminal) => {
    if (terminal.reverse === null) throw new Error(`expected ${terminal.channel} to know reversals`)
    return terminal.reverse(partnerPayment.call)
  })
}

/** The payment's status: the same answer as a repeat of the payment. Only where the protocol has such a question. */
export async function askStatus(
  client: PartnerClient,
  partnerPayment: RememberedPayment,
  allowed: readonly Meaning[],
): Promise<void> {
  const question = isReversed(partnerPayment) ? 'payment, once reversed' : 'payment'
  await ask(client, { partnerPayment, question, allowed }, (terminal) => {
    if (terminal.status === null) throw new Error(`expected ${terminal.channel} to know status questions`)
    return terminal.status(partnerPayment.call)
  })
}

/** Asks what was left open once more. */
export function askAgain(client: PartnerClient, { partnerPayment, question, allowed }: OpenCall): Promise<Meaning> {
  switch (question) {
    case 'reversal':
      return reverse(client, partnerPayment, allowed)
    case 'another amount':
      return payAnother(client, partnerPayment)
    case 'payment':
    case 'payment, once reversed':
      return pay(client, partnerPayment, allowed)
    default:
      return assertNever(question)
  }
}

async function ask(
  client: PartnerClient,
  open: OpenCall,
  call: (terminal: Terminal) => Promise<TerminalReply>,
): Promise<Meaning> {
  const { partnerPayment, question, allowed } = open
  const response = await insist(client, partnerPayment.channel, question, call, open)
  const { meaning } = client.memory.record(partnerPayment, question, response)
  if (!allowed.includes(meaning)) {
    const { status, code } = response
    client.unexpected.push({ partnerPayment, question, allowed, got: meaning, status, code })
  }
  return meaning
}

async function insist<T extends TerminalReply>(
  client: PartnerClient,
  channel: ChannelName,
  question: string,
  call: (terminal: Terminal) => Promise<T>,
  open?: OpenCall,
): Promise<T> {
  for (let from = performance.now(); ; ) {
    const standing = await client.up()
    client.watch.sent(question)
    const response = await call(standing.terminals.get(channel) as Terminal).catch(() => undefined)
    client.watch.ended(question, response)
    if (response !== undefined && meaningFor(channel, response) !== 'no-answer') return response
    if (standing.gone) from = performance.now()
    else if (performance.now() - from > PATIENCE_MILLIS)
      throw new Error(`expected the hub to answer a ${question} of ${channel} within a minute, it did not`)
    if (open !== undefined && !client.patient && client.random.fraction() < GIVES_UP) {
      client.openCalls.push(open)
      throw new GaveUp()
    }
    await sleep(PAUSE_MILLIS)
  }
}

/** A console call, repeated until it is answered. */
export async function callConsole(client: PartnerClient, method: string, path: string, body: string | object) {
  for (;;) {
    const { hub } = await client.up()
    const reply = await hub.api('operator', method, path, body).catch(() => undefined)
    if (reply !== undefined && reply.status < 500) return reply
    await sleep(PAUSE_MILLIS)
  }
}
