/**
 * A business day of one source: what the day index says came in, held against where each rupiah of it is. Each account that the
 * day touched is audited with it; a bill that was paid or reversed gets a task of its own.
 *
 * ```
 * index entries of the day --sum--> collected
 *        | account                     =
 *        +--> facts --fold--> places --sum--> allocated + credit + suspense + reversed + billed
 * ```
 */
import type { Account } from '../../shared/domain/account.ts'
import { isBillCode } from '../../shared/domain/bill-code.ts'
import type { AuditTask, DayAuditTask } from '../../shared/messages/audit.ts'
import { inParallel } from '../../shared/runtime/in-parallel.ts'
import type { BrokenFact, DayEntry } from '../../shared/store/facts/facts.ts'
import type { AuditSample, AuditSums, AuditTally } from '../../shared/store/statistics/ledger-audits.ts'
import { type AccountAudit, auditAccount } from './audit-account.ts'
import type { AccountPorts, Audited, AuditPorts } from './ports.ts'
import { added, addedSums, difference, looked, NO_MONEY, NOTHING, placed } from './tally.ts'
import { goOn, putLine } from './walk.ts'

/** Pages of up to 8,000 entries, with the facts, view and decisions of each account: a minute or so of work. */
const PAGES_PER_PART = 8
/** Accounts read at a time. */
const AT_ONCE = 16

export async function auditDay(ports: AuditPorts, task: DayAuditTask): Promise<Audited> {
  const startedAt = task.run ?? ports.now()
  let found = NOTHING
  let next = task.from ?? null
  for (let page = 0; page < PAGES_PER_PART; page++) {
    const { entries, next: after, broken = [] } = await ports.facts.dayPage(task.source, task.day, next)
    const accounts = await auditAll(
      ports,
      entries.map(({ account }) => account),
    )
    found = added(added(found, tallyOf(entries, accounts)), unreadable(broken))
    await ports.sendTasks(billTasks(accounts.keys(), task.day, startedAt))
    next = after
    if (next === null) break
  }
  const tally = added(task.tally ?? NOTHING, found)
  const line = { day: task.day, subject: task.source, startedAt }
  const isWhole = next !== null || tally.sums.collected === placed(tally.sums)
  const differing = isWhole ? NOTHING : unequal(task.source)
  return goOn(ports, task, { found: added(found, differing), tally: added(tally, differing), next, line })
}

function unreadable(broken: readonly BrokenFact[]): AuditTally {
  return { ...looked(broken.map(({ account, fact }) => difference('unreadable-item', account, fact))), looks: 0 }
}

/** Sums that differ though no single fact did: then something is wrong with this audit, or the money is twice somewhere. */
function unequal(source: string): AuditTally {
  return { ...looked([difference('sums-differ', source, '')]), looks: 0 }
}

/** What finance decided on a day about older days is in no index of that day: the accounts are audited by themselves. */
export async function auditRecorded(
  ports: AuditPorts,
  task: Extract<AuditTask, { readonly task: 'recorded' }>,
): Promise<Audited> {
  const startedAt = task.run ?? ports.now()
  const noted: Account[] = []
  for await (const account of ports.recordedOn(task.day)) noted.push(account)
  const accounts = await auditAll(ports, noted)
  const tally = [...accounts.values()].map(({ found }) => looked(found)).reduce(added, NOTHING)
  await ports.sendTasks(billTasks(accounts.keys(), task.day, startedAt))
  const line = await putLine(ports, { ...tally, day: task.day, subject: 'recorded', startedAt })
  return { outcome: 'done', found: tally, line }
}

/** Each account once. */
export async function auditAll(
  ports: AccountPorts,
  accounts: readonly Account[],
): Promise<ReadonlyMap<Account, AccountAudit>> {
  const audited = new Map<Account, AccountAudit>()
  const looks = [...new Set(accounts)].map((account) => async () => {
    audited.set(account, await auditAccount(ports, account))
  })
  await inParallel(looks, AT_ONCE)
  return audited
}

export function billTasks(
  accounts: Iterable<Account>,
  day: DayAuditTask['day'],
  run: NonNullable<DayAuditTask['run']>,
): readonly AuditTask[] {
  return [...accounts]
    .filter(isBillCode)
    .map((billCode) => ({ task: 'bill', billCode, day, run, chunk: 1, shares: {} }) as const)
}

function tallyOf(entries: readonly DayEntry[], accounts: ReadonlyMap<Account, AccountAudit>): AuditTally {
  const wrongAccounts = [...accounts.values()].map(({ found }) => looked(found))
  const money = entries.filter(({ kind }) => kind === 'payment' || kind === 'posting')
  const sums = money.map((entry) => ({
    ...(accounts.get(entry.account)?.places.get(entry.fact) ?? NO_MONEY),
    collected: entry.amount,
  }))
  const ofIndex = entries.flatMap((entry) => indexDiffers(entry, accounts.get(entry.account)))
  const ofDay: AuditTally = {
    ...looked(ofIndex, sums.reduce<AuditSums>(addedSums, NO_MONEY), money.length),
    looks: 0,
  }
  return wrongAccounts.reduce(added, ofDay)
}

/** The index is a copy, made by the table itself: an entry without its fact, or with another amount, must not be. */
function indexDiffers(
  { account, fact: key, amount }: DayEntry,
  audited: AccountAudit | undefined,
): readonly AuditSample[] {
  const fact = audited?.facts.get(key)
  const isSame = fact !== undefined && (!('amount' in fact) || fact.amount === amount)
  return isSame ? [] : [difference('index-differs', account, key)]
}
