/**
 * Whoever is shown somebody's data leaves a trace: every route whose answer can hold a name, NIK, phone or e-mail, or that is
 * about one membership, is found by its schemas and then called. Files leave one, too. No trace, no answer.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openApiOf } from '../../../../functions/serve-console/http/openapi.ts'
import type { Route } from '../../../../functions/serve-console/http/route.ts'
import { ROUTES, SUBJECTS } from '../../../../functions/serve-console/routes.ts'
import { type Cohort, NO_COUNTS } from '../../../../shared/domain/sponsors/cohort.ts'
import type { CohortId } from '../../../../shared/domain/sponsors/sponsor.ts'
import { Throttled } from '../../../../shared/runtime/faults.ts'
import { callerOf } from '../../../support/caller.ts'
import { consoleOn, KPJ, NIK, row } from '../console.ts'

type Schema = Readonly<Record<string, unknown>>

const OPENAPI = openApiOf(SUBJECTS)
const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method} ${path}`

/** Whether a schema, or one that it refers to, says what `is` asks for. */
function says(schema: unknown, is: (part: Schema) => boolean, seen = new Set<string>()): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  const part = schema as Schema
  if (is(part)) return true
  if (typeof part.$ref === 'string') {
    if (seen.has(part.$ref)) return false
    seen.add(part.$ref)
    return says(OPENAPI.components.schemas[part.$ref.split('/').at(-1) ?? ''], is, seen)
  }
  return Object.values(part).some((inner) => says(inner, is, seen))
}

const operationOf = (route: Route) => OPENAPI.paths[route.path]?.[route.method.toLowerCase()]
const successesOf = (route: Route) =>
  Object.entries(operationOf(route)?.responses ?? {}).flatMap(([status, each]) => (Number(status) < 400 ? [each] : []))

function showsIdentity(route: Route): boolean {
  return says(successesOf(route), (part) => part['x-personal'] !== undefined)
}

/** It asks for one membership by its number, or its answer is about one. */
function isAboutOne(route: Route): boolean {
  const { parameters = [] } = operationOf(route) ?? {}
  const isNamed = (part: Schema) => typeof part.properties === 'object' && 'kpj' in (part.properties as object)
  const top = successesOf(route).map(({ content }) => content['application/json']?.schema as Schema | undefined)
  const answers = top.map((each) => OPENAPI.components.schemas[String(each?.$ref).split('/').at(-1) ?? ''] ?? {})
  return parameters.some(({ name }) => name === 'kpj') || answers.some(isNamed)
}

/** They say to whom two people send money, or whom they erase, and show nothing of that membership; the audit chain has both people. */
const ACTS = [
  'POST /api/suspense/{id}/proposal',
  'POST /api/suspense/{id}/approval',
  'POST /api/memberships/{kpj}/erasure',
  'POST /api/memberships/{kpj}/erasure/approval',
]

const personal = ROUTES.filter((route) => showsIdentity(route) || (isAboutOne(route) && !ACTS.includes(nameOf(route))))

const APPROVE = { decision: 'approve' }
/** Nobody approves an own proposal. */
const whoCalls = (name: string) => (name.endsWith('/approval') ? 'approver-1' : 'operator-1')

