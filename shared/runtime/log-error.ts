/**
 * What a log line may say of an error: all of our own faults, of anybody else's only the name, code and place.
 * A library's message may quote the item, header or key that it stumbled over; ours hold no personal data by rule, and
 * are scrubbed nevertheless. Knows nothing of what went wrong.
 */
import { Defect, Transient } from './faults.ts'

export type ErrorLine = {
  readonly name: string
  readonly code?: string
  readonly message?: string
  /** What AWS says of a failed call. */
  readonly httpStatus?: number
  readonly stack: readonly string[]
  readonly cause?: ErrorLine
}

const MAX_DEPTH = 3
const MAX_FRAMES = 12
const NAME = /^(?!.*\d{9})[A-Za-z_$][\w.$-]{0,63}$/
const SECRETS = /-----BEGIN[\s\S]*?(?:-----END[^-]*-----|$)|whsec_\S+|Bearer\s+\S+|eyJ[\w-]+\.[\w.-]+|[\w+=-]{40,}/g
/** Nine digits and more, however grouped: a NIK, a KPJ, a phone number. */
const NUMBERS = /\d(?:[ .-]?\d){8,}/g

/** Text without long numbers, keys and tokens. */
export function scrub(text: string): string {
  return text.replace(SECRETS, '[removed]').replace(NUMBERS, '[number]')
}

export function describeError(error: unknown, depth = 1): ErrorLine {
  if (!(error instanceof Error)) return { name: `thrown ${typeof error}`, stack: [] }
  const code = textOf(error, 'code') ?? textOf(error, 'Code')
  const httpStatus = statusOf(error)
  return {
    name: NAME.test(error.name) ? error.name : 'Error',
    ...(code === undefined ? undefined : { code }),
    ...(isOurs(error) ? { message: scrub(error.message) } : undefined),
    ...(httpStatus === undefined ? undefined : { httpStatus }),
    stack: frames(error.stack),
    ...(error.cause === undefined || depth >= MAX_DEPTH ? undefined : { cause: describeError(error.cause, depth + 1) }),
  }
}

function isOurs(error: Error): boolean {
  return error instanceof Transient || error instanceof Defect
}

/** The lines that name a place; the others repeat the message. */
function frames(stack: unknown): readonly string[] {
  if (typeof stack !== 'string') return []
  const lines = stack
    .split('\n')
    .filter((line) =>
      /^ {4}at (?=\S).*(?:\.[cm]?[jt]s|node:[\w/]+):\d+:\d+\)?$|^ {4}at .*\(?<anonymous>\)?$/.test(line),
    )
  return lines.slice(0, MAX_FRAMES).map((line) => scrub(line.trim()))
}

function textOf(error: Error, property: string): string | undefined {
  const value = (error as unknown as Record<string, unknown>)[property]
  return typeof value === 'string' && NAME.test(value) ? value : undefined
}

function statusOf(error: Error): number | undefined {
  const metadata = (error as unknown as { readonly $metadata?: { readonly httpStatusCode?: unknown } }).$metadata
  return typeof metadata?.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined
}
