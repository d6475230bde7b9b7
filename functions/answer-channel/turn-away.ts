/**
 * New payments that are not taken: at an outlet that is locked out, and, once too many of a day were for nobody that the hub knows,
 * those that would be for nobody again. They bind nothing: the partner hears "too many". Only then are there any reads more.
 *
 * A payment whose id is decided is never turned away: its repeat gets its answer.
 */
import type { Payment } from '../../shared/channel-port/channel.ts'
import { dueFor, resolvePayer } from '../../shared/ledger/payer.ts'
import { payableAt } from './inquire.ts'
import { countAt, isOutletLocked } from './limits.ts'
import type { Answered, EndpointPorts } from './ports.ts'

export async function isTurnedAway(endpoint: EndpointPorts, payment: Payment): Promise<boolean> {
  const { limits, decisions, channel } = endpoint
  const isLocked = isOutletLocked(limits, namedOutlet(payment))
  if (!isLocked && !limits.isLocked('channel', 'unknown-payments')) return false
  if (await decisions.get(channel.name, payment.paymentId)) return false
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
