/**
 * Keeps the cases of a day as a run finds them: new ones opened, changed ones brought up to date, those that are gone resolved.
 *
 * Promise: what people proposed or approved is not touched by a run that finds the same; what finance has decided stays decided
 * unless the figures change; the same run again writes nothing.
 */
import type { Instant } from '../../shared/domain/instant.ts'
import type { DifferenceCase, Finding, HistoryStep } from '../../shared/store/settlements/records.ts'

const HISTORY = 50

export type FoundCase = { readonly id: string; readonly finding: Finding }

/** The cases to be written, each at its next version. `stored` are all of the day. */
export function changedCases(
  day: Pick<DifferenceCase, 'channel' | 'date'>,
  stored: readonly DifferenceCase[],
  found: readonly FoundCase[],
  now: Instant,
): readonly DifferenceCase[] {
  const known = new Map(stored.map((each) => [each.id, each]))
  const foundIds = new Set(found.map(({ id }) => id))
  const opened = found.flatMap(({ id, finding }) => {
    const before = known.get(id)
    const after = before ? stillFound(before, finding, now) : firstFound(day, id, finding, now)
    return after ? [after] : []
  })
  const gone = stored.flatMap((each) => (foundIds.has(each.id) ? [] : (noLongerFound(each, now) ?? [])))
  return [...opened, ...gone]
}

/** The cases as they will stand, by id. */
export function casesAfter(
  stored: readonly DifferenceCase[],
  changed: readonly DifferenceCase[],
): ReadonlyMap<string, DifferenceCase> {
  return new Map([...stored, ...changed].map((each) => [each.id, each]))
}

function firstFound(
  { channel, date }: Pick<DifferenceCase, 'channel' | 'date'>,
  id: string,
  finding: Finding,
  now: Instant,
): DifferenceCase {
  const history: readonly HistoryStep[] = [step(now, 'found', finding.evidence.reason)]
  return {
    id,
    channel,
    date,
    state: 'open',
    version: 1,
    firstSeenAt: now,
    finding,
    proposal: null,
    resolution: null,
    history,
  }
}

function stillFound(before: DifferenceCase, finding: Finding, now: Instant): DifferenceCase | undefined {
  const sameFigures = figuresOf(before.finding) === figuresOf(finding)
  switch (before.state) {
    case 'resolved':
      // Decided on these very figures: it stays decided, although the run still finds it. A match that the run does not bear out
      // decides nothing: the line may be another's, or the payment has one already.
      if (before.resolution?.how === 'resolution' && before.proposal?.action !== 'match' && sameFigures)
        return undefined
      return {
        ...next(sameFigures ? before : withoutParts(before), step(now, 'found-again', finding.evidence.reason)),
        state: 'open',
        finding,
        proposal: null,
        resolution: null,
        firstSeenAt: now,
      }
    case 'approved':
      // Frozen: it is about to be applied as it was approved.
      return undefined
    case 'proposed':
      if (sameFigures) return undefined
      // Nobody may approve figures that nobody proposed on.
      return {
        ...next(withoutParts(before), step(now, 'changed', 'the proposal is void')),
        state: 'open',
        finding,
        proposal: null,
      }
    case 'open':
      if (JSON.stringify(before.finding) === JSON.stringify(finding)) return undefined
      if (!sameFigures && before.parts)
        return { ...next(withoutParts(before), step(now, 'changed', 'the resolved parts are void')), finding }
      return { ...next(before, step(now, 'changed', finding.evidence.reason)), finding }
  }
}

/** Parts were resolved of other figures: as a whole resolution, they count no longer. */
function withoutParts({ parts: _parts, ...rest }: DifferenceCase): DifferenceCase {
  return rest
}

function noLongerFound(before: DifferenceCase, now: Instant): DifferenceCase | undefined {
  if (before.state === 'resolved' || before.state === 'approved') return undefined
  const note = 'a later run does not find it'
  return { ...next(before, step(now, 'gone', note)), state: 'resolved', resolution: { how: 'itself', at: now, note } }
}

function next(before: DifferenceCase, added: HistoryStep): DifferenceCase {
  return { ...before, version: before.version + 1, history: [...before.history, added].slice(-HISTORY) }
}

function step(at: Instant, what: HistoryStep['what'], note: string): HistoryStep {
  return { at, what, by: null, note }
}

/** What a person decides on. */
function figuresOf({
  class: differenceClass,
  paymentId,
  hubAmountRupiah,
  fileAmountRupiah,
  evidence,
}: Finding): string {
  const { expectedFeeRupiah, fileFeeRupiah, fileVersion } = evidence
  return JSON.stringify([
    differenceClass,
    paymentId,
    hubAmountRupiah,
    fileAmountRupiah,
    expectedFeeRupiah,
    fileFeeRupiah,
    fileVersion,
  ])
}
