import { describe, expect, test } from 'vitest'
import { openApiOf } from '../../../../functions/serve-console/http/openapi.ts'
import { PERMISSIONS } from '../../../../functions/serve-console/http/permissions.ts'
import { sqsQueueAdmin } from '../../../../functions/serve-console/operations/queue-admin.ts'
import { ROUTES, SUBJECTS } from '../../../../functions/serve-console/routes.ts'
import { serveConsole } from '../../../../functions/serve-console/serve-console.ts'
import { counterOf } from '../../../support/endpoint.ts'
import { reverse } from '../../../support/facts.ts'
import type { Schema } from '../../../support/json-schema.ts'
import { type BankDay, camt053, settlementFiles } from '../../../support/settlement-files.ts'
import { partnerRow, settlementHub } from '../../../support/settlement-hub.ts'
import { consoleOn, KPJ, NIK, row } from '../console.ts'

const SETTLED = '/api/settlements/bni/2026-11-20/file'
const SETTLED_PATH = '/api/settlements/{channel}/{date}/file'
const fileOf = settlementFiles.bni as (typeof settlementFiles)[string]
const BANK_DAY: BankDay = {
  account: '0018877665501',
  statementId: 'S',
  date: '2026-11-20',
  opening: 0,
  rows: [{ reference: 'R', bookedOn: '2026-11-20', valueOn: '2026-11-20', amount: 1, remittance: 'BNI 20261119' }],
}

const OPENAPI = openApiOf(SUBJECTS)
const { paths } = OPENAPI

const SCHEMAS = OPENAPI.components.schemas as Readonly<Record<string, Schema>>
const named = (id: string) => SCHEMAS[id] as Schema

/** Where a value does not fit a schema. */
function misfits(value: unknown, schema: Schema, where = '$'): readonly string[] {
  if (schema.$ref) return misfits(value, referred(schema.$ref), where)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) {
    const tried = choices.map((each) => misfits(value, each, where))
    return tried.some((found) => found.length === 0) ? [] : tried.flat()
  }
  if (schema.const !== undefined) return value === schema.const ? [] : [`${where} is not ${schema.const}`]
  if (schema.enum) return schema.enum.includes(value as string) ? [] : [`${where} is none of ${schema.enum}`]
  const types = schema.type === undefined ? [] : [schema.type].flat()
  const type =
    value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value
  if (types.length > 0 && !types.includes(type)) return [`${where} is ${type}, not ${types}`]
  if (type === 'array')
    return (value as unknown[]).flatMap((item, i) => misfits(item, schema.items ?? {}, `${where}[${i}]`))
  if (type === 'string' && schema.pattern && !new RegExp(schema.pattern).test(value as string))
    return [`${where} does not fit its pattern`]
  return type === 'object' ? misfitsOfObject(value as Record<string, unknown>, schema, where) : []
}

function misfitsOfObject(value: Record<string, unknown>, schema: Schema, where: string): readonly string[] {
  const missing = (schema.required ?? [])
    .filter((name) => !(name in value))
    .map((name) => `${where}.${name} is missing`)
  const present = Object.entries(value).flatMap(([name, inner]) => {
    const known = schema.properties?.[name]
    if (known) return misfits(inner, known, `${where}.${name}`)
    if (typeof schema.additionalProperties === 'object')
      return misfits(inner, schema.additionalProperties, `${where}.${name}`)
    return schema.additionalProperties === false ? [`${where}.${name} is not documented`] : []
  })
  return [...missing, ...present]
}

function referred($ref: string): Schema {
  const schema = SCHEMAS[$ref.replace('#/components/schemas/', '')]
  if (!schema) throw new RangeError(`expected a schema for ${$ref}`)
  return schema
}

const TARGETS = 'region_code,workers_formal,workers_informal,target_percent,year\n35,1,2,55,2026\n35,1\n'
const NO_GRACE = { from: '1970-01', value: 0, source: 'a trial' }

