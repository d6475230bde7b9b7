/**
 * Queue `cohort`: one chunk of a bill's members, counted from 1. With the cause `repair` every member's own account is looked at
 * again too, with `weekly` those of the members who were short of a share. Producer: functions/reconcile-membership. Consumer: functions/apply-bill-payment.
 */
import * as z from 'zod/mini'
import { parseBillCode } from '../domain/bill-code.ts'
import { parsedText, positive } from './fields.ts'
import { type MessageOf, queueSchema } from './queue-schema.ts'

export const COHORT = queueSchema(
  z.object({
    billCode: parsedText(parseBillCode),
    chunk: positive,
    cause: z.optional(z.enum(['repair', 'weekly'])),
  }),
)
export type CohortMessage = MessageOf<typeof COHORT>
