/**
 * An approved decision, applied: money posted, reversed or suspended through the same claims and facts as the door's, or a
 * figure given up, charged or explained. Then the case is resolved.
 *
 * ```
 * account noted for the journal -> claim (post only) -> fact -> case resolved
 *                                  |<- killed anywhere here: the same decision again finds what stands and goes on
 * ```
 * Every fact is decided at the instant of the approval. Right any number of times.
 */
import type { ReversalFact, SuspensionFact } from '../../shared/domain/fact.ts'
import { type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { assertNever } from '../../shared/domain/outcome.ts'
import { Defect, Transient } from '../../shared/runtime/faults.ts'
import type { Decision, DifferenceCase } from '../../shared/store/settlement-records.ts'
import type { SettlementPorts } from './ports.ts'
import { findPosted, type Posted, postMoney, recordedNow } from './post-money.ts'

export type Applied = {
  readonly outcome: 'applied' | 'already-applied' | 'gone'
  /** The business day of the money that was moved; null where none was. */
  readonly date: BusinessDate | null
}

const TRIES = 5

export async function applyDecision(ports: SettlementPorts, decision: Decision): Promise<Applied> {
  const known = await ports.settlements.difference(decision.differenceId)
  if (known?.state !== 'approved') return { outcome: known ? 'already-applied' : 'gone', date: null }
  const { note, date } = await effectOf(ports, decision)
  await resolve(ports, decision, note)
  ports.metrics.count('DecisionsApplied', { outcome: decision.action })
  return { outcome: 'applied', date }
}

/** `note`: what was done, in a word for the history. */
type Effect = { readonly note: string; readonly date: BusinessDate | null }

async function effectOf(ports: SettlementPorts, decision: Decision): Promise<Effect> {
  switch (decision.action) {
    case 'post':
      return { note: await postMoney(ports, decision), date: decision.date }
    case 'reverse':
      return reverse(ports, decision, await moneyOf(ports, decision))
    case 'suspend':
      return suspend(ports, decision, await moneyOf(ports, decision))
    case 'accept':
      return { note: await accept(ports, decision), date: null }
    case 'write-off':
    case 'charge-channel':
    case 'match':
      return { note: decision.action, date: null }
    default:
      return assertNever(decision.action)
  }
}

async function moneyOf(ports: SettlementPorts, decision: Decision): Promise<Posted> {
  const posted = await findPosted(ports, decision.channel, decision.finding.paymentId)
  if (posted) return posted
  throw new Defect(
    'PAYMENT_MISSING',
    'expected the payment of a decision to be in the ledger, it is not; look at the case and reject or propose otherwise',
  )
}

async function reverse(ports: SettlementPorts, decision: Decision, money: Posted): Promise<Effect> {
  const { channel, finding, approvedAt } = decision
  const fact: ReversalFact = {
    kind: 'reversal',
    account: money.account,
    source: 'finance',
    id: [channel, finding.paymentId],
    decidedAt: approvedAt,
    recordedAt: recordedNow(ports, approvedAt),
    reverses: money.key,
    partnerAt: approvedAt,
    businessDate: money.businessDate,
    amount: money.amount,
    outlet: '',
  }
  await noteFirst(ports, money.account)
  if (money.billCode === null) await ports.facts.put(fact)
  else {
    const paidBy = [channel, finding.paymentId].map(encodeURIComponent).join('#')
    await ports.facts.putReversingBill(fact, money.billCode, paidBy)
  }
  return { note: 'reversed', date: money.businessDate }
}

async function suspend(ports: SettlementPorts, decision: Decision, money: Posted): Promise<Effect> {
  const { differenceId, approvedAt } = decision
  const fact: SuspensionFact = {
    kind: 'suspension',
    account: money.account,
    source: 'finance',
    id: [differenceId],
    decidedAt: approvedAt,
    recordedAt: recordedNow(ports, approvedAt),
    moves: money.key,
    businessDate: money.businessDate,
    amount: money.amount,
  }
  await noteFirst(ports, money.account)
  await ports.facts.put(fact)
  return { note: 'suspended', date: money.businessDate }
}

async function accept(ports: SettlementPorts, decision: Decision): Promise<string> {
  return decision.finding.class === 'corrected-file' ? replaceFile(ports, decision) : 'explained'
}

async function noteFirst(ports: SettlementPorts, account: string): Promise<void> {
  await ports.settlements.noteAccount(businessDateOf(ports.now()), account)
}

/** The corrected file stands; the one it replaces is kept. */
async function replaceFile(ports: SettlementPorts, { channel, date, finding }: Decision): Promise<string> {
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
    'expected the files of the day to stay as they were read; the decision comes again',
  )
}

async function resolve(ports: SettlementPorts, decision: Decision, effect: string): Promise<void> {
  for (let tried = 0; tried < TRIES; tried++) {
    const known = await ports.settlements.difference(decision.differenceId)
    if (known?.state !== 'approved') return
    const put = await ports.settlements.putDifference(resolved(known, decision, effect, ports.now()))
    if (put === 'put') return
  }
  throw new Transient('CASE_BUSY', `expected to resolve a case within ${TRIES} tries; the decision comes again`)
}

function resolved(known: DifferenceCase, decision: Decision, effect: string, now: Instant): DifferenceCase {
  const note = decision.action === effect ? effect : `${decision.action}: ${effect}`
  return {
    ...known,
    state: 'resolved',
    version: known.version + 1,
    resolution: { how: 'decision', at: now, note },
    history: [...known.history, { at: now, what: 'applied' as const, by: null, note }].slice(-50),
  }
}
