/** Who is covered, by province, regency, sector or funding, against workers and targets. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { Choice, TextInput } from '../ui/fields.tsx'
import { Figure, Figures, Page, Section } from '../ui/page.tsx'
import { Answered } from '../ui/state.tsx'
import { type CoverageTrend, Sparkline, TrendSection, useCoverageTrend } from './coverage-trend.tsx'
import { ProvinceMap } from './province-map.tsx'
import { MEASURES } from './province-shapes.ts'

type Row = Schemas['CoverageRow']

const DIMENSIONS = ['province', 'regency', 'sector', 'funding'] as const

export function CoveragePage() {
  const { t, f } = useLanguage()
  const search = useSearch({ from: '/coverage' })
  const navigate = useNavigate()
  const by = DIMENSIONS.find((each) => each === search.by) ?? 'province'
  const { date } = search
  const filter = (change: Partial<typeof search>) =>
    void navigate({ to: '/coverage', search: { ...search, ...change } })
  const coverage = useQuery({
    queryKey: ['coverage', by, date],
    queryFn: () => answerOf(api.GET('/api/coverage', { params: { query: { by, date } } })),
    placeholderData: keepPreviousData,
  })
  const trend = useCoverageTrend(by)
  return (
    <Page
      title={t.coverage.title}
      lead={t.coverage.lead}
      actions={
        <>
          <Choice
            label={t.coverage.by}
            value={by}
            options={DIMENSIONS.map((each) => [each, worded(t.coverage.dimensions, each)] as const)}
            onChange={(value) => filter({ by: value })}
          />
          <TextInput
            label={t.coverage.day}
            type="date"
            value={date ?? ''}
            onChange={(value) => filter({ date: value || undefined })}
          />
        </>
      }
    >
      <Answered query={coverage} rows={8}>
        {({ total, rows, countedAt }) => (
          <>
            <Figures>
              <Figure
                label={t.coverage.covered}
                value={f.number(total.covered)}
                note={t.overview.ofTotal(f.number(total.total))}
              />
              <Figure
                label={t.coverage.ofInformal}
                value={total.ofInformalBasisPoints === null ? '–' : f.percent(total.ofInformalBasisPoints)}
                note={
                  total.targetBasisPoints === null
                    ? t.coverage.noTarget
                    : `${t.coverage.target} ${f.percent(total.targetBasisPoints)}`
                }
              />
              <Figure
                label={t.coverage.weekBefore}
                value={changeOf(total.covered, total.coveredWeekBefore, f.number)}
              />
              <Figure
                label={t.coverage.monthBefore}
                value={changeOf(total.covered, total.coveredMonthBefore, f.number)}
              />
            </Figures>
            {by === 'province' && (
              <Section title={t.people.map.title}>
                <ProvinceMap
                  rows={rows}
                  measure={MEASURES.find((each) => each === search.measure) ?? 'covered'}
                  chosen={search.province}
                  onMeasure={(measure) => filter({ measure })}
                  onChoose={(province) => filter({ province })}
                />
              </Section>
            )}
            <TrendSection trend={trend} />
            <Section title={worded(t.coverage.dimensions, by)} lead={`${t.state.updated} ${f.instant(countedAt)}`}>
              <Rows rows={rows} by={by} trend={trend.data} />
            </Section>
          </>
        )}
      </Answered>
    </Page>
  )
}

function Rows({
  rows,
  by,
  trend,
}: {
  readonly rows: readonly Row[]
  readonly by: string
  readonly trend: CoverageTrend | undefined
}) {
  const { t, f } = useLanguage()
  const columns = useMemo<readonly TableColumn<Row>[]>(() => {
    const monthsOf = new Map(trend?.groups.map(({ key, covered }) => [key, covered]))
    const words = by === 'sector' ? t.words.sectors : by === 'funding' ? t.words.fundings : {}
    return [
      {
        id: 'name',
        header: worded(t.coverage.dimensions, by),
        value: ({ key, name }) => words[key] ?? name ?? key,
        width: 13,
      },
      {
        id: 'total',
        header: t.coverage.total,
        value: ({ total }) => total,
        cell: ({ total }) => f.number(total),
        align: 'end',
        width: 8,
      },
      {
        id: 'covered',
        header: t.coverage.covered,
        value: ({ covered }) => covered,
        cell: (row) => <Share covered={row.covered} total={row.total} />,
        width: 13,
      },
      {
        id: 'week',
        header: t.coverage.weekBefore,
        value: (row) => (row.coveredWeekBefore === null ? null : row.covered - row.coveredWeekBefore),
        cell: (row) => changeOf(row.covered, row.coveredWeekBefore, f.number),
        align: 'end',
        width: 8,
      },
      {
        id: 'month',
        header: t.coverage.monthBefore,
        value: (row) => (row.coveredMonthBefore === null ? null : row.covered - row.coveredMonthBefore),
        cell: (row) => <Trend row={row} months={monthsOf.get(row.key) ?? []} />,
        align: 'end',
        width: 8,
      },
      {
        id: 'workers',
        header: t.coverage.workers,
        value: ({ workersInformal }) => workersInformal,
        cell: ({ workersInformal }) => (workersInformal === null ? '–' : f.number(workersInformal)),
        align: 'end',
        width: 9,
      },
      {
        id: 'target',
        header: t.coverage.target,
        value: ({ targetBasisPoints }) => targetBasisPoints,
        cell: ({ targetBasisPoints }) => (targetBasisPoints === null ? '–' : f.percent(targetBasisPoints)),
        align: 'end',
        width: 6,
      },
      {
        id: 'short',
        header: t.coverage.short,
        value: ({ shortOfTarget }) => shortOfTarget,
        cell: ({ shortOfTarget }) => (shortOfTarget === null ? '–' : f.number(shortOfTarget)),
        align: 'end',
        width: 10,
      },
    ]
  }, [t, f, by, trend])
  return (
    <DataTable
      label={t.coverage.title}
      rows={rows}
      columns={columns}
      keyOf={({ key }) => key}
      file={`coverage-${by}`}
      empty={t.state.empty}
    />
  )
}

function Share({ covered, total }: { readonly covered: number; readonly total: number }) {
  const { f } = useLanguage()
  const share = total === 0 ? 0 : covered / total
  return (
    <span className="in-row-share">
      <span className="share-line tone-good" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      <span className="number">
        {f.number(covered)} <span className="muted">{f.percent(share * 10_000)}</span>
      </span>
    </span>
  )
}

/** The months’ ends as a line, with the change in 30 days as a figure. */
function Trend({ row, months }: { readonly row: Row; readonly months: readonly number[] }) {
  const { f } = useLanguage()
  return (
    <span className="trend">
      <Sparkline values={months} />
      {changeOf(row.covered, row.coveredMonthBefore, f.number)}
    </span>
  )
}

function changeOf(now: number, before: number | null, number: (value: number) => string): string {
  if (before === null) return '–'
  const change = now - before
  return change > 0 ? `+${number(change)}` : change < 0 ? `−${number(-change)}` : '0'
}
