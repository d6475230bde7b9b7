/**
 * Everybody on some bills of many: whom a list that is billed again leaves out, because a bill for them was paid. Whoever plans the
 * new bills (functions/serve-console) and whoever issues them (functions/enrol-cohort) ask it alike, so that both mean the same people.
 */
import type { BillCode } from '../domain/bill-code.ts'
import type { Kpj } from '../domain/kpj.ts'
import { inParallel } from '../runtime/in-parallel.ts'
import { type BillReader, chunksIn } from '../store/bills/bills.ts'

const AT_ONCE = 8

/** A code without a bill has no members. */
export async function membersOfBills(bills: BillReader, codes: readonly BillCode[]): Promise<ReadonlySet<Kpj>> {
  const members = new Set<Kpj>()
  for (const code of codes) {
    const bill = await bills.get(code)
    const chunks = Array.from({ length: bill ? chunksIn(bill) : 0 }, (_, i) => i + 1)
    const reads = chunks.map((chunk) => async () => {
      for (const { kpj } of (await bills.members(code, chunk)) ?? []) members.add(kpj)
    })
    await inParallel(reads, AT_ONCE)
  }
  return members
}
