/**
 * Who is on a bill, asked one member at a time, by whoever walks many accounts: the members of a bill are read once and kept for a
 * while. A bill never changes its members, so what is kept is never wrong.
 */
import type { BillCode } from '../domain/bill-code.ts'
import type { Instant } from '../domain/instant.ts'
import type { Kpj } from '../domain/kpj.ts'
import { type BillMember, type BillReader, chunksIn } from '../store/bills/bills.ts'

export type BilledMember = Pick<BillMember, 'amount' | 'months'> & { readonly issuedAt: Instant }

/** Undefined where the bill, or the member on it, is not there. */
export type BilledMembers = (billCode: BillCode, kpj: Kpj) => Promise<BilledMember | undefined>

/** Members kept at a time: two lists of the largest kind, some tens of megabytes. */
const KEPT = 200_000

type Billed = ReadonlyMap<Kpj, BilledMember>

export function billedMembers(bills: BillReader, kept = KEPT): BilledMembers {
  const known = new Map<BillCode, Promise<Billed>>()
  const sizes = new Map<BillCode, number>()

  /** The oldest go first. */
  function forget(): void {
    let held = [...sizes.values()].reduce((sum, size) => sum + size, 0)
    for (const [billCode, size] of sizes) {
      if (held <= kept || sizes.size === 1) return
      sizes.delete(billCode)
      known.delete(billCode)
      held -= size
    }
  }

  async function read(billCode: BillCode): Promise<Billed> {
    const members = await membersOf(bills, billCode)
    sizes.set(billCode, members.size)
    forget()
    return members
  }

  return async (billCode, kpj) => {
    let members = known.get(billCode)
    if (!members) {
      members = read(billCode)
      known.set(billCode, members)
      // Somebody else may ask again; a failed read is nobody's answer.
      members.catch(() => known.delete(billCode))
    }
    return (await members).get(kpj)
  }
}

async function membersOf(bills: BillReader, billCode: BillCode): Promise<Billed> {
  const bill = await bills.get(billCode)
  const found = new Map<Kpj, BilledMember>()
  if (!bill) return found
  for (let chunk = 1; chunk <= chunksIn(bill); chunk++) {
    for (const { kpj, amount, months } of (await bills.members(billCode, chunk)) ?? [])
      found.set(kpj, { amount, months, issuedAt: bill.issuedAt })
  }
  return found
}
