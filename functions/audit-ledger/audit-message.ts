/** The messages of the queues `audit` and `decision`, as schema: what is of another shape is parked. Producers are named in audit-ledger.ts. */
import * as z from 'zod/mini'
import { parseBillCode } from '../../shared/domain/bill-code.ts'
import { type BusinessDate, type Instant, parseBusinessDate } from '../../shared/domain/instant.ts'
import { parsePaymentKey } from '../../shared/domain/payment-key.ts'
import { parsedText } from '../../shared/messages/fields.ts'
import { AUDIT_DIFFERENCES } from '../../shared/store/statistics/ledger-audits.ts'

const day = z.custom<BusinessDate>((value) => typeof value === 'string' && parseBusinessDate(value) !== undefined)
const run = z.custom<Instant>((value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
const count = z.int().check(z.minimum(0))
const kind = z.enum(AUDIT_DIFFERENCES)
const sums = z.object({
  collected: z.int(),
  allocated: z.int(),
  credit: z.int(),
  suspense: z.int(),
  reversed: z.int(),
  billed: z.int(),
})
const tally = z.object({
  looks: count,
  facts: count,
  sums,
  differences: z.partialRecord(kind, count),
  samples: z.array(z.object({ difference: kind, account: z.string(), fact: z.string() })),
})
const progress = {
  run: z.optional(run),
  part: z.optional(count),
  from: z.optional(z.string()),
  tally: z.optional(tally),
}

export const auditMessage = z.discriminatedUnion('task', [
  z.object({ task: z.enum(['nightly', 'weekly']) }),
  z.object({ task: z.literal('day'), source: z.string(), day, ...progress }),
  z.object({ task: z.literal('recorded'), day, run: z.optional(run) }),
  z.object({
    task: z.enum(['accounts', 'decisions']),
    segment: count,
    segments: z.int().check(z.minimum(1)),
    ...progress,
  }),
  z.object({
    task: z.literal('bill'),
    billCode: parsedText(parseBillCode),
    day,
    run,
    chunk: z.int().check(z.positive()),
    shares: z.record(z.string(), z.int()),
  }),
  z.object({ task: z.literal('decision'), decision: parsedText(parsePaymentKey) }),
])
