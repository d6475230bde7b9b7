/** What each task of queue `settlement` sends, counts, says and answers, whole: the clocks, and what the stream says is new. */
import { describe, expect, test } from 'vitest'
import type { TaskOutcome } from '../../../functions/reconcile-settlement/reconcile-settlement.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { dayPart, filesPart, resolutionEntry } from '../../../shared/store/settlements/item.ts'
import { counterOf } from '../../support/endpoint.ts'
import { date } from '../../support/facts.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'

const DAY = date('2026-11-20')
const NEXT = date('2026-11-21')
const PART = dayPart('indomaret', DAY)
const CHANNELS = ['bni', 'brilink', 'indomaret', 'alfamart', 'pos']

/** One payment of the day, and its file, which is right. */
async function settled(rows = [partnerRow('T1', `${DAY}T10:00`)]): Promise<SettlementHub> {
  const hub = await settlementHub()
  await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
  hub.setClock(`${NEXT}T06:30`)
  await hub.settle('indomaret', DAY, rows)
  hub.counted.length = 0
  hub.logged.length = 0
  return hub
}

const said = (hub: SettlementHub, message: string) =>
  (hub.logged as readonly { readonly message: string }[]).filter((line) => line.message === message)
const countedOf = (hub: SettlementHub, name: string) => hub.counted.filter((line) => line.startsWith(name))

describe('a night', () => {
  test('asks for seven days of each channel, for its older days that are not done, for the fees of the months before, and the journal', async () => {
    const hub = await settled()
    hub.setClock('2026-12-01T00:40')
    const done = await hub.run({ task: 'nightly' })
    const days = hub.sent.filter((task) => 'task' in task && task.task === 'day')
    const recent = ['2026-11-30', '2026-11-29', '2026-11-28', '2026-11-27', '2026-11-26', '2026-11-25', '2026-11-24']
    expect(days.filter((task) => task.channel === 'pos').map(({ date: on }) => on)).toEqual(recent)
    expect(days.filter((task) => task.channel === 'indomaret').map(({ date: on }) => on)).toEqual([...recent, DAY])
    expect(new Set(days.map(({ channel }) => channel))).toEqual(new Set(CHANNELS))
    expect(days[0]).toEqual({ task: 'day', channel: days[0]?.channel, date: '2026-11-30' })
    expect(done).toEqual({ outcome: 'fanned-out', count: 36 })
    const fees = hub.sent.filter((task) => 'task' in task && task.task === 'fees')
    expect(fees.filter(({ channel }) => channel === 'pos')).toEqual(
      ['2026-10', '2026-09', '2026-08'].map((month) => ({ task: 'fees', channel: 'pos', month })),
    )
    expect(hub.journals).toEqual(['2026-11-30'])
  })

  test('asks for no day that is still to come', async () => {
    const hub = await settled()
    hub.setClock('2026-11-20T23:00')
    await hub.run({ task: 'nightly' })
    expect(hub.sent.filter((task) => 'date' in task && task.date >= DAY)).toEqual([])
  })
})

