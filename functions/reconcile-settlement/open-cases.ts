/** A channel's cases that are not resolved, page by page: what a morning counts and a night carries out. */
import type { DifferenceCase } from '../../shared/store/settlements/records.ts'
import type { SettlementPorts } from './ports.ts'

/** Open cases of a channel that a morning counts, and that a night reads at a time. */
const CASES_COUNTED = 500

/** A page of those that are not resolved, the oldest first. */
export async function openCases(
  { settlements }: SettlementPorts,
  channel: string,
  after: string | null,
): Promise<{ readonly cases: readonly DifferenceCase[]; readonly next: string | null }> {
  const pointers = await settlements.pointers('open', channel, after, CASES_COUNTED)
  const cases = await Promise.all(pointers.map(({ id }) => settlements.difference(id)))
  const next = pointers.length < CASES_COUNTED ? null : (pointers.at(-1)?.pointer ?? null)
  return { cases: cases.flatMap((each) => each ?? []), next }
}
