/**
 * `GET /api/memberships/{kpj}/payments`: the money that came to a membership and went back, newest first, page by page.
 * `months` is what a payment was paid for, as its answer said; `allocatedMonths` is where its money is now. A share shows with its
 * bill's channel and payment id. Postings of finance are payments here; late reversals move nothing and are left out.
 */
import { type FactAllocation, monthsOf } from '../../../shared/domain/allocation.ts'
import {
  byDecision,
  type Fact,
  type FactKey,
  factKey,
  factKeyParts,
  isMoney,
  keyOf,
  type MoneyFact,
  type ReversalFact,
} from '../../../shared/domain/fact.ts'
import { formatUtc } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { openAccount } from './account.ts'
import { unknownMembership } from './kpj-parameter.ts'
import type { PaymentItem, PaymentsQuery } from './schemas.ts'

const DEFAULT_LIMIT = 50

type Listed = MoneyFact | ReversalFact
/** The same words for both kinds of item, so that a table needs no special case. */
type Origin = { readonly channel: string; readonly paymentId: string; readonly billCode: string | null }

export async function listPayments(
  ports: ConsolePorts,
  { path, query }: Call<{ path: { kpj: Kpj }; query: PaymentsQuery }>,
) {
  const account = await openAccount(ports, path.kpj)
  if (!account) return unknownMembership()
  const newestFirst = account.facts.filter(isListed).sort((a, b) => byDecision(b, a))
  const start = positionAfter(newestFirst, query.after)
  if (start === undefined) return problem('INVALID_INPUT', 'query parameter after: expected a `next` of this list')
  const end = start + (query.limit ?? DEFAULT_LIMIT)
  const money = new Map(account.facts.filter(isMoney).map((fact) => [keyOf(fact), fact]))
  const places = new Map(account.allocation.byFact.map((place) => [place.fact, place]))
  const page = newestFirst.slice(start, end)
  const items = await Promise.all(
    page.map((fact) =>
      fact.kind === 'reversal'
        ? reversalItem(fact, money.get(fact.reverses))
        : paymentItem(ports, fact, places.get(keyOf(fact))),
    ),
  )
  return json(200, { items, next: end < newestFirst.length ? cursorOf(page.at(-1)) : null })
}

async function paymentItem(
  ports: ConsolePorts,
  fact: MoneyFact,
  place: FactAllocation | undefined,
): Promise<PaymentItem> {
  // A share's reference, outlet and day are those of the payment of its bill.
  const paid = fact.kind === 'share' ? await paymentOfBill(ports, fact) : fact
  const payment = paid?.kind === 'payment' ? paid : undefined
  return {
    kind: 'payment',
    ...originOf(keyOf(fact)),
    amountRupiah: fact.amount,
    months: quotedMonths(fact),
    allocatedMonths: place?.months ?? [],
    creditRupiah: place?.credit ?? 0,
    returnedToBillRupiah: place?.billReturn ?? 0,
    suspenseRupiah: place?.suspense ?? 0,
    // A share of which a part was refunded still stands.
    reversed: place !== undefined && place.reversed > 0 && place.reversed === place.amount,
    decidedAt: formatUtc(fact.decidedAt),
    recordedAt: formatUtc(fact.recordedAt),
    partnerAt: payment ? formatUtc(payment.partnerAt) : null,
    businessDate: paid && 'businessDate' in paid ? paid.businessDate : null,
    hubReference: payment?.hubReference ?? null,
    adminFeeRupiah: fact.kind === 'payment' ? fact.adminFee : 0,
    outlet: payment?.outlet ?? null,
    factKey: keyOf(fact),
  }
}

function reversalItem(fact: ReversalFact, reversed: MoneyFact | undefined): PaymentItem {
  const months = reversed ? quotedMonths(reversed) : []
  return {
    kind: 'reversal',
    ...originOf(fact.reverses),
    amountRupiah: fact.amount,
    months,
    allocatedMonths: [],
    creditRupiah: 0,
    returnedToBillRupiah: 0,
    suspenseRupiah: 0,
    reversed: false,
    decidedAt: formatUtc(fact.decidedAt),
    recordedAt: formatUtc(fact.recordedAt),
    partnerAt: formatUtc(fact.partnerAt),
    businessDate: fact.businessDate,
    hubReference: reversed?.kind === 'payment' ? reversed.hubReference : null,
    adminFeeRupiah: reversed?.kind === 'payment' ? reversed.adminFee : 0,
    outlet: fact.outlet,
    factKey: keyOf(fact),
  }
}

async function paymentOfBill(
  { facts }: ConsolePorts,
  share: MoneyFact & { readonly kind: 'share' },
): Promise<Fact | undefined> {
  const { channel } = originOf(keyOf(share))
  return facts.get(share.billCode, factKey('payment', channel, [share.paymentId]))
}

/** From the key of a money fact: `payment#bni#id`, `posting#settlement#bni#id`, or `share#<source>#billCode#channel#id`. */
function originOf(key: FactKey): Origin {
  const { kind, source, id } = factKeyParts(key)
  if (kind === 'share') return { channel: id[1] ?? source, paymentId: id[2] ?? '', billCode: id[0] ?? null }
  if (kind === 'posting' && id.length > 1) return { channel: id[0] ?? source, paymentId: id[1] ?? '', billCode: null }
  return { channel: source, paymentId: id.join('#'), billCode: null }
}

function quotedMonths(fact: MoneyFact): readonly string[] {
  return monthsOf(fact.months).map(({ month }) => month)
}

/** The place after the fact that a cursor names; facts are never removed, so a cursor stays good. */
function positionAfter(list: readonly Listed[], cursor: string | undefined): number | undefined {
  if (cursor === undefined) return 0
  const found = list.findIndex((fact) => cursorOf(fact) === cursor)
  return found < 0 ? undefined : found + 1
}

function cursorOf(fact: Listed | undefined): string | null {
  return fact ? Buffer.from(keyOf(fact)).toString('base64url') : null
}

function isListed(fact: Fact): fact is Listed {
  return isMoney(fact) || fact.kind === 'reversal'
}
