/**
 * Queue `enrolment`: look at a cohort again: something of it is to be done. Producer: the sponsors pipe (infra/outboxes.ts), for every
 * version of a cohort. Consumer: functions/enrol-cohort, whose own write of the cohort's next version brings the next message.
 */
import * as z from 'zod/mini'
import { cohortOfEntry } from '../store/sponsors/sponsors.ts'
import { queueSchema } from './queue-schema.ts'

export const ENROLMENT = queueSchema(
  z.pipe(
    z.object({ part: z.string(), entry: z.string() }),
    z.transform(({ part, entry }, context) => {
      const cohort = cohortOfEntry(part, entry)
      if (cohort !== undefined) return { cohort }
      context.issues.push({ code: 'custom', message: 'expected the key of a cohort', input: entry })
      return z.NEVER
    }),
  ),
)
