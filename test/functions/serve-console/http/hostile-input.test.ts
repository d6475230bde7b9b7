/**
 * Whatever a caller with a good token puts into a path, a query or a body: each call answers as its route declares, and with no fault.
 * Bodies and queries are made from the API's own description, so a new call is tried as soon as it is described.
 */
import { beforeAll, expect, test } from 'vitest'
import { openApiOf } from '../../../../functions/serve-console/http/openapi.ts'
import type { Route } from '../../../../functions/serve-console/http/route.ts'
import type { ConsolePorts } from '../../../../functions/serve-console/ports.ts'
import { ROUTES, SUBJECTS } from '../../../../functions/serve-console/routes.ts'
import { serveChecked } from '../../../support/checked-console.ts'
import type { Schema } from '../../../support/json-schema.ts'
import { consoleOn, KPJ } from '../console.ts'
import { DAY, settledWorld } from '../settled-world.ts'

type Place = readonly (string | number)[]
type Sent = { readonly path: string; readonly query?: string; readonly body?: string }

const TEXTS = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'a\u0000b',
  'a#b',
  '%ff',
  '../x',
  '1e9',
  '0001-01-01',
  '9999-12-31',
  '2026-02-30',
  '€'.repeat(400),
  '﷽'.repeat(300),
  'x'.repeat(3_000),
  Buffer.from('a#b').toString('base64url'),
]
const VALUES = [null, true, -1, 1.5, 1e308, 9_007_199_254_740_992, [], {}, [[]], ['__proto__'], ...TEXTS]
const RAW_QUERIES = ['%', '%ff=1', '__proto__=1', 'constructor=1&constructor=2', '&&==', 'a=%ed%a0%80']
const RAW_BODIES = ['', 'null', '[]', '"x"', '{"__proto__":{}}', '{"a":1e999}', '{', '\ufeff{}', '{"reason":"\\ud800"}']

const { paths, components } = openApiOf(SUBJECTS)
const SCHEMAS = components.schemas as Readonly<Record<string, Schema>>

let ports: ConsolePorts
let good: Readonly<Record<string, string>>
let movement: string
let requests = 0

beforeAll(async () => {
  const hub = await settledWorld()
  const base = consoleOn({ now: '2026-11-26T10:00' })
  ports = { ...base.ports, ...hub.store, ...hub.consolePorts }
  const [first] = await hub.cases('indomaret', DAY)
  movement = (await hub.settlements.movementsBooked('2026-11-23' as never))[0]?.movement.id ?? ''
  good = { kpj: KPJ, channel: 'indomaret', date: DAY, month: '2026-11', bookedOn: '2026-11-23', id: first?.id ?? '' }
})

function schemaOf(schema: Schema): Schema {
  return schema.$ref ? (SCHEMAS[schema.$ref.replace('#/components/schemas/', '')] ?? {}) : schema
}

/** Something that the schema describes, as far as its types say. */
function sampleOf(described: Schema, name = ''): unknown {
  const schema = schemaOf(described)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const [choice] = schema.anyOf ?? schema.oneOf ?? []
  if (choice) return sampleOf(choice, name)
  const [type] = [schema.type ?? []].flat()
  if (type === 'array') return [sampleOf(schema.items ?? {}, name)]
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1
  if (type === 'string') return schema.format === 'date' ? DAY : (good[name] ?? 'as agreed')
  return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, each]) => [key, sampleOf(each, key)]))
}

function placesIn(value: unknown, at: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [at]
  const inner: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  return [at, ...inner.flatMap(([key, each]) => placesIn(each, [...at, key]))]
}

function withValue(value: unknown, [key, ...rest]: Place, put: unknown): unknown {
  if (key === undefined) return put
  if (Array.isArray(value)) return value.map((each, i) => (i === key ? withValue(each, rest, put) : each))
  const object = value as Readonly<Record<string, unknown>>
  return { ...object, [key]: withValue(object[key], rest, put) }
}

function callsOf(route: Route): readonly Sent[] {
  const isMovement = route.path.includes('/bank-movements/')
  const pathWith = (put: Readonly<Record<string, string>> = {}) =>
    route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      name in put
        ? (put[name] ?? '')
        : isMovement && name === 'id'
          ? encodeURIComponent(movement)
          : (good[name] ?? '1'),
    )
  const path = pathWith()
  const described = paths[route.path]?.[route.method.toLowerCase()]?.requestBody?.content['application/json']?.schema
  const sample = described && sampleOf(described as Schema)
  const body = sample === undefined ? '' : JSON.stringify(sample)
  const segments = TEXTS.filter((text) => text !== '' && !text.includes('/'))
  return [
    ...Object.keys(route.params).flatMap((name) =>
      segments.map((text) => ({ path: pathWith({ [name]: text }), body })),
    ),
    ...Object.keys(route.query?._zod.def.shape ?? {}).flatMap((name) =>
      TEXTS.map((text) => ({ path, body, query: `${name}=${encodeURIComponent(text)}` })),
    ),
    ...RAW_QUERIES.map((query) => ({ path, body, query })),
    ...(sample === undefined ? [] : [body, ...RAW_BODIES].map((raw) => ({ path, body: raw }))),
    ...placesIn(sample ?? '').flatMap((place) =>
      sample === undefined
        ? []
        : VALUES.map((value) => ({ path, body: JSON.stringify(withValue(sample, place, value)) })),
    ),
  ]
}

async function outcomeOf(route: Route, { path, query = '', body = '' }: Sent): Promise<string> {
  const request = {
    method: route.method,
    rawPath: path,
    rawQuery: query,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(body),
    claims: { sub: 'local-sari', 'cognito:groups': '[admin]' },
    sourceIp: '203.0.113.7',
    requestId: `request-${++requests}`,
  }
  return serveChecked(ports, request).then(
    ({ status }) => (status < 500 ? 'answered' : String(status)),
    (error: Error) => error.message,
  )
}

const BY_SUBJECT = SUBJECTS.map(({ name, routes }) => [name, routes] as const)

test.each(BY_SUBJECT)('%s answers all of it', { timeout: 120_000 }, async (_, routes) => {
  const faults: string[] = []
  for (const route of routes) {
    for (const sent of callsOf(route)) {
      const outcome = await outcomeOf(route, sent)
      if (outcome !== 'answered') faults.push(`${route.method} ${JSON.stringify(sent).slice(0, 300)}: ${outcome}`)
    }
  }
  expect(faults).toEqual([])
})

test('a call for each route is among them', () => {
  expect(ROUTES.filter((route) => callsOf(route).length < RAW_QUERIES.length)).toEqual([])
})
