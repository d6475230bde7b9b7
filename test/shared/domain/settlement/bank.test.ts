/** Which days a credit pays: by its text, or because there is one way only. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type BusinessDate } from '../../../../shared/domain/instant.ts'
import { type Rupiah, rupiah } from '../../../../shared/domain/money.ts'
import { assignCredits, type BankCredit, MOST_PLACES, type OpenDay } from '../../../../shared/domain/settlement/bank.ts'
import { SETTLEMENT_RULES } from '../../../../shared/domain/settlement/rules.ts'

const CHANNELS = ['indomaret', 'pos']
const day = (dd: number) => `2026-11-${String(dd).padStart(2, '0')}` as BusinessDate

/** `D18=1000 D19=? pos:D18=500` */
function daysOf(text: string): readonly OpenDay[] {
  return text.split(' ').map((word) => {
    const [, channel = 'indomaret', dd, net] = /^(?:(\w+):)?D(\d\d)=(.+)$/.exec(word) as RegExpExecArray
    return { channel, date: day(Number(dd)), net: net === '?' ? null : rupiah(Number(net)) }
  })
}

function credit(id: string, amount: number, remittance: string, bookedOn = day(22)): BankCredit {
  return { id, bookedOn, valueOn: bookedOn, amount: rupiah(amount), remittance, statement: 'S1', entry: 1 }
}

/** `D18: C1 1000` for every part, and `C1 several-sums` for every question. */
function placed(credits: readonly BankCredit[], days: string): readonly string[] {
  const open = daysOf(days)
  const { partsOf, questions } = assignCredits(credits, open, CHANNELS, SETTLEMENT_RULES)
  const parts = open.flatMap(({ channel, date }) =>
    partsOf(channel, date).map(({ id, amount }) => {
      const name = `D${date.slice(8)}`
      return `${channel === 'indomaret' ? name : `${channel}:${name}`}: ${id} ${amount}`
    }),
  )
  return [...parts, ...questions.map(({ credit: { id }, reason }) => `${id} ${reason}`)]
}

const ALL = 'INDOMARET 20261118 20261119'

test.each([
  [MOST_PLACES, `${MOST_PLACES} days, no question`],
  [MOST_PLACES + 1, '0 days, too-many-days'],
])('a credit that names %i days: %s', (count, expected) => {
  const dates = Array.from({ length: count }, (_, i) => addDays(day(20), -i))
  const text = `INDOMARET ${dates.map((date) => date.replaceAll('-', '')).join(' ')}`
  const open = dates.map((date): OpenDay => ({ channel: 'indomaret', date, net: rupiah(10) }))
  const { partsOfCredit, questions } = assignCredits([credit('C1', 10 * count, text)], open, CHANNELS, SETTLEMENT_RULES)
  expect(`${partsOfCredit('C1').length} days, ${questions[0]?.reason ?? 'no question'}`).toBe(expected)
  // Every rupiah is in a part or in the question.
  expect([...partsOfCredit('C1'), ...questions].reduce((sum, { amount }) => sum + amount, 0)).toBe(10 * count)
})

