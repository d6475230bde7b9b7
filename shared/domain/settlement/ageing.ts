/** How long money has been waiting, in the classes that finance reports: for receivables, suspense, charges and receipts alike. */
import { type BusinessDate, DAY_MILLIS, startOfDay } from '../instant.ts'
import { type Rupiah, rupiah } from '../money.ts'

/** Up to and including so many days; the last has no end. Our choice, to be confirmed by finance. */
const AGE_CLASSES = [
  { label: '0-7', to: 7 },
  { label: '8-30', to: 30 },
  { label: '31-90', to: 90 },
  { label: 'over-90', to: Number.POSITIVE_INFINITY },
] as const
export type AgeLabel = (typeof AGE_CLASSES)[number]['label']
export const AGE_LABELS = AGE_CLASSES.map(({ label }) => label)

export type AgedAmount = { readonly channel: string | null; readonly since: BusinessDate; readonly amount: Rupiah }

/** Signed sums of one channel; null: of no channel. */
export type AgedChannel = {
  readonly channel: string | null
  readonly totalRupiah: Rupiah
  readonly count: number
  readonly oldestDays: number
  readonly ages: readonly { readonly label: AgeLabel; readonly amountRupiah: Rupiah; readonly count: number }[]
}

/** Never negative: what is booked for tomorrow is of today. */
export function ageInDays(since: BusinessDate, today: BusinessDate): number {
  return Math.max(0, Math.round((startOfDay(today) - startOfDay(since)) / DAY_MILLIS))
}

/** One class has each age: what a class counts is what a list with this class shows. */
export function ageLabelOf(since: BusinessDate, today: BusinessDate): AgeLabel {
  const days = ageInDays(since, today)
  return AGE_CLASSES.find(({ to }) => days <= to)?.label ?? 'over-90'
}

/** Channels in order of name, the nameless first; all classes, those of nothing too. */
export function agedByChannel(waiting: readonly AgedAmount[], today: BusinessDate): readonly AgedChannel[] {
  const byChannel = Map.groupBy(waiting, ({ channel }) => channel)
  return [...byChannel]
    .sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
    .map(([channel, own]) => {
      const byLabel = Map.groupBy(own, ({ since }) => ageLabelOf(since, today))
      const ages = AGE_CLASSES.map(({ label }) => {
        const some = byLabel.get(label) ?? []
        return { label, amountRupiah: sumOf(some), count: some.length }
      })
      const oldestDays = own.reduce((oldest, { since }) => Math.max(oldest, ageInDays(since, today)), 0)
      return { channel, totalRupiah: sumOf(own), count: own.length, oldestDays, ages }
    })
}

function sumOf(some: readonly AgedAmount[]): Rupiah {
  return rupiah(some.reduce((sum, { amount }) => sum + amount, 0))
}
