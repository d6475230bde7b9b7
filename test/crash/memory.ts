/**
 * What the partners remember: every payment that they sent under its own id, and in which words each question about it was
 * answered first. Whatever is said later to the same question must be those words again.
 *
 * Knows the protocols' rules of repetition and nothing of the hub's tables.
 */

import { type Meaning, meaningOf } from '../../local/partner-simulator/answers.ts'
import type { ProtocolName } from '../../shared/channel-port/channel.ts'
import type { ChannelName, Paid, Said } from '../support/terminals.ts'

const PROTOCOLS: Readonly<Record<ChannelName, ProtocolName>> = {
  brilink: 'snap',
  bni: 'snap',
  alfamart: 'pipe-h2h',
  indomaret: 'hub-h2h',
  pos: 'hub-h2h',
}

/** `status` is no question of its own: it must say what the payment's repeat says. */
export type Question = 'payment' | 'payment, once reversed' | 'reversal' | 'another amount'
export type Told = { readonly meaning: Meaning; readonly text: string }

/** One payment id of one partner. */
export type Remembered = {
  readonly channel: ChannelName
  readonly call: Paid
  /** Whose membership it pays for; null where the customer is nobody's. */
  readonly kpj: string | null
  readonly told: Map<Question, Told>
}

export type Changed = { readonly of: Remembered; readonly question: Question; readonly first: Told; readonly now: Told }

export type Memory = {
  readonly payments: readonly Remembered[]
  /** Answers that were not as the first one. */
  readonly changed: readonly Changed[]
  /** Answers to a question that had been answered before. */
  readonly repeats: () => number
  readonly remember: (channel: ChannelName, call: Paid, kpj: string | null) => Remembered
  /** Compares with what was said first, or keeps it as that. */
  readonly hear: (of: Remembered, question: Question, said: Said) => Told
}

export function partnersMemory(): Memory {
  const payments: Remembered[] = []
  const changed: Changed[] = []
  let repeats = 0
  return {
    payments,
    changed,
    repeats: () => repeats,
    remember: (channel, call, kpj) => {
      const remembered = { channel, call, kpj, told: new Map() }
      payments.push(remembered)
      return remembered
    },
    hear: (of, question, said) => {
      const now = toldBy(of.channel, said)
      const first = of.told.get(question)
      if (first === undefined) of.told.set(question, now)
      else {
        repeats++
        if (first.text !== now.text) changed.push({ of, question, first, now })
      }
      return now
    },
  }
}

/** Whether the answer binds nobody: then the partner asks again. */
export function meaningFor(channel: ChannelName, said: Said): Meaning {
  return meaningOf(PROTOCOLS[channel], said)
}

/** Reversed as far as the partner knows, whether the payment or the reversal came first. */
export function isReversed({ told }: Remembered): boolean {
  return told.get('reversal') !== undefined
}

export function tookTheMoney({ told }: Remembered): boolean {
  return told.get('payment')?.meaning === 'accepted'
}

/**
 * Every byte counts on the hub's own protocol and on SNAP, whose repeat comes under a new external id, which is in no body.
 * The pipe protocol echoes the time of the request (DateTimeRequest); where nothing was decided, it gives its own time too.
 */
function toldBy(channel: ChannelName, said: Said): Told {
  const meaning = meaningFor(channel, said)
  const text = PROTOCOLS[channel] === 'pipe-h2h' ? said.text.replace(TIMES[meaning] ?? ECHO, '|when') : said.text
  return { meaning, text: `${said.status} ${text}` }
}

/** The first 14 digits between bars. */
const ECHO = /\|\d{14}(?=\|)/
const ALL_TIMES = /\|\d{14}(?=\|)/g
/** These bind nobody to a decision of a moment. */
const TIMES: Partial<Record<Meaning, RegExp>> = { 'unknown-original': ALL_TIMES, conflict: ALL_TIMES }
