/**
 * The console API in OpenAPI 3.1, made from the routes: what `GET /api/openapi.json` serves and types of clients are made from.
 * Every named schema stands once, under `components.schemas`. `x-permission` says what an operation needs, `x-problem-codes`
 * which codes a status may carry. Refuses to add anything that no route says.
 */
import * as z from 'zod/mini'
import { reasonField } from './fields.ts'
import type { Body } from './input.ts'
import { PROBLEMS, type ProblemCode, statusOf, titleOf } from './problems.ts'
import { MASK_HEADER, MASK_WORDS, READ_REASON_LIMIT, REASON_HEADER } from './read-trace.ts'
import { DOWNLOAD_TYPE, XLSX_TYPE } from './reply.ts'
import type { CsvFile, Download, JsonOrCsv, Route, Subject } from './route.ts'
import { described, type Schema, type Shape, shape, text } from './schema.ts'

export type JsonSchema = Readonly<Record<string, unknown>>
type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description: string
  readonly schema: JsonSchema
}
type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>
type Response = {
  readonly description: string
  readonly content: Content
  readonly 'x-problem-codes'?: readonly ProblemCode[]
}
export type Operation = {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly string[]
  readonly security?: readonly never[]
  readonly 'x-permission': Route['permission']
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly required: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, Response>>
}
export type OpenApi = {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly components: {
    readonly securitySchemes: JsonSchema
    readonly schemas: Readonly<Record<string, JsonSchema>>
  }
  readonly security: readonly JsonSchema[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const PREFIX = '#/components/schemas/'
const BINARY: JsonSchema = { type: 'string', format: 'binary' }
const CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]

export const problemSchema = shape('Problem', 'A problem (RFC 9457)', () =>
  z.strictObject({
    type: text('Always about:blank; the code names the problem'),
    title: text('The same for every problem of this code'),
    status: z.int(),
    detail: text('What was expected; never what was sent'),
    code: described('Stable; programs may rely on it', z.enum(CODES)),
  }),
)

export function openApiOf(subjects: readonly Subject[]): OpenApi {
  const paths: Record<string, Record<string, Operation>> = {}
  for (const { name, routes } of subjects) {
    for (const route of routes) {
      paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, name) }
    }
  }
  // Shapes are made while the paths are written, so all of them have a name from here on.
  return {
    openapi: '3.1.0',
    info: {
      title: 'Contribution Hub console',
      version: '1',
      description: 'Memberships, bills, coverage answers and operations. Errors are problem+json with a stable `code`.',
    },
    tags: subjects.map(({ name, description }) => ({ name, description })),
    components: {
      securitySchemes: { operator: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: namedSchemas(),
    },
    security: [{ operator: [] }],
    paths,
  }
}

function operationOf(route: Route, tag: string): Operation {
  const { operationId, summary, description, permission, body } = route
  const parameters = [...pathParametersOf(route), ...queryParametersOf(route), ...headerParametersOf(route)]
  return {
    operationId,
    summary,
    ...(description === '' ? {} : { description }),
    tags: [tag],
    ...(permission === 'public' ? { security: [] } : {}),
    'x-permission': permission,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null ? {} : { requestBody: { required: body.required, content: bodyContent(body) } }),
    responses: { ...successesOf(route), ...problemsOf(route) },
  }
}

function pathParametersOf({ params }: Route): readonly Parameter[] {
  return Object.entries(params).map(([name, { schema }]) => parameterOf(name, 'path', schema, 'required'))
}

function queryParametersOf({ query }: Route): readonly Parameter[] {
  return Object.entries(query?._zod.def.shape ?? {}).map(([name, schema]) =>
    parameterOf(name, 'query', schema, schema._zod.optin === 'optional' ? 'optional' : 'required'),
  )
}

