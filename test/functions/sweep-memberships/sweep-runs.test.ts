/** A run over every membership: each is met once, whatever happens to its messages, and the day's figures follow. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rupiah } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import type { ProgramId } from '../../../shared/domain/sponsors/sponsor.ts'
import { everybodyIn, provincesOf, totalOfCounts } from '../../../shared/domain/statistics.ts'
import type { SegmentTask, SweepTask } from '../../../shared/messages/sweep.ts'
import { at, date, FARMER, KPJ, pay, terms } from '../../support/facts.ts'
import { CREDIT, later, runsOf, type Sweep, sweepOn, viewOf } from './sweep.ts'

const FIRST_OF_DECEMBER = '2026-12-01'
const accountsOf = ({ requeued }: Sweep) => requeued.map(({ account }) => account).sort()
const kpjs = (first: number, count: number) => Array.from({ length: count }, (_, i) => viewOf(first + i).kpj)

test('a night, the hours of notices and a week are told whole: what each message did, who was sent where, and what was counted', async () => {
  const sweep = sweepOn({ sources: ['bni', 'finance'] })
  for (const fact of [terms('2026-01'), pay('P1', '2026-11-30T10:07', ['2026-11'])]) await sweep.store.facts.put(fact)
  await sweep.putViews(1, 2)
  await sweep.putViews(11, 1, { status: 'grace', nextTransition: { on: date('2027-03-01'), to: 'lapsed' } })
  await sweep.putViews(21, 1, { credit: rupiah(8_400), regionCode: '91.71.01.1001' })
  await sweep.putViews(31, 1, { status: 'closed', nextTransition: null, terms: { ...FARMER, funding: 'village' } })
  sweep.recorded.set('2026-11-30', [KPJ])
  sweep.ending.set('2026-12', ['jambi.2026' as ProgramId])
  const told: string[] = []
  const plain = (_: string, value: unknown) => (value instanceof Map ? [...value] : value)
  const tasks = [
    { task: 'nightly' },
    { task: 'check' },
    { task: 'notices', zone: 'WIB' },
    { task: 'weekly' },
    { task: 'recent' },
  ] as const
  for (const task of tasks) {
    const asked: SweepTask[] = []
    told.push(`# ${JSON.stringify(task)}`)
    for (let next: SweepTask | undefined = task; next; next = asked.shift()) {
      told.push(`${JSON.stringify(next)} -> ${JSON.stringify(await sweep.perform(next), plain)}`)
      asked.push(...sweep.tasks.splice(0))
    }
    const [sent, notified, programs] = [sweep.requeued, sweep.notified, sweep.told].map((each) => each.splice(0))
    told.push(JSON.stringify({ sent, notified, told: programs, followed: sweep.followed.splice(0) }))
  }
  const census = await sweep.statistics.census(date(FIRST_OF_DECEMBER))
  told.push('# kept', ...[census, await sweep.counts.standing()].map((each) => JSON.stringify(each, plain)))
  told.push(...(await runsOf(sweep, FIRST_OF_DECEMBER)).map((run) => JSON.stringify(run)))
  await expect(`${told.join('\n')}\n`).toMatchFileSnapshot('whole-night.txt')
})

describe('the nightly run', () => {
  test('sends who has a transition behind her, on its day and not before, and nobody else', async () => {
    const sweep = sweepOn()
    await sweep.putViews(1, 3)
    await sweep.putViews(11, 2, { nextTransition: { on: date('2026-12-02'), to: 'grace' } })
    await sweep.putViews(21, 2, { status: 'lapsed', nextTransition: null })
    await sweep.play({ task: 'nightly' })
    expect(accountsOf(sweep)).toEqual(kpjs(1, 3))
    expect(sweep.requeued.every(({ cause }) => cause === 'time')).toBe(true)
    expect(await runsOf(sweep, FIRST_OF_DECEMBER)).toMatchObject([
      { purpose: 'nightly', rows: 7, transitions: 3, accounts: 3, notices: 0, segments: 2 },
    ])
  })

  test('sends the accounts whose credit may pay a month that is owed, each once and with that cause', async () => {
    const sweep = sweepOn()
    const inGrace = { status: 'grace', nextTransition: { on: date('2027-03-01'), to: 'lapsed' } } as const
    await sweep.putViews(1, 2, { ...inGrace, credit: rupiah(8_400) })
    await sweep.putViews(11, 2, { ...inGrace, credit: rupiah(8_399) })
    await sweep.putViews(21, 1, { credit: rupiah(1) })
    await sweep.putViews(31, 1)
    await sweep.play({ task: 'nightly' })
    const byCause = Map.groupBy(sweep.requeued, ({ cause }) => cause)
    expect(
      byCause
        .get('credit')
        ?.map(({ account }) => account)
        .sort(),
    ).toEqual([...kpjs(1, 2), ...kpjs(21, 1)])
    expect(byCause.get('time')?.map(({ account }) => account)).toEqual(kpjs(31, 1))
    expect(await runsOf(sweep, FIRST_OF_DECEMBER)).toMatchObject([{ rows: 6, transitions: 2, accounts: 4 }])
  })

  test('sends whose terms have changed in a month that was paid ahead, and counts her by the new ones from that day on', async () => {
    const sweep = sweepOn()
    const termsByMonth = [
      { from: month('2026-11'), terms: FARMER, regionCode: '15.71' },
      { from: month('2026-12'), terms: { ...FARMER, funding: 'village' as const }, regionCode: '16.71' },
      { from: month('2027-01'), terms: { ...FARMER, funding: 'csr' as const }, regionCode: '16.71' },
    ]
    const paidAhead = { nextTransition: { on: date('2027-04-01'), to: 'grace' as const }, termsByMonth }
    await sweep.putViews(1, 1, { ...paidAhead, asOf: at('2026-11-30T23:00') })
    await sweep.putViews(11, 1, { ...paidAhead, asOf: at('2026-12-01T00:05') })
    await sweep.play({ task: 'nightly' })
    expect(accountsOf(sweep)).toEqual(kpjs(1, 1))
    expect(await runsOf(sweep, FIRST_OF_DECEMBER)).toMatchObject([{ rows: 2, transitions: 1, accounts: 1 }])
    const census = await sweep.statistics.census(date(FIRST_OF_DECEMBER))
    expect(Object.keys(Object.fromEntries(census?.funding ?? []))).toEqual(['village', 'self'])
    expect(Object.keys(Object.fromEntries(census?.regency ?? [])).sort()).toEqual(['15.71', '16.71'])
  })

  test('counts everybody as time has left her, by regency, sector and funding, and sums up the credit', async () => {
    const sweep = sweepOn()
    await sweep.putViews(1, 3)
    await sweep.putViews(11, 2, { regionCode: '15', status: 'unpaid', nextTransition: null, credit: CREDIT })
    await sweep.putViews(21, 1, {
      regionCode: '91.71.01.1001',
      status: 'closed',
      nextTransition: null,
      terms: { ...FARMER, sector: 'fishery', funding: 'village' },
    })
    await sweep.play({ task: 'nightly' })
    const census = await sweep.statistics.census(date(FIRST_OF_DECEMBER))
    expect(census).toMatchObject({ rows: 6, creditRupiah: 2_000, countedAt: at('2026-12-01T00:10') })
    expect(Object.fromEntries(census?.regency ?? [])).toEqual({
      '15.71': [0, 0, 3, 0, 0],
      '15': [2, 0, 0, 0, 0],
      '91.71': [0, 0, 0, 0, 1],
    })
    expect(Object.fromEntries(census?.sector ?? [])).toEqual({ farming: [2, 0, 3, 0, 0], fishery: [0, 0, 0, 0, 1] })
    expect(Object.fromEntries(census?.funding ?? [])).toEqual({ self: [2, 0, 3, 0, 0], village: [0, 0, 0, 0, 1] })
    expect(Object.fromEntries(census ? provincesOf(census) : [])).toEqual({
      '15': [2, 0, 3, 0, 0],
      '91': [0, 0, 0, 0, 1],
    })
  })

  test('a region that no list knows is counted apart and stops nobody', async () => {
    const sweep = sweepOn()
    await sweep.putViews(1, 2, { regionCode: '99.99' })
    await sweep.putViews(11, 1)
    await sweep.play({ task: 'nightly' })
    const census = await sweep.statistics.census(date(FIRST_OF_DECEMBER))
    expect(census?.regency.get('00')).toEqual([0, 0, 2, 0, 0])
    expect(census?.rows).toBe(3)
  })

  test('what is no view is sent to the fold, which parks it, and the run goes on', async () => {
    const sweep = sweepOn()
    await sweep.putViews(1, 2)
    const { scanPage } = sweep.ports.memberships
    const memberships = {
      ...sweep.ports.memberships,
      scanPage: async (...args: Parameters<typeof scanPage>) => {
        const page = await scanPage(...args)
        return { ...page, unreadable: args[0] === 0 ? ['50000000099'] : [] }
      },
    }
    Object.assign(sweep.ports, { memberships })
    await sweep.play({ task: 'nightly' })
    expect(accountsOf(sweep)).toEqual([...kpjs(1, 2), '50000000099'])
    expect(await runsOf(sweep, FIRST_OF_DECEMBER)).toMatchObject([{ rows: 3, unreadable: 1 }])
  })

  test('an empty table is a complete run of nobody', async () => {
    const sweep = sweepOn()
    await sweep.play({ task: 'nightly' })
    expect(await runsOf(sweep, FIRST_OF_DECEMBER)).toMatchObject([{ rows: 0, parts: 2 }])
  })
})

describe('messages that come twice, late, or not at all', () => {
  /** More than one part holds: 200 pages of 5. */
  const MANY = 2_200

  test.each([1, 2, 3])('each handed out %i times: every membership is counted once', async (times) => {
    const sweep = sweepOn()
    await sweep.putViews(1, MANY)
    await sweep.play({ task: 'nightly' }, times)
    const [result, ...others] = await runsOf(sweep, FIRST_OF_DECEMBER)
    expect(others).toEqual([])
    expect(result).toMatchObject({ rows: MANY, transitions: MANY })
    expect(result?.parts).toBeGreaterThan(2)
    expect(new Set(accountsOf(sweep))).toEqual(new Set(kpjs(1, MANY)))
    expect((await sweep.statistics.census(date(FIRST_OF_DECEMBER)))?.rows).toBe(MANY)
  })

  test('two runs at once each see everybody, and the later one gives the figure of the day', async () => {
    const sweep = sweepOn()
    await sweep.putViews(1, MANY)
    await sweep.perform({ task: 'nightly' })
    sweep.clock.now = later(sweep.clock.now, 5)
    await sweep.perform({ task: 'nightly' })
    const mixed = sweep.tasks.splice(0).reverse()
    for (let task = mixed.shift(); task; task = mixed.shift()) {
      await sweep.perform(task)
      mixed.push(...sweep.tasks.splice(0))
    }
    expect((await runsOf(sweep, FIRST_OF_DECEMBER)).map(({ rows }) => rows)).toEqual([MANY, MANY])
    expect((await sweep.statistics.census(date(FIRST_OF_DECEMBER)))?.countedAt).toBe(sweep.clock.now)
  })

  test('a run is open until its last part is there, and then complete', async () => {
    const sweep = sweepOn()
    await sweep.putViews(1, 30)
    await sweep.perform({ task: 'nightly' })
    const segments = sweep.tasks.splice(0).filter(({ task }) => task === 'segment')
    const [first, second] = segments as [SweepTask, SweepTask]
    expect(await sweep.perform(second)).toMatchObject({ finished: null })
    expect(await runsOf(sweep, FIRST_OF_DECEMBER)).toEqual([])
    expect(await sweep.statistics.census(date(FIRST_OF_DECEMBER))).toBeUndefined()
    expect(await sweep.perform(first)).toMatchObject({ finished: { result: { rows: 30 }, fewer: false } })
  })

  const WRITES = ['putPart', 'sendTasks', 'sendAccounts', 'putCensus', 'putResult'] as const
  test.each(WRITES.flatMap((name) => [`${name} before` as const, `${name} after` as const]))(
    'killed at %s: the message comes again and the run ends right',
    async (where) => {
      const [name, moment] = where.split(' ') as [(typeof WRITES)[number], 'before' | 'after']
      const sweep = sweepOn()
      await sweep.putViews(1, MANY)
      await sweep.perform({ task: 'nightly' })
      let kills = 0
      const place = (name in sweep.statistics ? sweep.statistics : sweep.ports) as unknown as Record<
        string,
        (...args: unknown[]) => Promise<unknown>
      >
      const real = place[name] as (...args: unknown[]) => Promise<unknown>
      place[name] = async (...args) => {
        const dies = kills < 8 && kills % 2 === 0
        kills++
        if (dies && moment === 'before') throw new Error('killed')
        const result = await real(...args)
        if (dies) throw new Error('killed')
        return result
      }
      for (let task = sweep.tasks.shift(); task; task = sweep.tasks.shift()) {
        const again = task
        await sweep.perform(again).catch(() => sweep.tasks.push(again))
      }
      expect(kills).toBeGreaterThan(0)
      expect(await runsOf(sweep, FIRST_OF_DECEMBER)).toMatchObject([{ rows: MANY, transitions: MANY }])
      expect((await sweep.statistics.census(date(FIRST_OF_DECEMBER)))?.rows).toBe(MANY)
      expect(new Set(accountsOf(sweep)).size).toBe(MANY)
    },
  )

  test('a repeat of a part that finds other memberships by now goes on from where the first one ended', async () => {
    const sweep = sweepOn()
    await sweep.putViews(1_001, MANY)
    await sweep.perform({ task: 'nightly' })
    const [first] = sweep.tasks.splice(0) as [SegmentTask]
    await sweep.perform(first)
    const next = sweep.tasks.splice(0)
    await sweep.putViews(1, 100)
    await sweep.perform(first)
    expect(sweep.tasks).toEqual(next)
  })

  test('in any order of messages, and with any of them doubled, each membership is counted once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(2_300), fc.array(fc.nat(99), { minLength: 40, maxLength: 40 }), async (count, draws) => {
        const sweep = sweepOn()
        await sweep.putViews(1, count)
        await sweep.perform({ task: 'nightly' })
        let left = 60
        for (let i = 0; sweep.tasks.length > 0; i++) {
          const draw = draws[i % draws.length] as number
          const [task] = sweep.tasks.splice(draw % sweep.tasks.length, 1) as [SweepTask]
          if (draw % 3 === 0 && left-- > 0) sweep.tasks.push(task)
          await sweep.perform(task)
        }
        const census = await sweep.statistics.census(date(FIRST_OF_DECEMBER))
        expect(census && totalOfCounts(everybodyIn(census))).toBe(count)
        expect(await runsOf(sweep, FIRST_OF_DECEMBER)).toMatchObject([{ rows: count }])
      }),
      { numRuns: 25 },
    )
  })
})

