/** What waits for a second person: differences, and everything else that two people do. */
import './books.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { CALM } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { DataTable, type TableColumn } from '../../ui/data-table.tsx'
import { Badge, Page, Section } from '../../ui/page.tsx'
import { Answered } from '../../ui/state.tsx'
import { DifferenceTable } from '../difference-table.tsx'
import { PersonName } from './person.tsx'
import { statedReason } from './stated-reason.ts'

type Waiting = Schemas['WaitingApproval']

export function ApprovalsPage() {
  const b = useFinance()
  const differences = useInfiniteQuery({
    queryKey: ['differences', 'proposed'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) =>
      answerOf(api.GET('/api/differences', { params: { query: { state: 'proposed', limit: 100, after } } })),
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: CALM,
  })
  const others = useInfiniteQuery({
    queryKey: ['approvals'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) =>
      answerOf(api.GET('/api/approvals', { params: { query: { limit: 100, after } } })),
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: CALM,
  })
  const found = useMemo(() => differences.data?.pages.flatMap(({ items }) => items) ?? [], [differences.data])
  return (
    <Page title={b.approvals.title} lead={b.approvals.lead}>
      <Section title={b.approvals.others}>
        <Answered query={others}>
          {({ pages }) => (
            <WaitingTable
              items={pages.flatMap(({ items }) => items)}
              more={
                others.hasNextPage
                  ? { load: () => void others.fetchNextPage(), isLoading: others.isFetchingNextPage }
                  : undefined
              }
            />
          )}
        </Answered>
      </Section>
      <Section title={b.approvals.differences}>
        <Answered query={differences}>
          {() => (
            <DifferenceTable
              items={found}
              empty={b.approvals.none}
              file="approvals-differences"
              more={
                differences.hasNextPage
                  ? { load: () => void differences.fetchNextPage(), isLoading: differences.isFetchingNextPage }
                  : undefined
              }
            />
          )}
        </Answered>
      </Section>
    </Page>
  )
}

function WaitingTable({
  items,
  more,
}: {
  readonly items: readonly Waiting[]
  readonly more: { readonly load: () => void; readonly isLoading: boolean } | undefined
}) {
  const { f } = useLanguage()
  const b = useFinance()
  const columns = useMemo<readonly TableColumn<Waiting>[]>(
    () => [
      {
        id: 'what',
        header: b.approvals.what,
        value: ({ kind }) => worded(b.words.approvals, kind),
        cell: (each) => <WaitingLink waiting={each} />,
        width: 15,
      },
      {
        id: 'about',
        header: b.approvals.about,
        value: ({ channel, date, month, item }) => [channel, date ?? month, item].filter(Boolean).join(' '),
        cell: (each) => <About waiting={each} />,
        width: 15,
      },
      {
        id: 'amount',
        header: b.approvals.amount,
        value: ({ amountRupiah }) => amountRupiah,
        cell: ({ amountRupiah }) => (amountRupiah === null ? '–' : f.money(amountRupiah)),
        align: 'end',
        width: 9,
      },
      {
        id: 'by',
        header: b.approvals.by,
        value: ({ proposedBy }) => proposedBy,
        cell: ({ proposedBy }) => <PersonName subject={proposedBy} />,
        width: 9,
      },
      {
        id: 'at',
        header: b.approvals.at,
        value: ({ proposedAt }) => proposedAt,
        cell: ({ proposedAt, isOverdue }) => (
          <>
            {f.instant(proposedAt)} {isOverdue && <Badge tone="bad">{b.approvals.overdue}</Badge>}
          </>
        ),
        width: 15,
      },
      {
        id: 'waitsFor',
        header: b.approvals.waitsFor,
        value: ({ waitsFor }) => worded(b.words.awaited, waitsFor),
        width: 13,
      },
      { id: 'reason', header: b.approvals.reason, value: ({ reason }) => statedReason(reason, b), width: 14 },
    ],
    [f, b],
  )
  return (
    <DataTable
      label={b.approvals.others}
      rows={items}
      columns={columns}
      keyOf={({ kind, channel, date, month, item }) => `${kind} ${channel} ${date} ${month} ${item}`}
      file="approvals"
      empty={b.approvals.none}
      more={more}
    />
  )
}

/** To where it is decided. */
function WaitingLink({ waiting: { kind, channel, date, month, item } }: { readonly waiting: Waiting }) {
  const b = useFinance()
  const word = worded(b.words.approvals, kind)
  switch (kind) {
    case 'placement':
      return (
        <Link to="/bank/$bookedOn/$movement" params={{ bookedOn: date ?? '', movement: item ?? '' }}>
          {word}
        </Link>
      )
    case 'suspense-exit':
      return (
        <Link to="/suspense" search={{ channel: channel ?? undefined }}>
          {word}
        </Link>
      )
    case 'file-withdrawal':
      return (
        <Link to="/settlement/$channel/$date" params={{ channel: channel ?? '', date: date ?? '' }}>
          {word}
        </Link>
      )
    case 'statement-withdrawal':
    case 'statement-confirmation':
      return (
        <Link to="/bank-statements/$sha256" params={{ sha256: item ?? '' }}>
          {word}
        </Link>
      )
    case 'sign-off':
      return (
        <Link to="/days" search={{ date: date ?? undefined, of: channel ?? undefined }}>
          {word}
        </Link>
      )
    case 'period-close':
      return (
        <Link to="/months/$month" params={{ month: month ?? '' }}>
          {word}
        </Link>
      )
    case 'erasure':
    case 'closing':
    case 'reopening':
      return (
        <Link to="/participants/$kpj" params={{ kpj: item ?? '' }}>
          {word}
        </Link>
      )
    default:
      return kind satisfies never
  }
}

/** A digest says nothing at its full length: the beginning tells one statement from another. */
const DIGEST = /^[0-9a-f]{64}$/
const DIGEST_SHOWN = 12

function About({ waiting: { channel, date, month, item } }: { readonly waiting: Waiting }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const name = channel === null ? undefined : channel === 'bank' ? b.days.bank : worded(t.words.channels, channel)
  const when = date !== null ? f.day(date) : month !== null ? f.month(month) : undefined
  const said = [name, when].filter(Boolean).join(', ')
  if (item === null) return said
  const full = decodeURIComponent(item)
  return (
    <span className="two-lines">
      <span className="mono" title={full}>
        {DIGEST.test(full) ? `${full.slice(0, DIGEST_SHOWN)}…` : full}
      </span>
      {said !== '' && <span>{said}</span>}
    </span>
  )
}
