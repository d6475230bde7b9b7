/**
 * Evidence never bounds payments: the delivery stream takes it, and where the stream throttles, fails or is slow, the bucket does.
 *
 * ```
 * stream ── taken ───────────────────────────────► kept
 *    ├── refused, or no answer in 700 ms ─► bucket ─► kept, and for 10 s the next ones go to the bucket first
 *    └── late answer ───────────────────────────► kept as well: twice is harmless
 * ```
 * Promise: resolves as soon as one of the two holds the request; throws when both have failed, after 5 s at the latest. What it
 * remembers is one process's and some seconds old: a wrong guess costs one object, never a payment.
 */
import { Defect, Transient } from '../../runtime/faults.ts'
import type { EvidenceSink, SealedEvidence } from './evidence.ts'

export type StreamOrBucketParts = {
  readonly stream: EvidenceSink
  readonly bucket: EvidenceSink
  /** Called for every request that the bucket took; `cause` is what the stream said, undefined when it was not asked first. */
  readonly onDirect: (sealed: SealedEvidence, cause: unknown) => void
  readonly stopwatch?: () => number
}

/** Either way answers within some tens of milliseconds; a payer waits at the counter. */
const PATIENCE_MILLIS = 700
/** How long the stream is left alone: one that throttles gets one try per process in this time. */
const REST_MILLIS = 10_000
/** Half of what an endpoint has for its whole answer. */
const LIMIT_MILLIS = 5_000

export function streamOrBucket(parts: StreamOrBucketParts): EvidenceSink {
  const { stream, bucket, onDirect, stopwatch = () => performance.now() } = parts
  let restsUntil = Number.NEGATIVE_INFINITY

  async function putDirectly(sealed: SealedEvidence, cause?: unknown): Promise<void> {
    await bucket.put(sealed)
    onDirect(sealed, cause)
  }

  return {
    put: async (sealed) => {
      if (stopwatch() < restsUntil) {
        return firstKept(
          () => putDirectly(sealed),
          () => stream.put(sealed),
        )
      }
      return firstKept(
        () => stream.put(sealed),
        (cause) => {
          restsUntil = stopwatch() + REST_MILLIS
          return putDirectly(sealed, cause)
        },
      )
    },
  }
}

/** Starts the other way when the first has failed or takes too long; the first of them that holds the request counts. */
async function firstKept(first: () => Promise<void>, other: (cause: unknown) => Promise<void>): Promise<void> {
  const begun = first()
  const result = await within(PATIENCE_MILLIS, begun)
  if (result === 'kept') return
  const ways = Promise.any([begun, other(result.error)])
  const ended = await within(LIMIT_MILLIS - PATIENCE_MILLIS, ways)
  if (ended !== 'kept') throw mostHopeful(ended.error)
}

type Kept = 'kept' | { readonly error: unknown }

async function within(millis: number, work: Promise<void>): Promise<Kept> {
  let timer: NodeJS.Timeout | undefined
  const slow = new Promise<Kept>((resolve) => {
    const error = new Transient('EVIDENCE_SLOW', `expected evidence to be kept within ${millis} ms, try again`)
    timer = setTimeout(() => resolve({ error }), millis)
  })
  const settled = work.then(
    (): Kept => 'kept',
    (error: unknown): Kept => ({ error }),
  )
  try {
    return await Promise.race([settled, slow])
  } finally {
    clearTimeout(timer)
  }
}

/** Of two failures the one that may pass: only where neither will is it a defect. */
function mostHopeful(error: unknown): unknown {
  if (!(error instanceof AggregateError)) return error
  const causes = error.errors as readonly unknown[]
  return causes.find((cause) => !(cause instanceof Defect)) ?? causes[0]
}
