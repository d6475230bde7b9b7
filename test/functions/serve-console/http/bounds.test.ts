/** How large a call and its answer may be: every field of every request is bounded, and no answer outgrows the gateway. */
import { describe, expect, test } from 'vitest'
import { openApiOf } from '../../../../functions/serve-console/http/openapi.ts'
import { json, rendered, withinGateway } from '../../../../functions/serve-console/http/reply.ts'
import { MOST_ROWS } from '../../../../functions/serve-console/memberships/import-memberships.ts'
import { ROW_REFUSALS } from '../../../../functions/serve-console/memberships/import-row.ts'
import { ROUTES, SUBJECTS } from '../../../../functions/serve-console/routes.ts'
import type { Schema } from '../../../support/json-schema.ts'
import { consoleOn, HEADER, KPJ, NIK, row } from '../console.ts'

const { paths, components } = openApiOf(SUBJECTS)
const SCHEMAS = components.schemas as Readonly<Record<string, Schema>>

/** What Lambda hands to the gateway. */
const LAMBDA_LIMIT_BYTES = 6 * 1024 * 1024
const LONGEST_TEXT = 1_000
/** Something may be repeated without end: `*`, `+` or `{3,}` outside a look-ahead. */
const UNBOUNDED = /(?<!\\)[*+]|\{\d+,\}/

/** Where a request may hold more than a bound says. */
function unbounded(schema: Schema, where: string): readonly string[] {
  if (schema.$ref) return unbounded(SCHEMAS[schema.$ref.replace('#/components/schemas/', '')] as Schema, where)
  if (schema.enum !== undefined || schema.const !== undefined) return []
  const types = [schema.type ?? []].flat()
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  return [
    ...choices.flatMap((each) => unbounded(each, where)),
    ...(types.includes('string') && !isBounded(schema) ? [where] : []),
    ...(types.includes('array') && schema.maxItems === undefined ? [`${where}[]`] : []),
    ...(schema.items ? unbounded(schema.items, `${where}[]`) : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => unbounded(inner, `${where}.${name}`)),
  ]
}

function isBounded({ maxLength, pattern }: Schema): boolean {
  if (maxLength !== undefined) return maxLength <= LONGEST_TEXT
  return pattern !== undefined && !UNBOUNDED.test(pattern.replaceAll(/\(\?!.*?\)/g, ''))
}

describe('a request', () => {
  test('has no field, parameter or list without a bound', () => {
    const found = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { parameters = [], requestBody }]) => {
        const body = requestBody?.content['application/json']?.schema as Schema | undefined
        return [
          ...parameters.flatMap(({ name, schema }) => unbounded(schema, `${method} ${path} ${name}`)),
          ...(body ? unbounded(body, `${method} ${path} body`) : []),
        ]
      }),
    )
    expect(found).toEqual([])
  })

  test('with an e-mail address of 360 KB is refused, for a member and for a sponsor', async () => {
    const hub = consoleOn()
    await hub.importRows(row())
    await hub.call('operator', 'POST', '/api/sponsors', { id: 'jambi', kind: 'province', name: 'Provinsi Jambi' })
    const email = `${'a'.repeat(360_000)}@example.org`
    const contacts = [{ name: 'Dinas', email, language: 'id' }]
    for (const answer of [
      await hub.call('operator', 'PUT', `/api/memberships/${KPJ}/contact-preferences`, { email }),
      await hub.call('operator', 'PUT', '/api/sponsors/jambi/contacts', { contacts }),
    ]) {
      expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
    }
  })

  test('with the number of a person in its reason is refused, in whatever writing', async () => {
    const hub = consoleOn()
    await hub.importRows(row())
    for (const number of [NIK, '3578.0112.0385.0001', '３５７８ ０１１２ ０３８５ ０００１', '0812-3456-7890']) {
      const reason = `asked for by ${number}`
      expect(
        await hub.call('admin', 'POST', `/api/memberships/${KPJ}/closure`, { reason, on: '2026-11-20' }),
      ).toMatchObject({
        status: 400,
        body: { code: 'INVALID_INPUT' },
      })
    }
    expect((await hub.call('viewer', 'GET', `/api/memberships/${KPJ}`)).body.status).not.toBe('closed')
  })
})

