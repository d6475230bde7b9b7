/**
 * A channel's days as a test describes them: what the hub decided, what the partner's files say, what the bank credited. Answers
 * what a day needs as the tables would, and makes its statement. Knows nothing of how a day is classified.
 */
import { createHash } from 'node:crypto'
import { type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { rupiah } from '../../shared/domain/money.ts'
import type { DayCredit } from '../../shared/domain/settlement/bank.ts'
import { classify } from '../../shared/domain/settlement/classify.ts'
import { hubColumns, lineColumns } from '../../shared/domain/settlement/columns.ts'
import type {
  AcceptedFile,
  DayResult,
  DaySetting,
  HubEntry,
  KnownDecision,
  LookupResults,
  OtherLine,
  Statement,
} from '../../shared/domain/settlement/day.ts'
import { joinDay } from '../../shared/domain/settlement/join.ts'
import type { QuarantinedLine, SettledLine } from '../../shared/domain/settlement/line.ts'
import { needsOf } from '../../shared/domain/settlement/lookups.ts'
import { pairCheckOf } from '../../shared/domain/settlement/notes.ts'
import { SETTLEMENT_RULES } from '../../shared/domain/settlement/rules.ts'
import { type StatementInput, statementOf } from '../../shared/domain/settlement/statement.ts'
import { at } from './facts.ts'

export const DAY = '2026-11-18' as BusinessDate
/** After the next day's file was due: nothing is pending any more. */
export const LATER = at('2026-11-21T09:30')
export const FEE = 1_500
const ADMIN_FEE = [{ from: '2020-01-01', value: rupiah(2_500), source: 'test: contract' }]
export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

export type World = {
  /** Payments of all days; the day follows from `decidedAt`. */
  readonly payments?: readonly HubEntry[]
  /** Decisions without a payment: refused, or reversed before they came. */
  readonly decisions?: ReadonlyMap<string, KnownDecision>
  /** Lines by the date of their file. */
  readonly files: Readonly<Record<string, readonly SettledLine[]>>
  readonly quarantined?: readonly QuarantinedLine[]
  /** What the control total says of the quarantined lines; read from them where all are readable. */
  readonly quarantinedTotal?: number
  /** KPJ by NIK. */
  readonly accounts?: ReadonlyMap<string, string>
  readonly matches?: ReadonlyMap<string, string>
  /** Ids of differences about which people have said something. */
  readonly decided?: ReadonlySet<string>
  readonly credits?: readonly DayCredit[]
  readonly now?: Instant
}

export function setting(date: BusinessDate = DAY, now: Instant = LATER): DaySetting {
  const channelFee = [
    { from: '2020-01-01', value: rupiah(1_000), source: 'test: old contract' },
    { from: '2026-01-01', value: rupiah(FEE), source: 'test: contract' },
  ]
  return { channel: 'indomaret', date, now, rules: SETTLEMENT_RULES, channelFee, adminFee: ADMIN_FEE, sha256 }
}

export type Settled = { readonly result: DayResult; readonly statement: Statement; readonly file: AcceptedFile }

/** The day as its run would find it. A date without a file has none that was accepted. */
export function settle(world: World, date: BusinessDate = DAY, more: Partial<StatementInput> = {}): Settled {
  const on = setting(date, world.now ?? LATER)
  const payments = (world.payments ?? []).filter(({ decidedAt }) => businessDateOf(decidedAt) === date)
  const lines = world.files[date] ?? []
  const hub = hubColumns()
  for (const payment of payments) hub.add(payment)
  const columns = lineColumns()
  for (const line of lines) columns.add(line)
  const match = joinDay(hub, columns, pairCheckOf(on))
  const file = fileOf(world, lines)
  const accepted = world.files[date] ? file : null
  const result = classify(
    match,
    knowledgeOf(world, date, needsOf(match, on, (world.matches ?? new Map()).values())),
    accepted,
    on,
  )
  const credits = world.credits ?? [{ id: 'C1', bookedOn: date, amount: file.totals.net, how: 'named' as const }]
  const input = { questions: [], lateReversals: [], proposed: [], resolved: new Set<string>(), ...more }
  return { result, file, statement: statementOf({ setting: on, result, file: accepted, credits, ...input }) }
}

/** Control totals as the partner writes them. */
export function fileOf(world: Partial<World>, lines: readonly SettledLine[]): AcceptedFile {
  const quarantined = world.quarantined ?? []
  const sign = ({ status }: { readonly status: 'settled' | 'reversed' | null }) => (status === 'reversed' ? -1 : 1)
  const aside = world.quarantinedTotal ?? quarantined.reduce((sum, line) => sum + sign(line) * (line.amount ?? 0), 0)
  const amount = lines.reduce((sum, line) => sum + sign(line) * line.amount, 0) + aside
  const fee =
    lines.reduce((sum, line) => sum + sign(line) * line.fee, 0) +
    quarantined.reduce((sum, line) => sum + sign(line) * (line.fee ?? 0), 0)
  const count = lines.length + quarantined.length
  return {
    totals: { lines: count, amount: rupiah(amount), fee: rupiah(fee), net: rupiah(amount - fee) },
    quarantined,
  }
}

function knowledgeOf(world: World, date: BusinessDate, needs: ReturnType<typeof needsOf>): LookupResults {
  const decisions = new Map<string, KnownDecision>()
  for (const { paymentId, account, amount, decidedAt, state } of world.payments ?? []) {
    const businessDate = businessDateOf(decidedAt)
    decisions.set(paymentId, { kind: 'accepted', businessDate, account, amount, reversed: state === 'reversed' })
  }
  for (const [paymentId, decision] of world.decisions ?? []) decisions.set(paymentId, decision)
  const otherLines = new Map<string, OtherLine[]>()
  for (const [file, lines] of Object.entries(world.files)) {
    if (file === date) continue
    for (const { paymentId, line, status, amount } of lines) {
      const other = { file: file as BusinessDate, line, status, amount }
      otherLines.set(paymentId, [...(otherLines.get(paymentId) ?? []), other])
    }
  }
  return {
    decisions: pick(decisions, needs.decisions),
    otherLines: pick(otherLines, needs.otherLines),
    accounts: pick(world.accounts ?? new Map(), needs.customers),
    matches: world.matches ?? new Map(),
    decided: world.decided ?? new Set(),
  }
}

/** Only what was asked for is known: a day that needs more than it says would be found out. */
function pick<T>(all: ReadonlyMap<string, T>, keys: readonly string[]): ReadonlyMap<string, T> {
  return new Map(keys.flatMap((key) => (all.has(key) ? [[key, all.get(key) as T] as const] : [])))
}

export function payment(
  paymentId: string,
  changed: Partial<Omit<HubEntry, 'amount'>> & { amount?: number } = {},
): HubEntry {
  return {
    paymentId,
    account: '12345678901',
    decidedAt: at(`${DAY}T10:00`),
    outlet: 'T001',
    state: 'accepted',
    ...changed,
    amount: rupiah(changed.amount ?? 8_400),
  }
}

/** The line that the partner writes for a payment, as it should be. */
export function lineOf(
  entry: HubEntry,
  line: number,
  changed: Partial<Omit<SettledLine, 'amount' | 'fee'>> & { amount?: number; fee?: number } = {},
): SettledLine {
  return {
    line,
    paymentId: entry.paymentId,
    customerId: entry.account,
    outlet: entry.outlet,
    at: entry.decidedAt,
    adminFee: rupiah(2_500),
    status: 'settled',
    ...changed,
    amount: rupiah(changed.amount ?? entry.amount),
    fee: rupiah(changed.fee ?? FEE),
  }
}
