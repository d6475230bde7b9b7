/**
 * What a failed call to a table means, in one place: nothing written, nobody knows, or our own mistake.
 *
 * Promise: `Throttled` is thrown only when no try can have written. The tries are made here and not inside the SDK, because
 * only who sees every try knows that: lost answer, then throttled, is an unknown outcome and no refusal.
 *
 *   try 1 ──> committed, answer lost      try 2 ──> throttled            = UnknownOutcome
 *   try 1 ──> throttled                   try 2 ──> throttled            = Throttled
 *   try 1 ──> committed, answer lost      try 2 ──> own condition fails  = the adapter compares: it is ours
 */
import { Defect, Throttled, Transient, UnknownOutcome } from '../../runtime/faults.ts'
import { ANSWER_MILLIS } from '../../runtime/kept-connections.ts'
import type { Item } from '../attributes/item.ts'

/** `refused`: nothing was written, come back. `lost`: nobody knows. `condition`: an expected answer. `defect`: never repeat. */
type Meaning = 'refused' | 'lost' | 'condition' | 'defect'

/** Three, as the SDK's own default. */
const TRIES = 3
/** Milliseconds before the second try, doubled for each further one and drawn between half and whole. */
const FIRST_PAUSE = 50
/**
 * The longest that a call can take: 3 tries of at most 2,000 ms (../../runtime/kept-connections.ts) and pauses of 50 and 100 ms
 * are 6,150 ms, below the 10 s of a channel endpoint (infra/stages.ts). When a kept connection turns out dead, the first try
 * is over after 800 ms and the second has a fresh one: the write is done within a second or so. A test adds it up.
 */
export const LONGEST_CALL_MILLIS = TRIES * ANSWER_MILLIS + FIRST_PAUSE * (2 ** (TRIES - 1) - 1)

const REFUSALS = new Set([
  'ProvisionedThroughputExceededException',
  'ProvisionedThroughputExceeded',
  'ThrottlingException',
  'ThrottlingError',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'TransactionConflictException',
  'TransactionConflict',
  // A frozen function thaws with a request that was signed too long ago: it is turned away whole, and signed anew.
  'RequestExpired',
])

/** DynamoDB has one name for a signature that is too old and for one that is wrong; only what it says tells them apart. */
const TOO_OLD = /^Signature expired/

const CONDITIONS = new Set(['ConditionalCheckFailedException', 'ConditionalCheckFailed'])

/** Raised before anything is sent, or by an answer that no repeat changes. */
const DEFECTS = new Set(['TypeError', 'RangeError', 'Defect', 'CredentialsProviderError'])

/** A read, tried again while that may help. Throws `Throttled`, `Transient` or `Defect`. */
export async function reading<T>(what: string, call: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await call()
    } catch (cause) {
      const meaning = meaningOf(cause)
      if (meaning === 'defect' || meaning === 'condition') throw defect(what, cause)
      if (tried < TRIES) await pause(tried)
      else if (meaning === 'refused')
        throw new Throttled(`expected ${what} to be read, was refused ${tried} times`, { cause })
      else
        throw new Transient('STORE_UNREACHABLE', `expected ${what} to be read, no answer came in ${tried} tries`, {
          cause,
        })
    }
  }
}

/**
 * A write, tried again while that may help. Resolves to `condition` and the error when a condition did not hold: that may be
 * our own earlier try, so the caller compares. Throws `Throttled`, `UnknownOutcome` or `Defect`.
 */
export async function writing<T>(
  what: string,
  call: () => Promise<T>,
): Promise<
  { readonly outcome: 'written'; readonly result: T } | { readonly outcome: 'condition'; readonly error: unknown }
> {
  let lost = false
  for (let tried = 1; ; tried++) {
    try {
      return { outcome: 'written', result: await call() }
    } catch (cause) {
      const meaning = meaningOf(cause)
      if (meaning === 'condition') return { outcome: 'condition', error: cause }
      // After a lost answer even a refusal for good leaves open what the first try did.
      if (meaning === 'defect' && !lost) throw defect(what, cause)
      lost ||= meaning === 'lost' || triedInside(cause)
      if (tried < TRIES && meaning !== 'defect') await pause(tried)
      else if (lost)
        throw new UnknownOutcome(`expected an answer to the write of ${what}, none came in ${tried} tries`, { cause })
      else throw new Throttled(`expected ${what} to be written, was refused ${tried} times`, { cause })
    }
  }
}

/** True for errors that say that we are wrong, by configuration or code: a repeat changes nothing. */
export function isOurDefect(error: unknown): boolean {
  return meaningOf(error) === 'defect'
}

/** Why each part of a cancelled transaction failed, in the order of its parts; undefined for any other error. */
export function cancellations(error: unknown): readonly Cancellation[] | undefined {
  const { name, CancellationReasons: reasons } = error as {
    name?: string
    CancellationReasons?: readonly Cancellation[]
  }
  return name === 'TransactionCanceledException' ? (reasons ?? []) : undefined
}

export type Cancellation = { readonly Code?: string; readonly Item?: Item }

/** True when part `index` of a transaction failed its own condition. */
export function failedCondition(reasons: readonly Cancellation[], index: number): boolean {
  return CONDITIONS.has(reasons[index]?.Code ?? '')
}

function meaningOf(error: unknown): Meaning {
  const { name = '', message = '', $fault, $metadata } = error as ServiceError
  const reasons = cancellations(error)
  if (reasons) return meaningOfCancelled(reasons)
  if (CONDITIONS.has(name)) return 'condition'
  if (REFUSALS.has(name)) return 'refused'
  if (name === 'InvalidSignatureException' && TOO_OLD.test(message)) return 'refused'
  // The first try of this very transaction is still running: what it will come to is open.
  if (name === 'TransactionInProgressException') return 'lost'
  if (DEFECTS.has(name)) return 'defect'
  const status = $metadata?.httpStatusCode
  if ($fault === 'client' || (status !== undefined && status >= 400 && status < 500)) return 'defect'
  return 'lost'
}

/**
 * A failed condition counts before a conflict beside it only where the adapter can act on it, so both are handed over;
 * a transaction with nothing but conflicts or throttles is tried again.
 */
function meaningOfCancelled(reasons: readonly Cancellation[]): Meaning {
  const codes = reasons.map((reason) => reason.Code ?? 'None').filter((code) => code !== 'None')
  if (codes.some((code) => CONDITIONS.has(code))) return 'condition'
  return codes.length > 0 && codes.every((code) => REFUSALS.has(code)) ? 'refused' : 'defect'
}

type ServiceError = {
  readonly name?: string
  readonly message?: string
  readonly $fault?: 'client' | 'server'
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number }
}

/** A client that retries by itself hides what its earlier tries came to; then nobody knows. */
function triedInside(error: unknown): boolean {
  return ((error as ServiceError).$metadata?.attempts ?? 1) > 1
}

function defect(what: string, cause: unknown): Defect {
  if (cause instanceof Defect) return cause
  const name = (cause as ServiceError).name ?? 'an unknown error'
  return new Defect('STORE_REFUSED', `expected the store to accept the call for ${what}, got ${name}`, { cause })
}

function pause(tried: number): Promise<void> {
  const whole = FIRST_PAUSE * 2 ** (tried - 1)
  return new Promise((resolve) => setTimeout(resolve, whole / 2 + (Math.random() * whole) / 2))
}
