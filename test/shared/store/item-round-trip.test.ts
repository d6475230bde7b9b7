/** Items: what is written is what is read, a broken item is refused by name, and sizes stay within a write unit. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import { factKey, keyOf, type PaymentFact } from '../../../shared/domain/fact.ts'
import { businessDateOf, instant } from '../../../shared/domain/instant.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { Defect } from '../../../shared/runtime/faults.ts'
import type { Item } from '../../../shared/store/attributes/item.ts'
import { unpackRuns } from '../../../shared/store/attributes/packed-months.ts'
import { billItem, membersItem, readBill, readMembers } from '../../../shared/store/bills/item.ts'
import { contactItem, readContact } from '../../../shared/store/contacts/item.ts'
import { dayPartitions, dayPartOf } from '../../../shared/store/facts/day-index.ts'
import { factItem, readDayEntry, readFact } from '../../../shared/store/facts/item.ts'
import { readView, viewItem } from '../../../shared/store/memberships/item.ts'
import {
  decisionItem,
  externalIdItem,
  readDecision,
  readExternalId,
} from '../../../shared/store/payment-decisions/item.ts'
import { TABLE_SHAPES } from '../../../shared/store/tables.ts'
import {
  anyBill,
  anyContact,
  anyDecision,
  anyFactOf,
  anyInstant,
  anyListedTerms,
  anyMember,
  anyView,
} from '../../support/any-item.ts'
import { itemSize } from '../../support/item-size.ts'

const RUNS = { numRuns: 60 }
/** The longest id that a protocol lets through is 128 characters; the budget is stated for 64. */
const LONG_ID = 'X'.repeat(64)
const anyShareReversal = anyFactOf.reversal.map((fact) => ({ ...fact, reverses: factKey('share', 'bni', ['99', '1']) }))
const DIGEST = new Uint8Array(33).fill(7)

const BILL = billCodeOf(1)

const worst: PaymentFact = {
  kind: 'payment',
  account: BILL,
  source: 'indomaret',
  id: [LONG_ID],
  decidedAt: instant(Date.UTC(2026, 10, 20, 7, 3, 21, 123)),
  recordedAt: instant(Date.UTC(2026, 10, 21, 7, 3, 21, 987)),
  hubReference: `CH${'Z'.repeat(16)}`,
  partnerAt: instant(Date.UTC(2026, 10, 20, 7, 3, 20, 999)),
  businessDate: businessDateOf(instant(Date.UTC(2026, 10, 20, 7))),
  amount: rupiah(7_534_599),
  adminFee: rupiah(2_501),
  months: ['2026-11', '2027-01', '2027-04'].map((first, i) => ({
    first: month(first),
    count: 4 + i,
    price: { jkk: rupiah(207_111), jkm: rupiah(6_811), jht: rupiah(414_111) },
  })),
  creditDrawn: rupiah(123_457),
  outlet: 'O'.repeat(64),
  paidThrough: month('2027-10'),
  kpj: kpjOf('12345678901'),
  renderer: 1,
}

describe('a round trip through an item changes nothing', () => {
  test.each(Object.entries(anyFactOf))('of a fact of kind %s', (_, anyOfKind) => {
    fc.assert(
      fc.property(anyOfKind as fc.Arbitrary<PaymentFact>, (fact) => {
        expect(readFact(factItem(fact))).toEqual(fact)
      }),
      RUNS,
    )
  })

  test('of the reversal of a share, which no business day looks for', () => {
    fc.assert(
      fc.property(anyShareReversal, (fact) => {
        expect(readFact(factItem(fact))).toEqual(fact)
      }),
      RUNS,
    )
  })

  test('of terms of a list, which no business day looks for: the list does', () => {
    fc.assert(
      fc.property(anyListedTerms, (fact) => {
        expect(readFact(factItem(fact))).toEqual(fact)
        expect(factItem(fact).day).toBeUndefined()
      }),
      RUNS,
    )
  })

  test('of a decision, whatever was decided', () => {
    fc.assert(
      fc.property(anyDecision, (decision) => {
        expect(readDecision(decisionItem(decision))).toEqual(decision)
      }),
      RUNS,
    )
  })

  test('of an external id, and the table may delete it only after its last instant', () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, fc.string({ unit: 'grapheme' }), (expiresAt, signedAt, id) => {
        const external = {
          channel: 'bni',
          day: '2026-11-20',
          id,
          service: '25',
          requestId: id,
          factsDigest: DIGEST,
          signedAt,
          expiresAt,
        }
        const item = externalIdItem(external)
        expect(readExternalId(item)).toEqual(external)
        expect(Number(item.expires?.N) * 1_000).toBeGreaterThanOrEqual(expiresAt)
      }),
      RUNS,
    )
  })

  test('of a view, a contact and a bill', () => {
    fc.assert(
      fc.property(anyView, anyContact, anyBill, (view, contact, bill) => {
        expect(readView(viewItem(view))).toEqual(view)
        expect(readContact(contactItem(contact))).toEqual(contact)
        expect(readBill(billItem(bill))).toEqual(bill)
      }),
      RUNS,
    )
  })

  test('of the members of a bill, in their order', () => {
    fc.assert(
      fc.property(fc.array(anyMember, { minLength: 1, maxLength: 20 }), (members) => {
        expect(readMembers(membersItem(BILL, 1, members))).toEqual(members)
      }),
      RUNS,
    )
  })
})

