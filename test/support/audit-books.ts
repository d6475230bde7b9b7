/**
 * An auditor of the books of a settlement hub in memory: recomputes them whole from facts, statements and placements, and says
 * which of the invariants does not hold (docs/adr/0022). An empty list: all of them do.
 *
 * | | |
 * |---|---|
 * | receivable | of each channel: the sum of the open items of its days |
 * | bank | the sum of all movements that statements named |
 * | place | each movement: placed, its places add up to it, and the days read just these |
 * | fees | of each channel: what its files kept, and its invoices beyond that, less what people decided; VAT, withholding and what is payable follow the invoices |
 * | charges | of each channel: what people charged less what placements paid of it, and so the list of what is open |
 * | trial | debits equal credits |
 */
import type { Fact } from '../../shared/domain/fact.ts'
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import {
  addAccount,
  addFeeMonth,
  addPlacement,
  addStatement,
  balancesAfter,
  entriesOf,
  type JournalSums,
  type LedgerBalance,
  NOTHING_SETTLED,
  trialBalanceOf,
} from '../../shared/domain/journal.ts'
import { addMonths, monthOfDate } from '../../shared/domain/month.ts'
import type { FeeAmounts, FeeInvoice } from '../../shared/domain/settlement/fee-month.ts'
import { NOTHING_BILLED } from '../../shared/domain/settlement/fee-position.ts'
import { openCharges, type Payoff, payoffsOf } from '../../shared/domain/settlement/payoff.ts'
import type { SettlementHub } from './settlement-hub.ts'

export type AuditResult = { readonly problems: readonly string[]; readonly balances: readonly LedgerBalance[] }

const FIRST = '2026-09-01' as BusinessDate
const EVER = { from: Number.NEGATIVE_INFINITY as Instant, to: Number.POSITIVE_INFINITY as Instant }

export async function auditBooks(hub: SettlementHub): Promise<AuditResult> {
  const sums: JournalSums = new Map()
  const problems: string[] = []
  const facts: readonly Fact[] = hub.store.everything().facts
  for (const [account, own] of Map.groupBy(facts, (fact) => fact.account))
    addAccount(sums, account, own, EVER, hub.rules)
  const { owed, kept, charged } = await addStatements(hub, sums)
  const fees = await addFees(hub, sums)
  const { bank, payoffs } = await addMovements(hub, sums, problems)
  problems.push(...(await payoffProblems(hub, payoffs)))

  const entries = entriesOf(sums)
  if (trialBalanceOf(entries) !== 0) problems.push(`trial: expected 0, got ${trialBalanceOf(entries)}`)
  const balances = balancesAfter([], entries)
  const balanceOf = (account: string, channel: string | null) =>
    balances.find((line) => line.account === account && line.channel === channel)?.balance ?? 0
  if (balanceOf('bank', null) !== bank) problems.push(`bank: expected ${bank}, got ${balanceOf('bank', null)}`)
  for (const [channel, items] of owed) {
    const got = balanceOf('receivable', channel)
    if (got !== items) problems.push(`receivable of ${channel}: expected ${items} by its items, got ${got}`)
  }
  for (const { channel, account, amount } of [
    ...expectedFees(fees, kept, payoffs),
    ...expectedCharges(fees, charged, payoffs),
  ]) {
    const got = balanceOf(account, channel)
    if (got !== amount) problems.push(`${account} of ${channel}: expected ${amount}, got ${got}`)
  }
  for (const { channel } of fees) {
    const lines = await openLinesOf(hub, channel)
    const listed = lines.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0)
    const got = balanceOf('channel-charges', channel)
    if (got !== listed) problems.push(`charges of ${channel}: expected ${listed} by the list, got ${got}`)
  }
  return { problems, balances }
}

async function openLinesOf({ settlements }: SettlementHub, channel: string) {
  const charges = (await settlements.owedDays(channel)).flatMap((day) => day.charges)
  return openCharges(charges, await settlements.payoffs(channel))
}

/** What the lists read is what the placements say. */
async function payoffProblems(hub: SettlementHub, placed: readonly Payoff[]): Promise<readonly string[]> {
  const inOrder = (payoffs: readonly Payoff[]) => payoffs.map((payoff) => JSON.stringify(payoff)).sort()
  const read = await Promise.all(hub.ports.channels.map(({ profile }) => hub.settlements.payoffs(profile.name)))
  const [expected, got] = [inOrder(placed), inOrder(read.flat())]
  return JSON.stringify(expected) === JSON.stringify(got) ? [] : [`payoffs: expected ${expected}, got ${got}`]
}

type FeesOfChannel = {
  readonly channel: string
  readonly invoices: readonly FeeInvoice[]
  readonly decided: FeeAmounts
  /** Of `decided`, all three together. */
  readonly charged: number
}

