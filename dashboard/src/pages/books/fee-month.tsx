/** The fees of a channel in a month: by contract against what was taken, by price, day by day, and its invoices. */
import './books.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { CALM } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { useMay } from '../../sign-in/use-session.ts'
import { Facts, Figure, Figures, Page, Section } from '../../ui/page.tsx'
import { Answered, Empty } from '../../ui/state.tsx'
import { useColumns } from './columns.ts'
import { FeeInvoiceForm } from './fee-invoice-form.tsx'
import { FeeCase } from './fees.tsx'
import { PlainTable } from './plain-table.tsx'

type FeeMonth = Schemas['FeeMonth']
type FeeRow = readonly [name: string, of: 'feeRupiah' | 'vatRupiah' | 'withholdingRupiah']

export function FeeMonthPage() {
  const { t, f } = useLanguage()
  const b = useFinance()
  const mayOperate = useMay('operate')
  const { channel, month } = useParams({ from: '/fees/$channel/$month' })
  const fees = useQuery({
    queryKey: ['fee-month', channel, month],
    queryFn: () => answerOf(api.GET('/api/fee-invoices/{channel}/{month}', { params: { path: { channel, month } } })),
    refetchInterval: CALM,
  })
  return (
    <Page
      title={b.fees.of(worded(t.words.channels, channel), f.month(month))}
      lead={
        <Link to="/fees" search={{ month }}>
          {b.fees.all}
        </Link>
      }
    >
      <Answered query={fees} rows={8}>
        {(answer) => <FeeMonthView fees={answer} />}
      </Answered>
      {mayOperate && <FeeInvoiceForm key={`${channel} ${month}`} channel={channel} month={month} />}
    </Page>
  )
}

function FeeMonthView({ fees }: { readonly fees: FeeMonth }) {
  const { f } = useLanguage()
  const b = useFinance()
  const column = useColumns<FeeRow>()
  const { due, taken, difference, payments, reversedPayments, daysWithoutFile, toleranceRupiah, channel, month } = fees
  const rateOf = ({ percent, baseParts, baseOf, certainty }: FeeMonth['vatRate']) =>
    `${b.fees.rate(f.number(percent), f.number(baseParts), f.number(baseOf))} (${worded(b.words.certainties, certainty)})`
  return (
    <>
      <Figures>
        <Figure label={b.fees.due} value={f.money(due.feeRupiah)} note={f.counted(payments, b.units.payments)} />
        <Figure label={b.fees.taken} value={f.money(taken.feeRupiah)} />
        <Figure
          label={b.fees.difference}
          value={f.money(difference.feeRupiah)}
          tone={difference.feeRupiah === 0 ? 'good' : 'warn'}
          note={<FeeCase found={fees.case} />}
        />
      </Figures>
      <Section title={b.fees.rates}>
        <PlainTable
          label={b.fees.rates}
          rows={[
            [b.fees.fee, 'feeRupiah'] as const,
            [b.fees.vat, 'vatRupiah'] as const,
            [b.fees.withholding, 'withholdingRupiah'] as const,
          ]}
          keyOf={([, name]) => name}
          file={`fee-sums-${channel}-${month}`}
          columns={[
            { header: b.fees.amount, cell: ([name]) => name, value: ([name]) => name, isName: true },
            column.money(b.fees.due, ([, name]) => due[name]),
            column.money(b.fees.taken, ([, name]) => taken[name]),
            column.money(b.fees.difference, ([, name]) => difference[name]),
          ]}
        />
        <Facts
          items={[
            [b.fees.kept, f.money(fees.keptRupiah)],
            [b.fees.billed, f.money(fees.billedRupiah)],
            [b.fees.inDays, f.money(fees.inDayCasesRupiah)],
            [b.fees.tolerance, f.money(toleranceRupiah)],
            [b.fees.reversed, f.number(reversedPayments)],
            [b.fees.withoutFile, f.number(daysWithoutFile)],
            [b.fees.vat, rateOf(fees.vatRate)],
            [b.fees.withholding, rateOf(fees.withholdingRate)],
          ]}
        />
      </Section>
      <Invoices fees={fees} />
      <Lines fees={fees} />
      <Days fees={fees} />
    </>
  )
}