describe('what is asked of a run afterwards', () => {
  test('fewer memberships than the run before: somebody must look', async () => {
    const sweep = sweepOn({ now: '2026-12-01T00:10' })
    await sweep.putViews(1, 3)
    await sweep.play({ task: 'nightly' })
    sweep.clock.now = at('2026-12-02T00:10')
    const lost = {
      ...sweep.ports.memberships,
      scanPage: async () => ({ views: [viewOf(1)], unreadable: [], next: null }),
    }
    Object.assign(sweep.ports, { memberships: lost })
    const done = await sweep.play({ task: 'nightly' })
    expect(done.at(-1)).toMatchObject({ finished: { result: { rows: 2 }, fewer: true } })
  })

  test('as many or more, and the very first run: nobody must', async () => {
    const sweep = sweepOn({ now: '2026-12-01T00:10' })
    await sweep.putViews(1, 3)
    expect((await sweep.play({ task: 'nightly' })).at(-1)).toMatchObject({ finished: { fewer: false } })
    sweep.clock.now = at('2026-12-02T00:10')
    await sweep.putViews(11, 1)
    expect((await sweep.play({ task: 'nightly' })).at(-1)).toMatchObject({ finished: { fewer: false } })
  })

  test('not through by two: late; through: on time', async () => {
    const sweep = sweepOn({ now: '2026-12-01T00:10' })
    await sweep.putViews(1, 3)
    await sweep.perform({ task: 'nightly' })
    sweep.clock.now = at('2026-12-01T02:00')
    expect(await sweep.perform({ task: 'check' })).toEqual({ outcome: 'late' })
    for (let task = sweep.tasks.shift(); task; task = sweep.tasks.shift()) await sweep.perform(task)
    expect(await sweep.perform({ task: 'check' })).toEqual({ outcome: 'on-time' })
    sweep.clock.now = at('2026-12-02T02:00')
    expect(await sweep.perform({ task: 'check' })).toEqual({ outcome: 'late' })
  })

  test('more segments as the table grows', async () => {
    const sweep = sweepOn({ now: '2026-12-02T00:10' })
    const before = { purpose: 'nightly', zone: null, startedAt: at('2026-12-01T00:10'), segments: 2 } as const
    const counts = { rows: 12_000_000, unreadable: 0, transitions: 0, accounts: 0, notices: 0 }
    await sweep.statistics.putResult({ ...before, ...counts, parts: 9, finishedAt: at('2026-12-01T00:40') })
    await sweep.perform({ task: 'weekly' })
    expect(sweep.tasks.length).toBe(64)
  })
})

