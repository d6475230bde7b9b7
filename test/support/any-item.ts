/** Arbitrary facts, decisions, views, contacts and bills for properties: everything the types allow, not only what happens on a good day. */
import fc from 'fast-check'
import { type Account, suspenseAccount } from '../../shared/domain/account.ts'
import type { AgentCode } from '../../shared/domain/agents/agent.ts'
import { billCodeOf } from '../../shared/domain/bill-code.ts'
import { MEMBERSHIP_STATUSES } from '../../shared/domain/coverage.ts'
import {
  type Fact,
  type FactKey,
  type FactKind,
  type FactStamp,
  factKey,
  type PaymentTerms,
  type PricedRun,
} from '../../shared/domain/fact.ts'
import { type BusinessDate, businessDateOf, type Instant, instant } from '../../shared/domain/instant.ts'
import { kpjOf } from '../../shared/domain/kpj.ts'
import { type Rupiah, rupiah } from '../../shared/domain/money.ts'
import { addMonths, type Month, month } from '../../shared/domain/month.ts'
import { LANGUAGES, NOTICE_CHANNELS } from '../../shared/domain/notice-preferences.ts'
import { NOTICE_STAGES } from '../../shared/domain/notice-stage.ts'
import { paymentKey } from '../../shared/domain/payment-key.ts'
import { REFUSAL_CODES } from '../../shared/domain/refusal.ts'
import { type CohortId, parseCohortId } from '../../shared/domain/sponsors/sponsor.ts'
import { FUNDINGS, PROGRAMS, SECTORS, type Terms } from '../../shared/domain/tariff.ts'
import type { Bill, BillMember } from '../../shared/store/bills/bills.ts'
import type { Contact } from '../../shared/store/contacts/contacts.ts'
import type { MembershipView } from '../../shared/store/memberships/memberships.ts'
import type { DecisionOutcome, PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import { participantOf } from './ids.ts'

export const anyInstant: fc.Arbitrary<Instant> = fc.integer({ min: 0, max: Date.UTC(2099, 0) }).map(instant)
const anyDate: fc.Arbitrary<BusinessDate> = anyInstant.map(businessDateOf)
const anyMonth: fc.Arbitrary<Month> = fc.nat(1_200).map((count) => addMonths(month('1990-01'), count))
const anyRupiah: fc.Arbitrary<Rupiah> = fc.nat(2 ** 31).map(rupiah)
/** Any text that can be sent: `#`, `%`, blanks and everything outside ASCII included. */
const anyText = fc.string({ unit: 'grapheme', maxLength: 24 })
const anyDigits = fc.stringMatching(/^\d{11}$/)
const anyKpj = anyDigits.map(kpjOf)
const anyBillCode = fc.bigInt({ min: 0n, max: 9_999_999_999_999n }).map(billCodeOf)
/** A suspense account holds a payment id as a partner sent it: any text. */
const anyAccount: fc.Arbitrary<Account> = fc.oneof(
  anyKpj,
  anyBillCode,
  anyText.map((id) => suspenseAccount('bni', id)),
)
const anyParticipant = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/).map(participantOf)
const anyKey: fc.Arbitrary<FactKey> = fc
  .record({
    kind: fc.constantFrom<FactKind>('payment', 'share', 'posting'),
    source: fc.constantFrom('bni', 'a#b'),
    id: fc.array(anyText, { minLength: 1, maxLength: 3 }),
  })
  .map(({ kind, source, id }) => factKey(kind, source, id))
const anyDigest = fc.uint8Array({ minLength: 33, maxLength: 33 })
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })

const anyPrice = fc.record({ jkk: anyRupiah, jkm: anyRupiah, jht: anyRupiah })
const anyRuns: fc.Arbitrary<readonly PricedRun[]> = fc.array(
  fc.record({ first: anyMonth, count: fc.integer({ min: 1, max: 12 }), price: anyPrice }),
  { maxLength: 4 },
)

const anyTerms: fc.Arbitrary<Terms> = fc.record({
  sector: fc.constantFrom(...SECTORS),
  funding: fc.constantFrom(...FUNDINGS),
  programs: fc.constantFrom(...PROGRAMS),
  income: anyRupiah,
})

const stampParts = {
  account: anyAccount,
  source: fc.constantFrom('bni', 'indomaret', 'import', 'console', 'a#b'),
  id: fc.array(anyText, { minLength: 1, maxLength: 3 }),
  decidedAt: anyInstant,
  healedAfter: fc.oneof(fc.constant(0), fc.nat(10 ** 9)),
}

const paymentTermsParts = {
  hubReference: anyText,
  partnerAt: anyInstant,
  businessDate: anyDate,
  amount: anyRupiah,
  adminFee: anyRupiah,
  months: anyRuns,
  creditDrawn: anyRupiah,
  outlet: anyText,
  paidThrough: orNull(anyMonth),
  kpj: orNull(anyKpj),
  renderer: fc.nat(9),
}
const anyPaymentTerms: fc.Arbitrary<PaymentTerms> = fc.record(paymentTermsParts)

const dated = { businessDate: anyDate, amount: anyRupiah }
const reversalParts = { reverses: anyKey, partnerAt: anyInstant, outlet: anyText, ...dated }

/** Any of these fields, or none: what a record may leave out. */
function some<T extends object>(parts: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(parts, { requiredKeys: [] }) as unknown as fc.Arbitrary<Partial<T>>
}

