/** What is open on a day: as it is now, and beside it as it was when the day was signed, where that differs. */
import type { Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Empty } from '../../ui/state.tsx'
import { PlainTable } from './plain-table.tsx'

type Carried = Schemas['SignOff']['carried'][number]

/** Labels are rows of a statement, or say why something is in none. */
export function useItemLabel(): (label: string) => string {
  const { t } = useLanguage()
  const b = useFinance()
  return (label) => b.words.openItems[label] ?? t.words.bridge[label] ?? label
}

export function CarriedTable({
  now,
  signed,
  label,
}: {
  readonly now: readonly Carried[]
  readonly signed: readonly Carried[] | null
  readonly label: string
}) {
  const { f } = useLanguage()
  const b = useFinance()
  const itemLabel = useItemLabel()
  const labels = [...new Set([...now, ...(signed ?? [])].map((each) => each.label))]
  if (labels.length === 0) return <Empty>{b.days.noneOpen}</Empty>
  const of = (items: readonly Carried[], wanted: string) => items.find((each) => each.label === wanted)
  const money = (item: Carried | undefined) => (item === undefined ? '–' : f.money(item.amountRupiah))
  const was = signed === null ? [] : [signed]
  return (
    <PlainTable
      label={label}
      rows={labels}
      keyOf={(each) => each}
      columns={[
        { header: b.days.item, cell: itemLabel, isName: true },
        { header: b.days.count, cell: (each) => f.number(of(now, each)?.count ?? 0), align: 'end' },
        ...was.map((items) => ({
          header: b.days.before,
          cell: (each: string) => money(of(items, each)),
          align: 'end' as const,
        })),
        { header: signed === null ? b.days.amount : b.days.now, cell: (each) => money(of(now, each)), align: 'end' },
      ]}
      foot={[b.days.sum, '', ...was.map((items) => f.money(sumOf(items))), f.money(sumOf(now))]}
    />
  )
}

export function sumOf(items: readonly { readonly amountRupiah: number }[]): number {
  return items.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0)
}