describe('a morning', () => {
  test('says which files have not come, channel by channel, from the channel’s first day on', async () => {
    const hub = await settled()
    hub.setClock('2026-11-23T07:05')
    await hub.take('indomaret', NEXT, 'torn')
    expect(await hub.run({ task: 'morning', due: 'files' })).toEqual({ outcome: 'looked', count: 2 })
    expect(said(hub, 'A settlement file has not come')).toEqual([
      { message: 'A settlement file has not come', channel: 'indomaret', day: '2026-11-21', state: 'held' },
      { message: 'A settlement file has not come', channel: 'indomaret', day: '2026-11-22', state: 'missing' },
    ])
    expect(hub.counted).toEqual(['FilesMissing indomaret 2'])
  })

  test('looks a week back for files, and no further', async () => {
    const hub = await settled()
    hub.setClock('2026-12-01T07:05')
    expect(await hub.run({ task: 'morning', due: 'files' })).toEqual({ outcome: 'looked', count: 7 })
  })

  test('says nothing where all has come', async () => {
    const hub = await settled()
    hub.setClock(`${NEXT}T07:05`)
    expect(await hub.run({ task: 'morning', due: 'files' })).toEqual({ outcome: 'looked', count: 0 })
    expect([hub.counted, hub.logged]).toEqual([[], []])
  })

  test('says which days and differences are open too long, and looks at the bank', async () => {
    const hub = await settled([partnerRow('X1', `${DAY}T11:00`)])
    hub.setClock('2026-11-23T08:59')
    expect(await hub.run({ task: 'morning', due: 'statements' })).toEqual({ outcome: 'looked', count: 0 })
    expect([hub.counted, hub.logged]).toEqual([[], []])
    hub.setClock('2026-11-23T09:00')
    expect(await hub.run({ task: 'morning', due: 'statements' })).toEqual({ outcome: 'looked', count: 1 })
    const late = { message: 'Days or differences are open too long', channel: 'indomaret' }
    expect(hub.counted).toEqual(['StatementsLate indomaret 1'])
    expect(hub.logged).toEqual([{ ...late, count: 1, refused: 0 }])
  })

  test('calls a difference too old on the fourth day after it was found, not before', async () => {
    const hub = await settled([partnerRow('X1', `${DAY}T11:00`)])
    hub.setClock('2026-11-24T23:59')
    await hub.run({ task: 'morning', due: 'statements' })
    expect(countedOf(hub, 'DifferencesTooOld')).toEqual([])
    hub.setClock('2026-11-25T00:00')
    await hub.run({ task: 'morning', due: 'statements' })
    expect(countedOf(hub, 'DifferencesTooOld')).toEqual(['DifferencesTooOld indomaret 2'])
  })

  test('looks for both where nothing is named', async () => {
    const hub = await settled()
    hub.setClock('2026-11-24T09:05')
    expect(await hub.run({ task: 'morning' })).toEqual({ outcome: 'looked', count: 4 })
    expect(hub.counted).toEqual(['FilesMissing indomaret 3', 'StatementsLate indomaret 1'])
  })

  test('for files alone looks at no bank, and the other way round', async () => {
    const hub = await settled()
    const asked: string[] = []
    const settlements = {
      ...hub.ports.settlements,
      bankChain: async (...given: Parameters<typeof hub.settlements.bankChain>) => {
        asked.push('bank')
        return hub.settlements.bankChain(...given)
      },
      watched: async (channel: string) => {
        asked.push('statements')
        return hub.settlements.watched(channel)
      },
      fileVersions: async (...given: Parameters<typeof hub.settlements.fileVersions>) => {
        asked.push('files')
        return hub.settlements.fileVersions(...given)
      },
    }
    Object.assign(hub.ports, { settlements })
    await hub.run({ task: 'morning', due: 'files' })
    expect(new Set(asked.splice(0))).toEqual(new Set(['files']))
    await hub.run({ task: 'morning', due: 'statements' })
    expect(new Set(asked)).toEqual(new Set(['statements', 'bank']))
  })
})

describe('the watch of arrivals', () => {
  test('says how many files it called late', async () => {
    const hub = await settled()
    hub.setClock('2026-11-23T09:02')
    expect(await hub.run({ task: 'arrivals' })).toEqual({ outcome: 'looked', count: 2 })
    expect(await hub.run({ task: 'arrivals' })).toEqual({ outcome: 'looked', count: 0 })
  })
})

describe('a day', () => {
  test('answers what it wrote, and the same day again that nothing is new', async () => {
    const hub = await settled()
    const of = { channel: 'indomaret', day: DAY, state: 'incomplete', version: 1, count: 0 }
    const run = () => hub.run({ task: 'day', channel: 'indomaret', date: DAY })
    expect(await run()).toEqual({ ...of, outcome: 'unchanged' })
    hub.setClock('2026-11-20T12:00')
    await counterOf(hub, 'indomaret').pay({ paymentId: 'T9' })
    hub.setClock(`${NEXT}T09:00`)
    expect(await run()).toEqual({ ...of, outcome: 'written', version: 2, count: 1 })
  })

  test('of nobody answers that there is nothing', async () => {
    const hub = await settlementHub()
    expect(await hub.run({ task: 'day', channel: 'pos', date: DAY })).toEqual({
      outcome: 'nothing',
      channel: 'pos',
      day: DAY,
    })
  })

  test('that is final asks for its mail, also where its statement stood before', async () => {
    const hub = await settled()
    hub.setClock('2026-11-23T08:00')
    await hub.credit('C1', '2026-11-23', 6_900, 'INDOMARET 20261120')
    hub.sent.length = 0
    await hub.run({ task: 'day', channel: 'indomaret', date: DAY })
    expect(hub.sent).toEqual([{ task: 'mail', channel: 'indomaret', date: DAY, version: 2 }])
  })

  test('asks its neighbours one hop on, and none where a neighbour asked and nothing is new', async () => {
    const hub = await settled()
    await hub.settlements.putNeighbour('indomaret', DAY, NEXT)
    await hub.run({ task: 'day', channel: 'indomaret', date: DAY, hops: 3 })
    const asked = { task: 'day', channel: 'indomaret', date: NEXT, cause: 'neighbour' }
    expect(hub.sent).toEqual([{ ...asked, hops: 4 }])
    hub.sent.length = 0
    await hub.run({ task: 'day', channel: 'indomaret', date: DAY })
    expect(hub.sent).toEqual([{ ...asked, hops: 1 }])
    hub.sent.length = 0
    await hub.run({ task: 'day', channel: 'indomaret', date: DAY, cause: 'neighbour', hops: 3 })
    expect(hub.sent).toEqual([])
  })
})

