/** `GET /api/file-arrivals`: by which hour each channel's file of a day had to come, whether it did, and when it was alarmed. */
import { addDays, type BusinessDate, businessDateOf, formatUtc } from '../../../shared/domain/instant.ts'
import { arrivalOf } from '../../../shared/domain/settlement/arrival.ts'
import { rulesOf } from '../../../shared/domain/settlement/rules.ts'
import { firstDayOf } from '../../../shared/store/settlements/first-day.ts'
import { DAY_RANGE, isInDayRange } from '../http/fields.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { FileArrivalsQuery } from './statement-schemas.ts'

const DAYS = 7
const MOST_DAYS = 31

export async function listFileArrivals(ports: ConsolePorts, { query, now }: Call<{ query: FileArrivalsQuery }>) {
  const to = query.to ?? addDays(businessDateOf(now), -1)
  const from = query.from ?? addDays(to, 1 - DAYS)
  if (!isInDayRange(from, now) || !isInDayRange(to, now)) {
    return problem('INVALID_INPUT', `query parameters from and to: expected ${DAY_RANGE}`)
  }
  if (from > to || addDays(from, MOST_DAYS) <= to) {
    return problem('INVALID_INPUT', `query parameters from and to: expected 1 to ${MOST_DAYS} days in order`)
  }
  const days: BusinessDate[] = []
  for (let date = to; date >= from; date = addDays(date, -1)) days.push(date)
  const settling = ports.settling.filter(({ profile }) => ports.channels.includes(profile.name))
  const items = await Promise.all(
    settling.map(async ({ profile }) => {
      const channel = profile.name
      const late = await ports.settlements.lateFiles(channel, from, to)
      const begunOn = await firstDayOf(ports.settlements, channel, { from, to })
      return Promise.all(
        days.map(async (date) => {
          const versions = await ports.settlements.fileVersions(channel, date)
          const day = { channel, date, begunOn }
          const { state, dueAt, lateAt, arrivedAt } = arrivalOf(day, now, versions, rulesOf(profile))
          const alarmedAt = late.find((each) => each.date === date)?.alarmedAt ?? null
          const utc = (at: typeof arrivedAt) => (at === null ? null : formatUtc(at))
          const times = { dueAt: formatUtc(dueAt), lateAt: formatUtc(lateAt) }
          return { channel, date, state, ...times, arrivedAt: utc(arrivedAt), alarmedAt: utc(alarmedAt) }
        }),
      )
    }),
  )
  const newestFirst = days.flatMap((date) => items.flat().filter((item) => item.date === date))
  return json(200, { items: newestFirst })
}
