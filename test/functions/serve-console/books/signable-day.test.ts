/** What a signature of a day is about: the largest open differences by name and all by number; and how far the bank is looked back. */
import { expect, test } from 'vitest'
import { BANK, signableDay } from '../../../../functions/serve-console/books/signable-day.ts'
import type { ChainLink } from '../../../../shared/domain/settlement/statement-chain.ts'
import { date } from '../../../support/facts.ts'
import { DAY, lineOf, payment, settle } from '../../../support/settlement-world.ts'

test('a hundred open differences are named, the largest first, equal ones by id; all are counted, resolved ones are not', async () => {
  const lines = Array.from({ length: 120 }, (_, i) =>
    lineOf(payment(`X-${i}`, { amount: 8_400 + 100 * (i % 60) }), i + 2),
  )
  const findings = settle({ files: { [DAY]: lines } }).result.differences
  const cases = findings.map((finding, i) => ({ id: finding.id, finding, state: i < 5 ? 'resolved' : 'open' }))
  const statement = { version: 3, digest: 'd', openItems: [{ label: 'missing-in-hub', amountRupiah: 1, count: 1 }] }
  const settlements = { statement: async () => statement, differencesOf: async () => cases }
  const signable = await signableDay({ settlements } as never, { channel: 'indomaret', date: DAY })
  const open = cases.slice(5).map(({ id, finding: { class: differenceClass, effectRupiah } }) => ({
    id,
    class: differenceClass,
    amountRupiah: -effectRupiah,
  }))
  const inOrder = open.toSorted((a, b) => a.amountRupiah - b.amountRupiah || (a.id < b.id ? -1 : 1))
  expect(signable).toEqual({
    version: 3,
    digest: 'd',
    carried: statement.openItems,
    openDifferences: 115,
    differences: inOrder.slice(0, 100),
  })
})

test('a day of the bank can be signed once one of the last 400 statements of each account reaches it', async () => {
  const asked: number[] = []
  const on = (closedOn: string | null) => {
    const settlements = {
      movementsBooked: async () => [],
      bankChain: async (_: string, last: number) => {
        asked.push(last)
        return [{ closedOn: closedOn === null ? null : date(closedOn) } as ChainLink]
      },
    }
    return signableDay({ settlements } as never, { channel: BANK, date: date('2026-11-20') })
  }
  expect([await on('2026-11-19'), await on(null)]).toEqual([undefined, undefined])
  for (const closedOn of ['2026-11-20', '2026-11-21'])
    expect(await on(closedOn)).toMatchObject({ version: 0, carried: [], openDifferences: 0, differences: [] })
  expect(new Set(asked)).toEqual(new Set([400]))
})