describe('what the stream says is new', () => {
  const NOT_OURS: TaskOutcome = { outcome: 'not-ours' }

  test.each([
    ['another entry of a day', PART, 'statement#0001'],
    ['a resolution that is not there', PART, resolutionEntry('D1', 3)],
    ['an exit that is not there', PART, 'exit#T1#payment-1'],
    ['an invoice that is not there', 'fee-invoices#indomaret', 'invoice#I1'],
    ['an entry of another part', 'matrix#indomaret', DAY],
  ])('%s is not for this function', async (_, part, entry) => {
    const hub = await settlementHub()
    expect(await hub.run({ part, entry })).toEqual(NOT_OURS)
    expect([hub.sent, hub.counted]).toEqual([[], []])
  })

  test('a movement of the bank without a day is counted and told, one with a day is not', async () => {
    const hub = await settled()
    const movement = (id: string, remittance: string) =>
      hub.settlements.putCredit({
        id,
        bookedOn: NEXT,
        valueOn: NEXT,
        amount: rupiah(6_900),
        remittance,
        statement: 'S1',
        entry: 1,
      } as never)
    await movement('M1', 'INDOMARET 20261120')
    expect(await hub.run({ part: `bank#${NEXT}`, entry: 'credit#M1' })).toEqual({ outcome: 'placed' })
    expect([countedOf(hub, 'CreditsUnplaced'), hub.logged]).toEqual([[], []])
    await movement('M2', 'nobody knows')
    expect(await hub.run({ part: `bank#${NEXT}`, entry: 'credit#M2' })).toEqual({ outcome: 'unplaced' })
    expect(countedOf(hub, 'CreditsUnplaced')).toEqual(['CreditsUnplaced  1'])
    expect(hub.logged).toEqual([{ message: 'A movement of the bank names no day and no channel that it could be for' }])
  })

  test('a placement sends the days whose statement does not agree with it, of this version and the one before', async () => {
    const hub = await settled()
    const place = (on: string, amount: number) => ({
      kind: 'channel-day' as const,
      channel: 'indomaret',
      date: date(on),
      amount: rupiah(amount),
      how: 'named' as const,
    })
    const placement = (version: number, ...places: readonly ReturnType<typeof place>[]) =>
      ({ id: 'M1', bookedOn: NEXT, version, recordedAt: hub.clock.now, by: 'rules', places }) as const
    const first = placement(1, place('2026-11-18', 5), place(DAY, 6_900))
    const second = placement(2, place('2026-11-19', 5), place(DAY, 6_900))
    const third = placement(3, place('2026-11-17', 5), place(DAY, 6_900))
    await hub.settlements.putPlacement(first, undefined)
    await hub.settlements.putPlacement(second, first)
    const follow = (version: number) => hub.run({ part: `placements#${NEXT}`, entry: `placement#M1#000${version}` })
    const task = (on: string) => ({ task: 'day', channel: 'indomaret', date: on })
    expect(await follow(2)).toEqual({ outcome: 'sent', count: 2 })
    expect(hub.sent.splice(0)).toEqual([task(DAY), task('2026-11-19')])
    // The day's statement agrees from now on.
    await hub.run({ task: 'day', channel: 'indomaret', date: DAY })
    hub.sent.length = 0
    expect(await follow(2)).toEqual({ outcome: 'sent', count: 1 })
    expect(hub.sent.splice(0)).toEqual([task('2026-11-19')])
    await hub.settlements.putPlacement(third, second)
    expect(await follow(3)).toEqual({ outcome: 'sent', count: 1 })
    expect(hub.sent.splice(0)).toEqual([task('2026-11-17')])
  })

  test('a file that came is looked at twice: whether it was late, and what it says', async () => {
    const hub = await settlementHub()
    hub.setClock(`${NEXT}T06:30`)
    await hub.take('pos', DAY, 'torn')
    const done = await hub.run({ part: filesPart('pos', DAY), entry: 'file#0001' })
    expect(done).toEqual({ outcome: 'written', channel: 'pos', day: DAY, state: 'incomplete', version: 1, count: 0 })
  })

  test('a resolution that was applied says its action; what it moved on another day is asked for', async () => {
    const hub = await settled([])
    const [missing] = await hub.cases('indomaret', DAY)
    const id = missing?.id ?? ''
    const reason = 'as agreed'
    await hub.call('operator', 'POST', `/api/differences/${id}/proposal`, { action: 'write-off', reason })
    await hub.call('approver', 'POST', `/api/differences/${id}/approval`, { decision: 'approve' })
    const [entry] = hub.settlements.inserted().filter((each) => each.entry.startsWith('resolution#'))
    const of = { channel: 'indomaret', day: DAY, state: 'reconciled', action: 'write-off' }
    if (!entry) throw new Error('expected the approval to put a resolution')
    expect(await hub.run(entry)).toMatchObject({ ...of, outcome: 'applied', count: 0 })
    expect(countedOf(hub, 'DecisionsApplied')).toEqual(['DecisionsApplied write-off 1'])
    expect(await hub.run(entry)).toMatchObject({ ...of, outcome: 'already-applied' })
    expect(countedOf(hub, 'DecisionsApplied')).toHaveLength(1)
  })
})
