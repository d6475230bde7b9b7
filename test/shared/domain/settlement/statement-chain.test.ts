/** Statements as a chain: what follows, what waits and for what, and that money counts as often as the balances say. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type BusinessDate } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import type { BankCredit } from '../../../../shared/domain/settlement/bank.ts'
import { type ChainPage, extendChain } from '../../../../shared/domain/settlement/statement-chain.ts'

const MONDAY = '2026-11-23' as BusinessDate

function movement(id: string, amount: number, bookedOn = MONDAY): BankCredit {
  return { id, bookedOn, valueOn: bookedOn, amount: rupiah(amount), remittance: '', statement: 'S', entry: 1 }
}

function page(opening: number, movements: readonly BankCredit[], changed: Partial<ChainPage> = {}): ChainPage {
  const closing = movements.reduce((sum, { amount }) => sum + amount, opening)
  return {
    sha256: 'f1',
    format: 'mt940',
    id: 'S',
    number: null,
    page: null,
    isLastPage: null,
    openingSen: opening * 100,
    closingSen: closing * 100,
    isCarriedOver: false,
    closedOn: movements.at(-1)?.bookedOn ?? MONDAY,
    movements,
    ...changed,
  }
}

const chainOf = (...pages: readonly ChainPage[]) => extendChain([], pages).links.map(({ link }) => link)

describe('pages', () => {
  const one = page(0, [movement('A', 100)], { number: 5, page: 1, isCarriedOver: true })
  const two = page(100, [movement('A2', 100)], { number: 5, page: 2, sha256: 'f2' })

  test('of one statement are one link, from any files and in any order', () => {
    for (const pages of [
      [one, two],
      [two, one],
    ]) {
      const { links, waiting } = extendChain([], pages)
      expect(waiting).toEqual([])
      expect(links).toMatchObject([{ link: { number: 5, openingSen: 0, closingSen: 20_000, files: ['f1', 'f2'] } }])
      expect(links[0]?.movements).toHaveLength(2)
    }
  })

  test.each([
    ['the last page is missing', [one], 'expected page 2 '],
    ['the first page is missing', [two], 'expected page 1 '],
    ['the bank says that another page follows', [{ ...two, page: 1, isLastPage: false }], 'expected page 2 '],
  ] as const)('wait while %s', (_, pages, detail) => {
    const { links, waiting } = extendChain([], pages)
    expect(links).toEqual([])
    expect(waiting).toMatchObject([{ gap: { reason: 'page', detail: expect.stringContaining(detail) } }])
  })
})

describe('a statement', () => {
  test('whose number skips one waits though its balance follows', () => {
    const chain = chainOf(page(0, [movement('A', 100)], { number: 5 }))
    const seventh = page(100, [movement('C', 1)], { number: 7 })
    expect(extendChain(chain, [seventh]).waiting).toMatchObject([
      { gap: { reason: 'number', detail: 'expected statement 6 after 5, got 7' } },
    ])
    expect(extendChain(chain, [{ ...seventh, number: 1 }]).links).toHaveLength(1)
    expect(extendChain(chain, [{ ...seventh, format: 'camt.053' }]).links).toHaveLength(1)
  })

  test('that names the day again and more adds only what is new', () => {
    const chain = chainOf(page(0, [movement('A', 100)]))
    const { links } = extendChain(chain, [page(0, [movement('other', 100), movement('B', 20)])])
    expect(links).toMatchObject([{ link: { openingSen: 10_000, closingSen: 12_000 }, movements: [{ id: 'B' }] }])
  })

  test('of a quiet day is a link of its own, and its repeat is none', () => {
    const chain = chainOf(page(0, [movement('A', 100)]))
    const quiet = page(100, [], { id: 'S2', closedOn: addDays(MONDAY, 1) })
    const longer = [...chain, ...extendChain(chain, [quiet]).links.map(({ link }) => link)]
    expect(longer).toHaveLength(2)
    expect(extendChain(longer, [quiet])).toEqual({ links: [], waiting: [] })
  })
})

/**
 * Pages that chain, one a day from `MONDAY`. Without numbers a balance that comes back on a later day cannot say which of two
 * statements is next (the others wait, named, until somebody withdraws the one that came too early): such months have numbers.
 */
