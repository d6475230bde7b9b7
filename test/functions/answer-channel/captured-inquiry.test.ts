/**
 * Where an inquiry and a reversal sign the same fields (pipe H2H), an inquiry that somebody captured is sent as a reversal.
 * It never works as one, and keeps no genuine payment and no genuine reversal from working.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Inquiry, Reversal } from '../../../shared/channel-port/channel.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { type Counter, counterOf, type Hub, hubOn, hubWithMember, NIK } from '../../support/endpoint.ts'
import { at } from '../../support/facts.ts'

const START = at('2026-11-20T10:00')

/** A terminal of the retailer, at seconds after the start; whoever signs the same fields in the same second signs alike. */
function terminalOf(hub: Hub, counter: Counter) {
  const signed = (second: number, product = 'BPUTK') => {
    hub.clock.now = (START + second * 1_000) as Instant
    return { partnerAt: hub.clock.now, signature: `${product}@${second}` }
  }
  return {
    inquire: (second: number, changed: Partial<Inquiry> = {}) => counter.inquire({ ...signed(second), ...changed }),
    pay: (second: number) => {
      const { partnerAt } = signed(second)
      return counter.pay({ partnerAt })
    },
    reverse: (second: number, changed: Partial<Reversal> = {}) =>
      counter.reverse({ ...signed(second), mustFollowPayment: true, ...changed }),
  }
}

async function open() {
  const hub = await hubWithMember()
  const counter = counterOf(hub, 'alfamart')
  return { hub, counter, ...terminalOf(hub, counter) }
}

describe('an inquiry captured before its payment', () => {
  test.each([0, 39, 40])('signed %s s after the start, its payment at 40 s: no reversal', async (second) => {
    const { inquire, pay, reverse } = await open()
    await inquire(second)
    const paid = await pay(40)
    expect(await reverse(second)).toEqual({ outcome: 'out-of-order' })
    expect(await pay(40)).toEqual(paid)
  })

  test('nor a repeat of one, once its payment was reversed', async () => {
    const { inquire, pay, reverse } = await open()
    await inquire(0)
    await pay(40)
    expect(await reverse(50)).toMatchObject({ outcome: 'reversed' })
    expect(await reverse(0)).toEqual({ outcome: 'out-of-order' })
    expect(await reverse(50)).toMatchObject({ outcome: 'reversed' })
  })

  test.each([0, 40])(
    'sent as a reversal first, signed at %s s: the payment of 40 s is taken all the same',
    async (second) => {
      const { hub, pay, reverse } = await open()
      expect(await reverse(second)).toEqual({ outcome: 'unknown-original' })
      const paid = await pay(40)
      expect(paid).toMatchObject({ outcome: 'accepted' })
      expect(await pay(40)).toEqual(paid)
      expect(await reverse(second)).toEqual({ outcome: 'out-of-order' })
      expect(hub.store.everything().decisions).toHaveLength(1)
    },
  )

  test('also a payment under the member’s other number, and a refused one', async () => {
    const { counter, reverse, hub } = await open()
    await reverse(0, { customerId: NIK })
    hub.clock.now = at('2026-11-20T10:00:40')
    expect(await counter.pay()).toMatchObject({ outcome: 'accepted' })
    const empty = hubOn()
    const other = counterOf(empty, 'alfamart')
    await terminalOf(empty, other).reverse(0)
    expect(await terminalOf(empty, other).pay(40)).toMatchObject({ outcome: 'refused', code: 'unknown-customer' })
  })

  test('does not weaken a genuine reversal that comes before its payment', async () => {
    const { pay, reverse } = await open()
    await reverse(0)
    expect(await reverse(50)).toEqual({ outcome: 'unknown-original' })
    expect(await pay(40)).toMatchObject({ outcome: 'was-reversed' })
    expect(await reverse(0)).toEqual({ outcome: 'unknown-original' })
    expect(await pay(40)).toMatchObject({ outcome: 'was-reversed' })
  })

  test('and does not spoil a genuine reversal of the other number that comes before its payment', async () => {
    const { pay, reverse } = await open()
    await reverse(0, { customerId: NIK })
    expect(await reverse(50)).toEqual({ outcome: 'unknown-original' })
    expect(await pay(40)).toMatchObject({ outcome: 'was-reversed' })
  })
})

