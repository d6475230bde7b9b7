/** Sponsors and programs through the console: created once, changed while drafts, and nobody's but their own people's. */
import { describe, expect, test } from 'vitest'
import { ROUTES } from '../../../../functions/serve-console/routes.ts'
import { readAuditEntry } from '../../../../shared/store/audit/item.ts'
import { serveChecked } from '../../../support/checked-console.ts'
import { consoleOn } from '../console.ts'

const JAMBI = { id: 'jambi', kind: 'province', name: 'Provinsi Jambi', regionCode: '15' }
const BATANG = { id: 'batang', kind: 'regency', name: 'Kabupaten Batang', regionCode: '33.25' }
const PLAN = {
  name: 'Pekerja rentan 2027',
  funding: 'village',
  budget: { per: 'village', amountRupiah: 10_000_000 },
  firstMonth: '2027-01',
  months: 12,
  sector: 'farming',
  programs: 'JKK+JKM',
  incomeRupiah: 1_000_000,
  priority: 'stop',
}
const CONTACT = { name: 'Siti Aminah', email: 'siti@jambi.example.id', language: 'id' }

async function withProgram() {
  const hub = consoleOn()
  await hub.call('operator', 'POST', '/api/sponsors', { ...JAMBI, contacts: [CONTACT] })
  await hub.call('operator', 'POST', '/api/sponsors', BATANG)
  await hub.call('operator', 'POST', '/api/sponsors/jambi/programs', { ...PLAN, code: '2027' })
  await hub.call('operator', 'POST', '/api/sponsors/batang/programs', { ...PLAN, code: '2027' })
  return hub
}

describe('a sponsor', () => {
  test('is created once: the same again changes nothing, another one under its id is refused', async () => {
    const hub = consoleOn()
    const first = await hub.call('operator', 'POST', '/api/sponsors', JAMBI)
    expect(first).toMatchObject({ status: 201, body: { ...JAMBI, contacts: [], programs: [] } })
    expect(await hub.call('operator', 'POST', '/api/sponsors', JAMBI)).toMatchObject({ status: 201, body: first.body })
    const other = await hub.call('operator', 'POST', '/api/sponsors', { ...JAMBI, name: 'Kota Jambi' })
    expect([other.status, other.body.code]).toEqual([409, 'ID_TAKEN'])
  })

  test('has its first contacts put behind an entry of the chain, and never others in their place by a creation', async () => {
    const hub = consoleOn()
    const entries = () =>
      hub.settlements.chain.map(readAuditEntry).map(({ action, subject, detail }) => ({ action, subject, detail }))
    await hub.call('operator', 'POST', '/api/sponsors', JAMBI)
    expect(entries()).toEqual([])
    const created = await hub.call('operator', 'POST', '/api/sponsors', { ...JAMBI, contacts: [CONTACT] })
    expect([created.status, await hub.ports.sponsorContacts.of('jambi' as never)]).toEqual([201, [CONTACT]])
    const entry = { action: 'set-contact', subject: 'sponsor#jambi', detail: { contacts: 1 } }
    expect(entries()).toEqual([entry])
    expect((await hub.call('operator', 'POST', '/api/sponsors', { ...JAMBI, contacts: [CONTACT] })).status).toBe(201)
    for (const contacts of [[{ ...CONTACT, email: 'x@elsewhere.example' }], []]) {
      const other = await hub.call('operator', 'POST', '/api/sponsors', { ...JAMBI, contacts })
      expect([other.status, other.body.code]).toEqual([409, 'ID_TAKEN'])
    }
    expect(await hub.ports.sponsorContacts.of('jambi' as never)).toEqual([CONTACT])
    expect(entries()).toEqual([entry])
  })

  test('keeps the contacts of whoever was first when two create it at once under other names', async () => {
    const hub = consoleOn()
    const create = (name: string, email: string) =>
      hub.call('operator', 'POST', '/api/sponsors', { ...JAMBI, name, contacts: [{ ...CONTACT, email }] })
    const both = await Promise.all([create('Provinsi Jambi', 'a@example.id'), create('Kota Jambi', 'b@example.id')])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    const winner = both.find(({ status }) => status === 201)?.body.name === 'Kota Jambi' ? 'b' : 'a'
    expect(await hub.ports.sponsorContacts.of('jambi' as never)).toEqual([
      { ...CONTACT, email: `${winner}@example.id` },
    ])
  })

  test('has an id drawn for it where none is given, without anything like a person’s number', async () => {
    const { body, status } = await consoleOn({ serials: [9_999_999_999_999] }).call(
      'operator',
      'POST',
      '/api/sponsors',
      {
        ...JAMBI,
        id: undefined,
      },
    )
    expect(status).toBe(201)
    expect(body.id).toMatch(/^s-[a-z0-9-]{5,}$/)
  })

  test.each([
    ['a person with a name', { kind: 'person' }],
    ['a province without one', { name: undefined }],
    ['a region that is none', { regionCode: '99' }],
    ['an id with a dot', { id: 'jambi.2027' }],
    ['an id like a NIK', { id: 'x-3578011203850001' }],
    ['a contact without an address', { contacts: [{ ...CONTACT, email: '' }] }],
  ])('is refused: %s', async (_, changed) => {
    const { status, body } = await consoleOn().call('operator', 'POST', '/api/sponsors', { ...JAMBI, ...changed })
    expect([status, body.code]).toEqual([400, 'INVALID_INPUT'])
  })

  test('shows its contacts in full to its own people and support, masked to whoever else reads', async () => {
    const hub = await withProgram()
    const contactsFor = async (role: string) => (await hub.call(role, 'GET', '/api/sponsors/jambi')).body.contacts
    expect(await contactsFor('sponsor')).toEqual([CONTACT])
    expect(await contactsFor('support')).toEqual([CONTACT])
    expect(await contactsFor('viewer')).toEqual([{ name: 'SI*** AM***', email: null, language: 'id' }])
    expect(await contactsFor('operator')).toEqual([{ name: 'SI*** AM***', email: null, language: 'id' }])
  })

  test('is listed page by page', async () => {
    const hub = await withProgram()
    const first = await hub.call('viewer', 'GET', '/api/sponsors?limit=1')
    expect([first.body.items.map(({ id }: { id: string }) => id), first.body.next]).toEqual([['batang'], 'batang'])
    const second = await hub.call('viewer', 'GET', '/api/sponsors?limit=1&after=batang')
    expect([second.body.items.map(({ id }: { id: string }) => id), second.body.next]).toEqual([['jambi'], null])
    expect((await hub.call('viewer', 'GET', '/api/sponsors?after=%2E')).status).toBe(400)
  })
})

