/**
 * The life of a program, as one table: which step leads from which state to which.
 *
 * ```
 * draft -> enrolling -> billed -> paid -> running -> ending -> ended
 *   |          | ^         | ^      |         |         |
 *   |          | '---------' '------+---------+---------'   a bill is taken back; a payment is
 *   '----------+----------------------------------------> ended   abandoned before it was billed
 * ```
 * Promise: a step that the table does not hold is refused, and every step that was made is in the history with whoever made it.
 */
import type { Instant } from '../instant.ts'

export const PROGRAM_STATES = ['draft', 'enrolling', 'billed', 'paid', 'running', 'ending', 'ended'] as const
export type ProgramState = (typeof PROGRAM_STATES)[number]

export const PROGRAM_STEPS = [
  /** Written down, or changed while a draft. */
  'draft',
  'change',
  /** Lists may come. */
  'open',
  'bill',
  /** Its bill was cancelled, replaced or has expired. */
  'withdraw-bill',
  /** Every bill of it is paid. */
  'pay',
  /** A payment of it was reversed or suspended. */
  'take-back',
  /** Its first month has begun. */
  'start',
  /** Its end is near, or the sponsor stops: members and sponsor are told. */
  'announce-end',
  /** Its last month is over. */
  'end',
  'abandon',
] as const
export type ProgramStep = (typeof PROGRAM_STEPS)[number]

/** By state, where each step leads. What is not here is refused. */
const LIFE: Readonly<Record<ProgramState, Partial<Readonly<Record<ProgramStep, ProgramState>>>>> = {
  draft: { change: 'draft', open: 'enrolling', abandon: 'ended' },
  enrolling: { bill: 'billed', abandon: 'ended' },
  billed: { 'withdraw-bill': 'enrolling', pay: 'paid' },
  paid: { 'take-back': 'billed', start: 'running', 'announce-end': 'ending' },
  running: { 'take-back': 'billed', 'announce-end': 'ending' },
  ending: { 'take-back': 'billed', end: 'ended' },
  ended: {},
}

/** Where a step leads; undefined: it cannot be made there. */
export function stateAfter(state: ProgramState, step: ProgramStep): ProgramState | undefined {
  return LIFE[state][step]
}

/** The steps that can be made in a state, in the order of `PROGRAM_STEPS`. */
export function stepsFrom(state: ProgramState): readonly ProgramStep[] {
  return PROGRAM_STEPS.filter((step) => LIFE[state][step] !== undefined)
}

/** One line of a program's history. */
export type ProgramEvent = {
  /** 1 for the draft; the version of the program that it made. */
  readonly number: number
  readonly step: ProgramStep
  readonly from: ProgramState | null
  readonly to: ProgramState
  /** The person's subject, or the function that saw it happen. */
  readonly by: string
  readonly at: Instant
  /** Why, or what it came from, such as a bill code; '' where the step says it all. */
  readonly note: string
}
