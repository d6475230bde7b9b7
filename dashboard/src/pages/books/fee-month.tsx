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
import { FeeInvoiceForm } from './fee-invoice-form.tsx'
import { FeeCase } from './fees.tsx'
import { PlainTable } from './plain-table.tsx'

type FeeMonth = Schemas['FeeMonth']

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
  const { due, taken, difference, payments, reversedPayments, daysWithoutFile, toleranceRupiah } = fees
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
          columns={[
            { header: b.fees.amount, cell: ([name]) => name, isName: true },
            { header: b.fees.due, cell: ([, name]) => f.money(due[name]), align: 'end' },
            { header: b.fees.taken, cell: ([, name]) => f.money(taken[name]), align: 'end' },
            { header: b.fees.difference, cell: ([, name]) => f.money(difference[name]), align: 'end' },
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
      <Invoices invoices={fees.invoices} />
      <Lines fees={fees} />
      <Days fees={fees} />
    </>
  )
}

function Invoices({ invoices }: { readonly invoices: FeeMonth['invoices'] }) {
  const { f } = useLanguage()
  const b = useFinance()
  return (
    <Section title={b.fees.invoices}>
      {invoices.length === 0 ? (
        <Empty>{b.fees.noInvoices}</Empty>
      ) : (
        <PlainTable
          label={b.fees.invoices}
          rows={invoices}
          keyOf={({ number }) => number}
          columns={[
            { header: b.fees.number, cell: ({ number }) => <span className="mono">{number}</span>, isName: true },
            { header: b.fees.date, cell: ({ date }) => f.day(date) },
            { header: b.fees.fee, cell: ({ feeRupiah }) => f.money(feeRupiah), align: 'end' },
            { header: b.fees.kept, cell: ({ keptRupiah }) => f.money(keptRupiah), align: 'end' },
            { header: b.fees.vat, cell: ({ vatRupiah }) => f.money(vatRupiah), align: 'end' },
            { header: b.fees.withholding, cell: ({ withholdingRupiah }) => f.money(withholdingRupiah), align: 'end' },
            { header: b.fees.payable, cell: ({ payableRupiah }) => f.money(payableRupiah), align: 'end' },
            { header: b.fees.paid, cell: ({ paidRupiah }) => f.money(paidRupiah), align: 'end' },
            { header: b.fees.open, cell: ({ openRupiah }) => f.money(openRupiah), align: 'end' },
            { header: b.fees.entered, cell: ({ enteredAt }) => f.instant(enteredAt) },
          ]}
        />
      )}
    </Section>
  )
}

function Lines({ fees: { lines } }: { readonly fees: FeeMonth }) {
  const { f } = useLanguage()
  const b = useFinance()
  return (
    <Section title={b.fees.lines}>
      {lines.length === 0 ? (
        <Empty />
      ) : (
        <PlainTable
          label={b.fees.lines}
          rows={lines}
          keyOf={({ from, feeRupiah }) => `${from} ${feeRupiah}`}
          columns={[
            { header: b.fees.from, cell: ({ from }) => f.shortDay(from), isName: true },
            { header: b.fees.to, cell: ({ to }) => f.shortDay(to) },
            {
              header: b.fees.each,
              cell: ({ feeRupiah }) => (feeRupiah === null ? b.fees.minimum : f.money(feeRupiah)),
              align: 'end',
            },
            { header: b.fees.payments, cell: ({ payments }) => f.number(payments), align: 'end' },
            { header: b.fees.amount, cell: ({ amountRupiah }) => f.money(amountRupiah), align: 'end' },
          ]}
        />
      )}
    </Section>
  )
}

function Days({ fees: { days, channel } }: { readonly fees: FeeMonth }) {
  const { f } = useLanguage()
  const b = useFinance()
  return (
    <Section title={b.fees.days}>
      {days.length === 0 ? (
        <Empty />
      ) : (
        <PlainTable
          label={b.fees.days}
          rows={days}
          keyOf={({ date }) => date}
          columns={[
            {
              header: b.fees.day,
              cell: ({ date }) => (
                <Link to="/settlement/$channel/$date" params={{ channel, date }}>
                  {f.shortDay(date)}
                </Link>
              ),
              isName: true,
            },
            { header: b.fees.payments, cell: ({ payments }) => f.number(payments), align: 'end' },
            { header: b.fees.reversed, cell: ({ reversedPayments }) => f.number(reversedPayments), align: 'end' },
            {
              header: b.fees.kept,
              cell: ({ keptRupiah, hasFile }) => (hasFile ? f.money(keptRupiah) : b.fees.noFile),
              align: 'end',
            },
            { header: b.fees.inDays, cell: ({ inDayCasesRupiah }) => f.money(inDayCasesRupiah), align: 'end' },
          ]}
        />
      )}
    </Section>
  )
}