/** Each is called so that it answers; `{bill}` is a bill that was issued for the membership. */
const CALLS: Readonly<Record<string, readonly [role: string, path: string, body?: object]>> = {
  'GET /api/memberships/{kpj}': ['support', `/api/memberships/${KPJ}`],
  'GET /api/memberships/{kpj}/payments': ['viewer', `/api/memberships/${KPJ}/payments`],
  'POST /api/memberships/{kpj}/closure': [
    'admin',
    `/api/memberships/${KPJ}/closure`,
    { reason: 'moved', on: '2026-11-20' },
  ],
  'POST /api/memberships/{kpj}/closure/approval': ['approver', `/api/memberships/${KPJ}/closure/approval`, APPROVE],
  'POST /api/memberships/{kpj}/reopening': ['admin', `/api/memberships/${KPJ}/reopening`, {}],
  'POST /api/memberships/{kpj}/reopening/approval': ['approver', `/api/memberships/${KPJ}/reopening/approval`, APPROVE],
  'POST /api/memberships/{kpj}/self-payment': ['operator', `/api/memberships/${KPJ}/self-payment`],
  'POST /api/participants/search': ['viewer', '/api/participants/search', { nik: NIK }],
  'GET /api/participants/{nik}': ['viewer', `/api/participants/${NIK}`],
  'POST /api/searches': ['viewer', '/api/searches', { text: KPJ }],
  'POST /api/disclosures': ['support', '/api/disclosures', { kpj: KPJ, reason: 'the member asks for a correction' }],
  'GET /api/memberships/{kpj}/erasure': ['viewer', `/api/memberships/${KPJ}/erasure`],
  'GET /api/read-traces': ['admin', `/api/read-traces?kpj=${KPJ}`],
  'GET /api/memberships/{kpj}/coverage': ['viewer', `/api/memberships/${KPJ}/coverage?on=2026-11-20`],
  'GET /api/memberships/{kpj}/months': ['viewer', `/api/memberships/${KPJ}/months`],
  'GET /api/memberships/{kpj}/coverage/answers': ['viewer', `/api/memberships/${KPJ}/coverage/answers`],
  'POST /api/memberships/{kpj}/coverage/answers': [
    'operator',
    `/api/memberships/${KPJ}/coverage/answers`,
    { on: '2026-11-20', reference: 'CASE-1' },
  ],
  'POST /api/sponsors': [
    'operator',
    '/api/sponsors',
    { id: 'batang', kind: 'regency', name: 'Batang', regionCode: '33.25' },
  ],
  'GET /api/sponsors/{sponsor}': ['support', '/api/sponsors/jambi'],
  'PUT /api/sponsors/{sponsor}/contacts': ['sponsor', '/api/sponsors/jambi/contacts', { contacts: [] }],
  'GET /api/cohorts/{cohort}/refused': ['operator', '/api/cohorts/{list}/refused'],
  'POST /api/bills': ['operator', '/api/bills', { kpj: KPJ, months: 1, validUntil: '2026-12-01' }],
  'GET /api/bills/{billCode}': ['viewer', '/api/bills/{bill}'],
  'POST /api/bills/{billCode}/replacement': [
    'operator',
    '/api/bills/{bill}/replacement',
    { months: 2, validUntil: '2026-12-01' },
  ],
  'GET /api/notices': ['viewer', `/api/notices?kpj=${KPJ}`],
  'PUT /api/memberships/{kpj}/contact-preferences': [
    'support',
    `/api/memberships/${KPJ}/contact-preferences`,
    { optedOut: true },
  ],
}

/** A sponsor's own people see its contacts in full, and may call nothing else of these. */
const SEE_IN_FULL: readonly string[] = ['support', 'admin', 'sponsor']
/** What answers with a file, to the operator who sent the list. */
const FILES: Readonly<Record<string, string>> = { 'GET /api/cohorts/{cohort}/refused': 'refused-{list}-1.csv' }

async function registered() {
  const hub = consoleOn()
  await hub.importRows(row())
  await hub.fold()
  await hub.call('operator', 'POST', '/api/sponsors', {
    id: 'jambi',
    kind: 'province',
    name: 'Jambi',
    regionCode: '15',
  })
  const bill = await hub.call('operator', 'POST', '/api/bills', { kpj: KPJ, months: 1, validUntil: '2026-12-01' })
  return { ...hub, bill: bill.body.billCode as string, list: await refusedList(hub) }
}

/** A list of a single row, which was refused as somebody's second one. */
async function refusedList(hub: ReturnType<typeof consoleOn>) {
  const id = 'jambi.2026.a1' as CohortId
  const cohort: Cohort = {
    id,
    listDigest: 'ab'.repeat(32),
    state: 'enrolled',
    counts: { ...NO_COUNTS, rows: 1, refused: 1 },
    billCodes: [],
    version: 1,
    receivedBy: 'operator-1',
    receivedAt: hub.ports.now(),
  }
  await hub.ports.sponsors.putCohort(cohort)
  const refusal = 'DUPLICATE_IN_LIST'
  const cells = [NIK, 'BUDI SANTOSO', '15.71.01.1001', '', '', '']
  await hub.segments.put(id, 1, [{ line: 2, refusal, cells }])
  const nobody = { participant: null, kpj: null, regionCode: null, sector: null, income: null }
  await hub.ports.sponsors.putRows(id, 1, [{ line: 2, ...nobody, state: 'refused', refusal, flagged: false }], null)
  return id
}

