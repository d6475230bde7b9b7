/** The life of a program runs by itself: its steps are taken when its bills and the calendar say so, once, by `system`. */
import { describe, expect, test } from 'vitest'
import { followProgram } from '../../../functions/enrol-cohort/follow-program.ts'
import { addDays, instant, parseBusinessDate, startOfDay } from '../../../shared/domain/instant.ts'
import { PROGRAM_NOTICE_RULES } from '../../../shared/domain/sponsors/program-notice.ts'
import type { ProgramId } from '../../../shared/domain/sponsors/sponsor.ts'
import { at, reverse, suspend } from '../../support/facts.ts'
import { billed, enrolled, type Hub, listOf, OTHER_VILLAGE, payBill, people, VALID } from './list-hub.ts'

const PROGRAM = 'jambi.2026' as ProgramId
const LIST = listOf(...people(3), ...people(2, OTHER_VILLAGE, 50))
const TEN_MONTHS = { firstMonth: '2027-01' as never, monthCount: 10 }
const PER_VILLAGE = { ...VALID, per: 'village' }

function follow(hub: Hub, cause: 'nightly' | undefined = undefined) {
  return followProgram({ ...hub.ports, segments: hub.segments, programNotices: PROGRAM_NOTICE_RULES }, PROGRAM, cause)
}

const stateOf = async (hub: Hub) => (await hub.ports.sponsors.program(PROGRAM))?.state
const stepsOf = async (hub: Hub) =>
  (await hub.ports.sponsors.history(PROGRAM)).slice(1).map((event) => [event.step, event.by, event.at] as const)

async function takeBack(hub: Hub, payment: Awaited<ReturnType<typeof payBill>>, when: string) {
  const reversal = { ...reverse(payment, when), account: payment.account }
  await hub.store.facts.putReversingBill(reversal, payment.account as never, `bni#${payment.id[0]}` as never)
}

test('from its bill to its end, night by night, each step on its day and in the history', async () => {
  const { hub, cohort } = await enrolled(LIST, TEN_MONTHS)
  const { billCode, expectedRupiah } = (await billed(hub, cohort)).body.bills[0]
  expect(await follow(hub)).toEqual({ steps: [], woken: 0 })
  await payBill(hub, 'P1', billCode, expectedRupiah)
  expect((await follow(hub)).steps).toEqual(['pay'])
  const walk = []
  let day = parseBusinessDate('2026-11-21')
  for (; day && day < '2027-11-10'; day = addDays(day, 1)) {
    hub.setClock(`${day}T00:10`)
    for (const step of (await follow(hub, 'nightly')).steps) walk.push([day, step])
    expect(await follow(hub, 'nightly')).toEqual({ steps: [], woken: 0 })
  }
  expect(walk).toEqual([
    ['2027-01-01', 'start'],
    ['2027-09-02', 'announce-end'],
    ['2027-11-01', 'end'],
  ])
  const when = (date: string) => instant(startOfDay(parseBusinessDate(date) as never) + 10 * 60_000)
  expect(await stepsOf(hub)).toEqual([
    ['bill', 'operator-1', at('2026-11-20T10:00')],
    ['pay', 'system', at('2026-11-20T10:00')],
    ['start', 'system', when('2027-01-01')],
    ['announce-end', 'system', when('2027-09-02')],
    ['end', 'system', when('2027-11-01')],
  ])
})

test('nights that were missed lose no step', async () => {
  const { hub, cohort } = await enrolled(LIST, TEN_MONTHS)
  const { billCode, expectedRupiah } = (await billed(hub, cohort)).body.bills[0]
  await payBill(hub, 'P1', billCode, expectedRupiah)
  hub.setClock('2027-12-05T00:10')
  expect((await follow(hub, 'nightly')).steps).toEqual(['pay', 'start', 'announce-end', 'end'])
})

