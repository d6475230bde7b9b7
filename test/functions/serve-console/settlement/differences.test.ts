/** What people may do about differences: who, when, and what is written of it. */
import { describe, expect, test } from 'vitest'
import type { Item } from '../../../../shared/store/attributes/item.ts'
import { verifyChain } from '../../../../shared/store/audit/chain.ts'
import { counterOf } from '../../../support/endpoint.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const REASON = 'as agreed with the partner'

/** A line that the hub does not know, and a payment that the file does not have. */
async function withDifferences() {
  const hub = await settlementHub()
  await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [partnerRow('X1', `${DAY}T11:00`)])
  const ids = Object.fromEntries((await hub.cases('indomaret', DAY)).map(({ id, finding }) => [finding.class, id]))
  return { hub, extra: ids['missing-in-hub'] ?? '', missing: ids['missing-in-file'] ?? '' }
}

const propose = (hub: SettlementHub, id: string, body: object = {}, role: 'operator' | 'approver' = 'operator') =>
  hub.call(role, 'POST', `/api/differences/${id}/proposal`, { action: 'post', reason: REASON, ...body })
const judge = (hub: SettlementHub, id: string, decision: string, who?: string, more: object = {}) =>
  hub.call('approver', 'POST', `/api/differences/${id}/approval`, { decision, ...more }, who)
const codeOf = ({ status, body }: { readonly status: number; readonly body: { readonly code?: string } }) =>
  `${status} ${body.code}`

async function* each(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items
}

describe('a proposal', () => {
  test('is not approved by a body that says two things', async () => {
    const { hub, extra } = await withDifferences()
    await propose(hub, extra)
    const both = '{"decision":"reject","decision":"approve"}'
    expect(codeOf(await hub.call('approver', 'POST', `/api/differences/${extra}/approval`, both))).toBe('400 NOT_JSON')
    expect((await hub.call('viewer', 'GET', `/api/differences/${extra}`)).body.state).toBe('proposed')
  })

  test('stands with who made it and why, and the same again is the same answer', async () => {
    const { hub, extra } = await withDifferences()
    const first = await propose(hub, extra)
    expect(first).toMatchObject({
      status: 200,
      body: { state: 'proposed', proposal: { action: 'post', reason: REASON, by: 'local-operator' }, actions: [] },
    })
    expect(await propose(hub, extra)).toEqual(first)
    expect(hub.settlements.chain).toHaveLength(1)
  })

  test.each([
    ['that does not fit the class', { action: 'reverse' }, '409 ACTION_DOES_NOT_FIT'],
    ['without a reason', { reason: ' ' }, '400 INVALID_INPUT'],
    ['with a number of a person in its reason', { reason: 'he is 3578011203850001' }, '400 INVALID_INPUT'],
    ['that is no action', { action: 'forget' }, '400 INVALID_INPUT'],
    ['that names a payment without matching', { paymentId: 'T1' }, '400 INVALID_INPUT'],
    ['with a field of its own', { force: true }, '400 INVALID_INPUT'],
  ])('%s is refused and leaves no trace', async (_, body, code) => {
    const { hub, extra } = await withDifferences()
    expect(codeOf(await propose(hub, extra, body))).toBe(code)
    expect(hub.settlements.chain).toEqual([])
    expect((await hub.call('viewer', 'GET', `/api/differences/${extra}`)).body.state).toBe('new')
  })

  test('that gives up more than the limit waits for an administrator', async () => {
    const hub = await settlementHub()
    hub.setClock('2026-11-21T06:30')
    await hub.settle('indomaret', DAY, [
      partnerRow('X1', `${DAY}T11:00`),
      partnerRow('X1', `${DAY}T11:00`, { amount: 50_001 }),
    ])
    const cases = await hub.cases('indomaret', DAY)
    const twice = cases.find(({ finding }) => finding.class === 'duplicate-in-file')
    await propose(hub, twice?.id ?? '', { action: 'write-off' })
    const approved = await judge(hub, twice?.id ?? '', 'approve')
    expect(approved.body).toMatchObject({ state: 'proposed', waitsFor: 'admin' })
  })

  test('of another kind must wait until the first is rejected', async () => {
    const { hub, extra } = await withDifferences()
    await propose(hub, extra)
    expect(codeOf(await propose(hub, extra, { action: 'accept' }))).toBe('409 ALREADY_PROPOSED')
    expect((await judge(hub, extra, 'reject', undefined, { reason: 'ask the partner first' })).body).toMatchObject({
      state: 'new',
      proposal: null,
    })
    expect((await propose(hub, extra, { action: 'accept' })).status).toBe(200)
  })

  test('for nothing that is known is refused', async () => {
    const { hub } = await withDifferences()
    expect(codeOf(await propose(hub, 'indomaret-20261120-000000000000'))).toBe('404 UNKNOWN_DIFFERENCE')
    expect(codeOf(await propose(hub, 'anything'))).toBe('404 UNKNOWN_DIFFERENCE')
  })
})

