/**
 * A sponsor's list on its way in, handed over or dropped: its bytes are kept under their digest, then the cohort's record is put, and
 * everything else follows from that record (functions/enrol-cohort). Promise: the same list again is the same cohort, and changes nothing.
 * A list of a program that has one already corrects it, and waits to be confirmed.
 */
import type { AgentCode } from '../domain/agents/agent.ts'
import type { Instant } from '../domain/instant.ts'
import type { Language } from '../domain/notice-preferences.ts'
import { type Cohort, isCorrected, NO_COUNTS } from '../domain/sponsors/cohort.ts'
import type { Program } from '../domain/sponsors/program.ts'
import { type CohortId, cohortIdOf, type ProgramId, type SponsorId } from '../domain/sponsors/sponsor.ts'
import type { FileStore } from '../store/files/files.ts'
import type { SponsorStore } from '../store/sponsors/sponsors.ts'
import { type Incoming, keepRaw } from './received-file.ts'

export type MemberListPorts = {
  readonly files: FileStore
  readonly sponsors: Pick<SponsorStore, 'cohort' | 'cohortsOf' | 'putCohort' | 'program'>
  readonly now: () => Instant
}

/** `not-open`: lists may come from the day on which the program is opened until its end is announced. */
export type MemberListOutcome =
  | { readonly outcome: 'received' | 'unchanged'; readonly cohort: Cohort }
  | { readonly outcome: 'not-open' }
  | { readonly outcome: 'unknown-program' }

/** As which a list that lay in the sponsor's own folder was received. */
export function senderOf(sponsor: SponsorId): string {
  return `drop/sponsor/${sponsor}`
}

const OPEN_STATES: readonly Program['state'][] = ['enrolling', 'billed', 'paid', 'running']
const ENROLLED: ReadonlySet<Cohort['state']> = new Set(['enrolled', 'billed', 'paid'])
/** How often one list may come back after it was withdrawn. */
const COMEBACKS = 20

export async function takeInMemberList(
  ports: MemberListPorts,
  incoming: Incoming,
  to: { readonly program: ProgramId; readonly language: Language; readonly agent?: AgentCode },
): Promise<MemberListOutcome> {
  const program = await ports.sponsors.program(to.program)
  if (!program) return { outcome: 'unknown-program' }
  if (!OPEN_STATES.includes(program.state)) return { outcome: 'not-open' }
  const { sha256 } = await keepRaw(ports.files, incoming)
  const others = await ports.sponsors.cohortsOf(program.id)
  for (let back = 0; back < COMEBACKS; back++) {
    const id = idOf(program.id, sha256, back)
    const known = others.find((cohort) => cohort.id === id)
    if (known && !isOver(known, others)) return { outcome: 'unchanged', cohort: known }
    if (known) continue
    const corrects = others.findLast(isCorrectable)
    const cohort: Cohort = {
      id,
      listDigest: sha256,
      state: 'received',
      counts: NO_COUNTS,
      billCodes: [],
      version: 1,
      receivedBy: incoming.by ?? incoming.sender ?? '',
      receivedAt: ports.now(),
      work: { task: 'read' },
      language: to.language,
      ...(corrects && { corrects: corrects.id }),
      ...(to.agent !== undefined && { agent: to.agent }),
    }
    if ((await ports.sponsors.putCohort(cohort)) === 'put') return { outcome: 'received', cohort }
    const standing = await ports.sponsors.cohort(id)
    if (standing) return { outcome: 'unchanged', cohort: standing }
  }
  return { outcome: 'not-open' }
}

/**
 * Withdrawn though it could be used, or a correction that nobody can confirm any more, because another one of the same list was
 * confirmed: the same bytes are a new list then, and correct what stands now.
 */
function isOver(known: Cohort, others: readonly Cohort[]): boolean {
  if (known.state === 'withdrawn') return known.unusable === undefined
  if (known.corrects === undefined || known.confirmedBy !== undefined) return false
  return others.some((before) => before.id === known.corrects && isCorrected(before))
}

/** Its people are enrolled, or are being, and no correction of it was confirmed. */
function isCorrectable(cohort: Cohort): boolean {
  const isConfirmed = cohort.state === 'judged' && cohort.confirmedBy !== undefined
  return (ENROLLED.has(cohort.state) || isConfirmed) && !isCorrected(cohort)
}

/** Letters only: an id must hold nothing that looks like the number of a person. */
function idOf(program: ProgramId, sha256: string, back: number): CohortId {
  const letters = [...sha256.slice(0, 16)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
  return cohortIdOf(program, `${letters.join('')}${back === 0 ? '' : `-${back}`}`)
}
