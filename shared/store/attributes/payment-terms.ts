/**
 * PaymentTerms as attributes, the same in a decision and in the payment's fact: what was decided is written the same way twice.
 *
 * | attribute | | |
 * |---|---|---|
 * | `h` | S | hub reference |
 * | `p` | N | partnerAt, milliseconds |
 * | `a`, `f`, `x` | N | amount, admin fee, credit drawn (absent: 0) in rupiah |
 * | `m` | S | months in runs, packed-months.ts |
 * | `o` | S | outlet |
 * | `t` | S | paid through this month (absent: null) |
 * | `k` | S | the one KPJ (absent: null) |
 * | `v` | N | renderer |
 *
 * The business date is left to the caller: a fact has it in its index key, a decision in `b`.
 */
import type { PaymentTerms } from '../../domain/fact.ts'
import { type BusinessDate, instant } from '../../domain/instant.ts'
import { parseKpj } from '../../domain/kpj.ts'
import { rupiah, ZERO } from '../../domain/money.ts'
import { parseMonth } from '../../domain/month.ts'
import { type Item, type ItemReader, orAbsent, text, whole } from './item.ts'
import { packRuns, unpackRuns } from './packed-months.ts'

export function paymentTermsItem(terms: PaymentTerms): Item {
  return {
    h: text(terms.hubReference),
    p: whole(terms.partnerAt),
    a: whole(terms.amount),
    f: whole(terms.adminFee),
    ...orAbsent('x', terms.creditDrawn === ZERO ? null : terms.creditDrawn, whole),
    m: text(packRuns(terms.months)),
    o: text(terms.outlet),
    ...orAbsent('t', terms.paidThrough, text),
    ...orAbsent('k', terms.kpj, text),
    v: whole(terms.renderer),
  }
}

export function readPaymentTerms(read: ItemReader, businessDate: BusinessDate): PaymentTerms {
  return {
    hubReference: read.text('h'),
    partnerAt: read.counted('p', instant),
    businessDate,
    amount: read.counted('a', rupiah),
    adminFee: read.counted('f', rupiah),
    creditDrawn: readCreditDrawn(read),
    months: read.parsed('m', unpackRuns),
    outlet: read.text('o'),
    paidThrough: read.optional('t', (name) => read.parsed(name, parseMonth)),
    kpj: read.optional('k', (name) => read.parsed(name, parseKpj)),
    renderer: read.whole('v'),
  }
}

export function readCreditDrawn(read: ItemReader): PaymentTerms['creditDrawn'] {
  return read.optional('x', (name) => read.counted(name, rupiah)) ?? ZERO
}
