/**
 * `POST /api/repair?channel&day`: asks functions/sweep-memberships to fold again every account that the day index names.
 * Harmless at any time: a fold that finds nothing new writes nothing. Knows no accounts itself.
 */

import * as z from 'zod/mini'
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { SWEEP } from '../../shared/messages/sweep.ts'
import { OTHER_SOURCES } from '../../shared/store/facts/day-index.ts'
import { dateField, readQuery } from './input.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, problem, type Reply } from './reply.ts'

/** The nightly sweep's reach, today included. */
const DAYS = 3

const QUERY = z.strictObject({ channel: z.optional(z.string()), day: z.optional(dateField()) })

/** Without a channel: all of them and finance's own postings. Without a day: today and the two days before (WIB). */
export async function requestRepair(parts: ConsoleParts, { query, now, actor }: Call): Promise<Reply> {
  const asked = readQuery(QUERY, query)
  if (asked.outcome === 'refused') return asked.reply
  const { channel, day } = asked.value
  const sources = [...parts.channels, ...OTHER_SOURCES]
  if (channel !== undefined && !sources.includes(channel)) {
    return problem('INVALID_INPUT', `query parameter channel: expected one of ${sources.join(', ')}`)
  }
  if (day !== undefined && day > businessDateOf(now)) {
    return problem('INVALID_INPUT', 'query parameter day: expected today or a day before it (WIB)')
  }
  const days = day === undefined ? lastDays(now) : [day]
  const tasks = (channel === undefined ? sources : [channel]).flatMap((source) =>
    days.map((each) => SWEEP.write({ task: 'day', source, day: each })),
  )
  await parts.requestSweep(tasks)
  parts.log.info('A repair was asked for', { count: tasks.length, actor })
  return json(202, { queued: tasks.length })
}

function lastDays(now: Instant): readonly BusinessDate[] {
  const today = businessDateOf(now)
  return Array.from({ length: DAYS }, (_, back) => addDays(today, -back))
}
