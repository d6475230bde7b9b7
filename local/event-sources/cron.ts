/**
 * When a schedule falls due: `rate(n unit)` and `cron(minute hour day month weekday year)` with numbers, lists, ranges and
 * steps, in a time zone without summer time. Refuses by name what it does not know.
 */
export type Schedule = {
  /** The latest due time after `after` and up to `until`, in milliseconds; undefined when there is none. */
  readonly latestDue: (after: number, until: number) => number | undefined
}

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
const UNITS: Readonly<Record<string, number>> = { minute: MINUTE, hour: 60 * MINUTE, day: DAY }

export function scheduleOf(expression: string, timeZone: string): Schedule {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression)
  if (rate) return rated(Number(rate[1]) * (UNITS[rate[2] as string] as number))
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1]?.split(/\s+/)
  if (fields?.length !== 6) throw new Error(`expected rate(…) or cron(…) with six fields, got "${expression}"`)
  const [minutes, hours, days, months, weekdays, years] = fields as [string, string, string, string, string, string]
  const clock = { minutes: numbers(minutes, 0, 59), hours: numbers(hours, 0, 23) }
  const calendar = {
    days: numbers(days, 1, 31),
    months: numbers(months, 1, 12),
    weekdays: numbers(weekdays, 1, 7),
    years: numbers(years, 1970, 2199),
  }
  const times = clock.hours.flatMap((hour) => clock.minutes.map((minute) => (hour * 60 + minute) * MINUTE))
  return {
    latestDue: (after, until) => {
      const offset = offsetOf(timeZone, until)
      for (let day = Math.floor((until + offset) / DAY) * DAY; day + DAY > after + offset; day -= DAY) {
        if (!isOn(calendar, new Date(day))) continue
        const due = times.map((time) => day + time - offset).filter((at) => at > after && at <= until)
        if (due.length > 0) return Math.max(...due)
      }
      return undefined
    },
  }
}

function rated(every: number): Schedule {
  return {
    latestDue: (after, until) => {
      const due = Math.floor(until / every) * every
      return due > after ? due : undefined
    },
  }
}

type Calendar = { readonly [field in 'days' | 'months' | 'weekdays' | 'years']: readonly number[] }

function isOn({ days, months, weekdays, years }: Calendar, date: Date): boolean {
  return (
    years.includes(date.getUTCFullYear()) &&
    months.includes(date.getUTCMonth() + 1) &&
    days.includes(date.getUTCDate()) &&
    weekdays.includes(date.getUTCDay() + 1)
  )
}

function numbers(field: string, least: number, most: number): readonly number[] {
  const all = Array.from({ length: most - least + 1 }, (_, i) => least + i)
  if (field === '*' || field === '?') return all
  return field.split(',').flatMap((part) => {
    const match = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(part)
    if (!match) throw new Error(`expected numbers, ranges or steps in a cron field, got "${field}"`)
    const from = match[1] === '*' ? least : Number(match[1])
    const to = match[2] ? Number(match[2]) : match[1] === '*' || match[3] ? most : from
    return all.filter((n) => n >= from && n <= to && (n - from) % Number(match[3] ?? 1) === 0)
  })
}

/** Finding it out is dear, and it is the same all year. */
const offsets = new Map<string, number>()

function offsetOf(timeZone: string, at: number): number {
  const offset = offsets.get(timeZone) ?? readOffset(timeZone, at)
  offsets.set(timeZone, offset)
  return offset
}

function readOffset(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at)
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(text)
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * MINUTE
}
