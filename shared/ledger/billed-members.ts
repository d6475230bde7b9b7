/**
 * Who is on a bill, asked one member at a time, by whoever walks many accounts and meets the members of all bills mixed: the members
 * of a bill are read once and kept, in twelve bytes each. A bill never changes its members, so what is kept is never wrong; what is not
 * there may be issued later, and is not kept.
 */
import type { BillCode } from '../domain/bill-code.ts'
import type { Instant } from '../domain/instant.ts'
import type { Kpj } from '../domain/kpj.ts'
import { inParallel } from '../runtime/in-parallel.ts'
import { packRuns } from '../store/attributes/packed-months.ts'
import { type BillMember, type BillReader, chunksIn } from '../store/bills/bills.ts'

export type BilledMember = Pick<BillMember, 'amount' | 'months'> & { readonly issuedAt: Instant }

/** Undefined where the bill, or the member on it, is not there. */
export type BilledMembers = (billCode: BillCode, kpj: Kpj) => Promise<BilledMember | undefined>

/** Members kept at a time: 240 MB, two hundred lists of the largest kind. */
const KEPT = 20_000_000
/** Chunks of a bill read at a time. */
const AT_ONCE = 8

/** Numbers of memberships in order, and what each is billed: few of the members of a bill are billed otherwise than all others. */
type Billed = {
  readonly kpjs: Float64Array
  readonly kinds: Uint32Array
  readonly billed: readonly BilledMember[]
}

const NOBODY: Billed = { kpjs: new Float64Array(), kinds: new Uint32Array(), billed: [] }

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
    if (members === NOBODY) known.delete(billCode)
    else {
      sizes.set(billCode, members.kpjs.length)
      forget()
    }
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
    return memberIn(await members, Number(kpj))
  }
}

async function membersOf(bills: BillReader, billCode: BillCode): Promise<Billed> {
  const bill = await bills.get(billCode)
  if (!bill) return NOBODY
  const { issuedAt } = bill
  const numbers: number[] = []
  const kindOf = new Map<number, number>()
  const kinds = new Map<string, number>()
  const billed: BilledMember[] = []
  const reads = Array.from({ length: chunksIn(bill) }, (_, i) => async () => {
    for (const { kpj, amount, months } of (await bills.members(billCode, i + 1)) ?? []) {
      const name = `${amount} ${packRuns(months)}`
      const kind = kinds.get(name) ?? billed.push({ amount, months, issuedAt }) - 1
      kinds.set(name, kind)
      numbers.push(Number(kpj))
      kindOf.set(Number(kpj), kind)
    }
  })
  await inParallel(reads, AT_ONCE)
  const kpjs = Float64Array.from(numbers).sort()
  return { kpjs, kinds: Uint32Array.from(kpjs, (kpj) => kindOf.get(kpj) ?? 0), billed }
}

/** By halving. */
function memberIn({ kpjs, kinds, billed }: Billed, kpj: number): BilledMember | undefined {
  let low = 0
  let high = kpjs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((kpjs[middle] as number) < kpj) low = middle + 1
    else high = middle
  }
  return kpjs[low] === kpj ? billed[kinds[low] as number] : undefined
}