describe('the day index', () => {
  test('holds what a business day must find of a fact, read from no more than it projects', () => {
    const { partitionKey, sortKey } = TABLE_SHAPES.facts
    const index = TABLE_SHAPES.facts.indexes[0]
    const projected = [
      partitionKey.name,
      sortKey?.name,
      index?.partitionKey.name,
      index?.sortKey?.name,
      ...(index?.include ?? []),
    ]
    const anyDated = fc.oneof(
      anyFactOf.payment,
      anyFactOf.posting,
      anyFactOf['late-reversal'],
      anyFactOf.terms,
      anyFactOf.closing,
      anyFactOf.reopening,
    )
    fc.assert(
      fc.property(anyDated, (fact) => {
        const entries = Object.entries(factItem(fact)).filter(([name]) => projected.includes(name))
        const { businessDate: _, ...part } = dayPartOf(fact) ?? { businessDate: '' }
        expect(readDayEntry(Object.fromEntries(entries))).toEqual({
          account: fact.account,
          fact: keyOf(fact),
          kind: fact.kind,
          source: fact.source,
          id: fact.id,
          decidedAt: fact.decidedAt,
          ...part,
        })
      }),
      RUNS,
    )
  })

  test('has no entry for shares and their reversals, which are found through their bill', () => {
    fc.assert(
      fc.property(fc.oneof(anyFactOf.share, anyShareReversal), (fact) => {
        expect(factItem(fact).day).toBeUndefined()
      }),
      RUNS,
    )
  })

  test('finds what an owner decided under the day in Jakarta on which it was decided', () => {
    fc.assert(
      fc.property(fc.oneof(anyFactOf.terms, anyFactOf.closing, anyFactOf.reopening), (fact) => {
        const day = businessDateOf(fact.decidedAt)
        expect(dayPartitions(fact.source, day)).toContain(factItem(fact).day?.S)
      }),
      RUNS,
    )
  })

  test('spreads an import over all partitions, although every account’s first terms have the same number', () => {
    const [one] = fc.sample(anyFactOf.terms, 1)
    const partitions = Array.from({ length: 1_000 }, (_, i) =>
      one
        ? factItem({ ...one, account: kpjOf(`2508170${String(i).padStart(4, '0')}`), id: ['0001'] }).day?.S
        : undefined,
    )
    const counts = [...Map.groupBy(partitions, (partition) => partition).values()].map(({ length }) => length)
    expect(counts).toHaveLength(16)
    expect(Math.max(...counts)).toBeLessThan(120)
  })
})

describe('months that somebody put by hand', () => {
  test.each([
    ['a run of ten thousand', '2026-12*9999=0+0'],
    ['runs without end', Array.from({ length: 300 }, () => '2026-12*12=0+0').join(' ')],
  ])('are refused before they fill the memory: %s', (_, packed) => {
    expect(() => unpackRuns(packed)).toThrow(RangeError)
  })

  test('are read as far as any payment has them', () => {
    const packed = Array.from({ length: 60 }, () => '2026-12*12=207000+6800+414000').join(' ')
    expect(unpackRuns(packed)).toHaveLength(60)
  })
})

