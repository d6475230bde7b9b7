/**
 * `POST /api/bills` and `GET /api/bills/{billCode}`: a code by which anybody may pay some months of one membership, whoever
 * funds it, at prices frozen at issue. Its status is computed at reading, by the same marks that the endpoint goes by.
 * Knows nothing of how it is paid (functions/answer-channel) nor of sharing it out (functions/apply-bill-payment).
 */
import * as z from 'zod/mini'
import { MONTH_COUNTS } from '../../shared/channel-port/channel.ts'
import { assertNever } from '../../shared/domain/assert-never.ts'
import { billCodeOf, parseBillCode } from '../../shared/domain/bill-code.ts'
import { openClosure } from '../../shared/domain/closures.ts'
import {
  addDays,
  formatUtc,
  type Instant,
  instant,
  parseBusinessDate,
  startOfDay,
} from '../../shared/domain/instant.ts'
import { type Quote, type QuoteRefusalCode, quoteOf } from '../../shared/domain/quote.ts'
import { Transient } from '../../shared/runtime/faults.ts'
import type { Bill } from '../../shared/store/bills/bills.ts'
import { openAccount } from './account.ts'
import { dateOrInstantField, instantOf, readJson } from './input.ts'
import { unknownMembership } from './membership.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, problem, type Reply } from './reply.ts'

/** In order of precedence. `changed`: one of its months was paid otherwise, or the membership was closed. */
export const BILL_STATUSES = ['paid', 'expired', 'changed', 'open'] as const
type BillStatus = (typeof BILL_STATUSES)[number]

const CODE_TRIES = 5
/** What dates of the calendar and their arithmetic can hold. */
const LAST_VALID_UNTIL = '9998-12-31'
const COUNTS = `expected one of ${MONTH_COUNTS.join(', ')}`
const ISSUE = z.strictObject({
  kpj: z.string('expected a KPJ, 11 digits'),
  months: z.literal(MONTH_COUNTS, COUNTS),
  validUntil: dateOrInstantField(),
})

export async function issueBill(parts: ConsoleParts, { body, now, actor }: Call): Promise<Reply> {
  const asked = readJson(ISSUE, body)
  if (asked.outcome === 'refused') return asked.reply
  const { kpj, months, validUntil } = asked.value
  const validUntilInstant = lastInstantOf(validUntil)
  if (validUntilInstant === undefined || validUntilInstant < now) {
    return problem('INVALID_INPUT', 'field validUntil: expected a day or an instant that is not over')
  }
  const account = await openAccount(parts, kpj)
  if (!account) return unknownMembership()
  if (openClosure(account.allocation.closures, now))
    return problem('MEMBERSHIP_CLOSED', 'expected an open membership; reopen it before billing it')
  const quote = quoteOf(account.allocation, months, now, parts.rules, 'bill')
  if (quote.outcome === 'refused') return refusal(quote.code)
  const bill = await putBill(parts, quote, { kpj, validUntil, validUntilInstant, issuedAt: now })
  parts.log.info('A bill was issued', { account: bill.billCode, count: months, amountRupiah: bill.amount, actor })
  return json(201, describe(bill, 'open'))
}

export async function showBill(parts: ConsoleParts, { path, now }: Call): Promise<Reply> {
  const billCode = parseBillCode(path.billCode ?? '')
  const bill = billCode === undefined ? undefined : await parts.bills.get(billCode)
  if (!bill) return problem('UNKNOWN_BILL', 'expected a bill code that was issued, 16 digits from 99')
  return json(200, describe(bill, await statusOf(parts, bill, now)))
}

/** Random codes cannot be guessed from a bill seen; should one be taken, another is drawn. */
async function putBill(
  parts: ConsoleParts,
  quote: Quote,
  asked: Pick<Bill, 'validUntil' | 'validUntilInstant' | 'issuedAt'> & { readonly kpj: string },
): Promise<Bill> {
  for (let tried = 0; tried < CODE_TRIES; tried++) {
    const bill: Bill = {
      billCode: billCodeOf(parts.randomSerial()),
      months: quote.months.map(({ month }) => month),
      amount: quote.amount,
      memberCount: 1,
      paidBy: null,
      ...asked,
    }
    const put = await parts.bills.put(bill, [{ kpj: asked.kpj, months: quote.runs, amount: quote.amount }])
    if (put === 'put') return bill
  }
  throw new Transient('BILL_CODES_TAKEN', `expected a free bill code within ${CODE_TRIES} draws; try again`)
}

async function statusOf(parts: ConsoleParts, bill: Bill, now: Instant): Promise<BillStatus> {
  if (bill.paidBy !== null) return 'paid'
  if (now > bill.validUntilInstant) return 'expired'
  const account = bill.kpj === null ? undefined : await openAccount(parts, bill.kpj)
  if (!account) return 'open'
  const paidOtherwise = bill.months.some((month) => account.allocation.paidMonths.has(month))
  return openClosure(account.allocation.closures, now) || paidOtherwise ? 'changed' : 'open'
}

function describe(bill: Bill, status: BillStatus) {
  const { billCode, kpj, memberCount, amount, months, validUntil, validUntilInstant, issuedAt, paidBy } = bill
  const [channel = '', paymentId = ''] = paidBy?.split('#').map(decodeURIComponent) ?? []
  return {
    billCode,
    kpj,
    memberCount,
    amountRupiah: amount,
    months,
    status,
    validUntil,
    payableUntil: formatUtc(validUntilInstant),
    issuedAt: formatUtc(issuedAt),
    paidBy: paidBy === null ? null : { channel, paymentId },
  }
}

/** A date is good to the end of that day in WIB. */
function lastInstantOf(text: string): Instant | undefined {
  if (text > LAST_VALID_UNTIL) return undefined
  const date = parseBusinessDate(text)
  return date === undefined ? instantOf(text) : instant(startOfDay(addDays(date, 1)) - 1)
}

function refusal(code: QuoteRefusalCode): Reply {
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
