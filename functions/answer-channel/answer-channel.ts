/**
 * The use case behind every endpoint: a message that is authentic and well formed comes in, the hub's answer goes out.
 *
 * Promise: a success is durable before it leaves; a fault never says that nothing happened once a decision was attempted.
 * Knows no protocol, no HTTP and no clock of its own. Protocols: shared/protocols; wiring: handler.ts.
 */
import type { Accepted, Answer, ExternalId, Message, Payment, Refused } from '../../shared/channel-port/channel.ts'
import { assertNever } from '../../shared/domain/assert-never.ts'
import { Throttled } from '../../shared/runtime/faults.ts'
import type { SignedRequest } from '../../shared/store/evidence/evidence.ts'
import { bindPayment } from './external-id.ts'
import { inquire } from './inquire.ts'
import { lookUp, pay } from './pay.ts'
import type { Answered, EndpointPorts, RequestContext } from './ports.ts'
import { reverse, tellStatus } from './reverse.ts'
import { countUnknownPayment, isTurnedAway } from './turn-away.ts'

export { NO_LIMITS } from './limits.ts'
export type { EndpointPorts } from './ports.ts'

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
    case 'payment': {
      if (await isTurnedAway(endpoint, message)) return { answer: { outcome: 'too-many' }, repeat: false }
      const answered = message.externalId
        ? await payOnce(endpoint, message, message.externalId, context)
        : await pay(endpoint, message, await lookUp(endpoint, message), context)
      await countUnknownPayment(endpoint, message, answered)
      return answered
    }
    case 'reversal':
      return reverse(endpoint, message, context)
    case 'status':
      return tellStatus(endpoint, message, context)
    default:
      return assertNever(message)
  }
}

/** A payment under an external id: another call of the day conflicts, the same one is answered as a repeat. */
async function payOnce(
  endpoint: EndpointPorts,
  payment: Payment,
  externalId: ExternalId,
  context: RequestContext,
): Promise<Answered> {
  // Beside one another: looking up writes nothing, and nothing is decided before the id is bound.
  const [binding, found] = await Promise.all([bindPayment(endpoint, payment, externalId), lookUp(endpoint, payment)])
  if (binding === 'other-call') return { answer: { outcome: 'external-id-conflict' }, repeat: false }
  const answered = await pay(endpoint, payment, found, context)
  if (binding === 'new' || !answered.repeat || !isFirstResult(answered.answer)) return answered
  return { answer: { outcome: 'repeated', first: answered.answer }, repeat: true }
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
