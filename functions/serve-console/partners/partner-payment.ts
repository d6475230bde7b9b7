/**
 * `GET /api/partners/{channel}/payments/{paymentId}`: a partner's call solved in one answer: what was decided on the payment id,
 * whether it is recorded and folded, whether it was reversed, and what settlement says. At any age, refusals included.
 */
import { isBillCode } from '../../../shared/domain/bill-code.ts'
import { type Fact, factKey, type PaymentFact } from '../../../shared/domain/fact.ts'
import { formatUtc } from '../../../shared/domain/instant.ts'
import { addMonths, type Month } from '../../../shared/domain/month.ts'
import type { PaymentDecision } from '../../../shared/store/payment-decisions/payment-decisions.ts'
import { settlementSteps } from '../coverage/settlement-evidence.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { channelExpected } from './latest-payments.ts'

export const PAYMENT_EXPECTED = 'expected the id of a payment that the channel sent and the hub decided on'

export async function showPartnerPayment(
  ports: ConsolePorts,
  { path }: Call<{ path: { channel: string; paymentId: string } }>,
) {
  const { channel, paymentId } = path
  if (!ports.channels.includes(channel)) return problem('UNKNOWN_CHANNEL', channelExpected(ports))
  const decision = await ports.decisions.get(channel, paymentId)
  if (!decision) return problem('UNKNOWN_PAYMENT', PAYMENT_EXPECTED)
  const { account } = decision
  const [paid, reversal] = account === null ? [] : await factsOf(ports, decision)
  const fact = paid?.kind === 'payment' ? paid : undefined
  return json(200, {
    channel,
    paymentId,
    decision: decided(decision),
    fact: fact ? recorded(fact) : null,
    // By its channel; what finance reversed stands in the case.
    reversedAt: reversal ? formatUtc(reversal.decidedAt) : null,
    view: fact ? await viewOf(ports, fact) : null,
    settlement: fact ? await settlementSteps(ports, channel, fact, null) : [],
  })
}

async function factsOf({ facts }: ConsolePorts, { account, channel, paymentId }: PaymentDecision) {
  if (account === null) return []
  const keys = (['payment', 'reversal'] as const).map((kind) => factKey(kind, channel, [paymentId]))
  const found = await facts.getMany(account, keys)
  const ofKind = (kind: Fact['kind']) => found.find((fact) => fact.kind === kind)
  return [ofKind('payment'), ofKind('reversal')] as const
}

function decided({ outcome, decidedAt, hubReference, account, evidenceDigest }: PaymentDecision) {
  const terms = outcome.kind === 'accepted' ? outcome.terms : undefined
  return {
    outcome: outcome.kind,
    refusal: outcome.kind === 'refused' ? outcome.code : null,
    decidedAt: formatUtc(decidedAt),
    hubReference,
    account,
    amountRupiah: terms?.amount ?? null,
    months: terms?.months.flatMap(({ first, count }) => monthsFrom(first, count)) ?? [],
    evidenceDigest: evidenceDigest && Buffer.from(evidenceDigest).toString('hex'),
  }
}

function monthsFrom(first: Month, count: number): readonly Month[] {
  return Array.from({ length: count }, (_, i) => addMonths(first, i))
}

function recorded({ partnerAt, recordedAt, decidedAt, outlet }: PaymentFact) {
  return {
    partnerAt: formatUtc(partnerAt),
    recordedAt: formatUtc(recordedAt),
    secondsToRecord: Math.round((recordedAt - decidedAt) / 1_000),
    outlet,
  }
}

async function viewOf({ memberships }: ConsolePorts, { account, recordedAt }: PaymentFact) {
  if (isBillCode(account)) return null
  const view = await memberships.get(account as Parameters<typeof memberships.get>[0])
  if (!view) return null
  return {
    foldedAt: formatUtc(view.asOf),
    countsPayment: view.asOf >= recordedAt,
    status: view.status,
    paidThrough: view.paidThrough,
  }
}
