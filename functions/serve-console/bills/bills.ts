/**
 * `POST /api/bills`, `GET /api/bills/{billCode}` and its replacement: a code by which anybody may pay some months of one
 * membership, whoever funds it, at prices frozen at issue. Its status is computed at reading, by the same rules by which a channel endpoint takes it.
 * Knows nothing of how it is paid (functions/answer-channel) nor of sharing it out (functions/apply-bill-payment).
 */
import { channelsTaking } from '../../../shared/channel-port/amount-limit.ts'
import { assertNever } from '../../../shared/domain/assert-never.ts'
import { type BillCode, billCodeOf, parseBillCode } from '../../../shared/domain/bill-code.ts'
import { openClosure } from '../../../shared/domain/closures.ts'
import { keyOf } from '../../../shared/domain/fact.ts'
import {
  addDays,
  businessDateOf,
  formatUtc,
  type Instant,
  instant,
  parseBusinessDate,
  startOfDay,
} from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import type { Rupiah } from '../../../shared/domain/money.ts'
import type { Month } from '../../../shared/domain/month.ts'
import { payableUntil } from '../../../shared/domain/payable-months.ts'
import { paymentKeyParts } from '../../../shared/domain/payment-key.ts'
import { type Quote, type QuoteRefusalCode, quoteOf } from '../../../shared/domain/quote.ts'
import { rulesKnownAt } from '../../../shared/domain/rules.ts'
import { Transient } from '../../../shared/runtime/faults.ts'
import type { Bill, BillMember } from '../../../shared/store/bills/bills.ts'
import { DAY_RANGE, instantOf, isInDayRange } from '../http/fields.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { type OpenedAccount, openAccount } from '../memberships/account.ts'
import { unknownMembership } from '../memberships/kpj-parameter.ts'
import type { ConsolePorts } from '../ports.ts'
import type { BILL_STATUSES, BillRequest, ReplacementRequest, Bill as ShownBill } from './schemas.ts'

type BillStatus = (typeof BILL_STATUSES)[number]

const CODE_TRIES = 5

export const BILL_EXPECTED = 'expected a bill code that was issued, 16 digits from 99'

export async function issueBill(ports: ConsolePorts, { body, now, actor }: Call<{ body: BillRequest }>) {
  const drafted = await draftBill(ports, body, now)
  if (drafted.outcome === 'refused') return drafted.problem
  const bill = await putDrawn(ports, drafted.draft, (drawn, members) => ports.bills.put(drawn, members))
  ports.log.info('A bill was issued', {
    account: bill.billCode,
    count: body.months,
    amountRupiah: bill.amount,
    actor,
  })
  return json(201, describe(ports, bill, { status: 'open', sharesApplied: 0 }))
}

/** The old one is replaced and the new one open in one moment; a payment that comes meanwhile finds the one or the other. */
export async function replaceBill(
  ports: ConsolePorts,
  { path, body, now, actor }: Call<{ path: { billCode: string }; body: ReplacementRequest }>,
) {
  const old = await readBill(ports, path.billCode)
  if (!old) return problem('UNKNOWN_BILL', BILL_EXPECTED)
  if (old.kpj === null) return problem('BILL_OF_MANY', 'expected a bill of one member; bill the corrected list instead')
  const standing = refusedReplacement(old)
  if (standing) return standing
  const drafted = await draftBill(ports, { ...body, kpj: old.kpj }, now)
  if (drafted.outcome === 'refused') return drafted.problem
  let refused: ReturnType<typeof refusedReplacement>
  const bill = await putDrawn(ports, { ...drafted.draft, replaces: old.billCode }, async (drawn, members) => {
    const put = await ports.bills.replace(old.billCode, drawn, members)
    if (put === 'paid' || put === 'replaced') refused = REPLACEMENT_REFUSALS[put]()
    return put === 'exists' ? 'exists' : 'put'
  })
  if (refused) return refused
  ports.log.info('A bill was replaced', {
    account: bill.billCode,
    count: body.months,
    amountRupiah: bill.amount,
    actor,
  })
  return json(201, describe(ports, bill, { status: 'open', sharesApplied: 0 }))
}

