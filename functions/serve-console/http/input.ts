/**
 * Reading what callers send: parameters of the path, the query, and the body as JSON, CSV or a file. A refusal names the field
 * and what was expected of it, never the value that came: values may be personal data.
 * Parameters and fields that a call does not have are refused: a misspelt filter must not be ignored.
 */
import type * as z from 'zod/mini'
import { parseStrictJson } from '../../../shared/protocols/strict-json.ts'
import type { ProblemCode } from './problems.ts'
import { type Problem, problem } from './reply.ts'
import type { Schema } from './schema.ts'

export type Read<T> =
  | { readonly outcome: 'read'; readonly value: T }
  | { readonly outcome: 'refused'; readonly problem: Problem }

/** A parameter of a path. What cannot be one is answered as `otherwise` says, such as 404 for a number of no membership. */
export type PathParameter<T = unknown> = {
  readonly schema: z.ZodMiniType<T, string>
  readonly otherwise: { readonly code: ProblemCode; readonly detail: string }
  /** It is the id of a sponsor or of something of one: people of a sponsor get their own only, and `otherwise` for others. */
  readonly namesSponsor?: true
}

export type SentBody = {
  readonly bytes: Uint8Array
  readonly contentType: string
  /** False: what came may not be what was sent (shared/runtime/http.ts). */
  readonly isExact: boolean
}

/** How a call takes its body, and what the document says of it. */
export type Body<T = unknown> = {
  readonly mediaTypes: readonly string[]
  readonly required: boolean
  /** null: bytes. */
  readonly schema: Schema | null
  readonly description: string
  /** What reading it may be refused with. */
  readonly problems: readonly ProblemCode[]
  readonly read: (sent: SentBody) => Read<T>
}

const NOTHING = Buffer.from('{}')
const BODY_PROBLEMS = ['NOT_JSON', 'INVALID_INPUT'] as const

/** JSON in which no key stands twice, whatever content type is named. */
export function jsonBody<T>(schema: z.ZodMiniType<T>): Body<T> {
  return {
    mediaTypes: ['application/json'],
    required: true,
    schema,
    description: '',
    problems: BODY_PROBLEMS,
    read: ({ bytes }) => readJson(schema, bytes),
  }
}

/** No body at all counts as `{}`. */
export function optionalJsonBody<T>(schema: z.ZodMiniType<T>): Body<T> {
  const read = ({ bytes }: SentBody) => readJson(schema, bytes.byteLength === 0 ? NOTHING : bytes)
  return { ...jsonBody(schema), required: false, read }
}

/**
 * A file, byte for byte. The gateway hands such a call's body over as bytes whatever its content type (FILE_ROUTES in
 * infra/constructs/console.ts); one that came as text and may have lost some is refused, so that no false bytes are kept.
 */
export function fileBody(mediaTypes: readonly string[], description: string): Body<Uint8Array> {
  const body = textBody(mediaTypes, description)
  return { ...body, read: (sent) => (sent.isExact ? body.read(sent) : NOT_AS_SENT) }
}

const NOT_AS_SENT: Read<never> = {
  outcome: 'refused',
  problem: problem(
    'WRONG_CONTENT_TYPE',
    'expected the bytes of the file as they are, they came as text in which some were replaced; send it as application/octet-stream',
  ),
}

/** Without a content type it is taken as one of these. */
function textBody(mediaTypes: readonly string[], description: string): Body<Uint8Array> {
  return {
    mediaTypes,
    required: true,
    schema: null,
    description,
    problems: ['WRONG_CONTENT_TYPE'],
    read: ({ bytes, contentType }) => {
      const [type = ''] = contentType.split(';')
      if (contentType === '' || mediaTypes.includes(type.trim().toLowerCase())) return { outcome: 'read', value: bytes }
      const expected = `expected ${mediaTypes.length === 1 ? '' : 'one of '}${mediaTypes.join(', ')}`
      return { outcome: 'refused', problem: problem('WRONG_CONTENT_TYPE', expected) }
    },
  }
}

/** CSV with one fixed header; the use case reads its rows (csv-layout.ts). */
export function csvBody(columns: readonly string[]): Body<Uint8Array> {
  const body = textBody(['text/csv'], `UTF-8. Header: ${columns.join(',')}`)
  return { ...body, problems: [...body.problems, 'LAYOUT_CHANGED'] }
}

export function readPath(
  parameters: Readonly<Record<string, PathParameter>>,
  segments: Readonly<Record<string, string>>,
): Read<Readonly<Record<string, unknown>>> {
  const value: Record<string, unknown> = {}
  for (const [name, { schema, otherwise }] of Object.entries(parameters)) {
    const checked = schema.safeParse(segments[name])
    if (!checked.success) return { outcome: 'refused', problem: problem(otherwise.code, otherwise.detail) }
    value[name] = checked.data
  }
  return { outcome: 'read', value }
}

/** Refuses parameters given twice, too. */
export function readQuery<T>(schema: z.ZodMiniType<T>, rawQuery: string): Read<T> {
  // A plus is a plus: offsets such as +07:00 are often sent as they are, and no parameter here holds a space.
  const query = new URLSearchParams(rawQuery.replaceAll('+', '%2B'))
  const names = [...query.keys()]
  const repeated = names.some((name, index) => names.indexOf(name) !== index)
  if (repeated) return refused('INVALID_INPUT', 'expected each query parameter once; one came twice')
  return check(schema, Object.fromEntries(query), 'query parameter')
}

function readJson<T>(schema: z.ZodMiniType<T>, bytes: Uint8Array): Read<T> {
  const parsed = parseStrictJson(bytes)
  if (parsed.outcome === 'json') return check(schema, parsed.value, 'field')
  return refused('NOT_JSON', 'expected a JSON object in UTF-8, without a byte order mark and with no key twice')
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
  return { outcome: 'refused', problem: problem(code, detail) }
}