describe('a read of personal data', () => {
  let traced = 0
  let hub: Awaited<ReturnType<typeof registered>>
  beforeAll(async () => {
    hub = await registered()
  })
  afterAll(() => console.info(`reads traced ${traced} of ${personal.length} routes`))

  test('is known by what the schemas say, and no route claims more', () => {
    expect(personal.map(nameOf).sort()).toEqual(
      ROUTES.filter(({ trace }) => trace)
        .map(nameOf)
        .sort(),
    )
    expect(personal.map(nameOf).sort()).toEqual(Object.keys(CALLS).sort())
    for (const route of personal)
      expect([nameOf(route), route.trace?.shows]).toEqual([
        nameOf(route),
        showsIdentity(route) ? 'identity' : 'account',
      ])
  })

  test.each(personal.map((route) => [nameOf(route), route] as const))('%s', async (name, route) => {
    const [role, path, body] = CALLS[name] ?? ['', '']
    const before = hub.readTraces.all().length
    const headers = { 'x-reason': 'a call of the member', 'x-forwarded-for': '198.51.100.4, 203.0.113.7' }
    const answer = await hub.callAs(
      whoCalls(name),
      role,
      route.method,
      path.replace('{bill}', hub.bill).replace('{list}', hub.list),
      body,
      headers,
    )
    expect(answer.status).toBeLessThan(300)
    expect(hub.readTraces.all().slice(before)).toEqual([
      {
        actor: whoCalls(name),
        actorName: null,
        issuer: null,
        at: hub.ports.now(),
        request: expect.stringMatching(/^request-\d+$/),
        number: 0,
        call: name,
        account: name.includes('/sponsors') || name in FILES ? null : KPJ,
        shown: !showsIdentity(route) ? 'account' : SEE_IN_FULL.includes(role) || name in FILES ? 'in-full' : 'masked',
        reason: name === 'POST /api/disclosures' ? 'the member asks for a correction' : 'a call of the member',
        sourceIp: '203.0.113.7',
        forwardedFor: '198.51.100.4, 203.0.113.7',
        file: name in FILES ? { name: FILES[name]?.replace('{list}', hub.list), rows: 1 } : null,
      },
    ])
    traced++
  })

  test('of several memberships of a person leaves one each; of nobody, one that says so', async () => {
    await hub.importRows(row(), row({ kpj: '12345678902', funding: 'village' }))
    await hub.fold()
    const before = hub.readTraces.all().length
    await hub.call('viewer', 'POST', '/api/participants/search', { nik: NIK })
    await hub.call('viewer', 'POST', '/api/participants/search', { nik: '3578011203850002' })
    expect(
      hub.readTraces
        .all()
        .slice(before)
        .map(({ account, number }) => [account, number]),
    ).toEqual([
      [KPJ, 0],
      ['12345678902', 1],
      [null, 0],
    ])
  })

  test('that is refused, or finds no membership, leaves none', async () => {
    const before = hub.readTraces.all().length
    expect((await hub.call('nobody', 'GET', `/api/memberships/${KPJ}`)).status).toBe(403)
    expect((await hub.call('viewer', 'GET', '/api/memberships/00000000000')).status).toBe(404)
    expect(hub.readTraces.all()).toHaveLength(before)
  })

  test('is not answered when its trace cannot be put', async () => {
    const failing = { ...hub.readTraces, put: async () => Promise.reject(new Throttled('expected a put')) }
    const ports = { ...hub.ports, readTraces: failing }
    const route = ROUTES.find((each) => nameOf(each) === 'GET /api/memberships/{kpj}') as Route
    const caller = { ...callerOf('a', hub.ports.now()), unmasked: true }
    const request = { segments: { kpj: KPJ }, rawQuery: '', contentType: '', body: new Uint8Array(), isBodyExact: true }
    await expect(route.answer(ports, { ...request, caller })).rejects.toThrow(Throttled)
  })
})