describe('a program', () => {
  test('is drafted with the price that follows from its funding: a village pays in full, a company half', async () => {
    const hub = await withProgram()
    const village = await hub.call('viewer', 'GET', '/api/programs/jambi.2027')
    expect(village.body).toMatchObject({
      state: 'draft',
      version: 1,
      steps: ['change', 'open', 'abandon'],
      lastMonth: '2027-12',
      personRupiah: 201_600,
    })
    await hub.call('operator', 'POST', '/api/sponsors', { id: 'pt-maju', kind: 'company', name: 'PT Maju' })
    const plan = {
      ...PLAN,
      funding: 'csr',
      firstMonth: '2026-11',
      months: 3,
      budget: { per: 'total', amountRupiah: 1 },
    }
    const company = await hub.call('operator', 'POST', '/api/sponsors/pt-maju/programs', plan)
    expect(company.body).toMatchObject({ id: 'pt-maju.1', personRupiah: 33_600 })
  })

  test('the same draft again is the one that is there; another under its code is refused', async () => {
    const hub = await withProgram()
    const again = await hub.call('operator', 'POST', '/api/sponsors/jambi/programs', { ...PLAN, code: '2027' })
    expect([again.status, again.body.version]).toEqual([201, 1])
    const other = await hub.call('operator', 'POST', '/api/sponsors/jambi/programs', {
      ...PLAN,
      code: '2027',
      months: 6,
    })
    expect([other.status, other.body.code]).toEqual([409, 'ID_TAKEN'])
    const next = await hub.call('operator', 'POST', '/api/sponsors/jambi/programs', { ...PLAN, months: 6 })
    expect(next.body.id).toBe('jambi.2')
  })

  test.each([
    ['money that the sponsor cannot have', { funding: 'csr' }, 'INVALID_INPUT'],
    ['a month that is over', { firstMonth: '2026-10' }, 'INVALID_INPUT'],
    ['thirteen months', { months: 13 }, 'INVALID_INPUT'],
    ['no budget', { budget: { per: 'village', amountRupiah: 0 } }, 'INVALID_INPUT'],
    ['half a rupiah', { budget: { per: 'village', amountRupiah: 0.5 } }, 'INVALID_INPUT'],
    ['a member’s own money', { funding: 'self' }, 'INVALID_INPUT'],
  ])('is refused with %s', async (_, changed, code) => {
    const hub = await withProgram()
    const { status, body } = await hub.call('operator', 'POST', '/api/sponsors/jambi/programs', { ...PLAN, ...changed })
    expect([status, body.code]).toEqual([400, code])
  })

  test('is changed while a draft, by whoever read the version that stands, and never after it was opened', async () => {
    const hub = await withProgram()
    const change = { ...PLAN, months: 6, version: 1 }
    const changed = await hub.call('operator', 'PUT', '/api/programs/jambi.2027', change)
    expect(changed.body).toMatchObject({ months: 6, version: 2, state: 'draft' })
    expect((await hub.call('operator', 'PUT', '/api/programs/jambi.2027', change)).body.version).toBe(2)
    const late = await hub.call('operator', 'PUT', '/api/programs/jambi.2027', { ...PLAN, months: 3, version: 1 })
    expect([late.status, late.body.code]).toEqual([409, 'CHANGED_MEANWHILE'])
    expect((await hub.call('operator', 'POST', '/api/programs/jambi.2027/opening')).body.state).toBe('enrolling')
    const closed = await hub.call('operator', 'PUT', '/api/programs/jambi.2027', { ...PLAN, version: 3 })
    expect([closed.status, closed.body.code]).toEqual([409, 'STEP_DOES_NOT_FIT'])
  })

  test('has a history of who did what and why; a step that was taken is not taken twice', async () => {
    const hub = await withProgram()
    for (let i = 0; i < 2; i++) await hub.call('operator', 'POST', '/api/programs/jambi.2027/opening')
    const given = await hub.call('operator', 'POST', '/api/programs/jambi.2027/abandonment', { reason: 'no budget' })
    expect(given.body).toMatchObject({ state: 'ended', steps: [] })
    const refused = await hub.call('operator', 'POST', '/api/programs/jambi.2027/opening')
    expect([refused.status, refused.body.code]).toEqual([409, 'STEP_DOES_NOT_FIT'])
    const { body } = await hub.call('viewer', 'GET', '/api/programs/jambi.2027/history')
    expect(
      body.items.map((item: Record<string, string>) => [item.number, item.step, item.to, item.by, item.note]),
    ).toEqual([
      [1, 'draft', 'draft', 'operator-1', ''],
      [2, 'open', 'enrolling', 'operator-1', ''],
      [3, 'abandon', 'ended', 'operator-1', 'no budget'],
    ])
  })
})

