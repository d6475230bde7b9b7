/**
 * What an attack is: something that is sent, and the only answers that a hub may give to it.
 *
 * An answer is written as one line: HTTP status, the protocol's code, and the field or reason that it names (`401 4012500
 * Signature`, `400 MALFORMED months`, `200 97`), with `same` after it where the bytes are those of the first answer.
 * The families beside hold the corpus; run.ts runs it.
 */
import type { TestHub } from '../support/hub.ts'
import type { Draft, Pace, WireReply } from './wire.ts'
import { sendDraft } from './wire.ts'

/** A member whom the family attacks. */
export type Victim = { readonly kpj: string; readonly nik: string }

/** One attack. `expected`: any of these lines is a refusal in order (or, for a control, the right answer). */
export type Attack = {
  readonly channel: string
  readonly name: string
  readonly expected: readonly string[]
  /** Sends it and says what came back, as a line. */
  readonly strike: () => Promise<string>
}

/** Takes what it needs from the arena (members of its own, signed requests) and says what it will send. */
export type Family = {
  readonly name: string
  readonly prepare: (arena: Arena) => Promise<PreparedAttack>
}

export type PreparedAttack = {
  readonly attacks: readonly Attack[]
  /** Nothing of these members may have changed when the attacks are over. */
  readonly victims: readonly Victim[]
}

/** The hub under attack, as far as an attacker with a partner's sandbox keys knows it. */
export type Arena = {
  readonly base: URL
  readonly now: () => number
  readonly hub: TestHub
  /** New members, self-paid, Rp8,400 a month, nothing paid. */
  readonly victims: (count: number) => Promise<readonly Victim[]>
}

/** A row that is a draft: sent as it is, answered in the protocol's line. */
export function drafted(
  arena: Arena,
  row: {
    readonly channel: string
    readonly name: string
    readonly draft: Draft
    readonly expected: readonly string[]
    readonly pace?: Pace
  },
): Attack {
  const { channel, name, draft, expected, pace } = row
  const strike = async () => lineOf(await sendDraft(arena.base, draft, pace), draft.target)
  return { channel, name, expected, strike }
}

/** The answer as a line; `target` gives the protocol, because a pipe reply does not name itself. */
export function lineOf(reply: WireReply | 'cut', target: string): string {
  if (reply === 'cut') return 'cut'
  const smuggled = reply.answers > 1 ? [`and ${reply.answers - 1} more answers`] : []
  return [String(reply.status), ...codesOf(reply, target), ...smuggled].join(' ')
}

function codesOf({ text }: WireReply, target: string): readonly string[] {
  const json = objectIn(text)
  if (json === undefined) return pipeCode(text, target)
  const { responseCode, responseMessage, code, field } = json
  const bracket = /\[([^\]]+)\]/.exec(String(responseMessage ?? ''))?.[1]
  return [responseCode, bracket, code, field].filter((part) => typeof part === 'string')
}

const PIPE_CODE_AT: Readonly<Record<number, number>> = { 19: 6, 17: 11, 12: 6 }

function pipeCode(text: string, target: string): readonly string[] {
  if (!target.includes('/alfamart/')) return []
  const fields = text.split('|')
  const at = PIPE_CODE_AT[fields.length]
  return at === undefined ? [] : [fields[at] ?? '']
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
