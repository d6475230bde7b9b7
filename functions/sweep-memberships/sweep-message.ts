/** The messages of queue `sweep`, as schema: what is of another shape is parked. Producers are named in sweep-memberships.ts. */
import * as z from 'zod/mini'
import { type BusinessDate, type Instant, parseBusinessDate } from '../../shared/domain/instant.ts'
import { SWEEP_PURPOSES } from '../../shared/store/statistics/statistics.ts'

const day = z.custom<BusinessDate>((value) => typeof value === 'string' && parseBusinessDate(value) !== undefined)
const run = z.custom<Instant>((value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
const zone = z.enum(['WIB', 'WITA', 'WIT'])
const count = z.int().check(z.minimum(0))

export const sweepMessage = z.discriminatedUnion('task', [
  z.object({ task: z.enum(['nightly', 'recent', 'weekly', 'check']) }),
  z.object({
    task: z.literal('day'),
    source: z.string(),
    day,
    part: z.optional(count),
    from: z.optional(z.string()),
  }),
  z.object({ task: z.literal('recorded'), day }),
  z.object({ task: z.literal('notices'), zone }),
  z.object({
    task: z.literal('segment'),
    purpose: z.enum(SWEEP_PURPOSES),
    zone: z.nullable(zone),
    run,
    segment: count,
    segments: z.int().check(z.minimum(1)),
    part: count,
    from: z.nullable(z.string()),
  }),
])
