/**
 * `POST /api/repair?channel&day`: asks functions/sweep-memberships to fold again every account that the day index names.
 * Harmless at any time: a fold that finds nothing new writes nothing. Names no account itself.
 */

import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../../shared/domain/instant.ts'
import { SWEEP } from '../../../shared/messages/sweep.ts'
import { OTHER_SOURCES } from '../../../shared/store/facts/day-index.ts'
import { recordAct } from '../http/acting.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { RepairQuery } from './schemas.ts'

/** The nightly sweep's reach, today included. */
const DAYS = 3

/** Without a channel: all of them and finance's own postings. Without a day: today and the two days before (WIB). */
export async function requestRepair(ports: ConsolePorts, call: Call<{ query: RepairQuery }>) {
  const { query, now, actor } = call
  const { channel, day } = query
  const sources = [...ports.channels, ...OTHER_SOURCES]
  if (channel !== undefined && !sources.includes(channel)) {
    return problem('INVALID_INPUT', `query parameter channel: expected one of ${sources.join(', ')}`)
  }
  if (day !== undefined && day > businessDateOf(now)) {
    return problem('INVALID_INPUT', 'query parameter day: expected today or a day before it (WIB)')
  }
  const days = day === undefined ? lastDays(now) : [day]
  const ofSources = (channel === undefined ? sources : [channel]).flatMap((source) =>
    days.map((each) => SWEEP.write({ task: 'day', source, day: each })),
  )
  const ofRecords = channel === undefined ? days.map((day) => SWEEP.write({ task: 'recorded', day })) : []
  const tasks = [...ofSources, ...ofRecords]
  const detail = { channel: channel ?? null, day: day ?? null, tasks: tasks.length }
  await recordAct(ports, call, { action: 'repaired', subject: 'repair', detail })
  await ports.requestSweep(tasks)
  ports.log.info('A repair was asked for', { count: tasks.length, actor })
  return json(202, { queued: tasks.length })
}

function lastDays(now: Instant): readonly BusinessDate[] {
  const today = businessDateOf(now)
  return Array.from({ length: DAYS }, (_, back) => addDays(today, -back))
}
