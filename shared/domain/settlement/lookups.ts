/**
 * What must be looked up before a joined day can be classified: decisions of lines that the day does not have, what other files
 * say of ids that are not plainly settled, and the accounts of customers where a missing id leaves nothing else.
 *
 * The answers: `LookupResults` (day.ts). A day without leftovers needs nothing.
 */
import type { DaySetting, Lookups } from './day.ts'
import type { DayMatch } from './join.ts'
import { accountNamed, openEnds } from './unmatched.ts'

/** `tied`: ids of payments that people have said lines to be; those of other days are looked up. */
export function needsOf(match: DayMatch, setting: DaySetting, tied: Iterable<string> = []): Lookups {
  const { hub, lines } = match
  const open = openEnds(match, setting)
  const decisions = new Set<string>()
  const otherLines = new Set<string>()
  const customers = new Set<string>()
  for (const row of match.orphans) {
    const id = lines.ids.at(row)
    if (id === '') continue
    decisions.add(id)
    otherLines.add(id)
  }
  for (const id of ofOtherDays(match, tied)) {
    decisions.add(id)
    otherLines.add(id)
  }
  for (let row = 0; row < hub.count; row++) {
    if (match.isPlain(row)) continue
    const isPlainlyGone = match.onlyLineOf(row) === -1 && hub.isReversed(row)
    if (!isPlainlyGone) otherLines.add(hub.ids.at(row))
  }
  for (const row of new Set([...open.maybe, ...open.suspects, ...lines.persons])) {
    const customerId = lines.customers.at(row)
    if (accountNamed(customerId, setting) === null) customers.add(customerId)
  }
  return { decisions: inOrder(decisions), otherLines: inOrder(otherLines), customers: inOrder(customers) }
}

function ofOtherDays({ hub }: DayMatch, ids: Iterable<string>): ReadonlySet<string> {
  const left = new Set(ids)
  for (let row = 0; left.size > 0 && row < hub.count; row++) left.delete(hub.ids.at(row))
  return left
}

function inOrder(texts: ReadonlySet<string>): readonly string[] {
  return [...texts].sort()
}
