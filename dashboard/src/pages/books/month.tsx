/** One month: what is looked at before its close, its balances, the close by two people, and its journal once it is closed. */
import './books.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import { CALM } from '../../api/answers.ts'
import { bytesOf } from '../../api/bytes.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { Badge, Facts, Page, Section } from '../../ui/page.tsx'
import { saveBytes } from '../../ui/save-bytes.ts'
import { Answered, Empty, FormProblem } from '../../ui/state.tsx'
import { useColumns } from './columns.ts'
import { MonthClose } from './month-close.tsx'
import { PersonName } from './person.tsx'
import { PlainTable } from './plain-table.tsx'

type Period = Schemas['Period']

export function MonthPage() {
  const { f } = useLanguage()
  const b = useFinance()
  const { month } = useParams({ from: '/months/$month' })
  const period = useQuery({
    queryKey: ['period', month],
    queryFn: () => answerOf(api.GET('/api/periods/{month}', { params: { path: { month } } })),
    refetchInterval: CALM,
  })
  const { data } = period
  return (
    <Page
      title={f.month(month)}
      lead={<Link to="/months">{b.months.title}</Link>}
      actions={
        data && <Badge tone={data.state === 'closed' ? 'good' : 'wait'}>{worded(b.words.periods, data.state)}</Badge>
      }
    >
      <Answered query={period} rows={8}>
        {(answer) => <MonthView period={answer} />}
      </Answered>
    </Page>
  )
}

function MonthView({ period }: { readonly period: Period }) {
  const { f } = useLanguage()
  const b = useFinance()
  const { month, state, journalThrough, entries, digest, closed } = period
  return (
    <>
      <Section title={f.month(month)}>
        <Facts
          items={[
            [b.months.journalThrough, f.day(journalThrough)],
            [b.months.entries, f.number(entries)],
            ...(closed === null
              ? []
              : [
                  [b.months.closedAt, f.instant(closed.at)] as const,
                  [b.two.proposedBy, <PersonName key="proposed" subject={closed.proposedBy} />] as const,
                  [b.months.closedBy, <PersonName key="closed" subject={closed.closedBy} />] as const,
                  [b.two.reason, closed.reason] as const,
                ]),
            [
              b.months.digest,
              <span key="digest" className="mono digest">
                {digest}
              </span>,
            ],
          ]}
        />
      </Section>
      <MonthClose key={`${month} ${state}`} period={period} />
      <JournalExport period={period} />
      <Balances period={period} />
      <Receivables period={period} />
    </>
  )
}

function JournalExport({ period: { month, state } }: { readonly period: Period }) {
  const b = useFinance()
  const saving = useMutation({
    mutationFn: async (format: 'csv' | 'xlsx') =>
      saveBytes(`journal-${month}.${format}`, await bytesOf(`/api/journal/export?month=${month}&format=${format}`)),
  })
  return (
    <Section title={b.months.export} lead={state === 'closed' ? b.months.exportLead : b.months.exportOpen}>
      {state === 'closed' && (
        <div className="row">
          <Button className="button" isDisabled={saving.isPending} onPress={() => saving.mutate('csv')}>
            {b.months.csv}
          </Button>
          <Button className="button" isDisabled={saving.isPending} onPress={() => saving.mutate('xlsx')}>
            {b.months.xlsx}
          </Button>
        </div>
      )}
      <FormProblem problem={saving.error} />
    </Section>
  )
}

function Balances({ period: { month, balances, journalThrough } }: { readonly period: Period }) {
  const { t } = useLanguage()
  const b = useFinance()
  const column = useColumns<Period['balances'][number]>()
  return (
    <Section
      title={b.months.balances}
      actions={
        <Link to="/trial-balance" search={{ asOf: journalThrough }}>
          {b.trial.title}
        </Link>
      }
    >
      {balances.length === 0 ? (
        <Empty>{b.trial.none}</Empty>
      ) : (
        <PlainTable
          label={b.months.balances}
          rows={balances}
          keyOf={({ account, channel, program }) => `${account} ${channel} ${program}`}
          file={`balances-${month}`}
          columns={[
            {
              header: b.trial.account,
              cell: ({ account }) => worded(t.words.accounts, account),
              value: ({ account }) => worded(t.words.accounts, account),
              isName: true,
            },
            {
              header: t.overview.channel,
              cell: ({ channel }) => (channel === null ? '–' : worded(t.words.channels, channel)),
              value: ({ channel }) => (channel === null ? null : worded(t.words.channels, channel)),
            },
            { header: t.journal.program, cell: ({ program }) => program ?? '–', value: ({ program }) => program },
            column.money(t.journal.balance, ({ balanceRupiah }) => balanceRupiah),
          ]}
        />
      )}
    </Section>
  )
}

function Receivables({ period: { month, receivables, journalThrough } }: { readonly period: Period }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const column = useColumns<Period['receivables'][number]>()
  return (
    <Section title={b.months.receivables}>
      {receivables.length === 0 ? (
        <Empty>{b.months.noReceivables}</Empty>
      ) : (
        <PlainTable
          label={b.months.receivables}
          rows={receivables}
          keyOf={({ channel, date }) => `${channel} ${date}`}
          file={`receivables-${month}`}
          columns={[
            {
              header: t.overview.channel,
              cell: ({ channel }) => (
                <Link to="/receivables/$channel" params={{ channel }} search={{ asOf: journalThrough }}>
                  {worded(t.words.channels, channel)}
                </Link>
              ),
              value: ({ channel }) => worded(t.words.channels, channel),
              isName: true,
            },
            {
              header: b.days.day,
              cell: ({ date }) => (date === null ? b.months.before : f.day(date)),
              value: ({ date }) => date ?? b.months.before,
            },
            column.money(b.days.amount, ({ amountRupiah }) => amountRupiah),
          ]}
        />
      )}
    </Section>
  )
}
