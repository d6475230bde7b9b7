/**
 * One request at a door: read it in the partner's protocol, answer its message, write the answer back, count and log it.
 * No log line and no metric holds more of a message than its kind, its outcome and its hub reference.
 */
import type {
  Answer,
  ChannelProfile,
  DoorRequest,
  DoorResponse,
  Message,
  PreparedDoor,
  Reading,
} from '../../shared/channels/channel.ts'
import { Throttled } from '../../shared/runtime/faults.ts'
import type { Metrics } from '../../shared/runtime/metrics.ts'
import type { Track } from '../../shared/runtime/track.ts'
import type { SignedRequest } from '../../shared/store/evidence.ts'
import { answerChannel } from './answer-channel.ts'
import type { Door, Settled } from './ports.ts'

export type Incoming = { readonly request: DoorRequest; readonly metrics: Metrics; readonly track: Track }
export type DoorParts = Omit<Door, 'onFault' | 'onHealed'>

/** Never throws for anything that a partner sent. Throws only what no protocol can say: a secret that is not to be had. */
export async function answerRequest(
  prepared: PreparedDoor,
  parts: DoorParts,
  incoming: Incoming,
): Promise<DoorResponse> {
  const { request, metrics, track } = incoming
  const now = parts.now()
  const reading = await prepared.read(request, now)
  const { operation, rawQuery, headers, body } = request
  const signed: SignedRequest = { channel: parts.channel.name, operation, rawQuery, headers, body, receivedAt: now }
  if (reading.kind === 'response') return turnAway(parts, reading, signed, incoming)

  const { message } = reading
  track.correlate(parts.digests.reference('paymentId' in message ? message.paymentId : message.requestId))
  const door: Door = {
    ...parts,
    onHealed: () => metrics.count('FactsHealed'),
    onFault: (error) => {
      if (error instanceof Throttled) metrics.count('Throttled')
      track.log().error('A message met a fault', { channel: parts.channel.name, kind: message.kind, error })
    },
  }
  const settled = await answerChannel(door, message, signed)
  count(metrics, message, settled)
  const outcome = settled.repeat ? 'repeat' : 'first'
  const { answer } = settled
  track.log().info('A message was answered', {
    channel: parts.channel.name,
    kind: message.kind,
    outcome: answer.outcome,
    state: outcome,
    code: answer.outcome === 'refused' ? answer.code : undefined,
  })
  return reading.write(answer, parts.now())
}

/**
 * The gateway vouches for the authority of a client certificate; that it is this channel's own is for the door to see.
 * Undefined: it is. In the gateway's own words, because no protocol has any before it knows who speaks.
 */
export function refuseStranger(
  { name, clientCertificateSubject }: ChannelProfile,
  subject: string | null,
  { metrics, track }: Pick<Incoming, 'metrics' | 'track'>,
): DoorResponse | undefined {
  if (subject === clientCertificateSubject) return undefined
  metrics.count('DoorRefusals', { outcome: 'unknown-partner' })
  track.log().warn('A caller came with the certificate of another', { channel: name, refusal: 'unknown-partner' })
  return { status: 403, headers: { 'content-type': 'application/json' }, body: '{"message":"Forbidden"}' }
}

/** The protocol answers by itself. A signed message that could not be read is kept, because it may be money. */
async function turnAway(
  parts: DoorParts,
  reading: Extract<Reading, { kind: 'response' }>,
  signed: SignedRequest,
  { metrics, track }: Incoming,
): Promise<DoorResponse> {
  const { refusal, authentic, response } = reading
  if (refusal === null) return response
  metrics.count('DoorRefusals', { outcome: refusal })
  if (authentic) {
    metrics.count('UnreadableAuthentic')
    await parts.evidence.keep(signed)
    track
      .log()
      .error('A signed message could not be read; it is kept as evidence', { channel: signed.channel, refusal })
  } else track.log().info('A request was turned away', { channel: signed.channel, refusal, status: response.status })
  return response
}

function count(metrics: Metrics, message: Message, { answer, repeat }: Settled): void {
  const { outcome } = answer
  if (outcome === 'fault') metrics.count('FaultsBeforeClaim')
  if (outcome === 'unknown-outcome') metrics.count('UnknownOutcomes')
  if (outcome === 'conflict' || outcome === 'external-id-conflict') metrics.count('PaymentConflicts')
  if (outcome === 'too-late' && !repeat) metrics.count('LateReversals')
  if (message.kind === 'inquiry') metrics.count('InquiriesAnswered', { outcome: codeOf(answer) })
  if (message.kind === 'status') metrics.count('StatusesAnswered', { outcome })
  if (message.kind === 'payment') countPayment(metrics, answer, repeat)
  if (message.kind !== 'reversal') return
  if (outcome !== 'reversed') metrics.count('ReversalsRefused', { outcome })
  else if (!repeat) metrics.count('ReversalsAccepted')
}

function countPayment(metrics: Metrics, answer: Answer, repeat: boolean): void {
  if (answer.outcome === 'was-reversed') metrics.count('PaymentsWereReversed')
  else if (repeat) metrics.count('PaymentsRepeated')
  else if (answer.outcome === 'accepted') metrics.count('PaymentsAccepted')
  else if (answer.outcome === 'refused') metrics.count('PaymentsRefused', { outcome: answer.code })
}

function codeOf(answer: Answer): string {
  return answer.outcome === 'refused' ? answer.code : answer.outcome
}
