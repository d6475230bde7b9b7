/**
 * What a proposal must know beyond its own case: whether the other side of a perhaps double story is being acted on, whether a line
 * of no known payment may be the payment that a person names, and whether its money was posted before. Reads only.
 */
import { suspenseAccount } from '../../../shared/domain/account.ts'
import { inForce } from '../../../shared/domain/effective-dated.ts'
import { factKey } from '../../../shared/domain/fact.ts'
import { addDays } from '../../../shared/domain/instant.ts'
import { LATE_DAYS } from '../../../shared/domain/settlement/file-day.ts'
import type { Action } from '../../../shared/domain/settlement/resolution.ts'
import { isAccepted } from '../../../shared/ledger/accepted-decision.ts'
import type { DifferenceCase } from '../../../shared/store/settlements/records.ts'
import type { ConsolePorts } from '../ports.ts'

/** An explanation moves nothing; a match that came true leaves no other side. */
const HARMLESS: readonly Action[] = ['accept', 'match']

/** The id of a linked difference that people are acting on, or have acted on; null: this one may be acted on. */
export async function linkedInAction(ports: ConsolePorts, { finding }: DifferenceCase): Promise<string | null> {
  for (const id of finding.evidence.linked ?? []) {
    const other = await ports.settlements.difference(id)
    if (other && isInAction(other)) return id
  }
  return null
}

function isInAction({ state, proposal, parts = [], resolution }: DifferenceCase): boolean {
  if (parts.length > 0) return true
  if (state === 'proposed' || state === 'approved') return proposal?.action !== 'accept'
  return resolution?.how === 'resolution' && proposal !== null && !HARMLESS.includes(proposal.action)
}

/** Whether money of this id was posted from a line and went back since: its place in the ledger is used up. */
export async function wasPosted(ports: ConsolePorts, { channel, finding }: DifferenceCase): Promise<boolean> {
  if (finding.class !== 'reversed-here-settled-there') return false
  const { paymentId } = finding
  const key = factKey('posting', 'settlement', [channel, paymentId])
  return (await ports.facts.get(suspenseAccount(channel, paymentId), key)) !== undefined
}

/** A candidate; or, for a line of no known payment, an accepted payment of this channel, its amount, and at most so late. */
export async function isMatchable(
  ports: ConsolePorts,
  { channel, date, finding }: DifferenceCase,
  paymentId: string,
): Promise<boolean> {
  if ((finding.evidence.candidates ?? []).includes(paymentId)) return true
  if (finding.class !== 'missing-in-hub') return false
  const decision = await ports.decisions.get(channel, paymentId)
  if (!decision || !isAccepted(decision)) return false
  const { amount, businessDate } = decision.outcome.terms
  const earliest = addDays(date, -inForce('late days', LATE_DAYS, date))
  return amount === finding.fileAmountRupiah && businessDate >= earliest && businessDate <= addDays(date, 1)
}
