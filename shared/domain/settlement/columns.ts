/**
 * A hub day and a file as columns of numbers and bytes: a million payments and a million lines in well under 400 MB.
 *
 * Rows are added one by one as they are read; nothing of them is kept but what is in the columns. Refuses to know what
 * they mean for each other: join.ts.
 */
import type { Instant } from '../instant.ts'
import { type Rupiah, rupiah } from '../money.ts'
import type { HubEntry } from './day.ts'
import { type HubRecords, hubRecords } from './hub-records.ts'
import type { SettledLine } from './line.ts'
import { grown, type TextColumn, textColumn } from './text-column.ts'

export type HubColumns = {
  readonly count: number
  readonly add: (entry: HubEntry) => void
  /** Marks a payment as reversed; it may be added before or after. */
  readonly reverse: (paymentId: string) => void
  /** Payment ids that were reversed; the join finds their rows and marks them. */
  readonly reversals: ReadonlySet<string>
  readonly markReversed: (row: number) => void
  readonly ids: { readonly at: (row: number) => string; readonly size: (row: number) => number }
  readonly accounts: { readonly at: (row: number) => string }
  readonly outlets: TextColumn
  readonly records: HubRecords
  readonly amount: (row: number) => Rupiah
  readonly decidedAt: (row: number) => Instant
  readonly isReversed: (row: number) => boolean
  readonly entry: (row: number) => HubEntry
}

export type LineColumns = {
  readonly count: number
  readonly add: (line: SettledLine) => void
  readonly ids: TextColumn
  readonly customers: TextColumn
  readonly outlets: TextColumn
  /** Rows whose customer has the shape of a NIK: whose membership that is, only a look-up tells. */
  readonly persons: readonly number[]
  readonly amount: (row: number) => Rupiah
  readonly fee: (row: number) => Rupiah
  /** null where the layout has none. */
  readonly adminFee: (row: number) => Rupiah | null
  readonly at: (row: number) => Instant
  readonly isReversed: (row: number) => boolean
  readonly lineNumber: (row: number) => number
  readonly line: (row: number) => SettledLine
  /** Of all lines, reversed ones subtracted: summed while they come, by nobody else's count. */
  readonly total: () => { readonly amount: Rupiah; readonly fee: Rupiah }
}

/** Most days of most channels are small, and a small day must not cost what a large one does. */
const ROOM = 64

/** `expected` rows: room made at once. */
export function hubColumns(expected = ROOM): HubColumns {
  const records = hubRecords(expected)
  const outlets = textColumn(expected, 8)
  const reversals = new Set<string>()
  let count = 0
  return {
    get count() {
      return count
    },
    add(entry) {
      const { paymentId: id, account, amount, decidedAt, state } = entry
      outlets.push(entry.outlet)
      records.push({
        id,
        account,
        amount,
        isReversed: state === 'reversed',
        decidedAt,
        outletHash: outlets.hash(count++),
      })
    },
    reverse: (paymentId) => {
      reversals.add(paymentId)
    },
    reversals,
    markReversed: records.markReversed,
    ids: { at: records.id, size: records.idSize },
    accounts: { at: records.account },
    outlets,
    records,
    amount: (row) => records.amount(row) as Rupiah,
    decidedAt: (row) => records.decidedAt(row) as Instant,
    isReversed: records.isReversed,
    entry: (row) => ({
      paymentId: records.id(row),
      account: records.account(row),
      amount: records.amount(row) as Rupiah,
      decidedAt: records.decidedAt(row) as Instant,
      outlet: outlets.at(row),
      state: records.isReversed(row) ? 'reversed' : 'accepted',
    }),
  }
}

/** A bill code has as many digits as a NIK, and begins as none does. */
const NIK_DIGITS = 16
const BILL_CODE = '99'

/** `expected` rows: room made at once. */
export function lineColumns(expected = ROOM): LineColumns {
  const ids = textColumn(expected, 24)
  const customers = textColumn(expected, 16)
  const outlets = textColumn(expected, 8)
  const numbers = {
    at: new Float64Array(expected),
    amount: new Float64Array(expected),
    fee: new Float64Array(expected),
  }
  let adminFees = new Float64Array(expected)
  let reversed = new Uint8Array(expected)
  let lineNumbers = new Uint32Array(expected)
  let count = 0
  let amount = 0
  let fee = 0
  const persons: number[] = []
  const makeRoom = () => {
    numbers.at = grown(numbers.at, count + 1)
    numbers.amount = grown(numbers.amount, numbers.at.length)
    numbers.fee = grown(numbers.fee, numbers.at.length)
    adminFees = grown(adminFees, numbers.at.length)
    reversed = grown(reversed, numbers.at.length)
    lineNumbers = grown(lineNumbers, numbers.at.length)
  }
  return {
    get count() {
      return count
    },
    add(line) {
      if (count === numbers.at.length) makeRoom()
      const sign = line.status === 'reversed' ? -1 : 1
      ids.push(line.paymentId)
      customers.push(line.customerId)
      if (line.customerId.length === NIK_DIGITS && !line.customerId.startsWith(BILL_CODE)) persons.push(count)
      outlets.push(line.outlet)
      numbers.at[count] = line.at
      numbers.amount[count] = line.amount
      numbers.fee[count] = line.fee
      // No fee and a fee of nothing are two things; NaN is the one number that no fee is.
      adminFees[count] = line.adminFee ?? Number.NaN
      reversed[count] = sign === -1 ? 1 : 0
      lineNumbers[count++] = line.line
      amount += sign * line.amount
      fee += sign * line.fee
    },
    ids,
    customers,
    outlets,
    persons,
    amount: (row) => numbers.amount[row] as Rupiah,
    fee: (row) => numbers.fee[row] as Rupiah,
    adminFee: (row) => (Number.isNaN(adminFees[row]) ? null : (adminFees[row] as Rupiah)),
    at: (row) => numbers.at[row] as Instant,
    isReversed: (row) => reversed[row] === 1,
    lineNumber: (row) => lineNumbers[row] as number,
    line: (row) => ({
      line: lineNumbers[row] as number,
      paymentId: ids.at(row),
      customerId: customers.at(row),
      outlet: outlets.at(row),
      at: numbers.at[row] as Instant,
      amount: numbers.amount[row] as Rupiah,
      adminFee: Number.isNaN(adminFees[row]) ? null : (adminFees[row] as Rupiah),
      fee: numbers.fee[row] as Rupiah,
      status: reversed[row] === 1 ? 'reversed' : 'settled',
    }),
    total: () => ({ amount: rupiah(amount), fee: rupiah(fee) }),
  }
}
