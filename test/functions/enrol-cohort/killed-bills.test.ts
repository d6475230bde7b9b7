/** Bills that are killed while they are issued: whichever write is the last, the night takes the work up, and no members stay behind. */
import { describe, expect, test } from 'vitest'
import { enrolCohort } from '../../../functions/enrol-cohort/enrol-cohort.ts'
import { followProgram } from '../../../functions/enrol-cohort/follow-program.ts'
import { PROGRAM_NOTICE_RULES } from '../../../shared/domain/sponsors/program-notice.ts'
import type { CohortId, ProgramId } from '../../../shared/domain/sponsors/sponsor.ts'
import { billed, billOf, enrolled, type Hub, listOf, OTHER_VILLAGE, people, rowsOf, VALID, work } from './list-hub.ts'

const LIST = listOf(...people(3), ...people(2, OTHER_VILLAGE, 50))
const PROGRAM = 'jambi.2026' as ProgramId

function portsOf(hub: Hub) {
  return { ...hub.ports, segments: hub.segments, programNotices: PROGRAM_NOTICE_RULES }
}

type Ports = ReturnType<typeof portsOf>

/** Whatever writes is counted; the one of number `at` dies, before or after it was done. */
function dying(hub: Hub, at: number, when: 'before' | 'after'): Ports & { readonly killed: () => boolean } {
  let writes = 0
  const guarded = <T extends object>(store: T, names: readonly (keyof T)[]): T => {
    const entries = names.map((name) => [
      name,
      async (...given: readonly unknown[]) => {
        const isLast = ++writes === at
        if (isLast && when === 'before') throw new Error('killed')
        const done = await (store[name] as (...given: readonly unknown[]) => Promise<unknown>)(...given)
        if (isLast) throw new Error('killed')
        return done
      },
    ])
    return { ...store, ...Object.fromEntries(entries) }
  }
  const ports = portsOf(hub)
  return {
    ...ports,
    bills: guarded(hub.store.bills, ['putMembers', 'keepMembers', 'letExpire', 'putBill', 'replace']),
    sponsors: guarded(hub.ports.sponsors, ['putCohort', 'putProgram']),
    killed: () => writes >= at,
  }
}

/** As the queue does with a message that it gives up: the work stands where it stood. */
async function workUntilKilled(ports: Ports, cohort: CohortId): Promise<void> {
  for (let step = 0; step < 20; step++) {
    try {
      if ((await enrolCohort(ports, cohort)).outcome === 'idle') return
    } catch {
      return
    }
  }
}

const billsIn = (hub: Hub) =>
  hub.store.everything().bills.map(({ memberCount, amount, replacedBy }) => [memberCount, amount, replacedBy ?? null])

describe.each(['before', 'after'] as const)('killed %s any write', (when) => {
  test.each([
    ['one bill', VALID],
    ['one for each village', { ...VALID, per: 'village' }],
  ])('%s is there in the end, as if nothing had happened', async (_, ask) => {
    const whole = await enrolled(LIST)
    await billed(whole.hub, whole.cohort, ask)
    let at = 1
    for (; at < 40; at++) {
      const { hub, cohort } = await enrolled(LIST)
      await hub.call('operator', 'POST', `/api/cohorts/${cohort}/bill`, ask)
      const ports = dying(hub, at, when)
      await workUntilKilled(ports, cohort)
      if (!ports.killed()) break
      await followProgram(portsOf(hub), PROGRAM, 'nightly')
      await work(hub, cohort)
      expect(billsIn(hub)).toEqual(billsIn(whole.hub))
      expect(hub.store.stranded()).toEqual([])
      expect(await hub.ports.sponsors.program(PROGRAM)).toMatchObject({ state: 'billed' })
    }
    expect(at).toBeGreaterThan(4)
  })

  test('a bill that takes the place of another is there, or is undone where that one was paid', async () => {
    for (const isPaid of [false, true]) {
      for (let at = 1; at < 40; at++) {
        const { hub, cohort } = await enrolled(LIST)
        const first = (await billed(hub, cohort)).body.bills[0]
        const second = (await hub.call('operator', 'POST', `/api/cohorts/${cohort}/bill`, VALID)).body.bills[0]
        if (isPaid)
          await hub.pay('P1', '2026-11-20T11:00', ['2026-11'], {
            account: first.billCode,
            amount: first.expectedRupiah,
            kpj: null,
          })
        const ports = dying(hub, at, when)
        await workUntilKilled(ports, cohort)
        if (!ports.killed()) break
        await followProgram(portsOf(hub), PROGRAM, 'nightly')
        await work(hub, cohort)
        const standing = await hub.store.bills.get(second.billCode)
        expect([standing?.memberCount, (await billOf(hub, first.billCode)).status]).toEqual(
          isPaid ? [undefined, 'paid'] : [5, 'replaced'],
        )
        expect(hub.store.stranded()).toEqual([])
      }
    }
  })
})

test('members that expired before their bill was there are put again', async () => {
  const { hub, cohort } = await enrolled(LIST)
  const { billCode } = (await hub.call('operator', 'POST', `/api/cohorts/${cohort}/bill`, VALID)).body.bills[0]
  const ports = portsOf(hub)
  let missing = 1
  const keepMembers: typeof ports.bills.keepMembers = async (...given) =>
    missing-- > 0 ? 'missing' : hub.store.bills.keepMembers(...given)
  const expiring = { ...ports, bills: { ...hub.store.bills, keepMembers } }
  for (let step = 0; step < 10; step++) await enrolCohort(expiring, cohort)
  expect(await billOf(hub, billCode)).toMatchObject({ status: 'open', memberCount: 5 })
  expect(await rowsOf(hub, cohort)).toHaveLength(5)
})
