/**
 * The use case behind every endpoint: a message that is authentic and well formed comes in, the hub's answer goes out.
 *
 * Promise: a success is durable before it leaves; a fault never says that nothing happened once a decision was attempted.
 * Knows no protocol, no HTTP and no clock of its own. Protocols: shared/protocols; wiring: handler.ts.
 */
import type {
  Accepted,
  Answer,
  ExternalId,
  Inquiry,
  Message,
  Payment,
  Refused,
} from '../../shared/channel-port/channel.ts'
import { assertNever } from '../../shared/domain/assert-never.ts'
import { DAY_MILLIS, type Instant } from '../../shared/domain/instant.ts'
import { Throttled } from '../../shared/runtime/faults.ts'
import type { SignedRequest } from '../../shared/store/evidence/evidence.ts'
import { pay } from './pay.ts'
import type { Answered, EndpointPorts, RequestContext } from './ports.ts'
import { dueFor, quoted, resolve } from './resolve.ts'
import { reverse, tellStatus } from './reverse.ts'

/** How long an external id is kept: its WIB day, and the days around it in which a clock may be wrong. */
const EXTERNAL_ID_MILLIS = 3 * DAY_MILLIS

/** Answers one message. Never throws: what goes wrong becomes the answer that is safe for money. */
export async function answerChannel(
  endpoint: EndpointPorts,
  message: Message,
  request: SignedRequest,
): Promise<Answered> {
  const context: RequestContext = { request, decisionAttempted: false }
  try {
    return await answer(endpoint, message, context)
  } catch (error) {
    endpoint.onFault(error)
    return { answer: await answerToFault(endpoint, message, error, context), repeat: false }
  }
}

async function answer(endpoint: EndpointPorts, message: Message, context: RequestContext): Promise<Answered> {
  switch (message.kind) {
    case 'inquiry':
      return { answer: await inquire(endpoint, message), repeat: false }
    case 'payment':
      return message.externalId
        ? payOnce(endpoint, message, message.externalId, context)
        : pay(endpoint, message, context)
    case 'reversal':
      return reverse(endpoint, message, context)
    case 'status':
      return tellStatus(endpoint, message, context)
    default:
      return assertNever(message)
  }
}

async function inquire(endpoint: EndpointPorts, inquiry: Inquiry): Promise<Answer> {
  const { customerId, months, externalId } = inquiry
  if (externalId) {
    const bound = await bind(endpoint, externalId, endpoint.digests.ofInquiry(customerId, months))
    if (
      bound &&
      !(isSameCall(bound, externalId) && endpoint.digests.sameInquiry(bound.factsDigest, customerId, months))
    ) {
      return { outcome: 'external-id-conflict' }
    }
  }
  const hubReference = endpoint.digests.reference(inquiry.requestId)
  const payable = await resolve(endpoint, customerId, inquiry.expects)
  if (!payable) return { outcome: 'refused', code: 'unknown-customer', hubReference, decidedAt: endpoint.now() }
  const due = dueFor(endpoint, payable, months ?? 1)
  if (due.outcome === 'refused') return { outcome: 'refused', code: due.code, hubReference, decidedAt: payable.now }
  return quoted(endpoint, payable, due, hubReference)
}

/** A payment under an external id: another call of the day conflicts, the same one is told that it repeats. */
async function payOnce(
  endpoint: EndpointPorts,
  payment: Payment,
  externalId: ExternalId,
  context: RequestContext,
): Promise<Answered> {
  const bound = await bind(endpoint, externalId, endpoint.digests.ofPayment(payment).facts)
  if (bound && !(isSameCall(bound, externalId) && endpoint.digests.sameFacts(bound.factsDigest, payment))) {
    return { answer: { outcome: 'external-id-conflict' }, repeat: false }
  }
  const settled = await pay(endpoint, payment, context)
  if (!bound || !settled.repeat || !isFirstResult(settled.answer)) return settled
  return { answer: { outcome: 'repeated', first: settled.answer }, repeat: true }
}

async function bind(endpoint: EndpointPorts, externalId: ExternalId, factsDigest: Uint8Array) {
  const { id, day, service, requestId } = externalId
  const now = endpoint.now()
  const expiresAt = (now + EXTERNAL_ID_MILLIS) as Instant
  const put = await endpoint.decisions.putExternalId(
    { channel: endpoint.channel.name, day, id, service, requestId, factsDigest, expiresAt },
    now,
  )
  return put.outcome === 'exists' ? put.existing : undefined
}

function isSameCall(bound: { readonly service: string; readonly requestId: string }, externalId: ExternalId): boolean {
  return bound.service === externalId.service && bound.requestId === externalId.requestId
}

function isFirstResult(answer: Answer): answer is Accepted | Refused {
  return answer.outcome === 'accepted' || answer.outcome === 'refused'
}

/** Once a decision was attempted, by this message or by an earlier one, only "unknown" is true; else nothing was bound. */
async function answerToFault(
  endpoint: EndpointPorts,
  message: Message,
  error: unknown,
  context: RequestContext,
): Promise<Answer> {
  if (context.decisionAttempted || (await mayBeDecided(endpoint, message))) return { outcome: 'unknown-outcome' }
  if (error instanceof Throttled) return { outcome: 'too-many' }
  return { outcome: 'fault' }
}

/** A repeat may fail before it read the decision that its first left: "our fault" would then deny money that was taken. */
async function mayBeDecided(endpoint: EndpointPorts, message: Message): Promise<boolean> {
  if (message.kind === 'inquiry') return false
  try {
    return (await endpoint.decisions.get(endpoint.channel.name, message.paymentId)) !== undefined
  } catch (error) {
    endpoint.onFault(error)
    return true
  }
}
