/**
 * A bill: the live shares of its members are its live payments, payment by payment. Walks the members chunk by chunk; what the
 * chunks before it came to travels in the message.
 */
import type { BillCode } from '../../shared/domain/bill-code.ts'
import { type Fact, type FactKey, factKey, keyOf, type PaymentFact } from '../../shared/domain/fact.ts'
import type { BillAuditTask } from '../../shared/messages/audit.ts'
import { inParallel } from '../../shared/runtime/in-parallel.ts'
import type { BillMember } from '../../shared/store/bills/bills.ts'
import { type Audited, type AuditPorts, ON_ITS_WAY_MILLIS } from './ports.ts'
import { difference, looked, NOTHING } from './tally.ts'
import { putIfWrong } from './walk.ts'

/** Members read at a time. */
const AT_ONCE = 16

export async function auditBill(ports: AuditPorts, task: BillAuditTask): Promise<Audited> {
  const { billCode, chunk } = task
  const facts = await ports.facts.ofAccount(billCode)
  // Shares may be on their way; what was just paid is for the next audit.
  if (facts.some(({ recordedAt }) => recordedAt >= ports.now() - ON_ITS_WAY_MILLIS))
    return { outcome: 'done', found: NOTHING, line: null }
  const payments = facts.filter((fact) => fact.kind === 'payment')
  const members = await ports.bills.members(billCode, chunk)
  if (members) {
    const shares = await sharesOf(ports, billCode, facts, payments, members)
    const sums = Object.fromEntries(
      payments.map(keyOf).map((key) => [key, (task.shares[key] ?? 0) + (shares.get(key) ?? 0)]),
    )
    await ports.sendTasks([{ ...task, chunk: chunk + 1, shares: sums }])
    return { outcome: 'part-done', found: NOTHING, line: null }
  }
  const wrong = payments.filter((payment) => (task.shares[keyOf(payment)] ?? 0) !== liveAmount(facts, payment))
  const tally = looked(wrong.map((payment) => difference('shares-differ', billCode, keyOf(payment))))
  return putIfWrong(ports, { ...tally, day: task.day, subject: `bill#${billCode}`, startedAt: task.run })
}

function liveAmount(facts: readonly Fact[], payment: PaymentFact): number {
  return endsOf(facts, keyOf(payment)).length > 0 ? 0 : payment.amount
}

/** What took money away from where the fact of this key had put it. */
function endsOf(facts: readonly Fact[], key: FactKey): readonly Fact[] {
  return facts.filter(
    (fact) => (fact.kind === 'reversal' && fact.reverses === key) || (fact.kind === 'suspension' && fact.moves === key),
  )
}

/** The live shares of these members, added up by the payment that they are a part of. */
async function sharesOf(
  { facts: store }: Pick<AuditPorts, 'facts'>,
  billCode: BillCode,
  facts: readonly Fact[],
  payments: readonly PaymentFact[],
  members: readonly BillMember[],
): Promise<ReadonlyMap<FactKey, number>> {
  const sums = new Map<FactKey, number>()
  const parts = payments.map((payment) => {
    const id = [billCode, payment.source, payment.id[0] ?? '']
    // Whatever ended the payment, reversal or suspension, the share is reversed by the same source.
    const ends = endsOf(facts, keyOf(payment)).map(({ source }) => factKey('reversal', source, id))
    return { payment: keyOf(payment), share: factKey('share', payment.source, id), ends }
  })
  const keys = parts.flatMap(({ share, ends }) => [share, ...ends])
  const looks = members.map(({ kpj }) => async () => {
    if (keys.length === 0) return
    const there = new Map((await store.getMany(kpj, keys)).map((fact) => [keyOf(fact), fact]))
    for (const { payment, share, ends } of parts) {
      const fact = there.get(share)
      const isLive = fact?.kind === 'share' && !ends.some((end) => there.has(end))
      if (isLive) sums.set(payment, (sums.get(payment) ?? 0) + fact.amount)
    }
  })
  await inParallel(looks, AT_ONCE)
  return sums
}
