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
import { useColumns } from './columns.ts'
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
  const { t } = useLanguage()
  const b = useFinance()
  const column = useColumns<Fees>()
  if (channels.length === 0) return <Empty>{b.fees.none}</Empty>
  return (
    <PlainTable
      label={b.fees.title}
      rows={channels}
      keyOf={({ channel }) => channel}
      file={`fees-${month}`}
      columns={[
        {
          header: t.overview.channel,
          cell: ({ channel }) => (
            <Link to="/fees/$channel/$month" params={{ channel, month }}>
              {worded(t.words.channels, channel)}
            </Link>
          ),
          value: ({ channel }) => worded(t.words.channels, channel),
          isName: true,
        },
        column.number(b.fees.payments, ({ payments }) => payments),
        column.money(b.fees.due, ({ due }) => due.feeRupiah),
        column.money(b.fees.taken, ({ taken }) => taken.feeRupiah),
        column.money(b.fees.inDays, ({ inDayCasesRupiah }) => inDayCasesRupiah),
        column.money(b.fees.difference, ({ difference }) => difference.feeRupiah),
        column.number(b.fees.invoices, ({ invoiceCount }) => invoiceCount),
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
