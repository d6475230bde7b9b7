/** One membership: where it stands, its months with the payment that holds each, payments, notices, and the way to an answer. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { LIVE } from '../api/answers.ts'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { Badge, Facts, Figure, Figures, Page, Section } from '../ui/page.tsx'
import { Answered, Empty } from '../ui/state.tsx'
import { toneOf } from '../ui/tones.ts'
import { ProposeClosure, WaitingClosure } from './closure.tsx'
import { CoverForm } from './cover-form.tsx'
import { MemberLocks } from './member-locks.tsx'
import { MonthLine } from './month-line.tsx'
import { PersonalData } from './personal-data.tsx'

type Membership = Schemas['Membership']
type Payment = Schemas['PaymentItem']

export function MembershipPage() {
  const { t } = useLanguage()
  const { kpj } = useParams({ from: '/participants/$kpj' })
  const membership = useQuery({
    queryKey: ['membership', kpj],
    queryFn: () => answerOf(api.GET('/api/memberships/{kpj}', { params: { path: { kpj } } })),
    refetchInterval: LIVE,
  })
  const payments = useInfiniteQuery({
    queryKey: ['payments', kpj],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) =>
      answerOf(api.GET('/api/memberships/{kpj}/payments', { params: { path: { kpj }, query: { limit: 100, after } } })),
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: LIVE,
    enabled: membership.data !== undefined,
  })
  const items = useMemo(() => payments.data?.pages.flatMap((page) => page.items) ?? [], [payments.data])
  return (
    <Page
      title={`${t.membership.title} ${kpj}`}
      lead={membership.data?.name}
      actions={
        membership.data && (
          <Badge tone={toneOf(membership.data.status)}>{worded(t.words.membership, membership.data.status)}</Badge>
        )
      }
    >
      <Answered query={membership} rows={8}>
        {(answer) => (
          <>
            <Standing membership={answer} />
            <Section title={t.membership.timeline} lead={t.people.months.lead}>
              <MonthLine kpj={kpj} />
            </Section>
            <Section title={t.membership.coverage} lead={t.membership.coverageLead}>
              <CoverForm kpj={kpj} />
            </Section>
            <Section title={t.membership.payments}>
              <Answered query={payments}>
                {() => (
                  <PaymentTable
                    kpj={kpj}
                    items={items}
                    more={
                      payments.hasNextPage
                        ? { load: () => void payments.fetchNextPage(), isLoading: payments.isFetchingNextPage }
                        : undefined
                    }
                  />
                )}
              </Answered>
            </Section>
            <Notices kpj={kpj} />
            <ProposeClosure membership={answer} />
          </>
        )}
      </Answered>
    </Page>
  )
}

function Standing({ membership: m }: { readonly membership: Membership }) {
  const { t, f } = useLanguage()
  return (
    <>
      <MemberLocks membership={m} />
      {m.closure !== null && <p className="notice">{t.membership.closed(f.day(m.closure.on))}</p>}
      <Figures>
        <Figure
          label={t.membership.status}
          value={worded(t.words.membership, m.status)}
          tone={toneOf(m.status)}
          note={
            m.nextTransition === null
              ? undefined
              : t.membership.next(worded(t.words.membership, m.nextTransition.to), f.day(m.nextTransition.on))
          }
        />
        <Figure
          label={t.membership.paidThrough}
          value={m.paidThrough === null ? '–' : f.month(m.paidThrough)}
          note={m.paidThrough === null ? t.membership.never : undefined}
        />
        <Figure
          label={t.membership.payable}
          value={m.payable === null ? '–' : f.money(m.payable.amountRupiah)}
          note={m.payable === null ? undefined : f.month(m.payable.month)}
        />
        <Figure label={t.membership.credit} value={f.money(m.creditRupiah)} />
      </Figures>
      <WaitingClosure membership={m} />
      <PersonalData masked={m} />
      <Section title={t.membership.title}>
        <Facts
          items={[
            [t.membership.sector, worded(t.words.sectors, m.sector)],
            [t.membership.funding, worded(t.words.fundings, m.funding)],
            [t.membership.programs, m.programs],
            [t.membership.income, f.money(m.incomeRupiah)],
            [t.membership.region, m.regionCode],
            [t.membership.registered, f.day(m.registeredOn)],
          ]}
        />
      </Section>
    </>
  )
}

function PaymentTable({
  kpj,
  items,
  more,
}: {
  readonly kpj: string
  readonly items: readonly Payment[]
  readonly more: { readonly load: () => void; readonly isLoading: boolean } | undefined
}) {
  const { t, f } = useLanguage()
  const columns = useMemo<readonly TableColumn<Payment>[]>(
    () => [
      {
        id: 'decided',
        header: t.membership.decided,
        value: ({ decidedAt }) => decidedAt,
        cell: ({ decidedAt }) => f.instant(decidedAt),
        width: 15,
      },
      {
        id: 'kind',
        header: t.membership.kind,
        value: ({ kind, reversed }) =>
          worded(t.words.kinds, kind) + (reversed ? ` (${t.membership.monthReversed})` : ''),
        cell: ({ kind, reversed }) => (
          <Badge tone={kind === 'reversal' ? 'bad' : reversed ? 'plain' : 'good'}>
            {reversed ? t.membership.monthReversed : worded(t.words.kinds, kind)}
          </Badge>
        ),
        width: 10,
      },
      {
        id: 'amount',
        header: t.overview.amount,
        value: ({ amountRupiah }) => amountRupiah,
        cell: ({ amountRupiah }) => f.money(amountRupiah),
        align: 'end',
        width: 8,
      },
      {
        id: 'channel',
        header: t.membership.channel,
        value: ({ channel }) => worded(t.words.channels, channel),
        width: 8,
      },
      {
        id: 'months',
        header: t.membership.months,
        value: ({ months }) => months.join(' '),
        cell: ({ months }) => spanOf(months, f.shortMonth),
        width: 13.5,
      },
      {
        id: 'reference',
        header: t.membership.reference,
        value: ({ hubReference }) => hubReference,
        cell: ({ hubReference }) => <span className="mono">{hubReference ?? '–'}</span>,
        width: 12,
      },
      {
        id: 'payment',
        header: t.settlement.paymentId,
        value: ({ paymentId }) => paymentId,
        cell: ({ paymentId }) => <span className="mono">{paymentId}</span>,
        width: 13,
      },
      { id: 'outlet', header: t.membership.outlet, value: ({ outlet }) => outlet, width: 8 },
    ],
    [t, f],
  )
  return (
    <DataTable
      label={t.membership.payments}
      rows={items}
      columns={columns}
      keyOf={({ factKey }) => factKey}
      file={`payments-${kpj}`}
      empty={t.membership.noPayments}
      more={more}
    />
  )
}

function spanOf(months: readonly string[], nameOf: (month: string) => string): string {
  const [first] = months
  const last = months.at(-1)
  if (first === undefined || last === undefined) return '–'
  const named = (month: string) => `${nameOf(month)} ${month.slice(0, 4)}`
  return first === last ? named(first) : `${named(first)} – ${named(last)}`
}

function Notices({ kpj }: { readonly kpj: string }) {
  const { t, f } = useLanguage()
  const notices = useQuery({
    queryKey: ['notices', kpj],
    queryFn: () => answerOf(api.GET('/api/notices', { params: { query: { kpj } } })),
  })
  return (
    <Section title={t.membership.notices}>
      <Answered query={notices} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t.membership.noNotices}</Empty>
          ) : (
            <ul className="history">
              {items.map(({ month, stage, state, channel, at }) => (
                <li key={`${month} ${stage}`}>
                  <span className="row">
                    <b>{worded(t.words.stages, stage)}</b>
                    <Badge tone={toneOf(state)}>{worded(t.words.noticeStates, state)}</Badge>
                  </span>
                  <span className="muted">
                    {f.month(month)} · {channel === null ? '–' : worded(t.words.noticeChannels, channel)} ·{' '}
                    {f.instant(at)}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Section>
  )
}
