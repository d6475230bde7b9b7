/** Asks whether a membership was covered on a day, by what was known at some moment. The answer has an address of its own. */
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { jakartaDay } from '../i18n/format.ts'
import { useLanguage } from '../i18n/language.tsx'
import { TextInput } from '../ui/fields.tsx'

export function CoverForm({
  kpj,
  on,
  knownAt,
}: {
  readonly kpj: string
  readonly on?: string | undefined
  readonly knownAt?: string | undefined
}) {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const [day, setDay] = useState(on?.slice(0, 10) ?? jakartaDay(Date.now()))
  const [time, setTime] = useState(on?.slice(11, 16) ?? '')
  const [known, setKnown] = useState(knownAt?.slice(0, 16) ?? '')
  const ask = () =>
    void navigate({
      to: '/participants/$kpj/cover',
      params: { kpj },
      search: {
        on: time === '' ? day : atJakarta(`${day}T${time}`),
        knownAt: known === '' ? undefined : atJakarta(known),
      },
    })
  return (
    <Form
      className="form inline no-print"
      onSubmit={(event) => {
        event.preventDefault()
        ask()
      }}
    >
      <TextInput label={t.cover.on} type="date" value={day} onChange={setDay} required />
      <TextInput label={t.cover.onTime} type="time" value={time} onChange={setTime} />
      <TextInput label={t.cover.knownAt} type="datetime-local" value={known} onChange={setKnown} />
      <Button type="submit" className="button primary">
        {t.cover.ask}
      </Button>
    </Form>
  )
}

/** What a person types is a time of Asia/Jakarta, wherever the machine stands. */
function atJakarta(local: string): string {
  return `${local.length === 16 ? `${local}:00` : local}+07:00`
}
