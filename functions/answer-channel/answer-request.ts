/**
 * One request at an endpoint: read it in the partner's protocol, answer its message, write the answer back, count and log it.
 * No log line and no metric holds more of a message than its kind, its outcome and its hub reference.
 */
import type {
  Answer,
  EndpointRefusal,
  EndpointRequest,
  EndpointResponse,
  Message,
  PreparedEndpoint,
  Reading,
} from '../../shared/channel-port/channel.ts'
import { DAY_MILLIS, type Instant } from '../../shared/domain/instant.ts'
import type { CertificateCheckOf } from '../../shared/protocols/client-certificate.ts'
import { Throttled } from '../../shared/runtime/faults.ts'
import type { LogScope } from '../../shared/runtime/log-scope.ts'
import type { Metrics } from '../../shared/runtime/metrics.ts'
import type { SignedRequest } from '../../shared/store/evidence/evidence.ts'
import { answerChannel } from './answer-channel.ts'
import type { Answered, EndpointPorts } from './ports.ts'

export type Incoming = { readonly request: EndpointRequest; readonly metrics: Metrics; readonly logScope: LogScope }
export type EndpointParts = Omit<EndpointPorts, 'onFault' | 'onHealed'>

/** Never throws for anything that a partner sent. Throws only what no protocol can say: a secret that is not to be had. */
export async function answerRequest(
  prepared: PreparedEndpoint,
  parts: EndpointParts,
  incoming: Incoming,
): Promise<EndpointResponse> {
  const { request, metrics, logScope } = incoming
  const now = parts.now()
  const reading = await prepared.read(request, now)
  const { operation, rawQuery, headers, body } = request
  const signed: SignedRequest = { channel: parts.channel.name, operation, rawQuery, headers, body, receivedAt: now }
  if (reading.kind === 'response') return turnAway(parts, reading, signed, incoming)

  const { message } = reading
  logScope.correlate(parts.digests.reference('paymentId' in message ? message.paymentId : message.requestId))
  const endpoint: EndpointPorts = {
    ...parts,
    onHealed: () => metrics.count('FactsHealed'),
    onFault: (error) => {
      if (error instanceof Throttled) metrics.count('Throttled')
      logScope.log().error('A message met a fault', { channel: parts.channel.name, kind: message.kind, error })
    },
  }
  const settled = await answerChannel(endpoint, message, signed)
  count(metrics, message, settled)
  if (isIdReused(message, settled, parts.now())) {
    metrics.count('PaymentIdsReused')
    logScope.log().warn('A payment id of long ago came again', { channel: parts.channel.name, kind: message.kind })
  }
  const outcome = settled.repeat ? 'repeat' : 'first'
  const { answer } = settled
  logScope.log().info('A message was answered', {
    channel: parts.channel.name,
    kind: message.kind,
    outcome: answer.outcome,
    state: outcome,
    code: answer.outcome === 'refused' ? answer.code : undefined,
  })
  return reading.write(answer, parts.now())
}

/** The channel whose own certificates are asked for, and the certificate that came; null: none did. */
export type PresentedCertificate = {
  readonly channel: string
  readonly check: CertificateCheckOf
  /** Whether an operator revoked the key, by its SHA-256. */
  readonly isRevoked: (publicKeySha256: string) => boolean
  readonly certificate: { readonly pem: string; readonly subject: string } | null
}

/**
 * The gateway proves that a client certificate comes from a known authority; that it is this channel's own is checked here.
 * Undefined: it is. The reply is in the gateway's own words, because no protocol has any before it knows who calls.
 */
export function refuseUnknownCertificate(
  { channel, check, isRevoked, certificate }: PresentedCertificate,
  { metrics, logScope }: Pick<Incoming, 'metrics' | 'logScope'>,
): EndpointResponse | undefined {
  const checked = certificate && check(certificate.pem)
  const isPinned = checked?.isPinned === true && checked.pin !== undefined
  if (isPinned && !isRevoked(checked.pin.publicKeySha256)) return undefined
  metrics.count('EndpointRefusals', { outcome: 'unknown-partner' })
  logScope.log().warn("A caller's certificate is none of this channel's", {
    channel,
    refusal: 'unknown-partner',
    cause: isPinned
      ? 'revoked'
      : certificate === null
        ? 'no-certificate'
        : checked?.pin
          ? 'not-pinned'
          : 'not-readable',
    certificateSubject: certificate?.subject.slice(0, 200) || undefined,
    hash: checked?.pin?.publicKeySha256,
  })
  return { status: 403, headers: { 'content-type': 'application/json' }, body: '{"message":"Forbidden"}' }
}

const WRONG_KEYS: readonly EndpointRefusal[] = ['unknown-partner', 'bad-token', 'bad-signature']

/** The protocol answers by itself. A signed message that could not be read is kept, because it may be money. */
async function turnAway(
  parts: EndpointParts,
  reading: Extract<Reading, { kind: 'response' }>,
  signed: SignedRequest,
  { metrics, logScope }: Incoming,
): Promise<EndpointResponse> {
  const { channel } = signed
  const { refusal, authentic, response, wrongPinAt } = reading
  const { limits } = parts
  if (refusal === null) return response
  metrics.count('EndpointRefusals', { outcome: refusal })
  if (WRONG_KEYS.includes(refusal)) metrics.count('SignaturesRefused')
  if (wrongPinAt !== undefined) await limits.count('wrong-pins', wrongPinAt)
  if (authentic && limits.isLocked('channel', 'unreadable-messages')) {
    logScope
      .log()
      .warn('A signed message could not be read; too many came today, and it is not kept', { channel, refusal })
  } else if (authentic) {
    metrics.count('UnreadableAuthentic')
    await Promise.all([parts.evidence.keep(signed), limits.count('unreadable-messages', '')])
    logScope.log().error('A signed message could not be read; it is kept as evidence', { channel, refusal })
  } else logScope.log().info('A request was turned away', { channel, refusal, status: response.status })
  return response
}

function count(metrics: Metrics, message: Message, { answer, repeat }: Answered): void {
  const { outcome } = answer
  if (outcome === 'fault') metrics.count('FaultsBeforeDecision')
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

/** A repeat comes within days. After this long an outlet has taken its number for another payment, and collected again. */
const REPEATS_END_MILLIS = 30 * DAY_MILLIS

/** The payment signed now is the one accepted long ago, and is answered so: the money of today is nowhere in the ledger. */
function isIdReused(message: Message, { answer, repeat }: Answered, now: Instant): boolean {
  if (message.kind !== 'payment' || !repeat) return false
  const first = answer.outcome === 'repeated' ? answer.first : answer
  return first.outcome === 'accepted' && now - first.decidedAt > REPEATS_END_MILLIS
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
