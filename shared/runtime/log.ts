/**
 * The log: JSON lines by Powertools Logger, with an allow-list in front of it.
 *
 * Promises: only fields of `LOG_FIELDS`, each of its own shape, leave the process, so no line can hold a NIK, a name, a
 * phone number, a key, a token or a signature; what an unknown library says in an error is never repeated, because it may
 * quote an item. Every event has its own `Log`: nothing is appended to a shared one, so events that interleave never mix.
 * Refuses to be asked for more: a new field is a new row here, with the narrowest shape that serves.
 */
import { Logger, type LogItem } from '@aws-lambda-powertools/logger'
import { describeError, scrub } from './log-error.ts'

type Shape = 'number' | RegExp

/** A word of ours: an outcome, a channel, a code. Long runs of digits are what people's numbers look like. */
const WORD = /^(?!.*\d{9})[A-Za-z][\w.:-]{0,63}$/
/** An id that AWS or the gateway made. Longest run of digits in a UUID: 12. */
const ID = /^(?!.*\d{13})(?=.*[A-Za-z=-])[\w=+/:-]{8,64}$/
/** A hub reference, or the request's id while there is no reference yet. */
const CORRELATION = /^CH[0-9A-HJKMNP-TV-Z]{16}$|^(?!.*\d{13})(?=.*[A-Za-z=-])[\w=+/:-]{8,64}$/
const DATE = /^\d{4}-\d{2}-\d{2}$/
const MONTH = /^\d{4}-\d{2}$/

/**
 * The closed list. Where a value has another shape it is dropped and the field's name stands in `droppedFields`.
 * An account is a KPJ (11 digits) or a bill code (16 digits from 99, which no NIK begins with).
 */
export const LOG_FIELDS = {
  /** KPJ, bill code, or suspense; nowhere else may such a number stand. */
  account: /^\d{11}$|^99\d{14}$|^suspense#(?!.*\d{9})[\w.%#-]{1,80}$/,
  channel: WORD,
  operation: WORD,
  outcome: WORD,
  refusal: WORD,
  code: WORD,
  cause: WORD,
  kind: WORD,
  source: WORD,
  task: WORD,
  queue: WORD,
  state: WORD,
  stage: WORD,
  role: WORD,
  action: WORD,
  step: WORD,
  /** The id of a sponsor, of its program or of a cohort. */
  sponsor: /^(?!.*\d{9})(?!(?:.*\d){12})[a-z0-9][a-z0-9.-]{2,90}$/,
  /** The name of a field or header that was wrong, never its value. */
  field: WORD,
  /** The name under which a secret is kept, never the secret. */
  secretName: /^(?!.*\d{9})[A-Za-z][\w/.-]{0,63}$/,
  /** Of a client certificate: a company's name, cut to what is printable. Never decides anything. */
  certificateSubject: /^(?!.*\d{9})[A-Za-z][\w =,.()&'/:+-]{0,199}$/,
  /** As the API declares it, with its parameters unfilled. */
  route: /^(?!.*\d{9})[A-Z$][A-Za-z]{0,9}( \/[\w/{}+.-]{0,120})?$/,
  requestId: ID,
  messageId: ID,
  /** The operator's opaque subject. */
  actor: /^(?!.*\d{9})[A-Za-z0-9][\w:-]{0,63}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  day: DATE,
  month: MONTH,
  status: 'number',
  count: 'number',
  chunk: 'number',
  rows: 'number',
  transitions: 'number',
  notices: 'number',
  segment: 'number',
  part: 'number',
  zone: WORD,
  line: 'number',
  facts: 'number',
  /** Where the audit chain ended; its hash is hexadecimal and says nothing of anybody. */
  sequence: 'number',
  hash: /^[0-9a-f]{64}$/,
  version: 'number',
  attempts: 'number',
  accepted: 'number',
  unchanged: 'number',
  refused: 'number',
  bytes: 'number',
  amountRupiah: 'number',
  latencyMillis: 'number',
  ageMillis: 'number',
  skewMillis: 'number',
} as const satisfies Readonly<Record<string, Shape>>

type FieldName = keyof typeof LOG_FIELDS
type FieldValue<N extends FieldName> = (typeof LOG_FIELDS)[N] extends 'number' ? number : string

/** `error` may be anything that was thrown. Undefined and null fields are left out. */
export type LogFields = { readonly [N in FieldName]?: FieldValue<N> | null | undefined } & { readonly error?: unknown }

/** `message` is a fixed sentence: what varies belongs in a field. */
export type Log = {
  readonly debug: (message: string, fields?: LogFields) => void
  readonly info: (message: string, fields?: LogFields) => void
  readonly warn: (message: string, fields?: LogFields) => void
  readonly error: (message: string, fields?: LogFields) => void
  /** A log of its own for one event; the id is the hub reference as soon as there is one. */
  readonly withCorrelation: (id: string) => Log
}

export type LogOptions = {
  readonly service: string
  /** Takes one line without its line end. */
  readonly write: (line: string) => void
  /** Left out: `POWERTOOLS_LOG_LEVEL`, or Lambda's own level, or INFO. */
  readonly level?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'
}

/** Longer than any number of ours, so it may be a person's. */
const NUMBER_LIMIT = 10_000_000_000
/** Powertools' rank of DEBUG: below the level in force the fields are not even looked at. */
const DEBUG = 8

export function createLog(options: LogOptions): Log {
  return logOf(lineLogger(options), undefined)
}

/** The fields as they may be printed. Exported for those who want to know what a line will hold. */
export function allowed(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  const dropped: string[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null) continue
    if (name === 'error') out[name] = describeError(value)
    else if (fits(name, value)) out[name] = value
    // An unknown name came from outside the type check: it may itself be data.
    else dropped.push(Object.hasOwn(LOG_FIELDS, name) ? name : '(unknown)')
  }
  if (dropped.length > 0) out.droppedFields = dropped
  return out
}

function fits(name: string, value: unknown): boolean {
  if (!Object.hasOwn(LOG_FIELDS, name)) return false
  const shape: Shape = LOG_FIELDS[name as FieldName]
  if (shape === 'number') return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < NUMBER_LIMIT
  return typeof value === 'string' && shape.test(value)
}

function logOf(logger: Logger, correlationId: string | undefined): Log {
  // The id goes with each line instead of into the logger: the logger is shared by all events of the process.
  const line = (fields: LogFields | undefined) => ({
    ...(correlationId === undefined ? undefined : { correlationId }),
    ...(fields === undefined ? undefined : allowed(fields)),
  })
  return {
    debug: (message, fields) => {
      if (logger.level <= DEBUG) logger.debug(scrub(message), line(fields))
    },
    info: (message, fields) => logger.info(scrub(message), line(fields)),
    warn: (message, fields) => logger.warn(scrub(message), line(fields)),
    error: (message, fields) => logger.error(scrub(message), line(fields)),
    withCorrelation: (id) => logOf(logger, CORRELATION.test(id) ? id : undefined),
  }
}

/** Powertools prints through a console of its own, errors on stderr; ours go one way, to the sink that the handler names. */
function lineLogger(options: LogOptions): Logger {
  const { service, write, level } = options
  class LineLogger extends Logger {
    protected override printLog(_level: number, item: LogItem): void {
      item.prepareForPrint()
      write(JSON.stringify(item.getAttributes(), this.getJsonReplacer()))
    }
  }
  return new LineLogger({ serviceName: service, ...(level === undefined ? undefined : { logLevel: level }) })
}
