/**
 * Which settlement files are expected, and how a day stands: here, held, awaited or missing.
 *
 * Promise: pure; a day's state follows from its versions and the time alone. Due times are in rules.ts.
 */
import { startOfBusinessDay } from '../business-day.ts'
import { isWorkingDay } from '../calendar.ts'
import { type Dated, inForce } from '../effective-dated.ts'
import type { BusinessDate, Instant } from '../instant.ts'
import type { SettlementRules } from './day.ts'
import type { FileState, FileVersion } from './file-version.ts'
import { fileDueAt } from './rules.ts'

/** On which business days a channel sends a file. */
export type FileDays = 'every-day' | 'working-days'

/** Channels that are not named here follow `*`. A file comes for a day without payments too: its totals are nothing. */
export const FILE_DAYS: Readonly<Record<string, Dated<FileDays>>> = {
  '*': [
    {
      from: '2020-01-01',
      value: 'every-day',
      source: 'our assumption: tills take payments every day; a contract may say working days',
    },
  ],
}

/**
 * - `received`: an accepted file stands. `held`: files came, and none can be used.
 * - `awaited`: not due yet. `missing`: due, and nothing came. `none`: no file is expected, or the day has not begun.
 */
export type DayFileState = 'received' | 'held' | 'awaited' | 'missing' | 'none'

export function isFileExpected(channel: string, date: BusinessDate): boolean {
  const days = (FILE_DAYS[channel] ?? FILE_DAYS['*']) as Dated<FileDays>
  return inForce('days with a file', days, date) === 'every-day' || isWorkingDay(date)
}

/** A proposed file stands beside an accepted one, so the day is `received` all the same. */
export function fileStateOf(
  channel: string,
  date: BusinessDate,
  now: Instant,
  versions: readonly Pick<FileVersion, 'state'>[],
  rules: SettlementRules,
): DayFileState {
  const has = (state: FileState) => versions.some((version) => version.state === state)
  if (has('accepted')) return 'received'
  if (has('held')) return 'held'
  if (!isFileExpected(channel, date) || now < startOfBusinessDay(date, rules.cutOffHour)) return 'none'
  return now < fileDueAt(date, rules) ? 'awaited' : 'missing'
}
