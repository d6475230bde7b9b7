/**
 * A bill and its members as items. Members lie 1,000 to an item, packed; prices that several have in common are written once,
 * so that 1,000 members take about 25 KB, and 150 KB if no two pay alike (an item may have 400 KB).
 *
 * | attribute | | the bill |
 * |---|---|---|
 * | `billCode`, `part` | S | the code, `bill` |
 * | `months` | S | `2026-11 2026-12` |
 * | `amount`, `memberCount`, `issuedAt`, `until` | N | rupiah, count, milliseconds, milliseconds |
 * | `kpj`, `validUntil`, `paidBy` | S | `kpj` and `paidBy` absent for null |
 * | `program`, `cohort`, `region` | S | of a sponsored list; `region` absent for the whole of it |
 * | `replaces`, `replacedBy` | S | codes, absent where there are none |
 * | `chunks` | N | chunks of members, absent where all but the last are full |
 * | `changedAt` | N | milliseconds, absent while unchanged |
 *
 * | attribute | | members |
 * |---|---|---|
 * | `part` | S | `members#0001` … |
 * | `r` | S | months and prices, packed-months.ts, one per line |
 * | `m` | S | `<kpj> <line of r, from 0> <amount>`, one member per line |
 * | `expires` | N | epoch seconds; only while their bill is not issued |
 *
 * | attribute | | shares applied |
 * |---|---|---|
 * | `part` | S | `applied#0001` … |
 * | `shares`, `facts` | N | members with a live share; facts of the bill that were known |
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { type BillCode, parseBillCode } from '../../domain/bill-code.ts'
import { type Instant, instant } from '../../domain/instant.ts'
import { parseKpj } from '../../domain/kpj.ts'
import { rupiah } from '../../domain/money.ts'
import { month } from '../../domain/month.ts'
import { parsePaymentKey } from '../../domain/payment-key.ts'
import { type Item, type ItemReader, orAbsent, readerOf, text, whole } from '../attributes/item.ts'
import { packRuns, unpackRuns } from '../attributes/packed-months.ts'
import {
  type AppliedShares,
  type Bill,
  type BilledCohort,
  type BillMember,
  chunkCount,
  MEMBERS_PER_CHUNK,
} from './bills.ts'

export const BILL_PART = 'bill'

/** `members#0001`; `chunk` counts from 1. */
export function membersPart(chunk: number): string {
  return `members#${String(chunk).padStart(4, '0')}`
}

/** Begins the sort key of what is known of a chunk's shares. */
export const APPLIED_PREFIX = 'applied#'

export function appliedPart(chunk: number): string {
  return `${APPLIED_PREFIX}${String(chunk).padStart(4, '0')}`
}

export function appliedItem(billCode: BillCode, { chunk, shares, facts }: AppliedShares): Item {
  return { billCode: text(billCode), part: text(appliedPart(chunk)), shares: whole(shares), facts: whole(facts) }
}

export function readApplied(item: Item): Omit<AppliedShares, 'chunk'> {
  const read = readerOf('bills', item)
  return { shares: read.whole('shares'), facts: read.whole('facts') }
}

export function chunksOf(members: readonly BillMember[]): readonly (readonly BillMember[])[] {
  return Array.from({ length: chunkCount(members.length) }, (_, i) =>
    members.slice(i * MEMBERS_PER_CHUNK, (i + 1) * MEMBERS_PER_CHUNK),
  )
}

export function billItem(bill: Bill): Item {
  return {
    billCode: text(bill.billCode),
    part: text(BILL_PART),
    months: text(bill.months.join(' ')),
    amount: whole(bill.amount),
    memberCount: whole(bill.memberCount),
    ...orAbsent('kpj', bill.kpj, text),
    issuedAt: whole(bill.issuedAt),
    validUntil: text(bill.validUntil),
    until: whole(bill.validUntilInstant),
    ...orAbsent('paidBy', bill.paidBy, text),
    ...(bill.sponsored && cohortItem(bill.sponsored)),
    ...orAbsent('chunks', bill.chunks ?? null, whole),
    ...orAbsent('replaces', bill.replaces ?? null, text),
    ...orAbsent('replacedBy', bill.replacedBy ?? null, text),
    ...orAbsent('changedAt', bill.changedAt ?? null, whole),
  }
}

function cohortItem({ program, cohort, regionCode }: BilledCohort): Item {
  return { program: text(program), cohort: text(cohort), ...orAbsent('region', regionCode, text) }
}

export function readBill(item: Item): Bill {
  const read = readerOf('bills', item)
  return {
    billCode: read.parsed('billCode', parseBillCode),
    months: read.parsed('months', (packed) => packed.split(' ').filter(Boolean).map(month)),
    amount: read.counted('amount', rupiah),
    memberCount: read.whole('memberCount'),
    kpj: read.optional('kpj', (name) => read.parsed(name, parseKpj)),
    issuedAt: read.counted('issuedAt', instant),
    validUntil: read.text('validUntil'),
    validUntilInstant: read.counted('until', instant),
    paidBy: read.optional('paidBy', (name) => read.parsed(name, parsePaymentKey)),
    ...(read.has('cohort') && { sponsored: readCohort(read) }),
    ...(read.has('chunks') && { chunks: read.whole('chunks') }),
    ...(read.has('replaces') && { replaces: read.parsed('replaces', parseBillCode) }),
    ...(read.has('replacedBy') && { replacedBy: read.parsed('replacedBy', parseBillCode) }),
    ...(read.has('changedAt') && { changedAt: read.counted('changedAt', instant) }),
  }
}

function readCohort(read: ItemReader): BilledCohort {
  return { program: read.text('program'), cohort: read.text('cohort'), regionCode: read.optional('region', read.text) }
}

/** `until`: of a bill that is not issued yet. */
export function membersItem(
  billCode: BillCode,
  chunk: number,
  members: readonly BillMember[],
  until: Instant | null = null,
): Item {
  const lineOf = new Map<string, number>()
  const lines = members.map((member) => {
    const runs = packRuns(member.months)
    const line = lineOf.get(runs) ?? lineOf.size
    lineOf.set(runs, line)
    return `${member.kpj} ${line} ${member.amount}`
  })
  return {
    billCode: text(billCode),
    part: text(membersPart(chunk)),
    r: text([...lineOf.keys()].join('\n')),
    m: text(lines.join('\n')),
    ...orAbsent('expires', until, expiryOf),
  }
}

/** Epoch seconds, as expiry wants them. */
export function expiryOf(until: Instant): AttributeValue {
  return whole(Math.ceil(until / 1000))
}

export function readMembers(item: Item): readonly BillMember[] {
  const read = readerOf('bills', item)
  const runs = read.parsed('r', (packed) => packed.split('\n').map(unpackRuns))
  return read.parsed('m', (packed) => packed.split('\n').map((line) => memberOf(line, runs)))
}

function memberOf(packed: string, runs: readonly BillMember['months'][]): BillMember {
  const match = /^(\d{11}) (\d{1,4}) (\d{1,15})$/.exec(packed)
  const kpj = parseKpj(match?.[1] ?? '')
  const months = runs[Number(match?.[2])]
  if (!kpj || !months) throw new RangeError('expected a packed member with its line of months, got something else')
  return { kpj, months, amount: rupiah(Number(match?.[3])) }
}