function Invoices({ fees: { invoices, channel, month } }: { readonly fees: FeeMonth }) {
  const b = useFinance()
  const column = useColumns<FeeMonth['invoices'][number]>()
  return (
    <Section title={b.fees.invoices}>
      {invoices.length === 0 ? (
        <Empty>{b.fees.noInvoices}</Empty>
      ) : (
        <PlainTable
          label={b.fees.invoices}
          rows={invoices}
          keyOf={({ number }) => number}
          file={`fee-invoices-${channel}-${month}`}
          columns={[
            {
              header: b.fees.number,
              cell: ({ number }) => <span className="mono">{number}</span>,
              value: ({ number }) => number,
              isName: true,
            },
            column.day(b.fees.date, ({ date }) => date),
            column.money(b.fees.fee, ({ feeRupiah }) => feeRupiah),
            column.money(b.fees.kept, ({ keptRupiah }) => keptRupiah),
            column.money(b.fees.vat, ({ vatRupiah }) => vatRupiah),
            column.money(b.fees.withholding, ({ withholdingRupiah }) => withholdingRupiah),
            column.money(b.fees.payable, ({ payableRupiah }) => payableRupiah),
            column.money(b.fees.paid, ({ paidRupiah }) => paidRupiah),
            column.money(b.fees.open, ({ openRupiah }) => openRupiah),
            column.instant(b.fees.entered, ({ enteredAt }) => enteredAt),
          ]}
        />
      )}
    </Section>
  )
}

function Lines({ fees: { lines, channel, month } }: { readonly fees: FeeMonth }) {
  const { f } = useLanguage()
  const b = useFinance()
  const column = useColumns<FeeMonth['lines'][number]>()
  return (
    <Section title={b.fees.lines}>
      {lines.length === 0 ? (
        <Empty />
      ) : (
        <PlainTable
          label={b.fees.lines}
          rows={lines}
          keyOf={({ from, feeRupiah }) => `${from} ${feeRupiah}`}
          file={`fee-lines-${channel}-${month}`}
          columns={[
            { header: b.fees.from, cell: ({ from }) => f.shortDay(from), value: ({ from }) => from, isName: true },
            { header: b.fees.to, cell: ({ to }) => f.shortDay(to), value: ({ to }) => to },
            {
              header: b.fees.each,
              cell: ({ feeRupiah }) => (feeRupiah === null ? b.fees.minimum : f.money(feeRupiah)),
              value: ({ feeRupiah }) => feeRupiah ?? b.fees.minimum,
              align: 'end',
            },
            column.number(b.fees.payments, ({ payments }) => payments),
            column.money(b.fees.amount, ({ amountRupiah }) => amountRupiah),
          ]}
        />
      )}
    </Section>
  )
}

function Days({ fees: { days, channel, month } }: { readonly fees: FeeMonth }) {
  const { f } = useLanguage()
  const b = useFinance()
  const column = useColumns<FeeMonth['days'][number]>()
  return (
    <Section title={b.fees.days}>
      {days.length === 0 ? (
        <Empty />
      ) : (
        <PlainTable
          label={b.fees.days}
          rows={days}
          keyOf={({ date }) => date}
          file={`fee-days-${channel}-${month}`}
          columns={[
            {
              header: b.fees.day,
              cell: ({ date }) => (
                <Link to="/settlement/$channel/$date" params={{ channel, date }}>
                  {f.shortDay(date)}
                </Link>
              ),
              value: ({ date }) => date,
              isName: true,
            },
            column.number(b.fees.payments, ({ payments }) => payments),
            column.number(b.fees.reversed, ({ reversedPayments }) => reversedPayments),
            {
              header: b.fees.kept,
              cell: ({ keptRupiah, hasFile }) => (hasFile ? f.money(keptRupiah) : b.fees.noFile),
              value: ({ keptRupiah, hasFile }) => (hasFile ? keptRupiah : b.fees.noFile),
              align: 'end',
            },
            column.money(b.fees.inDays, ({ inDayCasesRupiah }) => inDayCasesRupiah),
          ]}
        />
      )}
    </Section>
  )
}
