/** Two people sign off a day: what is open goes with it, and a day that changes later says that it was signed as another one. */
import { describe, expect, test } from 'vitest'
import { counterOf } from '../../../support/endpoint.ts'
import { type Answer, partnerRow, type SettlementHub, settlementHub } from '../../../support/settlement-hub.ts'

const DAY = '2026-11-18'
const PATH = `/api/settlements/indomaret/${DAY}/sign-off`
const BANK_PATH = '/api/settlements/bank/2026-11-19/sign-off'
const codeOf = ({ status, body }: Answer) => `${status} ${body.code}`
const read = (hub: SettlementHub, path = PATH) => hub.call('viewer', 'GET', path)

/** A day of which nothing agrees: the hub knows no payment of the file. */
async function withDay() {
  const hub = await settlementHub()
  const rows = [partnerRow('T1', `${DAY}T10:00`), partnerRow('T2', `${DAY}T11:00`)]
  await hub.settle('indomaret', DAY, rows)
  return { hub, rows }
}

async function propose(hub: SettlementHub, path = PATH, who = 'operator', digest?: string) {
  const { body } = await read(hub, path)
  return hub.call('operator', 'POST', path, { digest: digest ?? body.digest, reason: 'looked through' }, who)
}

const approve = (hub: SettlementHub, path = PATH, who = 'approver', decision = 'approve') =>
  hub.call('approver', 'POST', `${path}/approval`, { decision }, who)

