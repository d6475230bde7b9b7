/** Money that waits: in suspense, or received and of nobody yet; by channel and age, and one by one. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { CALM } from '../api/answers.ts'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useFinance } from '../i18n/finance.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Answered } from '../ui/state.tsx'
import { MovementTable } from './bank.tsx'
import { AgeFilter, Ages, type Bucket, bucketIn, isWorthFiltering } from './books/ages.tsx'
import { SuspenseExit } from './books/suspense-exit.tsx'

type Item = Schemas['SuspenseItem']

export function SuspensePage() {
  const { t } = useLanguage()
  const search = useSearch({ from: '/suspense' })
  const navigate = useNavigate()
  const bucket = bucketIn(search)
  const open = (next: Bucket) => void navigate({ to: '/suspense', search: next })
  const suspenseAges = useQuery({
    queryKey: ['ageing', 'suspense'],
    queryFn: () => answerOf(api.GET('/api/ageing/suspense')),
    refetchInterval: CALM,
  })
  const unidentifiedAges = useQuery({
    queryKey: ['ageing', 'unidentified'],
    queryFn: () => answerOf(api.GET('/api/ageing/unidentified')),
    refetchInterval: CALM,
  })
  return (
    <Page title={t.suspense.title} lead={t.suspense.lead}>
      <Section title={t.suspense.inSuspense}>
        <Answered query={suspenseAges}>
          {(ageing) => (
            <Ages
              ageing={ageing}
              empty={t.suspense.noneSuspense}
              label={t.suspense.inSuspense}
              file="suspense-by-age"
              bucket={bucket}
              open={open}
            />
          )}
        </Answered>
        {(isWorthFiltering(suspenseAges.data, bucket) || isWorthFiltering(unidentifiedAges.data, bucket)) && (
          <AgeFilter bucket={bucket} change={open} />
        )}
        <SuspenseItems bucket={bucket} chosen={search.item} />
      </Section>
      <Section title={t.suspense.unidentified}>
        <Answered query={unidentifiedAges}>
          {(ageing) => (
            <Ages
              ageing={ageing}
              empty={t.suspense.noneUnidentified}
              label={t.suspense.unidentified}
              file="unidentified-by-age"
              bucket={bucket}
              open={open}
            />
          )}
        </Answered>
        <Unidentified bucket={bucket} />
      </Section>
    </Page>
  )
}

function SuspenseItems({ bucket, chosen }: { readonly bucket: Bucket; readonly chosen: string | undefined }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const suspense = useInfiniteQuery({
    queryKey: ['suspense', bucket],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) =>
      answerOf(api.GET('/api/suspense', { params: { query: { ...bucket, limit: 100, after } } })),
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: CALM,
  })
  const columns = useMemo<readonly TableColumn<Item>[]>(
    () => [
      {
        id: 'since',
        header: t.suspense.since,
        value: ({ since }) => since,
        cell: ({ since }) => f.day(since),
        width: 11.5,
      },
      {
        id: 'decide',
        header: b.suspense.choose,
        value: ({ proposal }) => (proposal?.state === 'proposed' ? worded(b.words.proposals, 'proposed') : null),
        cell: ({ id, proposal }) => (
          <Link to="/suspense" search={{ ...bucket, item: id }}>
            {proposal?.state === 'proposed' ? worded(b.words.proposals, 'proposed') : b.suspense.choose}
          </Link>
        ),
        width: 11,
      },
      {
        id: 'channel',
        header: t.overview.channel,
        value: ({ channel }) => worded(t.words.channels, channel),
        width: 8,
      },
      {
        id: 'amount',
        header: t.overview.amount,
        value: ({ amountRupiah }) => amountRupiah,
        cell: ({ amountRupiah }) => f.money(amountRupiah),
        align: 'end',
        width: 8,
      },
      { id: 'age', header: t.suspense.days, value: ({ ageDays }) => ageDays, align: 'end', width: 7 },
      { id: 'why', header: t.suspense.why, value: ({ why }) => worded(t.words.suspense, why), width: 12 },
      {
        id: 'difference',
        header: t.suspense.difference,
        value: ({ differenceId }) => differenceId,
        cell: ({ differenceId }) =>
          differenceId === null ? (
            '–'
          ) : (
            <Link to="/differences/$id" params={{ id: differenceId }} className="mono">
              {differenceId}
            </Link>
          ),
        width: 14,
      },
      {
        id: 'account',
        header: t.difference.account,
        value: ({ account }) => account,
        cell: ({ account }) => <span className="mono">{account}</span>,
        width: 12,
      },
    ],
    [t, f, b, bucket],
  )
  const items = useMemo(() => suspense.data?.pages.flatMap((page) => page.items) ?? [], [suspense.data])
  const item = items.find(({ id }) => id === chosen)
  return (
    <Answered query={suspense}>
      {() => (
        <>
          {chosen !== undefined && item === undefined && <p className="notice">{b.suspense.gone}</p>}
          {item !== undefined && <SuspenseExit key={item.id} item={item} />}
          {items.length > 0 && (
            <DataTable
              label={t.suspense.inSuspense}
              rows={items}
              columns={columns}
              keyOf={({ account, factKey }) => `${account} ${factKey}`}
              file="suspense"
              empty={t.suspense.noneSuspense}
              more={
                suspense.hasNextPage
                  ? { load: () => void suspense.fetchNextPage(), isLoading: suspense.isFetchingNextPage }
                  : undefined
              }
            />
          )}
        </>
      )}
    </Answered>
  )
}

function Unidentified({ bucket }: { readonly bucket: Bucket }) {
  const { t } = useLanguage()
  const receipts = useQuery({
    queryKey: ['unidentified', bucket],
    queryFn: () =>
      answerOf(api.GET('/api/bank-movements/unidentified', { params: { query: { ...bucket, limit: 100 } } })),
    refetchInterval: CALM,
  })
  return (
    <Answered query={receipts}>
      {({ items }) => items.length > 0 && <MovementTable items={items} empty={t.suspense.noneUnidentified} />}
    </Answered>
  )
}
