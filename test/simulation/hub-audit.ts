/**
 * The hub's own audit, asked of a history that is genuine from beginning to end: whatever it finds there is a false alarm, and an
 * alarm that is false every night is read by nobody.
 *
 * Promise: once all is quiet, it finds nothing. Not asked about what the workload puts by hand, in the place of people: facts of
 * finance, and bills of many, which it prices for whomever it likes.
 */
import { auditAccount } from '../../functions/audit-ledger/audit-account.ts'
import { type BillCode, parseBillCode } from '../../shared/domain/bill-code.ts'
import { type FactKey, factKeyParts } from '../../shared/domain/fact.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { billedMembers } from '../../shared/ledger/billed-members.ts'
import { ledgerMacs } from '../../shared/ledger/payment-digests.ts'
import type { AuditSample } from '../../shared/store/statistics/ledger-audits.ts'
import { demand } from './auditor/ledger.ts'
import type { Plan } from './plan.ts'
import { DIGEST_KEYS, type World } from './world.ts'

const MACS = ledgerMacs(DIGEST_KEYS)
const QUIET_MILLIS = 60 * 60_000

export async function hubFindsNothing(plan: Plan, world: World, now: number): Promise<void> {
  if (plan.financeDecisions > 0 || plan.decree) return
  const { around, chainAt, ledger } = world
  const { store, rules } = around
  const quiet = () => (now + QUIET_MILLIS) as Instant
  const ports = { ...store, chainAt, billed: billedMembers(store.bills), macs: MACS, rules, now: quiet }
  for (const account of new Set(store.everything().facts.map((fact) => fact.account))) {
    const found: AuditSample[] = []
    for (const each of (await auditAccount(ports, account)).found) {
      if (each.difference !== 'price-differs' || !(await isBilledByHand(world, each))) found.push(each)
    }
    demand(ledger, 'the audit finds nothing in what is genuine', found.length === 0, () => JSON.stringify(found[0]))
  }
}

async function isBilledByHand({ around }: World, { fact }: AuditSample): Promise<boolean> {
  const { kind, id } = factKeyParts(fact as FactKey)
  const billCode: BillCode | undefined = parseBillCode(id[0] ?? '')
  const bill = kind === 'share' && billCode ? await around.store.bills.get(billCode) : undefined
  return bill !== undefined && bill.kpj === null && bill.sponsored === undefined
}
