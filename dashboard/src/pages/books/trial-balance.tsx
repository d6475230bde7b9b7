/** Every account on the evening of any day, under its number in the general ledger. */
import './books.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { DataTable, type TableColumn } from '../../ui/data-table.tsx'
import { TextInput } from '../../ui/fields.tsx'
import { Figure, Figures, Page, Section } from '../../ui/page.tsx'
import { Answered } from '../../ui/state.tsx'

type Trial = Schemas['TrialBalance']
type Line = Trial['lines'][number]

export function TrialBalancePage() {
  const b = useFinance()
  const { asOf } = useSearch({ from: '/trial-balance' })
  const navigate = useNavigate()
  const trial = useQuery({
    queryKey: ['trial-balance', asOf],
    queryFn: () => answerOf(api.GET('/api/trial-balance', { params: { query: { asOf } } })),
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title={b.trial.title}
      lead={
        <>
          {b.trial.lead} <Link to="/months">{b.months.title}</Link>
        </>
      }
      actions={
        <TextInput
          label={b.trial.asOf}
          type="date"
          value={asOf ?? trial.data?.asOf ?? ''}
          onChange={(value) => void navigate({ to: '/trial-balance', search: { asOf: value || undefined } })}
        />
      }
    >
      <Answered query={trial} rows={8}>
        {(answer) => <TrialView trial={answer} />}
      </Answered>
    </Page>
  )
}

function TrialView({ trial }: { readonly trial: Trial }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const { asOf, isFinal, lines, debitRupiah, creditRupiah, differenceRupiah } = trial
  const columns = useMemo<readonly TableColumn<Line>[]>(
    () => [
      {
        id: 'gl',
        header: b.trial.glAccount,
        value: ({ glAccount }) => glAccount,
        cell: ({ glAccount }) => <span className="mono">{glAccount}</span>,
        width: 6.5,
      },
      { id: 'account', header: b.trial.account, value: ({ account }) => worded(t.words.accounts, account), width: 15 },
      {
        id: 'debit',
        header: b.trial.debit,
        value: (line) => line.debitRupiah,
        cell: (line) => (line.debitRupiah === 0 ? '' : f.money(line.debitRupiah)),
        align: 'end',
        width: 9,
      },
      {
        id: 'credit',
        header: b.trial.credit,
        value: (line) => line.creditRupiah,
        cell: (line) => (line.creditRupiah === 0 ? '' : f.money(line.creditRupiah)),
        align: 'end',
        width: 9,
      },
      {
        id: 'channel',
        header: t.overview.channel,
        value: ({ channel }) => (channel === null ? null : worded(t.words.channels, channel)),
        width: 9,
      },
      { id: 'program', header: t.journal.program, value: ({ program }) => program, width: 6 },
      { id: 'name', header: b.trial.name, value: ({ glName }) => glName, width: 17 },
    ],
    [t, f, b],
  )
  return (
    <>
      <Figures>
        <Figure label={b.trial.debit} value={f.money(debitRupiah)} />
        <Figure label={b.trial.credit} value={f.money(creditRupiah)} />
        <Figure
          label={b.trial.difference}
          value={f.money(differenceRupiah)}
          note={isFinal ? b.trial.final : b.trial.notFinal}
          tone={differenceRupiah === 0 ? 'good' : 'bad'}
        />
      </Figures>
      <Section title={`${b.trial.title}, ${f.day(asOf)}`}>
        <DataTable
          label={b.trial.title}
          rows={lines}
          columns={columns}
          keyOf={({ account, channel, program }) => `${account} ${channel} ${program}`}
          file={`trial-balance-${asOf}`}
          empty={b.trial.none}
        />
      </Section>
    </>
  )
}
