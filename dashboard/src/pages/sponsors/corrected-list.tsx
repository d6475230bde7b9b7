/** What a corrected list changes against the one before it, and the confirmation without which nothing of it happens. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { useMay } from '../../sign-in/use-session.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { Figure, Figures, Section } from '../../ui/page.tsx'
import { FormProblem } from '../../ui/state.tsx'

type Cohort = Schemas['Cohort']

export function CorrectedList({
  list,
  change,
}: {
  readonly list: Cohort
  readonly change: NonNullable<Cohort['change']>
}) {
  const { f } = useLanguage()
  const { list: l } = useSponsorTexts()
  const { joined, stayed, left } = change
  return (
    <Section title={l.changeTitle} lead={l.changeLead}>
      <Figures>
        <Figure label={l.joined} value={f.number(joined)} tone={joined > 0 ? 'good' : 'plain'} />
        <Figure label={l.stayed} value={f.number(stayed)} />
        <Figure label={l.left} value={f.number(left)} note={l.leftNote} tone={left > 0 ? 'warn' : 'plain'} />
      </Figures>
      {list.corrects !== null && (
        <p>
          {l.corrects}{' '}
          <Link to="/lists/$cohort" params={{ cohort: list.corrects }} className="mono">
            {list.corrects}
          </Link>
        </p>
      )}
      {list.confirmedBy === null ? (
        <Confirmation list={list} persons={joined + stayed} />
      ) : (
        <p className="notice good">{l.confirmedBy(list.confirmedBy)}</p>
      )}
    </Section>
  )
}

function Confirmation({ list, persons }: { readonly list: Cohort; readonly persons: number }) {
  const { f } = useLanguage()
  const { list: l, units } = useSponsorTexts()
  const mayAct = useMay('sponsor')
  const [isAsked, setAsked] = useState(false)
  const answers = useQueryClient()
  const confirming = useMutation({
    mutationFn: () =>
      answerOf(api.POST('/api/cohorts/{cohort}/confirmation', { params: { path: { cohort: list.cohortId } } })),
    onSettled: () => setAsked(false),
    onSuccess: () => answers.invalidateQueries(),
  })
  if (list.state !== 'judged' || list.working !== null) return null
  if (!mayAct) return <p className="notice">{l.waits}</p>
  return (
    <>
      <div className="row">
        <Button className="button primary" isDisabled={confirming.isPending} onPress={() => setAsked(true)}>
          {l.confirm}
        </Button>
      </div>
      <FormProblem problem={confirming.error} />
      {isAsked && (
        <Confirm
          title={l.confirmQuestion(f.counted(persons, units.persons))}
          action={l.confirm}
          isPending={confirming.isPending}
          onConfirm={() => confirming.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>{l.confirmEffect}</p>
        </Confirm>
      )}
    </>
  )
}
