/** A person's data is erased by two people: what goes, what stays, who may, what the chain holds, and that nothing brings it back. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Kpj } from '../../../../shared/domain/kpj.ts'
import { Transient } from '../../../../shared/runtime/faults.ts'
import { readAuditEntry } from '../../../../shared/store/audit/item.ts'
import { serveChecked } from '../../../support/checked-console.ts'
import { consoleOn, KPJ, NIK, row } from '../console.ts'

const PATH = `/api/memberships/${KPJ}/erasure`
const REASON = 'the member asked for it in writing'
type Hub = ReturnType<typeof consoleOn>

async function registered(options: Parameters<typeof consoleOn>[0] = {}) {
  const hub = consoleOn(options)
  await hub.importRows(row())
  await hub.pay('P1', '2026-11-20T09:00', ['2026-11'])
  await hub.fold()
  return hub
}

/** As one person of a role. */
async function ask(hub: Hub, who: string, role: string, method: string, path: string, body?: object) {
  const reply = await serveChecked(hub.ports, {
    method,
    rawPath: path,
    rawQuery: '',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(body ? JSON.stringify(body) : ''),
    claims: { sub: who, 'cognito:groups': `[${role}]` },
    sourceIp: '203.0.113.7',
    requestId: randomUUID(),
  })
  return { status: reply.status, body: JSON.parse(reply.body) }
}

const propose = (hub: Hub, who = 'sari', role = 'support') => ask(hub, who, role, 'POST', PATH, { reason: REASON })
const approve = (hub: Hub, decision = 'approve', who = 'agus') =>
  ask(hub, who, 'approver', 'POST', `${PATH}/approval`, { decision })

describe('an erasure', () => {
  test('takes name, NIK, phone, e-mail and preferences, and leaves ledger, cover and payability as they were', async () => {
    const hub = await registered()
    const ledger = () => {
      const { decisions, facts, views, bills } = hub.store.everything()
      return JSON.stringify({ decisions, facts, views, bills })
    }
    const before = ledger()
    const cover = async () => (await ask(hub, 'v', 'viewer', 'GET', `/api/memberships/${KPJ}/months`)).body
    const covered = await cover()
    expect(await propose(hub)).toMatchObject({ status: 200, body: { erasedAt: null, proposal: { state: 'proposed' } } })
    expect(await hub.store.contacts.get(KPJ)).toBeDefined()
    expect(await approve(hub)).toMatchObject({
      status: 200,
      body: { erasedAt: '2026-11-20T03:00:00.000Z', proposal: { state: 'approved', decidedBy: 'agus' } },
    })
    expect(await hub.store.contacts.get(KPJ)).toBeUndefined()
    expect(await hub.store.contacts.getMany([KPJ])).toEqual([])
    expect(ledger()).toBe(before)
    expect(await cover()).toEqual(covered)
    expect(await hub.store.decisions.selfPaidMembership(hub.ports.participantOf(NIK))).toBe(KPJ)
    const shown = await ask(hub, 'a', 'admin', 'GET', `/api/memberships/${KPJ}`)
    expect(shown.body).toMatchObject({ name: '', nik: '', phone: '' })
    expect((await ask(hub, 'v', 'viewer', 'GET', PATH)).body.erasedAt).toBe('2026-11-20T03:00:00.000Z')
  })

  test('stands in the audit chain with both people, and waits in the list of approvals until somebody has decided', async () => {
    const hub = await registered()
    const before = hub.settlements.chain.length
    await propose(hub)
    expect((await ask(hub, 'v', 'viewer', 'GET', '/api/approvals')).body.items).toMatchObject([
      { kind: 'erasure', item: KPJ, reason: REASON, proposedBy: 'sari' },
    ])
    await approve(hub)
    expect((await ask(hub, 'v', 'viewer', 'GET', '/api/approvals')).body.items).toEqual([])
    const entries = hub.settlements.chain.slice(before).map((item) => readAuditEntry(item))
    expect(entries.map(({ action, actor, subject }) => [action, actor, subject])).toEqual([
      ['proposed', 'sari', `erasure#${KPJ}`],
      ['approved', 'agus', `erasure#${KPJ}`],
    ])
    for (const text of ['BUDI', NIK, '81234567890']) expect(JSON.stringify(entries)).not.toContain(text)
  })

  test('takes two people, and a rejected one takes nothing', async () => {
    const hub = await registered()
    await propose(hub, 'agus', 'approver')
    expect(await approve(hub)).toMatchObject({ status: 403, body: { code: 'OWN_PROPOSAL' } })
    expect(await approve(hub, 'reject', 'wati')).toMatchObject({ body: { erasedAt: null } })
    expect(await approve(hub, 'approve', 'wati')).toMatchObject({ status: 409, body: { code: 'ALREADY_DECIDED' } })
    expect(await hub.store.contacts.get(KPJ)).toBeDefined()
  })

  test.each([
    ['viewer', 'POST', PATH, { reason: REASON }, 403, 'NOT_ALLOWED'],
    ['operator', 'POST', `${PATH}/approval`, { decision: 'approve' }, 403, 'NOT_ALLOWED'],
    ['approver', 'POST', `${PATH}/approval`, { decision: 'approve' }, 409, 'NOT_PROPOSED'],
    ['operator', 'POST', PATH, { reason: `of ${NIK}` }, 400, 'INVALID_INPUT'],
    ['operator', 'POST', '/api/memberships/00000000000/erasure', { reason: REASON }, 404, 'UNKNOWN_MEMBERSHIP'],
  ])('by %s: %s %s %j is refused', async (role, method, path, body, status, code) => {
    const hub = await registered()
    expect(await ask(hub, 'x', role, method, path, body)).toMatchObject({ status, body: { code } })
    expect(await hub.store.contacts.get(KPJ)).toBeDefined()
  })

  test('that is cut short after its entry is carried out by the same approval again', async () => {
    let isBroken = true
    const hub = await registered({
      before: async ({ method, phase }) => {
        if (method === 'erase' && phase === 'before' && isBroken) throw new Transient('AWAY', 'expected contacts')
      },
    })
    await propose(hub)
    await expect(approve(hub)).rejects.toThrow('expected contacts')
    expect(await hub.store.contacts.get(KPJ)).toBeDefined()
    isBroken = false
    expect(await approve(hub)).toMatchObject({ status: 200, body: { erasedAt: '2026-11-20T03:00:00.000Z' } })
    expect(await hub.store.contacts.get(KPJ)).toBeUndefined()
  })

  test('holds: the same file again brings nothing back, a changed one changes terms alone, preferences go nowhere', async () => {
    const hub = await registered()
    await propose(hub)
    await approve(hub)
    expect((await hub.importRows(row())).body).toMatchObject({ accepted: 0, unchanged: 1, refused: [] })
    expect((await hub.importRows(row({ income: '1200000', phone: '081299999999' }))).body).toMatchObject({
      accepted: 1,
    })
    const preferences = `/api/memberships/${KPJ}/contact-preferences`
    expect((await ask(hub, 's', 'support', 'PUT', preferences, { email: 'budi@example.id' })).status).toBe(404)
    await hub.store.contacts.prefer(
      KPJ as Kpj,
      { language: 'id', preferredChannel: null, optedOut: false, wrongNumber: false },
      'budi@example.id',
    )
    expect(await hub.store.contacts.get(KPJ)).toBeUndefined()
    expect(await propose(hub)).toMatchObject({ status: 409, body: { code: 'ALREADY_DECIDED' } })
  })
})
