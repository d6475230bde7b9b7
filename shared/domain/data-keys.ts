/**
 * Data keys: each WIB day has a key of its own for each purpose, with which all personal data is sealed that is kept outside the tables.
 * A key lives as long as what it sealed may be read; then it is destroyed, and all of that day is unreadable wherever it lies.
 *
 * Promise: how long that is follows from the retentions of personal-data.ts, by the line in force on the key's own day. Pure.
 */
import { addDays, type BusinessDate } from './instant.ts'
import { RETENTIONS, type RetentionName } from './personal-data.ts'

/** `evidence`: signed requests. The others are folders of the files bucket (shared/store/files/files.ts). */
export const DATA_KEY_PURPOSES = ['evidence', 'kept', 'lists', 'attachments'] as const
export type DataKeyPurpose = (typeof DATA_KEY_PURPOSES)[number]

/** A retention that is a number of days. */
type DatedRetention = {
  [Name in RetentionName]: (typeof RETENTIONS)[Name]['days'] extends number ? Name : never
}[RetentionName]

/** From which day on keys are kept for how long. A change is a new line below the others: keys of before keep what they were made with. */
export const DATA_KEY_RETENTIONS: Readonly<
  Record<DataKeyPurpose, readonly { readonly from: BusinessDate; readonly retention: DatedRetention }[]>
> = {
  evidence: [{ from: day('1970-01-01'), retention: 'ten-years' }],
  kept: [{ from: day('1970-01-01'), retention: 'ten-years' }],
  lists: [{ from: day('1970-01-01'), retention: 'ten-years' }],
  attachments: [{ from: day('1970-01-01'), retention: 'ten-years' }],
}

/** Keys are there for so many days ahead: so long may the nightly job fail before a day has none of its own. */
export const DAYS_AHEAD = 7

/** `through`: the last day on which it sealed anything; its own day, but where the next keys came late. */
export type UsedKey = { readonly day: BusinessDate; readonly through: BusinessDate }

/** Yesterday, for what came in before midnight, today, and the days ahead. */
export function daysToHave(today: BusinessDate): readonly BusinessDate[] {
  return Array.from({ length: DAYS_AHEAD + 2 }, (_, i) => addDays(today, i - 1))
}

/** Counted from the last day that it sealed, so that nothing is unreadable before its time. */
export function hasEnded(purpose: DataKeyPurpose, { day: own, through }: UsedKey, today: BusinessDate): boolean {
  return today > addDays(through, retentionDays(purpose, own))
}

/** Keys of later days cannot have ended. */
export function latestEnded(purpose: DataKeyPurpose, today: BusinessDate): BusinessDate {
  const shortest = Math.min(...DATA_KEY_RETENTIONS[purpose].map(({ retention }) => RETENTIONS[retention].days))
  return addDays(today, -shortest - 1)
}

function retentionDays(purpose: DataKeyPurpose, own: BusinessDate): number {
  const lines = DATA_KEY_RETENTIONS[purpose]
  const line = lines.findLast(({ from }) => from <= own) ?? lines[0]
  if (line === undefined) throw new RangeError(`expected a retention of data keys for ${purpose}, there is none`)
  return RETENTIONS[line.retention].days
}

function day(text: string): BusinessDate {
  return text as BusinessDate
}
