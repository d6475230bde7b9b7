/** A sponsor's list from its bytes to covered members: every step right any number of times, and nothing half done that shows. */
import { describe, expect, test } from 'vitest'
import { enrolCohort } from '../../../functions/enrol-cohort/enrol-cohort.ts'
import { allocate } from '../../../shared/domain/allocation.ts'
import type { BillCode } from '../../../shared/domain/bill-code.ts'
import { businessDateOf, type Instant } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { PLAN } from '../../support/sponsors.ts'
import {
  addProgram,
  billed,
  billOf,
  enrolled,
  factsOf,
  listOf,
  OTHER_VILLAGE,
  openProgram,
  payBill,
  people,
  personRow,
  rowsOf,
  send,
  show,
  VALID,
  VILLAGE,
  work,
} from './list-hub.ts'

describe('a list', () => {
  test('becomes memberships with terms of the program, contacts, and rows that say which', async () => {
    const { hub, cohort } = await enrolled(listOf(personRow(1), personRow(2, { sector: 'transport' }), personRow(2)))
    expect(await show(hub, cohort)).toMatchObject({
      state: 'enrolled',
      working: null,
      rows: 3,
      accepted: 2,
      refused: 1,
      enrolled: 2,
    })
    const [first, second, third] = await rowsOf(hub, cohort)
    expect(third).toMatchObject({ state: 'refused', refusal: 'DUPLICATE_IN_LIST' })
    expect(second).toMatchObject({
      line: 3,
      state: 'enrolled',
      refusal: null,
      regionCode: VILLAGE,
      sector: 'transport',
    })
    const receivedAt = (await hub.ports.sponsors.cohort(cohort))?.receivedAt ?? (0 as Instant)
    expect(await hub.store.facts.ofAccount(second?.kpj as Kpj)).toEqual([
      {
        kind: 'terms',
        account: second?.kpj,
        source: 'import',
        id: ['0001'],
        decidedAt: receivedAt,
        recordedAt: receivedAt,
        from: '2026-11',
        terms: { sector: 'transport', funding: PLAN.funding, programs: PLAN.programs, income: PLAN.income },
        regionCode: VILLAGE,
        registeredOn: businessDateOf(receivedAt),
        participant: second?.participant,
        cohort,
        listLine: 3,
      },
    ])
    expect(await hub.store.facts.ofAccount(first?.kpj as Kpj)).toMatchObject([
      { terms: { sector: PLAN.sector }, listLine: 2 },
    ])
    expect(await hub.store.contacts.get(first?.kpj as Kpj)).toMatchObject({
      nik: '1571011203850001',
      name: 'BUDI SANTOSO',
    })
    expect(await hub.store.memberships.get(first?.kpj as Kpj)).toMatchObject({ status: 'unpaid', regionCode: VILLAGE })
  })

  test('sent again changes nothing, and every step may be done twice at once', async () => {
    const once = await enrolled(listOf(...people(30)))
    const hub = await openProgram()
    const { cohort } = await send(hub, listOf(...people(30)))
    await work(hub, cohort, { twice: true })
    await hub.fold()
    expect(factsOf(hub)).toEqual(factsOf(once.hub))
    const before = hub.store.everything()
    expect(await send(hub, listOf(...people(30)))).toMatchObject({ status: 200, cohort })
    await work(hub, cohort)
    expect(hub.store.everything()).toEqual(before)
  })

  test('goes on where it was killed, in whichever write', async () => {
    const whole = await enrolled(listOf(...people(3)))
    for (let at = 1; at <= 12; at++) {
      let writes = 0
      const hub = await openProgram()
      const { cohort } = await send(hub, listOf(...people(3)))
      const put = hub.store.facts.put
      const dying = { ...hub.ports, segments: hub.segments }
      const guarded =
        <A extends readonly unknown[], R>(call: (...given: A) => Promise<R>) =>
        async (...given: A) => {
          if (++writes === at) throw new Error('killed')
          return call(...given)
        }
      const ports = {
        ...dying,
        facts: { ...hub.store.facts, put: guarded(put) },
        contacts: { ...hub.store.contacts, putOver: guarded(hub.store.contacts.putOver) },
        sponsors: {
          ...hub.ports.sponsors,
          putRows: guarded(hub.ports.sponsors.putRows),
          putCohort: guarded(hub.ports.sponsors.putCohort),
        },
      }
      for (let step = 0; step < 10; step++) await enrolCohort(ports, cohort).catch(() => {})
      await work(hub, cohort)
      await hub.fold()
      expect(factsOf(hub)).toEqual(factsOf(whole.hub))
      expect((await show(hub, cohort)).enrolled).toBe(3)
      const contacts = await hub.store.contacts.getMany(factsOf(hub).map(({ account }) => account as Kpj))
      expect(contacts.map(({ nik }) => nik).sort()).toEqual([1, 2, 3].map((serial) => personRow(serial).slice(0, 16)))
    }
  })

  test('that cannot be used is refused whole, with its reason, and nobody is enrolled', async () => {
    const { hub, cohort } = await enrolled('nik,nama\n1,2')
    expect(await show(hub, cohort)).toMatchObject({ state: 'withdrawn', unusable: 'UNKNOWN_COLUMN', enrolled: 0 })
    expect(hub.store.everything().facts).toEqual([])
  })

  test('comes only to a program that is open, of the sponsor that sends it', async () => {
    const hub = await openProgram()
    expect((await send(hub, listOf(personRow(1)), 'jambi.none')).status).toBe(404)
    expect((await send(hub, listOf(personRow(1)), 'other.2026')).status).toBe(404)
  })

  test('gives its refused rows back with the reason in the asked language, as they were sent to whoever sent them', async () => {
    const { hub, cohort } = await enrolled(listOf(personRow(1), 'x,"=1+1",15.71,,,'))
    const { body } = await hub.call('operator', 'GET', `/api/cohorts/${cohort}/refused?language=en`)
    expect(body.split('\r\n')).toEqual([
      'line,nik,name,region_code,sector,income,phone,code,reason',
      `3,x,'=1+1,15.71,,,,FORMULA,this row has a formula; paste its values`,
      '',
    ])
    expect((await hub.call('operator', 'GET', `/api/cohorts/${cohort}/refused`)).body).toContain('rumus')
  })
})

