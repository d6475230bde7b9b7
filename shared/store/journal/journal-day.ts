/**
 * What a day touched: the accounts with a fact that was recorded on it, and the channel-days whose statement was. And the two
 * sums over them. Knows no tasks and no parts but the predicate that it is given; journal.ts closes the day.
 *
 * | found through | what |
 * |---|---|
 * | day index of the day and the ones beside it | payments, reversals, suspensions, terms, closings |
 * | the bill of such a payment | its members: shares stand in no index |
 * | pointers of the day | what was recorded for a day farther off: by finance, or healed late; statements; months of fees |
 */
import type { Account } from '../../domain/account.ts'
import { type BillCode, isBillCode } from '../../domain/bill-code.ts'
import type { Fact } from '../../domain/fact.ts'
import { stableHash } from '../../domain/hash.ts'
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../domain/instant.ts'
import {
  addAccount,
  addFeeMonth,
  addPlacement,
  addStatement,
  type JournalSums,
  NOTHING_SETTLED,
  type SettledPosition,
  type Span,
} from '../../domain/journal.ts'
import { ZERO } from '../../domain/money.ts'
import type { Month } from '../../domain/month.ts'
import type { Rules } from '../../domain/rules.ts'
import { lastDayOf } from '../../domain/settlement/fee-contract.ts'
import { NOTHING_BILLED } from '../../domain/settlement/fee-position.ts'
import type { Place, Placement } from '../../domain/settlement/placement.ts'
import { inParallel } from '../../runtime/in-parallel.ts'
import type { BillStore } from '../bills/bills.ts'
import { dayPartOf } from '../facts/day-index.ts'
import type { FactStore } from '../facts/facts.ts'
import type { FeeMonthVersion } from '../settlements/fee-months.ts'
import type { SettlementStore } from '../settlements/settlements.ts'

/** What a version of a channel-day's statement says of the books, and since when. */
export type StatementPosition = SettledPosition & { readonly recordedAt: Instant }

export type Recorded =
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'statement'; readonly channel: string; readonly date: BusinessDate }
  | { readonly kind: 'placement'; readonly bookedOn: BusinessDate; readonly id: string }
  | { readonly kind: 'fees'; readonly channel: string; readonly month: Month }

export type TouchedPorts = {
  readonly facts: Pick<FactStore, 'ofAccount' | 'byDay'>
  readonly bills: Pick<BillStore, 'members'>
  /** What was noted on that day as recorded, whatever business day it belongs to. */
  readonly recordedOn: (day: BusinessDate) => AsyncIterable<Recorded>
  /** Every version of a channel-day's statement, the newest first: two may be of the same millisecond. */
  readonly positions: (channel: string, date: BusinessDate) => Promise<readonly StatementPosition[]>
  /** Every version of where a movement of the bank was placed. */
  readonly placements: (bookedOn: BusinessDate, id: string) => Promise<readonly Placement[]>
  /** Every version of a channel's month of fees. */
  readonly feeMonths: (channel: string, month: Month) => Promise<readonly FeeMonthVersion[]>
  /** Channels, and what else puts facts with a business day. */
  readonly sources: readonly string[]
  readonly rules: Rules
}

/** The ports that the settlements' own table serves. */
export function statementsOf(
  store: Pick<SettlementStore, 'recordedOn' | 'statements' | 'placements' | 'movementsBooked' | 'feeMonths'>,
): Pick<TouchedPorts, 'recordedOn' | 'positions' | 'placements' | 'feeMonths'> &
  Pick<SettlementStore, 'movementsBooked'> {
  return {
    recordedOn: store.recordedOn,
    placements: store.placements,
    feeMonths: store.feeMonths,
    movementsBooked: store.movementsBooked,
    positions: async (channel, date) =>
      (await store.statements(channel, date)).map((statement) => ({
        fees: statement.channelFeesRupiah,
        writtenOff: statement.writtenOffRupiah,
        charged: statement.chargedRupiah,
        feesWrittenOff: statement.feesMoved?.writtenOffRupiah ?? ZERO,
        feesCharged: statement.feesMoved?.chargedRupiah ?? ZERO,
        recordedAt: statement.recordedAt,
      })),
  }
}

export type TouchedAccounts = {
  readonly accounts: ReadonlySet<Account>
  readonly statements: readonly { readonly channel: string; readonly date: BusinessDate }[]
  readonly movements: readonly { readonly bookedOn: BusinessDate; readonly id: string }[]
  readonly fees: readonly { readonly channel: string; readonly month: Month }[]
}

/** Accounts folded, or sources looked through, at a time: enough to keep the table busy, few enough to stay under its throttle. */
const AT_ONCE = 16
/**
 * Business days of facts that a day may have recorded, counted from it: after a channel's cut-off the business day is tomorrow's; a
 * payment may be healed on the day after its own, and a share follows its bill's payment over midnight.
 */
const DAYS_LOOKED_AT = [1, 0, -1] as const

/** Whether the journal of the day that recorded a fact looks at the fact's business day. Else the fold notes its account there. */
export function isFoundByDay(fact: Fact): boolean {
  const recordedOn = businessDateOf(fact.recordedAt)
  // A share has no entry in the index: it is found through its bill's payment, which was decided when it was.
  const of = dayPartOf(fact)?.businessDate ?? businessDateOf(fact.decidedAt)
  return DAYS_LOOKED_AT.some((offset) => addDays(recordedOn, offset) === of)
}