describe('a day long ago or far ahead', () => {
  const DATED = ROUTES.filter(({ path, query }) => /\{(date|bookedOn|month)\}/.test(path) || query !== null)
  const OPTIONS = ['date', 'day', 'from', 'to', 'on', 'asOf', 'knownAt', 'month']
  const EXTREMES = ['0001-01-01', '1970-01-01', '2099-12-31', '9998-12-31', '9999-12-31']

  test.each(EXTREMES)('%s is answered by every call that takes one, and never by a fault', async (day) => {
    const hub = consoleOn()
    await hub.importRows(row())
    const faults: string[] = []
    for (const { method, path, query } of DATED) {
      const names = OPTIONS.filter((name) => name in (query?._zod.def.shape ?? {}))
      const asked = names.map((name) => `${name}=${name === 'month' ? day.slice(0, 7) : day}`).join('&')
      const at = path
        .replace('{kpj}', KPJ)
        .replace('{month}', day.slice(0, 7))
        .replaceAll(/\{(date|bookedOn)\}/g, day)
        .replace('{channel}', 'bni')
        .replaceAll(/\{\w+\}/g, '1')
      const body = method === 'GET' ? undefined : {}
      const whole = asked === '' ? at : `${at}?${asked}`
      const outcome = await hub.call('admin', method, whole, body).then(
        ({ status }) => (status < 500 ? 'answered' : String(status)),
        (error: Error) => error.message,
      )
      if (outcome !== 'answered') faults.push(`${method} ${whole}: ${outcome}`)
    }
    expect(faults).toEqual([])
  })

  test.each(EXTREMES)('%s is no day of a settlement file, of a bill or of a closure', async (day) => {
    const hub = consoleOn()
    await hub.importRows(row())
    const bill = { kpj: KPJ, months: 1, validUntil: day }
    for (const answer of [
      await hub.call('operator', 'PUT', `/api/settlements/bni/${day}/file`, 'x', { 'content-type': 'text/plain' }),
      await hub.call('operator', 'POST', '/api/bills', bill),
      await hub.call('admin', 'POST', `/api/memberships/${KPJ}/closure`, { reason: 'moved', on: day }),
    ]) {
      expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
    }
  })
})

describe('an answer', () => {
  test('that the gateway would not take is a problem that says what to do', () => {
    const fits = rendered(json(200, { text: 'x'.repeat(6_200_000) }))
    expect(withinGateway(fits)).toBe(fits)
    const quotes = rendered(json(200, { text: Array.from({ length: 500_000 }, () => 'ab') }))
    expect(quotes.body.length).toBeLessThan(LAMBDA_LIMIT_BYTES)
    for (const reply of [rendered(json(200, { text: 'é'.repeat(3_200_000) })), quotes].map(withinGateway)) {
      const isRefused = reply.status === 409 && JSON.parse(reply.body).code === 'ANSWER_TOO_LARGE'
      expect(isRefused || Buffer.byteLength(JSON.stringify(reply)) <= LAMBDA_LIMIT_BYTES).toBe(true)
    }
    expect(JSON.parse(withinGateway(rendered(json(200, 'é'.repeat(3_200_000)))).body).code).toBe('ANSWER_TOO_LARGE')
  })

  test('about a file of bad rows always fits: larger files are refused before a row is read', async () => {
    const longest = Math.max(
      ...Object.entries(ROW_REFUSALS).map(
        ([code, reason]) => JSON.stringify(JSON.stringify({ line: MOST_ROWS, code, reason })).length,
      ),
    )
    expect(MOST_ROWS * longest).toBeLessThan(LAMBDA_LIMIT_BYTES)
    const hub = consoleOn()
    const rows = Array.from({ length: MOST_ROWS + 1 }, () => 'x')
    const over = await hub.call('operator', 'POST', '/api/memberships/import', [HEADER, ...rows].join('\n'))
    expect(over).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } })
    const just = await hub.call('operator', 'POST', '/api/memberships/import', [HEADER, ...rows.slice(1)].join('\n'))
    expect(just.body.refused).toHaveLength(MOST_ROWS)
  })
})
