/**
 * A NIK is the pay key of at most one open self-paid membership; the `nik#` item in table `claims` holds which one.
 * Taken before the fact that makes a membership self-paid, freed after the fact that ends it. Promises that a crash
 * between the two, or two operators at once, leaves the item as the facts say, at the latest with the next try.
 */
import { openAccount } from './account.ts'
import type { ConsoleParts } from './parts.ts'

/**
 * ```
 * closing:    put fact ......................... free, look again -> open and self-paid? take it back
 * reopening:            take (ours already) ......... put fact, take again
 * ```
 */
export async function releaseSelfPaid(
  parts: Pick<ConsoleParts, 'claims' | 'facts' | 'rules'>,
  participant: string,
  kpj: string,
): Promise<void> {
  if ((await parts.claims.selfPaidMembership(participant)) !== kpj) return
  await parts.claims.freeSelfPaid(participant, kpj)
  const account = await openAccount(parts, kpj)
  if (!account || account.closing) return
  const { latestTerms } = account
  // A KPJ that turned out to be another person's must not hold this one's NIK.
  if (latestTerms.participant !== participant || latestTerms.terms.funding !== 'self') return
  await parts.claims.takeSelfPaid(participant, kpj)
}
