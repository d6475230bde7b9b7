/**
 * Queue `reconcile`: look at an account again. Producers: the facts pipe (infra/outboxes.ts), which names the fact that it saw,
 * functions/sweep-memberships and functions/apply-bill-payment. Consumer: functions/reconcile-membership.
 */
import * as z from 'zod/mini'
import { parseAccount } from '../domain/account.ts'
import { parsedText } from './fields.ts'
import { type MessageOf, queueSchema } from './queue-schema.ts'

export const RECONCILE = queueSchema(
  z.object({
    account: parsedText(parseAccount),
    /** The key that the pipe saw; it names the log line's correlation and decides nothing. */
    fact: z.optional(z.string()),
    /** `credit`: the night's run, where credit may pay a month. */
    cause: z.optional(z.enum(['repair', 'credit'])),
  }),
)
export type ReconcileMessage = MessageOf<typeof RECONCILE>
