/** Money that waits: in suspense, or received and of nobody yet; by channel and age, and one by one. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { CALM } from '../api/answers.ts'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { Page, Section } from '../ui/page.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { Answered, Empty } from '../ui/state.tsx'
import { MovementTable } from './bank.tsx'

type Item = Schemas['SuspenseItem']
type Ageing = Schemas['Ageing']

export function SuspensePage() {
  const { t } = useLanguage()
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
          {(ageing) => <Ages ageing={ageing} empty={t.suspense.noneSuspense} label={t.suspense.inSuspense} />}
        </Answered>
        <SuspenseItems />
      </Section>
      <Section title={t.suspense.unidentified}>
        <Answered query={unidentifiedAges}>
          {(ageing) => <Ages ageing={ageing} empty={t.suspense.noneUnidentified} label={t.suspense.unidentified} />}
        </Answered>
        <Unidentified />
      </Section>
    </Page>
  )
}

function Ages({ ageing, empty, label }: { readonly ageing: Ageing; readonly empty: string; readonly label: string }) {
  const { t, f } = useLanguage()
  const labels = ageing.channels[0]?.ages.map((age) => age.label) ?? []
  if (ageing.channels.length === 0) return <Empty>{empty}</Empty>
  return (
    <ScrollRegion className="plain-table" label={`${label}: ${t.suspense.ageing}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.overview.channel}</th>
            {labels.map((age) => (
              <th key={age} scope="col" className="end">
                {worded(t.suspense.age, age)}
              </th>
            ))}
            <th scope="col" className="end">
              {t.suspense.total}
            </th>
          </tr>
        </thead>
        <tbody>
          {ageing.channels.map(({ channel, ages, totalRupiah }) => (
            <tr key={channel ?? 'none'}>
              <td>{channel === null ? t.suspense.noChannel : worded(t.words.channels, channel)}</td>
              {ages.map((age) => (
                <td key={age.label} className="end number">
                  {age.count === 0 ? '–' : f.money(age.amountRupiah)}
                </td>
              ))}
              <td className="end number">
                <b>{f.money(totalRupiah)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function SuspenseItems() {
  const { t, f } = useLanguage()
  const suspense = useInfiniteQuery({
    queryKey: ['suspense'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) => answerOf(api.GET('/api/suspense', { params: { query: { limit: 100, after } } })),
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
        width: 9,
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
      { id: 'age', header: t.suspense.days, value: ({ ageDays }) => ageDays, align: 'end', width: 5 },
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
    [t, f],
  )
  const items = useMemo(() => suspense.data?.pages.flatMap((page) => page.items) ?? [], [suspense.data])
  return (
    <Answered query={suspense}>
      {() =>
        items.length > 0 && (
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
        )
      }
    </Answered>
  )
}

function Unidentified() {
  const { t } = useLanguage()
  const receipts = useQuery({
    queryKey: ['unidentified'],
    queryFn: () => answerOf(api.GET('/api/bank-movements/unidentified', { params: { query: { limit: 100 } } })),
    refetchInterval: CALM,
  })
  return (
    <Answered query={receipts}>
      {({ items }) => items.length > 0 && <MovementTable items={items} empty={t.suspense.noneUnidentified} />}
    </Answered>
  )
}