describe('the OpenAPI document', () => {
  test('lists exactly the calls that are routed, and the health check', () => {
    expect(ROUTES.map(({ path }) => path)).toContain('/healthz')
    const documented = Object.entries(paths).flatMap(([path, calls]) =>
      Object.keys(calls).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const routed = ROUTES.map(({ method, path }) => `${method} ${path}`)
    expect(documented.sort()).toEqual(routed.sort())
  })

  test('asks for a token exactly where the console does', () => {
    for (const { method, path, permission } of ROUTES) {
      const operation = paths[path]?.[method.toLowerCase()]
      const isPublic = operation?.security?.length === 0
      expect([path, isPublic]).toEqual([path, permission === 'public'])
      expect([...Object.keys(PERMISSIONS), 'public']).toContain(operation?.['x-permission'])
    }
  })

  test('declares each parameter of a path, names each call once, and every reference leads somewhere', () => {
    const operations = Object.entries(paths).flatMap(([path, calls]) =>
      Object.values(calls).map((call) => ({ path, call })),
    )
    for (const { path, call } of operations) {
      const declared = (call.parameters ?? [])
        .filter((parameter) => parameter.in === 'path')
        .map(({ name }) => `{${name}}`)
      expect(declared).toEqual(path.match(/\{\w+\}/g) ?? [])
    }
    expect(new Set(operations.map(({ call }) => call.operationId)).size).toBe(operations.length)
    const references = JSON.stringify(OPENAPI).match(/#\/components\/schemas\/\w+/g) ?? []
    expect(references.length).toBeGreaterThan(0)
    for (const reference of references) expect(referred(reference)).toBeDefined()
  })

  test('is served to anybody, as JSON', async () => {
    const { body, status } = await consoleOn().call('nobody', 'GET', '/api/openapi.json')
    expect(status).toBe(200)
    expect(body).toEqual(JSON.parse(JSON.stringify(OPENAPI)))
  })
})

describe('what is answered is what is documented', () => {
  /** A hub with something of everything in it. */
  async function lively() {
    const client = { send: async () => ({ Attributes: {} }) } as unknown as Parameters<typeof sqsQueueAdmin>[0]
    const hub = consoleOn({
      queues: [sqsQueueAdmin(client, { name: 'reconcile', url: 'main', deadLetterUrl: 'dead' })],
    })
    await hub.importRows(row(), row({ kpj: '12345678902', funding: 'village' }))
    const bill = (
      await hub.call('operator', 'POST', '/api/bills', { kpj: '12345678902', months: 1, validUntil: '2026-11-30' })
    ).body
    await hub.pay('B1', '2026-11-20T10:00', ['2026-11'], { account: bill.billCode })
    const payment = await hub.pay('P1', '2026-11-20T10:01', ['2026-11'])
    await hub.pay('P2', '2026-11-20T10:02', ['2026-11', '2026-12'])
    await hub.store.facts.put(reverse(payment, '2026-11-20T12:00'))
    await hub.fold()
    await hub.ports.statistics.putTarget(2026, {
      region: '35',
      workersFormal: 5,
      workersInformal: 9,
      targetBasisPoints: 5_500,
    })
    await hub.count('2026-11-20')
    return { hub, billCode: bill.billCode as string }
  }

  const member = `/api/memberships/${KPJ}`
  const BENEFIT = { on: '2026-11-20', reference: 'JKM/2026/118' }
  const closure = { reason: 'died', on: '2026-11-20' }
  type Asked = readonly [role: string, method: string, path: string, template: string, body?: string | object]
  const calls: readonly Asked[] = [
    ['viewer', 'GET', '/api/overview', '/api/overview'],
    ['operator', 'POST', '/api/memberships/import', '/api/memberships/import', 'kpj'],
    ['viewer', 'GET', member, '/api/memberships/{kpj}'],
    ['support', 'GET', member, '/api/memberships/{kpj}'],
    ['viewer', 'GET', '/api/memberships/12345678909', '/api/memberships/{kpj}'],
    ['viewer', 'GET', `${member}/coverage?on=2026-11-20`, '/api/memberships/{kpj}/coverage'],
    ['viewer', 'GET', '/api/memberships/12345678902/coverage?on=2026-11-20', '/api/memberships/{kpj}/coverage'],
    ['viewer', 'GET', `${member}/coverage?on=2027-11-20`, '/api/memberships/{kpj}/coverage'],
    ['viewer', 'GET', `${member}/coverage`, '/api/memberships/{kpj}/coverage'],
    ['operator', 'POST', `${member}/coverage/answers`, `/api/memberships/{kpj}/coverage/answers`, BENEFIT],
    ['operator', 'POST', `${member}/coverage/answers`, `/api/memberships/{kpj}/coverage/answers`, { on: '2026-11-20' }],
    ['viewer', 'POST', `${member}/coverage/answers`, `/api/memberships/{kpj}/coverage/answers`, BENEFIT],
    ['viewer', 'GET', `${member}/coverage/answers`, `/api/memberships/{kpj}/coverage/answers`],
    ['viewer', 'GET', '/api/journal/2026-11-20', '/api/journal/{date}'],
    ['viewer', 'GET', '/api/journal/2026-11-20?format=csv', '/api/journal/{date}'],
    ['viewer', 'GET', `${member}/payments`, '/api/memberships/{kpj}/payments'],
    ['viewer', 'GET', '/api/memberships/12345678902/payments?limit=1', '/api/memberships/{kpj}/payments'],
    ['viewer', 'GET', `/api/participants/${NIK}`, '/api/participants/{nik}'],
    ['viewer', 'GET', '/api/participants/1', '/api/participants/{nik}'],
    ['admin', 'POST', `${member}/reopening`, '/api/memberships/{kpj}/reopening', { reason: 'x' }],
    ['admin', 'POST', `${member}/closure`, '/api/memberships/{kpj}/closure', closure],
    ['viewer', 'POST', `${member}/closure`, '/api/memberships/{kpj}/closure', closure],
    ['admin', 'POST', `${member}/closure/approval`, '/api/memberships/{kpj}/closure/approval', { decision: 'approve' }],
    [
      'viewer',
      'POST',
      `${member}/reopening/approval`,
      '/api/memberships/{kpj}/reopening/approval',
      { decision: 'reject' },
    ],
    ['operator', 'POST', '/api/bills', '/api/bills', { kpj: KPJ, months: 1, validUntil: '2026-11-30' }],
    ['operator', 'POST', '/api/bills', '/api/bills', { kpj: KPJ, months: 12, validUntil: '2026-11-30' }],
    ['viewer', 'GET', `/api/notices?kpj=${KPJ}`, '/api/notices'],
    ['viewer', 'GET', '/api/notices', '/api/notices'],
    [
      'support',
      'PUT',
      `${member}/contact-preferences`,
      `/api/memberships/{kpj}/contact-preferences`,
      { optedOut: true },
    ],
    ['viewer', 'GET', '/api/queues', '/api/queues'],
    ['operator', 'PUT', SETTLED, SETTLED_PATH, fileOf('2026-11-20', [])],
    ['operator', 'PUT', SETTLED, SETTLED_PATH, 'nothing that is known'],
    ['operator', 'PUT', SETTLED, SETTLED_PATH, {}],
    ['operator', 'PUT', '/api/bank-statements/b.xml', '/api/bank-statements/{name}', camt053([BANK_DAY])],
    ['operator', 'PUT', '/api/bank-statements/b.xml', '/api/bank-statements/{name}', '<a/>'],
    ['operator', 'POST', '/api/queues/reconcile/redrive', '/api/queues/{name}/redrive'],
    ['operator', 'POST', '/api/queues/none/redrive', '/api/queues/{name}/redrive'],
    ['operator', 'POST', '/api/repair', '/api/repair'],
    ['viewer', 'GET', '/api/coverage', '/api/coverage'],
    ['viewer', 'GET', '/api/coverage?date=2026-11-20&by=regency', '/api/coverage'],
    ['viewer', 'GET', '/api/coverage?date=2026-11-19', '/api/coverage'],
    ['operator', 'POST', '/api/coverage/targets', '/api/coverage/targets', 'region'],
    ['operator', 'POST', '/api/coverage/targets', '/api/coverage/targets', TARGETS],
    ['viewer', 'GET', '/api/lapses?days=180&by=channel', '/api/lapses'],
    ['viewer', 'GET', '/api/lapses?days=181', '/api/lapses'],
    ['operator', 'POST', '/api/rules/try', '/api/rules/try', { rules: { graceMonths: [NO_GRACE] } }],
    ['operator', 'POST', '/api/rules/try', '/api/rules/try', { rules: { grace: 1 } }],
    ['viewer', 'POST', '/api/rules/try', '/api/rules/try', { rules: {} }],
  ]

  test.each(calls.map((call) => [call.slice(0, 3).join(' '), call] as const))('%s', async (_, call) => {
    const [role, method, path, template, body] = call
    const { hub } = await lively()
    const answer = await hub.call(role, method, path, body)
    const documented = paths[template]?.[method.toLowerCase()]?.responses[String(answer.status)]
    const content = documented?.content[answer.headers['content-type'] ?? '']
    expect(content).toBeDefined()
    expect(misfits(answer.body, content?.schema ?? {})).toEqual([])
    if (answer.status >= 400) expect(documented?.description).toContain(answer.body.code)
  })

  test('an import with refused rows, a paid bill, a closed membership and health', async () => {
    const { hub, billCode } = await lively()
    expect(misfits((await hub.importRows(row({ kpj: 'x' }))).body, named('ImportResult'))).toEqual([])
    expect(misfits((await hub.call('viewer', 'GET', `/api/bills/${billCode}`)).body, named('Bill'))).toEqual([])
    await hub.decided(`${member}/closure`, closure)
    expect(misfits((await hub.call('viewer', 'GET', member)).body, named('Membership'))).toEqual([])
    expect(
      misfits((await hub.call('viewer', 'GET', `${member}/coverage?on=2026-11-20`)).body, named('Coverage')),
    ).toEqual([])
    const from = { sourceIp: '203.0.113.7', requestId: 'request-1' }
    const sent = { method: 'GET', rawPath: '/healthz', rawQuery: '', headers: {}, body: new Uint8Array() }
    const health = { ...sent, ...from, claims: {} }
    expect(misfits(JSON.parse((await serveConsole(hub.ports, health)).body), named('Health'))).toEqual([])
  })

  test('settlement: the matrix, statements, lines, differences in every state, and what is refused', async () => {
    const hub = await settlementHub()
    await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
    hub.setClock('2026-11-21T06:30')
    await hub.settle('indomaret', '2026-11-20', [
      partnerRow('X1', '2026-11-20T11:00'),
      partnerRow('X2', '2026-11-20T11:00'),
    ])
    await hub.settle('indomaret', '2026-11-20', [partnerRow('X1', '2026-11-20T11:00')])
    await hub.credit('C1', '2026-11-21', 100, 'INDOMARET 20261120')
    const cases = await hub.cases('indomaret', '2026-11-20')
    const [first = '', second = ''] = cases
      .filter(({ finding }) => finding.paymentId.startsWith('X'))
      .map(({ id }) => id)
    const calls: (readonly [method: string, path: string, template: string, body?: object])[] = []
    const day = '/api/settlements/indomaret/2026-11-20'
    const statement = '/api/settlements/{channel}/{date}'
    calls.push(['GET', '/api/settlements', '/api/settlements'], ['GET', '/api/settlements?from=x', '/api/settlements'])
    calls.push(['GET', day, statement], ['GET', `${day}?version=1`, statement], ['GET', `${day}?version=99`, statement])
    for (const label of ['hub-payments', 'file-total', 'missing-in-hub', 'pending', 'none']) {
      calls.push(['GET', `${day}/lines?label=${label}`, `${statement}/lines`])
    }
    const steps: readonly (readonly [string, object])[] = [
      ['proposal', { action: 'match', reason: 'x' }],
      ['approval', { decision: 'approve' }],
      ['proposal', { action: 'post', reason: 'x' }],
      ['proposal', { action: 'accept', reason: 'x' }],
      ['approval', { decision: 'approve' }],
      ['approval', { decision: 'reject' }],
    ]
    for (const [step, body] of steps) {
      calls.push(['POST', `/api/differences/${first}/${step}`, `/api/differences/{id}/${step}`, body])
    }
    calls.push([
      'POST',
      `/api/differences/${second}/proposal`,
      '/api/differences/{id}/proposal',
      { action: 'post', reason: 'x' },
    ])
    for (const id of [first, second, 'nobody', ...cases.map((each) => each.id)]) {
      calls.push(['GET', `/api/differences/${id}`, '/api/differences/{id}'])
    }
    calls.push(['GET', '/api/differences', '/api/differences'], ['GET', '/api/differences?state=x', '/api/differences'])
    const statuses = new Set<number>()
    for (const [method, path, template, body] of calls) {
      const answer = await hub.call(body && 'decision' in body ? 'approver' : 'operator', method, path, body)
      await hub.drain()
      statuses.add(answer.status)
      const documented = paths[template]?.[method.toLowerCase()]?.responses[String(answer.status)]
      const type = answer.status >= 400 ? 'application/problem+json' : 'application/json'
      expect([path, misfits(answer.body, documented?.content[type]?.schema ?? { const: 'undocumented' })]).toEqual([
        path,
        [],
      ])
      if (answer.status >= 400) expect(documented?.description).toContain(answer.body.code)
    }
    expect([...statuses].sort()).toEqual([200, 400, 404, 409])
  })

  test('the checker itself finds what is wrong', () => {
    expect(misfits({ moved: 1 }, named('Redriven'))).toEqual([])
    expect(misfits({}, named('Redriven'))).toEqual(['$.moved is missing'])
    expect(misfits({ moved: '1' }, named('Redriven'))).toEqual(['$.moved is string, not integer'])
    expect(misfits({ moved: 1, more: 1 }, named('Redriven'))).toEqual(['$.more is not documented'])
  })
})
