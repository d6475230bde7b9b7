/** A case that is resolved part by part: each part takes two people, the rest stays a case and an open item. */
import { describe, expect, test } from 'vitest'
import { verifyChain } from '../../../../shared/store/audit/chain.ts'
import { auditBooks } from '../../../support/audit-books.ts'
import { counterOf } from '../../../support/endpoint.ts'
import { type Answer, partnerRow, type SettlementHub, settlementHub } from '../../../support/settlement-hub.ts'

const DAY = '2026-11-20'

/** The bank credited 80,000 less than the file's net. */
async function withShortCredit(short = 80_000) {
  const hub = await settlementHub()
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [partnerRow('X1', `${DAY}T11:00`, { customer: '10987654321', amount: 200_000 })])
  const [extra] = await hub.cases('indomaret', DAY)
  await hub.decide(extra?.id ?? '', 'post')
  hub.setClock('2026-11-27T10:00')
  await hub.credit('C1', '2026-11-23', 198_500 - short, 'INDOMARET 20261120')
  const found = (await hub.cases('indomaret', DAY)).find(({ finding }) => finding.class === 'bank-difference')
  return { hub, id: found?.id ?? '' }
}

const propose = (hub: SettlementHub, id: string, action: string, amountRupiah?: number) =>
  hub.call('operator', 'POST', `/api/differences/${id}/proposal`, {
    action,
    reason: 'as agreed',
    ...(amountRupiah === undefined ? {} : { amountRupiah }),
  })
const approve = (hub: SettlementHub, id: string, who = 'approver') =>
  hub.call('approver', 'POST', `/api/differences/${id}/approval`, { decision: 'approve' }, who)
const shown = async (hub: SettlementHub, id: string) => (await hub.call('viewer', 'GET', `/api/differences/${id}`)).body
const codeOf = ({ status, body }: Answer) => `${status} ${body.code}`

/** Proposed by one, approved by another, carried out; the books hold after it. */
async function resolvePart(hub: SettlementHub, id: string, action: string, amount?: number) {
  expect((await propose(hub, id, action, amount)).status).toBe(200)
  expect((await approve(hub, id)).status).toBe(200)
  await hub.drain()
  expect((await auditBooks(hub)).problems).toEqual([])
}