describe('of several bills', () => {
  async function villages() {
    const { hub, cohort } = await enrolled(LIST, TEN_MONTHS)
    const bills = (await billed(hub, cohort, PER_VILLAGE)).body.bills as readonly {
      readonly billCode: string
      readonly expectedRupiah: number
    }[]
    const pay = (i: number, id = `P${i}`) => {
      const { billCode = '', expectedRupiah = 0 } = bills[i] ?? {}
      return payBill(hub, id, billCode, expectedRupiah)
    }
    return { hub, cohort, pay }
  }
  const listState = async (hub: Hub) =>
    (await hub.call('viewer', 'GET', `/api/programs/${PROGRAM}/cohorts`)).body.items[0].state
  const counts = async (hub: Hub) => {
    const { body } = await hub.call('viewer', 'GET', `/api/programs/${PROGRAM}/bills`)
    return [body.paid, body.open, body.expired, body.takenBack]
  }

  test('it is paid when the last of them is, and until then how many are can be seen', async () => {
    const { hub, cohort, pay } = await villages()
    expect(await counts(hub)).toEqual([0, 2, 0, 0])
    await pay(0)
    expect((await follow(hub)).steps).toEqual([])
    expect([await stateOf(hub), await counts(hub)]).toEqual(['billed', [1, 1, 0, 0]])
    const { body } = await hub.call('viewer', 'GET', `/api/programs/${PROGRAM}/bills`)
    expect(body).toMatchObject({ paidRupiah: 504_000, openRupiah: 336_000 })
    expect(body.items.map((bill: { readonly status: string }) => bill.status)).toEqual(['paid', 'open'])
    expect(await listState(hub)).toBe('billed')
    await pay(1)
    expect((await follow(hub)).steps).toEqual(['pay'])
    expect(await listState(hub)).toBe('paid')
    expect((await billed(hub, cohort, PER_VILLAGE)).body.code).toBe('BILL_PAID')
  })

  test('one that expires unpaid keeps nobody waiting; where none was paid the lists are open again', async () => {
    const { hub, pay } = await villages()
    await pay(0)
    hub.setClock('2027-01-01T00:10')
    expect((await follow(hub, 'nightly')).steps).toEqual(['pay', 'start'])
    expect(await counts(hub)).toEqual([1, 0, 1, 0])
    const other = await villages()
    other.hub.setClock('2027-01-01T00:10')
    expect((await follow(other.hub, 'nightly')).steps).toEqual(['withdraw-bill'])
    expect(await stateOf(other.hub)).toBe('enrolling')
  })

  test.each(['reversed', 'suspended'])('one that is %s takes the program back, until that is settled', async (how) => {
    const { hub, pay } = await villages()
    await pay(0)
    const payment = await pay(1)
    expect((await follow(hub)).steps).toEqual(['pay'])
    hub.setClock('2026-11-21T10:00')
    if (how === 'reversed') await takeBack(hub, payment, '2026-11-21T10:00')
    else await hub.store.facts.put({ ...suspend(payment, '2026-11-21T10:00'), account: payment.account })
    const after = await follow(hub)
    expect(await counts(hub)).toEqual([1, how === 'reversed' ? 1 : 0, 0, 1])
    if (how === 'suspended') {
      // Nobody can pay it again: what is paid stands by itself, and the history says that something was taken back.
      expect(after.steps).toEqual(['take-back', 'pay'])
      expect((await follow(hub)).steps).toEqual([])
      return
    }
    expect([after.steps, await stateOf(hub), await listState(hub)]).toEqual([['take-back'], 'billed', 'billed'])
    expect((await follow(hub)).steps).toEqual([])
    hub.setClock('2026-11-22T10:00')
    await pay(1, 'P9')
    expect([(await follow(hub)).steps, await counts(hub)]).toEqual([['pay'], [2, 0, 0, 0]])
  })

  test('a reversal after they have begun takes the program back too', async () => {
    const { hub, pay } = await villages()
    const payment = await pay(0)
    await pay(1)
    hub.setClock('2027-09-10T00:10')
    expect((await follow(hub, 'nightly')).steps).toEqual(['pay', 'start', 'announce-end'])
    hub.setClock('2027-09-11T00:10')
    await takeBack(hub, payment, '2027-09-11T00:10')
    hub.setClock('2027-09-12T00:10')
    expect((await follow(hub)).steps).toEqual(['take-back', 'pay', 'start', 'announce-end'])
    expect((await follow(hub, 'nightly')).steps).toEqual([])
  })
})

test('two that follow it at once take each step once', async () => {
  const { hub, cohort } = await enrolled(LIST, TEN_MONTHS)
  const { billCode, expectedRupiah } = (await billed(hub, cohort)).body.bills[0]
  await payBill(hub, 'P1', billCode, expectedRupiah)
  const both = await Promise.allSettled([follow(hub), follow(hub)])
  expect(both.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
  await follow(hub)
  expect((await stepsOf(hub)).map(([step]) => step)).toEqual(['bill', 'pay'])
})

test('a program that nobody has billed, and one that does not exist, take no step', async () => {
  const { hub } = await enrolled(LIST, TEN_MONTHS)
  hub.setClock('2028-01-01T00:10')
  expect(await follow(hub, 'nightly')).toEqual({ steps: [], woken: 0 })
  expect(await stateOf(hub)).toBe('enrolling')
})
