/**
 * Every hour: which settlement files should have come and have not. Each day of a channel is alarmed once, by its own hour and the
 * tolerance, and it is told when its file came after all. Right any number of times. Hours and states: shared/domain/settlement/arrival.ts.
 */
import { addDays, type BusinessDate, businessDateOf } from '../../shared/domain/instant.ts'
import { arrivalOf, type DayOfChannel } from '../../shared/domain/settlement/arrival.ts'
import { rulesOf } from '../../shared/domain/settlement/rules.ts'
import { firstDayOf } from '../../shared/store/settlements/first-day.ts'
import type { SettlementPorts } from './ports.ts'

/** Days back that are watched: what is later still is named every morning. */
const WATCHED_DAYS = 7

/** How many were alarmed just now. */
export async function watchArrivals(ports: SettlementPorts): Promise<number> {
  const yesterday = addDays(businessDateOf(ports.now()), -1)
  let late = 0
  for (const { profile } of ports.channels) {
    const span = { from: addDays(yesterday, 1 - WATCHED_DAYS), to: yesterday }
    const begunOn = await firstDayOf(ports.settlements, profile.name, span)
    for (let date = span.from; date <= yesterday; date = addDays(date, 1)) {
      if (await watchDay(ports, { channel: profile.name, date, begunOn })) late++
    }
  }
  return late
}

/** One day, when a file of it was put. Whether it was alarmed now. */
export async function watchArrival(ports: SettlementPorts, channel: string, date: BusinessDate): Promise<boolean> {
  const begunOn = await firstDayOf(ports.settlements, channel, { from: date, to: date })
  return watchDay(ports, { channel, date, begunOn })
}

async function watchDay(ports: SettlementPorts, day: DayOfChannel): Promise<boolean> {
  const { channel, date } = day
  const profile = ports.channels.find((each) => each.profile.name === channel)?.profile
  if (!profile) return false
  const { settlements, now, log, metrics } = ports
  const versions = await settlements.fileVersions(channel, date)
  const { state, dueAt, arrivedAt } = arrivalOf(day, now(), versions, rulesOf(profile))
  if (state === 'late') {
    const entry = { channel, date, dueAt, alarmedAt: now(), arrivedAt: null }
    if ((await settlements.noteLateFile(entry)) === 'known') return false
    metrics.count('FilesLate', { channel })
    log.warn('A settlement file is late', { channel, day: date, state: versions.length > 0 ? 'held' : 'missing' })
    return true
  }
  if (state !== 'came-late' || arrivedAt === null) return false
  const [known] = await settlements.lateFiles(channel, date, date)
  if (!known || known.arrivedAt !== null) return false
  await settlements.noteArrival(known, arrivedAt)
  log.info('A settlement file that was late has come', { channel, day: date, ageMillis: arrivedAt - dueAt })
  return false
}
