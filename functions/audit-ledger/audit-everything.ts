/**
 * Everything there is, whatever day it says it belongs to: every account that has facts, and every accepted decision. This is
 * where an item shows that somebody put past the hub, under a day that nobody looks at any more.
 */
import { parseAccount } from '../../shared/domain/account.ts'
import { factKey } from '../../shared/domain/fact.ts'
import { businessDateOf } from '../../shared/domain/instant.ts'
import { type PaymentKey, paymentKey, paymentKeyParts } from '../../shared/domain/payment-key.ts'
import type { SegmentAuditTask } from '../../shared/messages/audit.ts'
import { inParallel } from '../../shared/runtime/in-parallel.ts'
import type { PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import type { AuditSample, AuditTally } from '../../shared/store/statistics/ledger-audits.ts'
import { auditAll, billTasks } from './audit-day.ts'
import { type Audited, type AuditPorts, ON_ITS_WAY_MILLIS } from './ports.ts'
import { added, addedSums, difference, looked, NO_MONEY, NOTHING } from './tally.ts'
import { goOn, putIfWrong } from './walk.ts'

/** Pages of up to 2,500 facts, or 2,000 decisions: a minute or so of work. */
const PAGES_PER_PART = 20
/** Facts looked for at a time. */
const AT_ONCE = 16

export async function auditAccounts(ports: AuditPorts, task: SegmentAuditTask): Promise<Audited> {
  const startedAt = task.run ?? ports.now()
  const day = businessDateOf(startedAt)
  return walk(ports, task, async (from) => {
    const { accounts, next } = await ports.facts.accountsPage(task.segment, task.segments, from)
    const known = accounts.flatMap((account) => parseAccount(account) ?? [])
    const audited = await auditAll(ports, known)
    await ports.sendTasks(billTasks(known, day, startedAt))
    const tallies = [...audited.values()].map(({ found, places }) => {
      const sums = [...places.values()].reduce(addedSums, NO_MONEY)
      return looked(found, sums, places.size)
    })
    return { found: tallies.reduce(added, NOTHING), next }
  })
}

export async function auditDecisions(ports: AuditPorts, task: SegmentAuditTask): Promise<Audited> {
  return walk(ports, task, async (from) => {
    const { decisions, next, broken = [] } = await ports.decisions.acceptedPage(task.segment, task.segments, from)
    const found: AuditSample[] = broken.map((key) => difference('unreadable-item', '', key))
    const looks = decisions.map((decision) => async () => {
      if (isSettled(ports, decision) && (await isWithoutFact(ports, decision))) found.push(sampleOf(decision))
    })
    await inParallel(looks, AT_ONCE)
    return { found: { ...looked(found), looks: decisions.length }, next }
  })
}

/** One decision, which its queue held back for a quarter of an hour: longer than a repeat or a reversal may take to heal it. */
export async function auditDecision(ports: AuditPorts, key: PaymentKey): Promise<Audited> {
  const { channel, paymentId } = paymentKeyParts(key)
  const decision = await ports.decisions.get(channel, paymentId)
  const isWrong = decision !== undefined && (await isWithoutFact(ports, decision))
  const run = ports.now()
  const tally = looked(isWrong ? [sampleOf(decision)] : [])
  return putIfWrong(ports, { ...tally, day: businessDateOf(run), subject: `decision#${key}`, startedAt: run })
}

function isSettled({ now }: AuditPorts, { decidedAt }: PaymentDecision): boolean {
  return decidedAt < now() - ON_ITS_WAY_MILLIS
}

async function isWithoutFact({ facts }: AuditPorts, decision: PaymentDecision): Promise<boolean> {
  const { outcome, account, channel, paymentId } = decision
  if (outcome.kind !== 'accepted' || account === null) return false
  return (await facts.get(account, factKey('payment', channel, [paymentId]))) === undefined
}

function sampleOf({ account, channel, paymentId }: PaymentDecision): AuditSample {
  return difference('decision-without-fact', account ?? '', paymentKey(channel, paymentId))
}

type Page = { readonly found: AuditTally; readonly next: string | null }

async function walk(
  ports: AuditPorts,
  task: SegmentAuditTask,
  lookAt: (from: string | null) => Promise<Page>,
): Promise<Audited> {
  const startedAt = task.run ?? ports.now()
  let found = NOTHING
  let next = task.from ?? null
  for (let page = 0; page < PAGES_PER_PART; page++) {
    const looks = await lookAt(next)
    found = added(found, looks.found)
    next = looks.next
    if (next === null) break
  }
  const subject = `${task.task}#${String(task.segment).padStart(4, '0')}`
  const line = { day: businessDateOf(startedAt), subject, startedAt }
  return goOn(ports, task, { found, tally: added(task.tally ?? NOTHING, found), next, line })
}