function monthOf(amounts: readonly (readonly number[])[]): {
  readonly pages: readonly ChainPage[]
  readonly balance: number
} {
  const closings = amounts.map((_, i) =>
    amounts
      .slice(0, i + 1)
      .flat()
      .reduce((sum, amount) => sum + amount, 0),
  )
  const distinct = [0, ...closings].filter((closing, i, all) => closing !== all[i - 1])
  const isNumbered = new Set(distinct).size < distinct.length
  const pages = amounts.map((own, i) => {
    const on = addDays(MONDAY, i)
    const movements = own.map((amount, n) => movement(`D${i}-${n}`, amount, on))
    return page(closings[i - 1] ?? 0, movements, { id: `S${i}`, closedOn: on, number: isNumbered ? i + 1 : null })
  })
  return { pages, balance: closings.at(-1) ?? 0 }
}

test('any statements, in any order, cut and repeated in any way, come to the last closing balance', () => {
  const days = fc.array(fc.array(fc.constantFrom(100, 100, -40, 7), { maxLength: 4 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(days, fc.infiniteStream(fc.nat()), (amounts, chance) => {
      const pick = (below: number) => (chance.next().value as number) % below
      const { pages, balance } = monthOf(amounts)
      // The first opens the chain; the others come in any order, some of them again without references.
      const again = pages.map((one) => ({
        ...one,
        movements: one.movements.map((each) => ({ ...each, id: `again-${each.id}` })),
      }))
      const later = [...pages.slice(1), ...again.filter(() => pick(2) === 0)].sort(() => pick(3) - 1)
      let chain = chainOf(pages[0] as ChainPage)
      let waiting: readonly ChainPage[] = []
      for (const next of later) {
        const done = extendChain(chain, [...waiting, next])
        chain = [...chain, ...done.links.map(({ link }) => link)]
        waiting = done.waiting.map((each) => each.page)
      }
      expect(waiting).toEqual([])
      expect((chain.at(-1)?.closingSen ?? 0) / 100).toBe(balance)
      const sum = chain.flatMap(({ movements }) => movements).reduce((total, { amount }) => total + amount, 0)
      expect(sum).toBe(balance)
      const ids = chain.flatMap(({ movements }) => movements.map(({ id, bookedOn }) => `${bookedOn}#${id}`))
      expect(new Set(ids).size).toBe(ids.length)
    }),
    { numRuns: 500 },
  )
})

test('without numbers, one that opens with a balance of days that are missing is taken, and those days wait by name', () => {
  const [first, ...others] = monthOf([[], [-40], [40], [100]]).pages.map((each) => ({ ...each, number: null }))
  const early = extendChain(chainOf(first as ChainPage), [others[2] as ChainPage])
  expect(early).toMatchObject({ links: [{ link: { id: 'S3', closingSen: 10_000 } }], waiting: [] })
  const chain = [...chainOf(first as ChainPage), ...early.links.map(({ link }) => link)]
  expect(extendChain(chain, others.slice(0, 2))).toMatchObject({
    links: [],
    waiting: [{ gap: { reason: 'balance' } }, { gap: { reason: 'balance' } }],
  })
})

test('sen of interest count in whole rupiah so that the books are at the statement’s balance, whatever the order of another format', () => {
  const interest = { ...movement('I', 123), sen: 45 }
  const tax = { ...movement('T', -24), sen: -69 }
  const closingSen = 10_000 + 12_345 - 2_469
  const first = { ...page(100, [interest, tax]), closingSen }
  const [done] = extendChain([], [first]).links
  const sum = done?.movements.reduce((total, { amount }) => total + amount, 0) ?? 0
  expect(100 + sum).toBe(Math.floor(closingSen / 100))
  const again = { ...page(100, [tax, interest], { format: 'camt.053' }), closingSen }
  expect(extendChain(done ? [done.link] : [], [again])).toEqual({ links: [], waiting: [] })
})

describe('a link', () => {
  const first = page(0, [movement('A', 100), movement('B', -30)], { number: 5, id: 'S-5', sha256: 'f5' })

  test('says which statement it is, its balances, its day and the movements that it was the first to name', () => {
    const second = page(70, [movement('C', 5)], {
      number: 6,
      id: 'S-6',
      sha256: 'f6',
      closedOn: addDays(MONDAY, 1),
    })
    const { links, waiting } = extendChain([], [second, first])
    expect(waiting).toEqual([])
    const known = ({ id, bookedOn, amount }: BankCredit) => ({ id, bookedOn, amount, amountSen: amount * 100 })
    expect(links.map(({ link }) => link)).toEqual([
      {
        sequence: 1,
        files: ['f5'],
        format: 'mt940',
        id: 'S-5',
        number: 5,
        openingSen: 0,
        closingSen: 7_000,
        closedOn: MONDAY,
        movements: first.movements.map(known),
      },
      {
        sequence: 2,
        files: ['f6'],
        format: 'mt940',
        id: 'S-6',
        number: 6,
        openingSen: 7_000,
        closingSen: 7_500,
        closedOn: addDays(MONDAY, 1),
        movements: second.movements.map(known),
      },
    ])
    expect(links.map((each) => each.movements)).toEqual([first.movements, second.movements])
  })

  test('that follows no balance waits, and says both to the sen', () => {
    const odd = { ...page(70, [movement('C', 5)], { number: 6 }), openingSen: 7_050 }
    expect(extendChain(chainOf(first), [odd]).waiting).toEqual([
      {
        page: odd,
        gap: {
          reason: 'balance',
          detail: 'expected a statement that opens with 70.00, where the last one closed; this one opens with 70.50',
        },
      },
    ])
  })

  test('that skips no number follows: the next one, one without a number, and the first of a new count', () => {
    const follows = (number: number | null, before: number | null = 5) =>
      extendChain(chainOf({ ...first, number: before }), [page(70, [movement('C', 5)], { number })]).links.length
    expect([follows(6), follows(null), follows(5), follows(1), follows(9, null), follows(7)]).toEqual([
      1, 1, 1, 1, 1, 0,
    ])
  })

  test('names a new movement under a reference that its day has already with a number behind it', () => {
    const again = page(70, [movement('A', 1), movement('A', 2), movement('B', 3, addDays(MONDAY, 1))], { number: 6 })
    const [done] = extendChain(chainOf(first), [again]).links
    expect(done?.movements.map(({ id }) => id)).toEqual(['A~2', 'A~3', 'B'])
    expect(done?.link.movements.map(({ id }) => id)).toEqual(['A~2', 'A~3', 'B'])
  })

  test('of one day goes by its number, whichever came first', () => {
    const seventh = page(75, [], { number: 7, id: 'S-7' })
    const sixth = page(70, [movement('C', 5)], { number: 6, id: 'S-6' })
    for (const pages of [
      [seventh, sixth, first],
      [first, sixth, seventh],
    ])
      expect(extendChain([], pages).links.map(({ link }) => link.id)).toEqual(['S-5', 'S-6', 'S-7'])
  })
})

describe('a page', () => {
  const one = page(0, [movement('A', 100)], { number: 5, page: 1, isLastPage: false })
  const two = page(100, [movement('B', 1)], { number: 5, page: 2, isLastPage: true })
  const came = (next: ChainPage) => {
    const { links, waiting } = extendChain([], [one, next])
    return links.length === 1 && links[0]?.movements.length === 2 ? 'together' : waiting.map(({ gap }) => gap.detail)
  }

  test('of the same statement that goes on where the other ended is put to it, and its file named once', () => {
    expect(came(two)).toBe('together')
    expect(chainOf(one, two)[0]?.files).toEqual(['f1'])
    expect(came({ ...two, page: null, isLastPage: null })).toBe('together')
    // The bank’s own word counts before a balance that is carried over.
    expect(came({ ...two, isCarriedOver: true })).toBe('together')
  })

  test.each<[string, Partial<ChainPage>]>([
    ['of another format', { format: 'camt.053' }],
    ['of another statement', { number: 6 }],
    ['of another balance', { openingSen: 10_001 }],
    ['of a later place', { page: 3 }],
  ])('%s is not, and both wait', (_, changed) => {
    const next = { ...two, ...changed }
    expect(came(next)).toEqual([
      'expected page 2 of statement S beside page 1',
      `expected page 1 of statement S beside page ${next.page}`,
    ])
  })
})
