/** Who lapses, added up by province, sector, funding, last channel or the fate of the last notice, with the rupiah that would keep each group. */
import { useMemo } from 'react'
import type { Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { Choice } from '../ui/fields.tsx'
import { Section } from '../ui/page.tsx'

type Totals = NonNullable<Schemas['Lapses']['totals']>
type Group = Totals['byProvince'][number]

export const LAPSE_DIMENSIONS = ['province', 'sector', 'funding', 'channel', 'notice'] as const
export type LapseDimension = (typeof LAPSE_DIMENSIONS)[number]

export function LapseGroups({
  totals,
  by,
  onBy,
}: {
  readonly totals: Totals
  readonly by: LapseDimension
  readonly onBy: (by: LapseDimension) => void
}) {
  const { t, f } = useLanguage()
  const { lapses: texts } = t.people
  const groups = groupsOf(totals, by)
  const columns = useMemo<readonly TableColumn<Group>[]>(() => {
    const words =
      by === 'sector'
        ? t.words.sectors
        : by === 'funding'
          ? t.words.fundings
          : by === 'channel'
            ? { ...t.words.channels, none: texts.none }
            : by === 'notice'
              ? { ...t.words.noticeStates, none: texts.noNotice }
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
          options={LAPSE_DIMENSIONS.map((each) => [each, worded(texts.by, each)] as const)}
          onChange={(value) => onBy(LAPSE_DIMENSIONS.find((each) => each === value) ?? 'province')}
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

function groupsOf(totals: Totals, by: LapseDimension): readonly Group[] {
  switch (by) {
    case 'province':
      return totals.byProvince
    case 'sector':
      return totals.bySector
    case 'funding':
      return totals.byFunding
    case 'channel':
      return totals.byChannel ?? []
    case 'notice':
      return totals.byNotice ?? []
  }
}