/** `mine` says which accounts and channel-days the caller counts. */
export async function touchedOn(
  ports: TouchedPorts,
  day: BusinessDate,
  mine: (key: string) => boolean,
): Promise<TouchedAccounts> {
  const accounts = new Set<Account>()
  const bills = new Set<BillCode>()
  const touch = (account: Account) => {
    if (isBillCode(account)) bills.add(account)
    if (mine(account)) accounts.add(account)
  }
  const days = DAYS_LOOKED_AT.map((offset) => addDays(day, offset))
  const looks = days.flatMap((date) =>
    ports.sources.map((source) => async () => {
      for await (const { account } of ports.facts.byDay(source, date)) touch(account)
    }),
  )
  await inParallel(looks, AT_ONCE)
  const statements = new Map<string, { readonly channel: string; readonly date: BusinessDate }>()
  const movements = new Map<string, { readonly bookedOn: BusinessDate; readonly id: string }>()
  const fees = new Map<string, { readonly channel: string; readonly month: Month }>()
  for await (const recorded of ports.recordedOn(day)) {
    if (recorded.kind === 'account') touch(recorded.account)
    else if (recorded.kind === 'fees') {
      const { channel, month } = recorded
      if (mine(feesKey(channel, month))) fees.set(feesKey(channel, month), { channel, month })
    } else if (recorded.kind === 'placement') {
      const { bookedOn, id } = recorded
      if (mine(movementKey(bookedOn, id))) movements.set(movementKey(bookedOn, id), { bookedOn, id })
    } else if (mine(`${recorded.channel}#${recorded.date}`)) {
      statements.set(`${recorded.channel}#${recorded.date}`, { channel: recorded.channel, date: recorded.date })
    }
  }
  for (const billCode of bills) await addMembers(ports, billCode, mine, accounts)
  return {
    accounts,
    statements: [...statements.values()],
    movements: [...movements.values()],
    fees: [...fees.values()],
  }
}

/** What divides months of fees into parts. */
export function feesKey(channel: string, month: Month): string {
  return `fees#${channel}#${month}`
}

/** What divides movements into parts. */
export function movementKey(bookedOn: BusinessDate, id: string): string {
  return `bank#${bookedOn}#${id}`
}

async function addMembers(
  { bills }: TouchedPorts,
  billCode: BillCode,
  mine: (key: string) => boolean,
  accounts: Set<Account>,
): Promise<void> {
  for (let chunk = 1; ; chunk++) {
    const members = await bills.members(billCode, chunk)
    if (!members) return
    for (const { kpj } of members) if (mine(kpj)) accounts.add(kpj)
  }
}

export async function addAccounts(
  ports: TouchedPorts,
  sums: JournalSums,
  accounts: ReadonlySet<Account>,
  span: Span,
): Promise<void> {
  const folds = [...accounts].map((account) => async () => {
    addAccount(sums, account, await ports.facts.ofAccount(account), span, ports.rules)
  })
  await inParallel(folds, AT_ONCE)
}

export async function addStatementOf(
  ports: TouchedPorts,
  sums: JournalSums,
  channel: string,
  date: BusinessDate,
  { from, to }: Span,
): Promise<void> {
  const versions = await ports.positions(channel, date)
  addStatement(sums, channel, knownAt(versions, from), knownAt(versions, to), date)
}

export async function addFeesOf(
  ports: Pick<TouchedPorts, 'feeMonths'>,
  sums: JournalSums,
  channel: string,
  month: Month,
  { from, to }: Span,
): Promise<void> {
  const versions = await ports.feeMonths(channel, month)
  const positionAt = (end: Instant) =>
    versions.findLast(({ recordedAt }) => recordedAt < end)?.position ?? NOTHING_BILLED
  addFeeMonth(sums, channel, positionAt(from), positionAt(to), lastDayOf(month))
}

/** Statements, placements and months of fees of the day; accounts are `addAccounts`. */
export async function addRecords(
  ports: TouchedPorts,
  sums: JournalSums,
  { statements, movements, fees }: Omit<TouchedAccounts, 'accounts'>,
  span: Span,
): Promise<void> {
  for (const { channel, date } of statements) await addStatementOf(ports, sums, channel, date, span)
  for (const { channel, month } of fees) await addFeesOf(ports, sums, channel, month, span)
  const placed = movements.map(({ bookedOn, id }) => async () => {
    const versions = await ports.placements(bookedOn, id)
    addPlacement(sums, placedAt(versions, span.from), placedAt(versions, span.to), bookedOn)
  })
  await inParallel(placed, AT_ONCE)
}

/** The part, counted from 0, that counts an account or a channel-day. */
export function partOf(key: string, parts: number): number {
  return stableHash(key) % parts
}

function placedAt(versions: readonly Placement[], end: Instant): readonly Place[] {
  return versions.findLast(({ recordedAt }) => recordedAt < end)?.places ?? []
}

function knownAt(versions: readonly StatementPosition[], end: Instant): SettledPosition {
  let latest: StatementPosition | undefined
  for (const version of versions) {
    if (version.recordedAt < end && (!latest || version.recordedAt > latest.recordedAt)) latest = version
  }
  return latest ?? NOTHING_SETTLED
}