describe('an inquiry captured after its payment', () => {
  test('no later reversal carries its signature; one of another does', async () => {
    const { inquire, pay, reverse } = await open()
    const paid = await pay(0)
    expect(await inquire(60)).toMatchObject({ outcome: 'quoted' })
    expect(await reverse(60)).toEqual({ outcome: 'out-of-order' })
    expect(await pay(0)).toEqual(paid)
    expect(await reverse(60, { signature: 'BPUTK02@60' })).toMatchObject({ outcome: 'reversed' })
    expect(await reverse(61)).toMatchObject({ outcome: 'reversed' })
  })

  test('not even after another reversal was taken', async () => {
    const { inquire, pay, reverse } = await open()
    await pay(0)
    await inquire(60)
    await reverse(70)
    expect(await reverse(60)).toEqual({ outcome: 'out-of-order' })
  })

  test('a reversal that was taken stays one, whoever inquires with its signature', async () => {
    const { inquire, pay, reverse } = await open()
    await pay(0)
    const first = await reverse(60)
    await inquire(60)
    expect(first).toMatchObject({ outcome: 'reversed' })
    expect(await reverse(60)).toEqual(first)
  })

  test('a late one stays late', async () => {
    const { hub, counter, inquire, pay } = await open()
    await pay(0)
    hub.clock.now = at('2026-11-21T08:00')
    const late = { partnerAt: hub.clock.now, signature: 'late', mustFollowPayment: true }
    expect(await counter.reverse(late)).toEqual({ outcome: 'too-late' })
    await inquire(0, { partnerAt: late.partnerAt, signature: 'late' })
    expect(await counter.reverse(late)).toEqual({ outcome: 'too-late' })
  })

  test('under an id that a reversal holds, it does not keep out a later payment', async () => {
    const { inquire, pay, reverse } = await open()
    await reverse(0)
    await inquire(60)
    expect(await reverse(60)).toEqual({ outcome: 'unknown-original' })
    expect(await pay(50)).toMatchObject({ outcome: 'accepted' })
  })

  test('a payment that a reversal kept out is answered the same after a later-signed reversal', async () => {
    const { pay, reverse } = await open()
    await reverse(20)
    const first = await pay(10)
    expect(first).toMatchObject({ outcome: 'was-reversed' })
    expect(await reverse(60)).toEqual({ outcome: 'unknown-original' })
    expect(await pay(10)).toEqual(first)
  })

  test('and the same also when its terminal asks again and signs anew', async () => {
    const { hub, pay, reverse } = await open()
    await reverse(20)
    const first = await pay(10)
    expect(await pay(320)).toEqual(first)
    expect(await reverse(330)).toEqual({ outcome: 'unknown-original' })
    expect(await pay(640)).toEqual(first)
    expect(hub.store.everything().facts.map(({ kind }) => kind)).toEqual(['terms'])
  })

  test('a payment signed later that comes while it is answered wins, and both hear so', async () => {
    const { hub, pay, reverse } = await open()
    await reverse(20)
    let overtaking: ReturnType<typeof pay> | undefined
    hub.hook.current = async ({ store, method, phase }) => {
      if (store !== 'payment-decisions' || method !== 'put' || phase !== 'before' || overtaking) return
      overtaking = pay(30)
      await overtaking
    }
    const late = await pay(10)
    expect(await overtaking).toMatchObject({ outcome: 'accepted' })
    expect(late).toEqual(await overtaking)
  })

  test('a payment of another customer under its id is a conflict and makes nothing final', async () => {
    const { counter, pay, reverse } = await open()
    await reverse(20)
    expect(await counter.pay({ partnerAt: START, customerId: NIK })).toEqual({ outcome: 'conflict' })
    expect(await pay(30)).toMatchObject({ outcome: 'accepted' })
  })

  test('an ordinary inquiry writes nothing', async () => {
    const { hub, inquire } = await open()
    const written: string[] = []
    hub.hook.current = async ({ kind, method }) => {
      if (kind === 'write') written.push(method)
    }
    await inquire(0)
    expect(written).toEqual([])
  })

  test('is not answered before its signature is kept', async () => {
    const { hub, inquire, pay } = await open()
    await pay(0)
    hub.hook.current = async ({ method, phase }) => {
      if (method === 'putInquiryMark' && phase === 'before') throw new Error('expected the mark to be put, it was not')
    }
    expect(await inquire(60)).toEqual({ outcome: 'fault' })
  })
})

/** What a terminal signs, in its own order, each in a later second; an attacker sends any inquiry as a reversal at any time after it. */
test('whatever a terminal signs, an inquiry captured from it reverses and blocks nothing', async () => {
  const anyPlay = fc.record({
    inquiries: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 5 }),
    paymentAt: fc.integer({ min: 0, max: 9 }),
    attacks: fc.array(fc.tuple(fc.nat(4), fc.nat(12)), { maxLength: 8 }),
  })
  await fc.assert(
    fc.asyncProperty(anyPlay, async ({ inquiries, paymentAt, attacks }) => {
      const { inquire, pay, reverse } = await open()
      const attacked = async (second: number) => {
        for (const [which, when] of attacks) {
          const captured = inquiries[which]
          if (captured !== undefined && captured <= second && when === second) {
            expect(['unknown-original', 'out-of-order']).toContain((await reverse(captured)).outcome)
          }
        }
      }
      for (let second = 0; second <= 12; second++) {
        if (inquiries.includes(second)) await inquire(second)
        if (second === paymentAt) expect(await pay(second)).toMatchObject({ outcome: 'accepted' })
        await attacked(second)
      }
      expect(await pay(paymentAt)).toMatchObject({ outcome: 'accepted' })
    }),
    { numRuns: 300 },
  )
})
