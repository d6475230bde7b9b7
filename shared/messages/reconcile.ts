/**
 * Queue `reconcile`: look at an account again. Producers: the facts pipe (infra/outboxes.ts), which names the fact that it saw,
 * functions/sweep-memberships and functions/apply-bill-payment. Consumer: functions/reconcile-membership.
 */
import * as z from 'zod/mini'
import { parseAccount } from '../domain/account.ts'
import { parsedText } from './fields.ts'
import { type MessageOf, queueSchema } from './queue-schema.ts'

/**
 * Why an account is looked at though no record of the stream asked for it: its credit may pay a month; somebody distrusts the view;
 * the same in the weekly run, which looks at every account by itself; or time has passed. What asks for most comes first: credit
 * matters to memberships only, a repair to bills.
 */
const LOOK_CAUSES = ['credit', 'repair', 'weekly', 'time'] as const
export type LookCause = (typeof LOOK_CAUSES)[number]

/** The cause that asks for most, where several messages about one account come together. */
export function causeOf<C extends LookCause>(messages: readonly { readonly cause?: C | undefined }[]): C | undefined {
  return LOOK_CAUSES.map((cause) => messages.find((each) => each.cause === cause)?.cause).find((cause) => cause)
}

export const RECONCILE = queueSchema(
  z.object({
    account: parsedText(parseAccount),
    /** The key that the pipe saw; it names the log line's correlation and decides nothing. */
    fact: z.optional(z.string()),
    cause: z.optional(z.enum(LOOK_CAUSES)),
  }),
)
export type ReconcileMessage = MessageOf<typeof RECONCILE>