describe('personal data in full', () => {
  test.each([
    ['viewer', {}, true],
    ['operator', { 'x-reason': 'curious' }, true],
    ['support', {}, false],
    ['admin', { 'x-reason': 'a complaint' }, false],
    ['support', { 'x-personal-data': 'masked' }, true],
    ['viewer', { 'x-personal-data': 'full' }, true],
  ] as const)('%s with %j: masked %s', async (role, headers, masked) => {
    const hub = await registered()
    const { body } = await hub.call(role, 'GET', `/api/memberships/${KPJ}`, undefined, headers)
    expect([body.masked, body.nik === NIK]).toEqual([masked, !masked])
    expect(hub.readTraces.all().at(-1)).toMatchObject({
      shown: masked ? 'masked' : 'in-full',
      reason: 'x-reason' in headers ? headers['x-reason'] : null,
    })
  })

  test.each([
    ['a reason with the number of a person', { 'x-reason': `asked by ${NIK}` }],
    ['an empty reason', { 'x-reason': ' ' }],
    ['a reason longer than a sentence', { 'x-reason': 'x'.repeat(141) }],
    ['an unknown wish', { 'x-personal-data': 'everything' }],
  ])('is not shown for %s', async (_, headers) => {
    const hub = await registered()
    const before = hub.readTraces.all().length
    const answer = await hub.call('support', 'GET', `/api/memberships/${KPJ}`, undefined, headers)
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
    expect(hub.readTraces.all()).toHaveLength(before)
  })

  test.each([
    ['whoever sent it', 'operator', {}, true],
    ['whoever sent it and asks for less', 'operator', { 'x-personal-data': 'masked' }, false],
    ['somebody else who may act for the sponsor', 'approver', {}, false],
    ['the sponsor, whose list somebody else sent', 'sponsor', {}, false],
  ] as const)('of refused rows is in the file of %s: %s with %j: %s', async (_, role, headers, isInFull) => {
    const hub = await registered()
    if (role !== 'operator') {
      const cohort = (await hub.ports.sponsors.cohort(hub.list)) as Cohort
      await hub.ports.sponsors.putCohort({ ...cohort, receivedBy: 'operator-2', version: 2 })
    }
    for (let look = 0; look < 2; look++) {
      const file = await hub.call(role, 'GET', `/api/cohorts/${hub.list}/refused`, undefined, headers)
      expect([file.status, file.body.includes(NIK)]).toEqual([200, isInFull])
      expect(file.body).toContain('2,')
      expect(file.body).toContain('DUPLICATE_IN_LIST')
    }
    // Each file is a trace of its own, also of one that holds nobody: a day's files are counted by them.
    const traces = hub.readTraces.all().filter(({ call }) => call === 'GET /api/cohorts/{cohort}/refused')
    const shown = isInFull ? 'in-full' : 'masked'
    const trace = expect.objectContaining({ shown, reason: null, file: { name: `refused-${hub.list}-1.csv`, rows: 1 } })
    expect(traces).toEqual([trace, trace])
  })

  test('is disclosed for a reason in the body, to who may see it', async () => {
    const hub = await registered()
    const asked = { kpj: KPJ, reason: 'the member asks for a correction' }
    expect((await hub.call('support', 'POST', '/api/disclosures', asked)).body).toMatchObject({
      nik: NIK,
      name: 'BUDI SANTOSO',
      phone: '+6281234567890',
      reason: asked.reason,
    })
    expect((await hub.call('operator', 'POST', '/api/disclosures', asked)).status).toBe(403)
    expect((await hub.call('support', 'POST', '/api/disclosures', { kpj: KPJ })).status).toBe(400)
    expect((await hub.call('support', 'POST', '/api/disclosures', { ...asked, reason: NIK })).status).toBe(400)
    const unknown = await hub.call('support', 'POST', '/api/disclosures', { ...asked, kpj: '00000000000' })
    expect(unknown).toMatchObject({ status: 404, body: { code: 'UNKNOWN_MEMBERSHIP' } })
  })
})