test('money that was posted and went back to the channel is not posted once more, but may be explained', async () => {
  const hub = await settlementHub()
  await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
  hub.setClock(`${DAY}T10:30`)
  await counterOf(hub, 'indomaret').reverse({ paymentId: 'T1' })
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
  const [found] = await hub.cases('indomaret', DAY)
  const id = found?.id ?? ''
  expect((await hub.decide(id, 'post')).status).toBe(200)
  const [item] = (await hub.call('viewer', 'GET', '/api/suspense')).body.items
  const exit = `/api/suspense/${item.id}`
  await hub.call('operator', 'POST', `${exit}/proposal`, { action: 'refund', reason: REASON })
  await hub.call('approver', 'POST', `${exit}/approval`, { decision: 'approve' })
  await hub.drain()
  // The corrected file claims the payment with another amount: the case is open again.
  await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`, { amount: 8_500 })])
  const corrected = (await hub.cases('indomaret', DAY)).find(({ finding }) => finding.class === 'corrected-file')
  await hub.decide(corrected?.id ?? '', 'accept')
  expect(await propose(hub, id)).toMatchObject({
    status: 409,
    body: {
      code: 'ACTION_DOES_NOT_FIT',
      detail: 'expected money that was not posted before; this went back since: accept it',
    },
  })
  expect((await propose(hub, id, { action: 'accept' })).status).toBe(200)
})

describe('an approval', () => {
  test('is for another person: nobody approves an own proposal, whatever the role', async () => {
    const { hub, extra } = await withDifferences()
    await hub.call('approver', 'POST', `/api/differences/${extra}/proposal`, { action: 'post', reason: REASON }, 'ani')
    expect(codeOf(await judge(hub, extra, 'approve', 'ani'))).toBe('403 OWN_PROPOSAL')
    const asAdmin = { decision: 'approve' }
    const admin = await hub.call('admin', 'POST', `/api/differences/${extra}/approval`, asAdmin, 'ani')
    expect(codeOf(admin)).toBe('403 OWN_PROPOSAL')
    expect((await judge(hub, extra, 'approve', 'budi')).body.state).toBe('approved')
  })

  test('is not for operators and viewers, and needs a proposal', async () => {
    const { hub, extra } = await withDifferences()
    for (const role of ['operator', 'viewer'] as const) {
      const approval = await hub.call(role, 'POST', `/api/differences/${extra}/approval`, { decision: 'approve' })
      expect(codeOf(approval)).toBe('403 NOT_ALLOWED')
    }
    expect(codeOf(await judge(hub, extra, 'approve'))).toBe('409 NOT_PROPOSED')
  })

  test('again by the same person is the same answer; by others it comes too late', async () => {
    const { hub, extra } = await withDifferences()
    await propose(hub, extra)
    const first = await judge(hub, extra, 'approve')
    expect(await judge(hub, extra, 'approve')).toEqual(first)
    expect(codeOf(await judge(hub, extra, 'approve', 'another'))).toBe('409 ALREADY_DECIDED')
    expect(codeOf(await judge(hub, extra, 'reject'))).toBe('409 ALREADY_DECIDED')
    await hub.drain()
    expect(await judge(hub, extra, 'approve')).toMatchObject({ status: 200, body: { state: 'resolved' } })
    expect(codeOf(await propose(hub, extra))).toBe('409 ALREADY_DECIDED')
    expect(hub.settlements.chain).toHaveLength(2)
  })

  test('that rejects is the same answer again to the same words of the same person, and to no others', async () => {
    const { hub, extra } = await withDifferences()
    await propose(hub, extra)
    const why = { reason: 'ask the partner first' }
    const first = await judge(hub, extra, 'reject', undefined, why)
    expect(await judge(hub, extra, 'reject', undefined, why)).toEqual(first)
    expect(codeOf(await judge(hub, extra, 'reject', 'another', why))).toBe('409 NOT_PROPOSED')
    expect(codeOf(await judge(hub, extra, 'reject', undefined, { reason: 'other words' }))).toBe('409 NOT_PROPOSED')
    expect(codeOf(await judge(hub, extra, 'approve', undefined, why))).toBe('409 NOT_PROPOSED')
    expect(hub.settlements.chain).toHaveLength(2)
  })

  test('of two at the same moment one is taken, and what follows is done once', async () => {
    const { hub, extra } = await withDifferences()
    await propose(hub, extra)
    const both = await Promise.all([judge(hub, extra, 'approve', 'ani'), judge(hub, extra, 'reject', 'budi')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    await hub.drain()
    expect(hub.store.everything().facts.filter(({ kind }) => kind === 'payment').length).toBeLessThanOrEqual(2)
    expect(hub.settlements.chain).toHaveLength(2)
  })

  test('is void when the figures changed after the proposal', async () => {
    const hub = await settlementHub()
    await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
    hub.setClock('2026-11-21T06:30')
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`, { amount: 8_300 })])
    const [found] = await hub.cases('indomaret', DAY)
    await propose(hub, found?.id ?? '', { action: 'write-off' })
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`, { amount: 7_000 })])
    const corrected = (await hub.cases('indomaret', DAY)).find(({ finding }) => finding.class === 'corrected-file')
    await hub.decide(corrected?.id ?? '', 'accept')
    expect(codeOf(await judge(hub, found?.id ?? '', 'approve'))).toBe('409 NOT_PROPOSED')
  })

  test('is void too where an earlier one about the case was approved in the same words', async () => {
    const hub = await settlementHub()
    await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
    hub.setClock('2026-11-21T06:30')
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`, { amount: 8_300 })])
    const [found] = await hub.cases('indomaret', DAY)
    const id = found?.id ?? ''
    await hub.decide(id, 'write-off')
    const correct = async (amount: number) => {
      await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`, { amount })])
      const cases = await hub.cases('indomaret', DAY)
      const corrected = cases.find(({ finding, state }) => finding.class === 'corrected-file' && state === 'open')
      await hub.decide(corrected?.id ?? '', 'accept')
    }
    await correct(8_200)
    await propose(hub, id, { action: 'write-off' })
    await correct(8_400)
    expect((await hub.cases('indomaret', DAY)).find((each) => each.id === id)?.state).toBe('resolved')
    expect(codeOf(await judge(hub, id, 'approve'))).toBe('409 ALREADY_DECIDED')
  })
})

describe('the chain', () => {
  test('holds every step with its evidence, is whole, and says nothing of a person', async () => {
    const { hub, extra, missing } = await withDifferences()
    await hub.decide(extra, 'post')
    await propose(hub, missing, { action: 'reverse' })
    await judge(hub, missing, 'reject', undefined, { reason: 'wait a day' })
    const { chain, resolutions } = hub.settlements
    expect(await verifyChain(each(chain), await resolutions.head())).toMatchObject({ outcome: 'whole', entries: 4 })
    expect(chain.map((item) => `${item.actor?.S} ${item.action?.S}`)).toEqual([
      'local-operator proposed',
      'local-approver approved',
      'local-operator proposed',
      'local-approver rejected',
    ])
    expect(JSON.parse(chain[1]?.detail?.S ?? '')).toMatchObject({
      action: 'post',
      proposedBy: 'local-operator',
      evidence: { class: 'missing-in-hub', fileAmountRupiah: 8_400, lines: [2] },
    })
    expect(JSON.stringify(chain)).not.toMatch(/3578011203850001|BUDI|\+62/)
    const reply = hub.logged.filter((line) => JSON.stringify(line).includes('A resolution was recorded'))
    expect(reply).toHaveLength(4)
    expect(reply.at(-1)).toMatchObject({ sequence: 4, hash: chain[3]?.hash?.S })
  })
})

describe('the list', () => {
  test('is filtered by state, channel and age, and read page by page', async () => {
    const { hub, extra, missing } = await withDifferences()
    const ids = async (query: string) =>
      (await hub.call('viewer', 'GET', `/api/differences${query}`)).body.items
        .map(({ id }: { id: string }) => id)
        .sort()
    const both = [extra, missing].sort()
    expect(await ids('')).toEqual(both)
    expect(await ids('?state=new')).toEqual(both)
    expect(await ids('?state=persisting')).toEqual([])
    expect(await ids('?channel=pos')).toEqual([])
    hub.setClock('2026-11-25T10:00')
    expect(await ids('?state=persisting&channel=indomaret&olderThanDays=3')).toEqual(both)
    expect(await ids('?olderThanDays=4')).toEqual([])
    await hub.decide(extra, 'post')
    expect(await ids('')).toEqual([missing])
    expect(await ids('?state=resolved')).toEqual([extra])

    const first = (await hub.call('viewer', 'GET', '/api/differences?limit=1')).body
    expect(first.items).toHaveLength(1)
    const all: string[] = []
    for (let after: string | null = '', pages = 0; after !== null && pages < 20; pages++) {
      const query: string = after === '' ? '?limit=1' : `?limit=1&after=${after}`
      const page = (await hub.call('viewer', 'GET', `/api/differences${query}`)).body
      all.push(...page.items.map(({ id }: { id: string }) => id))
      after = page.next
    }
    expect(all).toEqual([missing])
    expect(codeOf(await hub.call('viewer', 'GET', '/api/differences?after=nonsense'))).toBe('400 INVALID_INPUT')
    expect(codeOf(await hub.call('viewer', 'GET', '/api/differences?channel=nobody'))).toBe('400 INVALID_INPUT')
  })

  test.each([
    ['', [1, 2, 3, 4, 5, 7, 100]],
    ['&class=missing-in-hub', [1, 2, 3, 4, 5]],
    ['&class=missing-in-file', [1, 2, 3]],
  ])(
    'page by page is the list at once, whatever is left out of a page and over all channels: %s',
    async (filter, limits) => {
      const hub = await settlementHub()
      for (const [i, channel] of ['indomaret', 'pos'].entries()) {
        hub.setClock(`${DAY}T1${i}:00`)
        await counterOf(hub, channel as 'pos').pay({ paymentId: `T${i}` })
      }
      hub.setClock('2026-11-21T06:30')
      for (const channel of ['indomaret', 'pos']) {
        await hub.settle(
          channel,
          DAY,
          ['X1', 'X2'].map((id) => partnerRow(id, `${DAY}T11:30`)),
        )
      }
      const pageOf = async (limit: number, after: string | null) => {
        const from = after === null ? '' : `&after=${after}`
        const { items, next } = (await hub.call('viewer', 'GET', `/api/differences?limit=${limit}${filter}${from}`))
          .body
        return { ids: items.map(({ id }: { readonly id: string }) => id) as string[], next: next as string | null }
      }
      const { ids: whole, next: rest } = await pageOf(100, null)
      expect([whole.length, rest]).toEqual([filter === '' ? 6 : filter.endsWith('hub') ? 4 : 2, null])
      for (const limit of limits) {
        const read: string[] = []
        let after: string | null = null
        for (let pages = 0; pages < 20; pages++) {
          const page = await pageOf(limit, after)
          expect(page.ids.length).toBeLessThanOrEqual(limit)
          read.push(...page.ids)
          after = page.next
          if (after === null) break
        }
        expect([limit, after, read]).toEqual([limit, null, whole])
      }
    },
  )
})
