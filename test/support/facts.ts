/** Facts for tests, in the words of a story: `pay('T1', '2026-11-20T10:00', ['2026-11'])`. Everything has a default; a test says what matters. */

import { billCodeOf } from '../../shared/domain/bill-code.ts'
import {
  type ClosingFact,
  type CreditAllocationFact,
  factKey,
  type PaymentFact,
  type PostingFact,
  type PricedRun,
  type ReopeningFact,
  type ReversalFact,
  type ShareFact,
  type SuspensionFact,
  type TermsFact,
} from '../../shared/domain/fact.ts'
import { type BusinessDate, businessDateOf, type Instant, parseInstant } from '../../shared/domain/instant.ts'
import { kpjOf } from '../../shared/domain/kpj.ts'
import { type Rupiah, rupiah, ZERO } from '../../shared/domain/money.ts'
import { type Month, month } from '../../shared/domain/month.ts'
import { runsOf } from '../../shared/domain/quote.ts'
import { RULES } from '../../shared/domain/rules.ts'
import { priceOf, type Terms, totalOf } from '../../shared/domain/tariff.ts'
import { participantOf } from './ids.ts'

export const KPJ = kpjOf('12345678901')
const BILL_CODE = billCodeOf(17)
export const FARMER: Terms = { sector: 'farming', funding: 'self', programs: 'JKK+JKM', income: rupiah(1_000_000) }

/** WIB: `2026-11-20T10:00` or with seconds. */
export function at(text: string): Instant {
  const parsed = parseInstant(`${text.length === 16 ? `${text}:00` : text}+07:00`)
  if (parsed === undefined) throw new RangeError(`no instant: ${text}`)
  return parsed
}

export function date(text: string): BusinessDate {
  return text as BusinessDate
}

function stamp(source: string, id: string, when: Instant, recorded?: Instant) {
  return { account: KPJ, source, id: [id], decidedAt: when, recordedAt: recorded ?? when }
}

export function terms(from: string, changed: Partial<Terms> = {}, when = `${from}-01T08:00`, id = when): TermsFact {
  return {
    kind: 'terms',
    ...stamp('import', id, at(when)),
    from: month(from),
    terms: { ...FARMER, ...changed },
    regionCode: '15.71',
    registeredOn: date('2026-01-05'),
    participant: participantOf('person-1'),
  }
}

/** At the prices of the farmer's terms unless `priced` says otherwise; `credit` is what the quote drew. */
export function pay(
  id: string,
  when: string,
  months: readonly string[],
  options: {
    readonly credit?: number
    readonly priced?: Terms
    readonly recorded?: string
    readonly channel?: string
  } = {},
): PaymentFact {
  const runs = quoted(months, options.priced ?? FARMER)
  const credit = rupiah(options.credit ?? 0)
  const recorded = options.recorded === undefined ? undefined : at(options.recorded)
  return {
    kind: 'payment',
    ...stamp(options.channel ?? 'bni', id, at(when), recorded),
    hubReference: `CH${id}`,
    partnerAt: at(when),
    businessDate: businessDateOf(at(when)),
    amount: rupiah(priceOfRuns(runs) - credit),
    adminFee: ZERO,
    months: runs,
    creditDrawn: credit,
    outlet: 'AGEN1',
    paidThrough: (months.at(-1) ?? null) as Month | null,
    kpj: KPJ,
    renderer: 1,
  }
}

export function post(id: string, when: string, amount: number, months: readonly string[] = []): PostingFact {
  const base = stamp('finance', id, at(when))
  return {
    kind: 'posting',
    ...base,
    businessDate: businessDateOf(at(when)),
    amount: rupiah(amount),
    months: quoted(months, FARMER),
    creditDrawn: ZERO,
  }
}

/** A share of a bill, decided and recorded at once; quoted at the sponsor's prices. */
export function share(
  id: string,
  when: string,
  months: readonly string[],
  options: { readonly priced?: Terms; readonly channel?: string; readonly recorded?: string } = {},
): ShareFact {
  const runs = quoted(months, options.priced ?? { ...FARMER, funding: 'village' })
  const channel = options.channel ?? 'bni'
  const recorded = options.recorded === undefined ? undefined : at(options.recorded)
  return {
    kind: 'share',
    ...stamp(channel, id, at(when), recorded),
    id: [BILL_CODE, channel, id],
    billCode: BILL_CODE,
    paymentId: id,
    amount: priceOfRuns(runs),
    months: runs,
  }
}

/** The member's credit pays these months, at the prices of the farmer's terms. */
export function spendCredit(when: string, months: readonly string[]): CreditAllocationFact {
  const id = [months[0] ?? '', businessDateOf(at(when))]
  return { kind: 'credit-allocation', ...stamp('hub', '', at(when)), id, months: quoted(months, FARMER) }
}

export function reverse(
  payment: PaymentFact | PostingFact | ShareFact,
  when: string,
  source: string = payment.source,
): ReversalFact {
  const id = source === payment.source ? [...payment.id] : [payment.source, ...payment.id]
  return {
    kind: 'reversal',
    account: KPJ,
    source,
    id,
    decidedAt: at(when),
    recordedAt: at(when),
    reverses: factKey(payment.kind, payment.source, payment.id),
    partnerAt: at(when),
    businessDate: payment.kind === 'share' ? businessDateOf(payment.decidedAt) : payment.businessDate,
    amount: payment.amount,
    outlet: 'AGEN1',
  }
}

export function suspend(payment: PaymentFact, when: string): SuspensionFact {
  const moves = factKey(payment.kind, payment.source, payment.id)
  return {
    kind: 'suspension',
    ...stamp('finance', moves, at(when)),
    moves,
    businessDate: payment.businessDate,
    amount: payment.amount,
  }
}

export function close(on: string, when: string): ClosingFact {
  return {
    kind: 'closing',
    ...stamp('console', `close-${when}`, at(when)),
    on: date(on),
    reason: 'became a wage earner',
  }
}

export function reopen(when: string): ReopeningFact {
  return { kind: 'reopening', ...stamp('console', `reopen-${when}`, at(when)), reason: 'self-employed again' }
}

export function quoted(months: readonly string[], memberTerms: Terms): readonly PricedRun[] {
  return runsOf(months.map((text) => ({ month: month(text), price: priceOf(RULES.tariff, month(text), memberTerms) })))
}

function priceOfRuns(runs: readonly PricedRun[]): Rupiah {
  return rupiah(runs.reduce((sum, run) => sum + run.count * totalOf(run.price), 0))
}
