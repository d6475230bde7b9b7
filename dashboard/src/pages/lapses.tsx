/** Who lapses soon, and the rupiah that would keep them. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { type Bar, BarChart } from '../ui/chart.tsx'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { Choice } from '../ui/fields.tsx'
import { Badge, Figure, Figures, Page, Section } from '../ui/page.tsx'
import { Answered } from '../ui/state.tsx'
import { toneOf } from '../ui/tones.ts'
import { LAPSE_DIMENSIONS, type LapseDimension, LapseGroups } from './lapse-groups.tsx'

type Lapse = Schemas['Lapse']
type Lapses = Schemas['Lapses']

const CHOICES = [7, 14, 30, 60, 90] as const

export function LapsesPage() {
  const { t } = useLanguage()
  const search = useSearch({ from: '/lapses' })
  const navigate = useNavigate()
  const days = CHOICES.find((each) => String(each) === search.days) ?? 30
  const by = LAPSE_DIMENSIONS.find((each) => each === search.by) ?? 'province'
  // These two cost a look at every membership: they are asked for when somebody wants them.
  const lookedUp = by === 'channel' || by === 'notice' ? by : undefined
  const lapses = useInfiniteQuery({
    queryKey: ['lapses', days, lookedUp],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) =>
      answerOf(
        api.GET('/api/lapses', { params: { query: { days, limit: 500, after, by: lookedUp } } }),
      ) as Promise<Lapses>,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title={t.lapses.title}
      lead={t.lapses.lead}
      actions={
        <Choice
          label={t.lapses.days}
          value={String(days)}
          options={CHOICES.map((each) => [String(each), String(each)] as const)}
          onChange={(value) => void navigate({ to: '/lapses', search: { ...search, days: value } })}
        />
      }
    >
      <Answered query={lapses} rows={8}>
        {({ pages }) => (
          <>
            {pages[0] !== undefined && (
              <Totals
                lapses={pages[0]}
                by={by}
                onBy={(next) => void navigate({ to: '/lapses', search: { ...search, by: next } })}
              />
            )}
            <Section title={t.lapses.count}>
              <Rows
                pages={pages}
                more={
                  lapses.hasNextPage
                    ? { load: () => void lapses.fetchNextPage(), isLoading: lapses.isFetchingNextPage }
                    : undefined
                }
              />
            </Section>
          </>
        )}
      </Answered>
    </Page>
  )
}

function Totals({
  lapses: { totals, until },
  by,
  onBy,
}: {
  readonly lapses: Lapses
  readonly by: LapseDimension
  readonly onBy: (by: LapseDimension) => void
}) {
  const { t, f } = useLanguage()
  const bars = useMemo<readonly Bar[]>(
    () =>
      (totals?.byDay ?? []).map(({ key, keepRupiah }) => ({
        label: f.shortDay(key),
        from: 0,
        to: keepRupiah,
        tone: 'warn' as const,
      })),
    [totals, f],
  )
  if (totals === null) return null
  return (
    <>
      {!totals.complete && <p className="notice warning">{t.lapses.partly}</p>}
      <Figures>
        <Figure label={t.lapses.count} value={f.number(totals.count)} note={`${t.cover.until} ${f.day(until)}`} />
        <Figure label={t.lapses.keep} value={f.money(totals.keepRupiah)} />
      </Figures>
      {bars.length > 1 && (
        <Section title={t.lapses.byDay} lead={t.lapses.keep}>
          <BarChart bars={bars} label={t.lapses.byDay} low />
        </Section>
      )}
      <LapseGroups totals={totals} by={by} onBy={onBy} />
    </>
  )
}

function Rows({
  pages,
  more,
}: {
  readonly pages: readonly Lapses[]
  readonly more: { readonly load: () => void; readonly isLoading: boolean } | undefined
}) {
  const { t, f } = useLanguage()
  const rows = useMemo(() => pages.flatMap(({ items }) => items), [pages])
  const columns = useMemo<readonly TableColumn<Lapse>[]>(
    () => [
      {
        id: 'kpj',
        header: 'KPJ',
        value: ({ kpj }) => kpj,
        cell: ({ kpj }) => (
          <Link to="/participants/$kpj" params={{ kpj }}>
            {kpj}
          </Link>
        ),
        width: 9.6,
      },
      {
        id: 'on',
        header: t.lapses.lapsesOn,
        value: ({ lapsesOn }) => lapsesOn,
        cell: ({ lapsesOn }) => f.day(lapsesOn),
        width: 11.5,
      },
      {
        id: 'status',
        header: t.membership.status,
        value: ({ status }) => worded(t.words.membership, status),
        cell: ({ status }) => <Badge tone={toneOf(status)}>{worded(t.words.membership, status)}</Badge>,
        width: 11,
      },
      { id: 'months', header: t.lapses.months, value: ({ keepMonths }) => keepMonths.length, align: 'end', width: 11 },
      {
        id: 'amount',
        header: t.lapses.amount,
        value: ({ keepRupiah }) => keepRupiah,
        cell: ({ keepRupiah }) => f.money(keepRupiah),
        align: 'end',
        width: 8,
      },
      { id: 'province', header: t.lapses.province, value: ({ province }) => province, width: 12 },
      { id: 'sector', header: t.membership.sector, value: ({ sector }) => worded(t.words.sectors, sector), width: 8 },
      {
        id: 'funding',
        header: t.membership.funding,
        value: ({ funding }) => worded(t.words.fundings, funding),
        width: 10,
      },
      {
        id: 'channel',
        header: t.lapses.lastChannel,
        value: ({ lastChannel }) => (lastChannel === null ? null : worded(t.words.channels, lastChannel)),
        width: 9,
      },
      {
        id: 'notice',
        header: t.people.lapses.notice,
        value: ({ lastNotice }) =>
          lastNotice === null
            ? null
            : `${worded(t.words.stages, lastNotice.stage)}: ${worded(t.words.noticeStates, lastNotice.state)}`,
        cell: ({ lastNotice }) =>
          lastNotice === null ? (
            '–'
          ) : (
            <span className="two-lines">
              <Badge tone={toneOf(lastNotice.state)}>{worded(t.words.noticeStates, lastNotice.state)}</Badge>
              <small className="muted">{worded(t.words.stages, lastNotice.stage)}</small>
            </span>
          ),
        width: 10,
      },
    ],
    [t, f],
  )
  return (
    <DataTable
      label={t.lapses.title}
      rows={rows}
      columns={columns}
      keyOf={({ kpj }) => kpj}
      file="lapses"
      empty={t.lapses.none}
      more={more}
    />
  )
}
