/** The audit chain: what was tampered with is found, whatever it was. */
import { describe, expect, test } from 'vitest'
import type { Item } from '../../../../shared/store/attributes/item.ts'
import type { AuditHead, AuditRecord } from '../../../../shared/store/audit/audit.ts'
import { chained, GENESIS, verifyChain } from '../../../../shared/store/audit/chain.ts'
import { auditItem, canonical, readAuditEntry } from '../../../../shared/store/audit/item.ts'
import { MORNING } from '../../../support/settled.ts'

const record = (n: number): AuditRecord => ({
  at: MORNING,
  actor: `operator-${n}`,
  action: n % 2 === 0 ? 'approved' : 'proposed',
  subject: `indomaret-20261120-00000000000${n % 10}`,
  detail: { action: 'post', reason: `reason ${n}`, evidence: { amount: 8_400, lines: [2, 3] } },
})

/** Five entries, and where they ended. */
function chain(count = 5): { readonly items: readonly Item[]; readonly head: AuditHead } {
  const items: Item[] = []
  let head: AuditHead | undefined
  for (let n = 1; n <= count; n++) {
    const entry = chained(head, record(n))
    items.push(auditItem(entry))
    head = entry
  }
  return { items, head: head as AuditHead }
}

async function* each(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items
}

const verify = ({ items, head }: { readonly items: readonly Item[]; readonly head: AuditHead | null }) =>
  verifyChain(each(items), head)

const forged = (items: readonly Item[], sequence: number): Item => {
  const before = items[sequence - 2]
  const previous = before && { sequence: sequence - 1, hash: before.hash?.S ?? '' }
  return auditItem(chained(previous, record(9)))
}

describe('the audit chain', () => {
  test('is whole as it was written, and empty before the first entry', async () => {
    const { items, head } = chain()
    expect(await verify({ items, head })).toEqual({ outcome: 'whole', entries: 5, hash: head.hash })
    expect(await verify({ items, head: null })).toEqual({ outcome: 'whole', entries: 5, hash: head.hash })
    expect(await verify({ items: [], head: null })).toEqual({ outcome: 'whole', entries: 0, hash: GENESIS })
    expect(items.map(readAuditEntry).map(auditItem)).toEqual(items)
  })

  const replaced = (items: readonly Item[], at: number, item: Item) => items.map((each, i) => (i === at ? item : each))
  const tamperings: readonly (readonly [string, (items: readonly Item[]) => readonly Item[], number, string])[] = [
    [
      'an amount is changed',
      (items) => replaced(items, 2, { ...items[2], detail: { S: '{"amount":1}' } }),
      3,
      'CHANGED',
    ],
    ['an actor is changed', (items) => replaced(items, 0, { ...items[0], actor: { S: 'nobody' } }), 1, 'CHANGED'],
    ['a time is moved', (items) => replaced(items, 4, { ...items[4], at: { N: '1' } }), 5, 'CHANGED'],
    ['something is added to an entry', (items) => replaced(items, 1, { ...items[1], note: { S: 'x' } }), 2, 'CHANGED'],
    ['a detail is written otherwise', (items) => replaced(items, 1, respaced(items[1] as Item)), 2, 'CHANGED'],
    ['an entry is made anew with a hash that fits', (items) => replaced(items, 2, forged(items, 3)), 4, 'UNLINKED'],
    ['the first is removed', (items) => items.slice(1), 1, 'MISSING'],
    ['one in the middle is removed', (items) => items.filter((_, i) => i !== 2), 3, 'MISSING'],
    ['two change places', (items) => [0, 2, 1, 3, 4].map((i) => items[i] as Item), 2, 'MISSING'],
    ['one is put in twice', (items) => [0, 1, 1, 2, 3, 4].map((i) => items[i] as Item), 3, 'OUT_OF_PLACE'],
    ['one is put in at the end', (items) => [...items, forged([...items], 6)], 5, 'HEAD_DIFFERS'],
    ['the last is cut off', (items) => items.slice(0, 4), 5, 'CUT_OFF'],
    ['everything is gone', () => [], 1, 'CUT_OFF'],
    ['the last is replaced by another that fits', (items) => replaced(items, 4, forged(items, 5)), 5, 'HEAD_DIFFERS'],
    ['one is of another shape', (items) => replaced(items, 3, { chain: { S: 'decisions' } }), 4, 'UNREADABLE'],
    ['one is of another chain', (items) => replaced(items, 3, { ...items[3], chain: { S: 'x' } }), 4, 'UNREADABLE'],
  ]
  test.each(tamperings)('names where %s', async (_, tamper, sequence, code) => {
    const { items, head } = chain()
    expect(await verify({ items: tamper(items), head })).toEqual({ outcome: 'broken', sequence, code })
  })

  test('says the same of the same value, in whatever order its fields came', () => {
    expect(canonical({ b: [1, { d: null, c: 'x"y' }], a: true, z: undefined })).toBe(
      '{"a":true,"b":[1,{"c":"x\\"y","d":null}]}',
    )
    expect(canonical({ a: true, b: [1, { c: 'x"y', d: null }] })).toBe(
      canonical({ b: [1, { d: null, c: 'x"y' }], a: true }),
    )
  })
})

function respaced(item: Item): Item {
  return { ...item, detail: { S: JSON.stringify(JSON.parse(item.detail?.S ?? ''), null, 1) } }
}
