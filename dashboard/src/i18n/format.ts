/**
 * Money, numbers, days and instants as a reader of the language writes them: Rp8.400, 15 November 2026, 14.03 WIB. All days are
 * days of Asia/Jakarta, whatever the machine's zone; text that is no date is shown as it is.
 */
import type { Forms } from './forms.ts'
import type { Language } from './preferences.ts'

const LOCALES = { id: 'id-ID', en: 'en-GB' } as const
const ZONE = 'Asia/Jakarta'

export type Format = {
  readonly number: (value: number) => string
  readonly money: (rupiah: number) => string
  /** With a sign where it adds or takes away. */
  readonly signedMoney: (rupiah: number) => string
  /** For axes and tiles: Rp8,4 jt. */
  readonly shortMoney: (rupiah: number) => string
  readonly percent: (basisPoints: number) => string
  readonly day: (date: string) => string
  readonly shortDay: (date: string) => string
  readonly weekday: (date: string) => string
  readonly month: (month: string) => string
  readonly shortMonth: (month: string) => string
  readonly instant: (at: string) => string
  readonly time: (at: string) => string
  /** With its noun in the right form: 1 payment, 2 payments. */
  readonly counted: (value: number, forms: Forms) => string
}

export function formatOf(language: Language): Format {
  const locale = LOCALES[language]
  const numbers = new Intl.NumberFormat(locale)
  const plural = new Intl.PluralRules(locale)
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const ofDay = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    return (text: string) => {
      const at = Date.parse(text.length === 7 ? `${text}-01` : text.slice(0, 10))
      return Number.isNaN(at) ? text : formatter.format(at)
    }
  }
  const atInstant = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone: ZONE })
    return (text: string) => {
      const at = Date.parse(text)
      return Number.isNaN(at) ? text : `${formatter.format(at)} WIB`
    }
  }
  const money = (rupiah: number) => `${rupiah < 0 ? '−' : ''}Rp${numbers.format(Math.abs(rupiah))}`
  return {
    number: (value) => numbers.format(value),
    money,
    signedMoney: (rupiah) => (rupiah > 0 ? `+${money(rupiah)}` : money(rupiah)),
    shortMoney: (rupiah) => `${rupiah < 0 ? '−' : ''}Rp${compact.format(Math.abs(rupiah))}`,
    percent: (basisPoints) => percents.format(basisPoints / 10_000),
    day: ofDay({ day: 'numeric', month: 'long', year: 'numeric' }),
    shortDay: ofDay({ day: 'numeric', month: 'short' }),
    weekday: ofDay({ weekday: 'short' }),
    month: ofDay({ month: 'long', year: 'numeric' }),
    shortMonth: ofDay({ month: 'short' }),
    instant: atInstant({
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    }),
    time: atInstant({ hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }),
    counted: (value, { one, other }) =>
      `${numbers.format(value)} ${plural.select(value) === 'one' ? (one ?? other) : other}`,
  }
}

/** Today in Asia/Jakarta, moved by some days: 2026-11-21. */
export function jakartaDay(now: number, days = 0): string {
  return new Date(now + 7 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)
}

export function dayBefore(date: string, days: number): string {
  return new Date(Date.parse(date) - days * 86_400_000).toISOString().slice(0, 10)
}