describe('time that does not go evenly', () => {
  test('a clock set back finds nothing due that was not, and spoils no figure of a later run', async () => {
    const sweep = sweepOn({ now: '2026-12-01T09:00' })
    await sweep.putViews(1, 3)
    await sweep.play({ task: 'nightly' })
    sweep.clock.now = at('2026-11-20T00:10')
    sweep.requeued.splice(0)
    await sweep.play({ task: 'nightly' })
    expect(sweep.requeued).toEqual([])
    sweep.clock.now = at('2026-12-01T00:10')
    await sweep.putViews(11, 1)
    await sweep.play({ task: 'nightly' })
    expect(await sweep.statistics.census(date(FIRST_OF_DECEMBER))).toMatchObject({
      countedAt: at('2026-12-01T09:00'),
      rows: 3,
    })
  })

  test.each([
    ['2026-12-31T23:59', 'active', 0],
    ['2027-01-01T00:00', 'grace', 1],
    ['2028-02-28T23:59', 'active', 0],
    ['2028-02-29T00:00', 'active', 0],
    ['2028-03-01T00:00', 'grace', 1],
  ] as const)('paid to the end of the month: %s is %s', async (now, status, due) => {
    const month = now.startsWith('2028') ? '2028-02' : '2026-12'
    const on = month === '2028-02' ? '2028-03-01' : '2027-01-01'
    const sweep = sweepOn({ now })
    await sweep.putViews(1, 1, { paidThrough: month as never, nextTransition: { on: date(on), to: 'grace' } })
    await sweep.play({ task: 'nightly' })
    const day = now.slice(0, 10)
    const census = await sweep.statistics.census(date(day))
    expect(census && everybodyIn(census)).toEqual(status === 'active' ? [0, 1, 0, 0, 0] : [0, 0, 1, 0, 0])
    expect(await runsOf(sweep, day)).toMatchObject([{ transitions: due }])
  })

  test('a clock that jumps over half a year counts who lapsed meanwhile as lapsed', async () => {
    const sweep = sweepOn({ now: '2027-06-10T09:00' })
    await sweep.putViews(1, 2)
    await sweep.play({ task: 'nightly' })
    const census = await sweep.statistics.census(date('2027-06-10'))
    expect(census && everybodyIn(census)).toEqual([0, 0, 0, 2, 0])
  })
})