const REPLACEMENT_REFUSALS = {
  paid: () => problem('BILL_PAID', 'expected a bill that is not paid; reverse its payment first'),
  replaced: () => problem('BILL_REPLACED', 'expected the latest bill; replace the one that took its place'),
} as const

function refusedReplacement({ paidBy, replacedBy }: Bill) {
  if (paidBy !== null) return REPLACEMENT_REFUSALS.paid()
  return replacedBy === undefined ? undefined : REPLACEMENT_REFUSALS.replaced()
}

export async function showBill(ports: ConsolePorts, { path, now }: Call<{ path: { billCode: string } }>) {
  const bill = await readBill(ports, path.billCode)
  if (!bill) return problem('UNKNOWN_BILL', BILL_EXPECTED)
  return json(200, await billView(ports, bill, now))
}

export async function billView(ports: ConsolePorts, bill: Bill, now: Instant): Promise<ShownBill> {
  return describe(ports, bill, await standingOf(ports, bill, now))
}

async function readBill(ports: ConsolePorts, text: string): Promise<Bill | undefined> {
  const billCode = parseBillCode(text)
  return billCode === undefined ? undefined : ports.bills.get(billCode)
}

type BillDraft = Omit<Bill, 'billCode' | 'kpj'> & { readonly kpj: Kpj; readonly runs: Quote['runs'] }

async function draftBill(ports: ConsolePorts, { kpj: text, months, validUntil }: BillRequest, now: Instant) {
  const period = readValidity(validUntil, now)
  if ('problem' in period) return { outcome: 'refused', problem: period.problem } as const
  const account = await openAccount(ports, text)
  if (!account) return { outcome: 'refused', problem: unknownMembership() } as const
  const { kpj } = account
  if (openClosure(account.allocation.closures, now)) {
    const closed = problem('MEMBERSHIP_CLOSED', 'expected an open membership; reopen it before billing it')
    return { outcome: 'refused', problem: closed } as const
  }
  const quote = quoteOf(account.allocation, months, now, ports.rules, 'bill')
  if (quote.outcome === 'refused') return { outcome: 'refused', problem: refusal(quote.code) } as const
  const { amount, runs } = quote
  const tooLate = validBeyond(ports, period.lastInstant, quote.months.at(-1)?.month, now)
  if (tooLate) return { outcome: 'refused', problem: tooLate } as const
  if (takenBy(ports, amount, now).length === 0) return { outcome: 'refused', problem: noChannel() } as const
  const frozen = { kpj, months: quote.months.map(({ month }) => month), amount, memberCount: 1, issuedAt: now }
  const draft: BillDraft = { ...frozen, validUntil, validUntilInstant: period.lastInstant, paidBy: null, runs }
  return { outcome: 'drafted', draft } as const
}

/** Until when a bill may be paid: not over yet, and within the days that calls take. */
export function readValidity(validUntil: string, now: Instant) {
  const lastInstant = lastInstantOf(validUntil)
  if (lastInstant < now) {
    return { problem: problem('INVALID_INPUT', 'field validUntil: expected a day or an instant that is not over') }
  }
  if (!isInDayRange(businessDateOf(lastInstant), now)) {
    return { problem: problem('INVALID_INPUT', `field validUntil: expected ${DAY_RANGE}`) }
  }
  return { lastInstant }
}

/** What is wrong with a bill that could be paid when none of its months can be; undefined: nothing. */
export function validBeyond({ rules }: ConsolePorts, lastInstant: Instant, last: Month | undefined, now: Instant) {
  const end = last && payableUntil(last, rulesKnownAt(rules, now))
  if (end === undefined || lastInstant <= end) return undefined
  const detail = `expected at most ${businessDateOf(end)}: later ${last}, the last month of the bill, can no longer be paid`
  return problem('INVALID_INPUT', `field validUntil: ${detail}`)
}

/** Channels that can take a payment of this amount today. */
export function takenBy({ settling }: Pick<ConsolePorts, 'settling'>, amount: Rupiah, now: Instant): readonly string[] {
  return channelsTaking(
    settling.map(({ profile }) => profile),
    amount,
    businessDateOf(now),
  )
}

