/**
 * "Look at this cohort again": does the next step of its work, one segment of at most 1,000 rows, and writes the cohort's next
 * version, which says what comes next. That write, through the table's stream, is the next message.
 *
 * ```
 * received --read--> segments --judge 1 … n--> judged --(a corrected list waits to be confirmed)--> enrol 1 … n --> enrolled
 * enrolled --(somebody bills it)--> bill 1 … n --> billed
 *             |<- killed anywhere: the message comes again, the step is done again, to the same end
 * ```
 * Promises: a step may be done any number of times, by two at once, and by one that comes so late that others have gone on: the version
 * lets one of them write, and the other changes nothing that the one, or a later step, has written: rows and contacts are put over
 * what was read, terms once for each list, members and bills where none are. No step sends a message, so a cohort without work
 * ends its chain by itself.
 */
import { assertNever } from '../../shared/domain/assert-never.ts'
import type { Cohort } from '../../shared/domain/sponsors/cohort.ts'
import { type CohortId, programOf, sponsorOf } from '../../shared/domain/sponsors/sponsor.ts'
import { Defect, Transient } from '../../shared/runtime/faults.ts'
import { billSegment } from './bill-segment.ts'
import { enrolSegment } from './enrol-segment.ts'
import { judgeSegment } from './judge-segment.ts'
import type { CohortPorts, CohortStep, OpenCohort } from './ports.ts'
import { readReceivedList } from './read-received-list.ts'

export type { CohortPorts } from './ports.ts'

/** `idle`: nothing was to be done. `overtaken`: somebody else did the step meanwhile. */
export type EnrolOutcome =
  | { readonly outcome: 'idle' | 'overtaken' }
  | { readonly outcome: 'stepped'; readonly from: NonNullable<Cohort['work']>['task']; readonly cohort: Cohort }

export async function enrolCohort(ports: CohortPorts, id: CohortId): Promise<EnrolOutcome> {
  const cohort = await ports.sponsors.cohort(id)
  if (!cohort?.work) return { outcome: 'idle' }
  const { task } = cohort.work
  const { work, programStep, ...step } = await stepOf(ports, await opened(ports, cohort), cohort.work)
  const { work: _done, ...rest } = cohort
  const next: Cohort = { ...rest, ...step, version: cohort.version + 1, ...(work && { work }) }
  if ((await ports.sponsors.putCohort(next, programStep)) === 'put')
    return { outcome: 'stepped', from: task, cohort: next }
  if (programStep === undefined) return { outcome: 'overtaken' }
  throw new Transient(
    'PROGRAM_CHANGED',
    'expected list and program as they were read, one was changed; it is tried again',
  )
}

function stepOf(ports: CohortPorts, open: OpenCohort, work: NonNullable<Cohort['work']>): Promise<CohortStep> {
  switch (work.task) {
    case 'read':
      return readReceivedList(ports, open)
    case 'judge':
      return judgeSegment(ports, open, work.chunk)
    case 'enrol':
      return enrolSegment(ports, open, work.chunk)
    case 'bill':
      return billSegment(ports, open, work)
    default:
      return assertNever(work)
  }
}

async function opened({ sponsors }: CohortPorts, cohort: Cohort): Promise<OpenCohort> {
  const [program, sponsor] = await Promise.all([
    sponsors.program(programOf(cohort.id)),
    sponsors.sponsor(sponsorOf(cohort.id)),
  ])
  if (program && sponsor) return { cohort, program, sponsor }
  throw new Defect(
    'COHORT_WITHOUT_PROGRAM',
    'expected a cohort to have its program and sponsor, one of them is missing',
  )
}
