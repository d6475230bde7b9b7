/**
 * Working days in Indonesia and the day on which a contribution month is due.
 *
 * Promises: holidays are decreed dates with their decree, never computed. A year without a decree has weekends only,
 * and `hasHolidayData` says so. Refuses to know of hours (cut-off is the channel's) and of regional holidays.
 */
import { type Dated, inForce } from './effective-dated.ts'
import { addDays, type BusinessDate, weekdayOf } from './instant.ts'
import type { Month } from './month.ts'

export type HolidayKind = 'national' | 'joint-leave'
/** All days of one kind in one year, `MM-DD`, ascending. */
export type HolidayList = {
  readonly year: number
  readonly kind: HolidayKind
  readonly days: readonly string[]
  readonly source: string
}

/** A decree for the next year comes out around September; its two lines are added here, older lines stay. */
export const HOLIDAYS: readonly HolidayList[] = [
  {
    year: 2025,
    kind: 'national',
    days: daysOf(
      '01-01 01-27 01-29 03-29 03-31 04-01 04-18 04-20 05-01 05-12 05-29 06-01 06-06 06-27 08-17 09-05 12-25',
    ),
    source: 'SKB 1017/2024, 2/2024, 2/2024',
  },
  {
    year: 2025,
    kind: 'joint-leave',
    days: daysOf('01-28 03-28 04-02 04-03 04-04 04-07 05-13 05-30 06-09 08-18 12-26'),
    source: 'SKB 1017/2024, 2/2024, 2/2024; 18 August added by SKB 933/2025, 1/2025, 3/2025',
  },
  {
    year: 2026,
    kind: 'national',
    days: daysOf(
      '01-01 01-16 02-17 03-19 03-21 03-22 04-03 04-05 05-01 05-14 05-27 05-31 06-01 06-16 08-17 08-25 12-25',
    ),
    source: 'SKB 1497/2025, 2/2025, 5/2025',
  },
  {
    year: 2026,
    kind: 'joint-leave',
    days: daysOf('02-16 03-18 03-20 03-23 03-24 05-15 05-28 12-24'),
    source: 'SKB 1497/2025, 2/2025, 5/2025',
  },
  {
    year: 2027,
    kind: 'national',
    days: daysOf(
      '01-01 01-05 02-06 03-08 03-10 03-11 03-26 03-28 05-01 05-06 05-17 05-20 06-01 06-06 08-15 08-17 12-25 12-26',
    ),
    source: 'SKB 1205/2026, 3/2026, 2/2026; both Eids still to be confirmed by the Minister of Religious Affairs',
  },
  {
    year: 2027,
    kind: 'joint-leave',
    days: daysOf('02-05 03-09 03-12 03-15 03-25 05-18 05-19 12-24'),
    source: 'SKB 1205/2026, 3/2026, 2/2026',
  },
]

/**
 * Which kinds are days off. Joint leave is leave, not a public holiday, and the rule on due dates does not name it:
 * counting it as a day off is our choice, because banks and offices close and the member is never the worse for it.
 */
export const DAYS_OFF: Dated<readonly HolidayKind[]> = [
  {
    from: '1970-01-01',
    value: ['national', 'joint-leave'],
    source: 'our choice; the stricter reading drops joint-leave',
  },
]

/** The day of its own month on which a contribution is due. */
export const DUE_DAY: Dated<number> = [
  { from: '1970-01', value: 15, source: 'BPU: the 15th; on a holiday or weekend the next working day' },
]

const KIND_OF = new Map<string, HolidayKind>(
  HOLIDAYS.flatMap(({ year, kind, days }) => days.map((day) => [`${year}-${day}`, kind] as const)),
)

/** Whether the decrees for this year are known. False: only weekends are days off. */
export function hasHolidayData(year: number): boolean {
  return HOLIDAYS.some((list) => list.year === year)
}

/** Monday to Friday, less the days off. */
export function isWorkingDay(date: BusinessDate): boolean {
  const weekday = weekdayOf(date)
  if (weekday === 0 || weekday === 6) return false
  const kind = KIND_OF.get(date)
  return kind === undefined || !inForce('days off', DAYS_OFF, date).includes(kind)
}

/** The first working day after `date`. */
export function nextWorkingDay(date: BusinessDate): BusinessDate {
  let next = addDays(date, 1)
  while (!isWorkingDay(next)) next = addDays(next, 1)
  return next
}

/** The last day on which the month is paid in time: its 15th, or the next working day. */
export function dueDateOf(month: Month): BusinessDate {
  const due = `${month}-${String(inForce('due day', DUE_DAY, month)).padStart(2, '0')}` as BusinessDate
  return isWorkingDay(due) ? due : nextWorkingDay(due)
}

function daysOf(text: string): readonly string[] {
  return text.split(' ')
}
