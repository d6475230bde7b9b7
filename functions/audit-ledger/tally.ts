/** What an audit counts while it goes on: small enough to travel in the message that goes on for it. Pure. */
import type {
  AuditDifference,
  AuditSample,
  AuditSums,
  AuditTally,
} from '../../shared/store/statistics/ledger-audits.ts'

/** Enough for a person to begin with; the count says how many there are. */
const SAMPLES = 20

export const NO_MONEY: AuditSums = { collected: 0, allocated: 0, credit: 0, suspense: 0, reversed: 0, billed: 0 }
export const NOTHING: AuditTally = { looks: 0, facts: 0, sums: NO_MONEY, differences: {}, samples: [] }

/** One thing that is not as it should be. */
export function difference(kind: AuditDifference, account: string, fact: string): AuditSample {
  return { difference: kind, account, fact }
}

export function looked(found: readonly AuditSample[], sums: AuditSums = NO_MONEY, facts = 0): AuditTally {
  const differences: Partial<Record<AuditDifference, number>> = {}
  for (const { difference: kind } of found) differences[kind] = (differences[kind] ?? 0) + 1
  return { looks: 1, facts, sums, differences, samples: found.slice(0, SAMPLES) }
}

export function added(a: AuditTally, b: AuditTally): AuditTally {
  const differences = { ...a.differences }
  for (const [kind, count] of Object.entries(b.differences) as [AuditDifference, number][])
    differences[kind] = (differences[kind] ?? 0) + count
  return {
    looks: a.looks + b.looks,
    facts: a.facts + b.facts,
    sums: addedSums(a.sums, b.sums),
    differences,
    samples: [...a.samples, ...b.samples].slice(0, SAMPLES),
  }
}

export function addedSums(a: AuditSums, b: AuditSums): AuditSums {
  return {
    collected: a.collected + b.collected,
    allocated: a.allocated + b.allocated,
    credit: a.credit + b.credit,
    suspense: a.suspense + b.suspense,
    reversed: a.reversed + b.reversed,
    billed: a.billed + b.billed,
  }
}

export function placed({ allocated, credit, suspense, reversed, billed }: AuditSums): number {
  return allocated + credit + suspense + reversed + billed
}

export function countOf({ differences }: Pick<AuditTally, 'differences'>): number {
  return Object.values(differences).reduce((sum, count) => sum + count, 0)
}
