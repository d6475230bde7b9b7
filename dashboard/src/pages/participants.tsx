/** The search: a membership by KPJ, a person by NIK (in the body of a call, never in an address), a bill by its code. */
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { usePerson } from '../sign-in/use-session.ts'
import { TextInput } from '../ui/fields.tsx'
import { Badge, Facts, Page, Section } from '../ui/page.tsx'
import { Empty, FormProblem } from '../ui/state.tsx'
import { toneOf } from '../ui/tones.ts'

type Found =
  | { readonly kind: 'person'; readonly memberships: readonly Schemas['Membership'][] }
  | { readonly kind: 'bill'; readonly bill: Schemas['Bill'] }

const KPJ = /^\d{11}$/
const BILL_CODE = /^99\d{14}$/
const NIK = /^\d{16}$/

export function ParticipantsPage() {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const person = usePerson()
  const [wanted, setWanted] = useState('')
  const [isWrong, setWrong] = useState(false)
  const search = useMutation({
    mutationFn: async (number: string): Promise<Found> => {
      if (BILL_CODE.test(number)) {
        const bill = await answerOf(api.GET('/api/bills/{billCode}', { params: { path: { billCode: number } } }))
        return { kind: 'bill', bill }
      }
      const { memberships } = await answerOf(api.POST('/api/participants/search', { body: { nik: number } }))
      return { kind: 'person', memberships }
    },
    // A NIK is forgotten with the page.
    gcTime: 0,
  })
  const find = () => {
    const number = wanted.replace(/\s/g, '')
    const isNumber = KPJ.test(number) || NIK.test(number)
    setWrong(!isNumber)
    if (!isNumber) return
    if (KPJ.test(number)) void navigate({ to: '/participants/$kpj', params: { kpj: number } })
    else search.mutate(number)
  }
  return (
    <Page title={t.participants.title} lead={t.participants.lead}>
      <Section title={t.participants.find}>
        <Form
          className="form"
          role="search"
          onSubmit={(event) => {
            event.preventDefault()
            find()
          }}
        >
          <TextInput
            label={t.participants.search}
            value={wanted}
            onChange={setWanted}
            inputMode="numeric"
            hint={t.participants.hint}
            maxLength={24}
          />
          {isWrong && (
            <p className="form-problem" role="alert">
              {t.participants.wrong}
            </p>
          )}
          <FormProblem problem={search.error} />
          <div className="row">
            <Button type="submit" className="button primary" isDisabled={search.isPending}>
              {t.participants.find}
            </Button>
          </div>
        </Form>
        <p className="muted">
          {t.participants.private} {person?.unmasked ? '' : t.participants.masked}
        </p>
      </Section>
      {search.data?.kind === 'person' && <Memberships memberships={search.data.memberships} />}
      {search.data?.kind === 'bill' && <BillView bill={search.data.bill} />}
    </Page>
  )
}

function Memberships({ memberships }: { readonly memberships: readonly Schemas['Membership'][] }) {
  const { t } = useLanguage()
  if (memberships.length === 0) return <Empty>{t.participants.none}</Empty>
  return (
    <Section title={t.participants.memberships}>
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
