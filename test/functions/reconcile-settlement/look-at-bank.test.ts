/** The bank account of the books and the balances of its statements, compared on the evening of the last closed day. */
import { describe, expect, test } from 'vitest'
import { lookAtBank } from '../../../functions/reconcile-settlement/look-at-bank.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import type { LedgerBalance } from '../../../shared/domain/journal.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import type { Placement } from '../../../shared/domain/settlement/placement.ts'
import type { ChainLink } from '../../../shared/domain/settlement/statement-chain.ts'
import { at, date } from '../../support/facts.ts'

const EVENING = at('2026-11-23T18:00')
const MIDNIGHT = at('2026-11-24T00:00')
const LATER = at('2026-11-24T05:00')

/** A statement of one movement that is placed; `versions` says otherwise. */
type Story = {
  readonly closingSen: number
  readonly amount?: number
  readonly versions?: readonly {
    readonly at: Instant
    readonly amounts: readonly number[]
    readonly by?: 'withdrawal'
  }[]
}

async function looked(stories: readonly Story[], balances: readonly object[] | null) {
  const said: unknown[] = []
  const counted: unknown[][] = []
  const asked: unknown[][] = []
  const links = stories.map(({ closingSen, amount = 100 }, i) => ({
    closingSen,
    movements: [{ id: `M${i}`, bookedOn: date('2026-11-23'), amount }],
  }))
  const ports = {
    settlements: {
      bankChain: async (...given: unknown[]) => {
        asked.push(given)
        return links as unknown as ChainLink[]
      },
      placements: async (bookedOn: string, id: string) => {
        const { versions, amount = 100 } = stories[Number(id.slice(1))] as Story
        expect(bookedOn).toBe('2026-11-23')
        return (versions ?? [{ at: EVENING, amounts: [amount] }]).map(
          ({ at: recordedAt, amounts, by = 'rules' as const }) => ({
            recordedAt,
            by,
            places: amounts.map((each) => ({ amount: each })),
          }),
        ) as unknown as Placement[]
      },
    },
    journal: {
      lastClosed: async () =>
        balances ? { day: date('2026-11-23'), balances: balances as LedgerBalance[] } : undefined,
    },
    log: { warn: (message: string, fields: object) => void said.push([message, fields]) },
    metrics: { count: (...given: unknown[]) => void counted.push(given) },
    now: () => at('2026-11-24T09:05'),
  }
  await lookAtBank(ports as never)
  return { said, counted, asked }
}

const BANK = 'The bank account of the journal is not the balance of its statements'
const bank = (balance: number) => ({ account: 'bank', balance: rupiah(balance) })
const differs = { said: [[BANK, { day: '2026-11-23' }]], counted: [['CreditsUnplaced']] }
const agrees = { said: [], counted: [] }

test('two weeks of the collection account are looked at', async () => {
  expect((await looked([], null)).asked).toEqual([['0018877665501', 14]])
})

describe('the balance of the books', () => {
  const other = { account: 'credit', balance: rupiah(-500) }

  test.each([
    ['is that of the last statement: it agrees', [{ closingSen: 50_000 }, { closingSen: 90_000 }], 900, agrees],
    ['is another: it is said', [{ closingSen: 50_000 }, { closingSen: 90_000 }], 500, differs],
    ['is cut to whole rupiah', [{ closingSen: 90_099 }], 900, agrees],
    ['is not known to be more', [{ closingSen: 90_099 }], 901, differs],
    ['is 0 where the statement says 0', [{ closingSen: 0 }], 0, agrees],
    ['has no statement to be compared with', [], 77, agrees],
  ])('%s', async (_, stories, balance, expected) => {
    expect(await looked(stories, [other, bank(balance - 7), bank(7)])).toMatchObject(expected)
  })

  test.each([
    ['at midnight came too late', [{ at: MIDNIGHT, amounts: [100] }]],
    ['in the morning came too late', [{ at: LATER, amounts: [100] }]],
    ['was not placed by rules or people but withdrawn', [{ at: EVENING, amounts: [100], by: 'withdrawal' as const }]],
  ])('is that of the statement before the first whose movement %s', async (_, versions) => {
    const stories = [{ closingSen: 50_000 }, { closingSen: 90_000, versions }, { closingSen: 95_000 }]
    expect(await looked(stories, [bank(500)])).toMatchObject(agrees)
    expect(await looked(stories, [bank(950)])).toMatchObject(differs)
  })

  test('counts a movement by what was known of it then: placed again, or withdrawn only since', async () => {
    const since = { at: LATER, amounts: [100], by: 'withdrawal' as const }
    const versions = [{ at: EVENING, amounts: [100] }, since]
    expect(await looked([{ closingSen: 90_000, versions }], [bank(900)])).toMatchObject(agrees)
    const anew = [
      { at: EVENING, amounts: [0], by: 'withdrawal' as const },
      { at: EVENING, amounts: [100] },
    ]
    expect(await looked([{ closingSen: 90_000, versions: anew }], [bank(900)])).toMatchObject(agrees)
  })

  test('is compared with nothing where all statements are newer, or no day is closed', async () => {
    const newer = [{ closingSen: 90_000, versions: [{ at: LATER, amounts: [100] }] }]
    expect(await looked(newer, [bank(1)])).toMatchObject(agrees)
    expect(await looked([{ closingSen: 90_000 }], null)).toMatchObject(agrees)
  })
})

describe('a movement of the chain', () => {
  test('whose places do not come to its amount is lost, and all of them are counted together', async () => {
    const stories = [
      { closingSen: 0, versions: [{ at: EVENING, amounts: [60, 40] }] },
      { closingSen: 0, versions: [{ at: EVENING, amounts: [60, 41] }] },
      { closingSen: 0, versions: [] },
      {
        closingSen: 0,
        versions: [
          { at: EVENING, amounts: [1] },
          { at: EVENING, amounts: [100] },
        ],
      },
      {
        closingSen: 0,
        versions: [
          { at: EVENING, amounts: [100] },
          { at: EVENING, amounts: [1] },
        ],
      },
    ]
    expect(await looked(stories, null)).toMatchObject({
      said: [[`${BANK}: movements have no placement`, { count: 3 }]],
      counted: [['CreditsUnplaced', undefined, 3]],
    })
  })
})
