/** Locks a till, a store or a customer out of a channel. A customer's number is in the call's body and nowhere else. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { answerOf, api } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useLockTexts } from '../i18n/use-lock-texts.ts'
import { Choice, TextInput } from '../ui/fields.tsx'
import { Section } from '../ui/page.tsx'
import { AskReason } from './lock-reason.tsx'

const KINDS = ['till', 'store', 'customer'] as const
type Kind = (typeof KINDS)[number]

/** As many as the API takes at most are the last choice. */
const HOURS = [1, 4, 8, 12, 24] as const
const SUBJECT_LENGTH = 80
const NIK_LENGTH = 16

export function LockForm({ channel }: { readonly channel: string }) {
  const { f } = useLanguage()
  const w = useLockTexts()
  const [kind, setKind] = useState<Kind>('till')
  const [name, setName] = useState('')
  const [hours, setHours] = useState<number>(HOURS[1])
  const [isAsking, setAsking] = useState(false)
  const answers = useQueryClient()
  const lock = useMutation({
    mutationFn: (reason: string) => {
      const params = { path: { channel } }
      const subject = name.trim()
      return kind === 'customer'
        ? answerOf(
            api.POST('/api/partners/{channel}/customer-locks', {
              params,
              body: { customerId: subject, hours, reason },
            }),
          )
        : answerOf(api.POST('/api/partners/{channel}/locks', { params, body: { by: kind, subject, reason } }))
    },
    // Nothing of a customer's number outlives the form.
    gcTime: 0,
    onSuccess: async () => {
      setName('')
      setAsking(false)
      await answers.invalidateQueries({ queryKey: ['locks', channel] })
    },
  })
  const isCustomer = kind === 'customer'
  return (
    <Section title={w.lockTitle} lead={w.lockLead}>
      <Form
        className="form inline from-top"
        onSubmit={(event) => {
          event.preventDefault()
          lock.reset()
          setAsking(true)
        }}
      >
        <Choice
          label={w.what}
          value={kind}
          options={KINDS.map((each) => [each, worded(w.kinds, each)])}
          onChange={(next) => {
            setKind(KINDS.find((each) => each === next) ?? 'till')
            setName('')
          }}
        />
        <TextInput
          key={kind}
          label={w[kind]}
          hint={w[`${kind}Hint`]}
          value={name}
          onChange={setName}
          required
          {...(isCustomer
            ? { inputMode: 'numeric', pattern: '[0-9]{11}|[0-9]{16}', maxLength: NIK_LENGTH }
            : { maxLength: SUBJECT_LENGTH })}
        />
        {isCustomer && (
          <Choice
            label={w.hours}
            value={String(hours)}
            options={HOURS.map((each) => [String(each), f.counted(each, w.hoursOf)])}
            onChange={(next) => setHours(Number(next))}
          />
        )}
        <Button type="submit" className="button primary">
          {w.lock}
        </Button>
      </Form>
      {lock.isSuccess && (
        <p className="notice" role="status">
          {w.locked}
        </p>
      )}
      {isAsking && (
        <AskReason
          title={w.askLock(isCustomer ? w.thisCustomer : w.named(worded(w.kinds, kind), name.trim()))}
          lead={isCustomer ? w.customerHarm : w.outletHarm}
          action={w.lock}
          isPending={lock.isPending}
          problem={lock.error}
          onReason={(reason) => lock.mutate(reason)}
          onClose={() => setAsking(false)}
        />
      )}
    </Section>
  )
}
