/** A run of a day meets somebody else's write: it starts over, gives up after some tries, and never says that it is done. */
import { describe, expect, test } from 'vitest'
import type { SettlementPorts } from '../../../functions/reconcile-settlement/ports.ts'
import { reconcileDay } from '../../../functions/reconcile-settlement/reconcile-day.ts'
import { MAX_HOPS, reconcileSettlement } from '../../../functions/reconcile-settlement/reconcile-settlement.ts'
import type { SettlementStore } from '../../../shared/store/settlements/settlements.ts'
import { counterOf } from '../../support/endpoint.ts'
import { date } from '../../support/facts.ts'
import { settlementFiles } from '../../support/settlement-files.ts'
import { type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'

const DAY = { channel: 'pos', date: date('2026-11-20') }

/** A day with one payment and a file that does not name it: a difference, and a first statement. */
async function hubWithDay(): Promise<SettlementHub> {
  const hub = await settlementHub()
  await counterOf({ ...hub, rules: hub.ports.rules } as never, 'pos').pay({ paymentId: 'T1' })
  hub.setClock('2026-11-21T07:00')
  return hub
}

/** The first `times` calls of a method meet somebody else's write. */
function losing<K extends 'putStatement' | 'putDifference' | 'putPlacement'>(
  hub: SettlementHub,
  method: K,
  times: number,
): { readonly ports: SettlementPorts; readonly calls: () => number } {
  let calls = 0
  const real = hub.ports.settlements[method] as (...given: unknown[]) => Promise<unknown>
  const put = async (...given: unknown[]) => (calls++ < times ? 'conflict' : real(...given))
  const settlements = { ...hub.ports.settlements, [method]: put } as SettlementStore
  return { ports: { ...hub.ports, settlements }, calls: () => calls }
}

const conflicts = (hub: SettlementHub) => hub.counted.filter((line) => line.startsWith('StatementConflicts')).length

describe('a statement', () => {
  test('that two others wrote first is written at the third try', async () => {
    const hub = await hubWithDay()
    const { ports, calls } = losing(hub, 'putStatement', 2)
    expect(await reconcileDay(ports, DAY)).toMatchObject({ outcome: 'written', statement: { version: 1 } })
    expect([calls(), conflicts(hub)]).toEqual([3, 2])
    expect(await hub.ports.settlements.statement('pos', DAY.date)).toMatchObject({ version: 1 })
  })

  test('that others wrote first three times comes again: nothing of it stands', async () => {
    const hub = await hubWithDay()
    const { ports, calls } = losing(hub, 'putStatement', 99)
    await expect(reconcileDay(ports, DAY)).rejects.toMatchObject({ name: 'Transient', code: 'STATEMENT_CONFLICT' })
    expect([calls(), conflicts(hub)]).toEqual([3, 3])
    expect(await hub.ports.settlements.statement('pos', DAY.date)).toBeUndefined()
    expect(hub.counted.some((line) => line.startsWith('StatementsWritten'))).toBe(false)
    expect(hub.sent).toEqual([])
  })

  test('that says the same as before is compared with the latest once more: somebody may have written since', async () => {
    const hub = await hubWithDay()
    await reconcileDay(hub.ports, DAY)
    let reads = 0
    const settlements: SettlementStore = {
      ...hub.ports.settlements,
      statement: async (channel, day) => {
        const found = await hub.ports.settlements.statement(channel, day)
        return found && ++reads === 2 ? { ...found, version: found.version + 1 } : found
      },
    }
    const done = await reconcileDay({ ...hub.ports, settlements }, DAY)
    expect(done).toMatchObject({ outcome: 'unchanged', statement: { version: 1 } })
    expect(conflicts(hub)).toBe(1)
  })
})

describe('a difference', () => {
  test('that a person changed meanwhile is looked at again, and then written', async () => {
    const hub = await hubWithDay()
    const taken = await hub.take('pos', DAY.date, settlementFiles.pos?.(DAY.date, []) ?? '')
    expect(taken.outcome).toBe('accepted')
    const { ports, calls } = losing(hub, 'putDifference', 1)
    expect((await reconcileDay(ports, DAY)).outcome).toBe('written')
    const cases = await hub.ports.settlements.differencesOf('pos', DAY.date)
    expect(cases.map(({ finding }) => finding.paymentId)).toContain('T1')
    expect(calls()).toBe(cases.length + 1)
    expect(conflicts(hub)).toBe(1)
  })
})

describe('a movement of the bank', () => {
  test('that others place first for six tries comes again', async () => {
    const hub = await hubWithDay()
    await reconcileDay(hub.ports, DAY)
    const one = { id: 'M1', bookedOn: date('2026-11-21'), valueOn: date('2026-11-21'), amount: 1_000 }
    await hub.ports.settlements.putCredit({ ...one, remittance: 'nobody knows', statement: 'S1', entry: 1 } as never)
    const entry = { part: 'bank#2026-11-21', entry: 'credit#M1' }
    const busy = losing(hub, 'putPlacement', 99)
    const given = reconcileSettlement(busy.ports, entry)
    await expect(given).rejects.toMatchObject({ name: 'Transient', code: 'PLACEMENT_BUSY' })
    expect(busy.calls()).toBe(6)
    const once = losing(hub, 'putPlacement', 5)
    expect(await reconcileSettlement(once.ports, entry)).toEqual({ outcome: 'unplaced' })
    expect(hub.counted.filter((line) => line.startsWith('CreditsUnplaced'))).toHaveLength(1)
  })
})

test('days that ask one another for ever are a defect after the last hop, not before', async () => {
  const hub = await hubWithDay()
  const task = { task: 'day', ...DAY } as const
  expect(await reconcileSettlement(hub.ports, { ...task, hops: MAX_HOPS })).toMatchObject({ outcome: 'written' })
  await expect(reconcileSettlement(hub.ports, { ...task, hops: MAX_HOPS + 1 })).rejects.toMatchObject({
    code: 'DAYS_ASK_FOR_EVER',
  })
})
