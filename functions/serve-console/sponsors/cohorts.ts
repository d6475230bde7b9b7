/**
 * Lists of people: handing one over, looking how far it is, confirming what a corrected one changes, and fetching refused rows.
 * The work itself is functions/enrol-cohort's, which every version of a cohort's record wakes. Who handed a list over, confirmed or billed
 * it stands in the audit chain before its record is written.
 */
import { formatUtc } from '../../../shared/domain/instant.ts'
import { type Cohort, isCorrected } from '../../../shared/domain/sponsors/cohort.ts'
import { type RowRefusalCode, reasonOf } from '../../../shared/domain/sponsors/row-refusals.ts'
import {
  type CohortId,
  parseProgramId,
  programOf,
  type SponsorId,
  sponsorOf,
} from '../../../shared/domain/sponsors/sponsor.ts'
import { senderOf, takeInMemberList } from '../../../shared/intake/take-in-member-list.ts'
import { namedAgent, unknownAgent } from '../agents/agent-parameter.ts'
import { recordAct } from '../http/acting.ts'
import { csv, json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { CohortView, ListQuery, RefusedQuery } from './cohort-schemas.ts'
import { REFUSED_COLUMNS } from './cohort-schemas.ts'
import { unknownCohort, unknownProgram } from './parameters.ts'

/** Segments of 1,000 rows in one answer: well below what a function may answer. */
const SEGMENTS_IN_PART = 20

export async function receiveList(
  ports: ConsolePorts,
  call: Call<{ path: { sponsor: SponsorId }; query: ListQuery; body: Uint8Array }>,
) {
  const { path, query, body, actor } = call
  const program = parseProgramId(query.program)
  if (program === undefined || sponsorOf(program) !== path.sponsor) return unknownProgram()
  const agent = await namedAgent(ports.agents, query.agent)
  if (agent === undefined) return unknownAgent()
  const incoming = { from: { kind: 'handed-over', bytes: body }, name: '', by: actor } as const
  const taken = await takeInMemberList(recordingLists(ports, call), incoming, {
    program,
    language: query.language ?? 'id',
    ...(agent !== null && { agent }),
  })
  switch (taken.outcome) {
    case 'unknown-program':
      return unknownProgram()
    case 'not-open':
      return problem('STEP_DOES_NOT_FIT', 'expected a program that was opened and whose end is not announced')
    default:
      if (agent !== null && taken.cohort.agent === agent) await ports.agents.noteList(agent, taken.cohort.id)
      ports.log.info('A list was received', { outcome: taken.outcome, actor })
      return taken.outcome === 'received' ? json(202, viewOf(taken.cohort)) : json(200, viewOf(taken.cohort))
  }
}

/** The stores as whoever hands a list over uses them: a list that is new stands in the audit chain before it is a list of the hub. */
function recordingLists(ports: ConsolePorts, call: Call<{ body: Uint8Array }>): ConsolePorts {
  const putCohort: ConsolePorts['sponsors']['putCohort'] = async (cohort) => {
    const { id, listDigest: sha256, corrects, agent } = cohort
    const detail = { sha256, bytes: call.body.byteLength, corrects, agent }
    await recordAct(ports, call, { action: 'imported', subject: `list#${id}`, detail })
    return ports.sponsors.putCohort(cohort)
  }
  return { ...ports, sponsors: { ...ports.sponsors, putCohort } }
}

export async function showCohort(ports: ConsolePorts, { path }: Call<{ path: { cohort: CohortId } }>) {
  const cohort = await ports.sponsors.cohort(path.cohort)
  return cohort ? json(200, viewOf(cohort)) : unknownCohort()
}

/** A corrected list is enrolled once somebody has seen what it changes. Confirmed again, it is as it was. */
export async function confirmCohort(ports: ConsolePorts, call: Call<{ path: { cohort: CohortId } }>) {
  const { path, actor } = call
  const cohort = await ports.sponsors.cohort(path.cohort)
  if (!cohort) return unknownCohort()
  if (cohort.confirmedBy !== undefined) return json(200, viewOf(cohort))
  if (cohort.state !== 'judged' || cohort.change === undefined) {
    return problem('STEP_DOES_NOT_FIT', 'expected a corrected list that was judged and waits to be confirmed')
  }
  const before = cohort.corrects === undefined ? undefined : await ports.sponsors.cohort(cohort.corrects)
  if (!before || isCorrected(before)) {
    return problem('STEP_DOES_NOT_FIT', 'expected a list that corrects the one that stands; send it again')
  }
  if (before.work !== undefined) {
    return problem('STEP_DOES_NOT_FIT', 'expected a list to correct that nobody works on now; wait a moment')
  }
  const next: Cohort = {
    ...cohort,
    confirmedBy: actor ?? '',
    work: { task: 'enrol', chunk: 1 },
    version: cohort.version + 1,
  }
  const { rows, accepted, refused } = cohort.counts
  const detail = { sha256: cohort.listDigest, corrects: before.id, rows, accepted, refused, ...cohort.change }
  await recordAct(ports, call, { action: 'confirmed', subject: `list#${cohort.id}`, detail })
  // Both or neither: of two corrections of a list one is confirmed, and nobody bills a list that is being corrected.
  const corrected: Cohort = { ...before, correctedBy: cohort.id, version: before.version + 1 }
  if ((await ports.sponsors.putConfirmed(next, corrected)) === 'conflict') {
    return problem('CHANGED_MEANWHILE', 'expected both lists as they were read; read them again')
  }
  ports.log.info('A corrected list was confirmed', { count: next.counts.accepted, actor })
  return json(200, viewOf(next))
}

/**
 * Refused rows as their sender had them, with the reason: a list that was dropped is its sponsor's. Somebody else sees line and reason
 * only, and so does a sender who asks for masked data: what stands in which cell of a broken row, nobody knows.
 */
export async function listRefusedRows(
  ports: ConsolePorts,
  { path, query, actor, ownSponsor, asksMasked }: Call<{ path: { cohort: CohortId }; query: RefusedQuery }>,
) {
  const cohort = await ports.sponsors.cohort(path.cohort)
  if (!cohort) return unknownCohort()
  const language = query.language ?? cohort.language ?? 'id'
  const part = Number(query.part ?? 1)
  const isDropped = cohort.receivedBy === senderOf(sponsorOf(cohort.id))
  const isOwn = (actor !== null && actor === cohort.receivedBy) || (isDropped && ownSponsor === sponsorOf(cohort.id))
  const people = isOwn && !asksMasked ? 'in-full' : 'masked'
  const lines: string[] = [REFUSED_COLUMNS.join(',')]
  for (let i = 1; i <= SEGMENTS_IN_PART; i++) {
    const segment = (part - 1) * SEGMENTS_IN_PART + i
    const rows = await ports.sponsors.rows(cohort.id, segment)
    if (!rows) break
    const sent = people === 'in-full' ? await cellsOf(ports, cohort.id, segment) : new Map<number, readonly string[]>()
    for (const { line, refusal } of rows) {
      if (refusal === null) continue
      const cells = sent.get(line) ?? Array.from({ length: REFUSED_COLUMNS.length - 3 }, () => '')
      lines.push([line, ...cells, refusal, reasonOf(refusal as RowRefusalCode, language)].map(quoted).join(','))
    }
  }
  return { ...csv(`refused-${cohort.id}-${part}.csv`, lines, '\r\n'), people } as const
}

async function cellsOf(
  ports: ConsolePorts,
  cohort: CohortId,
  segment: number,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const rows = (await ports.segments.get(cohort, segment)) ?? []
  return new Map(
    rows.map((row) => {
      if ('refusal' in row) return [row.line, row.cells]
      const { nik, name, regionCode, sector, income, phone } = row.person
      return [row.line, [nik, name, regionCode, sector ?? '', String(income ?? ''), phone]]
    }),
  )
}

/** A cell that a spreadsheet would run is made text: what a list said is never trusted. */
function quoted(value: string | number): string {
  const text = String(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function viewOf(cohort: Cohort): CohortView {
  const { id, state, counts, corrects, change, billCodes, receivedBy, receivedAt } = cohort
  return {
    cohortId: id,
    programId: programOf(id),
    state,
    working: cohort.work?.task ?? null,
    unusable: cohort.unusable ?? null,
    ...counts,
    corrects: corrects ?? null,
    change: change ?? null,
    confirmedBy: cohort.confirmedBy ?? null,
    correctedBy: cohort.correctedBy ?? null,
    agent: cohort.agent ?? null,
    billCodes,
    receivedBy,
    receivedAt: formatUtc(receivedAt),
  }
}
