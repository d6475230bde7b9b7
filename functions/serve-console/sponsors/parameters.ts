/**
 * Ids of sponsors, programs and cohorts in a path, and the answers where there is none. Each names a sponsor, so people of
 * another sponsor get the same answer as for an id that nobody has (http/route.ts).
 */
import * as z from 'zod/mini'
import {
  type CohortId,
  type ProgramId,
  parseCohortId,
  parseProgramId,
  parseSponsorId,
  type SponsorId,
} from '../../../shared/domain/sponsors/sponsor.ts'
import { TEXT_LIMIT } from '../http/fields.ts'
import type { PathParameter } from '../http/input.ts'
import { problem } from '../http/reply.ts'
import { described } from '../http/schema.ts'

const SPONSOR_EXPECTED = 'expected the id of a sponsor that was created'
const PROGRAM_EXPECTED = 'expected the id of a program, such as jambi.2027'
const COHORT_EXPECTED = 'expected the id of a cohort, such as jambi.2027.a1b2c3'

/** What `otherwise` answers besides, is answered by the use case where the id is well formed and nobody's. */
export const SPONSOR_PARAMETER = parameter<SponsorId, 'UNKNOWN_SPONSOR'>('Id of a sponsor', parseSponsorId, {
  code: 'UNKNOWN_SPONSOR',
  detail: SPONSOR_EXPECTED,
})
export const PROGRAM_PARAMETER = parameter<ProgramId, 'UNKNOWN_PROGRAM'>('Id of a program', parseProgramId, {
  code: 'UNKNOWN_PROGRAM',
  detail: PROGRAM_EXPECTED,
})
export const COHORT_PARAMETER = parameter<CohortId, 'UNKNOWN_COHORT'>('Id of a cohort', parseCohortId, {
  code: 'UNKNOWN_COHORT',
  detail: COHORT_EXPECTED,
})

export function unknownSponsor() {
  return problem('UNKNOWN_SPONSOR', SPONSOR_EXPECTED)
}

export function unknownProgram() {
  return problem('UNKNOWN_PROGRAM', PROGRAM_EXPECTED)
}

export function unknownCohort() {
  return problem('UNKNOWN_COHORT', COHORT_EXPECTED)
}

type Unknown = 'UNKNOWN_SPONSOR' | 'UNKNOWN_PROGRAM' | 'UNKNOWN_COHORT'

function parameter<T extends string, C extends Unknown>(
  description: string,
  parse: (text: string) => T | undefined,
  otherwise: { readonly code: C; readonly detail: string },
) {
  const schema = described(
    description,
    z.string().check(
      z.maxLength(TEXT_LIMIT),
      z.refine((text) => parse(text) !== undefined),
    ),
  )
  return {
    schema: schema as unknown as z.ZodMiniType<T, string>,
    otherwise,
    namesSponsor: true,
  } satisfies PathParameter<T>
}
