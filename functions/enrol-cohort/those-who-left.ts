/**
 * A confirmed correction takes the place of the list before it: that one is billed no more. Its rows of people who are not on the new
 * list say that they left; their memberships keep what is paid.
 */
import type { Cohort, CohortRow } from '../../shared/domain/sponsors/cohort.ts'
import type { CohortId } from '../../shared/domain/sponsors/sponsor.ts'
import { Transient } from '../../shared/runtime/faults.ts'
import type { CohortPorts } from './ports.ts'

/** Right any number of times. */
export async function leaveOut(ports: CohortPorts, before: CohortId, after: CohortId): Promise<void> {
  const staying = new Set<string>()
  for await (const rows of chunksOf(ports, after)) {
    // Also who has left the new list by now: a step that comes late finds that.
    for (const { participant, kpj } of rows) if (participant !== null && kpj !== null) staying.add(participant)
  }
  const left = (row: CohortRow) => row.state === 'enrolled' && !staying.has(row.participant ?? '')
  for (let chunk = 1; ; chunk++) {
    const standing = await ports.sponsors.markedRows(before, chunk)
    if (!standing) break
    if (!standing.rows.some(left)) continue
    const rows = standing.rows.map((row): CohortRow => (left(row) ? { ...row, state: 'left' } : row))
    if ((await ports.sponsors.putRows(before, chunk, rows, standing.mark)) === 'conflict') throw rowsChanged()
  }
  const cohort = await ports.sponsors.cohort(before)
  if (!cohort || cohort.state === 'withdrawn') return
  const { work: _work, ...rest } = cohort
  const withdrawn: Cohort = { ...rest, state: 'withdrawn', version: cohort.version + 1 }
  if ((await ports.sponsors.putCohort(withdrawn)) === 'put') return
  throw new Transient('LIST_CHANGED', 'expected a corrected list as it was read, it was changed; it is tried again')
}

export function rowsChanged(): Transient {
  return new Transient(
    'ROWS_CHANGED',
    'expected the rows of a list as they were read, they were changed; it is tried again',
  )
}

export async function* chunksOf(
  { sponsors }: Pick<CohortPorts, 'sponsors'>,
  cohort: CohortId,
): AsyncGenerator<readonly CohortRow[]> {
  for (let chunk = 1; ; chunk++) {
    const rows = await sponsors.rows(cohort, chunk)
    if (!rows) return
    yield rows
  }
}
