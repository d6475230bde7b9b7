/**
 * A step out of suspense, held against its approval and against its other half: money that was released is on the membership
 * that two people named, money of a share that was refunded left its bill too.
 */
import { parseAccount } from '../domain/account.ts'
import { type Fact, type FactKey, keyOf, type PostingFact, type RefundFact, type ReversalFact } from '../domain/fact.ts'
import type { Instant } from '../domain/instant.ts'
import {
  exitSubject,
  isExitSubject,
  isReleased,
  releasedPostingKey,
  releaseReversalKey,
} from '../domain/suspense-exit.ts'
import type { AuditEntry } from '../store/audit/audit.ts'
import type { FactStore } from '../store/facts/facts.ts'

type ExitPorts = {
  readonly facts: Pick<FactStore, 'get'>
  readonly chainAt: (at: Instant) => Promise<readonly AuditEntry[]>
}
type ExitMissing = 'fact-without-resolution' | 'exit-without-half' | undefined

/** Of a fact whose id says that it was released; undefined where nothing is missing. */
export async function releaseMissing(ports: ExitPorts, fact: PostingFact | ReversalFact): Promise<ExitMissing> {
  const [channel = '', paymentId = '', , step = ''] = fact.id
  const name = { channel, paymentId, step }
  const approval = approvalOf(await ports.chainAt(fact.decidedAt), exitSubject(name))
  if (!approval) return 'fact-without-resolution'
  const { from, to } = approval
  const isHere = (fact.kind === 'posting' ? to : from) === fact.account
  const half = fact.kind === 'posting' ? releaseReversalKey(name) : releasedPostingKey(name)
  const other = await factIn(ports, fact.kind === 'posting' ? from : to, half)
  return isHere && other !== undefined && amountOf(other) === fact.amount ? undefined : 'exit-without-half'
}

/** `moved`: the share, or the bill's payment. */
export async function refundMissing(ports: ExitPorts, fact: RefundFact, moved: Fact): Promise<ExitMissing> {
  const [channel = '', paymentId = '', step = ''] = fact.id
  const approval = approvalOf(await ports.chainAt(fact.decidedAt), exitSubject({ channel, paymentId, step }))
  if (!approval) return 'fact-without-resolution'
  const half = moved.kind === 'share' ? moved.billCode : approval.from
  const other = half === fact.account ? undefined : await factIn(ports, half, keyOf(fact))
  return other !== undefined && amountOf(other) === fact.amount ? undefined : 'exit-without-half'
}

/** Whether two people let money of this payment out of suspense at that instant. */
export function isExitApproved(entries: readonly AuditEntry[], [channel = '', paymentId = '']: readonly string[]) {
  return entries.some(({ action, subject }) => action === 'approved' && isExitSubject(subject, channel, paymentId))
}

export function isRelease(fact: PostingFact | ReversalFact): boolean {
  if (fact.kind === 'posting') return isReleased(fact.id)
  return fact.kind === 'reversal' && fact.source === 'settlement'
}

/** From which account to which, as functions/serve-console/settlement/leave-suspense.ts wrote it. */
function approvalOf(entries: readonly AuditEntry[], subject: string) {
  const entry = entries.find((each) => each.action === 'approved' && each.subject === subject)
  if (!entry) return undefined
  const { account, request } = entry.detail as { account?: string; request?: { to?: string | null } }
  return { from: account ?? '', to: request?.to ?? '' }
}

async function factIn({ facts }: ExitPorts, account: string, key: FactKey): Promise<Fact | undefined> {
  const known = parseAccount(account)
  return known && facts.get(known, key)
}

function amountOf(fact: Fact): number | undefined {
  return 'amount' in fact ? fact.amount : undefined
}
