/**
 * A NIK is the pay key of at most one open self-paid membership; the `nik#` item in table `payment-decisions` holds which one.
 * Taken before the fact that makes a membership self-paid, and settled after every fact that changes whether it is one.
 * A closing for a future day leaves it taken until then: the member pays on. Promises that a crash between the two, or two
 * operators at once, leaves the item as the facts say.
 *
 * ```
 * closing:           put fact, settle        settle = read the facts, read the item, correct it;
 * reopening:   take, put fact, settle                 whoever corrected looks again, for the facts may have moved on
 * ```
 */
import { openClosure } from '../../shared/domain/closures.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { Defect } from '../../shared/runtime/faults.ts'
import { type OpenedAccount, openAccount } from './account.ts'
import type { ConsoleParts } from './parts.ts'

/** Each round answers a decision that somebody took meanwhile. */
const ROUNDS = 10

type SelfPaidParts = Pick<ConsoleParts, 'decisions' | 'facts' | 'rules' | 'now'>

/** Takes the NIK for `kpj`, from a membership too that was closed for a day which has come: nothing else frees it then. */
export async function takeSelfPaid(
  parts: SelfPaidParts,
  participant: string,
  kpj: string,
): Promise<Awaited<ReturnType<ConsoleParts['decisions']['takeSelfPaid']>>> {
  const taken = await parts.decisions.takeSelfPaid(participant, kpj)
  if (taken.outcome !== 'exists') return taken
  // Whoever has no facts yet is just being registered; only a closing that is in effect gives the NIK away.
  const holder = await openAccount(parts, taken.existing)
  if (!holder || !openClosure(holder.allocation.closures, parts.now())) return taken
  await assignSelfPaid(parts, participant, taken.existing)
  return parts.decisions.takeSelfPaid(participant, kpj)
}

/** Makes the item of `participant` agree with the facts of `kpj`. Does nothing to an item that names another membership. */
export async function assignSelfPaid(parts: SelfPaidParts, participant: string, kpj: string): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const account = await openAccount(parts, kpj)
    const holds = (await parts.decisions.selfPaidMembership(participant)) === kpj
    const wanted = paysByNik(account, participant, parts.now())
    if (holds === wanted) return
    if (!wanted) await parts.decisions.freeSelfPaid(participant, kpj)
    else if ((await parts.decisions.takeSelfPaid(participant, kpj)).outcome === 'exists') throw lost()
  }
}

function paysByNik(account: OpenedAccount | undefined, participant: string, now: Instant): boolean {
  if (!account || openClosure(account.allocation.closures, now)) return false
  const { latestTerms } = account
  // A KPJ that turned out to be another person's must not hold this one's NIK.
  return latestTerms.participant === participant && latestTerms.terms.funding === 'self'
}

function lost(): Defect {
  return new Defect(
    'NIK_TAKEN_MEANWHILE',
    'expected the NIK of an open self-paid membership to be its own; another took it meanwhile, close one of the two',
  )
}
