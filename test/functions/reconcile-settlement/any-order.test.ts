/**
 * Files and credits may come in any order, and each message any number of times: in the end the statements are the same, and
 * nobody had to wait for the night to put them right.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, type BusinessDate } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { counterOf } from '../../support/endpoint.ts'
import type { PartnerRow } from '../../support/settlement-files.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'

const DAYS = ['2026-11-19', '2026-11-20', '2026-11-21'] as const
type Story = {
  /** Payments at 23:50 of each day, and at noon, by id. */
  readonly paid: readonly { readonly day: number; readonly late: boolean }[]
  /** In which files, by day, each payment's line stands; the last ids are of nobody. */
  readonly lines: readonly {
    readonly id: number
    readonly file: number
    readonly amount: number
    readonly reversed: boolean
  }[]
}

const story: fc.Arbitrary<Story> = fc.record({
  paid: fc.array(fc.record({ day: fc.integer({ min: 0, max: 2 }), late: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  }),
  lines: fc.array(
    fc.record({
      id: fc.integer({ min: 0, max: 7 }),
      file: fc.integer({ min: 0, max: 2 }),
      amount: fc.constantFrom(8_400, 8_400, 8_400, 8_000),
      reversed: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 10 },
  ),
})

const timeOf = ({ day, late }: Story['paid'][number]) => `${DAYS[day]}T${late ? '23:50' : '12:00'}`

/** Every payment is another member's month, so that none changes the next one's price. */
async function hubWith({ paid }: Story): Promise<SettlementHub> {
  const hub = await settlementHub()
  const inOrder = paid.map((each, i) => ({ ...each, i })).sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1))
  for (const [n, each] of inOrder.entries()) {
    hub.setClock(timeOf(each))
    const amount = rupiah(n < 2 ? 8_400 : 16_800)
    expect((await counterOf(hub, 'indomaret').pay({ paymentId: `TRX-${each.i}`, amount })).outcome).toBe('accepted')
  }
  return hub
}

function rowsOf({ paid, lines }: Story, file: number): readonly PartnerRow[] {
  return lines
    .filter((line) => line.file === file)
    .map(({ id, amount, reversed }) => {
      const payment = paid[id]
      // A reader sets lines aside that lie far from the file's day: these are written as if paid on it.
      const near = payment && Math.abs(payment.day - file) <= 1 ? timeOf(payment) : `${DAYS[file]}T12:00`
      return partnerRow(`TRX-${id}`, near, { amount, status: reversed ? 'R' : 'S' })
    })
}

type Event = { readonly kind: 'file' | 'credit' | 'again'; readonly day: number }

async function play(story: Story, events: readonly Event[]): Promise<unknown> {
  const hub = await hubWith(story)
  hub.setClock('2026-11-24T10:00')
  for (const { kind, day } of events) {
    const date = DAYS[day] as string
    if (kind === 'file') await hub.settle('indomaret', date, rowsOf(story, day))
    if (kind === 'credit') await hub.credit(`C${day}`, '2026-11-23', 6_900, `INDOMARET ${date.replaceAll('-', '')}`)
    if (kind === 'again') {
      hub.sent.push({ task: 'day', channel: 'indomaret', date: date as BusinessDate })
      await hub.drain()
    }
  }
  const days = [...DAYS, addDays('2026-11-21' as BusinessDate, 1)]
  return Promise.all(
    days.map(async (date) => {
      const statement = await hub.statement('indomaret', date)
      const cases = (await hub.cases('indomaret', date)).filter(({ state }) => state !== 'resolved')
      return {
        date,
        verdict: statement?.verdict,
        bridge: statement?.bridge,
        unexplained: statement?.unexplainedRupiah ?? 0,
        bank: statement?.bankRupiah,
        cases: cases.map(({ id, finding }) => [id, finding.class, finding.hubAmountRupiah, finding.fileAmountRupiah]),
      }
    }),
  )
}

const ALL: readonly Event[] = [
  { kind: 'file', day: 0 },
  { kind: 'file', day: 1 },
  { kind: 'file', day: 2 },
  { kind: 'credit', day: 0 },
  { kind: 'credit', day: 1 },
  { kind: 'credit', day: 2 },
]

test('the statements of three days do not depend on the order in which files, credits and repeats came', async () => {
  await fc.assert(
    fc.asyncProperty(
      story,
      fc.shuffledSubarray([...ALL, { kind: 'again', day: 0 }, { kind: 'again', day: 1 }] as Event[], { minLength: 8 }),
      async (story, events) => {
        const inOrder = await play(story, ALL)
        expect(await play(story, events)).toEqual(inOrder)
        for (const { unexplained } of inOrder as readonly { unexplained: number }[]) expect(unexplained).toBe(0)
      },
    ),
    { numRuns: 40 },
  )
}, 60_000)
