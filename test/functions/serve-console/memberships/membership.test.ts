import { describe, expect, test } from 'vitest'
import { consoleOn, KPJ, NIK, participantOf, row } from '../console.ts'

const path = `/api/memberships/${KPJ}`

describe('a membership', () => {
  test('that was just imported is answered from its facts, before any fold', async () => {
    const hub = consoleOn()
    await hub.importRows(row())
    expect((await hub.call('support', 'GET', path)).body).toEqual({
      kpj: KPJ,
      status: 'unpaid',
      paidThrough: null,
      creditRupiah: 0,
      nextTransition: null,
      payable: { month: '2026-11', amountRupiah: 8_400 },
      sector: 'farming',
      funding: 'self',
      programs: 'JKK+JKM',
      incomeRupiah: 1_000_000,
      regionCode: '35.78.01.1001',
      registeredOn: '2026-01-05',
      closure: null,
      pendingProposal: null,
      asOf: '2026-11-20T03:00:00.000Z',
      name: 'BUDI SANTOSO',
      nik: NIK,
      phone: '+6281234567890',
      masked: false,
      locks: [],
      version: 0,
      view: null,
    })
  })

  test('stands as its facts say at the moment of reading, whatever the view holds', async () => {
    const hub = consoleOn()
    await hub.importRows(row())
    await hub.pay('P1', '2026-11-20T10:00', ['2026-11'])
    await hub.fold()
    const active = { status: 'active', paidThrough: '2026-11', nextTransition: { on: '2026-12-01', to: 'grace' } }
    expect((await hub.call('viewer', 'GET', path)).body).toMatchObject({
      ...active,
      view: { status: 'active', version: 1 },
    })
    hub.setClock('2026-12-01T00:00')
    const grace = { status: 'grace', nextTransition: { on: '2027-03-01', to: 'lapsed' }, payable: { month: '2026-12' } }
    expect((await hub.call('viewer', 'GET', path)).body).toMatchObject({
      ...grace,
      view: { status: 'active', version: 1 },
    })
    hub.setClock('2027-03-01T00:00')
    expect((await hub.call('viewer', 'GET', path)).body).toMatchObject({
      status: 'lapsed',
      nextTransition: null,
      payable: { month: '2027-03', amountRupiah: 16_800 },
    })
  })

  test.each(['viewer', 'operator', 'approver'])('is masked for a %s', async (role) => {
    const hub = consoleOn()
    await hub.importRows(row())
    const { body } = await hub.call(role, 'GET', path)
    expect(body).toMatchObject({ name: 'BU*** SA***', phone: '+62********890', masked: true })
    expect(JSON.stringify(body)).not.toMatch(/BUDI|3578011203850001|81234567890/)
  })

  test.each(['support', 'admin'])('is in full for %s', async (role) => {
    const hub = consoleOn()
    await hub.importRows(row())
    expect((await hub.call(role, 'GET', path)).body).toMatchObject({ name: 'BUDI SANTOSO', nik: NIK, masked: false })
  })

  test.each([KPJ, '123', 'import', '1234567890a'])('that was never registered is unknown: %s', async (kpj) => {
    const answer = await consoleOn().call('viewer', 'GET', `/api/memberships/${kpj}`)
    expect(answer).toMatchObject({ status: 404, body: { code: 'UNKNOWN_MEMBERSHIP' } })
  })
})

describe('a participant', () => {
  test('has all memberships, open or not, whoever pays', async () => {
    const hub = consoleOn()
    await hub.importRows(
      row(),
      row({ kpj: '12345678902', funding: 'village' }),
      row({ kpj: '12345678903', funding: 'csr' }),
    )
    await hub.decided('/api/memberships/12345678903/closure', { reason: 'moved', on: '2026-11-20' })
    await hub.fold()
    const { body } = await hub.call('viewer', 'GET', `/api/participants/${NIK}`)
    expect(body.memberships.map(({ kpj, status }: { kpj: string; status: string }) => [kpj, status])).toEqual([
      [KPJ, 'unpaid'],
      ['12345678902', 'unpaid'],
      ['12345678903', 'closed'],
    ])
  })

  test('is found by the self-paid membership before the index knows it', async () => {
    const hub = consoleOn()
    await hub.importRows(row())
    const { body } = await hub.call('viewer', 'GET', `/api/participants/${NIK}`)
    expect(body.memberships).toMatchObject([{ kpj: KPJ, version: 0 }])
  })

  test('who took a NIK without ever being registered has no membership', async () => {
    const hub = consoleOn()
    await hub.store.decisions.takeSelfPaid(participantOf(NIK), KPJ)
    expect((await hub.call('viewer', 'GET', `/api/participants/${NIK}`)).body).toEqual({ memberships: [] })
  })

  test.each(['123', '9978011203850001', '3578013102850001'])('is not asked for by %s', async (nik) => {
    const answer = await consoleOn().call('viewer', 'GET', `/api/participants/${nik}`)
    expect(answer).toMatchObject({ status: 400, body: { code: 'BAD_NIK' } })
    expect(JSON.stringify(answer.body)).not.toContain(nik)
  })
})
