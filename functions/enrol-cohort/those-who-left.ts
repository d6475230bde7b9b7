/**
 * A confirmed correction takes the place of the list before it: that one is billed no more. Its rows of people who are not on the new
 * list say that they left; their memberships keep what is paid.
 */
import type { CohortRow } from '../../shared/domain/sponsors/cohort.ts'
import type { CohortId } from '../../shared/domain/sponsors/sponsor.ts'
import type { CohortPorts } from './ports.ts'

/** Right any number of times. */
export async function leaveOut(ports: CohortPorts, before: CohortId, after: CohortId): Promise<void> {
  const staying = new Set<string>()
  for await (const rows of chunksOf(ports, after)) {
    for (const { participant, state } of rows)
      if (participant !== null && state === 'enrolled') staying.add(participant)
  }
  let chunk = 0
  for await (const rows of chunksOf(ports, before)) {
    chunk++
    const left = (row: CohortRow) => row.state === 'enrolled' && !staying.has(row.participant ?? '')
    if (!rows.some(left)) continue
    await ports.sponsors.putRows(
      before,
      chunk,
      rows.map((row) => (left(row) ? { ...row, state: 'left' } : row)),
    )
  }
  const cohort = await ports.sponsors.cohort(before)
  if (!cohort || cohort.state === 'withdrawn') return
  const { work: _work, ...rest } = cohort
  await ports.sponsors.putCohort({ ...rest, state: 'withdrawn', version: cohort.version + 1 })
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
