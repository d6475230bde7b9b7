/**
 * Queue `enrolment`: look at a cohort again: something of it is to be done; or at a program: it may be due to take a step. Producers: of
 * cohorts the sponsors pipe (infra/outboxes.ts), for every version of a cohort; of programs functions/reconcile-membership, for the
 * facts of a bill, and functions/sweep-memberships, `nightly`. Consumer: functions/enrol-cohort, whose own write of the cohort's next
 * version brings the next message.
 */
import * as z from 'zod/mini'
import { parseProgramId } from '../domain/sponsors/sponsor.ts'
import { cohortOfEntry } from '../store/sponsors/sponsors.ts'
import { parsedText } from './fields.ts'
import { queueSchema } from './queue-schema.ts'

const VERSION_OF_COHORT = z.pipe(
  z.object({ part: z.string(), entry: z.string() }),
  z.transform(({ part, entry }, context) => {
    const cohort = cohortOfEntry(part, entry)
    if (cohort !== undefined) return { cohort }
    context.issues.push({ code: 'custom', message: 'expected the key of a cohort', input: entry })
    return z.NEVER
  }),
)

export const ENROLMENT = queueSchema(
  z.union([
    z.object({ program: parsedText(parseProgramId), cause: z.optional(z.enum(['nightly'])) }),
    VERSION_OF_COHORT,
  ]),
)
