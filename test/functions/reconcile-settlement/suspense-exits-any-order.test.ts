/**
 * That money leaves suspense once and never gets lost: an exit that is killed at any write and comes again, exits and reversals that
 * meet, and any sequence of what people and channels may do.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Fact, keyOf, type MoneyFact } from '../../../shared/domain/fact.ts'
import { collectedAs } from '../../../shared/domain/suspense-exit.ts'
import { counterOf, signedReversal } from '../../support/endpoint.ts'
import { KPJ } from '../../support/facts.ts'
import { partnerRow } from '../../support/settlement-hub.ts'
import { CHANNEL, DAY, NOBODY, OTHER, type SuspenseHub, suspenseHub } from '../../support/suspense-hub.ts'

/** T1 is in no file and suspended; X1 is a line of nobody, posted. */
async function withSuspense(): Promise<SuspenseHub> {
  const hub = await suspenseHub()
  hub.setClock(`${DAY}T10:00`)
  await counterOf(hub, CHANNEL).pay({ paymentId: 'T1' })
  hub.setClock('2026-11-21T06:30')
  await hub.settle(CHANNEL, DAY, [partnerRow('X1', `${DAY}T11:00`, { customer: NOBODY, amount: 9_000 })])
  const ids = Object.fromEntries((await hub.cases(CHANNEL, DAY)).map(({ id, finding }) => [finding.class, id]))
  await hub.decide(ids['missing-in-hub'] ?? '', 'post')
  await hub.decide(ids['missing-in-file'] ?? '', 'suspend')
  await hub.fold()
  hub.setClock('2026-11-21T09:00')
  return hub
}

const idOf = async (hub: SuspenseHub, paymentId: string): Promise<string> =>
  (await hub.listed()).find((item) => item.paymentId === paymentId)?.id ?? ''

/** Facts that hold the money of a payment id now. */
function holdersOf(facts: readonly Fact[]): ReadonlyMap<string, readonly MoneyFact[]> {
  const gone = new Set(facts.flatMap((fact) => (fact.kind === 'reversal' ? [`${fact.account} ${fact.reverses}`] : [])))
  const money = facts.filter((fact): fact is MoneyFact => fact.kind === 'payment' || fact.kind === 'posting')
  const held = money.filter((fact) => !gone.has(`${fact.account} ${keyOf(fact)}`))
  return Map.groupBy(held, (fact) => collectedAs(fact).paymentId)
}

describe('an exit that is killed between its approval and any write, and comes again', () => {
  test.each([
    ['release', 'X1', OTHER],
    ['release', 'T1', OTHER],
    ['refund', 'X1', undefined],
    ['refund', 'T1', undefined],
  ])('ends as if it had not been: %s of %s', async (action, paymentId, kpj) => {
    const story = async (dieAt: number) => {
      const hub = await withSuspense()
      expect((await hub.approve(await idOf(hub, paymentId), action, kpj)).status).toBe(200)
      const entries = hub.settlements.inserted().filter(({ entry }) => entry.startsWith('exit#'))
      expect(entries).toHaveLength(1)
      let step = 0
      const die = () => {
        if (++step === dieAt) throw new Error('killed')
      }
      hub.hook.current = async ({ kind, phase }) => {
        if (kind === 'write' && phase === 'after') die()
      }
      hub.entryHook.current = async ({ method, phase }) => {
        if (phase === 'after' && /put|transact/.test(method)) die()
      }
      hub.sent.push(...entries)
      const killed = await hub.drain().then(
        () => false,
        () => true,
      )
      hub.hook.current = async () => {}
      hub.entryHook.current = async () => {}
      const between = hub.money()
      hub.sent.push(...entries, ...entries)
      await hub.drain()
      await hub.fold()
      const { facts } = hub.store.everything()
      const statement = await hub.statement(CHANNEL, DAY)
      return { killed, between, facts, open: statement?.openItems, problems: await hub.problems() }
    }
    const whole = await story(0)
    expect(whole).toMatchObject({ killed: false, problems: [] })
    let kills = 0
    for (let dieAt = 1; dieAt < 30; dieAt++) {
      const { killed, between, ...after } = await story(dieAt)
      if (!killed) break
      kills++
      expect(Object.values(between.places).reduce((sum, amount) => sum + amount, 0)).toBe(17_400)
      expect(after).toEqual({ facts: whole.facts, open: whole.open, problems: [] })
    }
    expect(kills).toBeGreaterThan(2)
  })
})

