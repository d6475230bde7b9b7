/** Decisions about many cases at once: each as its own call would decide it, with its own entry and its own outcome. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BULK_LIMIT } from '../../../../functions/serve-console/settlement/bulk-schemas.ts'
import { Transient } from '../../../../shared/runtime/faults.ts'
import { verifyChain } from '../../../../shared/store/audit/chain.ts'
import { auditBooks } from '../../../support/audit-books.ts'
import { counterOf } from '../../../support/endpoint.ts'
import { type Answer, partnerRow, type SettlementHub, settlementHub } from '../../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const REASON = 'as agreed'

/** A payment that the file leaves out, lines of nobody, lines that stand twice, fees of another schedule. */
async function withCases() {
  const hub = await settlementHub()
  await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
  hub.setClock('2026-11-21T06:30')
  const rows = Array.from({ length: 6 }, (_, i) =>
    partnerRow(`X${i}`, `${DAY}T11:0${i}`, { customer: '10987654321', amount: 9_000 + i }),
  )
  const twice = rows.slice(0, 3)
  const dear = partnerRow('F1', `${DAY}T12:00`, { customer: '10987654321', fee: 2_000 })
  await hub.settle('indomaret', DAY, [...rows, ...twice, dear])
  const ids = (await hub.cases('indomaret', DAY)).map(({ id }) => id).sort()
  return { hub, ids }
}

type Asked = { readonly key: string; readonly ids: readonly string[]; readonly [field: string]: unknown }
const propose = (hub: SettlementHub, body: Asked, who = 'operator') =>
  hub.call('operator', 'POST', '/api/difference-proposals', { reason: REASON, ...body }, who)
const decide = (hub: SettlementHub, body: Asked, who = 'approver') =>
  hub.call('approver', 'POST', '/api/difference-approvals', { decision: 'approve', ...body }, who)
const codeOf = ({ status, body }: Answer) => `${status} ${body.code}`
const codesOf = ({ body }: Answer): readonly (string | null)[] =>
  body.items.map(({ code }: { readonly code: string | null }) => code)

async function idsOf(hub: SettlementHub, of: string): Promise<readonly string[]> {
  return (await hub.cases('indomaret', DAY)).filter(({ finding }) => finding.class === of).map(({ id }) => id)
}

describe('a decision about many cases', () => {
  test('has an outcome and an entry in the chain for each, and is carried out', async () => {
    const { hub, ids } = await withCases()
    const charged = await idsOf(hub, 'missing-in-hub')
    const proposed = await propose(hub, { key: 'november-1', ids: [...charged, 'unknown'], action: 'charge-channel' })
    expect(proposed).toMatchObject({ status: 200, body: { accepted: charged.length, refused: 1 } })
    expect(codesOf(proposed)).toEqual([...charged.map(() => null), 'UNKNOWN_DIFFERENCE'])
    expect(proposed.body.items[0]).toEqual({
      id: charged[0],
      outcome: 'accepted',
      state: 'proposed',
      waitsFor: 'approver',
      code: null,
      detail: null,
    })
    const approved = await decide(hub, { key: 'november-1', ids })
    expect(approved.body.accepted).toBe(charged.length)
    expect(new Set(codesOf(approved))).toEqual(new Set([null, 'NOT_PROPOSED']))
    const { chain, resolutions } = hub.settlements
    expect(chain.map(({ subject, action }) => `${action?.S} ${subject?.S}`)).toEqual([
      ...charged.map((id) => `proposed ${id}`),
      ...ids.filter((id) => charged.includes(id)).map((id) => `approved ${id}`),
    ])
    expect(JSON.parse(chain[0]?.detail?.S ?? '')).toMatchObject({ bulk: 'november-1', action: 'charge-channel' })
    async function* items() {
      yield* chain
    }
    expect(await verifyChain(items(), await resolutions.head())).toMatchObject({ outcome: 'whole' })
    await hub.drain()
    const states = (await hub.cases('indomaret', DAY)).map(({ id, state }) => [charged.includes(id), state])
    expect(new Set(states.map(String))).toEqual(new Set(['true,resolved', 'false,open']))
    expect((await auditBooks(hub)).problems).toEqual([])
  })

  test('repeated with its key has the first answer, whatever became of the cases since', async () => {
    const { hub, ids } = await withCases()
    const asked = { key: 'november-1', ids, action: 'accept' }
    const first = await propose(hub, asked)
    expect(await propose(hub, asked)).toEqual(first)
    const approved = await decide(hub, { key: 'november-2', ids })
    await hub.drain()
    expect(await propose(hub, asked)).toEqual(first)
    expect(await decide(hub, { key: 'november-2', ids })).toEqual(approved)
    expect(hub.settlements.chain).toHaveLength(ids.length * 2)
    expect(codeOf(await propose(hub, { ...asked, action: 'charge-channel' }))).toBe('409 KEY_REUSED')
    expect(codesOf(await propose(hub, { ...asked }, 'another'))).toEqual(ids.map(() => 'ALREADY_DECIDED'))
  })

  test('nobody approves an own proposal among them', async () => {
    const { hub, ids } = await withCases()
    const [own = '', other = ''] = ids
    await hub.call('approver', 'POST', `/api/differences/${own}/proposal`, { action: 'accept', reason: REASON }, 'ani')
    await propose(hub, { key: 'november-1', ids: [other], action: 'accept' })
    expect(codesOf(await decide(hub, { key: 'november-2', ids: [own, other] }, 'ani'))).toEqual(['OWN_PROPOSAL', null])
  })

  test('gives up no more in all than one resolution may, without an administrator', async () => {
    const hub = await settlementHub()
    hub.setClock('2026-11-21T06:30')
    const rows = [20_000, 20_000, 15_000, 10_000].map((amount, i) =>
      partnerRow(`X${i}`, `${DAY}T11:0${i}`, { customer: '10987654321', amount }),
    )
    await hub.settle('indomaret', DAY, [...rows, ...rows])
    const cases = (await hub.cases('indomaret', DAY)).filter(({ finding }) => finding.class === 'duplicate-in-file')
    const ids = cases
      .toSorted((a, b) => (b.finding.fileAmountRupiah ?? 0) - (a.finding.fileAmountRupiah ?? 0))
      .map(({ id }) => id)
    expect(ids).toHaveLength(4)
    const asked = { key: 'november-1', ids, action: 'write-off' }
    const proposed = await propose(hub, asked)
    expect(codesOf(proposed)).toEqual([null, null, null, null])
    const decided = await decide(hub, { key: 'november-3', ids })
    const waits = ({ body }: Answer) => body.items.map(({ waitsFor }: { readonly waitsFor: string | null }) => waitsFor)
    expect(waits(decided)).toEqual([null, null, 'admin', null])
    expect(await decide(hub, { key: 'november-3', ids })).toEqual(decided)
    const byAdmin = { key: 'november-4', ids: ids.slice(2, 3), decision: 'approve' }
    const answered = await hub.call('admin', 'POST', '/api/difference-approvals', byAdmin)
    expect([codesOf(answered), waits(answered)]).toEqual([[null], [null]])
  })

  test.each([
    ['of nothing', { ids: [] }],
    ['with a case twice', { ids: ['a', 'a'] }],
    ['of more than may be', { ids: Array.from({ length: BULK_LIMIT + 1 }, (_, i) => `case-${i}`) }],
    ['without a key', { key: '' }],
    ['with the number of a person as key', { key: '3578011203850001' }],
    ['that is a match', { action: 'match' }],
    ['with an amount', { amountRupiah: 1 }],
  ])('%s is refused as a whole', async (_, changed) => {
    const { hub, ids } = await withCases()
    expect(codeOf(await propose(hub, { key: 'november-1', ids, action: 'accept', ...changed }))).toBe(
      '400 INVALID_INPUT',
    )
    expect(hub.settlements.chain).toEqual([])
  })

  test('is for those who may', async () => {
    const { hub, ids } = await withCases()
    const asked = { key: 'november-1', ids, action: 'accept', reason: REASON }
    expect(codeOf(await hub.call('viewer', 'POST', '/api/difference-proposals', asked))).toBe('403 NOT_ALLOWED')
    const approval = { key: 'november-1', ids, decision: 'approve' }
    expect(codeOf(await hub.call('operator', 'POST', '/api/difference-approvals', approval))).toBe('403 NOT_ALLOWED')
  })
})

