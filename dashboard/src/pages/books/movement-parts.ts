/** Parts of a movement as a person writes them, and as the API takes them. Pure. */
import type { Schemas } from '../../api/client.ts'

type RequestedPart = Schemas['PlacementPart']
export const KINDS = ['channel-day', 'channel-charge', 'fee-invoice', 'bank-charges', 'interest'] as const
export type PartKind = (typeof KINDS)[number]

export type DraftPart = {
  readonly id: number
  readonly to: PartKind
  readonly channel: string
  readonly date: string
  /** Id of the charged difference, or number of the invoice. */
  readonly item: string
  readonly amount: string
}

const WHOLE_RUPIAH = /^-?\d{1,15}$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

export function emptyPart(id: number, amountRupiah: number | null): DraftPart {
  const amount = amountRupiah === null || amountRupiah === 0 ? '' : String(amountRupiah)
  return { id, to: 'channel-day', channel: 'pos', date: '', item: '', amount }
}

/** Undefined: something is missing yet. */
export function partsOf(
  action: 'place' | 'move' | 'return',
  drafts: readonly DraftPart[],
): readonly RequestedPart[] | undefined {
  const parts = (action === 'return' ? drafts.slice(0, 1) : drafts).map((draft) => partOf(action, draft))
  const whole = parts.filter((part) => part !== undefined)
  return whole.length === parts.length ? whole : undefined
}

function partOf(action: 'place' | 'move' | 'return', draft: DraftPart): RequestedPart | undefined {
  const { to, channel, date, item, amount } = draft
  if (!WHOLE_RUPIAH.test(amount.trim()) || Number(amount) === 0) return undefined
  const amountRupiah = Number(amount)
  if (action === 'return') return { to: 'returned', amountRupiah }
  switch (to) {
    case 'channel-day':
      return DAY.test(date) ? { to, channel, date, amountRupiah } : undefined
    case 'channel-charge':
      return item.trim() === '' ? undefined : { to, channel, differenceId: item.trim(), amountRupiah }
    case 'fee-invoice':
      return item.trim() === '' ? undefined : { to, channel, number: item.trim(), amountRupiah }
    case 'bank-charges':
    case 'interest':
      return { to, amountRupiah }
    default:
      return to satisfies never
  }
}