export function noChannel() {
  return problem('NO_CHANNEL', 'expected an amount that some channel takes at once; bill fewer months or fewer members')
}

/** Random codes cannot be guessed from a bill seen; should one be taken, another is drawn. */
async function putDrawn(
  ports: ConsolePorts,
  { runs, ...draft }: BillDraft,
  put: (bill: Bill, members: readonly BillMember[]) => Promise<'put' | 'exists'>,
): Promise<Bill> {
  for (let tried = 0; tried < CODE_TRIES; tried++) {
    const bill: Bill = { billCode: billCodeOf(ports.randomSerial()), ...draft }
    if ((await put(bill, [{ kpj: draft.kpj, months: runs, amount: draft.amount }])) === 'put') return bill
  }
  throw new Transient('BILL_CODES_TAKEN', `expected a free bill code within ${CODE_TRIES} draws; try again`)
}

/** What a bill is now, and how far its payment is shared out. */
type Standing = { readonly status: BillStatus; readonly sharesApplied: number }

async function standingOf(ports: ConsolePorts, bill: Bill, now: Instant): Promise<Standing> {
  const account = bill.kpj === null ? undefined : await openAccount(ports, bill.kpj)
  const sharesApplied = account ? liveSharesOf(account, bill.billCode) : await ports.bills.appliedShares(bill.billCode)
  return { status: statusOf(bill, account, now), sharesApplied }
}

function statusOf(bill: Bill, account: OpenedAccount | undefined, now: Instant): BillStatus {
  if (bill.paidBy !== null) return 'paid'
  if (bill.replacedBy !== undefined) return 'replaced'
  if (now > bill.validUntilInstant) return 'expired'
  if (bill.changedAt !== undefined) return 'changed'
  if (!account) return 'open'
  const paidOtherwise = bill.months.some((month) => account.allocation.paidMonths.has(month))
  return openClosure(account.allocation.closures, now) || paidOtherwise ? 'changed' : 'open'
}

/** 1 where the member has a share of this bill that was not taken back. */
function liveSharesOf({ facts }: OpenedAccount, billCode: BillCode): number {
  const ended = new Set(facts.flatMap((fact) => (fact.kind === 'reversal' ? [fact.reverses] : [])))
  return facts.filter((fact) => fact.kind === 'share' && fact.billCode === billCode && !ended.has(keyOf(fact))).length
}

function describe(ports: ConsolePorts, bill: Bill, { status, sharesApplied }: Standing): ShownBill {
  const { billCode, kpj, memberCount, amount, months, validUntil, validUntilInstant, issuedAt, paidBy } = bill
  return {
    billCode,
    kpj,
    memberCount,
    amountRupiah: amount,
    months,
    status,
    sharesApplied,
    channels: takenBy(ports, amount, ports.now()),
    replaces: bill.replaces ?? null,
    replacedBy: bill.replacedBy ?? null,
    sponsored: bill.sponsored ?? null,
    validUntil,
    payableUntil: formatUtc(validUntilInstant),
    issuedAt: formatUtc(issuedAt),
    paidBy: paidBy === null ? null : paymentKeyParts(paidBy),
  }
}

/** A date is good to the end of that day in WIB. */
function lastInstantOf(text: string): Instant {
  const date = parseBusinessDate(text)
  return date === undefined ? instantOf(text) : instant(startOfDay(addDays(date, 1)) - 1)
}

function refusal(code: QuoteRefusalCode) {
  switch (code) {
    case 'too-far-ahead':
      return problem('TOO_FAR_AHEAD', 'expected months no further than 12 beyond the current one; ask for fewer')
    case 'not-payable':
      return problem(
        'FUNDING_CHANGES',
        'expected months of one funding; ask for fewer, up to where the funding changes',
      )
    case 'nothing-due':
      return problem('NOTHING_DUE', 'expected months that cost something; these cost nothing, ask for more')
    default:
      return assertNever(code)
  }
}
