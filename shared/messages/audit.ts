/**
 * Queues `audit` and `decision`: what is to be proved about the ledger. Producers: the schedules (infra/constructs/ledger-auditor.ts),
 * the console, the consumer itself; and the decisions' pipe (infra/outboxes.ts), whose queue holds each message back for a quarter
 * of an hour. Consumer: functions/audit-ledger.
 */
import * as z from 'zod/mini'
import { parseBillCode } from '../domain/bill-code.ts'
import { parsePaymentKey } from '../domain/payment-key.ts'
import { AUDIT_DIFFERENCES } from '../store/statistics/ledger-audits.ts'
import { businessDate, count, moment, parsedText, positive } from './fields.ts'
import { type MessageOf, queueSchema } from './queue-schema.ts'

const kind = z.enum(AUDIT_DIFFERENCES)
const sums = z.object({
  collected: z.int(),
  allocated: z.int(),
  credit: z.int(),
  suspense: z.int(),
  reversed: z.int(),
  billed: z.int(),
})
/** Where a walk stopped; absent in a task that begins. `run` is the instant at which its audit began. */
const progress = {
  run: z.optional(moment),
  part: z.optional(count),
  from: z.optional(z.string()),
  tally: z.optional(
    z.object({
      looks: count,
      facts: count,
      sums,
      differences: z.partialRecord(kind, count),
      samples: z.readonly(z.array(z.object({ difference: kind, account: z.string(), fact: z.string() }))),
    }),
  ),
}

export const AUDIT = queueSchema(
  z.discriminatedUnion('task', [
    z.object({ task: z.enum(['nightly', 'weekly', 'chain', 'books']) }),
    z.object({ task: z.literal('day'), source: z.string(), day: businessDate, ...progress }),
    z.object({ task: z.literal('recorded'), day: businessDate, run: z.optional(moment) }),
    z.object({ task: z.enum(['accounts', 'decisions']), segment: count, segments: positive, ...progress }),
    z.object({
      task: z.literal('bill'),
      billCode: parsedText(parseBillCode),
      day: businessDate,
      run: moment,
      chunk: positive,
      /** What the members of the chunks before it have, by the key of the bill's payment. */
      shares: z.record(z.string(), z.int()),
    }),
    z.object({ task: z.literal('decision'), decision: parsedText(parsePaymentKey) }),
  ]),
)
export type AuditTask = MessageOf<typeof AUDIT>
export type DayAuditTask = Extract<AuditTask, { readonly task: 'day' }>
export type SegmentAuditTask = Extract<AuditTask, { readonly task: 'accounts' | 'decisions' }>
export type BillAuditTask = Extract<AuditTask, { readonly task: 'bill' }>
