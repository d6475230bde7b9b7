/**
 * What two people approved is carried out only where the audit chain says so: its entry is read, is as it was written, and
 * approves exactly this; and whoever proposed it is somebody else, also across two accounts of one person.
 *
 * Promise: a resolution or an exit that was put into the table past the console moves no money. It is parked as a defect, which
 * pages. What somebody could do who also forges the chain is found by its anchors (functions/anchor-audit).
 */
import { type ActingPerson, isSamePerson } from '../../shared/domain/acting-person.ts'
import { type Instant, instant } from '../../shared/domain/instant.ts'
import { exitSubject, type SuspenseExit } from '../../shared/domain/suspense-exit.ts'
import { Defect } from '../../shared/runtime/faults.ts'
import type { AuditEntry, AuditStore, Plain } from '../../shared/store/audit/audit.ts'
import { isAsWritten } from '../../shared/store/audit/chain.ts'
import { entriesAt } from '../../shared/store/audit/entries-at.ts'
import { canonical } from '../../shared/store/audit/item.ts'
import type { Resolution } from '../../shared/store/settlements/records.ts'

type Chain = Pick<AuditStore, 'last' | 'from'>
type Detail = Readonly<Record<string, Plain | undefined>>

export async function demandAuditedResolution(chain: Chain, resolution: Resolution): Promise<void> {
  const { audit, approvedAt, approvedBy, differenceId, proposedBy } = resolution
  const [entry] = await chain.from(audit.sequence, 1)
  const isInPlace = entry?.sequence === audit.sequence && entry.hash === audit.hash && isAsWritten(entry)
  if (!entry || !isInPlace) throw notAudited('an entry of the audit chain at the place that it names')
  const isOfThis = entry.action === 'approved' && entry.subject === differenceId
  const isByThem = entry.at === approvedAt && entry.actor === approvedBy
  if (!isOfThis || !isByThem || !saysTheSame(entry, contentOf(resolution))) {
    throw notAudited('an entry that approves this action on these figures')
  }
  await demandTwoPeople(chain, entry, proposedBy)
  await demandThird(chain, entry)
}

export async function demandAuditedExit(chain: Chain, exit: SuspenseExit): Promise<void> {
  const { action, to, amount: amountRupiah, account, fact, approvedAt } = exit
  const subject = exitSubject(exit)
  const content = { request: { action, to, amountRupiah }, account, fact }
  const entry = (await entriesAt(chain, approvedAt)).find(
    (each) => each.action === 'approved' && each.subject === subject && isAsWritten(each) && saysTheSame(each, content),
  )
  if (!entry) throw notAudited('an entry that lets this money out to this account')
  const { proposedBy } = detailOf(entry)
  if (typeof proposedBy === 'string') await demandTwoPeople(chain, entry, proposedBy)
  await demandThird(chain, entry)
}

/** As the approval's entry names it (functions/serve-console/settlement/approve-resolution.ts). */
function contentOf({ action, reason, paymentId, amount, proposedBy, finding }: Resolution) {
  return { action, reason, paymentId, amount: amount ?? null, proposedBy, evidence: finding }
}

function saysTheSame(entry: AuditEntry, expected: Readonly<Record<string, unknown>>): boolean {
  const detail = detailOf(entry)
  const said = Object.fromEntries(Object.keys(expected).map((name) => [name, detail[name] ?? null]))
  return canonical(said) === canonical(JSON.parse(JSON.stringify(expected)) as Plain)
}

async function demandTwoPeople(chain: Chain, approval: AuditEntry, proposedBy: string): Promise<void> {
  if (proposedBy === approval.actor) throw notAudited('another person than the one who proposed it')
  const { proposedAt } = detailOf(approval)
  // Entries of before it was kept name the proposer's subject alone.
  if (typeof proposedAt !== 'number') return
  const proposal = (await entriesOf(chain, instant(proposedAt))).find(
    (each) => each.action === 'proposed' && each.subject === approval.subject && each.actor === proposedBy,
  )
  if (!proposal) throw notAudited('an entry by which it was proposed')
  if (isSamePerson(personOf(proposal), personOf(approval))) {
    throw notAudited('another person than the one who proposed it, under whatever account')
  }
}

/** What was referred to an administrator was approved before by somebody else than that. */
async function demandThird(chain: Chain, approval: AuditEntry): Promise<void> {
  const { referredBy, referredAt } = detailOf(approval)
  if (typeof referredAt !== 'number') return
  const referral = (await entriesOf(chain, instant(referredAt))).find(
    (each) => each.action === 'referred' && each.subject === approval.subject && each.actor === referredBy,
  )
  if (!referral || isSamePerson(personOf(referral), personOf(approval))) {
    throw notAudited('an entry by which another person referred it to an administrator')
  }
}

async function entriesOf(chain: Chain, at: Instant): Promise<readonly AuditEntry[]> {
  return (await entriesAt(chain, at)).filter(isAsWritten)
}

function personOf({ person, actor }: AuditEntry): ActingPerson {
  return person ?? { issuer: null, subject: actor, name: null }
}

function detailOf({ detail }: AuditEntry): Detail {
  return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? (detail as Detail) : {}
}

function notAudited(expected: string): Defect {
  return new Defect(
    'RESOLUTION_NOT_AUDITED',
    `expected ${expected}; nothing was moved: find out who wrote it, and run verify-audit`,
  )
}
