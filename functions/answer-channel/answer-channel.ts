/**
 * The use case behind every door: a message that is authentic and well formed comes in, the hub's answer goes out.
 *
 * Promise: a success is durable before it leaves; a fault never says that nothing happened once a claim was attempted.
 * Knows no protocol, no HTTP and no clock of its own. Protocols: shared/protocols; wiring: handler.ts.
 */
import type { Accepted, Answer, ExternalId, Inquiry, Message, Payment, Refused } from '../../shared/channels/channel.ts'
import { DAY_MILLIS, type Instant } from '../../shared/domain/instant.ts'
import { assertNever } from '../../shared/domain/outcome.ts'
import { Throttled } from '../../shared/runtime/faults.ts'
import type { SignedRequest } from '../../shared/store/evidence.ts'
import { pay } from './pay.ts'
import type { Door, Passage, Settled } from './ports.ts'
import { dueFor, quoted, resolve } from './resolve.ts'
import { reverse, tellStatus } from './reverse.ts'

/** How long an external id is kept: its WIB day, and the days around it in which a clock may be wrong. */
const EXTERNAL_ID_MILLIS = 3 * DAY_MILLIS

/** Answers one message. Never throws: what goes wrong becomes the answer that is safe for money. */
export async function answerChannel(door: Door, message: Message, request: SignedRequest): Promise<Settled> {
  const passage: Passage = { request, claimAttempted: false }
  try {
    return await answer(door, message, passage)
  } catch (error) {
    door.onFault(error)
    return { answer: await answerToFault(door, message, error, passage), repeat: false }
  }
}

async function answer(door: Door, message: Message, passage: Passage): Promise<Settled> {
  switch (message.kind) {
    case 'inquiry':
      return { answer: await inquire(door, message), repeat: false }
    case 'payment':
      return message.externalId ? payOnce(door, message, message.externalId, passage) : pay(door, message, passage)
    case 'reversal':
      return reverse(door, message, passage)
    case 'status':
      return tellStatus(door, message, passage)
    default:
      return assertNever(message)
  }
}

async function inquire(door: Door, inquiry: Inquiry): Promise<Answer> {
  const { customerId, months, externalId } = inquiry
  if (externalId) {
    const bound = await bind(door, externalId, door.digests.ofInquiry(customerId, months))
    if (bound && !(isSameCall(bound, externalId) && door.digests.sameInquiry(bound.factsDigest, customerId, months))) {
      return { outcome: 'external-id-conflict' }
    }
  }
  const hubReference = door.digests.reference(inquiry.requestId)
  const payable = await resolve(door, customerId, inquiry.expects)
  if (!payable) return { outcome: 'refused', code: 'unknown-customer', hubReference, decidedAt: door.now() }
  const due = dueFor(door, payable, months ?? 1)
  if (due.outcome === 'refused') return { outcome: 'refused', code: due.code, hubReference, decidedAt: payable.now }
  return quoted(door, payable, due, hubReference)
}

/** A payment under an external id: another call of the day conflicts, the same one is told that it repeats. */
async function payOnce(door: Door, payment: Payment, externalId: ExternalId, passage: Passage): Promise<Settled> {
  const bound = await bind(door, externalId, door.digests.ofPayment(payment).facts)
  if (bound && !(isSameCall(bound, externalId) && door.digests.sameFacts(bound.factsDigest, payment))) {
    return { answer: { outcome: 'external-id-conflict' }, repeat: false }
  }
  const settled = await pay(door, payment, passage)
  if (!bound || !settled.repeat || !isFirstResult(settled.answer)) return settled
  return { answer: { outcome: 'repeated', first: settled.answer }, repeat: true }
}

async function bind(door: Door, externalId: ExternalId, factsDigest: Uint8Array) {
  const { id, day, service, requestId } = externalId
  const now = door.now()
  const expiresAt = (now + EXTERNAL_ID_MILLIS) as Instant
  const put = await door.claims.putExternalId(
    { channel: door.channel.name, day, id, service, requestId, factsDigest, expiresAt },
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

/** Once a claim was attempted, by this message or by an earlier one, only "unknown" is true; else nothing was bound. */
async function answerToFault(door: Door, message: Message, error: unknown, passage: Passage): Promise<Answer> {
  if (passage.claimAttempted || (await mayBeClaimed(door, message))) return { outcome: 'unknown-outcome' }
  if (error instanceof Throttled) return { outcome: 'too-many' }
  return { outcome: 'fault' }
}

/** A repeat may fail before it read the claim that its first left: "our fault" would then deny money that was taken. */
async function mayBeClaimed(door: Door, message: Message): Promise<boolean> {
  if (message.kind === 'inquiry') return false
  try {
    return (await door.claims.get(door.channel.name, message.paymentId)) !== undefined
  } catch (error) {
    door.onFault(error)
    return true
  }
}
