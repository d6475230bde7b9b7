/** The journal of a day with its trial balance, and its file once the day is closed. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Button } from 'react-aria-components'
import { answerOf, api, type Schemas, textOf } from '../api/client.ts'
import { dayBefore, jakartaDay } from '../i18n/format.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { download } from '../ui/download.ts'
import { TextInput } from '../ui/fields.tsx'
import { Figure, Figures, Page, Section } from '../ui/page.tsx'
import { Answered, FormProblem } from '../ui/state.tsx'

type Journal = Schemas['Journal']
type Entry = Journal['entries'][number]
type Balance = Journal['balances'][number]

export function JournalPage() {
  const { t } = useLanguage()
  const search = useSearch({ from: '/journal' })
  const navigate = useNavigate()
  const date = search.date ?? dayBefore(jakartaDay(Date.now()), 1)
  const go = (value: string) => void navigate({ to: '/journal', search: { date: value || undefined } })
  const journal = useQuery({
    queryKey: ['journal', date],
    queryFn: () => answerOf(api.GET('/api/journal/{date}', { params: { path: { date } } })) as Promise<Journal>,
  })
  return (
    <Page
      title={t.journal.title}
      lead={t.journal.lead}
      actions={
        <>
          <Button className="button" aria-label={t.form.previous} onPress={() => go(dayBefore(date, 1))}>
            ←
          </Button>
          <TextInput label={t.form.day} type="date" value={date} onChange={go} />
          <Button className="button" aria-label={t.form.next} onPress={() => go(dayBefore(date, -1))}>
            →
          </Button>
        </>
      }
    >
      <Answered query={journal} rows={8}>
        {(answer) => <JournalView journal={answer} />}
      </Answered>
    </Page>
  )
}

function JournalView({ journal }: { readonly journal: Journal }) {
  const { t, f } = useLanguage()
  const { date, closed, closedAt, debitRupiah, creditRupiah, trialRupiah } = journal
  const saving = useMutation({
    mutationFn: async () => download(`journal-${date}.csv`, await textOf(`/api/journal/${date}?format=csv`)),
  })
  return (
    <>
      <Figures>
        <Figure label={t.journal.debit} value={f.money(debitRupiah)} />
        <Figure label={t.journal.credit} value={f.money(creditRupiah)} />
        <Figure
          label={t.journal.trial}
          value={f.money(trialRupiah)}
          note={trialRupiah === 0 ? t.journal.balanced : t.journal.unbalanced}
          tone={trialRupiah === 0 ? 'good' : 'bad'}
        />
        <Figure
          label={f.day(date)}
          value={closed ? t.journal.closed : '–'}
          note={closedAt === null ? t.journal.open : t.journal.closedAt(f.instant(closedAt))}
        />
      </Figures>
      <Section
        title={t.journal.entries}
        actions={
          closed && (
            <Button className="button small" isDisabled={saving.isPending} onPress={() => saving.mutate()}>
              {t.journal.file}
            </Button>
          )
        }
      >
        <FormProblem problem={saving.error} />
        <Entries journal={journal} />
      </Section>
      <Section title={t.journal.balances}>
        <Balances journal={journal} />
      </Section>
    </>
  )
}

function Entries({ journal: { entries, date } }: { readonly journal: Journal }) {
  const { t, f } = useLanguage()
  const columns = useMemo<readonly TableColumn<Entry>[]>(
    () => [
      { id: 'kind', header: t.journal.kind, value: ({ kind }) => worded(t.words.entries, kind), width: 8 },
      {
        id: 'account',
        header: t.journal.account,
        value: ({ account }) => worded(t.words.accounts, account),
        width: 12,
      },
      {
        id: 'channel',
        header: t.overview.channel,
        value: ({ channel }) => (channel === null ? null : worded(t.words.channels, channel)),
        width: 8,
      },
      { id: 'program', header: t.journal.program, value: ({ program }) => program, width: 6 },
      {
        id: 'debit',
        header: t.journal.debit,
        value: ({ debitRupiah }) => debitRupiah,
        cell: ({ debitRupiah }) => (debitRupiah === 0 ? '' : f.money(debitRupiah)),
        align: 'end',
        width: 9,
      },
      {
        id: 'credit',
        header: t.journal.credit,
        value: ({ creditRupiah }) => creditRupiah,
        cell: ({ creditRupiah }) => (creditRupiah === 0 ? '' : f.money(creditRupiah)),
        align: 'end',
        width: 9,
      },
      {
        id: 'count',
        header: t.journal.count,
        value: ({ count }) => count,
        cell: ({ count }) => f.number(count),
        align: 'end',
        width: 6,
      },
    ],
    [t, f],
  )
  return (
    <DataTable
      label={t.journal.entries}
      rows={entries}
      columns={columns}
      keyOf={(_, index) => String(index)}
      file={`journal-${date}-entries`}
      empty={t.state.empty}
    />
  )
}

function Balances({ journal: { balances, date } }: { readonly journal: Journal }) {
  const { t, f } = useLanguage()
  const columns = useMemo<readonly TableColumn<Balance>[]>(
    () => [
      {
        id: 'account',
        header: t.journal.account,
        value: ({ account }) => worded(t.words.accounts, account),
        width: 14,
      },
      {
        id: 'channel',
        header: t.overview.channel,
        value: ({ channel }) => (channel === null ? null : worded(t.words.channels, channel)),
        width: 10,
      },
      { id: 'program', header: t.journal.program, value: ({ program }) => program, width: 8 },
      {
        id: 'balance',
        header: t.journal.balance,
        value: ({ balanceRupiah }) => balanceRupiah,
        cell: ({ balanceRupiah }) => f.money(balanceRupiah),
        align: 'end',
        width: 10,
      },
    ],
    [t, f],
  )
  return (
    <DataTable
      label={t.journal.balances}
      rows={balances}
      columns={columns}
      keyOf={(_, index) => String(index)}
      file={`journal-${date}-balances`}
      empty={t.journal.noBalances}
    />
  )
}
