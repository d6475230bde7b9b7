/**
 * Queue `cohort`: one chunk of a bill's members, counted from 1. With a cause, the members' own accounts are looked at again
 * too. Producer: functions/reconcile-membership. Consumer: functions/apply-bill-payment.
 */
import * as z from 'zod/mini'
import { parseBillCode } from '../domain/bill-code.ts'
import { parsedText, positive } from './fields.ts'
import { type MessageOf, queueSchema } from './queue-schema.ts'

export const COHORT = queueSchema(
  z.object({
    billCode: parsedText(parseBillCode),
    chunk: positive,
    cause: z.optional(z.literal('repair')),
  }),
)
export type CohortMessage = MessageOf<typeof COHORT>