describe('what the hub knows of a person', () => {
  test('refuses whoever this sponsor covers already by another program, and not on a month that it does not', async () => {
    const { hub, cohort } = await enrolled(listOf(personRow(1)))
    const { body } = await billed(hub, cohort)
    await payBill(hub, 'P1', body.bills[0].billCode, 33_600)
    await hub.fold()
    await addProgram(hub, 'jambi.more')
    await addProgram(hub, 'jambi.later', { firstMonth: '2027-01' as never })
    const again = await send(hub, listOf(personRow(1)), 'jambi.more')
    await work(hub, again.cohort)
    expect((await rowsOf(hub, again.cohort))[0]).toMatchObject({ state: 'refused', refusal: 'ALREADY_COVERED' })
    const later = await send(hub, listOf(personRow(1)), 'jambi.later')
    await work(hub, later.cohort)
    const [row] = await rowsOf(hub, later.cohort)
    expect(row).toMatchObject({ state: 'enrolled' })
    expect(row?.kpj).not.toBe((await rowsOf(hub, cohort))[0]?.kpj)
  })

  test('refuses whoever died, or became a wage earner', async () => {
    const { hub, cohort } = await enrolled(listOf(personRow(1), personRow(2)))
    const [first, second] = await rowsOf(hub, cohort)
    await hub.decided(`/api/memberships/${first?.kpj}/closure`, { reason: 'meninggal', on: '2026-11-20' })
    await hub.decided(`/api/memberships/${second?.kpj}/closure`, {
      reason: 'earns a wage now',
      on: '2026-11-20',
    })
    hub.setClock('2026-11-21T10:00')
    await addProgram(hub, 'jambi.later', { firstMonth: '2027-01' as never })
    const later = await send(hub, listOf(personRow(1), personRow(2)), 'jambi.later')
    await work(hub, later.cohort)
    const refusals = (await rowsOf(hub, later.cohort)).map(({ refusal }) => refusal)
    expect(refusals).toEqual(['DECEASED_OR_CLOSED', 'WAGE_EARNER'])
  })
})

