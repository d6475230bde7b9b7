/**
 * `GET /api/fee-invoices` and one month of one channel: what the channel should charge by its contract against what it took.
 * `POST /api/fee-invoices`: finance enters an invoice that came; it and its entry in the audit chain are one transaction.
 *
 * Promises: a number of a channel names one invoice for ever, and the same invoice again changes nothing. A figure is counted
 * from statements and invoices at the moment of reading; the case and the books follow the stream
 * (functions/reconcile-settlement/review-fees.ts).
 */
import { createHash } from 'node:crypto'
import { feeInvoiceSubject } from '../../../shared/domain/audit-subjects.ts'
import { inForce } from '../../../shared/domain/effective-dated.ts'
import { businessDateOf, formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { firstDayOf, type Month, month as monthFrom } from '../../../shared/domain/month.ts'
import { lastDayOf } from '../../../shared/domain/settlement/fee-contract.ts'
import {
  FEE_TOLERANCE,
  type FeeAmounts,
  type FeeInvoice,
  type FeeMonth,
  feeDifferenceId,
  feeMonthOf,
} from '../../../shared/domain/settlement/fee-month.ts'
import { type TaxRate, taxRuleOn, VAT, WITHHOLDING } from '../../../shared/domain/settlement/fee-taxes.ts'
import { type Payoff, paidOfInvoice, payableOf } from '../../../shared/domain/settlement/payoff.ts'
import { shownState } from '../../../shared/domain/settlement/resolution.ts'
import type { AuditRecord, Plain } from '../../../shared/store/audit/audit.ts'
import type { FeeMonthStore } from '../../../shared/store/settlements/fee-months.ts'
import { feeDaysOf } from '../../../shared/store/settlements/fee-months.ts'
import type { DifferenceCase } from '../../../shared/store/settlements/records.ts'
import { FIRST_MONTH, isInDayRange, readMonth } from '../http/fields.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { FeeInvoiceRequest, FeesQuery } from './fee-invoice-schemas.ts'

export const UNKNOWN_FEES = 'expected a payment channel, and a month such as 2026-11 that has begun'

export async function listFees(ports: ConsolePorts, { query, now }: Call<{ query: FeesQuery }>) {
  const month = monthFrom(query.month)
  const channels = await Promise.all(
    ports.settling.map(async ({ profile }) => summaryOf(await readFees(ports, profile.name, month), now)),
  )
  return json(200, { month, channels })
}

export async function showFees(ports: ConsolePorts, { path, now }: Call<{ path: { channel: string; month: string } }>) {
  const month = readMonth(path.month)
  const isKnown = ports.settling.some(({ profile }) => profile.name === path.channel)
  const hasBegun = month !== undefined && month >= FIRST_MONTH && firstDayOf(month) <= businessDateOf(now)
  if (!isKnown || !hasBegun) return problem('UNKNOWN_FEES', UNKNOWN_FEES)
  const read = await readFees(ports, path.channel, month)
  const { fees, days, invoices, payee } = read
  const payoffs = await ports.settlements.payoffs(path.channel)
  const lastDay = lastDayOf(month)
  return json(200, {
    ...summaryOf(read, now),
    reversedPayments: fees.reversedPayments,
    daysWithoutFile: fees.daysWithoutFile,
    lines: fees.due.lines,
    days,
    keptRupiah: fees.keptRupiah,
    billedRupiah: fees.billedRupiah,
    vatRate: rateOf(taxRuleOn(VAT, lastDay)),
    withholdingRate: rateOf(taxRuleOn(WITHHOLDING[payee], lastDay)),
    toleranceRupiah: inForce('fee tolerance', FEE_TOLERANCE, businessDateOf(now)),
    invoices: invoices.map((invoice) => describeInvoice(invoice, payoffs)),
  })
}

export async function enterFeeInvoice(ports: ConsolePorts, { body, actor, now }: Call<{ body: FeeInvoiceRequest }>) {
  if (actor === null) return problem('NOT_ALLOWED', 'expected a token that names who entered it')
  const wrong = problemOf(ports, body, now)
  if (wrong !== undefined) return problem('INVALID_INPUT', wrong)
  const invoice = invoiceOf(body, actor, now)
  const known = await ports.settlements.feeInvoice(invoice.channel, invoice.number)
  if (known) return answerKnown(ports, known, invoice)
  const { enteredBy: _by, enteredAt: _at, ...content } = invoice
  const subject = feeInvoiceSubject(invoice.channel, invoice.number)
  const record: AuditRecord = { at: now, actor, action: 'entered', subject, detail: content satisfies Plain }
  const entered = await ports.resolutions.enterFeeInvoice(invoice, record)
  if (entered.outcome === 'put') return json(200, describeInvoice(invoice, []))
  // Somebody else was quicker with this number.
  return answerKnown(ports, (await ports.settlements.feeInvoice(invoice.channel, invoice.number)) ?? invoice, invoice)
}

type ReadFees = {
  readonly fees: FeeMonth
  readonly days: Awaited<ReturnType<typeof feeDaysOf>>
  readonly invoices: Awaited<ReturnType<FeeMonthStore['feeInvoices']>>
  readonly payee: keyof typeof WITHHOLDING
  readonly known: DifferenceCase | undefined
}

async function readFees({ settlements, settling }: ConsolePorts, channel: string, month: Month): Promise<ReadFees> {
  const found = settling.find(({ profile }) => profile.name === channel)
  if (!found) throw new RangeError('expected a channel that its caller has looked up')
  const id = feeDifferenceId(channel, month, (text) => createHash('sha256').update(text).digest('hex'))
  const [days, invoices, known] = await Promise.all([
    feeDaysOf(settlements, channel, month),
    settlements.feeInvoices(channel, month),
    settlements.difference(id),
  ])
  const { profile } = found
  return {
    fees: feeMonthOf(profile, month, days, invoices),
    days,
    invoices,
    payee: profile.feePayee ?? 'company',
    known,
  }
}

function summaryOf({ fees, invoices, known }: ReadFees, now: Instant) {
  const { channel, month, due, taken, inDayCasesRupiah, difference } = fees
  return {
    channel,
    month,
    payments: due.payments,
    due: amountsOf(due),
    taken: amountsOf(taken),
    inDayCasesRupiah,
    difference: amountsOf(difference),
    invoiceCount: invoices.length,
    case: known ? { id: known.id, state: shownState(known.state, known.firstSeenAt, now) } : null,
  }
}

function amountsOf({ fee, vat, withholding }: FeeAmounts) {
  return { feeRupiah: fee, vatRupiah: vat, withholdingRupiah: withholding }
}

function rateOf({ value, source }: { readonly value: TaxRate; readonly source: string }) {
  const { percent, base, certainty } = value
  return { percent, baseParts: base.parts, baseOf: base.of, source, certainty }
}

function describeInvoice(invoice: FeeInvoice, payoffs: readonly Payoff[]) {
  const payable = payableOf(invoice)
  const paid = paidOfInvoice(invoice, payoffs)
  const amounts = { payableRupiah: payable, paidRupiah: paid, openRupiah: rupiah(payable - paid) }
  return { ...invoice, ...amounts, enteredAt: formatUtc(invoice.enteredAt) }
}

/** In one order of fields, and without who entered it: what makes two invoices the same. */
function contentOf({ channel, number, month, date, ...amounts }: FeeInvoice): string {
  const { feeRupiah, keptRupiah, vatRupiah, withholdingRupiah } = amounts
  return JSON.stringify([channel, number, month, date, feeRupiah, keptRupiah, vatRupiah, withholdingRupiah])
}

async function answerKnown({ settlements }: ConsolePorts, known: FeeInvoice, invoice: FeeInvoice) {
  if (contentOf(known) === contentOf(invoice)) {
    return json(200, describeInvoice(known, await settlements.payoffs(known.channel)))
  }
  const detail = 'expected a number that this channel has not used: what was entered stays; correct it by a credit note'
  return problem('INVOICE_NUMBER_TAKEN', detail)
}

function invoiceOf(body: FeeInvoiceRequest, enteredBy: string, enteredAt: Instant): FeeInvoice {
  const { channel, number, date } = body
  return {
    channel,
    number: number.trim(),
    month: monthFrom(body.month),
    date,
    feeRupiah: rupiah(body.feeRupiah),
    keptRupiah: rupiah(body.keptRupiah),
    vatRupiah: rupiah(body.vatRupiah),
    withholdingRupiah: rupiah(body.withholdingRupiah),
    enteredBy,
    enteredAt,
  }
}

/** undefined: it may be entered. */
function problemOf({ settling }: ConsolePorts, body: FeeInvoiceRequest, now: Instant): string | undefined {
  const { channel, month, date, feeRupiah, ...rest } = body
  const names = settling.map(({ profile }) => profile.name)
  if (!names.includes(channel)) return `field channel: expected one of ${names.join(', ')}`
  const isDated = isInDayRange(date, now) && date <= businessDateOf(now) && date >= firstDayOf(monthFrom(month))
  if (!isDated) return 'field date: expected a day from the beginning of the month that is charged for until today'
  if (feeRupiah === 0) return 'field feeRupiah: expected an amount, negative for a credit note'
  const sign = Math.sign(feeRupiah)
  for (const name of ['keptRupiah', 'vatRupiah', 'withholdingRupiah'] as const) {
    const part = rest[name] * sign
    if (part < 0 || part > Math.abs(feeRupiah)) return `field ${name}: expected a part of the fee, with its sign`
  }
  return undefined
}