describe('a case of 80,000', () => {
  test('is charged 50,000, the rest is written off; the books hold after each part', async () => {
    const { hub, id } = await withShortCredit()
    expect(await shown(hub, id)).toMatchObject({ openRupiah: 80_000, parts: [] })
    await resolvePart(hub, id, 'charge-channel', 50_000)
    expect(await shown(hub, id)).toMatchObject({
      state: 'new',
      openRupiah: 30_000,
      proposal: null,
      resolution: null,
      actions: ['write-off', 'charge-channel', 'accept'],
      parts: [
        {
          action: 'charge-channel',
          amountRupiah: 50_000,
          proposedBy: 'local-operator',
          approvedBy: 'local-approver',
        },
      ],
    })
    expect(await hub.statement('indomaret', DAY)).toMatchObject({
      verdict: 'differences',
      openDifferences: 1,
      chargedRupiah: 50_000,
      writtenOffRupiah: 0,
      openItems: [{ label: 'bank-difference', amountRupiah: 30_000, count: 1 }],
    })
    await resolvePart(hub, id, 'write-off')
    expect(await shown(hub, id)).toMatchObject({ state: 'resolved', openRupiah: 0, resolution: { note: 'write-off' } })
    expect(await hub.statement('indomaret', DAY)).toMatchObject({
      verdict: 'reconciled',
      openDifferences: 0,
      chargedRupiah: 50_000,
      writtenOffRupiah: 30_000,
      openItems: [],
    })
    const charges = (await hub.call('viewer', 'GET', '/api/channel-charges')).body.items
    expect(charges).toMatchObject([{ differenceId: id, amountRupiah: 50_000, chargedOn: '2026-11-27' }])
    const { balances } = await auditBooks(hub)
    const of = (account: string) => balances.find((line) => line.account === account)?.balance
    expect([of('channel-charges'), of('written-off'), of('receivable')]).toEqual([50_000, 30_000, undefined])
  })

  test('is done when the last part is all that is open', async () => {
    const { hub, id } = await withShortCredit()
    await resolvePart(hub, id, 'charge-channel', 30_000)
    await resolvePart(hub, id, 'charge-channel', 50_000)
    expect(await shown(hub, id)).toMatchObject({ state: 'resolved', openRupiah: 0 })
    const charges = (await hub.call('viewer', 'GET', '/api/channel-charges')).body.items
    expect(charges.map(({ amountRupiah }: { readonly amountRupiah: number }) => amountRupiah)).toEqual([30_000, 50_000])
    const aged = (await hub.call('viewer', 'GET', '/api/ageing/channel-charges')).body.channels
    expect(aged).toMatchObject([{ channel: 'indomaret', totalRupiah: 80_000, count: 2 }])
  })

  test('keeps its rest as an open item where that is accepted', async () => {
    const { hub, id } = await withShortCredit()
    await resolvePart(hub, id, 'charge-channel', 30_000)
    await resolvePart(hub, id, 'accept')
    expect(await shown(hub, id)).toMatchObject({ state: 'resolved', openRupiah: 50_000 })
    expect((await hub.statement('indomaret', DAY))?.openItems).toMatchObject([{ amountRupiah: 50_000 }])
  })

  test.each([
    ['more than is open', 'charge-channel', 80_001, '400 INVALID_INPUT'],
    ['nothing', 'charge-channel', 0, '400 INVALID_INPUT'],
    ['the other way', 'charge-channel', -1, '400 INVALID_INPUT'],
    ['part of an explanation', 'accept', 1, '409 ACTION_DOES_NOT_FIT'],
    ['no whole rupiah', 'charge-channel', 1.5, '400 INVALID_INPUT'],
  ])('is not resolved by %s', async (_, action, amount, code) => {
    const { hub, id } = await withShortCredit()
    const { chain } = hub.settlements
    const before = chain.length
    expect(codeOf(await propose(hub, id, action, amount))).toBe(code)
    expect(chain).toHaveLength(before)
  })

  test('is not written off by two people in parts that are over the limit together', async () => {
    const { hub, id } = await withShortCredit()
    await resolvePart(hub, id, 'write-off', 40_000)
    for (const amount of [10_001, undefined]) {
      await propose(hub, id, 'write-off', amount)
      expect((await approve(hub, id)).body).toMatchObject({ state: 'proposed', waitsFor: 'admin' })
      await hub.drain()
      expect((await hub.statement('indomaret', DAY))?.writtenOffRupiah).toBe(40_000)
      await hub.call('admin', 'POST', `/api/differences/${id}/approval`, { decision: 'reject' })
    }
    await resolvePart(hub, id, 'write-off', 10_000)
    await resolvePart(hub, id, 'charge-channel')
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ writtenOffRupiah: 50_000, chargedRupiah: 30_000 })
  })

  test('takes two people for each part, and the message of a part does nothing a second time', async () => {
    const { hub, id } = await withShortCredit()
    await propose(hub, id, 'charge-channel', 30_000)
    expect(await propose(hub, id, 'charge-channel', 30_000)).toMatchObject({ status: 200 })
    expect(codeOf(await propose(hub, id, 'charge-channel', 30_001))).toBe('409 ALREADY_PROPOSED')
    expect(codeOf(await approve(hub, id, 'operator'))).toBe('403 OWN_PROPOSAL')
    await approve(hub, id)
    const entries = hub.settlements.inserted().filter(({ entry }) => entry.startsWith('resolution#'))
    const again = async () => {
      const { reconcileSettlement } = await import('../../../../functions/reconcile-settlement/reconcile-settlement.ts')
      for (const entry of entries) await reconcileSettlement(hub.ports, entry)
    }
    await again()
    await again()
    expect((await shown(hub, id)).parts).toHaveLength(1)
    // The same part once more, at the same instant: the first one's message is not its own.
    await propose(hub, id, 'charge-channel', 30_000)
    await approve(hub, id)
    await again()
    expect((await shown(hub, id)).parts).toHaveLength(1)
    await hub.drain()
    expect((await shown(hub, id)).parts).toHaveLength(2)
    expect((await hub.statement('indomaret', DAY))?.chargedRupiah).toBe(60_000)
    expect((await auditBooks(hub)).problems).toEqual([])
    const { chain, resolutions } = hub.settlements
    async function* items() {
      yield* chain
    }
    expect(await verifyChain(items(), await resolutions.head())).toMatchObject({ outcome: 'whole' })
  })

  test('whose figures change afterwards is open as a whole again', async () => {
    const { hub, id } = await withShortCredit()
    await resolvePart(hub, id, 'charge-channel', 30_000)
    await hub.credit('C2', '2026-11-27', 10_000, 'INDOMARET 20261120')
    expect(await shown(hub, id)).toMatchObject({ openRupiah: 70_000, parts: [] })
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ chargedRupiah: 0 })
    expect((await auditBooks(hub)).problems).toEqual([])
    expect((await hub.call('viewer', 'GET', '/api/channel-charges')).body.items).toEqual([])
  })

  test('runs again as it is: the same day once more changes nothing', async () => {
    const { hub, id } = await withShortCredit()
    await resolvePart(hub, id, 'charge-channel', 30_000)
    const before = await hub.statement('indomaret', DAY)
    hub.sent.push({ task: 'day', channel: 'indomaret', date: DAY as never })
    await hub.drain()
    expect(await hub.statement('indomaret', DAY)).toEqual(before)
    expect((await shown(hub, id)).parts).toHaveLength(1)
  })
})

test('after a part was charged the payment is not taken back as well', async () => {
  const hub = await settlementHub()
  await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [])
  const [missing] = await hub.cases('indomaret', DAY)
  const id = missing?.id ?? ''
  await resolvePart(hub, id, 'charge-channel', 400)
  expect((await shown(hub, id)).actions).toEqual(['charge-channel', 'write-off', 'accept'])
  for (const action of ['reverse', 'suspend'])
    expect(codeOf(await propose(hub, id, action))).toBe('409 ACTION_DOES_NOT_FIT')
  // What we owe a channel has its sign.
  expect((await hub.statement('indomaret', DAY))?.openItems).toMatchObject([
    { label: 'missing-in-file', amountRupiah: 8_000, count: 1 },
  ])
})

test('what we owe a channel is negative, in parts too', async () => {
  const hub = await settlementHub()
  hub.setClock('2026-11-21T06:30')
  const twice = partnerRow('X1', `${DAY}T11:00`, { customer: '10987654321', amount: 9_000 })
  await hub.settle('indomaret', DAY, [twice, twice])
  const found = (await hub.cases('indomaret', DAY)).find(({ finding }) => finding.class === 'duplicate-in-file')
  const id = found?.id ?? ''
  expect((await shown(hub, id)).openRupiah).toBe(-9_000)
  expect(codeOf(await propose(hub, id, 'write-off', 1_000))).toBe('400 INVALID_INPUT')
  await resolvePart(hub, id, 'write-off', -1_000)
  expect(await shown(hub, id)).toMatchObject({ openRupiah: -8_000 })
  expect(await hub.statement('indomaret', DAY)).toMatchObject({ writtenOffRupiah: -1_000 })
})
