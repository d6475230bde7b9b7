/** Differences as a table: on a statement and in the list of all. */
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Schemas } from '../api/client.ts'
import type { Texts } from '../i18n/en.ts'
import { useFinance } from '../i18n/finance.ts'
import type { FinanceTexts } from '../i18n/finance-en.ts'
import type { Format } from '../i18n/format.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { DataTable, type DataTableProps, type RowSelection, type TableColumn } from '../ui/data-table.tsx'
import { Badge } from '../ui/page.tsx'
import { toneOf } from '../ui/tones.ts'
import { PersonName } from './books/person.tsx'

type Difference = Schemas['ListedDifference']

export function DifferenceTable({
  items,
  empty,
  file,
  more,
  selection,
  isOfOneDay = false,
}: {
  readonly items: readonly Difference[]
  readonly empty: string
  readonly file: string
  readonly more?: DataTableProps<Difference>['more']
  readonly selection?: RowSelection<Difference> | undefined
  readonly isOfOneDay?: boolean
}) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const columns = useMemo<readonly TableColumn<Difference>[]>(
    () => [
      {
        id: 'class',
        header: t.difference.class,
        value: (row) => worded(t.words.bridge, row.class),
        cell: (row) => (
          <Link to="/differences/$id" params={{ id: row.id }}>
            {worded(t.words.bridge, row.class)}
          </Link>
        ),
        width: 13,
      },
      {
        id: 'state',
        header: t.difference.state,
        value: (each) => stateWord(each, t, b),
        cell: (each) => <Badge tone={toneOf(each.state)}>{stateWord(each, t, b)}</Badge>,
        width: 9,
      },
      ...(isOfOneDay ? [] : dayColumns(t, f)),
      {
        id: 'stake',
        header: t.difference.stake,
        value: ({ stakeRupiah }) => stakeRupiah,
        cell: ({ stakeRupiah }) => f.money(stakeRupiah),
        align: 'end',
        width: 8,
      },
      {
        id: 'hub',
        header: t.difference.weHave,
        value: (row) => row.hubAmountRupiah,
        cell: (row) => (row.hubAmountRupiah === null ? '–' : f.money(row.hubAmountRupiah)),
        align: 'end',
        width: 8,
      },
      {
        id: 'file',
        header: t.difference.fileHas,
        value: (row) => row.fileAmountRupiah,
        cell: (row) => (row.fileAmountRupiah === null ? '–' : f.money(row.fileAmountRupiah)),
        align: 'end',
        width: 8,
      },
      {
        id: 'age',
        header: t.difference.daysOpen,
        value: ({ daysOpen }) => daysOpen,
        cell: ({ daysOpen }) => f.number(daysOpen),
        align: 'end',
        width: 8,
      },
      {
        id: 'owner',
        header: b.case.owner,
        value: ({ owner }) => owner,
        cell: ({ owner }) => (owner === null ? '–' : <PersonName subject={owner} />),
        width: 9,
      },
      {
        id: 'payment',
        header: t.settlement.paymentId,
        value: ({ paymentId }) => paymentId,
        cell: ({ paymentId }) => <span className="mono">{paymentId || '–'}</span>,
        width: 13,
      },
    ],
    [t, f, b, isOfOneDay],
  )
  return (
    <DataTable
      label={t.difference.title}
      rows={items}
      columns={columns}
      keyOf={({ id }) => id}
      file={file}
      empty={empty}
      more={more}
      selection={selection}
    />
  )
}

/** On the page of one day of one channel they would say the same in every row. */
function dayColumns({ words, overview, difference }: Texts, f: Format): readonly TableColumn<Difference>[] {
  return [
    { id: 'channel', header: overview.channel, value: ({ channel }) => worded(words.channels, channel), width: 8.6 },
    {
      id: 'day',
      header: difference.day,
      value: ({ date }) => date,
      cell: ({ date }) => f.shortDay(date),
      width: 6,
    },
  ]
}

/** In the list and on the page of the case. */
export function stateWord(
  { state, waitsFor }: Pick<Difference, 'state' | 'waitsFor'>,
  t: Texts,
  { words }: FinanceTexts,
): string {
  return waitsFor === 'admin' ? worded(words.awaited, waitsFor) : worded(t.words.states, state)
}
