/**
 * A member's name, NIK, phone and e-mail: masked until somebody says why they need them. The reason goes to the API, which keeps it
 * with who saw whom; what it answers lives in this component alone, and is forgotten after five minutes or with the page.
 */
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useFinance } from '../i18n/finance.ts'
import { useLanguage } from '../i18n/language.tsx'
import { useMay } from '../sign-in/use-session.ts'
import { Choice, TextInput } from '../ui/fields.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { FormProblem } from '../ui/state.tsx'
import { Erasure, useErasure } from './erasure.tsx'

type Disclosure = Schemas['Disclosure']
type Masked = Pick<Schemas['Membership'], 'kpj' | 'name' | 'nik' | 'phone'>

const SHOWN_MILLIS = 5 * 60_000
const REASON_LIMIT = 140

export function PersonalData({ masked }: { readonly masked: Masked }) {
  const { t, f } = useLanguage()
  const { personal } = t.people
  const { erasure: erasureTexts } = useFinance()
  const may = useMay('disclose')
  const erasure = useErasure(masked.kpj)
  const erasedAt = erasure.data?.erasedAt ?? null
  const [shown, setShown] = useState<Disclosure>()
  const [isAsking, setAsking] = useState(false)
  useEffect(() => {
    if (shown === undefined) return
    const timer = setTimeout(() => setShown(undefined), SHOWN_MILLIS)
    return () => clearTimeout(timer)
  }, [shown])
  const { name, nik, phone } = shown ?? masked
  const mono = (key: string, text: string) => (
    <span key={key} className="mono">
      {text || '–'}
    </span>
  )
  return (
    <Section
      title={personal.title}
      lead={
        shown === undefined && erasedAt === null ? `${personal.masked}${may ? '' : ` ${personal.mayNot}`}` : undefined
      }
      actions={
        may &&
        erasedAt === null && (
          <Button
            className="button no-print"
            onPress={() => (shown === undefined ? setAsking(true) : setShown(undefined))}
          >
            {shown === undefined ? personal.show : personal.hide}
          </Button>
        )
      }
    >
      {shown !== undefined && erasedAt === null && (
        <p className="notice warning" role="status">
          {personal.shown(shown.reason, f.instant(shown.at))}
        </p>
      )}
      {erasedAt !== null && <p className="notice">{erasureTexts.done(f.instant(erasedAt))}</p>}
      {erasedAt === null && (
        <Facts
          items={[
            [t.membership.name, name || '–'],
            [t.membership.nik, mono('nik', nik)],
            [t.membership.phone, mono('phone', phone)],
            ...(shown === undefined ? [] : ([[personal.email, mono('email', shown.email)]] as const)),
          ]}
        />
      )}
      <FormProblem problem={erasure.error} />
      {erasure.data !== undefined && <Erasure kpj={masked.kpj} standing={erasure.data} />}
      {isAsking && (
        <AskReason
          kpj={masked.kpj}
          onClose={() => setAsking(false)}
          onShown={(disclosure) => {
            setShown(disclosure)
            setAsking(false)
          }}
        />
      )}
    </Section>
  )
}

const CHOICES = ['call', 'claim', 'correction', 'complaint', 'other'] as const

function AskReason({
  kpj,
  onShown,
  onClose,
}: {
  readonly kpj: string
  readonly onShown: (disclosure: Disclosure) => void
  readonly onClose: () => void
}) {
  const { t } = useLanguage()
  const { personal } = t.people
  const [choice, setChoice] = useState<(typeof CHOICES)[number]>('call')
  const [words, setWords] = useState('')
  const reason = choice === 'other' ? words.trim() : (personal.reasons[choice] ?? '')
  const asking = useMutation({
    mutationFn: () => answerOf(api.POST('/api/disclosures', { body: { kpj, reason } })),
    onSuccess: onShown,
    // Nothing of it outlives this page.
    gcTime: 0,
  })
  return (
    <FormDialog
      title={personal.ask}
      lead={personal.askLead}
      action={personal.confirm}
      isPending={asking.isPending}
      problem={asking.error}
      onSubmit={() => {
        if (reason !== '') asking.mutate()
      }}
      onClose={onClose}
    >
      <Choice
        label={personal.choose}
        value={choice}
        options={CHOICES.map((each) => [each, personal.reasons[each] ?? each] as const)}
        onChange={(value) => setChoice(CHOICES.find((each) => each === value) ?? 'other')}
      />
      {choice === 'other' && (
        <TextInput
          label={personal.other}
          hint={personal.otherHint}
          value={words}
          onChange={setWords}
          maxLength={REASON_LIMIT}
          required
          autoFocus
        />
      )}
    </FormDialog>
  )
}
