/**
 * A sponsor's lists in a simulated hub: their records, rows and bytes, and queue `enrolment` with its function, wired as its handler wires
 * it. Every version of a list's record is announced, and may be lost on the way as any message of a pipe.
 */
import { enrolCohort } from '../../../functions/enrol-cohort/enrol-cohort.ts'
import { followProgram } from '../../../functions/enrol-cohort/follow-program.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import type { ParticipantHash } from '../../../shared/domain/participant.ts'
import { PROGRAM_NOTICE_RULES } from '../../../shared/domain/sponsors/program-notice.ts'
import { type CohortId, codeOf, programOf, sponsorOf } from '../../../shared/domain/sponsors/sponsor.ts'
import { ENROLMENT } from '../../../shared/messages/enrolment.ts'
import type { FileStore } from '../../../shared/store/files/files.ts'
import type { ListSegments } from '../../../shared/store/files/list-segments.ts'
import type { SponsorStore } from '../../../shared/store/sponsors/sponsors.ts'
import { memoryFiles, memoryListSegments } from '../../support/memory-files.ts'
import { memorySponsors } from '../../support/memory-sponsors.ts'
import { consumerOf } from '../consumers.ts'
import { faultyStore } from '../faulty-store.ts'
import { type FunctionEnvironment, type Invocation, portsOf } from '../ports.ts'
import type { Consumer } from '../queues.ts'

export type ListStores = {
  readonly sponsors: SponsorStore
  readonly files: FileStore
  readonly segments: ListSegments
}
export type ListSide = {
  /** For people who look, and for auditors: without a fault. */
  readonly sponsors: SponsorStore
  readonly clientsFor: (invocation: Invocation) => ListStores
  /** The message of a list's record, for whoever sends it by hand. */
  readonly messageOf: (cohort: CohortId) => string
}

type Parts = {
  readonly around: FunctionEnvironment
  readonly open: (name: 'enrolment', consumer: Consumer) => void
  readonly announce: (to: 'enrolment', body: string) => void
  readonly participantOf: (nik: string) => ParticipantHash
}

const WRITES = [
  'putSponsor',
  'putProgram',
  'putProgramNotice',
  'putCohort',
  'putConfirmed',
  'putBilling',
  'putRows',
  'put',
  'putFlagged',
  'keep',
]

export function openListSide({ around, open, announce, participantOf }: Parts): ListSide {
  const sponsors = memorySponsors()
  const plain = { files: memoryFiles(), segments: memoryListSegments() }
  // The stream: what is there is announced, whoever waits for the answer.
  const putCohort: SponsorStore['putCohort'] = async (cohort, change) => {
    const outcome = await sponsors.putCohort(cohort, change)
    if (outcome === 'put') announce('enrolment', messageOf(cohort.id))
    return outcome
  }
  const putBilling: SponsorStore['putBilling'] = async (cohort, commitment, version) => {
    const outcome = await sponsors.putBilling(cohort, commitment, version)
    if (outcome === 'put') announce('enrolment', messageOf(cohort.id))
    return outcome
  }
  const putConfirmed: SponsorStore['putConfirmed'] = async (cohort, before) => {
    const outcome = await sponsors.putConfirmed(cohort, before)
    if (outcome === 'put') for (const { id } of [cohort, before]) announce('enrolment', messageOf(id))
    return outcome
  }
  const clientsFor = (invocation: Invocation): ListStores => ({
    sponsors: faultyStore(around, invocation, 'sponsors', { ...sponsors, putCohort, putConfirmed, putBilling }, WRITES),
    files: faultyStore<FileStore>(around, invocation, 'files', plain.files, WRITES),
    segments: faultyStore(around, invocation, 'segments', plain.segments, WRITES),
  })
  const consume = consumerOf(
    { read: ENROLMENT.read, groupBy: (message) => ('program' in message ? message.program : message.cohort) },
    async (messages, invocation) => {
      const [first] = messages
      if (!first) return
      const now = () => invocation.clock() as Instant
      const ports = {
        ...portsOf(around, invocation),
        ...clientsFor(invocation),
        rules: around.rules,
        participantOf,
        now,
      }
      if ('program' in first) {
        const { steps } = await followProgram(
          { ...ports, programNotices: PROGRAM_NOTICE_RULES },
          first.program,
          first.cause,
        )
        around.trace(() => `#${invocation.id} program ${steps.join() || 'stays'}`)
        return
      }
      const done = await enrolCohort(ports, first.cohort)
      around.trace(() => `#${invocation.id} list ${done.outcome}`)
    },
  )
  open('enrolment', consume)
  return { sponsors, clientsFor, messageOf }
}

function messageOf(cohort: CohortId): string {
  const program = codeOf(programOf(cohort))
  return JSON.stringify({ part: `cohorts#${sponsorOf(cohort)}`, entry: `cohort#${program}#${codeOf(cohort)}` })
}
