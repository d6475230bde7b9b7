/**
 * An approved resolution, applied: money posted, reversed or suspended through the same decisions and facts as the endpoint's, or a
 * figure given up, charged or explained. Then the case is resolved.
 *
 * ```
 * account noted for the journal -> decision (post only) -> fact -> case resolved
 *                                  |<- killed anywhere here: the same resolution again finds what stands and goes on
 * ```
 * Every fact is decided at the instant of the approval. Right any number of times. Before anything of it, the audit chain is asked
 * whether two people decided exactly this (audited.ts).
 */

import type { Account } from '../../shared/domain/account.ts'
import { assertNever } from '../../shared/domain/assert-never.ts'
import type { ReversalFact, SuspensionFact } from '../../shared/domain/fact.ts'
import { type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { openAmountOf } from '../../shared/domain/settlement/parts.ts'
import { isPartAction } from '../../shared/domain/settlement/resolution.ts'
import { nextExitOf, releaseReversalKey, takenBackId } from '../../shared/domain/suspense-exit.ts'
import { notBefore, putReversalFact } from '../../shared/ledger/payment-facts.ts'
import { Defect, Transient } from '../../shared/runtime/faults.ts'
import { retryUnknownOutcome } from '../../shared/runtime/retry.ts'
import type { DifferenceCase, Resolution, ResolvedPart } from '../../shared/store/settlements/records.ts'
import { demandAuditedResolution } from './audited.ts'
import { findPosted, type PostingResult } from './find-posted.ts'
import type { SettlementPorts } from './ports.ts'
import { postUnrecordedPayment } from './post-unrecorded-payment.ts'

export type ResolutionOutcome = {
  readonly outcome: 'applied' | 'already-applied' | 'gone'
  /** The business day of the money that was moved; null where none was. */
  readonly date: BusinessDate | null
}

const TRIES = 5

export async function applyResolution(ports: SettlementPorts, resolution: Resolution): Promise<ResolutionOutcome> {
  const known = await ports.settlements.difference(resolution.differenceId)
  if (!known) return { outcome: 'gone', date: null }
  if (!isAwaiting(known, resolution)) return { outcome: 'already-applied', date: null }
  await demandAuditedResolution(ports.audit, resolution)
  const { note, date } = await effectOf(ports, resolution)
  await resolve(ports, resolution, note)
  ports.metrics.count('DecisionsApplied', { outcome: resolution.action })
  return { outcome: 'applied', date }
}

/** Nothing else changes a case that is approved, so its version says whose resolution it waits for: a part's, or a later one's. */
function isAwaiting({ state, version }: DifferenceCase, { differenceVersion }: Resolution): boolean {
  return state === 'approved' && version === differenceVersion
}

/** `note`: what was done, in a word for the history. */
type Effect = { readonly note: string; readonly date: BusinessDate | null }

async function effectOf(ports: SettlementPorts, resolution: Resolution): Promise<Effect> {
  switch (resolution.action) {
    case 'post':
      return { note: await postUnrecordedPayment(ports, resolution), date: resolution.date }
    case 'reverse':
      return reverse(ports, resolution, await moneyOf(ports, resolution))
    case 'suspend':
      return suspend(ports, resolution, await moneyOf(ports, resolution))
    case 'accept':
      return { note: await accept(ports, resolution), date: null }
    case 'write-off':
    case 'charge-channel':
    case 'match':
      return { note: resolution.action, date: null }
    default:
      return assertNever(resolution.action)
  }
}

async function moneyOf(ports: SettlementPorts, resolution: Resolution): Promise<PostingResult> {
  const posted = await findPosted(ports, resolution.channel, resolution.finding.paymentId)
  if (posted) return posted
  throw new Defect(
    'PAYMENT_MISSING',
    'expected the payment of a resolution to be in the ledger, it is not; look at the case and reject or propose otherwise',
  )
}

async function reverse(ports: SettlementPorts, resolution: Resolution, money: PostingResult): Promise<Effect> {
  const { channel, finding, approvedAt } = resolution
  const fact: ReversalFact = {
    kind: 'reversal',
    account: money.account,
    source: 'finance',
    id: takenBackId(money.fact),
    decidedAt: approvedAt,
    recordedAt: notBefore(ports.now(), approvedAt),
    reverses: money.key,
    partnerAt: approvedAt,
    businessDate: money.businessDate,
    amount: money.amount,
    outlet: '',
  }
  await noteFirst(ports, money.account)
  const { billCode } = money
  if (billCode !== null) {
    await putReversalFact(ports.facts, fact, { channel, paymentId: finding.paymentId, billCode })
    return { note: 'reversed', date: money.businessDate }
  }
  const release = releaseReversalKey(nextExitOf(money.fact, 0))
  const put = await retryUnknownOutcome(() => ports.facts.putTogether([fact], [release]))
  if (put === 'taken') throw releasedMeanwhile()
  return { note: 'reversed', date: money.businessDate }
}

function releasedMeanwhile(): Transient {
  return new Transient(
    'RELEASED_MEANWHILE',
    'expected money to stay where it was found, it was released; the resolution comes again',
  )
}

async function suspend(ports: SettlementPorts, resolution: Resolution, money: PostingResult): Promise<Effect> {
  const { differenceId, approvedAt } = resolution
  const fact: SuspensionFact = {
    kind: 'suspension',
    account: money.account,
    source: 'finance',
    id: [differenceId],
    decidedAt: approvedAt,
    recordedAt: notBefore(ports.now(), approvedAt),
    moves: money.key,
    businessDate: money.businessDate,
    amount: money.amount,
  }
  await noteFirst(ports, money.account)
  await ports.settlements.noteSuspense({ account: money.account, fact: money.key, since: money.businessDate })
  await ports.facts.put(fact)
  return { note: 'suspended', date: money.businessDate }
}

async function accept(ports: SettlementPorts, resolution: Resolution): Promise<string> {
  return resolution.finding.class === 'corrected-file' ? replaceFile(ports, resolution) : 'explained'
}

async function noteFirst(ports: SettlementPorts, account: Account): Promise<void> {
  await ports.settlements.noteAccount(businessDateOf(ports.now()), account)
}

/** The corrected file stands; the one it replaces is kept. */
async function replaceFile(ports: SettlementPorts, { channel, date, finding }: Resolution): Promise<string> {
  const versions = await ports.settlements.fileVersions(channel, date)
  const corrected = versions.find(({ version }) => version === finding.evidence.fileVersion)
  const accepted = versions.find(({ state }) => state === 'accepted')
  if (!corrected || !accepted) {
    throw new Defect('FILE_VERSION_MISSING', 'expected the corrected file and an accepted one to be there, one is not')
  }
  if (corrected.version === accepted.version) return 'replaced'
  const replaced = await ports.settlements.replaceFile(accepted, corrected)
  if (replaced === 'put') return 'replaced'
  throw new Transient(
    'FILE_CHANGED',
    'expected the files of the day to stay as they were read; the resolution comes again',
  )
}

async function resolve(ports: SettlementPorts, resolution: Resolution, effect: string): Promise<void> {
  for (let tried = 0; tried < TRIES; tried++) {
    const known = await ports.settlements.difference(resolution.differenceId)
    if (!known || !isAwaiting(known, resolution)) return
    const put = await ports.settlements.putDifference(resolved(known, resolution, effect, ports.now()))
    if (put === 'put') return
  }
  throw new Transient('CASE_BUSY', `expected to resolve a case within ${TRIES} tries; the resolution comes again`)
}

/** Less than what is open: the rest stays a case. Undefined: with this resolution it is done. */
function partOf(
  { finding, parts = [] }: DifferenceCase,
  { action, amount = null, proposedBy, approvedBy }: Resolution,
  at: Instant,
): ResolvedPart | undefined {
  if (amount === null || !isPartAction(action) || amount === openAmountOf(finding, parts)) return undefined
  return { action, amount, proposedBy, approvedBy, at }
}

function resolved(known: DifferenceCase, resolution: Resolution, effect: string, now: Instant): DifferenceCase {
  const note = resolution.action === effect ? effect : `${resolution.action}: ${effect}`
  const part = partOf(known, resolution, now)
  if (part) {
    const done = { at: now, what: 'applied' as const, by: null, note: `${note}: ${part.amount}` }
    return {
      ...known,
      state: 'open',
      version: known.version + 1,
      proposal: null,
      parts: [...(known.parts ?? []), part],
      history: [...known.history, done].slice(-50),
    }
  }
  return {
    ...known,
    state: 'resolved',
    version: known.version + 1,
    resolution: { how: 'resolution', at: now, note },
    history: [...known.history, { at: now, what: 'applied' as const, by: null, note }].slice(-50),
  }
}
