/**
 * The chain behind a coverage answer: terms, the channel's call, our decision, the fact; what took it back; closings.
 * Promises every fact that bears on the month asked, also when the answer is "not covered": a reversal is evidence too.
 * Where a sponsor pays, the row of its list and the bill begin the chain (sponsor-evidence.ts); where a channel's file has named the
 * payment, its line and the bank credit end it (settlement-evidence.ts).
 */
import { monthsOf, takesMonths, termsIn } from '../../../shared/domain/allocation.ts'
import { assertNever } from '../../../shared/domain/assert-never.ts'
import {
  byDecision,
  type Fact,
  type FactKey,
  factKey,
  keyOf,
  type MonthFact,
  type PaymentFact,
  type TermsFact,
} from '../../../shared/domain/fact.ts'
import { formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import type { Month } from '../../../shared/domain/month.ts'
import { totalOf } from '../../../shared/domain/tariff.ts'
import type { ConsolePorts } from '../ports.ts'
import type { EvidenceStep, FactStep } from './evidence-schemas.ts'
import { type SettlementSources, settlementSteps } from './settlement-evidence.ts'
import { type SponsorSources, sponsorSteps } from './sponsor-evidence.ts'

type EvidencePorts = Pick<ConsolePorts, 'decisions' | 'facts'> & SettlementSources & SponsorSources
/** What in a fact bears on an answer; which of it depends on the fact's kind. */
type FactContent = Partial<Omit<FactStep, 'step' | keyof FactStamped>>
type FactStamped = Pick<FactStep, 'account' | 'factKey' | 'kind' | 'source' | 'decidedAt' | 'recordedAt' | 'holdsMonth'>

/** `heldBy` is the fact that pays the month, if any does. Facts in the order of decision, each with what led to it. */
export async function evidenceFor(
  ports: EvidencePorts,
  known: readonly Fact[],
  month: Month,
  heldBy: FactKey | null,
  knownAt: Instant | null,
): Promise<readonly EvidenceStep[]> {
  const ordered = [...known].sort(byDecision)
  const money = ordered.filter((fact) => takesMonths(fact) && (keyOf(fact) === heldBy || quotes(fact, month)))
  const keys = new Set(money.map(keyOf))
  const terms = termsIn(
    ordered.filter((fact) => fact.kind === 'terms'),
    month,
  )
  const bearing = ordered.filter((fact) => bears(fact, keys, terms))
  const chains = await Promise.all(bearing.map((fact) => chainOf(ports, known, fact, heldBy, knownAt)))
  return chains.flat()
}

function bears(fact: Fact, money: ReadonlySet<FactKey>, terms: TermsFact | undefined): boolean {
  switch (fact.kind) {
    case 'payment':
    case 'posting':
    case 'share':
    case 'credit-allocation':
      return money.has(keyOf(fact))
    case 'reversal':
      return money.has(fact.reverses)
    case 'suspension':
      return money.has(fact.moves)
    case 'refund':
      return money.has(fact.refunds)
    case 'terms':
      return fact === terms
    case 'closing':
    case 'reopening':
      return true
    case 'late-reversal':
      return false
    default:
      return assertNever(fact)
  }
}

async function chainOf(
  ports: EvidencePorts,
  known: readonly Fact[],
  fact: Fact,
  heldBy: FactKey | null,
  knownAt: Instant | null,
): Promise<readonly EvidenceStep[]> {
  const own = factStep(fact, heldBy)
  if (fact.kind === 'payment') {
    const [call, settled] = await aroundPayment(ports, fact.source, fact, knownAt)
    return [...call, own, ...settled]
  }
  if (fact.kind !== 'share') return [own]
  const channel = fact.id[1] ?? fact.source
  const paid = await ports.facts.get(fact.billCode, factKey('payment', channel, [fact.paymentId]))
  const sponsored = await sponsorSteps(ports, known, fact.billCode)
  if (paid?.kind !== 'payment') return [...sponsored, own]
  const [call, settled] = await aroundPayment(ports, channel, paid, knownAt)
  return [...sponsored, ...call, factStep(paid, null), own, ...settled]
}

/** What led to a payment's fact, and what has confirmed it since. */
async function aroundPayment(ports: EvidencePorts, channel: string, paid: PaymentFact, knownAt: Instant | null) {
  return Promise.all([callSteps(ports, channel, paid), settlementSteps(ports, channel, paid, knownAt)])
}

/** What the partner sent, and what we decided on it. */
async function callSteps(
  { decisions }: Pick<ConsolePorts, 'decisions'>,
  channel: string,
  paid: PaymentFact,
): Promise<readonly EvidenceStep[]> {
  const paymentId = paid.id[0] ?? ''
  const decision = await decisions.get(channel, paymentId)
  const evidenceDigest = decision?.evidenceDigest ? Buffer.from(decision.evidenceDigest).toString('hex') : null
  const partnerAt = formatUtc(paid.partnerAt)
  const call: EvidenceStep = {
    step: 'channel-call',
    channel,
    paymentId,
    partnerAt,
    outlet: paid.outlet,
    evidenceDigest,
  }
  if (!decision) return [call]
  const { hubReference, decidedAt, outcome, account } = decision
  return [
    call,
    {
      step: 'payment-decision',
      channel,
      paymentId,
      hubReference,
      account,
      decision: outcome.kind,
      decidedAt: formatUtc(decidedAt),
    },
  ]
}

function factStep(fact: Fact, heldBy: FactKey | null): FactStep {
  const { account, kind, source, decidedAt, recordedAt } = fact
  const stamp = { decidedAt: formatUtc(decidedAt), recordedAt: formatUtc(recordedAt) }
  const factKey = keyOf(fact)
  return { step: 'fact', account, factKey, kind, source, ...stamp, ...contentOf(fact), holdsMonth: factKey === heldBy }
}

/** In the API's words. */
function contentOf(fact: Fact): FactContent {
  switch (fact.kind) {
    case 'payment':
      return { amountRupiah: fact.amount, hubReference: fact.hubReference, months: pricedMonths(fact) }
    case 'posting':
      return { amountRupiah: fact.amount, months: pricedMonths(fact) }
    case 'credit-allocation':
      return { months: pricedMonths(fact) }
    case 'share':
      return { amountRupiah: fact.amount, billCode: fact.billCode, months: pricedMonths(fact) }
    case 'reversal':
    case 'late-reversal':
      return { amountRupiah: fact.amount, reverses: fact.reverses }
    case 'suspension':
      return { amountRupiah: fact.amount, moves: fact.moves }
    case 'refund':
      return { amountRupiah: fact.amount, reverses: fact.refunds }
    case 'terms':
      return { from: fact.from, sector: fact.terms.sector, funding: fact.terms.funding, programs: fact.terms.programs }
    case 'closing':
      return { on: fact.on, reason: fact.reason }
    case 'reopening':
      return { reason: fact.reason }
    default:
      return assertNever(fact)
  }
}

function pricedMonths(fact: MonthFact) {
  return monthsOf(fact.months).map(({ month, price }) => ({ month, priceRupiah: totalOf(price) }))
}

function quotes(fact: MonthFact, month: Month): boolean {
  return monthsOf(fact.months).some((quoted) => quoted.month === month)
}
