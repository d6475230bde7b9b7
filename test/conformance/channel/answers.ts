/** One example of every answer that the hub can give, by the name that the order of precedence uses. */
import type { Accepted, Answer, Quoted, Refused } from '../../../shared/channel-port/channel.ts'
import type { AnswerName } from '../../../shared/channel-port/precedence.ts'
import { type BusinessDate, type Instant, parseInstant } from '../../../shared/domain/instant.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import type { RefusalCode } from '../../../shared/domain/refusal.ts'

export const NOW = parseInstant('2026-11-20T14:03:21+07:00') as Instant
/** The decision was made two minutes before the repeat that these tests ask. */
const DECIDED = (NOW - 120_000) as Instant
export const HUB_REFERENCE = 'H7K2M9Q4X1C8'

const price = { jkk: rupiah(7_800), jkm: rupiah(3_400), jht: ZERO }

export function acceptedOf(adminFee: number): Accepted {
  return {
    outcome: 'accepted',
    hubReference: HUB_REFERENCE,
    customerName: 'BU*** SA***',
    kpj: '12345678901',
    months: ['2026-11', '2026-12', '2027-01'].map((text) => ({ month: month(text), price })),
    creditDrawn: ZERO,
    amount: rupiah(33_600),
    adminFee: rupiah(adminFee),
    paidThrough: month('2027-01'),
    billCode: null,
    outlet: '',
    decidedAt: DECIDED,
    renderer: 1,
  }
}

export function answerNamed(name: AnswerName, adminFee: number): Answer {
  const accepted = acceptedOf(adminFee)
  const { hubReference, decidedAt } = accepted
  switch (name) {
    case 'accepted':
      return accepted
    case 'quoted':
      return {
        ...accepted,
        outcome: 'quoted',
        dueDate: '2026-11-16' as BusinessDate,
        quotedAt: NOW,
      } satisfies Quoted
    case 'repeated':
      return { outcome: 'repeated', first: accepted }
    case 'reversed':
      return {
        outcome: 'reversed',
        hubReference,
        decidedAt,
        months: accepted.months.map((each) => each.month),
        amount: accepted.amount,
      }
    case 'was-reversed':
      return { outcome: 'was-reversed', hubReference, decidedAt }
    case 'unknown-customer':
    case 'expired':
    case 'already-paid':
    case 'wrong-amount':
      return refusedOf(name)
    default:
      return { outcome: name }
  }
}

export function refusedOf(code: RefusalCode): Refused {
  return { outcome: 'refused', code, hubReference: HUB_REFERENCE, decidedAt: DECIDED }
}
