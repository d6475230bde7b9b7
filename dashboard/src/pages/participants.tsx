/**
 * The search: one field for whatever somebody holds in their hand. It is asked in the body of a call, never in an address, and
 * forgotten with the page. A KPJ that is the only answer opens its page at once.
 */
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { TextInput } from '../ui/fields.tsx'
import { Badge, Facts, Page, Section } from '../ui/page.tsx'
import { Empty, FormProblem } from '../ui/state.tsx'
import { toneOf } from '../ui/tones.ts'

type Found = Schemas['SearchResult']

const KPJ = /^\d{11}$/
const LONGEST = 128

export function ParticipantsPage() {
  const { t } = useLanguage()
  const { search: texts } = t.people
  const navigate = useNavigate()
  const [wanted, setWanted] = useState('')
  const [day, setDay] = useState('')
  const search = useMutation({
    mutationFn: (text: string) =>
      answerOf(api.POST('/api/searches', { body: { text, ...(day === '' ? {} : { day }) } })),
    onSuccess: ({ memberships, payments }, text) => {
      const [only] = memberships
      const isItsNumber = KPJ.test(text) && memberships.length === 1 && payments.length === 0
      if (only && isItsNumber) void navigate({ to: '/participants/$kpj', params: { kpj: only.kpj } })
    },
    // A NIK is forgotten with the page.
    gcTime: 0,
  })
  const mayBeReference = /^\s*ch/i.test(wanted)
  return (
    <Page title={t.participants.title} lead={t.participants.lead}>
      <Section title={t.participants.find}>
        <Form
          className="form"
          role="search"
          onSubmit={(event) => {
            event.preventDefault()
            if (wanted.trim() !== '') search.mutate(wanted.trim())
          }}
        >
          <TextInput
            label={texts.field}
            value={wanted}
            onChange={setWanted}
            hint={texts.hint}
            maxLength={LONGEST}
            autoFocus
          />
          {mayBeReference && <TextInput label={texts.day} type="date" value={day} onChange={setDay} />}
          <FormProblem problem={search.error} />
          <div className="row">
            <Button type="submit" className="button primary" isDisabled={search.isPending}>
              {t.participants.find}
            </Button>
          </div>
        </Form>
        <p className="muted">{t.participants.private}</p>
      </Section>
      {search.data !== undefined && <Answer found={search.data} />}
    </Page>
  )
}

function Answer({ found }: { readonly found: Found }) {
  const { t, f } = useLanguage()
  const { search: texts } = t.people
  const { memberships, bills, payments, day } = found
  if (memberships.length + bills.length + payments.length === 0) {
    return (
      <div role="status">
        <Empty>{day === null ? texts.none : texts.noneOnDay(f.day(day))}</Empty>
      </div>
    )
  }
  return (
    <>
      {memberships.length > 0 && <Memberships memberships={memberships} />}
      {payments.length > 0 && <Payments payments={payments} />}
      {bills.map((bill) => (
        <BillView key={bill.billCode} bill={bill} />
      ))}
    </>
  )
}

function Memberships({ memberships }: { readonly memberships: Found['memberships'] }) {
  const { t } = useLanguage()
  return (
    <Section title={t.people.search.memberships}>
      <ul className="history">
        {memberships.map(({ kpj, name, status, sector, funding }) => (
          <li key={kpj}>
            <span className="row">
              <Link to="/participants/$kpj" params={{ kpj }}>
                <b>{kpj}</b>
              </Link>
              <Badge tone={toneOf(status)}>{worded(t.words.membership, status)}</Badge>
            </span>
            <span>{name}</span>
            <span className="muted">
              {worded(t.words.sectors, sector)} · {worded(t.words.fundings, funding)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Payments({ payments }: { readonly payments: Found['payments'] }) {
  const { t, f } = useLanguage()
  const { search: texts } = t.people
  return (
    <Section title={texts.payments}>
      <ul className="history">
        {payments.map(({ channel, paymentId, hubReference, account, outcome, decidedAt }) => (
          <li key={`${channel} ${paymentId}`}>
            <span className="row">
              <b>
                {worded(t.words.channels, channel)} <span className="mono">{paymentId}</span>
              </b>
              <Badge tone={outcome === 'accepted' ? 'good' : 'bad'}>{worded(texts.outcomes, outcome)}</Badge>
            </span>
            <span>
              {texts.member}{' '}
              {account !== null && KPJ.test(account) ? (
                <Link to="/participants/$kpj" params={{ kpj: account }}>
                  {account}
                </Link>
              ) : (
                (account ?? texts.nobody)
              )}
            </span>
            <span className="muted">
              {f.instant(decidedAt)} · <span className="mono">{hubReference}</span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function BillView({ bill }: { readonly bill: Schemas['Bill'] }) {
  const { t, f } = useLanguage()
  return (
    <Section
      title={`${t.participants.bill} ${bill.billCode}`}
      actions={<Badge tone={toneOf(bill.status)}>{worded(t.words.bills, bill.status)}</Badge>}
    >
      <Facts
        items={[
          [t.overview.amount, f.money(bill.amountRupiah)],
          [t.membership.months, bill.months.map(f.month).join(', ')],
          [
            'KPJ',
            bill.kpj === null ? (
              f.number(bill.memberCount)
            ) : (
              <Link key="kpj" to="/participants/$kpj" params={{ kpj: bill.kpj }}>
                {bill.kpj}
              </Link>
            ),
          ],
          [t.cover.until, f.instant(bill.payableUntil)],
          ...(bill.paidBy === null
            ? []
            : ([
                [t.membership.channel, `${worded(t.words.channels, bill.paidBy.channel)} ${bill.paidBy.paymentId}`],
              ] as const)),
        ]}
      />
    </Section>
  )
}
