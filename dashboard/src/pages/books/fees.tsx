/** What each channel should charge for a month by its contract, what it took, and the entry of an invoice. */
import './books.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { CALM } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { jakartaDay } from '../../i18n/format.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { useMay } from '../../sign-in/use-session.ts'
import { TextInput } from '../../ui/fields.tsx'
import { Badge, Page, Section } from '../../ui/page.tsx'
import { Answered, Empty } from '../../ui/state.tsx'
import { toneOf } from '../../ui/tones.ts'
import { FeeInvoiceForm } from './fee-invoice-form.tsx'
import { PlainTable } from './plain-table.tsx'

type Fees = Schemas['Fees']['channels'][number]
const MONTH = /^\d{4}-\d{2}$/

export function FeesPage() {
  const { f } = useLanguage()
  const b = useFinance()
  const search = useSearch({ from: '/fees' })
  const navigate = useNavigate()
  const mayOperate = useMay('operate')
  const month =
    search.month !== undefined && MONTH.test(search.month) ? search.month : jakartaDay(Date.now()).slice(0, 7)
  const fees = useQuery({
    queryKey: ['fees', month],
    queryFn: () => answerOf(api.GET('/api/fee-invoices', { params: { query: { month } } })),
    refetchInterval: CALM,
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title={b.fees.title}
      lead={b.fees.lead}
      actions={
        <TextInput
          label={b.fees.month}
          type="month"
          value={month}
          onChange={(value) => void navigate({ to: '/fees', search: { month: value || undefined } })}
        />
      }
    >
      <Section title={f.month(month)}>
        <Answered query={fees}>{({ channels }) => <FeesTable month={month} channels={channels} />}</Answered>
      </Section>
      {mayOperate && <FeeInvoiceForm key={month} channel="pos" month={month} />}
    </Page>
  )
}

function FeesTable({ month, channels }: { readonly month: string; readonly channels: readonly Fees[] }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  if (channels.length === 0) return <Empty>{b.fees.none}</Empty>
  return (
    <PlainTable
      label={b.fees.title}
      rows={channels}
      keyOf={({ channel }) => channel}
      columns={[
        {
          header: t.overview.channel,
          cell: ({ channel }) => (
            <Link to="/fees/$channel/$month" params={{ channel, month }}>
              {worded(t.words.channels, channel)}
            </Link>
          ),
          isName: true,
        },
        { header: b.fees.payments, cell: ({ payments }) => f.number(payments), align: 'end' },
        { header: b.fees.due, cell: ({ due }) => f.money(due.feeRupiah), align: 'end' },
        { header: b.fees.taken, cell: ({ taken }) => f.money(taken.feeRupiah), align: 'end' },
        { header: b.fees.inDays, cell: ({ inDayCasesRupiah }) => f.money(inDayCasesRupiah), align: 'end' },
        { header: b.fees.difference, cell: ({ difference }) => f.money(difference.feeRupiah), align: 'end' },
        { header: b.fees.invoices, cell: ({ invoiceCount }) => f.number(invoiceCount), align: 'end' },
        { header: b.fees.case, cell: (each) => (each.case === null ? '–' : <FeeCase found={each.case} />) },
      ]}
    />
  )
}

export function FeeCase({ found }: { readonly found: Fees['case'] }) {
  const { t } = useLanguage()
  const b = useFinance()
  if (found === null) return <span className="muted">{b.fees.withinTolerance}</span>
  return (
    <Link to="/differences/$id" params={{ id: found.id }}>
      <Badge tone={toneOf(found.state)}>{worded(t.words.states, found.state)}</Badge>
    </Link>
  )
}
