/**
 * The auditor's own time: WIB by adding seven hours, months as whole numbers counted from the year 0.
 * Shares no line with the domain's calendar, on purpose: a mistake there must not be repeated here.
 */
const DAY = 86_400_000
const WIB = 7 * 3_600_000

/** The number of the month that holds an instant. */
export function monthAt(millis: number): number {
  const day = new Date(millis + WIB)
  return day.getUTCFullYear() * 12 + day.getUTCMonth()
}

/** `2026-11` as a number. */
export function monthNumber(text: string): number {
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1
}

export function monthText(number: number): string {
  const month = (number % 12) + 1
  return `${Math.floor(number / 12)}-${month < 10 ? '0' : ''}${month}`
}

export function monthStart(number: number): number {
  return Date.UTC(Math.floor(number / 12), number % 12, 1) - WIB
}

export function dayAt(millis: number): string {
  return new Date(millis + WIB).toISOString().slice(0, 10)
}

export function dayStart(text: string): number {
  return Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8, 10))) - WIB
}

/** The first instant after a WIB date. */
export function dayEnd(text: string): number {
  return dayStart(text) + DAY
}
