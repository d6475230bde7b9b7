/**
 * What a partner's back office needs to write a settlement file: sums, times and padded numbers. Used by the channels'
 * `sandbox.ts` alone, never bundled, and apart from the readers beside it: own money, own times, own totals.
 */
import type { PartnerRow } from '../../channel-port/partner.ts'

const WIB = 7 * 60 * 60 * 1_000

export type WrittenTotals = {
  readonly lines: number
  readonly amount: number
  readonly fee: number
  readonly net: number
}

/** A reversed row subtracts. */
export function writtenTotals(rows: readonly PartnerRow[]): WrittenTotals {
  let amount = 0
  let fee = 0
  for (const row of rows) {
    amount += row.status === 'R' ? -row.amount : row.amount
    fee += row.status === 'R' ? -row.fee : row.fee
  }
  return { lines: rows.length, amount, fee, net: amount - fee }
}

/** `2026-11-20T14:03:21`, WIB. */
export function writtenTime(at: number): string {
  return new Date(at + WIB).toISOString().slice(0, 19)
}

/** `20261120140321`, WIB. */
export function compactTime(at: number): string {
  return writtenTime(at).replace(/\D/g, '')
}

/** `20261120`. */
export function compactDate(date: string): string {
  return date.replaceAll('-', '')
}

/** Filled with zeros from the left; a negative number has its sign in the first place. */
export function zeroPadded(value: number, width: number): string {
  return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0')
}