/** How a caller says why it looks, and asks for less than its role may see. */
function headerParametersOf({ trace }: Route): readonly Parameter[] {
  if (trace === null || trace.reason !== undefined) return []
  const reason = parameterOf(REASON_HEADER, 'header', reasonField(READ_REASON_LIMIT), 'optional')
  if (trace.shows === 'account') return [reason]
  const schema = described('masked: show less than the role may see', z.enum(MASK_WORDS))
  return [reason, parameterOf(MASK_HEADER, 'header', schema, 'optional')]
}

function parameterOf(
  name: string,
  place: Parameter['in'],
  schema: z.core.$ZodType,
  presence: 'required' | 'optional',
): Parameter {
  const { description = '', ...rest } = jsonSchemaOf(schema)
  return { name, in: place, required: presence === 'required', description: String(description), schema: rest }
}

function bodyContent({ mediaTypes, schema, description }: Body): Content {
  const content = { schema: schema ? referenceTo(schema) : { ...BINARY, description } }
  return Object.fromEntries(mediaTypes.map((type) => [type, content]))
}

function successesOf({ responses }: Route): Operation['responses'] {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      if (isDownload(response)) {
        return [status, { description: response.download, content: { [DOWNLOAD_TYPE]: { schema: BINARY } } }]
      }
      if (isCsvFile(response)) {
        const { csvFile: description, personal } = response
        const schema = { type: 'string', description, ...(personal !== undefined && { 'x-personal': personal }) }
        return [status, { description: 'The rows', content: { 'text/csv; charset=utf-8': { schema } } }]
      }
      const schema = shapeOf(response)()
      const type = Number(status) < 400 ? 'application/json' : 'application/problem+json'
      const content = {
        [type]: { schema: referenceTo(schema) },
        ...(isJsonOrCsv(response)
          ? { 'text/csv; charset=utf-8': { schema: { type: 'string', description: response.csv } } }
          : {}),
        ...(isJsonOrCsv(response) && response.xlsx !== undefined
          ? { [XLSX_TYPE]: { schema: { ...BINARY, description: response.xlsx } } }
          : {}),
      }
      return [status, { description: z.globalRegistry.get(schema)?.description ?? '', content }]
    }),
  )
}

function problemsOf({ problems }: Route): Operation['responses'] {
  const byStatus = Map.groupBy(problems, statusOf)
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `${code}: ${titleOf(code)}`).join('. '),
        content: { 'application/problem+json': { schema: referenceTo(problemSchema()) } },
        'x-problem-codes': codes,
      },
    ]),
  )
}

export function isDownload(response: Shape | JsonOrCsv | CsvFile | Download): response is Download {
  return 'download' in response
}

export function isCsvFile(response: Shape | JsonOrCsv | CsvFile): response is CsvFile {
  return 'csvFile' in response
}

export function isJsonOrCsv(response: Shape | JsonOrCsv): response is JsonOrCsv {
  return 'csv' in response
}

export function shapeOf(response: Shape | JsonOrCsv): Shape {
  return isJsonOrCsv(response) ? response.json : response
}

/** By its name, or, where it has none, as it is. */
function referenceTo(schema: Schema): JsonSchema {
  const id = z.globalRegistry.get(schema)?.id
  return id === undefined ? jsonSchemaOf(schema) : { $ref: `${PREFIX}${id}` }
}

function namedSchemas(): Readonly<Record<string, JsonSchema>> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { uri: (id) => `${PREFIX}${id}`, override: withoutSafeBounds })
  return Object.fromEntries(
    Object.entries(schemas)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, schema]) => [id, plain(schema)]),
  )
}

function jsonSchemaOf(schema: z.core.$ZodType): JsonSchema {
  return plain(z.toJSONSchema(schema, { override: withoutSafeBounds }))
}

function plain(schema: object): JsonSchema {
  const { $schema: _$schema, $id: _$id, id: _id, ...rest } = schema as Record<string, unknown>
  return rest
}

/** That a whole number fits a JavaScript number is nothing to tell a reader; nor is a pattern that its format says. */
function withoutSafeBounds({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern
}
