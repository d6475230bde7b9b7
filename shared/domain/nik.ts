/**
 * The NIK, a person's 16-digit number: region, date of birth with the sex in it, serial.
 *
 * Promises a closed outcome with one reason, and never writes a number into an error. Refuses to know whether the
 * person exists, and whether the regency still does (nik-regency.ts warns of that). Time is a parameter: the two-digit
 * year needs a today.
 */
import { type BusinessDate, parseBusinessDate } from './instant.ts'
import { isProvince } from './region.ts'

declare const nikBrand: unique symbol

export type Nik = string & { readonly [nikBrand]: true }
export type Sex = 'female' | 'male'

/** In order of precedence: the first that applies is the reason. */
export const NIK_REFUSALS = ['not-16-digits', 'unknown-province', 'impossible-date', 'serial-zero'] as const
export type NikRefusal = (typeof NIK_REFUSALS)[number]

export type NikOutcome =
  | {
      readonly outcome: 'nik'
      readonly nik: Nik
      /** Two digits, as region.ts lists them. */
      readonly province: string
      readonly birthDate: BusinessDate
      readonly sex: Sex
    }
  | { readonly outcome: 'refused'; readonly reason: NikRefusal }

/** Women's days of birth are written 41 to 71. */
const FEMALE_OFFSET = 40

/** Reads `PPKKCC DDMMYY SSSS`, written without spaces. No province is 99, so a bill code is never a NIK. */
export function parseNik(text: string, today: BusinessDate): NikOutcome {
  if (!/^\d{16}$/.test(text)) return refused('not-16-digits')
  const province = text.slice(0, 2)
  if (!isProvince(province)) return refused('unknown-province')
  const written = Number(text.slice(6, 8))
  const sex = written > FEMALE_OFFSET ? 'female' : 'male'
  const day = sex === 'female' ? written - FEMALE_OFFSET : written
  const birthDate = birthDateOf(day, text.slice(8, 10), Number(text.slice(10, 12)), today)
  if (birthDate === undefined) return refused('impossible-date')
  if (text.endsWith('0000')) return refused('serial-zero')
  return { outcome: 'nik', nik: text as Nik, province, birthDate, sex }
}

/** `3273**********01`: where it was issued and the digits that distinguish two people; date of birth and sex are hidden. */
export function maskNik(nik: string): string {
  return nik.length === 16 ? `${nik.slice(0, 4)}${'*'.repeat(10)}${nik.slice(14)}` : '*'.repeat(nik.length)
}

/**
 * The century is the latest in which the date is not in the future, so everybody is 0 to 99 years old. The date must
 * exist in that very year: 29 February does not move a person a century back.
 */
function birthDateOf(day: number, month: string, yearOfCentury: number, today: BusinessDate): BusinessDate | undefined {
  const monthAndDay = `${month}-${String(day).padStart(2, '0')}`
  const thisYear = Number(today.slice(0, 4))
  let year = thisYear - (thisYear % 100) + yearOfCentury
  if (`${year}-${monthAndDay}` > today) year -= 100
  return parseCalendarDate(year, monthAndDay)
}

/** `parseBusinessDate` begins in 1970; the calendar repeats every 400 years, so older years are checked 400 later. */
function parseCalendarDate(year: number, monthAndDay: string): BusinessDate | undefined {
  const shifted = parseBusinessDate(`${year < 1970 ? year + 400 : year}-${monthAndDay}`)
  return shifted && (`${year}-${monthAndDay}` as BusinessDate)
}

function refused(reason: NikRefusal): NikOutcome {
  return { outcome: 'refused', reason }
}
