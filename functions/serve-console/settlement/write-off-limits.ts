/**
 * What people may give up in a day: asked before an approval is written, and kept with it (shared/store/settlements/write-offs.ts).
 * The limit of one difference is shared/domain/settlement/parts.ts.
 */
import { businessDateOf } from '../../../shared/domain/instant.ts'
import type { Rupiah } from '../../../shared/domain/money.ts'
import { givenUp } from '../../../shared/domain/settlement/parts.ts'
import { isWithinDayLimit } from '../../../shared/domain/settlement/resolution.ts'
import type { DifferenceCase, Resolution } from '../../../shared/store/settlements/records.ts'
import type { WriteOff } from '../../../shared/store/settlements/write-offs.ts'
import type { ConsolePorts } from '../ports.ts'
import { type CaseCall, type Refused, refused } from './case-step.ts'

/** Both people of a write-off answer for it, each with a day's limit of their own. */
export async function overDayLimit(
  { settlements }: Pick<ConsolePorts, 'settlements'>,
  { actor, now }: CaseCall,
  { finding, parts = [], proposal, state }: DifferenceCase,
): Promise<Refused<'WRITE_OFF_LIMIT'> | undefined> {
  if (proposal?.action !== 'write-off' || state === 'approved' || state === 'resolved') return undefined
  const amount = givenUp(finding, parts, proposal.amount ?? null)
  for (const person of [actor, proposal.by]) {
    const before = await settlements.writtenOffBy(person, businessDateOf(now))
    if (!isWithinDayLimit(before, amount, now)) {
      const who = person === actor ? 'you' : 'who proposed it'
      return refused(
        'WRITE_OFF_LIMIT',
        `expected write-offs of one person and day within a limit; with this one ${who} would be over it: try tomorrow, or let others decide`,
      )
    }
  }
  return undefined
}

/** What is kept of an approved one, for each of its people; empty where nothing is given up. */
export function writeOffsOf(
  { action, differenceVersion: version, ...resolution }: Omit<Resolution, 'audit'>,
  amount: Rupiah,
): readonly WriteOff[] {
  if (action !== 'write-off') return []
  const { differenceId, approvedAt, approvedBy, proposedBy } = resolution
  const date = businessDateOf(approvedAt)
  return [proposedBy, approvedBy].map((by) => ({ date, by, differenceId, version, amount }))
}