describe('a corrected list', () => {
  test('shows its difference first, and applies it when somebody confirms', async () => {
    const { hub, cohort } = await enrolled(listOf(personRow(1), personRow(2), personRow(3)))
    const before = hub.store.everything().facts
    const corrected = await send(hub, listOf(personRow(2), personRow(3, { sector: 'trade' }), personRow(4)))
    await work(hub, corrected.cohort)
    expect(await show(hub, corrected.cohort)).toMatchObject({
      state: 'judged',
      corrects: cohort,
      change: { joined: 1, stayed: 2, left: 1 },
      enrolled: 0,
    })
    expect(hub.store.everything().facts).toEqual(before)
    expect((await hub.call('operator', 'POST', `/api/cohorts/${corrected.cohort}/confirmation`)).status).toBe(200)
    await work(hub, corrected.cohort)
    expect(await show(hub, corrected.cohort)).toMatchObject({
      state: 'enrolled',
      enrolled: 3,
      confirmedBy: 'operator-1',
    })
    expect(await show(hub, cohort)).toMatchObject({ state: 'withdrawn' })
    expect((await rowsOf(hub, cohort)).map(({ state }) => state)).toEqual(['left', 'enrolled', 'enrolled'])
    const [, old] = await rowsOf(hub, cohort)
    const [same] = await rowsOf(hub, corrected.cohort)
    expect(same?.kpj).toBe(old?.kpj)
  })
})

