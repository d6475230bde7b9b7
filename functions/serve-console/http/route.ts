/**
 * A route is one value: method, path, permission, what it takes, what it answers, which problems it may answer, and the use
 * case behind it. Routing, the check of input, the types of both sides and the OpenAPI document follow from it.
 * Promises at compile time that a use case gets what the schemas say and answers only what is declared.
 */
import type * as z from 'zod/mini'
import type { ConsolePorts } from '../ports.ts'
import { actingAs } from './acting.ts'
import type { Caller } from './caller.ts'
import { type FileSubject, refusalOfFile } from './export-limit.ts'
import { type Body, type PathParameter, type Read, readPath, readQuery } from './input.ts'
import type { Permission } from './permissions.ts'
import type { ProblemCode } from './problems.ts'
import { leaveTraces, type TraceRule } from './read-trace.ts'
import { type CsvReply, type DownloadReply, type JsonReply, type Problem, problem, type Reply } from './reply.ts'
import type { Schema, Shape, View } from './schema.ts'

/** A call as a use case gets it: the caller, and those of `path`, `query` and `body` that it reads. */
export type Call<Input = unknown> = Caller & Readonly<Input>

/** JSON, or with `format=csv` a file of rows; where `xlsx` says so, with `format=xlsx` a workbook. */
export type JsonOrCsv<S extends Shape = Shape> = { readonly json: S; readonly csv: string; readonly xlsx?: string }
/** Rows and nothing else, as a file; the text says which. `personal`: what in it names or finds a person. */
export type CsvFile = { readonly csvFile: string; readonly personal?: string }
/** Bytes to be saved; the text says which. */
export type Download = { readonly download: string }
/** By status. */
export type Responses = Readonly<Record<number, Shape | JsonOrCsv | CsvFile | Download>>

/** What every call with a token may be refused with, and every call may end in. */
const TOKEN_PROBLEMS = ['NO_ROLE', 'NOT_ALLOWED'] as const
const COMMON_PROBLEMS = ['TOO_LARGE', 'ANSWER_TOO_LARGE', 'DEFECT', 'TRY_AGAIN'] as const

/** What came, after routing, when role and size have been checked. */
export type RoutedRequest = {
  readonly segments: Readonly<Record<string, string>>
  readonly rawQuery: string
  readonly contentType: string
  readonly body: Uint8Array
  readonly isBodyExact: boolean
  readonly caller: Caller
}

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly operationId: string
  readonly summary: string
  readonly description: string
  /** `public`: no token is asked for. */
  readonly permission: Permission | 'public'
  /** The use case itself keeps to `ownSponsor`: no parameter of the path names a sponsor. */
  readonly keepsToOwnSponsor: boolean
  readonly params: Readonly<Record<string, PathParameter>>
  readonly query: z.ZodMiniObject | null
  readonly body: Body | null
  readonly responses: Responses
  /** Whose data it shows; null: nobody's. */
  readonly trace: TraceRule | null
  /** Of whom its files are, where it answers with one; null: it never does. */
  readonly files: FileSubject | null
  /** All that it may answer, reading its input included. */
  readonly problems: readonly ProblemCode[]
  readonly answer: (ports: ConsolePorts, request: RoutedRequest) => Promise<Reply>
}

type ParameterNames<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterNames<Rest>
  : never
type Params<P extends string> = Readonly<Record<ParameterNames<P>, PathParameter>>
type PathOf<P> = { readonly [K in keyof P]: P[K] extends PathParameter<infer T> ? T : never }
type QueryOf<Q> = Q extends Schema ? Readonly<z.output<Q>> : Readonly<Record<never, never>>
type BodyOf<B> = B extends Body<infer T> ? T : undefined
type ReplyWith<S extends number, R> = R extends Download
  ? DownloadReply
  : R extends CsvFile
    ? CsvReply
    : R extends JsonOrCsv<infer J>
      ? JsonReply<S, View<J>> | CsvReply | DownloadReply
      : R extends Shape
        ? JsonReply<S, View<R>>
        : never
type ReplyOf<R extends Responses> = { [S in keyof R & number]: ReplyWith<S, R[S]> }[keyof R & number]

/** The body of whichever success it answers. */
type JsonBodyOf<R extends Responses> = Extract<ReplyOf<R>, JsonReply>['body']

type FileOf<R extends Responses> = Extract<R[keyof R & number], JsonOrCsv | CsvFile | Download>

/** A path without parameters has no `params`; a call without a query ignores what it is sent as one. */
export function route<
  const Path extends string,
  const P extends Params<Path>,
  const R extends Responses,
  const C extends ProblemCode = never,
  Q extends z.ZodMiniObject | null = null,
  B extends Body | null = null,
