/**
 * A segment against what the hub knows of its people. Nothing is enrolled: the rows say what would be. After the last segment the list
 * is judged; a first list goes on by itself, one that corrects another shows its difference and waits.
 */
import { allocate } from '../../shared/domain/allocation.ts'
import type { CohortCounts, CohortRow } from '../../shared/domain/sponsors/cohort.ts'
import { type KnownMembership, personRefusal } from '../../shared/domain/sponsors/judge-person.ts'
import { monthsOf } from '../../shared/domain/sponsors/program.ts'
import type { CohortId } from '../../shared/domain/sponsors/sponsor.ts'
import { inParallel } from '../../shared/runtime/in-parallel.ts'
import type { SegmentRow } from '../../shared/store/files/list-segments.ts'
import { ROWS_PER_CHUNK } from '../../shared/store/sponsors/sponsors.ts'
import { AT_ONCE, type CohortPorts, type CohortStep, type OpenCohort } from './ports.ts'

export async function judgeSegment(ports: CohortPorts, open: OpenCohort, chunk: number): Promise<CohortStep> {
  const { cohort } = open
  const segment = await ports.segments.get(cohort.id, chunk)
  if (!segment) return afterLast(ports, open)
  const flagged = new Set(await ports.segments.flagged(cohort.id))
  const rows: CohortRow[] = new Array(segment.length)
  const judges = segment.map((row, i) => async () => {
    rows[i] = await judged(ports, open, row, flagged.has(row.line))
  })
  await inParallel(judges, AT_ONCE)
  // What an earlier try has put stands, and counts: the hub may know more of somebody by now.
  const put = await ports.sponsors.putRows(cohort.id, chunk, rows, null)
  const standing = put === 'put' ? rows : ((await ports.sponsors.rows(cohort.id, chunk)) ?? rows)
  const isLast = chunk * ROWS_PER_CHUNK >= cohort.counts.rows
  const counts = counted(cohort.counts, standing)
  if (!isLast) return { counts, work: { task: 'judge', chunk: chunk + 1 } }
  return { counts, ...(await afterLast(ports, open)) }
}

async function judged(
  ports: CohortPorts,
  { program, cohort }: OpenCohort,
  row: SegmentRow,
  flagged: boolean,
): Promise<CohortRow> {
  const { line } = row
  const nothing = { participant: null, kpj: null, regionCode: null, sector: null, income: null }
  if ('refusal' in row) return { ...nothing, line, state: 'refused', refusal: row.refusal, flagged }
  const { regionCode, sector, income, nik } = row.person
  const participant = ports.participantOf(nik)
  const known = await membershipsOf(ports, participant)
  const refusal = personRefusal(known, program.id, monthsOf(program), cohort.receivedAt) ?? null
  const state = refusal === null ? 'accepted' : 'refused'
  return { line, participant, kpj: null, regionCode, sector, income, state, refusal, flagged }
}

async function membershipsOf(
  ports: CohortPorts,
  participant: NonNullable<CohortRow['participant']>,
): Promise<readonly KnownMembership[]> {
  const found = await ports.memberships.ofParticipant(participant)
  return Promise.all(
    found.map(async ({ kpj }) => {
      const facts = await ports.facts.ofAccount(kpj)
      return { kpj, facts, allocation: allocate(facts, ports.rules) }
    }),
  )
}

function counted(counts: CohortCounts, rows: readonly CohortRow[]): CohortCounts {
  const accepted = rows.filter(({ state }) => state === 'accepted')
  return {
    ...counts,
    accepted: counts.accepted + accepted.length,
    refused: counts.refused + rows.length - accepted.length,
    flagged: counts.flagged + rows.filter(({ flagged }) => flagged).length,
  }
}

/** A list that corrects nothing has nothing to show. */
async function afterLast(ports: CohortPorts, { cohort }: OpenCohort): Promise<CohortStep> {
  if (cohort.corrects === undefined) return { state: 'judged', work: { task: 'enrol', chunk: 1 } }
  const [before, after] = await Promise.all([peopleOf(ports, cohort.corrects), peopleOf(ports, cohort.id)])
  const stayed = [...after].filter((person) => before.has(person)).length
  const change = { joined: after.size - stayed, stayed, left: before.size - stayed }
  return { state: 'judged', change, work: undefined }
}

/** Everybody on a list who is or would be enrolled. */
async function peopleOf({ sponsors }: CohortPorts, cohort: CohortId): Promise<ReadonlySet<string>> {
  const people = new Set<string>()
  for (let chunk = 1; ; chunk++) {
    const rows = await sponsors.rows(cohort, chunk)
    if (!rows) return people
    for (const { participant, state } of rows) {
      if (participant !== null && (state === 'accepted' || state === 'enrolled')) people.add(participant)
    }
  }
}
