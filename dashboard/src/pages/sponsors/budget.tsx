/** A program's budget: what its lists cost, where it is short and which ways out there are; and the same for other plans. */
import { useMutation } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import { type Schemas, textOf } from '../../api/client.ts'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { useMay } from '../../sign-in/use-session.ts'
import { download } from '../../ui/download.ts'
import { Section } from '../../ui/page.tsx'
import { Answered, FormProblem } from '../../ui/state.tsx'
import { BudgetFigures, BudgetOptions, useBudget, Villages } from './budget-view.tsx'
import { ProgramFrame } from './program-page.tsx'
import { WhatIf } from './what-if.tsx'

type Program = Schemas['Program']

export function BudgetPage() {
  const { budget: b } = useSponsorTexts()
  const { program: id } = useParams({ from: '/programs/$program/budget' })
  return (
    <ProgramFrame id={id} lead={b.lead}>
      {(program) => <Budget program={program} />}
    </ProgramFrame>
  )
}

function Budget({ program }: { readonly program: Program }) {
  const { budget: b } = useSponsorTexts()
  const mayAct = useMay('sponsor')
  const budget = useBudget(program.id)
  return (
    <>
      <Answered query={budget}>
        {(answer) => (
          <>
            <BudgetFigures budget={answer} />
            {answer.persons > 0 && (
              <Section title={b.options} lead={b.optionsLead}>
                <BudgetOptions budget={answer} />
              </Section>
            )}
            <Section title={b.villages} actions={<VillagesFile program={program.id} />}>
              <Villages budget={answer} empty={b.noVillage} />
            </Section>
          </>
        )}
      </Answered>
      {mayAct && budget.data && <WhatIf program={program} now={budget.data} />}
    </>
  )
}

function VillagesFile({ program }: { readonly program: string }) {
  const { budget: b } = useSponsorTexts()
  const saving = useMutation({
    mutationFn: async () =>
      download(`budget-${program}.csv`, await textOf(`/api/programs/${program}/budget?format=csv`)),
  })
  return (
    <div className="exports">
      <Button className="button small" isDisabled={saving.isPending} onPress={() => saving.mutate()}>
        {b.csv}
      </Button>
      <FormProblem problem={saving.error} />
    </div>
  )
}
