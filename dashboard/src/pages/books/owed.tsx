/** What channels owe, by channel and age; a class leads to what is in it. */
import './books.css'
import { type UseQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { CALM } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { DataTable, type TableColumn } from '../../ui/data-table.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Answered } from '../../ui/state.tsx'
import { AgeFilter, Ages, type Bucket, bucketIn, isWorthFiltering } from './ages.tsx'
import { useItemLabel } from './carried-table.tsx'

type Receivable = Schemas['OpenReceivable']
type Charge = Schemas['ChannelCharge']

export function OwedPage() {
  const b = useFinance()
  const search = useSearch({ from: '/owed' })
  const navigate = useNavigate()
  const bucket = bucketIn(search)
  const open = (what: string, next: Bucket) => void navigate({ to: '/owed', search: { what, ...next } })
  const receivables = useQuery({
    queryKey: ['ageing', 'receivables'],
    queryFn: () => answerOf(api.GET('/api/ageing/receivables')),
    refetchInterval: CALM,
  })
  const charges = useQuery({
    queryKey: ['ageing', 'charges'],
    queryFn: () => answerOf(api.GET('/api/ageing/channel-charges')),
    refetchInterval: CALM,
  })
  const ofReceivables = search.what === 'charges' ? {} : bucket
  const ofCharges = search.what === 'charges' ? bucket : {}
  return (
    <Page title={b.owed.title} lead={b.owed.lead}>
      <Aged
        title={b.owed.receivables}
        file="receivables-by-age"
        empty={b.owed.noReceivables}
        query={receivables}
        bucket={ofReceivables}
        open={(next) => open('receivables', next)}
      >
        <ReceivableList bucket={ofReceivables} />
      </Aged>
      <Aged
        title={b.owed.charges}
        file="channel-charges-by-age"
        empty={b.owed.noCharges}
        query={charges}
        bucket={ofCharges}
        open={(next) => open('charges', next)}
      >
        <ChargeList bucket={ofCharges} />
      </Aged>
    </Page>
  )
}

/** What is owed by age, and below it the list of the class that was opened. */
function Aged({
  title,
  file,
  empty,
  query,
  bucket,
  open,
  children,
}: {
  readonly title: string
  /** The name of the file that the table by age is saved as. */
  readonly file: string
  readonly empty: string
  readonly query: UseQueryResult<Schemas['Ageing']>
  readonly bucket: Bucket
  readonly open: (next: Bucket) => void
  readonly children: ReactNode
}) {
  return (
    <Section title={title}>
      <Answered query={query}>
        {(ageing) => <Ages ageing={ageing} empty={empty} label={title} file={file} bucket={bucket} open={open} />}
      </Answered>
      {isWorthFiltering(query.data, bucket) && <AgeFilter bucket={bucket} change={open} />}
      {children}
    </Section>
  )
}

function ReceivableList({ bucket }: { readonly bucket: Bucket }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const itemLabel = useItemLabel()
  const list = useInfiniteQuery({
    queryKey: ['receivables', bucket],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) =>
      answerOf(api.GET('/api/receivables', { params: { query: { ...bucket, limit: 100, after } } })),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const columns = useMemo<readonly TableColumn<Receivable>[]>(
    () => [
      {
        id: 'channel',
        header: b.owed.channel,
        value: ({ channel }) => worded(t.words.channels, channel),
        cell: ({ channel }) => (
          <Link to="/receivables/$channel" params={{ channel }} search={{ asOf: undefined }}>
            {worded(t.words.channels, channel)}
          </Link>
        ),
        width: 9,
      },
      {
        id: 'day',
        header: b.days.day,
        value: ({ date }) => date,
        cell: ({ channel, date }) => (
          <Link to="/settlement/$channel/$date" params={{ channel, date }}>
            {f.day(date)}
          </Link>
        ),
        width: 11.5,
      },
      { id: 'item', header: b.owed.item, value: ({ label }) => itemLabel(label), width: 13 },
      {
        id: 'amount',
        header: b.owed.open,
        value: ({ amountRupiah }) => amountRupiah,
        cell: ({ amountRupiah }) => f.money(amountRupiah),
        align: 'end',
        width: 9,
      },
      { id: 'count', header: b.days.count, value: ({ count }) => count, align: 'end', width: 6 },
      { id: 'age', header: t.suspense.days, value: ({ ageDays }) => ageDays, align: 'end', width: 7 },
    ],
    [t, f, b, itemLabel],
  )
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])
  return (
    <Answered query={list}>
      {() =>
        rows.length > 0 && (
          <DataTable
            label={b.owed.receivables}
            rows={rows}
            columns={columns}
            keyOf={({ channel, date, label }) => `${channel} ${date} ${label}`}
            file="receivables"
            empty={b.owed.noReceivables}
            more={
              list.hasNextPage
                ? { load: () => void list.fetchNextPage(), isLoading: list.isFetchingNextPage }
                : undefined
            }
          />
        )
      }
    </Answered>
  )
}

function ChargeList({ bucket }: { readonly bucket: Bucket }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const list = useInfiniteQuery({
    queryKey: ['charges', bucket],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) =>
      answerOf(api.GET('/api/channel-charges', { params: { query: { ...bucket, limit: 100, after } } })),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const columns = useMemo<readonly TableColumn<Charge>[]>(
    () => [
      {
        id: 'channel',
        header: b.owed.channel,
        value: ({ channel }) => worded(t.words.channels, channel),
        width: 9,
      },
      {
        id: 'difference',
        header: t.suspense.difference,
        value: ({ differenceId }) => differenceId,
        cell: ({ differenceId }) => (
          <Link to="/differences/$id" params={{ id: differenceId }} className="mono">
            {differenceId}
          </Link>
        ),
        width: 15,
      },
      ...(
        [
          [b.owed.charged, 'chargedRupiah'],
          [b.owed.paid, 'paidRupiah'],
          [b.owed.open, 'amountRupiah'],
        ] as const
      ).map(([header, name]) => ({
        id: name,
        header,
        value: (charge: Charge) => charge[name],
        cell: (charge: Charge) => f.money(charge[name]),
        align: 'end' as const,
        width: 8,
      })),
      {
        id: 'on',
        header: b.owed.chargedOn,
        value: ({ chargedOn }) => chargedOn,
        cell: ({ chargedOn }) => f.shortDay(chargedOn),
        width: 8,
      },
      { id: 'age', header: t.suspense.days, value: ({ ageDays }) => ageDays, align: 'end', width: 7 },
    ],
    [t, f, b],
  )
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])
  return (
    <Answered query={list}>
      {() =>
        rows.length > 0 && (
          <DataTable
            label={b.owed.charges}
            rows={rows}
            columns={columns}
            keyOf={({ differenceId }) => differenceId}
            file="channel-charges"
            empty={b.owed.noCharges}
            more={
              list.hasNextPage
                ? { load: () => void list.fetchNextPage(), isLoading: list.isFetchingNextPage }
                : undefined
            }
          />
        )
      }
    </Answered>
  )
}
