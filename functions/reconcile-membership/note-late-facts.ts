/**
 * Facts that the journal cannot find by their business day: it looks at the days around the one that it closes, and a payment may
 * be healed many days after its own, by a late question of its channel or by the weekly run. The fold, which is told of every fact,
 * notes the account among what the day recorded; a night that closes the day finds it there.
 *
 * Promise: noted once the fact's message was handled, however often it is handled; what the journal finds by itself is not.
 */
import type { Account } from '../../shared/domain/account.ts'
import type { Fact } from '../../shared/domain/fact.ts'
import { type BusinessDate, businessDateOf, DAY_MILLIS, type Instant } from '../../shared/domain/instant.ts'
import { isFoundByDay } from '../../shared/store/journal/journal-day.ts'

export type LateFactPorts = { readonly noteAccount: (day: BusinessDate, account: Account) => Promise<void> }

/** A message of a fact comes within minutes; what was recorded earlier was noted then, or its day is closed. */
const NEWS_MILLIS = 2 * DAY_MILLIS

/** All facts of one account. How many days it was noted on. */
export async function noteLateFacts(ports: LateFactPorts, facts: readonly Fact[], now: Instant): Promise<number> {
  const late = facts.filter((fact) => fact.recordedAt > now - NEWS_MILLIS && !isFoundByDay(fact))
  const noted = new Map(late.map(({ account, recordedAt }) => [businessDateOf(recordedAt), account]))
  for (const [day, account] of noted) await ports.noteAccount(day, account)
  return noted.size
}
