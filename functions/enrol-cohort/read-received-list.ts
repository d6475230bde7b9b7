/**
 * The first step: the kept bytes of a list are read whole, each row judged by itself and against the rows before it, and put down in
 * segments. A list that cannot be used is refused whole here, before anything of it is enrolled.
 */
import { businessDateOf } from '../../shared/domain/instant.ts'
import { NO_COUNTS } from '../../shared/domain/sponsors/cohort.ts'
import { duplicateFinder } from '../../shared/domain/sponsors/duplicates.ts'
import { judgeRow } from '../../shared/domain/sponsors/judge-row.ts'
import type { ListRow } from '../../shared/domain/sponsors/member-list.ts'
import { readList } from '../../shared/protocols/member-list/read-list.ts'
import type { SegmentRow } from '../../shared/store/files/list-segments.ts'
import { ROWS_PER_CHUNK } from '../../shared/store/sponsors/sponsors.ts'
import type { CohortPorts, CohortStep, OpenCohort } from './ports.ts'

export async function readReceivedList(ports: CohortPorts, { cohort, sponsor }: OpenCohort): Promise<CohortStep> {
  // The day of receipt decides the age, not the day on which a repeat comes.
  const today = businessDateOf(cohort.receivedAt)
  const { isRepeated, flagged } = duplicateFinder()
  let segment: SegmentRow[] = []
  let segments = 0
  const putSegment = async () => {
    await ports.segments.put(cohort.id, ++segments, segment)
    segment = []
  }
  const judged = (row: ListRow): SegmentRow => {
    const { line } = row
    const judgement = judgeRow(row, sponsor, today)
    const cells = () => row.cells.map(({ text }) => text)
    if (judgement.outcome === 'refused') return { line, refusal: judgement.code, cells: cells() }
    if (isRepeated(line, judgement.person)) return { line, refusal: 'DUPLICATE_IN_LIST', cells: cells() }
    return { line, person: judgement.person }
  }
  const reading = await readList(await ports.files.kept(cohort.listDigest), async (row) => {
    segment.push(judged(row))
    if (segment.length === ROWS_PER_CHUNK) await putSegment()
  })
  if (reading.kind === 'refused') return { state: 'withdrawn', unusable: reading.code, work: undefined }
  if (segment.length > 0) await putSegment()
  await ports.segments.putFlagged(cohort.id, [...flagged])
  return { counts: { ...NO_COUNTS, rows: reading.rows }, work: { task: 'judge', chunk: 1 } }
}
