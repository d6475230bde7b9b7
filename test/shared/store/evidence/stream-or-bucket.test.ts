/** The second way of evidence: with the stream throttled, gone or silent, a request is kept all the same, and in time. */
import { describe, expect, test, vi } from 'vitest'
import { Defect, Transient } from '../../../../shared/runtime/faults.ts'
import type { EvidenceSink, SealedEvidence } from '../../../../shared/store/evidence/evidence.ts'
import { streamOrBucket } from '../../../../shared/store/evidence/stream-or-bucket.ts'
import { DECIDED } from '../../../support/stored.ts'

const SEALED: SealedEvidence = { channel: 'bni', receivedAt: DECIDED, digest: Uint8Array.of(1, 2), line: '{}' }
const THROTTLED = new Transient('EVIDENCE_NOT_KEPT', 'expected the evidence stream to take a record, try again')
const REFUSED = new Defect('EVIDENCE_REFUSED', 'expected the evidence stream to take a record, it refused')

type Behaviour = 'takes' | 'hangs' | Error

/** A place that takes requests, fails or never answers, as it is told at the moment. */
function place(behaviour: Behaviour): EvidenceSink & { behaviour: Behaviour; calls: number } {
  const sink = {
    behaviour,
    calls: 0,
    put: async () => {
      sink.calls++
      if (sink.behaviour === 'hangs') await new Promise(() => {})
      if (sink.behaviour instanceof Error) throw sink.behaviour
    },
  }
  return sink
}

function evidence(stream: Behaviour, bucket: Behaviour = 'takes') {
  const places = { stream: place(stream), bucket: place(bucket) }
  const time = { now: 0 }
  const causes: unknown[] = []
  const sink = streamOrBucket({ ...places, onDirect: (_, cause) => causes.push(cause), stopwatch: () => time.now })
  return { ...places, time, causes, put: () => sink.put(SEALED) }
}

describe('where a request goes', () => {
  test('to the stream alone, as long as it takes requests', async () => {
    const { put, stream, bucket, causes } = evidence('takes')
    await put()
    expect([stream.calls, bucket.calls, causes]).toEqual([1, 0, []])
  })

  test.each([
    ['throttles', THROTTLED],
    ['is not there or not ours', REFUSED],
  ])('to the bucket, when the stream %s, and it is said why', async (_, error) => {
    const { put, bucket, causes } = evidence(error)
    await put()
    expect([bucket.calls, causes]).toEqual([1, [error]])
  })

  test('to the bucket first for the next ten seconds; then the stream is tried again', async () => {
    const { put, stream, bucket, time, causes } = evidence(THROTTLED)
    await put()
    time.now = 9_999
    for (let i = 0; i < 50; i++) await put()
    expect([stream.calls, bucket.calls]).toEqual([1, 51])
    expect(causes).toEqual([THROTTLED, ...Array(50).fill(undefined)])
    time.now = 10_000
    stream.behaviour = 'takes'
    await put()
    await put()
    expect([stream.calls, bucket.calls]).toEqual([3, 51])
  })

  test('to the stream, when the bucket fails while the stream rests', async () => {
    const { put, stream, bucket } = evidence(THROTTLED)
    await put()
    bucket.behaviour = THROTTLED
    stream.behaviour = 'takes'
    await put()
    expect([stream.calls, bucket.calls]).toEqual([2, 2])
  })
})

describe('in time', () => {
  test('a stream that does not answer delays one request by less than a second and the next ones not at all', async () => {
    const { put, causes } = evidence('hangs')
    const startedAt = performance.now()
    await put()
    expect(performance.now() - startedAt).toBeLessThan(1_000)
    expect(causes).toEqual([expect.objectContaining({ code: 'EVIDENCE_SLOW' })])
    const resting = performance.now()
    for (let i = 0; i < 20; i++) await put()
    expect(performance.now() - resting).toBeLessThan(100)
  })

  test('two silent places end as a fault after five seconds, half of what an endpoint has', async () => {
    vi.useFakeTimers()
    try {
      const failed = evidence('hangs', 'hangs')
        .put()
        .catch((error: Error) => error)
      await vi.advanceTimersByTimeAsync(4_999)
      expect(await Promise.race([failed, Promise.resolve('open')])).toBe('open')
      await vi.advanceTimersByTimeAsync(1)
      expect(await failed).toMatchObject({ name: 'Transient', code: 'EVIDENCE_SLOW' })
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('both places fail', () => {
  const AWAY = new Transient('BUCKET_AWAY', 'expected the evidence bucket to take an object, try again')
  const DENIED = new Defect('BUCKET_DENIED', 'expected the evidence bucket to take an object, it refused')
  test.each([
    ['for the moment', THROTTLED, AWAY, 'EVIDENCE_NOT_KEPT'],
    ['the stream for ever, the bucket for the moment', REFUSED, AWAY, 'BUCKET_AWAY'],
    ['the stream for the moment, the bucket for ever', THROTTLED, DENIED, 'EVIDENCE_NOT_KEPT'],
    ['for ever', REFUSED, DENIED, 'EVIDENCE_REFUSED'],
  ])('%s: the fault says whether to try again, and is that of who was asked first', async (_, stream, bucket, code) => {
    const { put, causes } = evidence(stream, bucket)
    await expect(put()).rejects.toMatchObject({ code })
    expect(causes).toEqual([])
  })
})