describe('a bank credit', () => {
  test.each([
    ['that names its day pays it', [credit('C1', 1_000, 'trf INDOMARET 20261118')], 'D18=1000', ['D18: C1 1000']],
    [
      'pays its day also where the amount is another',
      [credit('C1', 900, 'INDOMARET 20261118')],
      'D18=1000',
      ['D18: C1 900'],
    ],
    [
      'for several days gives each what it needs',
      [credit('C1', 3_000, ALL)],
      'D18=1000 D19=2000',
      ['D18: C1 1000', 'D19: C1 2000'],
    ],
    [
      'that is short leaves the later day short',
      [credit('C1', 2_500, ALL)],
      'D18=1000 D19=2000',
      ['D18: C1 1000', 'D19: C1 1500'],
    ],
    [
      'that is long gives the rest to the last day',
      [credit('C1', 3_500, ALL)],
      'D18=1000 D19=2000',
      ['D18: C1 1000', 'D19: C1 2500'],
    ],
    [
      'beside another for the same day adds up',
      [credit('C1', 400, 'INDOMARET 20261118'), credit('C2', 600, 'INDOMARET 20261118')],
      'D18=1000',
      ['D18: C1 400', 'D18: C2 600'],
    ],
    [
      'for two days beside one for the first pays what is left',
      [credit('C1', 1_000, 'INDOMARET 20261118'), credit('C2', 2_000, ALL)],
      'D18=1000 D19=2000',
      ['D18: C1 1000', 'D19: C2 2000'],
    ],
    [
      'in two halves for two days fills them one after the other',
      [credit('C1', 1_500, ALL), credit('C2', 1_500, ALL)],
      'D18=1000 D19=2000',
      ['D18: C1 1000', 'D19: C1 500', 'D19: C2 1500'],
    ],
    [
      'for a day whose file is not here gives it the rest',
      [credit('C1', 3_000, ALL)],
      'D18=? D19=2000',
      ['D18: C1 1000', 'D19: C1 2000'],
    ],
    [
      'for a day of nothing and a day that owes lowers the other',
      [credit('C1', 1_500, ALL)],
      'D18=-500 D19=2000',
      ['D18: C1 -500', 'D19: C1 2000'],
    ],
    [
      'that is returned takes back what its days were given',
      [credit('C1', 3_000, ALL), credit('C2', -3_000, ALL, day(23))],
      'D18=1000 D19=2000',
      ['D18: C1 1000', 'D18: C2 -1000', 'D19: C1 2000', 'D19: C2 -2000'],
    ],
    [
      'for two channels pays both',
      [credit('C1', 1_500, 'INDOMARET 20261118 POS 20261118')],
      'D18=1000 pos:D18=500',
      ['D18: C1 1000', 'pos:D18: C1 500'],
    ],
    [
      'without days pays the only sum of days',
      [credit('C1', 3_000, 'setoran INDOMARET')],
      'D17=700 D18=1000 D19=2000',
      ['D18: C1 1000', 'D19: C1 2000'],
    ],
    [
      'without days and two sums is asked about',
      [credit('C1', 3_000, 'INDOMARET')],
      'D17=3000 D18=1000 D19=2000',
      ['C1 several-sums'],
    ],
    ['without days and no sum is asked about', [credit('C1', 3_001, 'INDOMARET')], 'D18=1000 D19=2000', ['C1 no-sum']],
    [
      'without days never pays a day before whose end it was booked',
      [credit('C1', 1_000, 'INDOMARET', day(18))],
      'D18=1000',
      ['C1 no-sum'],
    ],
    [
      'without days never pays a day that another credit names',
      [credit('C1', 1_000, 'INDOMARET'), credit('C2', 300, 'INDOMARET 20261118')],
      'D18=1000',
      ['D18: C2 300', 'C1 no-sum'],
    ],
    [
      'without days waits while a file is missing that it could be for',
      [credit('C1', 1_000, 'INDOMARET')],
      'D18=1000 D19=?',
      ['C1 day-without-file'],
    ],
    [
      'without days never pays a day of nothing',
      [credit('C1', 1_000, 'INDOMARET')],
      'D17=0 D18=1000',
      ['D18: C1 1000'],
    ],
    [
      'that names no channel is never placed by its amount',
      [credit('C1', 1_000, 'setoran 20261118')],
      'D18=1000',
      ['C1 no-channel'],
    ],
    [
      'that names another channel is never placed here',
      [credit('C1', 1_000, 'POS')],
      'D18=1000 pos:D18=999',
      ['C1 no-sum'],
    ],
    [
      'that names two channels and one day is asked about',
      [credit('C1', 1_500, 'INDOMARET 20261118 POS')],
      'D18=1000 pos:D18=500',
      ['C1 several-channels'],
    ],
    [
      'that is returned and names no day is asked about',
      [credit('C1', -1_000, 'INDOMARET retur')],
      'D18=1000',
      ['C1 no-sum'],
    ],
    [
      'like another, both for the only day there is, is asked about',
      [credit('C1', 1_000, 'INDOMARET'), credit('C2', 1_000, 'INDOMARET')],
      'D18=1000',
      ['C1 several-sums', 'C2 several-sums'],
    ],
    [
      'is sure once a sure one took its day',
      [credit('C1', 3_000, 'INDOMARET'), credit('C2', 700, 'INDOMARET')],
      'D16=700 D17=2300 D18=1000 D19=2000',
      ['D16: C2 700', 'D18: C1 1000', 'D19: C1 2000'],
    ],
  ] as const)('%s', (_, credits, days, expected) => {
    expect(placed(credits, days)).toEqual(expected)
    expect(placed(credits.toReversed(), days)).toEqual(expected)
    expect([...placed(credits, days.split(' ').toReversed().join(' '))].sort()).toEqual([...expected].sort())
  })

  test('among more open days than anybody can prove is asked about', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => `D${String(i + 1).padStart(2, '0')}=${2 ** i}`).join(' ')
    expect(placed([credit('C1', 2 ** 19, 'INDOMARET')], many(20))).toEqual([`D20: C1 ${2 ** 19}`])
    expect(placed([credit('C1', 1, 'INDOMARET', day(23))], many(21))).toEqual(['C1 too-many-days'])
  })

  test('is asked about on the latest day that waits for money, with the first two ways', () => {
    const days = daysOf('D17=3000 D18=1000 D19=2000')
    const { questions } = assignCredits([credit('C1', 3_000, 'INDOMARET')], days, CHANNELS, SETTLEMENT_RULES)
    expect(questions).toMatchObject([{ channel: 'indomaret', askedOn: day(19) }])
    expect(questions[0]?.ways.toSorted()).toEqual([[day(17)], [day(18), day(19)]])
  })

  const nets = fc.array(fc.integer({ min: -4, max: 12 }), { minLength: 1, maxLength: 9 })

  test('without days is placed exactly where one set of days sums up to it', () => {
    fc.assert(
      fc.property(nets, fc.integer({ min: 1, max: 40 }), (netAmounts, amount) => {
        const days = netAmounts.map((net, i) => ({ channel: 'pos', date: addDays(day(1), i), net: rupiah(net) }))
        const { partsOf, questions } = assignCredits([credit('C1', amount, 'POS')], days, CHANNELS, SETTLEMENT_RULES)
        const ways = Array.from({ length: 2 ** netAmounts.length }, (_, mask) =>
          netAmounts.filter((net, i) => net !== 0 && (mask >> i) & 1),
        )
        const open = netAmounts.filter((net) => net !== 0).length
        const right = ways.filter((way) => way.length > 0 && way.reduce((sum, net) => sum + net, 0) === amount).length
        // Days of nothing double every way.
        const sets = right / 2 ** (netAmounts.length - open)
        const parts = days.flatMap(({ date }) => partsOf('pos', date))
        expect(questions.map(({ reason }) => reason)).toEqual(
          sets === 1 ? [] : [sets === 0 ? 'no-sum' : 'several-sums'],
        )
        expect(parts.reduce((sum, part) => sum + part.amount, 0)).toBe(sets === 1 ? amount : 0)
      }),
      { numRuns: 500 },
    )
  })

  test('that names days is given away to the last rupiah, whatever it is', () => {
    const named = fc.uniqueArray(fc.integer({ min: 10, max: 20 }), { minLength: 1, maxLength: 4 })
    const credits = fc.array(fc.record({ amount: fc.integer({ min: -5_000, max: 9_000 }), days: named }), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(
        credits,
        fc.array(fc.option(fc.integer({ min: -500, max: 4_000 })), { minLength: 11, maxLength: 11 }),
        (all, known) => {
          const days = known.map((net, i) => ({ channel: 'pos', date: day(10 + i), net: net as Rupiah | null }))
          const made = all.map((one, i) =>
            credit(`C${i}`, one.amount, `POS ${one.days.map((dd) => `202611${dd}`).join(' ')}`),
          )
          const { partsOf } = assignCredits(made, days, CHANNELS, SETTLEMENT_RULES)
          const parts = days.flatMap(({ date }) => partsOf('pos', date))
          for (const { id, amount } of made) {
            const given = parts.filter((part) => part.id === id).reduce((sum, part) => sum + part.amount, 0)
            expect(given).toBe(amount)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('is placed and asked about the same whatever order credits and days come in; questions stand in order of booking and id', () => {
    const texts = [
      'POS',
      'INDOMARET',
      'POS INDOMARET',
      'setoran',
      'POS 20261118',
      'POS 20261118 20261119',
      'POS 20251118',
      'POS 20261118 20251119',
      `POS ${Array.from({ length: MOST_PLACES + 1 }, (_, i) => addDays(day(20), -i).replaceAll('-', '')).join(' ')}`,
    ]
    const some = fc.record({
      amount: fc.integer({ min: -3, max: 9 }),
      text: fc.constantFrom(...texts),
      bookedOn: fc.constantFrom(day(21), day(22)),
    })
    const dayNets = fc.array(fc.option(fc.integer({ min: -1, max: 5 }), { freq: 12 }), { minLength: 4, maxLength: 4 })
    const mixed = fc
      .tuple(fc.array(some, { minLength: 2, maxLength: 9 }), dayNets)
      .map(([credits, nets]) => ({
        credits: credits.map((one, i) => credit(`C${i}`, one.amount, one.text, one.bookedOn)),
        days: nets.map((net, i): OpenDay => {
          const channel = CHANNELS[i % 2] as string
          return { channel, date: day(18 + (i >> 1)), net: net === null ? null : rupiah(net) }
        }),
      }))
      .chain((world) =>
        fc.record({
          world: fc.constant(world),
          credits: fc.shuffledSubarray(world.credits, { minLength: world.credits.length }),
          days: fc.shuffledSubarray(world.days, { minLength: world.days.length }),
        }),
      )
    const whole = (credits: readonly BankCredit[], days: readonly OpenDay[], named: readonly BankCredit[]) => {
      const { partsOfCredit, questions } = assignCredits(credits, days, CHANNELS, SETTLEMENT_RULES)
      return { parts: named.map(({ id }) => partsOfCredit(id)), questions }
    }
    fc.assert(
      fc.property(mixed, ({ world, credits, days }) => {
        const { parts, questions } = whole(world.credits, world.days, world.credits)
        expect(whole(credits, days, world.credits)).toEqual({ parts, questions })
        const order = questions.map(({ credit: { bookedOn, id } }) => `${bookedOn} ${id}`)
        expect(order).toEqual(order.toSorted())
        world.credits.forEach(({ id, amount }, i) => {
          const placedParts = parts[i]?.map(({ channel, date }) => `${channel} ${date}`) ?? []
          expect(placedParts).toEqual(placedParts.toSorted())
          const asked = questions.filter((one) => one.credit.id === id)
          const rupiahs = [...(parts[i] ?? []), ...asked].reduce((sum, one) => sum + one.amount, 0)
          expect([asked.length <= 1, rupiahs]).toEqual([true, amount])
        })
      }),
      { numRuns: 400 },
    )
  })
})
