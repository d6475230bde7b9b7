/** What a channel owes on the evening of any day: opening, movements, closing, and the open items that explain it. */
import './books.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { DataTable, type TableColumn } from '../../ui/data-table.tsx'
import { Choice, TextInput } from '../../ui/fields.tsx'
import { Figure, Figures, Page, Section } from '../../ui/page.tsx'
import { Answered, Empty } from '../../ui/state.tsx'
import { useItemLabel } from './carried-table.tsx'
import { CHANNELS } from './channels.ts'
import { useColumns } from './columns.ts'
import { PlainTable } from './plain-table.tsx'

type Receivable = Schemas['ReceivableStatement']
type Movement = Receivable['movements'][number]

export function ReceivablePage() {
  const { t } = useLanguage()
  const b = useFinance()
  const { channel } = useParams({ from: '/receivables/$channel' })
  const { asOf } = useSearch({ from: '/receivables/$channel' })
  const navigate = useNavigate()
  const go = (to: string, day: string | undefined) =>
    void navigate({ to: '/receivables/$channel', params: { channel: to }, search: { asOf: day } })
  const receivable = useQuery({
    queryKey: ['receivable', channel, asOf],
    queryFn: () => answerOf(api.GET('/api/receivables/{channel}', { params: { path: { channel }, query: { asOf } } })),
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title={`${b.receivable.title}: ${worded(t.words.channels, channel)}`}
      lead={
        <>
          {b.receivable.lead} <Link to="/owed">{b.owed.title}</Link>
        </>
      }
      actions={
        <>
          <Choice
            label={b.owed.channel}
            value={channel}
            options={CHANNELS.map((each) => [each, worded(t.words.channels, each)])}
            onChange={(value) => go(value, asOf)}
          />
          <TextInput
            label={b.trial.asOf}
            type="date"
            value={asOf ?? receivable.data?.asOf ?? ''}
            onChange={(value) => go(channel, value || undefined)}
          />
        </>
      }
    >
      <Answered query={receivable} rows={8}>
        {(answer) => <ReceivableView receivable={answer} />}
      </Answered>
    </Page>
  )
}

function ReceivableView({ receivable }: { readonly receivable: Receivable }) {
  const { f } = useLanguage()
  const b = useFinance()
  const { openingRupiah, closingRupiah, openItemsRupiah, unexplainedRupiah, isFinal, openItems, channel } = receivable
  const itemLabel = useItemLabel()
  const column = useColumns<Receivable['openItems'][number]>()
  return (
    <>
      <Figures>
        <Figure label={b.receivable.opening} value={f.money(openingRupiah)} />
        <Figure
          label={b.receivable.closing}
          value={f.money(closingRupiah)}
          note={isFinal ? b.trial.final : b.trial.notFinal}
        />
        <Figure label={b.receivable.itemsSum} value={f.money(openItemsRupiah)} />
        <Figure
          label={b.receivable.unexplained}
          value={f.money(unexplainedRupiah)}
          tone={unexplainedRupiah === 0 ? 'good' : 'bad'}
        />
      </Figures>
      <Section title={b.receivable.openItems}>
        {openItems.length === 0 ? (
          <Empty>{b.receivable.noItems}</Empty>
        ) : (
          <PlainTable
            label={b.receivable.openItems}
            rows={openItems}
            keyOf={({ date, label }) => `${date} ${label}`}
            file={`open-items-${channel}-${receivable.asOf}`}
            columns={[
              {
                header: b.receivable.date,
                cell: ({ date }) =>
                  date === null ? (
                    b.months.before
                  ) : (
                    <Link to="/settlement/$channel/$date" params={{ channel, date }}>
                      {f.day(date)}
                    </Link>
                  ),
                value: ({ date }) => date ?? b.months.before,
                isName: true,
              },
              {
                header: b.receivable.label,
                cell: ({ label }) => itemLabel(label),
                value: ({ label }) => itemLabel(label),
              },
              column.number(b.receivable.count, ({ count }) => count),
              column.money(b.days.amount, ({ amountRupiah }) => amountRupiah),
            ]}
            foot={[b.days.sum, '', '', f.money(openItemsRupiah)]}
          />
        )}
      </Section>
      <Movements receivable={receivable} />
    </>
  )
}

function Movements({ receivable: { movements, from, asOf, channel } }: { readonly receivable: Receivable }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const columns = useMemo<readonly TableColumn<Movement>[]>(
    () => [
      {
        id: 'date',
        header: b.receivable.date,
        value: ({ date }) => date,
        cell: ({ date }) => f.shortDay(date),
        width: 6,
      },
      { id: 'kind', header: b.receivable.kind, value: ({ kind }) => worded(t.words.entries, kind), width: 9 },
      {
        id: 'debit',
        header: b.trial.debit,
        value: ({ debitRupiah }) => debitRupiah,
        cell: ({ debitRupiah }) => (debitRupiah === 0 ? '' : f.money(debitRupiah)),
        align: 'end',
        width: 9,
      },
      {
        id: 'credit',
        header: b.trial.credit,
        value: ({ creditRupiah }) => creditRupiah,
        cell: ({ creditRupiah }) => (creditRupiah === 0 ? '' : f.money(creditRupiah)),
        align: 'end',
        width: 9,
      },
      { id: 'count', header: b.receivable.count, value: ({ count }) => count, align: 'end', width: 6 },
      {
        id: 'refers',
        header: b.receivable.refersTo,
        value: ({ refersTo }) => refersTo,
        cell: ({ refersTo }) => (refersTo === null ? '–' : f.shortDay(refersTo)),
        width: 6,
      },
      {
        id: 'number',
        header: b.receivable.number,
        value: ({ number }) => number,
        cell: ({ number }) => <span className="mono">{number}</span>,
        width: 13,
      },
    ],
    [t, f, b],
  )
  return (
    <Section title={`${b.receivable.movements} ${f.day(from)}`}>
      <DataTable
        label={b.receivable.movements}
        rows={movements}
        columns={columns}
        keyOf={({ number }) => number}
        file={`receivable-${channel}-${asOf}`}
        empty={b.receivable.noMovements}
      />
    </Section>
  )
}