describe('the bill of a list', () => {
  test('covers everybody on it with one payment, and its shares add up to it', async () => {
    const { hub, cohort } = await enrolled(listOf(...people(1_003)), {
      budget: { per: 'total', amount: 50_000_000 as never },
    })
    const { status, body } = await billed(hub, cohort)
    expect([status, body]).toMatchObject([202, { persons: 1_003, leftOut: 0, bills: [{ regionCode: null }] }])
    const [{ billCode, expectedRupiah }] = body.bills
    expect(await billOf(hub, billCode)).toMatchObject({
      status: 'open',
      memberCount: 1_003,
      amountRupiah: 1_003 * 33_600,
      sharesApplied: 0,
      channels: ['brilink', 'bni', 'pos'],
      sponsored: { program: 'jambi.2026', cohort, regionCode: null },
    })
    expect(expectedRupiah).toBe(1_003 * 33_600)
    await payBill(hub, 'P1', billCode, expectedRupiah)
    await hub.fold()
    expect(await billOf(hub, billCode)).toMatchObject({ status: 'paid', sharesApplied: 1_003 })
    const shares = hub.store.everything().facts.filter((fact) => fact.kind === 'share')
    expect(shares.reduce((sum, { amount }) => sum + amount, 0)).toBe(expectedRupiah)
    expect(hub.store.everything().views.filter(({ status: each }) => each === 'active')).toHaveLength(1_003)
    expect(await show(hub, cohort)).toMatchObject({ state: 'billed', billCodes: [billCode] })
    expect((await billed(hub, cohort)).body).toMatchObject({ code: 'BILL_PAID' })
  })

  test('can be paid as long as its last month can, and no longer', async () => {
    const { hub, cohort } = await enrolled(listOf(...people(2)))
    const late = await billed(hub, cohort, { validUntil: '2027-03-01' })
    expect(late).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
    expect(late.body.detail).toContain('at most 2027-02-28')
    expect((await show(hub, cohort)).billCodes).toEqual([])
    expect((await billed(hub, cohort, { validUntil: '2027-02-28' })).status).toBe(202)
  })

  test('is one for each village where that is asked for', async () => {
    const { hub, cohort } = await enrolled(listOf(...people(2), ...people(3, OTHER_VILLAGE, 50)))
    const { body } = await billed(hub, cohort, { ...VALID, per: 'village' })
    const bills = await Promise.all(body.bills.map(({ billCode }: { billCode: string }) => billOf(hub, billCode)))
    expect(bills.map(({ memberCount, sponsored }) => [memberCount, sponsored.regionCode])).toEqual([
      [2, VILLAGE],
      [3, OTHER_VILLAGE],
    ])
  })

  test('never covers in part: it stops, or takes the first of the list, as the program says', async () => {
    const budget = { per: 'village', amount: 100_000 as never } as const
    const stopped = await enrolled(listOf(...people(4)), { budget })
    expect((await billed(stopped.hub, stopped.cohort)).body).toMatchObject({ code: 'BUDGET_SHORT' })
    const { hub, cohort } = await enrolled(listOf(...people(4)), { budget, priority: 'list-order' })
    const { body } = await billed(hub, cohort)
    expect(body).toMatchObject({ persons: 2, leftOut: 2 })
    expect(await billOf(hub, body.bills[0].billCode)).toMatchObject({ memberCount: 2, amountRupiah: 67_200 })
  })

  test('takes an option that is chosen with it, where the program stops', async () => {
    const { hub, cohort } = await enrolled(listOf(...people(4)), {
      budget: { per: 'village', amount: 100_000 as never },
    })
    const { body } = await billed(hub, cohort, { ...VALID, priority: 'list-order' })
    expect(body).toMatchObject({ persons: 2, leftOut: 2 })
    expect(await billOf(hub, body.bills[0].billCode)).toMatchObject({ memberCount: 2, amountRupiah: 67_200 })
  })

  test('pays nobody out of another village’s money: people who are not the first of the list need a bill each village', async () => {
    const short = { budget: { per: 'village', amount: 100_000 as never }, priority: 'list-order' } as const
    const list = listOf(...people(4), ...people(2, OTHER_VILLAGE, 50))
    const { hub, cohort } = await enrolled(list, short)
    expect((await billed(hub, cohort)).body).toMatchObject({ code: 'BUDGET_SHORT' })
    const { body } = await billed(hub, cohort, { ...VALID, per: 'village' })
    const bills = await Promise.all(body.bills.map(({ billCode }: { billCode: string }) => billOf(hub, billCode)))
    expect(bills.map(({ memberCount, sponsored }) => [memberCount, sponsored.regionCode])).toEqual([
      [2, VILLAGE],
      [2, OTHER_VILLAGE],
    ])
  })

  test('that is made again takes the place of the first, and of a village’s its own', async () => {
    const { hub, cohort } = await enrolled(listOf(personRow(1), personRow(2)))
    const first = (await billed(hub, cohort)).body.bills[0].billCode
    const [row] = await rowsOf(hub, cohort)
    await hub.decided(`/api/memberships/${row?.kpj}/closure`, { reason: 'died', on: '2026-11-20' })
    hub.setClock('2026-11-21T10:00')
    expect(await billOf(hub, first)).toMatchObject({ status: 'changed' })
    const second = (await billed(hub, cohort)).body.bills[0].billCode
    expect(await billOf(hub, first)).toMatchObject({ status: 'replaced', replacedBy: second })
    expect(await billOf(hub, second)).toMatchObject({ status: 'open', memberCount: 1, replaces: first })
  })

  test('is valid until its last month can no longer be paid, and no longer', async () => {
    // November to April: with April three months may be owed, so it is payable until June ends.
    const { hub, cohort } = await enrolled(listOf(...people(3)), { monthCount: 6 })
    const refused = await billed(hub, cohort, { validUntil: '2027-07-01' })
    expect(refused).toMatchObject({
      status: 400,
      body: {
        code: 'INVALID_INPUT',
        detail:
          'field validUntil: expected at most 2027-06-30: later 2027-04, the last month of the bill, can no longer be paid',
      },
    })
    expect((await billed(hub, cohort, { validUntil: '2027-06-30' })).status).toBe(202)
  })

  test('that is killed leaves nothing payable, and goes on', async () => {
    const { hub, cohort } = await enrolled(listOf(...people(3)))
    const answer = await hub.call('operator', 'POST', `/api/cohorts/${cohort}/bill`, VALID)
    const { billCode } = answer.body.bills[0]
    const ports = { ...hub.ports, segments: hub.segments }
    const dying = { ...ports, bills: { ...hub.store.bills, putBill: async () => Promise.reject(new Error('killed')) } }
    for (let step = 0; step < 5; step++) await enrolCohort(dying, cohort).catch(() => {})
    expect(await hub.store.bills.get(billCode as BillCode)).toBeUndefined()
    expect(await hub.store.bills.members(billCode as BillCode, 1)).toHaveLength(3)
    await work(hub, cohort)
    expect(await billOf(hub, billCode)).toMatchObject({ status: 'open', memberCount: 3 })
  })

  test('taken back takes back all of it', async () => {
    const { hub, cohort } = await enrolled(listOf(...people(5)))
    const { billCode, expectedRupiah } = (await billed(hub, cohort)).body.bills[0]
    const payment = await payBill(hub, 'P1', billCode, expectedRupiah)
    await hub.fold()
    const { source, businessDate, amount } = payment
    const at = hub.ports.now()
    const stamp = {
      kind: 'reversal',
      account: payment.account,
      source,
      id: ['P1'],
      decidedAt: at,
      recordedAt: at,
    } as const
    const reversal = { ...stamp, reverses: 'payment#bni#P1' as never, partnerAt: at, businessDate, amount, outlet: '' }
    await hub.store.facts.putReversingBill(reversal, billCode, 'bni#P1' as never)
    await hub.fold()
    expect(await billOf(hub, billCode)).toMatchObject({ status: 'open', sharesApplied: 0 })
    for (const { kpj } of await rowsOf(hub, cohort)) {
      const { paidMonths, credit } = allocate(await hub.store.facts.ofAccount(kpj as Kpj), RULES)
      expect([paidMonths.size, credit]).toEqual([0, 0])
    }
  })
})
