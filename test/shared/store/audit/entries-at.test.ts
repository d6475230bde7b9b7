/** What was written into the audit chain at an instant, found by halving: every entry of a chain, and nothing that is not there. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Instant } from '../../../../shared/domain/instant.ts'
import type { AuditEntry } from '../../../../shared/store/audit/audit.ts'
import { chained } from '../../../../shared/store/audit/chain.ts'
import { entriesAt } from '../../../../shared/store/audit/entries-at.ts'

const START = 1_800_000_000_000

function chainOf(instants: readonly number[]) {
  const entries: AuditEntry[] = []
  for (const at of instants) {
    const record = { at: at as Instant, actor: 'a', action: 'approved', subject: 's', detail: {} } as const
    entries.push(chained(entries.at(-1), record))
  }
  const reads = { count: 0 }
  const audit = {
    last: async () => entries.at(-1),
    from: async (sequence: number, limit: number) => {
      reads.count++
      return entries.slice(sequence - 1, sequence - 1 + limit)
    },
  }
  return { entries, audit, reads }
}

test('every entry is found by its instant, though the clocks of those who wrote differ by minutes', async () => {
  // Hours apart, each up to five minutes off.
  const steps = fc.array(fc.record({ gap: fc.nat(7_200_000), skew: fc.integer({ min: -300_000, max: 300_000 }) }), {
    maxLength: 300,
  })
  const property = fc.asyncProperty(steps, async (written) => {
    let now = START
    const { entries, audit } = chainOf(
      written.map(({ gap, skew }) => {
        now += gap
        return now + skew
      }),
    )
    for (const { at } of entries.filter((_, i) => i % 7 === 0))
      expect(await entriesAt(audit, at)).toEqual(entries.filter((entry) => entry.at === at))
    expect(await entriesAt(audit, (START - 1_000_000) as Instant)).toEqual([])
  })
  await fc.assert(property, { numRuns: 40 })
})

test('a chain of twenty thousand takes fewer than twenty reads', async () => {
  const { entries, audit, reads } = chainOf(Array.from({ length: 20_000 }, (_, i) => START + i * 600_001))
  const entry = entries[12_345] as AuditEntry
  expect(await entriesAt(audit, entry.at)).toEqual([entry])
  expect(reads.count).toBeLessThan(20)
})

test('an empty chain holds nothing', async () => {
  expect(await entriesAt(chainOf([]).audit, START as Instant)).toEqual([])
})
