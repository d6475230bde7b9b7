/**
 * The fields of requests, as zod schemas with the sentence that a refusal says, and the bounds that they share.
 * They check and hardly change what came (a number in a query becomes a number, white space around a reason goes), so one
 * schema says both what is taken and what a use case gets.
 */
import * as z from 'zod/mini'
import {
  type BusinessDate,
  businessDateOf,
  type Instant,
  parseBusinessDate,
  parseInstant,
} from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { type Month, parseMonth } from '../../../shared/domain/month.ts'
import { holdsPersonalNumber } from '../../../shared/domain/personal-numbers.ts'
import { described } from './schema.ts'

/** Free text, cursors and names in a request: what is longer is no sentence of a person. */
export const TEXT_LIMIT = 1_000
/** What an address may have by RFC 5321. */
export const EMAIL_LIMIT = 254
/** The hub's first possible day; calendars, rules and partners' contracts begin then. */
export const FIRST_DAY = '2020-01-01'
export const FIRST_MONTH = FIRST_DAY.slice(0, 7)
/** How far ahead of today a day of settlement or of validity may lie. */
export const YEARS_AHEAD = 2
export const DAY_RANGE = `a day from ${FIRST_DAY} to ${YEARS_AHEAD} years from now`

/** The arithmetic of days and months goes a little past every date that it is given, and instants end with the year 9999. */
const LAST_DATE = '9998-12-31'
const DATE = 'expected a date such as 2026-11-20'
const MONTH = 'expected a month such as 2026-11'
const INSTANT = 'expected an instant with offset such as 2026-11-20T14:03:21+07:00'
/** An instant with a fraction of nine digits and its offset. */
const INSTANT_LIMIT = 40
const DATE_OR_INSTANT = `${DATE} or ${INSTANT.replace('expected ', '')}`

type Text<T extends string = string> = z.ZodMiniType<T, string>

/** A calendar date, any that arithmetic can bear. Whether it lies in `DAY_RANGE` is asked with a clock: `isInDayRange`. */
export function dateField(description: string): Text<BusinessDate> {
  const schema = z.string(DATE).check(z.maxLength(10, DATE), z.refine(isDate, DATE))
  z.globalRegistry.add(schema, { description, format: 'date' })
  return schema as unknown as Text<BusinessDate>
}

export function instantField(description: string): Text {
  const schema = z.string(INSTANT).check(z.maxLength(INSTANT_LIMIT, INSTANT), z.refine(isInstant, INSTANT))
  z.globalRegistry.add(schema, { description, format: 'date-time' })
  return schema
}

/** A contribution month, or with `FIRST_MONTH` a month of the books. */
export function monthField(description: string, least = ''): Text {
  const isMonth = (text: string) => text >= least && readMonth(text) !== undefined
  return described(description, z.string(MONTH).check(z.maxLength(7, MONTH), z.refine(isMonth, MONTH)))
}

/** A WIB date or an instant: the caller may mean a whole day or a moment. */
export function dateOrInstantField(description: string): Text {
  const isEither = (text: string) => isDate(text) || isInstant(text)
  const bounded = z.maxLength(INSTANT_LIMIT, DATE_OR_INSTANT)
  return described(description, z.string(DATE_OR_INSTANT).check(bounded, z.refine(isEither, DATE_OR_INSTANT)))
}

export function textField(
  description: string,
  most = TEXT_LIMIT,
  expected = `expected a text of at most ${most} characters`,
): Text {
  return described(description, z.string(expected).check(z.maxLength(most, expected)))
}

export function kpjField(expected = 'expected a KPJ, 11 digits'): Text<Kpj> {
  const schema = z.string(expected).check(z.regex(/^\d{11}$/, expected))
  return described('Number of the membership, 11 digits', schema) as unknown as Text<Kpj>
}

/**
 * Why somebody did something. Facts and the audit chain outlive contacts: what can be recognised as the number of a person or
 * a phone, in whatever writing, stays out of them.
 */
export function reasonField(most: number) {
  const expected = `expected 1 to ${most} characters without the number of a person or a phone`
  const schema = z.string(expected).check(
    z.trim(),
    z.minLength(1, expected),
    z.maxLength(most, expected),
    z.regex(/^(?!.*\d{9})\P{C}*$/u, expected),
    z.refine((text) => !holdsPersonalNumber(text), expected),
  )
  return described('Without names and numbers of people: it is kept for 10 years', schema)
}

export function choiceField<const V extends readonly [string, ...string[]] | readonly string[]>(
  description: string,
  values: V,
) {
  return described(description, z.enum(values, `expected ${values.length === 1 ? '' : 'one of '}${values.join(', ')}`))
}

/** A whole number in a query, written plainly. */
export function numberField(description: string, least: number, most: number): z.ZodMiniType<number, string> {
  const expected = `expected a number from ${least} to ${most}`
  const digits = z.string(expected).check(z.regex(/^(0|[1-9]\d{0,8})$/, expected))
  const inRange = z.int(expected).check(z.minimum(least, expected), z.maximum(most, expected))
  return described(description, z.pipe(z.pipe(digits, z.transform(Number)), inRange))
}

export function cursorField(): Text {
  return textField('The `next` of the page before')
}

/** The instant of text that a schema above has checked. */
export function instantOf(text: string): Instant {
  const instant = parseInstant(text)
  if (instant === undefined) throw new RangeError('expected an instant that its schema has checked')
  return instant
}

/** A month, any that arithmetic can bear; undefined for what is none. */
export function readMonth(text: string): Month | undefined {
  return text < LAST_DATE.slice(0, 7) ? parseMonth(text) : undefined
}

/** Whether a day of settlement or of validity lies where the hub can have one. */
export function isInDayRange(date: BusinessDate, now: Instant): boolean {
  return date >= FIRST_DAY && !isTooFarAhead(date, now)
}

export function isTooFarAhead(date: BusinessDate, now: Instant): boolean {
  const today = businessDateOf(now)
  // The 29 February of a common year is no date, and good enough to compare with.
  return date > `${Number(today.slice(0, 4)) + YEARS_AHEAD}${today.slice(4)}`
}

function isDate(text: string): boolean {
  return text <= LAST_DATE && parseBusinessDate(text) !== undefined
}

function isInstant(text: string): boolean {
  return text.slice(0, LAST_DATE.length) <= LAST_DATE && parseInstant(text) !== undefined
}