>(
  definition: Pick<Route, 'method' | 'operationId' | 'summary' | 'permission'> & {
    readonly path: Path
    readonly description?: string
    readonly keepsToOwnSponsor?: true
    readonly query?: Q
    readonly body?: B
    readonly responses: R
    /** Whose data the answer shows: each of them gets a trace. */
    readonly trace?: TraceRule<{ path: PathOf<P>; query: QueryOf<Q>; body: BodyOf<B> }, JsonBodyOf<R>>
    /** What the use case itself may answer; those of reading path, query and body are added. */
    readonly problems?: readonly C[]
    readonly handle: (
      ports: ConsolePorts,
      call: Call<{ path: PathOf<P>; query: QueryOf<Q>; body: BodyOf<B> }>,
    ) => Promise<ReplyOf<R> | Problem<NoInfer<C>>>
  } & ([ParameterNames<Path>] extends [never] ? { readonly params?: P } : { readonly params: P }) &
    ([FileOf<R>] extends [never]
      ? { readonly files?: never }
      : {
          /** Of people: limited by person and day, as `POST /api/exports` is. */
          readonly files: FileSubject
        }),
): Route {
  const { handle, problems = [], description = '', query = null, body = null, ...rest } = definition
  // Its input and body are what this route itself reads and answers.
  const trace = (definition.trace ?? null) as TraceRule | null
  const params: Readonly<Record<string, PathParameter>> = definition.params ?? {}
  const files = definition.files ?? null
  const keepsToOwnSponsor = definition.keepsToOwnSponsor ?? false
  return {
    ...rest,
    description,
    keepsToOwnSponsor,
    params,
    query,
    body,
    trace,
    files,
    problems: [
      ...new Set<ProblemCode>([
        ...Object.values(params).map(({ otherwise }) => otherwise.code),
        ...(query || trace ? ['INVALID_INPUT' as const] : []),
        ...(body?.problems ?? []),
        ...(files === 'people' ? ['EXPORT_LIMIT' as const] : []),
        ...problems,
        ...(definition.permission === 'public' ? [] : TOKEN_PROBLEMS),
        ...COMMON_PROBLEMS,
      ]),
    ],
    answer: async (ports, request) => {
      const foreign = keepsToOwnSponsor ? undefined : refusalOfForeign(params, request)
      if (foreign) return foreign
      const path = readPath(params, request.segments)
      if (path.outcome === 'refused') return path.problem
      const parsedQuery = query ? readQuery(query, request.rawQuery) : NOTHING
      if (parsedQuery.outcome === 'refused') return parsedQuery.problem
      const { body: bytes, contentType, isBodyExact: isExact } = request
      const sent = body ? body.read({ bytes, contentType, isExact }) : NOTHING
      if (sent.outcome === 'refused') return sent.problem
      // The readers above have checked what these types say.
      const input = { path: path.value, query: parsedQuery.value, body: sent.value } as {
        path: PathOf<P>
        query: QueryOf<Q>
        body: BodyOf<B>
      }
      const resolutions = actingAs(ports.resolutions, request.caller.person)
      const reply = await handle({ ...ports, resolutions }, { ...request.caller, ...input })
      const refused = files === 'people' && (await refusalOfFile(ports.readTraces, request.caller, reply))
      if (refused) return refused
      const call = `${definition.method} ${definition.path}`
      await leaveTraces(ports.readTraces, { call, rule: trace, input, caller: request.caller }, reply)
      return reply
    },
  }
}

/**
 * Before anything of the call is read: somebody of a sponsor learns nothing of another one, not even that it is there. A route
 * that names no sponsor and does not keep to it by itself is closed to them.
 */
function refusalOfForeign(
  params: Readonly<Record<string, PathParameter>>,
  { segments, caller }: RoutedRequest,
): Problem | undefined {
  if (caller.ownSponsor === null) return undefined
  const naming = Object.entries(params).filter(([, { namesSponsor }]) => namesSponsor)
  if (naming.length === 0) return problem('NOT_ALLOWED', 'expected a call about your own sponsor')
  const foreign = naming.find(([name]) => segments[name]?.split('.')[0] !== caller.ownSponsor)
  return foreign && problem(foreign[1].otherwise.code, foreign[1].otherwise.detail)
}

const NOTHING: Read<undefined> = { outcome: 'read', value: undefined }

/** A subject of the console: its routes, and what the document says of them together. */
export type Subject = { readonly name: string; readonly description: string; readonly routes: readonly Route[] }
