/** A partner's call in a minute: one payment by its id with all that became of it, and the last payments of the day. */
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { LIVE } from '../api/answers.ts'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useLockTexts } from '../i18n/use-lock-texts.ts'
import { useWatchTexts } from '../i18n/use-watch-texts.ts'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { Choice, TextInput } from '../ui/fields.tsx'
import { Badge, Page, Section } from '../ui/page.tsx'
import { Answered } from '../ui/state.tsx'
import { CHANNELS } from './books/channels.ts'
import { PaymentSteps } from './partner-payment.tsx'

type Item = Schemas['PartnerPayments']['items'][number]

export function PartnerPage() {
  const w = useWatchTexts().partner
  const l = useLockTexts()
  const { channel } = useParams({ from: '/partners/$channel' })
  const { payment, date } = useSearch({ from: '/partners/$channel' })
  return (
    <Page
      title={w.title}
      lead={w.lead}
      actions={
        <Link className="button" to="/partners/$channel/locks" params={{ channel }}>
          {l.open}
        </Link>
      }
    >
      <Find key={`${channel} ${payment ?? ''}`} channel={channel} payment={payment ?? ''} date={date} />
      {payment !== undefined && <Found channel={channel} paymentId={payment} />}
      <Latest channel={channel} date={date} />
    </Page>
  )
}

function Find({
  channel,
  payment,
  date,
}: {
  readonly channel: string
  readonly payment: string
  readonly date: string | undefined
}) {
  const { t } = useLanguage()
  const w = useWatchTexts().partner
  const navigate = useNavigate()
  const [wanted, setWanted] = useState(payment)
  const go = (next: string, paymentId: string) =>
    navigate({
      to: '/partners/$channel',
      params: { channel: next },
      search: { date, payment: paymentId === '' ? undefined : paymentId },
    })
  return (
    <Section title={w.find} lead={w.findLead}>
      <Form
        className="form inline"
        onSubmit={(event) => {
          event.preventDefault()
          void go(channel, wanted.trim())
        }}
      >
        <Choice
          label={w.channel}
          value={channel}
          options={CHANNELS.map((each) => [each, worded(t.words.channels, each)])}
          onChange={(next) => void go(next, '')}
        />
        <TextInput label={w.paymentId} value={wanted} onChange={setWanted} maxLength={128} />
        <Button type="submit" className="button primary" isDisabled={wanted.trim() === ''}>
          {w.go}
        </Button>
      </Form>
    </Section>
  )
}

function Found({ channel, paymentId }: { readonly channel: string; readonly paymentId: string }) {
  const w = useWatchTexts().partner
  const payment = useQuery({
    queryKey: ['partner-payment', channel, paymentId],
    queryFn: () =>
      answerOf(api.GET('/api/partners/{channel}/payments/{paymentId}', { params: { path: { channel, paymentId } } })),
    refetchInterval: LIVE,
  })
  return (
    <Section title={w.steps} lead={paymentId}>
      <Answered query={payment}>{(answer) => <PaymentSteps payment={answer} />}</Answered>
    </Section>
  )
}

function Latest({ channel, date }: { readonly channel: string; readonly date: string | undefined }) {
  const { t, f } = useLanguage()
  const w = useWatchTexts().partner
  const latest = useQuery({
    queryKey: ['partner-payments', channel, date],
    queryFn: () =>
      answerOf(
        api.GET('/api/partners/{channel}/payments', {
          params: { path: { channel }, query: date === undefined ? {} : { day: date } },
        }),
      ),
    refetchInterval: LIVE,
  })
  const columns = useMemo<readonly TableColumn<Item>[]>(
    () => [
      {
        id: 'at',
        header: w.decidedAt,
        value: (item) => item.decidedAt,
        cell: (item) => f.time(item.decidedAt),
        width: 9,
      },
      {
        id: 'id',
        header: w.paymentId,
        value: (item) => item.paymentId,
        cell: (item) => (
          <Link to="/partners/$channel" params={{ channel }} search={{ payment: item.paymentId, date }}>
            {item.paymentId}
          </Link>
        ),
        width: 15,
      },
      { id: 'reference', header: w.reference, value: (item) => item.hubReference, width: 15 },
      {
        id: 'kind',
        header: w.kind,
        value: (item) => w.kinds[item.kind],
        cell: (item) => <Badge tone={item.kind === 'payment' ? 'good' : 'warn'}>{w.kinds[item.kind]}</Badge>,
        width: 9,
      },
      {
        id: 'amount',
        header: w.amount,
        value: (item) => item.amountRupiah,
        cell: (item) => f.money(item.amountRupiah),
        align: 'end',
        width: 8,
      },
      { id: 'account', header: w.account, value: (item) => item.account, width: 10 },
      { id: 'outlet', header: w.outlet, value: (item) => item.outlet, width: 8 },
    ],
    [w, f, channel, date],
  )
  return (
    <Section
      title={w.latest}
      lead={`${worded(t.words.channels, channel)}${latest.data ? ` · ${f.day(latest.data.day)}` : ''}`}
    >
      <Answered query={latest}>
        {({ items }) => (
          <DataTable
            label={w.latest}
            rows={items}
            columns={columns}
            keyOf={(item, index) => `${item.kind} ${item.paymentId} ${index}`}
            file={`payments-${channel}`}
            empty={w.none}
          />
        )}
      </Answered>
    </Section>
  )
}
