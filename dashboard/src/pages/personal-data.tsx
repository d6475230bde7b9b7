/**
 * A member's name, NIK, phone and e-mail: masked until somebody says why they need them. The reason goes to the API, which keeps it
 * with who saw whom; what it answers lives in this component alone, and is forgotten after five minutes or with the page.
 */
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Button, Dialog, Form, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage } from '../i18n/language.tsx'
import { useMay } from '../sign-in/use-session.ts'
import { Choice, TextInput } from '../ui/fields.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { FormProblem } from '../ui/state.tsx'

type Disclosure = Schemas['Disclosure']
type Masked = Pick<Schemas['Membership'], 'kpj' | 'name' | 'nik' | 'phone'>

const SHOWN_MILLIS = 5 * 60_000
const REASON_LIMIT = 140

export function PersonalData({ masked }: { readonly masked: Masked }) {
  const { t, f } = useLanguage()
  const { personal } = t.people
  const may = useMay('disclose')
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
      lead={shown === undefined ? `${personal.masked}${may ? '' : ` ${personal.mayNot}`}` : undefined}
      actions={
        may && (
          <Button
            className="button no-print"
            onPress={() => (shown === undefined ? setAsking(true) : setShown(undefined))}
          >
            {shown === undefined ? personal.show : personal.hide}
          </Button>
        )
      }
    >
      {shown !== undefined && (
        <p className="notice warning" role="status">
          {personal.shown(shown.reason, f.instant(shown.at))}
        </p>
      )}
      <Facts
        items={[
          [t.membership.name, name || '–'],
          [t.membership.nik, mono('nik', nik)],
          [t.membership.phone, mono('phone', phone)],
          ...(shown === undefined ? [] : ([[personal.email, mono('email', shown.email)]] as const)),
        ]}
      />
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
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">{personal.ask}</Heading>
          <p className="muted">{personal.askLead}</p>
          <Form
            className="form"
            onSubmit={(event) => {
              event.preventDefault()
              if (reason !== '') asking.mutate()
            }}
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
            <FormProblem problem={asking.error} />
            <div className="dialog-actions">
              <Button className="button" onPress={onClose}>
                {t.form.cancel}
              </Button>
              <Button type="submit" className="button primary" isDisabled={asking.isPending}>
                {personal.confirm}
              </Button>
            </div>
          </Form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
