/** How long money has been waiting, in the classes that finance reports: for receivables, suspense, charges and receipts alike. */
import { type BusinessDate, DAY_MILLIS, startOfDay } from '../instant.ts'
import { type Rupiah, rupiah } from '../money.ts'

/** Up to and including so many days; the last has no end. Our choice, to be confirmed by finance. */
export const AGE_CLASSES = [
  { label: '0-7', to: 7 },
  { label: '8-30', to: 30 },
  { label: '31-90', to: 90 },
  { label: 'over-90', to: Number.POSITIVE_INFINITY },
] as const
export type AgeLabel = (typeof AGE_CLASSES)[number]['label']

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

/** Channels in order of name, the nameless first; all classes, those of nothing too. */
export function agedByChannel(waiting: readonly AgedAmount[], today: BusinessDate): readonly AgedChannel[] {
  const byChannel = Map.groupBy(waiting, ({ channel }) => channel)
  return [...byChannel]
    .sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
    .map(([channel, own]) => {
      const aged = own.map(({ since, amount }) => ({ days: ageInDays(since, today), amount }))
      const sumOf = (some: typeof aged) => rupiah(some.reduce((sum, { amount }) => sum + amount, 0))
      const ages = AGE_CLASSES.map(({ label, to }, i) => {
        const from = AGE_CLASSES[i - 1]?.to ?? -1
        const some = aged.filter(({ days }) => days > from && days <= to)
        return { label, amountRupiah: sumOf(some), count: some.length }
      })
      const oldestDays = Math.max(...aged.map(({ days }) => days))
      return { channel, totalRupiah: sumOf(aged), count: aged.length, oldestDays, ages }
    })
}
