/**
 * A process that cannot read who is locked out: for 15 minutes it goes by what it read last; then, or when it never read any, what
 * asks anew or moves money fails and may be repeated, while repeats and status get their answer. Nothing that was collected is dropped.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refuseUnknownCertificate } from '../../../functions/answer-channel/answer-request.ts'
import type { Answer } from '../../../shared/channel-port/channel.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { Throttled } from '../../../shared/runtime/faults.ts'
import { type Counter, counterOf, type Hub, hubWithMember } from '../../support/endpoint.ts'
import { terms } from '../../support/facts.ts'

const MINUTE = 60_000
const FRESH = 20_000
const KNOWN = 15 * MINUTE
const OUTCOMES_OF_MONEY = ['accepted', 'reversed']

function later(hub: Hub, millis: number): void {
  hub.clock.now = (hub.clock.now + millis) as Instant
}

/** A hub of 60 members, whose locks can be read as long as `readable` says so. */
async function hubOfMany() {
  const hub = await hubWithMember()
  const members = Array.from({ length: 60 }, (_, i) => kpjOf(`2700000${String(i).padStart(4, '0')}`))
  for (const account of members) await hub.store.facts.put({ ...terms('2026-01'), account })
  const table = { readable: true, error: new Error('away') as Error }
  const locksOf = async (channel: string) => {
    if (!table.readable) throw table.error
    return hub.limits.locksOf(channel)
  }
  return { hub, members, table, pos: counterOf({ ...hub, limits: { ...hub.limits, locksOf } }, 'pos') }
}

type Step =
  | { readonly do: 'wait'; readonly millis: number }
  | { readonly do: 'break' | 'mend' | 'inquire' | 'pay' | 'reverse-nothing' }
  | { readonly do: 'repeat' | 'status' | 'reverse'; readonly which: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('wait' as const),
    millis: fc.constantFrom(1, FRESH - 1, FRESH, MINUTE, 14 * MINUTE, KNOWN - 1, KNOWN),
  }),
  fc.record({ do: fc.constantFrom('break', 'mend', 'inquire', 'pay', 'reverse-nothing') }),
  fc.record({ do: fc.constantFrom('repeat', 'status', 'reverse'), which: fc.nat(50) }),
)

/** What the endpoint should know, by the calls that were made so far. */
type Model = {
  readAt: number
  readonly paid: { readonly paymentId: string; readonly customerId: string; answer: Answer; isReversed: boolean }[]
  made: number
}

async function take(
  { hub, members, table, pos }: Awaited<ReturnType<typeof hubOfMany>>,
  model: Model,
  one: Step,
): Promise<void> {
  if (one.do === 'wait') return later(hub, one.millis)
  if (one.do === 'break' || one.do === 'mend') {
    table.readable = one.do === 'mend'
    return
  }
  if ('which' in one && model.paid.length === 0) return
  if (hub.clock.now - model.readAt >= FRESH && table.readable) model.readAt = hub.clock.now
  const isKnown = hub.clock.now - model.readAt < KNOWN
  const id = `N${model.made++}`
  const customerId = members[model.made % members.length] as string
  switch (one.do) {
    case 'inquire':
      expect(await pos.inquire({ requestId: id, customerId })).toMatchObject({ outcome: isKnown ? 'quoted' : 'fault' })
      return
    case 'reverse-nothing': {
      const { outcome } = await pos.reverse({ paymentId: id, customerId })
      expect(outcome).toBe(isKnown ? 'unknown-original' : 'fault')
      return
    }
    case 'pay': {
      const answer = await pos.pay({ paymentId: id, customerId })
      expect(answer).toMatchObject({ outcome: isKnown ? 'accepted' : 'fault' })
      if (isKnown) model.paid.push({ paymentId: id, customerId, answer, isReversed: false })
      return
    }
    case 'repeat':
    case 'status':
    case 'reverse': {
      const payment = model.paid[one.which % model.paid.length] as Model['paid'][number]
      const { paymentId, customerId: payer } = payment
      const asked = { paymentId, customerId: payer }
      if (one.do === 'reverse') {
        const { outcome } = await pos.reverse(asked)
        // A payment stands under this id, so no answer may say that nothing happened.
        expect(outcome).toBe(isKnown ? 'reversed' : 'unknown-outcome')
        payment.isReversed ||= isKnown
        return
      }
      const { outcome, ...rest } = one.do === 'repeat' ? await pos.pay(asked) : await pos.status(paymentId, payer)
      if (payment.isReversed) expect(outcome).toBe('was-reversed')
      else expect({ outcome, ...rest }).toEqual(payment.answer)
      return
    }
  }
}

/** What stands in the ledger: payments that are not reversed, and reversals. */
function standing(hub: Hub) {
  const { facts, decisions } = hub.store.everything()
  return {
    payments: facts.filter(({ kind }) => kind === 'payment').length,
    reversals: facts.filter(({ kind }) => kind === 'reversal').length,
    decisions: decisions.map(({ paymentId }) => paymentId).sort(),
  }
}

