/** `/__local/…`: what only a laptop has. Moving the clock, waiting until all is quiet, arming faults. */

import type { AwsProxy } from '../aws-proxy/aws-proxy.ts'
import { type Fault, type FaultInjector, injectedFaults, readFault } from '../aws-proxy/faults.ts'
import type { HubClock } from '../clock.ts'
import { readInstant } from '../clock.ts'
import { CLOCK_PATIENCE_MILLIS } from '../event-sources/quiet.ts'
import type { Schedules } from '../event-sources/schedules.ts'
import type { LocalCall, LocalReply } from './listener.ts'

export type LocalParts = {
  readonly clock: HubClock
  readonly schedules: Schedules
  readonly waitUntilQuiet: (patienceMillis?: number) => Promise<readonly string[]>
  readonly proxy: AwsProxy
  readonly faults: FaultInjector
  /** What comes from outside by the clock: it arrives before the hub's own schedules run. */
  readonly arrivals: () => Promise<void>
}

export function localCalls(parts: LocalParts): (call: LocalCall) => Promise<LocalReply> {
  let armed: readonly Fault[] = []
  return async ({ method, path, body }) => {
    if (method !== 'POST') return { status: 405, body: { message: 'expected POST' } }
    try {
      switch (path) {
        case '/__local/clock':
          return await moveClock(parts, readBody(body))
        case '/__local/settle':
          return quietReply(parts, await parts.waitUntilQuiet(), [])
        case '/__local/fault': {
          const fault = readFault(readBody(body))
          armed = fault === 'none' ? [] : [...armed, fault]
          parts.proxy.arm(armed)
          parts.faults.arm(armed)
          return { status: 200, body: { armed, struck: injectedFaults(parts.proxy.injected) } }
        }
        default:
          return { status: 404, body: { message: 'expected /__local/clock, /__local/settle or /__local/fault' } }
      }
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error
      return { status: 400, body: { message: error.message } }
    }
  }
}

/** Forward: every schedule that fell due runs once, for its latest due time. Back: nothing is due again by that. */
async function moveClock(parts: LocalParts, body: unknown): Promise<LocalReply> {
  const { now } = (body ?? {}) as { readonly now?: unknown }
  if (typeof now !== 'string') throw new TypeError('expected {"now":"<ISO instant with an offset>"}')
  const target = readInstant(now)
  const isForward = target >= parts.clock.now()
  await parts.schedules.held(async () => {
    parts.clock.set(target)
    if (isForward) await parts.arrivals()
  })
  if (!isForward) parts.schedules.forget()
  let isQuiet = true
  const ran = await parts.schedules.runDue(async () => {
    // What cannot come to rest is named in the answer, and need not be waited for after every schedule.
    if (isQuiet) isQuiet = (await parts.waitUntilQuiet(CLOCK_PATIENCE_MILLIS)).length === 0
  })
  return quietReply(parts, await parts.waitUntilQuiet(isQuiet ? CLOCK_PATIENCE_MILLIS : undefined), ran)
}

function quietReply({ clock }: LocalParts, remaining: readonly string[], ran: readonly string[]): LocalReply {
  const now = new Date(clock.now()).toISOString()
  return remaining.length === 0
    ? { status: 200, body: { now, ran } }
    : { status: 504, body: { now, ran, rest: remaining } }
}

function readBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new TypeError('expected a JSON body')
  }
}