describe('people of a sponsor', () => {
  const routes = ROUTES.filter(({ permission }) => permission === 'follow' || permission === 'sponsor')
  const naming = routes.filter(({ keepsToOwnSponsor }) => !keepsToOwnSponsor)

  test('every route that they may take names a sponsor or keeps to theirs', () => {
    expect(naming.length).toBeGreaterThan(8)
    for (const { params } of naming) expect(Object.values(params).some(({ namesSponsor }) => namesSponsor)).toBe(true)
  })

  test.each(naming.map((route) => [route.method, route.path, route] as const))(
    '%s %s of another sponsor is answered as if there were none',
    async (method, path, route) => {
      const hub = await withProgram()
      const of = (sponsor: string) =>
        path
          .replace('{sponsor}', sponsor)
          .replace('{program}', `${sponsor}.2027`)
          .replace('{cohort}', `${sponsor}.2027.a`)
      const body = method === 'GET' ? undefined : {}
      const foreign = await hub.call('sponsor', method, of('batang'), body)
      const nobody = await hub.call('sponsor', method, of('nobody'), body)
      expect([foreign.status, foreign.body]).toEqual([404, nobody.body])
      expect(route.problems).toContain(foreign.body.code)
      // An id that only begins like theirs is another one's.
      expect((await hub.call('sponsor', method, of('jambi-2'), body)).status).toBe(404)
    },
  )

  test('see and act for their own', async () => {
    const hub = await withProgram()
    expect((await hub.call('sponsor', 'GET', '/api/sponsors')).body.items.map(({ id }: { id: string }) => id)).toEqual([
      'jambi',
    ])
    expect((await hub.call('sponsor', 'GET', '/api/sponsors/jambi')).status).toBe(200)
    expect((await hub.call('sponsor', 'POST', '/api/programs/jambi.2027/opening')).body.state).toBe('enrolling')
    const contacts = { contacts: [{ ...CONTACT, language: 'en' }] }
    expect((await hub.call('sponsor', 'PUT', '/api/sponsors/jambi/contacts', contacts)).body.contacts).toEqual(
      contacts.contacts,
    )
    expect((await hub.call('sponsor', 'POST', '/api/sponsors', JAMBI)).status).toBe(403)
  })

  const asked = async (claims: Readonly<Record<string, unknown>>, path: string, method = 'GET') => {
    const hub = await withProgram()
    const call = {
      method,
      rawPath: path,
      rawQuery: '',
      headers: {},
      body: Buffer.from(''),
      claims: { sub: 'p', ...claims },
      sourceIp: '203.0.113.7',
      requestId: 'request-1',
    }
    return (await serveChecked(hub.ports, call)).status
  }

  test.each([
    ['no claim', {}],
    ['an empty one', { 'custom:sponsor': '' }],
    ['two in one', { 'custom:sponsor': '[jambi batang]' }],
    ['a list', { 'custom:sponsor': ['jambi'] }],
    ['that of a program', { 'custom:sponsor': 'jambi.2027' }],
    ['another claim', { sponsor: 'jambi' }],
  ])('are refused whose token names their sponsor by %s', async (_, claims) => {
    expect(await asked({ 'cognito:groups': ['sponsor'], ...claims }, '/api/sponsors/jambi')).toBe(403)
  })

  test('who also reads for the hub reads every sponsor, and acts for the own one alone', async () => {
    const both = { 'cognito:groups': ['viewer', 'sponsor'], 'custom:sponsor': 'jambi' }
    expect(await asked(both, '/api/sponsors/batang')).toBe(200)
    expect(await asked(both, '/api/programs/batang.2027/opening', 'POST')).toBe(404)
    expect(await asked(both, '/api/programs/jambi.2027/opening', 'POST')).toBe(200)
  })

  test('a claim without the role opens nothing', async () => {
    expect(await asked({ 'custom:sponsor': 'jambi' }, '/api/sponsors/jambi')).toBe(403)
  })
})