function stamped<T>(parts: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T & FactStamp> {
  return fc.tuple(fc.record(parts), fc.record(stampParts)).map(([own, { healedAfter, ...stamp }]) => ({
    ...(own as T),
    ...stamp,
    recordedAt: instant(stamp.decidedAt + healedAfter),
  }))
}

/** Every kind, by its name, so that a test can say that it saw them all. */
export const anyFactOf: { readonly [K in Fact['kind']]: fc.Arbitrary<Extract<Fact, { readonly kind: K }>> } = {
  payment: stamped({ kind: fc.constant('payment' as const), ...paymentTermsParts }),
  posting: stamped({ kind: fc.constant('posting' as const), ...dated, months: anyRuns, creditDrawn: anyRupiah }),
  share: stamped({
    kind: fc.constant('share' as const),
    billCode: anyBillCode,
    paymentId: anyText,
    amount: anyRupiah,
    months: anyRuns,
  }),
  reversal: stamped({ kind: fc.constant('reversal' as const), ...reversalParts }),
  'late-reversal': stamped({ kind: fc.constant('late-reversal' as const), ...reversalParts }),
  suspension: stamped({ kind: fc.constant('suspension' as const), moves: anyKey, ...dated }),
  refund: stamped({ kind: fc.constant('refund' as const), refunds: anyKey, ...dated }),
  'credit-allocation': stamped({ kind: fc.constant('credit-allocation' as const), months: anyRuns }),
  terms: stamped({
    kind: fc.constant('terms' as const),
    from: anyMonth,
    terms: anyTerms,
    regionCode: anyText,
    registeredOn: anyDate,
    participant: anyParticipant,
  }),
  closing: stamped({ kind: fc.constant('closing' as const), on: anyDate, reason: anyText }),
  reopening: stamped({ kind: fc.constant('reopening' as const), reason: anyText }),
}

/** Terms that a sponsor's list made, or an agent brought. */
export const anyListedTerms = fc
  .tuple(
    anyFactOf.terms,
    fc.constantFrom('jambi.2027.a1', 'pt-maju.1.b2').map((text) => parseCohortId(text) as CohortId),
    some({ agent: fc.constant('PRS-JBI-001' as AgentCode), listLine: fc.nat(10 ** 6) }),
  )
  .map(([fact, cohort, more]) => ({ ...fact, cohort, ...more }))

const anyOutcome: fc.Arbitrary<DecisionOutcome> = fc.oneof(
  fc.record({ kind: fc.constant('accepted' as const), terms: anyPaymentTerms, nameFrom: orNull(anyInstant) }),
  fc.constantFrom(...REFUSAL_CODES).map((code) => ({ kind: 'refused' as const, code })),
  fc.record({ kind: fc.constant('reversed-first' as const), signedAt: orNull(anyInstant) }),
)

export const anyDecision: fc.Arbitrary<PaymentDecision> = fc.record({
  channel: fc.constantFrom('bni', 'indomaret'),
  paymentId: anyText,
  customerDigest: anyDigest,
  factsDigest: orNull(anyDigest),
  settledAmount: orNull(anyRupiah),
  account: orNull(anyAccount),
  decidedAt: anyInstant,
  hubReference: anyText,
  evidenceDigest: orNull(anyDigest),
  outcome: anyOutcome,
})

const anyStatus = fc.constantFrom(...MEMBERSHIP_STATUSES)

export const anyView: fc.Arbitrary<MembershipView> = fc
  .tuple(
    fc.record({
      kpj: anyKpj,
      participant: anyParticipant,
      terms: anyTerms,
      regionCode: anyText,
      registeredOn: anyDate,
      paidThrough: orNull(anyMonth),
      credit: anyRupiah,
      status: anyStatus,
      nextTransition: orNull(fc.record({ on: anyDate, to: anyStatus })),
      noticeDue: orNull(fc.record({ stage: fc.constantFrom(...NOTICE_STAGES), month: anyMonth })),
      factCount: fc.nat(500),
      asOf: anyInstant,
      version: fc.integer({ min: 1, max: 9_999 }),
    }),
    some({
      activatedAfterMillis: fc.nat(10 ** 9),
      closesOn: anyDate,
      termsByMonth: fc.array(fc.record({ from: anyMonth, terms: anyTerms, regionCode: anyText }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  )
  .map(([one, more]) => ({ ...one, ...more }))

export const anyContact: fc.Arbitrary<Contact> = fc
  .tuple(
    fc.record({
      kpj: anyKpj,
      nik: anyDigits,
      name: anyText,
      phone: anyText,
      email: anyText,
      maskedNames: fc.array(fc.record({ from: anyInstant, name: anyText }), { maxLength: 3 }),
    }),
    some({
      preferences: fc.record({
        language: fc.constantFrom(...LANGUAGES),
        preferredChannel: orNull(fc.constantFrom(...NOTICE_CHANNELS)),
        optedOut: fc.boolean(),
        wrongNumber: fc.boolean(),
      }),
    }),
  )
  .map(([one, more]) => ({ ...one, ...more }))

export const anyBill: fc.Arbitrary<Bill> = fc
  .tuple(
    fc.record({
      billCode: anyBillCode,
      months: fc.array(anyMonth, { maxLength: 12 }),
      amount: anyRupiah,
      memberCount: fc.nat(10 ** 5),
      kpj: orNull(anyKpj),
      issuedAt: anyInstant,
      validUntil: anyText,
      validUntilInstant: anyInstant,
      paidBy: orNull(anyText.map((id) => paymentKey('bni', id))),
    }),
    some({
      sponsored: fc.record({ program: anyText, cohort: anyText, regionCode: orNull(anyText) }),
      chunks: fc.nat(100),
      replaces: anyBillCode,
      replacedBy: anyBillCode,
      changedAt: anyInstant,
    }),
  )
  .map(([one, more]) => ({ ...one, ...more }))

export const anyMember: fc.Arbitrary<BillMember> = fc.record({ kpj: anyKpj, months: anyRuns, amount: anyRupiah })