describe('a release and what takes the money back', () => {
  /** Both approved, none applied. */
  async function bothApproved() {
    const hub = await withSuspense()
    hub.setClock('2026-11-22T06:30')
    const reversed = partnerRow('X1', `${DAY}T11:00`, { customer: NOBODY, amount: 9_000, status: 'R' })
    await hub.settle(CHANNEL, '2026-11-21', [reversed])
    const cases = [...(await hub.cases(CHANNEL, DAY)), ...(await hub.cases(CHANNEL, '2026-11-21'))]
    const open = cases.find(({ state }) => state === 'open')?.id ?? ''
    const proposed = { action: 'reverse', reason: 'the channel took it back' }
    expect((await hub.call('operator', 'POST', `/api/differences/${open}/proposal`, proposed)).status).toBe(200)
    await hub.call('approver', 'POST', `/api/differences/${open}/approval`, { decision: 'approve' })
    expect((await hub.approve(await idOf(hub, 'X1'), 'release', OTHER)).status).toBe(200)
    const entries = hub.settlements.inserted()
    return { hub, of: (prefix: string) => entries.filter(({ entry }) => entry.startsWith(prefix)) }
  }

  test.each([
    ['the release first', ['exit#', 'resolution#']],
    ['the reversal first', ['resolution#', 'exit#']],
  ])('%s: the money is back at the channel, and nobody has it', async (_, order) => {
    const { hub, of } = await bothApproved()
    for (const prefix of order) {
      hub.sent.push(...of(prefix))
      await hub.drain()
    }
    await hub.fold()
    expect(holdersOf(hub.store.everything().facts).get('X1') ?? []).toEqual([])
    expect(hub.money().places).toMatchObject({ reversed: 9_000 })
    expect(await hub.problems()).toEqual([])
  })

  test('at the same moment: the reversal finds that the money was released while it looked, and comes again', async () => {
    const { hub, of } = await bothApproved()
    let isMet = false
    hub.hook.current = async ({ method, phase }) => {
      if (isMet || method !== 'putTogether' || phase !== 'before') return
      isMet = true
      const [entry] = of('exit#')
      const exit = entry && (await hub.settlements.exitAt(entry.part, entry.entry))
      expect(exit).toBeDefined()
      hub.sent.push(...of('exit#'))
      await hub.drain()
    }
    hub.sent.push(...of('resolution#'))
    await expect(hub.drain()).rejects.toThrow('it was released')
    hub.hook.current = async () => {}
    hub.sent.push(...of('resolution#'))
    await hub.drain()
    await hub.fold()
    expect(holdersOf(hub.store.everything().facts).get('X1') ?? []).toEqual([])
    expect(await hub.problems()).toEqual([])
  })
})

test('a release that meets its channel’s own reversal at the same moment puts nothing', async () => {
  const hub = await withSuspense()
  expect((await hub.approve(await idOf(hub, 'T1'), 'release', OTHER)).status).toBe(200)
  const payment = hub.store.everything().facts.find((fact) => fact.kind === 'payment')
  if (payment?.kind !== 'payment') throw new Error('expected a payment')
  const { account, source, id, decidedAt, recordedAt, businessDate, amount } = payment
  const stamp = { account, source, id, decidedAt, recordedAt, businessDate, amount }
  hub.hook.current = async ({ method, phase }) => {
    if (method !== 'putTogether' || phase !== 'before') return
    hub.hook.current = async () => {}
    const reversal = { kind: 'reversal', ...stamp, reverses: keyOf(payment), partnerAt: decidedAt, outlet: '' } as const
    await hub.store.facts.put(signedReversal(reversal))
  }
  await hub.drain()
  await hub.fold()
  expect(hub.store.everything().facts.filter(({ kind }) => kind === 'posting')).toHaveLength(1)
  expect(hub.counted).toContain('DecisionsApplied taken-back 1')
  expect(hub.money().places).toMatchObject({ reversed: 8_400, suspense: 9_000 })
  expect(await hub.problems()).toEqual([])
})