/** What a twin of the hub answers to the same steps one by one. */
async function oneByOne(hub: SettlementHub, path: string, ids: readonly string[], body: object) {
  const codes: (string | null)[] = []
  for (const id of ids) {
    const role = path === 'proposal' ? 'operator' : 'approver'
    const { status, body: answered } = await hub.call(role, 'POST', `/api/differences/${id}/${path}`, body)
    codes.push(status === 200 ? null : answered.code)
  }
  return codes
}

const casesOf = async (hub: SettlementHub) =>
  (await hub.cases('indomaret', DAY)).map(({ id, state, version, proposal, history }) => [
    id,
    state,
    version,
    proposal,
    history,
  ])

const anyCall = fc.record({
  chosen: fc.uniqueArray(fc.nat({ max: 11 }), { minLength: 1, maxLength: 12 }),
  action: fc.constantFrom('charge-channel', 'accept', 'post', 'reverse', 'suspend'),
  decision: fc.constantFrom('approve', 'reject'),
  /** At which write the first try is cut off, before it or after it; beyond the last one: never. */
  cutAt: fc.nat({ max: 15 }),
  phase: fc.constantFrom('before', 'after'),
})

test('any decisions about many, cut off anywhere and repeated, are what one call for each would do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyCall, { minLength: 1, maxLength: 3 }), async (calls) => {
      const { hub, ids } = await withCases()
      const { hub: twin } = await withCases()
      for (const [i, { chosen, action, decision, cutAt, phase }] of calls.entries()) {
        const some = chosen.flatMap((n) => ids[n] ?? [])
        if (some.length === 0) continue
        const cutOff = async (ask: () => Promise<Answer>) => {
          let writes = 0
          hub.entryHook.current = async (operation) => {
            if (operation.method === 'transact' && operation.phase === phase && writes++ === cutAt)
              throw new Transient('CUT_OFF', 'expected the call to go on, the test cut it off')
          }
          await ask().catch((error: unknown) => expect(error).toBeInstanceOf(Transient))
          hub.entryHook.current = async () => {}
          return ask()
        }
        const proposed = await cutOff(() => propose(hub, { key: `proposal-${i}`, ids: some, action }))
        expect(codesOf(proposed)).toEqual(await oneByOne(twin, 'proposal', some, { action, reason: REASON }))
        const decided = await cutOff(() => decide(hub, { key: `decision-${i}`, ids: some, decision }))
        expect(codesOf(decided)).toEqual(await oneByOne(twin, 'approval', some, { decision }))
        expect(await casesOf(hub)).toEqual(await casesOf(twin))
        await Promise.all([hub.drain(), twin.drain()])
      }
      const subjects = ({ settlements }: SettlementHub) =>
        settlements.chain.map(({ action, subject }) => [action, subject])
      expect(subjects(hub)).toEqual(subjects(twin))
      expect((await auditBooks(hub)).problems).toEqual([])
    }),
    { numRuns: 40 },
  )
})
