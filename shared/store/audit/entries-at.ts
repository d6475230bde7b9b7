/** Finds what was written into the audit chain at an instant, though the chain has no index but its order. Knows no table. */
import type { Instant } from '../../domain/instant.ts'
import type { AuditEntry, AuditStore } from './audit.ts'

/** Two people's clocks may differ: entries near one another need not be in the order of their instants. */
const CLOCKS_DIFFER_MILLIS = 600_000
const ENTRIES_AT_A_TIME = 100

/**
 * The entries of exactly that instant. The chain is in the order of time but for clocks that differ a little, so their place is
 * found by halving: 22 reads in a chain of four million.
 */
export async function entriesAt(audit: Pick<AuditStore, 'last' | 'from'>, at: Instant): Promise<readonly AuditEntry[]> {
  let low = 1
  let high = ((await audit.last())?.sequence ?? 0) + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [entry] = await audit.from(middle, 1)
    if (entry && entry.at < at - CLOCKS_DIFFER_MILLIS) low = middle + 1
    else high = middle
  }
  const found: AuditEntry[] = []
  for (let sequence = low; ; ) {
    const entries = await audit.from(sequence, ENTRIES_AT_A_TIME)
    found.push(...entries.filter((entry) => entry.at === at))
    const last = entries.at(-1)
    if (!last || last.at > at + CLOCKS_DIFFER_MILLIS) return found
    sequence = last.sequence + 1
  }
}
