/** Evidence never bounds payments: with its stream throttled or gone, partners get their answers and the requests are kept. */
import { describe, expect, test } from 'vitest'
import { answerChannel } from '../../../functions/answer-channel/answer-channel.ts'
import type { EndpointPorts } from '../../../functions/answer-channel/ports.ts'
import { longDigest } from '../../../shared/runtime/digests.ts'
import { Defect, Transient } from '../../../shared/runtime/faults.ts'
import {
  type EvidenceSink,
  evidenceStore,
  openEvidence,
  prepareEvidenceKeys,
  type SealedEvidence,
} from '../../../shared/store/evidence/evidence.ts'
import { streamOrBucket } from '../../../shared/store/evidence/stream-or-bucket.ts'
import { counterOf, DIGEST_KEYS, hubWithMember, MONTH_PRICE } from '../../support/endpoint.ts'

const KEYS = prepareEvidenceKeys(JSON.stringify({ current: 1, keys: { 1: Buffer.alloc(32, 9).toString('base64') } }))
const throttled = new Transient('EVIDENCE_NOT_KEPT', 'expected the evidence stream to take a record, try again')
const gone = new Defect('EVIDENCE_REFUSED', 'expected the evidence stream to take a record, it refused')

/** A counter whose evidence goes to a stream that fails so, and else to a bucket. */
async function counterWith(stream: Error, bucket?: Error) {
  const hub = await hubWithMember()
  const counter = counterOf(hub, 'indomaret')
  const kept: SealedEvidence[] = []
  const direct: unknown[] = []
  const failing: EvidenceSink = { put: async () => Promise.reject(stream) }
  const taking: EvidenceSink = {
    put: async (sealed) => {
      if (bucket) throw bucket
      kept.push(sealed)
    },
  }
  const sink = streamOrBucket({ stream: failing, bucket: taking, onDirect: (_, cause) => direct.push(cause) })
  const digest = (bytes: Uint8Array) => longDigest(DIGEST_KEYS, 'evidence', bytes)
  await counter.limits.refresh().usable
  const endpoint: EndpointPorts = { ...counter.endpoint, evidence: evidenceStore({ sink, keys: KEYS, digest }) }
  const pay = (paymentId: string) => {
    const body = Buffer.from(JSON.stringify({ paymentId }))
    const request = {
      channel: 'indomaret',
      operation: '/payment',
      rawQuery: '',
      headers: {},
      body,
      receivedAt: hub.clock.now,
    }
    return answerChannel(endpoint, counter.payment({ paymentId, amount: MONTH_PRICE }), request)
  }
  return { hub, pay, kept, direct }
}

describe.each([
  ['throttled', throttled],
  ['gone', gone],
])('with the stream %s', (_, error) => {
  test('payments go on, and each signed request is found by the digest of its decision', async () => {
    const { hub, pay, kept, direct } = await counterWith(error)
    const answers = []
    for (const id of ['T1', 'T2']) answers.push((await pay(id)).answer)
    expect(answers.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted'])
    const { decisions } = hub.store.everything()
    expect(decisions).toHaveLength(2)
    for (const { paymentId, evidenceDigest } of decisions) {
      const found = kept.find(({ digest }) => Buffer.from(digest).equals(Buffer.from(evidenceDigest ?? [])))
      const { body } = openEvidence(found?.line ?? '', KEYS)
      expect(JSON.parse(Buffer.from(body).toString())).toEqual({ paymentId })
    }
    expect(direct).toEqual([error, undefined])
  })

  test('and the bucket gone too, a payment is refused as our fault and nothing is decided', async () => {
    const { hub, pay } = await counterWith(error, throttled)
    expect((await pay('T1')).answer).toEqual({ outcome: 'fault' })
    expect(hub.store.everything().decisions).toEqual([])
  })
})