test('whatever fails and for how long: known locks answer all, unknown ones what was answered before, and nothing collected is lost', async () => {
  const property = fc.asyncProperty(fc.boolean(), fc.array(step, { maxLength: 40 }), async (readable, steps) => {
    const place = await hubOfMany()
    place.table.readable = readable
    const model: Model = { readAt: Number.NEGATIVE_INFINITY, paid: [], made: 0 }
    for (const one of steps) await take(place, model, one)
    expect(standing(place.hub)).toMatchObject({
      payments: model.paid.length,
      reversals: model.paid.filter(({ isReversed }) => isReversed).length,
    })
    place.table.readable = true
    later(place.hub, FRESH)
    for (const { paymentId, customerId, answer, isReversed } of model.paid) {
      const again = await place.pos.pay({ paymentId, customerId })
      if (isReversed) expect(again).toMatchObject({ outcome: 'was-reversed' })
      else expect(again).toEqual(answer)
    }
  })
  await fc.assert(property, { numRuns: 60 })
})

describe('a process', () => {
  const ages: readonly (readonly [string, number | null, boolean])[] = [
    ['never read the locks', null, false],
    ['read them 14 minutes ago', 14 * MINUTE, true],
    ['read them a millisecond less than 15 minutes ago', KNOWN - 1, true],
    ['read them 15 minutes ago', KNOWN, false],
  ]

  test.each(ages)('that %s and cannot read them', async (_, age, goesOn) => {
    const { hub, members, table, pos } = await hubOfMany()
    const [one = '', two = '', three = ''] = members
    // Another process took it.
    const first = await counterOf(hub, 'pos').pay({ paymentId: 'T1', customerId: one })
    if (age !== null) await pos.inquire({ requestId: 'I0', customerId: two })
    table.readable = false
    later(hub, age ?? 0)
    const answers = {
      inquiry: await pos.inquire({ requestId: 'I1', customerId: two }),
      payment: await pos.pay({ paymentId: 'T2', customerId: two }),
      repeat: await pos.pay({ paymentId: 'T1', customerId: one }),
      status: await pos.status('T1', one),
      statusOfNothing: await pos.status('T9', three),
      emptyReversal: await pos.reverse({ paymentId: 'T9', customerId: three }),
      reversal: await pos.reverse({ paymentId: 'T1', customerId: one }),
    }
    expect(first).toMatchObject({ outcome: 'accepted' })
    expect([answers.repeat, answers.status]).toEqual([first, first])
    expect(Object.fromEntries(Object.entries(answers).map(([name, { outcome }]) => [name, outcome]))).toEqual({
      inquiry: goesOn ? 'quoted' : 'fault',
      payment: goesOn ? 'accepted' : 'fault',
      repeat: 'accepted',
      status: 'accepted',
      statusOfNothing: 'unknown-original',
      emptyReversal: goesOn ? 'unknown-original' : 'fault',
      reversal: goesOn ? 'reversed' : 'unknown-outcome',
    })
    if (!goesOn) expect(standing(hub)).toEqual({ payments: 1, reversals: 0, decisions: ['T1'] })
  })

  test('that cannot read them says "too many" for nothing: a throttled table is a fault, too', async () => {
    const { members, table, pos } = await hubOfMany()
    Object.assign(table, { readable: false, error: new Throttled('asked too often') })
    expect(await pos.inquire({ customerId: members[0] as string })).toEqual({ outcome: 'fault' })
  })

  test('answers again with the first call after reading works, and tells of each failed read', async () => {
    const { hub, members, table, pos } = await hubOfMany()
    table.readable = false
    const ask = (of: Counter) => of.inquire({ customerId: members[0] as string })
    expect([(await ask(pos)).outcome, (await ask(pos)).outcome]).toEqual(['fault', 'fault'])
    const reads = hub.heard.faults.filter((error) => error === table.error)
    expect(reads).toHaveLength(2)
    table.readable = true
    expect((await ask(pos)).outcome).toBe('quoted')
  })

  test('refuses a key that was revoked when it last read, for as long as it cannot read; one that never read moves no money for it', async () => {
    const { hub, members, table, pos } = await hubOfMany()
    const [customerId = ''] = members
    await counterOf(hub, 'pos').pay({ paymentId: 'T1', customerId })
    const subject = 'ab'.repeat(32)
    await hub.limits.hold('pos', { by: 'key', subject, at: hub.clock.now, reason: 'stolen' })
    await pos.status('T1', customerId)
    table.readable = false
    later(hub, 24 * 60 * MINUTE)
    await pos.limits.refresh().done
    const check = () => ({ isPinned: true, pin: { issuer: 'CN=CA', publicKeySha256: subject } })
    const certificate = { pem: '', subject: '' }
    const logScope = { log: () => ({ warn: () => {} }) } as never
    const refusedBy = (of: Counter) =>
      refuseUnknownCertificate(
        { channel: 'pos', check, isRevoked: (key) => of.limits.isLocked('key', key), certificate },
        { metrics: { count: () => {} } as never, logScope },
      )?.status
    expect(refusedBy(pos)).toBe(403)
    const never = counterOf({ ...hub, limits: { ...hub.limits, locksOf: () => Promise.reject(table.error) } }, 'pos')
    expect(refusedBy(never)).toBeUndefined()
    const asked = { paymentId: 'T1', customerId }
    for (const { outcome } of [await never.reverse(asked), await never.pay({ ...asked, paymentId: 'T2' })])
      expect(OUTCOMES_OF_MONEY).not.toContain(outcome)
    expect(standing(hub)).toEqual({ payments: 1, reversals: 0, decisions: ['T1'] })
  })
})
