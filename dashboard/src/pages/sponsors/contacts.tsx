/** Whom the hub writes to about a sponsor's programs: shown, and changed as a whole by whoever sees them in full. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { worded } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { useMay } from '../../sign-in/use-session.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { Choice, TextInput } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { Empty, FormProblem } from '../../ui/state.tsx'

type Contact = Schemas['SponsorContactsRequest']['contacts'][number]
type Draft = Contact & { readonly key: number }

const MOST = 20

export function Contacts({ sponsor }: { readonly sponsor: Schemas['Sponsor'] }) {
  const { sponsor: s, sponsors } = useSponsorTexts()
  const mayAct = useMay('sponsor')
  const [isChanging, setChanging] = useState(false)
  const { contacts } = sponsor
  const full = contacts.flatMap(({ email, ...rest }) => (email === null ? [] : [{ ...rest, email }]))
  const seesAll = full.length === contacts.length
  return (
    <Section title={s.contacts} lead={s.contactsLead}>
      {contacts.length === 0 ? (
        <Empty>{s.noContact}</Empty>
      ) : (
        <ul className="history">
          {contacts.map(({ name, email, language }) => (
            <li key={`${name} ${email}`}>
              <b>{name}</b>
              <span className="muted">
                {email !== null && `${email} · `}
                {worded(s.languages, language)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {mayAct && !seesAll && <p className="muted">{s.masked}</p>}
      {mayAct && seesAll && !isChanging && (
        <div className="row">
          <Button className="button" onPress={() => setChanging(true)}>
            {s.changeContacts}
          </Button>
        </div>
      )}
      {isChanging && (
        <ContactForm id={sponsor.id} before={full} onEnd={() => setChanging(false)} name={sponsors.name} />
      )}
    </Section>
  )
}

function ContactForm({
  id,
  before,
  name: nameLabel,
  onEnd,
}: {
  readonly id: string
  readonly before: readonly Contact[]
  readonly name: string
  readonly onEnd: () => void
}) {
  const { sponsor: s } = useSponsorTexts()
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => before.map((each, key) => ({ ...each, key })))
  const [isAsked, setAsked] = useState(false)
  const answers = useQueryClient()
  const saving = useMutation({
    mutationFn: () =>
      answerOf(
        api.PUT('/api/sponsors/{sponsor}/contacts', {
          params: { path: { sponsor: id } },
          body: { contacts: drafts.map(({ key: _, ...contact }) => contact) },
        }),
      ),
    onSettled: () => setAsked(false),
    onSuccess: async () => {
      await answers.invalidateQueries({ queryKey: ['sponsor', id] })
      onEnd()
    },
  })
  const change = (key: number, changed: Partial<Contact>) =>
    setDrafts(drafts.map((each) => (each.key === key ? { ...each, ...changed } : each)))
  const added = (): Draft => ({
    key: Math.max(-1, ...drafts.map(({ key }) => key)) + 1,
    name: '',
    email: '',
    language: 'id',
  })
  return (
    <Form
      className="parts"
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
      }}
    >
      {drafts.map(({ key, name, email, language }) => (
        <div key={key} className="part">
          <TextInput
            label={nameLabel}
            value={name}
            onChange={(to) => change(key, { name: to })}
            maxLength={100}
            required
          />
          <TextInput
            label={s.email}
            value={email}
            onChange={(to) => change(key, { email: to })}
            maxLength={254}
            required
          />
          <Choice
            label={s.language}
            value={language}
            options={Object.entries(s.languages)}
            onChange={(to) => change(key, { language: to as Contact['language'] })}
          />
          <Button className="button" onPress={() => setDrafts(drafts.filter((each) => each.key !== key))}>
            {s.removeContact(name || s.unnamed)}
          </Button>
        </div>
      ))}
      <div className="row">
        <Button className="button" isDisabled={drafts.length >= MOST} onPress={() => setDrafts([...drafts, added()])}>
          {s.addContact}
        </Button>
        <Button type="submit" className="button primary" isDisabled={saving.isPending}>
          {s.save}
        </Button>
      </div>
      <FormProblem problem={saving.error} />
      {isAsked && (
        <Confirm
          title={s.confirmContacts}
          action={s.save}
          isPending={saving.isPending}
          onConfirm={() => saving.mutate()}
          onClose={() => setAsked(false)}
        >
          <ul>
            {drafts.map(({ key, name, email }) => (
              <li key={key}>
                {name} · {email}
              </li>
            ))}
          </ul>
        </Confirm>
      )}
    </Form>
  )
}
