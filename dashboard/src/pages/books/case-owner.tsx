/** Who looks after a case: one takes it or gives it back; who approves may give it to anybody. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useMay, usePerson } from '../../sign-in/use-session.ts'
import { Section } from '../../ui/page.tsx'
import { FormProblem } from '../../ui/state.tsx'
import { PersonName } from './person.tsx'

type Difference = Schemas['Difference']

export function CaseOwner({ difference }: { readonly difference: Difference }) {
  const b = useFinance()
  const me = usePerson()?.subject
  const mayOperate = useMay('operate')
  const mayApprove = useMay('approve')
  const answers = useQueryClient()
  const { id, owner, state } = difference
  const params = { path: { id } }
  const changing = useMutation({
    mutationFn: (change: { readonly action: 'take' | 'release' } | { readonly owner: string | null }) =>
      answerOf(
        'action' in change
          ? api.POST('/api/differences/{id}/owner', { params, body: change })
          : api.POST('/api/differences/{id}/assignment', { params, body: change }),
      ),
    onSettled: () => answers.invalidateQueries(),
  })
  const isOpen = state !== 'resolved' && state !== 'approved'
  return (
    <Section title={b.case.owner} lead={b.case.ownerLead}>
      <div className="row">
        <b>{owner === null ? b.nobody : <PersonName subject={owner} />}</b>
        {isOpen && mayOperate && owner === null && (
          <Button
            className="button small"
            isDisabled={changing.isPending}
            onPress={() => changing.mutate({ action: 'take' })}
          >
            {b.case.take}
          </Button>
        )}
        {isOpen && mayOperate && owner !== null && owner === me && (
          <Button
            className="button small"
            isDisabled={changing.isPending}
            onPress={() => changing.mutate({ action: 'release' })}
          >
            {b.case.release}
          </Button>
        )}
        {isOpen && mayApprove && owner !== null && owner !== me && (
          <Button
            className="button small"
            isDisabled={changing.isPending}
            onPress={() => changing.mutate({ owner: null })}
          >
            {b.case.toNobody}
          </Button>
        )}
      </div>
      {isOpen && mayApprove && (
        <Assign
          known={peopleIn(difference)}
          isPending={changing.isPending}
          assign={(subject) => changing.mutate({ owner: subject })}
        />
      )}
      <FormProblem problem={changing.error} />
    </Section>
  )
}

function Assign({
  known,
  isPending,
  assign,
}: {
  readonly known: readonly string[]
  readonly isPending: boolean
  readonly assign: (subject: string) => void
}) {
  const b = useFinance()
  const [subject, setSubject] = useState('')
  const list = useId()
  const field = useId()
  return (
    <Form
      className="form inline"
      onSubmit={(event) => {
        event.preventDefault()
        if (subject.trim() !== '') assign(subject.trim())
      }}
    >
      <div className="field">
        <label htmlFor={field}>{b.case.assignTo}</label>
        <input
          id={field}
          list={list}
          value={subject}
          maxLength={64}
          autoComplete="off"
          onChange={(event) => setSubject(event.target.value)}
        />
        <datalist id={list}>
          {known.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      </div>
      <Button type="submit" className="button" isDisabled={isPending}>
        {b.case.assign}
      </Button>
    </Form>
  )
}

/** Whoever has had to do with it. */
function peopleIn({ history, owner }: Difference): readonly string[] {
  return [...new Set([...history.map(({ by }) => by), owner].filter((each): each is string => each !== null))]
}
