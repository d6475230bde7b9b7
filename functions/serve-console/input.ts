/**
 * Reading what callers send: query strings and JSON bodies against a schema. A refusal names the field and what was
 * expected of it, never the value that came: values may be personal data.
 */
import * as z from 'zod/mini'
import { type BusinessDate, type Instant, parseBusinessDate, parseInstant } from '../../shared/domain/instant.ts'
import { problem, type Reply } from './reply.ts'

export type Read<T> =
  | { readonly outcome: 'read'; readonly value: T }
  | { readonly outcome: 'refused'; readonly reply: Reply }

/** The arithmetic of days and months goes a little past every date that it is given, and instants end with the year 9999. */
const LAST_DATE = '9998-12-31'

const isDate = (text: string) => text <= LAST_DATE && parseBusinessDate(text) !== undefined
const isInstant = (text: string) => text.slice(0, LAST_DATE.length) <= LAST_DATE && parseInstant(text) !== undefined

/** A field that must satisfy `read`; its text is kept, so that schemas stay input-shaped. */
export function dateField(): z.ZodMiniType<BusinessDate, BusinessDate> {
  return z.custom<BusinessDate>(
    (value) => typeof value === 'string' && isDate(value),
    'expected a date such as 2026-11-20',
  )
}

export function instantField(): z.ZodMiniType<string, string> {
  return z.custom<string>(
    (value) => typeof value === 'string' && isInstant(value),
    'expected an instant with offset such as 2026-11-20T14:03:21+07:00',
  )
}

/** A WIB date or an instant: the caller may mean a whole day or a moment. */
export function dateOrInstantField(): z.ZodMiniType<string, string> {
  return z.custom<string>(
    (value) => typeof value === 'string' && (isDate(value) || isInstant(value)),
    'expected a date such as 2026-11-20 or an instant with offset such as 2026-11-20T14:03:21+07:00',
  )
}

/** The instant of text that a schema above has checked. */
export function instantOf(text: string): Instant {
  const at = parseInstant(text)
  if (at === undefined) throw new RangeError('expected an instant that its schema has checked')
  return at
}

/** Refuses parameters given twice and parameters that the call does not have: a misspelt filter must not be ignored. */
export function readQuery<T>(schema: z.ZodMiniType<T>, query: URLSearchParams): Read<T> {
  const names = [...query.keys()]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return refused('INVALID_INPUT', 'expected each query parameter once; one came twice')
  return check(schema, Object.fromEntries(query), 'query parameter')
}

/** Demands JSON of the schema's shape. */
export function readJson<T>(schema: z.ZodMiniType<T>, body: Uint8Array): Read<T> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return refused('NOT_JSON', 'expected a JSON object in UTF-8 as the body')
  }
  return check(schema, value, 'field')
}

function check<T>(schema: z.ZodMiniType<T>, value: unknown, what: string): Read<T> {
  const checked = schema.safeParse(value)
  if (checked.success) return { outcome: 'read', value: checked.data }
  const issue = checked.error.issues[0]
  if (issue?.code === 'unrecognized_keys') {
    return refused('INVALID_INPUT', `expected only the ${what}s that this call has; another one came`)
  }
  const where = issue?.path.length ? `${what} ${issue.path.map(String).join('.')}` : 'body'
  return refused('INVALID_INPUT', `${where}: ${issue?.message ?? 'expected another value'}`)
}

function refused(code: 'INVALID_INPUT' | 'NOT_JSON', detail: string): Read<never> {
  return { outcome: 'refused', reply: problem(code, detail) }
}
