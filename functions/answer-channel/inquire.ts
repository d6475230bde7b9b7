/** An inquiry: who is meant, and what is due. It binds nothing of the payment that may follow. */
import { takesAmount } from '../../shared/channel-port/amount-limit.ts'
import type { Answer, ChannelProfile, Inquiry, Quoted } from '../../shared/channel-port/channel.ts'
import { monthsOf } from '../../shared/domain/allocation.ts'
import { inForce } from '../../shared/domain/effective-dated.ts'
import { businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { type Rupiah, ZERO } from '../../shared/domain/money.ts'
import { maskedNameAt } from '../../shared/ledger/draft-decision.ts'
import { type Due, dueFor, type Payable, resolvePayer } from '../../shared/ledger/payer.ts'
import { customerSubject } from '../../shared/store/endpoint-limits/endpoint-limits.ts'
import { markInquiry } from './captured-inquiry.ts'
import { bindInquiry } from './external-id.ts'
import { countAt, demandKnownLocks, isLockedOut } from './limits.ts'
import type { EndpointPorts } from './ports.ts'

export async function inquire(endpoint: EndpointPorts, inquiry: Inquiry): Promise<Answer> {
  const { customerId, months, externalId, outlet } = inquiry
  const { limits } = endpoint
  demandKnownLocks(limits)
  const customer = customerSubject(endpoint.digests.ofCustomer(customerId))
  if (isLockedOut(limits, outlet, customer)) return { outcome: 'too-many' }
  const hubReference = endpoint.digests.reference(inquiry.requestId)
  // Beside one another: what is read shows nothing before the id is bound and the signature kept.
  const [named, binding] = await Promise.all([
    resolvePayer(endpoint, customerId, inquiry.expects),
    externalId && bindInquiry(endpoint, inquiry, externalId),
    markInquiry(endpoint, inquiry),
    countAt(limits, 'inquiries', outlet),
    limits.count('customer-inquiries', customer),
  ])
  if (binding === 'other-call') return { outcome: 'external-id-conflict' }
  const payable = payableAt(endpoint.channel, named)
  const due = payable && dueFor(endpoint.rules, payable, months ?? 1)
  if (payable && due?.outcome === 'due') return quoted(endpoint.channel, payable, due, hubReference)
  const code = due?.outcome === 'refused' ? due.code : 'unknown-customer'
  if (code === 'unknown-customer') await countAt(limits, 'unknown-customers', outlet)
  return { outcome: 'refused', code, hubReference, decidedAt: payable?.now ?? endpoint.now() }
}

/** To the counters of a channel that cannot take its amount at once, a bill is none: nobody hands over money for it. */
export function payableAt(channel: ChannelProfile, payable: Payable | undefined): Payable | undefined {
  if (payable?.kind !== 'bill') return payable
  return takesAmount(channel, payable.bill.amount, businessDateOf(payable.now)) ? payable : undefined
}

/** The customer's admin fee at this channel on the WIB date of `at`; null where the protocol carries none. */
export function adminFeeAt({ adminFee }: ChannelProfile, at: Instant): Rupiah | null {
  return adminFee && inForce('adminFee', adminFee, businessDateOf(at))
}

function quoted(channel: ChannelProfile, payable: Payable, due: Due, hubReference: string): Quoted {
  const { kpj, creditDrawn, amount, paidThrough, dueDate, billCode } = due
  return {
    outcome: 'quoted',
    hubReference,
    customerName: maskedNameAt(payable.contact, payable.now)?.name ?? '',
    kpj,
    months: monthsOf(due.runs),
    creditDrawn,
    amount,
    adminFee: adminFeeAt(channel, payable.now) ?? ZERO,
    paidThrough,
    dueDate,
    billCode,
    quotedAt: payable.now,
  }
}
