/**
 * One account, held against everything that must agree with it: the places of its money, its view, the NIK that pays for it, and
 * what each fact rests on (shared/ledger/vouch.ts).
 *
 * The fold is asked for the places only; what they must come to is added up here, from the facts. A view and a share may be
 * on their way for a quarter of an hour; decisions and resolutions are there before their facts.
 */
import { type Account, isSuspenseAccount } from '../../shared/domain/account.ts'
import { type Allocation, allocate } from '../../shared/domain/allocation.ts'
import { isBillCode } from '../../shared/domain/bill-code.ts'
import { type Fact, type FactKey, keyOf } from '../../shared/domain/fact.ts'
import { vouch } from '../../shared/ledger/vouch.ts'
import { isBrokenItem } from '../../shared/store/attributes/item.ts'
import type { MembershipView } from '../../shared/store/memberships/memberships.ts'
import type { AuditSample, AuditSums } from '../../shared/store/statistics/ledger-audits.ts'
import { isNikOwn } from './audit-payer.ts'
import { placesOf, wholePlaces, wrongPlaces } from './places.ts'
import { type AccountPorts, ON_ITS_WAY_MILLIS } from './ports.ts'
import { difference } from './tally.ts'

export type AccountAudit = {
  readonly facts: ReadonlyMap<FactKey, Fact>
  /** Where the money of each fact that brought some is. */
  readonly places: ReadonlyMap<FactKey, AuditSums>
  readonly found: readonly AuditSample[]
}

/** What nobody can read is a finding of its account: it must not keep the others of the night from being looked at. */
export async function auditAccount(ports: AccountPorts, account: Account): Promise<AccountAudit> {
  try {
    return await auditReadable(ports, account)
  } catch (error) {
    const what = isBrokenItem(error) ? error.code : error instanceof RangeError ? 'OUT_OF_RANGE' : undefined
    if (what === undefined) throw error
    return { facts: new Map(), places: new Map(), found: [difference('unreadable-item', account, what)] }
  }
}

async function auditReadable(ports: AccountPorts, account: Account): Promise<AccountAudit> {
  // The view first, as the fold does: facts that come in between are younger than it, and have their quarter of an hour.
  const view = isBillCode(account) || isSuspenseAccount(account) ? undefined : await ports.memberships.get(account)
  const facts = await ports.facts.ofAccount(account)
  const byKey = new Map(facts.map((fact) => [keyOf(fact), fact]))
  const say = (kind: Parameters<typeof difference>[0], fact: string) => difference(kind, account, fact)
  const missing = await Promise.all(facts.map((fact) => vouch(ports, fact, byKey)))
  const found = facts.flatMap((fact, i) => (missing[i] ? [say(missing[i], keyOf(fact))] : []))
  if (isBillCode(account) || isSuspenseAccount(account))
    return { facts: byKey, places: wholePlaces(facts, isBillCode(account) ? 'billed' : 'suspense'), found }
  const allocation = allocate(facts, ports.rules)
  found.push(...wrongPlaces(facts, allocation).map((key) => say('places-differ', key)))
  const isQuiet = facts.every(({ recordedAt }) => recordedAt < ports.now() - ON_ITS_WAY_MILLIS)
  if (isQuiet && !viewAgrees(facts, allocation, view)) found.push(say('view-differs', ''))
  if (isQuiet && !(await isNikOwn(ports, account, facts, allocation))) found.push(say('payer-differs', ''))
  return { facts: byKey, places: placesOf(allocation), found }
}

function viewAgrees(facts: readonly Fact[], { byFact }: Allocation, view: MembershipView | undefined): boolean {
  if (!facts.some(({ kind }) => kind === 'terms')) return view === undefined
  const credit = byFact.reduce((sum, place) => sum + place.credit, 0)
  const last = byFact.flatMap(({ months }) => months).reduce((a, b) => (a > b ? a : b), '')
  return view !== undefined && view.credit === credit && (view.paidThrough ?? '') === last
}
