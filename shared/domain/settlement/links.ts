/**
 * Two cases that are perhaps one story: a payment that no file has, and a line of no payment whose id is the same but for the case
 * of its letters, or that was set aside. Each names the other, so that nobody posts what is there or charges for it twice.
 *
 * Promise: a link matches nothing and moves nothing; a person says. Links are of cases, of this day and of its neighbours.
 * Consumers: functions/serve-console/settlement/resolve-difference.ts, which lets only one of the two be acted on.
 */
import type { DaySetting, Difference, LookupResults } from './day.ts'
import { differenceId, identitiesOf } from './identity.ts'
import type { DayMatch } from './join.ts'

type Link = { readonly to: string; readonly candidate: string | null }

export function linkCases(
  differences: readonly Difference[],
  match: DayMatch,
  knowledge: LookupResults,
  setting: DaySetting,
): readonly Difference[] {
  const links = linksOf(differences, knowledge, setting)
  if (links.size === 0) return differences
  const matchable = new Set(
    differences.flatMap(({ id, paymentId }) => ((links.get(id) ?? []).some(hasCandidate) ? [paymentId] : [])),
  )
  const identities = identitiesOf(
    match.lines,
    match.orphans.filter((row) => matchable.has(match.lines.ids.at(row))),
  )
  const identityOf = new Map([...identities].map(([row, identity]) => [match.lines.lineNumber(row), identity]))
  return differences.map((one) => {
    const own = links.get(one.id)
    if (!own) return one
    const candidates = [...new Set(own.flatMap(({ candidate }) => candidate ?? []))].sort()
    const lineIdentity = one.lines[0] === undefined ? undefined : identityOf.get(one.lines[0])
    const isMatchable = candidates.length > 0 && lineIdentity !== undefined
    const evidence = { ...one.evidence, linked: [...new Set(own.map(({ to }) => to))].sort() }
    return { ...one, evidence: isMatchable ? { ...evidence, candidates, lineIdentity } : evidence }
  })
}

function hasCandidate({ candidate }: Link): boolean {
  return candidate !== null
}

/** By the id of a difference. */
function linksOf(
  differences: readonly Difference[],
  knowledge: LookupResults,
  setting: DaySetting,
): ReadonlyMap<string, readonly Link[]> {
  const links = new Map<string, Link[]>()
  const link = (from: string, to: Link) => {
    const known = links.get(from)
    if (known) known.push(to)
    else links.set(from, [to])
  }
  const missing = Map.groupBy(differences.filter(isMissing), ({ paymentId }) => paymentId.toLowerCase())
  for (const line of differences.filter(isOfLine)) {
    for (const payment of missing.get(line.paymentId.toLowerCase()) ?? []) {
      const isEqual = line.class === 'missing-in-hub' && payment.hubAmountRupiah === line.fileAmountRupiah
      link(line.id, { to: payment.id, candidate: isEqual ? payment.paymentId : null })
      link(payment.id, { to: line.id, candidate: null })
    }
    const alike = knowledge.alike?.payments.get(line.paymentId)
    if (!alike) continue
    const to = differenceId({ ...setting, date: alike.businessDate }, 'missing-in-file', alike.paymentId)
    const isEqual = line.class === 'missing-in-hub' && alike.amount === line.fileAmountRupiah
    link(line.id, { to, candidate: isEqual ? alike.paymentId : null })
  }
  for (const { id, paymentId } of differences.filter(isMissing)) {
    for (const { file, paymentId: ofLine } of knowledge.alike?.lines.get(paymentId) ?? []) {
      link(id, { to: differenceId({ ...setting, date: file }, 'missing-in-hub', ofLine), candidate: null })
    }
  }
  return links
}

function isMissing({ class: differenceClass, evidence }: Difference): boolean {
  return differenceClass === 'missing-in-file' && evidence.reason === 'not-in-any-file' && evidence.count === undefined
}

function isOfLine({ class: differenceClass, paymentId, evidence }: Difference): boolean {
  if (paymentId === '' || evidence.count !== undefined) return false
  return (
    differenceClass === 'quarantined' ||
    (differenceClass === 'missing-in-hub' && evidence.reason === 'decision-unknown')
  )
}
