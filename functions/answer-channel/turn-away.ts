/**
 * New payments that are not taken: at an outlet or for a customer that is locked out, and, once too many of a day were for nobody that
 * the hub knows, those that would be for nobody again. They bind nothing: the partner hears "too many". Only then are there any reads
 * more.
 *
 * A payment whose id is decided is never turned away: its repeat gets its answer. A reversal that came first decides nothing for a
 * payment that was signed after it.
 */
import type { Payment } from '../../shared/channel-port/channel.ts'
import { dueFor, resolvePayer } from '../../shared/ledger/payer.ts'
import { customerSubject } from '../../shared/store/endpoint-limits/endpoint-limits.ts'
import { holdsFor } from '../../shared/store/payment-decisions/dynamodb.ts'
import { payableAt } from './inquire.ts'
import { countAt, demandKnownLocks, isLockedOut } from './limits.ts'
import type { Answered, EndpointPorts } from './ports.ts'

export async function isTurnedAway(endpoint: EndpointPorts, payment: Payment): Promise<boolean> {
  const { limits, decisions, channel, digests } = endpoint
  const isLocked = isLockedOut(limits, namedOutlet(payment), customerSubject(digests.ofCustomer(payment.customerId)))
  if (limits.areKnown() && !isLocked && !limits.isLocked('channel', 'unknown-payments')) return false
  const known = await decisions.get(channel.name, payment.paymentId)
  if (known && holdsFor(known, payment.partnerAt)) return false
  demandKnownLocks(limits)
  return isLocked || isForNobody(endpoint, payment)
}

async function isForNobody(endpoint: EndpointPorts, payment: Payment): Promise<boolean> {
  const payable = payableAt(endpoint.channel, await resolvePayer(endpoint, payment.customerId, payment.expects))
  const due = payable && dueFor(endpoint.rules, payable, payment.months ?? 1)
  return !due || (due.outcome === 'refused' && due.code === 'unknown-customer')
}

export async function countUnknownPayment(
  { limits }: EndpointPorts,
  payment: Payment,
  { answer, repeat }: Answered,
): Promise<void> {
  if (repeat || answer.outcome !== 'refused' || answer.code !== 'unknown-customer') return
  await Promise.all([limits.count('unknown-payments', ''), countAt(limits, 'unknown-customers', namedOutlet(payment))])
}

/** As an inquiry says it: undefined where the partner names none. */
function namedOutlet({ outlet, namesOutlet }: Payment): string | undefined {
  return namesOutlet === false ? undefined : outlet
}
