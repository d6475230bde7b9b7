/**
 * `POST /api/bills` and `GET /api/bills/{billCode}`: a code by which anybody may pay some months of one membership, whoever
 * funds it, at prices frozen at issue. Its status is computed at reading, by the same rules by which a channel endpoint takes it.
 * Knows nothing of how it is paid (functions/answer-channel) nor of sharing it out (functions/apply-bill-payment).
 */
import { assertNever } from '../../../shared/domain/assert-never.ts'
import { billCodeOf, parseBillCode } from '../../../shared/domain/bill-code.ts'
import { openClosure } from '../../../shared/domain/closures.ts'
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
import { paymentKeyParts } from '../../../shared/domain/payment-key.ts'
import { type Quote, type QuoteRefusalCode, quoteOf } from '../../../shared/domain/quote.ts'
import { Transient } from '../../../shared/runtime/faults.ts'
import type { Bill } from '../../../shared/store/bills/bills.ts'
import { DAY_RANGE, instantOf, isInDayRange } from '../http/fields.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { openAccount } from '../memberships/account.ts'
import { unknownMembership } from '../memberships/kpj-parameter.ts'
import type { ConsolePorts } from '../ports.ts'
import type { BILL_STATUSES, BillRequest, Bill as ShownBill } from './schemas.ts'

type BillStatus = (typeof BILL_STATUSES)[number]

const CODE_TRIES = 5

export const BILL_EXPECTED = 'expected a bill code that was issued, 16 digits from 99'

export async function issueBill(ports: ConsolePorts, { body, now, actor }: Call<{ body: BillRequest }>) {
  const { months, validUntil } = body
  const validUntilInstant = lastInstantOf(validUntil)
  if (validUntilInstant < now) {
    return problem('INVALID_INPUT', 'field validUntil: expected a day or an instant that is not over')
  }
  if (!isInDayRange(businessDateOf(validUntilInstant), now)) {
    return problem('INVALID_INPUT', `field validUntil: expected ${DAY_RANGE}`)
  }
  const account = await openAccount(ports, body.kpj)
  if (!account) return unknownMembership()
  const { kpj } = account
  if (openClosure(account.allocation.closures, now))
    return problem('MEMBERSHIP_CLOSED', 'expected an open membership; reopen it before billing it')
  const quote = quoteOf(account.allocation, months, now, ports.rules, 'bill')
  if (quote.outcome === 'refused') return refusal(quote.code)
  const bill = await putBill(ports, quote, { kpj, validUntil, validUntilInstant, issuedAt: now })
  ports.log.info('A bill was issued', { account: bill.billCode, count: months, amountRupiah: bill.amount, actor })
  return json(201, describe(bill, 'open'))
}

export async function showBill(ports: ConsolePorts, { path, now }: Call<{ path: { billCode: string } }>) {
  const billCode = parseBillCode(path.billCode)
  const bill = billCode === undefined ? undefined : await ports.bills.get(billCode)
  if (!bill) return problem('UNKNOWN_BILL', BILL_EXPECTED)
  return json(200, await billView(ports, bill, now))
}

export async function billView(ports: ConsolePorts, bill: Bill, now: Instant): Promise<ShownBill> {
  return describe(bill, await statusOf(ports, bill, now))
}

/** Random codes cannot be guessed from a bill seen; should one be taken, another is drawn. */
async function putBill(
  ports: ConsolePorts,
  quote: Quote,
  request: Pick<Bill, 'validUntil' | 'validUntilInstant' | 'issuedAt'> & { readonly kpj: Kpj },
): Promise<Bill> {
  for (let tried = 0; tried < CODE_TRIES; tried++) {
    const bill: Bill = {
      billCode: billCodeOf(ports.randomSerial()),
      months: quote.months.map(({ month }) => month),
      amount: quote.amount,
      memberCount: 1,
      paidBy: null,
      ...request,
    }
    const put = await ports.bills.put(bill, [{ kpj: request.kpj, months: quote.runs, amount: quote.amount }])
    if (put === 'put') return bill
  }
  throw new Transient('BILL_CODES_TAKEN', `expected a free bill code within ${CODE_TRIES} draws; try again`)
}

async function statusOf(ports: ConsolePorts, bill: Bill, now: Instant): Promise<BillStatus> {
  if (bill.paidBy !== null) return 'paid'
  if (now > bill.validUntilInstant) return 'expired'
  const account = bill.kpj === null ? undefined : await openAccount(ports, bill.kpj)
  if (!account) return 'open'
  const paidOtherwise = bill.months.some((month) => account.allocation.paidMonths.has(month))
  return openClosure(account.allocation.closures, now) || paidOtherwise ? 'changed' : 'open'
}

function describe(bill: Bill, status: BillStatus): ShownBill {
  const { billCode, kpj, memberCount, amount, months, validUntil, validUntilInstant, issuedAt, paidBy } = bill
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
