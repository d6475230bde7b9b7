/**
 * What the join asks of a payment, side by side in one growing buffer: whoever finds a payment has all of it at once, and a
 * million of them are found without a million far-off reads for each thing asked.
 *
 * ```
 *   0        8         9               10         12    16       24             32       32 + id
 *   amount   reversed  account's size  id's size  row   decided  outlet's hash  id ...   account ...
 * ```
 * Knows nothing of lines and days.
 */
import { grown, written } from './text-column.ts'

const HEAD = 32
const REVERSED = 8
const ACCOUNT_SIZE = 9
const ID_SIZE = 10
const ROW = 12
const DECIDED = 16
const OUTLET = 24

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** `outletHash`: 0 where there is no outlet. */
export type HubRecord = {
  readonly id: string
  readonly account: string
  readonly amount: number
  readonly isReversed: boolean
  readonly decidedAt: number
  readonly outletHash: number
}

export type HubRecords = {
  readonly push: (record: HubRecord) => void
  readonly decidedAt: (row: number) => number
  readonly id: (row: number) => string
  readonly idSize: (row: number) => number
  readonly account: (row: number) => string
  readonly amount: (row: number) => number
  readonly isReversed: (row: number) => boolean
  readonly markReversed: (row: number) => void
  /** The buffer and where each row begins in it. Good until the next push. */
  readonly raw: () => { readonly bytes: Uint8Array; readonly view: DataView; readonly starts: Uint32Array }
}

export function hubRecords(expected: number): HubRecords {
  let bytes = new Uint8Array(expected * (HEAD + 32))
  let view = new DataView(bytes.buffer)
  let starts = new Uint32Array(expected)
  let count = 0
  let used = 0
  const start = (row: number) => starts[row] as number
  const text = (from: number, size: number) => decoder.decode(bytes.subarray(from, from + size))
  return {
    push({ id, account, amount, isReversed, decidedAt, outletHash }) {
      // Three bytes for each UTF-16 unit is the most that UTF-8 takes.
      const most = used + HEAD + (id.length + account.length) * 3
      if (most > bytes.length) {
        bytes = grown(bytes, most)
        view = new DataView(bytes.buffer)
      }
      if (count === starts.length) starts = grown(starts, count + 1)
      const idEnd = written(id, bytes, used + HEAD)
      const end = written(account, bytes, idEnd)
      view.setFloat64(used, amount, true)
      bytes[used + REVERSED] = isReversed ? 1 : 0
      bytes[used + ACCOUNT_SIZE] = Math.min(end - idEnd, 255)
      view.setUint16(used + ID_SIZE, idEnd - used - HEAD, true)
      view.setUint32(used + ROW, count, true)
      view.setFloat64(used + DECIDED, decidedAt, true)
      view.setUint32(used + OUTLET, outletHash, true)
      starts[count++] = used
      used = end
    },
    id: (row) => text(start(row) + HEAD, view.getUint16(start(row) + ID_SIZE, true)),
    idSize: (row) => view.getUint16(start(row) + ID_SIZE, true),
    account: (row) => {
      const from = start(row) + HEAD + view.getUint16(start(row) + ID_SIZE, true)
      return text(from, (row + 1 < count ? start(row + 1) : used) - from)
    },
    amount: (row) => view.getFloat64(start(row), true),
    decidedAt: (row) => view.getFloat64(start(row) + DECIDED, true),
    isReversed: (row) => bytes[start(row) + REVERSED] === 1,
    markReversed: (row) => {
      bytes[start(row) + REVERSED] = 1
    },
    raw: () => ({ bytes, view, starts }),
  }
}

/** Of a record that begins at `at`. */
export const RECORD = {
  idFrom: (at: number) => at + HEAD,
  idSize: (view: DataView, at: number) => view.getUint16(at + ID_SIZE, true),
  accountSize: (bytes: Uint8Array, at: number) => bytes[at + ACCOUNT_SIZE] as number,
  amount: (view: DataView, at: number) => view.getFloat64(at, true),
  isReversed: (bytes: Uint8Array, at: number) => bytes[at + REVERSED] === 1,
  row: (view: DataView, at: number) => view.getUint32(at + ROW, true),
  decidedAt: (view: DataView, at: number) => view.getFloat64(at + DECIDED, true),
  outletHash: (view: DataView, at: number) => view.getUint32(at + OUTLET, true),
} as const
