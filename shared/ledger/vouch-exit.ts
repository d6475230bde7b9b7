/**
 * A step out of suspense, held against its approval and against its other half: money that was released is on the membership
 * that two people named, money of a share that was refunded left its bill too. An approval is of one piece of money on one account.
 */
import { isDeepStrictEqual } from 'node:util'
import { parseAccount } from '../domain/account.ts'
import { type Fact, type FactKey, keyOf, type PostingFact, type RefundFact, type ReversalFact } from '../domain/fact.ts'
import type { Instant } from '../domain/instant.ts'
import {
  type ExitAction,
  exitSubject,
  isExitSubject,
  isReleased,
  releasedPostingKey,
  releaseId,
  releaseReversalKey,
} from '../domain/suspense-exit.ts'
import type { AuditEntry } from '../store/audit/audit.ts'
import type { FactStore } from '../store/facts/facts.ts'

type ExitPorts = {
  readonly facts: Pick<FactStore, 'get'>
  readonly chainAt: (at: Instant) => Promise<readonly AuditEntry[]>
}
type Detail = {
  readonly account?: string
  readonly fact?: string
  readonly request?: { readonly action?: string; readonly to?: string | null }
}
type ExitMissing = 'fact-without-resolution' | 'exit-without-half' | undefined

/** Of a fact whose id says that it was released; undefined where nothing is missing. */
export async function releaseMissing(ports: ExitPorts, fact: PostingFact | ReversalFact): Promise<ExitMissing> {
  const [channel = '', paymentId = '', , step = ''] = fact.id
  const name = { channel, paymentId, step }
  const approval = approvalOf(await ports.chainAt(fact.decidedAt), exitSubject(name), 'release')
  if (!approval) return 'fact-without-resolution'
  const { from, to, money } = approval
  const isPut = fact.kind === 'posting'
  const isTheMoney = isDeepStrictEqual(fact.id, releaseId(name)) && (isPut || fact.reverses === money)
  const isHere = (isPut ? to : from) === fact.account
  const other = await factIn(ports, isPut ? from : to, isPut ? releaseReversalKey(name) : releasedPostingKey(name))
  return isHere && isTheMoney && amountOf(other) === fact.amount ? undefined : 'exit-without-half'
}

/** `moved`: the share, or the bill's payment. */
export async function refundMissing(ports: ExitPorts, fact: RefundFact, moved: Fact): Promise<ExitMissing> {
  const [channel = '', paymentId = '', step = ''] = fact.id
  const approval = approvalOf(await ports.chainAt(fact.decidedAt), exitSubject({ channel, paymentId, step }), 'refund')
  if (!approval) return 'fact-without-resolution'
  const { from, money } = approval
  // Of the two halves one is on the account that the approval names, for the money that it names.
  const isOfMember = moved.kind === 'share'
  if (isOfMember && (fact.account !== from || fact.refunds !== money)) return 'exit-without-half'
  const half = isOfMember ? moved.billCode : from
  const other = half === fact.account ? undefined : await factIn(ports, half, keyOf(fact))
  const isWhole = other?.kind === 'refund' && other.amount === fact.amount && (isOfMember || other.refunds === money)
  return isWhole ? undefined : 'exit-without-half'
}

/** Whether two people sent just this money out of suspense back to its channel at that instant. */
export function isRefundApproved(entries: readonly AuditEntry[], { account, id, reverses }: ReversalFact): boolean {
  const [channel = '', paymentId = ''] = id
  const ofPayment = entries.filter(({ subject }) => isExitSubject(subject, channel, paymentId))
  return ofPayment.some(({ subject }) => {
    const approval = approvalOf(ofPayment, subject, 'refund')
    return approval?.from === account && approval.money === reverses
  })
}

export function isRelease(fact: PostingFact | ReversalFact): boolean {
  if (fact.kind === 'posting') return isReleased(fact.id)
  return fact.kind === 'reversal' && fact.source === 'settlement'
}

/** Which money, from which account to which, as functions/serve-console/settlement/leave-suspense.ts wrote it. */
function approvalOf(entries: readonly AuditEntry[], subject: string, action: ExitAction) {
  for (const entry of entries) {
    if (entry.action !== 'approved' || entry.subject !== subject) continue
    const { account = '', fact = '', request } = entry.detail as Detail
    if (request?.action === action) return { from: account, to: request.to ?? '', money: fact }
  }
  return undefined
}

async function factIn({ facts }: ExitPorts, account: string, key: FactKey): Promise<Fact | undefined> {
  const known = parseAccount(account)
  return known && facts.get(known, key)
}

function amountOf(fact: Fact | undefined): number | undefined {
  return fact && 'amount' in fact ? fact.amount : undefined
}