describe('sizes, as DynamoDB counts them', () => {
  test('the largest payment fact is at most 600 bytes, also with twelve different prices', () => {
    const twelve = Array.from({ length: 12 }, (_, i) => ({
      first: month(`2027-${String(i + 1).padStart(2, '0')}`),
      count: 1,
      price: { jkk: rupiah(20_000), jkm: rupiah(6_800), jht: rupiah(40_000) },
    }))
    expect(itemSize(factItem(worst))).toBeLessThanOrEqual(600)
    expect(itemSize(factItem({ ...worst, months: twelve, outlet: 'O'.repeat(12) }))).toBeLessThanOrEqual(1_024)
  })

  test('the largest decision is one write unit, also with an id of 128 characters', () => {
    const { kind: _, account, source, id: __, decidedAt, recordedAt: ___, ...terms } = worst
    const decision = {
      channel: source,
      paymentId: 'X'.repeat(128),
      customerDigest: DIGEST,
      factsDigest: DIGEST,
      settledAmount: null,
      account,
      decidedAt,
      hubReference: terms.hubReference,
      evidenceDigest: DIGEST,
      outcome: { kind: 'accepted' as const, terms, nameFrom: decidedAt },
    }
    expect(itemSize(decisionItem(decision))).toBeLessThanOrEqual(1_024)
  })

  test('the largest view is one write unit', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(itemSize(viewItem(view))).toBeLessThanOrEqual(1_024)
      }),
      RUNS,
    )
  })

  test('a thousand members fit into an item, even if no two pay alike', () => {
    const members = Array.from({ length: 1_000 }, (_, i) => ({
      kpj: kpjOf(String(10_000_000_000 + i)),
      amount: rupiah(7_000_000 + i),
      months: worst.months.map((run) => ({ ...run, price: { ...run.price, jkk: rupiah(100_000 + i) } })),
    }))
    const item = membersItem(BILL, 1, members)
    expect(itemSize(item)).toBeLessThanOrEqual(400 * 1_024)
    expect(readMembers(item)).toEqual(members)
  })

  test.each<[string, AttributeValue, number]>([
    ['text counts its UTF-8 bytes', { S: 'é1' }, 3],
    ['a number counts a byte per two digits and one more', { N: '1234' }, 3],
    ['zeros at the end do not count', { N: '1200' }, 2],
    ['a minus counts', { N: '-12' }, 3],
    ['zero is one byte', { N: '0' }, 1],
    ['bytes count as they are', { B: new Uint8Array(5) }, 5],
    ['a map counts three, one per entry, and its content', { M: { ab: { S: 'c' } } }, 7],
  ])('%s', (_, value, size) => {
    expect(itemSize({ n: value })).toBe(1 + size)
  })
})

describe('a broken item is a defect that names the attribute and shows no value', () => {
  const fact = factItem(worst)
  const rows: readonly [string, Item, string][] = [
    ['an attribute is missing', without(fact, 'h'), 'h'],
    ['an attribute is of another type', { ...fact, a: { S: '7534599' } }, 'a'],
    ['money has a fraction', { ...fact, a: { N: '1.5' } }, 'a'],
    ['a month cannot be', { ...fact, t: { S: '2026-13' } }, 't'],
    ['the months are not in runs', { ...fact, m: { S: '2026-11' } }, 'm'],
    ['the business day is missing', without(fact, 'day'), 'day'],
    ['the partition of the day is another text', { ...fact, day: { S: 'bni' } }, 'day'],
    ['the key is of no known kind', { ...fact, fact: { S: 'gift#bni#1' } }, 'fact'],
    ['the key is not encoded', { ...fact, fact: { S: 'payment#bni#%' } }, 'fact'],
    ['the instant is before 1970', { ...fact, at: { N: '-1' } }, 'at'],
  ]
  test.each(rows)('%s', (_, item, attribute) => {
    const read = () => readFact(item)
    expect(read).toThrow(Defect)
    expect(read).toThrow(expect.objectContaining({ code: 'BROKEN_ITEM' }))
    expect(read).toThrow(`attribute "${attribute}" of an item in facts`)
    expect(read).not.toThrow(worst.account)
  })

  test('a decision with a decision that nobody writes', () => {
    const decision = {
      c: { B: DIGEST },
      decision: { S: 'bni#1' },
      at: { N: '1' },
      h: { S: 'CH1' },
      d: { S: 'refused:mood' },
    }
    expect(() => readDecision(decision)).toThrow(expect.objectContaining({ code: 'BROKEN_ITEM' }))
  })
})

function without(item: Item, name: string): Item {
  return Object.fromEntries(Object.entries(item).filter(([key]) => key !== name))
}
