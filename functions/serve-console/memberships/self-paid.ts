/**
 * A NIK is the pay key of at most one open self-paid membership; the `nik#` item in table `payment-decisions` holds which one.
 * It is taken before the fact that makes a membership self-paid, and corrected after every fact that changes whether it is one.
 * A closing for a future day leaves it taken until then: the member pays on. Promises that a crash between the two, or two
 * operators at once, leaves the item as the facts say.
 *
 * ```
 * closing:           approve, put fact, correct       correct = read the facts, read the item, write it as they say;
 * reopening:   take, approve, put fact, correct                 whoever wrote reads again, for there may be newer facts
 * ```
 */
import { openClosure } from '../../../shared/domain/closures.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import type { ParticipantHash } from '../../../shared/domain/participant.ts'
import { Defect } from '../../../shared/runtime/faults.ts'
import type { ConsolePorts } from '../ports.ts'
import { type OpenedAccount, openAccount } from './account.ts'

/** Each round follows a decision that somebody took meanwhile. */
const ROUNDS = 10

type SelfPaidPorts = Pick<ConsolePorts, 'decisions' | 'facts' | 'rules' | 'now'>

/** Takes the NIK for `kpj`, from a membership too that was closed for a day which has come: nothing else frees it then. */
export async function takeSelfPaid(
  ports: SelfPaidPorts,
  participant: ParticipantHash,
  kpj: Kpj,
): ReturnType<ConsolePorts['decisions']['takeSelfPaid']> {
  const taken = await ports.decisions.takeSelfPaid(participant, kpj)
  if (taken.outcome !== 'exists') return taken
  // A holder without facts is just being registered; only a closing that is in effect frees the NIK.
  const holder = await openAccount(ports, taken.existing)
  if (!holder || !openClosure(holder.allocation.closures, ports.now())) return taken
  await correctSelfPaid(ports, participant, taken.existing)
  return ports.decisions.takeSelfPaid(participant, kpj)
}

/** The open membership for which the person pays already; undefined: none but perhaps this one. Takes nothing. */
export async function selfPaidElsewhere(
  ports: SelfPaidPorts,
  participant: ParticipantHash,
  kpj: Kpj,
): Promise<Kpj | undefined> {
  const existing = await ports.decisions.selfPaidMembership(participant)
  if (existing === undefined || existing === kpj) return undefined
  const holder = await openAccount(ports, existing)
  return holder && openClosure(holder.allocation.closures, ports.now()) ? undefined : existing
}

/** Makes the item of `participant` agree with the facts of `kpj`. Does nothing to an item that names another membership. */
export async function correctSelfPaid(ports: SelfPaidPorts, participant: ParticipantHash, kpj: Kpj): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const account = await openAccount(ports, kpj)
    const holds = (await ports.decisions.selfPaidMembership(participant)) === kpj
    const shouldHold = paysByNik(account, participant, ports.now())
    if (holds === shouldHold) return
    if (!shouldHold) await ports.decisions.freeSelfPaid(participant, kpj)
    else if ((await ports.decisions.takeSelfPaid(participant, kpj)).outcome === 'exists') throw nikTaken()
  }
}

function paysByNik(account: OpenedAccount | undefined, participant: ParticipantHash, now: Instant): boolean {
  if (!account || openClosure(account.allocation.closures, now)) return false
  const { latestTerms } = account
  // A KPJ that turned out to be another person's must not hold this one's NIK.
  return latestTerms.participant === participant && latestTerms.terms.funding === 'self'
}

function nikTaken(): Defect {
  return new Defect(
    'NIK_TAKEN_MEANWHILE',
    'expected the NIK of an open self-paid membership to be its own; another took it meanwhile, close one of the two',
  )
}
