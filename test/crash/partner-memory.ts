/**
 * What the partners remember: every payment that they sent under its own id, and the first answer to each question about it.
 * Every later answer to the same question must be the same text.
 *
 * Knows the protocols' rules of repetition and nothing of the hub's tables.
 */

import { type Meaning, meaningOf } from '../../local/partner-simulator/answers.ts'
import type { ProtocolName } from '../../shared/channel-port/channel.ts'
import type { ChannelName, PaymentCall, TerminalReply } from '../support/terminals.ts'

const PROTOCOLS: Readonly<Record<ChannelName, ProtocolName>> = {
  brilink: 'snap',
  bni: 'snap',
  alfamart: 'pipe-h2h',
  indomaret: 'hub-h2h',
  pos: 'hub-h2h',
}

/** `status` is no question of its own: it must say what the payment's repeat says. */
export type Question = 'payment' | 'payment, once reversed' | 'reversal' | 'another amount'
export type GivenAnswer = { readonly meaning: Meaning; readonly text: string }

/** One payment id of one partner. */
export type RememberedPayment = {
  readonly channel: ChannelName
  readonly call: PaymentCall
  /** The membership it pays for; null where the customer id has none. */
  readonly kpj: string | null
  readonly answers: Map<Question, GivenAnswer>
}

export type ChangedAnswer = {
  readonly payment: RememberedPayment
  readonly question: Question
  readonly first: GivenAnswer
  readonly now: GivenAnswer
}

export type Memory = {
  readonly payments: readonly RememberedPayment[]
  /** Answers that were not as the first one. */
  readonly changed: readonly ChangedAnswer[]
  /** Answers to a question that had been answered before. */
  readonly repeats: () => number
  readonly remember: (channel: ChannelName, call: PaymentCall, kpj: string | null) => RememberedPayment
  /** Compares with the first answer, or keeps it as the first. */
  readonly record: (partnerPayment: RememberedPayment, question: Question, reply: TerminalReply) => GivenAnswer
}

export function partnersMemory(): Memory {
  const payments: RememberedPayment[] = []
  const changed: ChangedAnswer[] = []
  let repeats = 0
  return {
    payments,
    changed,
    repeats: () => repeats,
    remember: (channel, call, kpj) => {
      const remembered = { channel, call, kpj, answers: new Map<Question, GivenAnswer>() }
      payments.push(remembered)
      return remembered
    },
    record: (partnerPayment, question, reply) => {
      const now = answerOf(partnerPayment.channel, reply)
      const first = partnerPayment.answers.get(question)
      if (first === undefined) partnerPayment.answers.set(question, now)
      else {
        repeats++
        if (first.text !== now.text) changed.push({ payment: partnerPayment, question, first, now })
      }
      return now
    },
  }
}

/** Whether the answer binds nobody: then the partner asks again. */
export function meaningFor(channel: ChannelName, reply: TerminalReply): Meaning {
  return meaningOf(PROTOCOLS[channel], reply)
}

/** Reversed as far as the partner knows, whether the payment or the reversal came first. */
export function isReversed({ answers }: RememberedPayment): boolean {
  return answers.get('reversal') !== undefined
}

export function tookTheMoney({ answers }: RememberedPayment): boolean {
  return answers.get('payment')?.meaning === 'accepted'
}

/**
 * Every byte counts on the hub's own protocol and on SNAP, whose repeat comes under a new external id, which is in no body.
 * The pipe protocol echoes the time of the request (DateTimeRequest); where nothing was decided, it gives its own time too.
 */
function answerOf(channel: ChannelName, reply: TerminalReply): GivenAnswer {
  const meaning = meaningFor(channel, reply)
  const text = PROTOCOLS[channel] === 'pipe-h2h' ? reply.text.replace(TIMES[meaning] ?? ECHO, '|when') : reply.text
  return { meaning, text: `${reply.status} ${text}` }
}

/** The first 14 digits between bars. */
const ECHO = /\|\d{14}(?=\|)/
const ALL_TIMES = /\|\d{14}(?=\|)/g
/** These bind nobody to a decision of a moment. */
const TIMES: Partial<Record<Meaning, RegExp>> = { 'unknown-original': ALL_TIMES, conflict: ALL_TIMES }