/** What may happen, in any order and any number of times. */
const step = fc.record({
  what: fc.constantFrom('release', 'release', 'refund', 'resolve', 'reversal-line', 'settled-line', 'again', 'reject'),
  pick: fc.nat(7),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function live(hub: SuspenseHub, { what, pick }: Step, round: number): Promise<void> {
  hub.setClock(`2026-11-${22 + round}T06:30`)
  const items = await hub.listed()
  const item = items[pick % Math.max(1, items.length)]
  const file = `2026-11-${21 + round}`
  const row = (status: 'R' | 'S') =>
    pick % 2
      ? partnerRow('X1', `${DAY}T11:00`, { customer: NOBODY, amount: 9_000, status })
      : partnerRow('T1', `${DAY}T10:00`, { status })
  switch (what) {
    case 'release':
    case 'refund':
      if (item) await hub.letOut(item.id, what, what === 'refund' ? undefined : pick % 2 ? KPJ : OTHER)
      return
    case 'reject': {
      if (!item) return
      const at = `/api/suspense/${item.id}`
      await hub.call('operator', 'POST', `${at}/proposal`, { action: 'refund', reason: 'as asked' })
      await hub.call('approver', 'POST', `${at}/approval`, { decision: 'reject', reason: 'not ours' })
      return
    }
    case 'again':
      // Every exit that ever was, delivered once more.
      for (const [part, entries] of hub.settlements.everything())
        hub.sent.push(
          ...[...entries.keys()].filter((entry) => entry.startsWith('exit#')).map((entry) => ({ part, entry })),
        )
      await hub.drain()
      return
    case 'reversal-line':
    case 'settled-line':
      await hub.settle(CHANNEL, file, [row(what === 'reversal-line' ? 'R' : 'S')])
      return
    case 'resolve': {
      const days = [DAY, ...Array.from({ length: round }, (_, i) => `2026-11-${21 + i}`)]
      const cases = (await Promise.all(days.map((day) => hub.cases(CHANNEL, day)))).flat()
      const open = cases.filter(({ state }) => state === 'open')
      const one = open[pick % Math.max(1, open.length)]
      if (!one) return
      const { actions } = (await hub.call('viewer', 'GET', `/api/differences/${one.id}`)).body
      const action = ['reverse', 'suspend', 'post'].filter((each) => actions.includes(each))[pick % 3]
      if (action) await hub.decide(one.id, action)
    }
  }
}

test('after any story every rupiah that was collected is in one place, and no payment’s money is held twice', async () => {
  const seen = { released: 0, refunded: 0, reversed: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 7 }), async (steps) => {
      const hub = await withSuspense()
      for (const [round, each] of steps.entries()) {
        await live(hub, each, round)
        await hub.drain()
        await hub.fold()
      }
      const { facts } = hub.store.everything()
      for (const held of holdersOf(facts).values()) expect(held.length).toBeLessThanOrEqual(1)
      const { collected, places } = hub.money()
      expect(Object.values(places).reduce((sum, amount) => sum + amount, 0)).toBe(collected)
      expect(await hub.problems()).toEqual([])
      for (const fact of facts) {
        if (fact.kind === 'posting' && fact.id.length > 2) seen.released++
        if (fact.kind === 'reversal' && fact.source === 'finance') seen.reversed++
      }
      for (const entries of hub.settlements.everything().values())
        for (const [entry, { value }] of entries)
          if (entry.startsWith('exit#') && value.includes('"refund"')) seen.refunded++
    }),
    { numRuns: 60, seed: 11 },
  )
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10)
})
