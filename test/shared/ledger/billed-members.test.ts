import { expect, test } from 'vitest'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { billedMembers } from '../../../shared/ledger/billed-members.ts'
import type { BillMember, BillReader } from '../../../shared/store/bills/bills.ts'
import { at } from '../../support/facts.ts'

const ISSUED = at('2026-11-20T10:00')
const member = (serial: number): BillMember => ({
  kpj: kpjOf(String(10_000_000_000 + serial)),
  months: [],
  amount: rupiah(8_400 + serial),
})

/** Bills of two chunks with a member each; `reads` counts what was asked. */
function billsOf(...serials: readonly number[]) {
  const reads: string[] = []
  let failures = 0
  const reader: BillReader = {
    get: async (billCode) => {
      reads.push('bill')
      if (failures-- > 0) throw new Error('busy')
      return serials.map((serial) => billCodeOf(serial)).includes(billCode)
        ? ({ billCode, memberCount: 2, chunks: 2, issuedAt: ISSUED } as never)
        : undefined
    },
    members: async (billCode, chunk) => {
      reads.push(`members ${chunk}`)
      return chunk > 2 ? undefined : [member(Number(billCode.slice(-4)) + chunk)]
    },
  }
  const fail = (times: number) => {
    failures = times
  }
  return { reader, reads, fail }
}

test('a member is found in whichever chunk, as the bill froze it; nobody else is', async () => {
  const { reader, reads } = billsOf(1)
  const billed = billedMembers(reader)
  const code = billCodeOf(1)
  const { kpj, amount, months } = member(Number(code.slice(-4)) + 2)
  expect(await billed(code, kpj)).toEqual({ amount, months, issuedAt: ISSUED })
  expect(await billed(code, kpjOf('99999999999'))).toBeUndefined()
  expect(reads).toEqual(['bill', 'members 1', 'members 2'])
})

test('a bill that is not there has no members', async () => {
  const { reader } = billsOf()
  expect(await billedMembers(reader)(billCodeOf(1), member(1).kpj)).toBeUndefined()
})

test('asked twice at once, a bill is read once; after a failed read it is read again', async () => {
  const { reader, reads, fail } = billsOf(1)
  const billed = billedMembers(reader)
  const ask = () => billed(billCodeOf(1), member(1).kpj)
  fail(1)
  await expect(Promise.all([ask(), ask()])).rejects.toThrow('busy')
  expect(reads).toEqual(['bill'])
  await Promise.all([ask(), ask()])
  expect(reads).toEqual(['bill', 'bill', 'members 1', 'members 2'])
})

test('a bill that was not there is asked for again: it may be issued since', async () => {
  let isThere = false
  const { reader } = billsOf(1)
  const later: BillReader = { ...reader, get: async (code) => (isThere ? reader.get(code) : undefined) }
  const billed = billedMembers(later)
  const code = billCodeOf(1)
  const { kpj } = member(Number(code.slice(-4)) + 1)
  expect(await billed(code, kpj)).toBeUndefined()
  isThere = true
  expect(await billed(code, kpj)).toMatchObject({ issuedAt: ISSUED })
})

test('whoever walks all accounts meets the members of all bills mixed, and reads each bill once', async () => {
  const codes = Array.from({ length: 300 }, (_, serial) => billCodeOf(serial + 1))
  const members = Array.from({ length: 1_000 }, (_, i) => ({ ...member(7 * i), amount: rupiah(8_400 + (i % 3)) }))
  let reads = 0
  const billed = billedMembers({
    get: async (billCode) => ({ billCode, memberCount: 1_000, issuedAt: ISSUED }) as never,
    members: async () => {
      reads++
      return members
    },
  })
  for (let walk = 0; walk < 3; walk++)
    for (const [i, code] of codes.entries()) {
      const { kpj, amount } = members[(i * 31 + walk) % 1_000] as BillMember
      expect(await billed(code, kpj)).toMatchObject({ amount })
      expect(await billed(code, member(7 * i + 1).kpj)).toBeUndefined()
    }
  expect(reads).toBe(300)
})

test('of many bills the oldest are forgotten, the last one never', async () => {
  const { reader, reads } = billsOf(1, 2, 3)
  const billed = billedMembers(reader, 4)
  const ask = (serial: number) => billed(billCodeOf(serial), member(1).kpj)
  for (const serial of [1, 2, 3, 2, 3]) await ask(serial)
  expect(reads.filter((read) => read === 'bill')).toHaveLength(3)
  await ask(1)
  expect(reads.filter((read) => read === 'bill')).toHaveLength(4)
  const { reader: large, reads: largeReads } = billsOf(1)
  const one = billedMembers(large, 1)
  await one(billCodeOf(1), member(1).kpj)
  await one(billCodeOf(1), member(1).kpj)
  expect(largeReads.filter((read) => read === 'bill')).toHaveLength(1)
})