describe('a day of a channel', () => {
  test('is signed off by two people, with what is open on it', async () => {
    const { hub } = await withDay()
    expect((await read(hub)).body).toMatchObject({ state: 'unsigned', signed: null, openDifferences: 2 })
    expect(codeOf(await approve(hub))).toBe('409 NOT_PROPOSED')
    expect((await propose(hub)).body).toMatchObject({ state: 'unsigned', proposal: { state: 'proposed' } })
    const signed = await approve(hub)
    const statement = await hub.statement('indomaret', DAY)
    expect(signed.body).toMatchObject({
      state: 'signed',
      signed: {
        version: 1,
        digest: statement?.digest,
        signedBy: 'local-approver',
        proposedBy: 'local-operator',
        openDifferences: 2,
        carried: statement?.openItems,
      },
    })
    expect(hub.settlements.chain).toHaveLength(2)
  })

  test('names every open difference that is carried, also one that no open item shows', async () => {
    const hub = await settlementHub()
    hub.setClock(`${DAY}T10:00`)
    const counter = counterOf(hub, 'indomaret')
    expect((await counter.pay({ paymentId: 'P1', customerId: '12345678901' })).outcome).toBe('accepted')
    hub.setClock('2026-11-20T10:00')
    await hub.settle('indomaret', DAY, [partnerRow('P1', `${DAY}T10:00`, { fee: 1_700 })])
    const [difference] = await hub.cases('indomaret', DAY)
    const named = [{ id: difference?.id, class: 'fee-difference', amountRupiah: 200 }]
    expect((await read(hub)).body).toMatchObject({ openDifferences: 1, differences: named })
    await propose(hub)
    expect((await approve(hub)).body).toMatchObject({ signed: { openDifferences: 1, differences: named } })
    const audited = hub.settlements.chain.at(-1)?.detail as { readonly S: string }
    expect(JSON.parse(audited.S)).toMatchObject({ openDifferences: 1, differences: named })
    // Written off since: what was signed stays as it was signed.
    expect((await hub.decide(difference?.id ?? '', 'write-off')).status).toBe(200)
    const { body: after } = await read(hub)
    expect(after).toMatchObject({
      state: 'changed',
      openDifferences: 0,
      differences: [],
      signed: { differences: named },
    })
  })

  test('with more open differences than a page names the hundred largest, and counts all', async () => {
    const hub = await settlementHub()
    const rows = Array.from({ length: 103 }, (_, i) =>
      partnerRow(`T${i}`, `${DAY}T10:00`, { customer: `1${String(i).padStart(10, '0')}`, amount: 8_400 + i }),
    )
    await hub.settle('indomaret', DAY, rows)
    const { body } = await read(hub)
    expect(body.openDifferences).toBe(103)
    const amounts = body.differences.map(({ amountRupiah }: { amountRupiah: number }) => amountRupiah)
    expect(amounts).toEqual(Array.from({ length: 100 }, (_, i) => -(8_400 + 102 - i)))
  })

  test('is not signed off by who proposed it, nor twice as it is, nor before it has ended', async () => {
    const { hub } = await withDay()
    await hub.call('approver', 'POST', PATH, { digest: (await read(hub)).body.digest, reason: 'mine' })
    expect(codeOf(await approve(hub))).toBe('403 OWN_PROPOSAL')
    const first = await approve(hub, PATH, 'another')
    expect(await approve(hub, PATH, 'another')).toEqual(first)
    expect(codeOf(await propose(hub))).toBe('409 ALREADY_DECIDED')
    hub.setClock(`${DAY}T20:00`)
    expect(codeOf(await propose(hub))).toBe('409 ACTION_DOES_NOT_FIT')
  })

  test('that is rejected stays unsigned', async () => {
    const { hub } = await withDay()
    await propose(hub)
    expect((await approve(hub, PATH, 'approver', 'reject')).body).toMatchObject({ state: 'unsigned', signed: null })
  })

  test('whose statement changes later shows both digests, and is signed again', async () => {
    const { hub } = await withDay()
    await propose(hub)
    const { body: before } = await approve(hub)
    await hub.credit('C1', '2026-11-19', 13_800, 'INDOMARET 18/11/2026')
    const { body: changed } = await read(hub)
    expect(changed).toMatchObject({ state: 'changed', signed: before.signed })
    expect(changed.digest).not.toBe(changed.signed.digest)
    await propose(hub)
    expect((await approve(hub)).body).toMatchObject({ state: 'signed', signed: { digest: changed.digest, version: 2 } })
  })

  test('is signed as it was looked at: a change in between voids the proposal', async () => {
    const { hub } = await withDay()
    const { body: before } = await read(hub)
    await propose(hub)
    await hub.credit('C1', '2026-11-19', 13_800, 'INDOMARET 18/11/2026')
    expect(codeOf(await approve(hub))).toBe('409 CHANGED_MEANWHILE')
    await approve(hub, PATH, 'approver', 'reject')
    expect(codeOf(await propose(hub, PATH, 'operator', before.digest))).toBe('409 CHANGED_MEANWHILE')
    expect((await propose(hub)).status).toBe(200)
  })

  test('that no run has looked at is no day', async () => {
    const { hub } = await withDay()
    expect(codeOf(await read(hub, '/api/settlements/indomaret/2026-10-01/sign-off'))).toBe('404 UNKNOWN_STATEMENT')
    expect(codeOf(await read(hub, '/api/settlements/nobody/2026-11-18/sign-off'))).toBe('404 UNKNOWN_STATEMENT')
  })
})

describe('a day of the bank', () => {
  test('is signed off with what nobody has placed, and changes when people place it', async () => {
    const { hub } = await withDay()
    await hub.credit('C1', '2026-11-19', 9_000, 'TRANSFER')
    await propose(hub, BANK_PATH)
    expect((await approve(hub, BANK_PATH)).body).toMatchObject({
      channel: 'bank',
      state: 'signed',
      signed: { carried: [{ label: 'unidentified', amountRupiah: 9_000, count: 1 }] },
    })
    const place = { to: 'channel-day', channel: 'indomaret', date: DAY, amountRupiah: 9_000 }
    const asked = { action: 'place', onVersion: 1, parts: [place], reason: 'as the partner says' }
    await hub.call('operator', 'POST', '/api/bank-movements/2026-11-19/C1/proposal', asked)
    await hub.call('approver', 'POST', '/api/bank-movements/2026-11-19/C1/approval', { decision: 'approve' })
    expect((await read(hub, BANK_PATH)).body).toMatchObject({ state: 'changed', carried: [] })
  })

  test('without a statement that reaches it is no day', async () => {
    const { hub } = await withDay()
    expect(codeOf(await read(hub, BANK_PATH))).toBe('404 UNKNOWN_STATEMENT')
  })
})
