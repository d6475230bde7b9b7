/** Who lapses, added up by province, sector, funding or last channel, with the rupiah that would keep each group. */
import { useMemo, useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { Choice } from '../ui/fields.tsx'
import { Section } from '../ui/page.tsx'

type Totals = NonNullable<Schemas['Lapses']['totals']>
type Group = Totals['byProvince'][number]

const DIMENSIONS = ['province', 'sector', 'funding', 'channel'] as const
type Dimension = (typeof DIMENSIONS)[number]

export function LapseGroups({ totals }: { readonly totals: Totals }) {
  const { t, f } = useLanguage()
  const { lapses: texts } = t.people
  const [by, setBy] = useState<Dimension>('province')
  const groups = groupsOf(totals, by)
  const columns = useMemo<readonly TableColumn<Group>[]>(() => {
    const words =
      by === 'sector'
        ? t.words.sectors
        : by === 'funding'
          ? t.words.fundings
          : by === 'channel'
            ? { ...t.words.channels, none: texts.none }
            : {}
    return [
      { id: 'key', header: worded(texts.by, by), value: ({ key }) => words[key] ?? key, width: 12 },
      {
        id: 'count',
        header: t.lapses.count,
        value: ({ count }) => count,
        cell: ({ count }) => (
          <span className="in-row-share">
            <span className="share-line tone-warn" aria-hidden="true">
              <span style={{ width: `${totals.count === 0 ? 0 : (count / totals.count) * 100}%` }} />
            </span>
            <span className="number">{f.number(count)}</span>
          </span>
        ),
        width: 11,
      },
      {
        id: 'keep',
        header: t.lapses.keep,
        value: ({ keepRupiah }) => keepRupiah,
        cell: ({ keepRupiah }) => f.money(keepRupiah),
        align: 'end',
        width: 10,
      },
    ]
  }, [t, f, texts, by, totals.count])
  if (totals.count === 0) return null
  return (
    <Section
      title={texts.groups}
      actions={
        <Choice
          label={texts.group}
          value={by}
          options={DIMENSIONS.filter((each) => each !== 'channel' || totals.byChannel !== null).map(
            (each) => [each, worded(texts.by, each)] as const,
          )}
          onChange={(value) => setBy(DIMENSIONS.find((each) => each === value) ?? 'province')}
        />
      }
    >
      <DataTable
        label={`${t.lapses.title}: ${worded(texts.by, by)}`}
        rows={groups}
        columns={columns}
        keyOf={({ key }) => key}
        file={`lapses-by-${by}`}
        empty={t.lapses.none}
      />
    </Section>
  )
}

function groupsOf(totals: Totals, by: Dimension): readonly Group[] {
  switch (by) {
    case 'province':
      return totals.byProvince
    case 'sector':
      return totals.bySector
    case 'funding':
      return totals.byFunding
    case 'channel':
      return totals.byChannel ?? []
  }
}