/** Every invoice that was entered, and what people decided about months of fees, as the latest versions have it. */
async function addFees(hub: SettlementHub, sums: JournalSums): Promise<readonly FeesOfChannel[]> {
  const found: FeesOfChannel[] = []
  for (const { profile } of hub.ports.channels) {
    const invoices: FeeInvoice[] = []
    let charged = 0
    const decided = { fee: 0, vat: 0, withholding: 0 }
    for (
      let month = monthOfDate(FIRST);
      month <= monthOfDate(businessDateOf(hub.clock.now));
      month = addMonths(month, 1)
    ) {
      invoices.push(...(await hub.settlements.feeInvoices(profile.name, month)))
      const position = (await hub.settlements.feeMonths(profile.name, month)).at(-1)?.position ?? NOTHING_BILLED
      addFeeMonth(sums, profile.name, NOTHING_BILLED, position)
      const asked = position.charged
      charged += asked.fee + asked.vat + asked.withholding
      for (const { fee, vat, withholding } of [position.writtenOff, position.charged]) {
        decided.fee += fee
        decided.vat += vat
        decided.withholding += withholding
      }
    }
    found.push({ channel: profile.name, invoices, decided: decided as unknown as FeeAmounts, charged })
  }
  return found
}

function expectedCharges(
  fees: readonly FeesOfChannel[],
  charged: ReadonlyMap<string, number>,
  payoffs: readonly Payoff[],
) {
  return fees.map(({ channel, charged: ofMonths }) => {
    const amount = (charged.get(channel) ?? 0) + ofMonths - paidOn('channel-charge', channel, payoffs)
    return { channel, account: 'channel-charges', amount }
  })
}

/** With the sign of the bank account. */
function paidOn(kind: Payoff['kind'], channel: string, payoffs: readonly Payoff[]): number {
  return payoffs.reduce((sum, paid) => (paid.kind === kind && paid.channel === channel ? sum + paid.amount : sum), 0)
}

function expectedFees(fees: readonly FeesOfChannel[], kept: ReadonlyMap<string, number>, payoffs: readonly Payoff[]) {
  return fees.flatMap(({ channel, invoices, decided }) => {
    const sum = (amountOf: (invoice: FeeInvoice) => number) =>
      invoices.reduce((total, invoice) => total + amountOf(invoice), 0)
    const billed = sum(({ feeRupiah, keptRupiah }) => feeRupiah - keptRupiah)
    const vat = sum(({ vatRupiah }) => vatRupiah)
    const withheld = sum(({ withholdingRupiah }) => withholdingRupiah)
    return [
      { channel, account: 'channel-fees', amount: (kept.get(channel) ?? 0) + billed - decided.fee },
      { channel, account: 'vat-in', amount: vat - decided.vat },
      { channel, account: 'withholding-payable', amount: -withheld - decided.withholding },
      { channel, account: 'fees-payable', amount: withheld - billed - vat - paidOn('fee-invoice', channel, payoffs) },
    ].map((line) => ({ ...line, amount: line.amount || 0 }))
  })
}

/** The open items of every channel, from the latest statement of each of its days. */
async function addStatements(hub: SettlementHub, sums: JournalSums) {
  const owed = new Map<string, number>()
  const kept = new Map<string, number>()
  const charged = new Map<string, number>()
  for (const { profile } of hub.ports.channels) {
    const rows = await hub.settlements.rows(profile.name, FIRST, addDays(businessDateOf(hub.clock.now), 1))
    for (const { channel, date } of rows) {
      const statement = await hub.settlements.statement(channel, date)
      if (!statement) continue
      addStatement(sums, channel, NOTHING_SETTLED, {
        fees: statement.channelFeesRupiah,
        writtenOff: statement.writtenOffRupiah,
        charged: statement.chargedRupiah,
        feesWrittenOff: statement.feesMoved.writtenOffRupiah,
        feesCharged: statement.feesMoved.chargedRupiah,
      })
      charged.set(channel, (charged.get(channel) ?? 0) + statement.chargedRupiah)
      const items = statement.openItems.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0)
      owed.set(channel, (owed.get(channel) ?? 0) + items)
      const { feesMoved, channelFeesRupiah } = statement
      const rest = channelFeesRupiah - feesMoved.writtenOffRupiah - feesMoved.chargedRupiah
      kept.set(channel, (kept.get(channel) ?? 0) + rest)
    }
  }
  return { owed, kept, charged }
}

async function addMovements(hub: SettlementHub, sums: JournalSums, problems: string[]) {
  let bank = 0
  const payoffs: Payoff[] = []
  const unidentified = new Set((await hub.settlements.unidentified(null, 1_000)).map(({ id }) => id))
  for (let on = FIRST; on <= businessDateOf(hub.clock.now); on = addDays(on, 1)) {
    for (const { movement, placement } of await hub.settlements.movementsBooked(on)) {
      bank += movement.amount
      const places = placement?.places ?? []
      payoffs.push(...payoffsOf(placement))
      addPlacement(sums, [], places)
      const placed = places.reduce((sum, { amount }) => sum + amount, 0)
      if (placed !== movement.amount)
        problems.push(`place of ${movement.id}: expected ${movement.amount}, got ${placed}`)
      const isListed = unidentified.has(movement.id)
      if (isListed !== places.some(({ kind }) => kind === 'unidentified'))
        problems.push(`list of ${movement.id}: it is ${isListed ? '' : 'not '}there`)
      for (const place of places) {
        if (place.kind !== 'channel-day') continue
        const { credits } = await hub.settlements.placedOn(place.channel, place.date)
        const read = credits.find(({ id }) => id === movement.id)?.amount
        if (read !== place.amount)
          problems.push(`${place.channel} ${place.date} reads ${read} of ${movement.id}, expected ${place.amount}`)
      }
    }
  }
  return { bank, payoffs }
}