describe('the other runs', () => {
  test('weekly: every account is folded again, whatever its view says', async () => {
    const sweep = sweepOn()
    await sweep.putViews(1, 12, { status: 'closed', nextTransition: null })
    for (const account of kpjs(1, 12)) await sweep.store.facts.put({ ...terms('2026-02'), account })
    await sweep.play({ task: 'weekly' })
    expect(accountsOf(sweep)).toEqual(kpjs(1, 12))
    expect(sweep.requeued.every(({ cause }) => cause === 'weekly')).toBe(true)
    expect(await sweep.statistics.census(date(FIRST_OF_DECEMBER))).toBeUndefined()
  })

  test('notices: the members of that clock only, of whom something is due', async () => {
    const sweep = sweepOn({ now: '2026-12-02T08:05' })
    await sweep.putViews(1, 2, { status: 'grace' })
    await sweep.putViews(11, 2, { status: 'active' })
    await sweep.putViews(21, 2, { status: 'grace', regionCode: '73.71' })
    await sweep.putViews(31, 1, { status: 'grace', regionCode: '91.71' })
    await sweep.putViews(41, 1, { status: 'grace', regionCode: '99.71' })
    const toldIn = async (zone: 'WIB' | 'WITA' | 'WIT') => {
      sweep.notified.splice(0)
      await sweep.play({ task: 'notices', zone })
      return [...sweep.notified].sort()
    }
    expect(await toldIn('WIT')).toEqual(kpjs(31, 1))
    expect(await toldIn('WITA')).toEqual(kpjs(21, 2))
    expect(await toldIn('WIB')).toEqual([...kpjs(1, 2), ...kpjs(41, 1)])
    expect(sweep.requeued).toEqual([])
    expect((await runsOf(sweep, '2026-12-02')).map(({ zone, notices }) => [zone, notices])).toEqual([
      ['WIB', 3],
      ['WIT', 1],
      ['WITA', 2],
    ])
  })
})
