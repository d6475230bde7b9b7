/** An invoice of a channel for its fees, entered as it came. What was entered stays; so it is asked before. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { answerOf, api } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { jakartaDay } from '../../i18n/format.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Choice, TextInput } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { FormProblem } from '../../ui/state.tsx'
import { CHANNELS } from './channels.ts'

const AMOUNTS = ['feeRupiah', 'keptRupiah', 'vatRupiah', 'withholdingRupiah'] as const
type Amount = (typeof AMOUNTS)[number]

export function FeeInvoiceForm({ channel, month }: { readonly channel: string; readonly month: string }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const answers = useQueryClient()
  const [of, setOf] = useState(channel)
  const [number, setNumber] = useState('')
  const [date, setDate] = useState(() => jakartaDay(Date.now()))
  const [texts, setTexts] = useState<Readonly<Record<Amount, string>>>({
    feeRupiah: '',
    keptRupiah: '0',
    vatRupiah: '',
    withholdingRupiah: '',
  })
  const [isAsked, setAsked] = useState(false)
  const amounts = Object.fromEntries(AMOUNTS.map((name) => [name, Number(texts[name])])) as Record<Amount, number>
  const entering = useMutation({
    mutationFn: () =>
      answerOf(api.POST('/api/fee-invoices', { body: { channel: of, number, month, date, ...amounts } })),
    onSettled: () => {
      setAsked(false)
      return answers.invalidateQueries()
    },
  })
  const names: Readonly<Record<Amount, string>> = {
    feeRupiah: b.fees.fee,
    keptRupiah: b.fees.kept,
    vatRupiah: b.fees.vat,
    withholdingRupiah: b.fees.withholding,
  }
  return (
    <Section title={b.fees.enter} lead={b.fees.enterLead}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(true)
        }}
      >
        <div className="part">
          <Choice
            label={t.overview.channel}
            value={of}
            options={CHANNELS.map((each) => [each, worded(t.words.channels, each)])}
            onChange={setOf}
          />
          <TextInput label={b.fees.number} value={number} onChange={setNumber} required maxLength={64} />
          <TextInput label={b.fees.date} type="date" value={date} onChange={setDate} required />
        </div>
        <div className="part amounts">
          {AMOUNTS.map((name) => (
            <TextInput
              key={name}
              label={names[name]}
              value={texts[name]}
              onChange={(value) => setTexts({ ...texts, [name]: value })}
              pattern="-?[0-9]{1,13}"
              maxLength={14}
              required
            />
          ))}
        </div>
        <p className="hint">{b.fees.rupiah}</p>
        <FormProblem problem={entering.error} />
        {entering.isSuccess && (
          <p className="notice good" role="status">
            {b.fees.saved}
          </p>
        )}
        <div className="row">
          <Button type="submit" className="button primary" isDisabled={entering.isPending}>
            {b.fees.enter}
          </Button>
        </div>
      </Form>
      {isAsked && (
        <Confirm
          title={b.fees.question(number, f.money(amounts.feeRupiah))}
          action={b.fees.save}
          isPending={entering.isPending}
          onConfirm={() => entering.mutate()}
          onClose={() => setAsked(false)}
        >
          <ul>
            <li>
              {worded(t.words.channels, of)}, {f.month(month)}
            </li>
            {AMOUNTS.map((name) => (
              <li key={name}>
                {names[name]}: {f.money(amounts[name])}
              </li>
            ))}
          </ul>
          <p className="muted">
            {b.fees.effect} {b.two.stays}
          </p>
        </Confirm>
      )}
    </Section>
  )
}
