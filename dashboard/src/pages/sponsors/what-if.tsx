/** What if: other people, months, money or discount dates. Computed by the API; nothing is written. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { Choice, TextInput } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { FormProblem } from '../../ui/state.tsx'
import { LongText } from '../books/text-area.tsx'
import { type Asked, asTheProgram, questionOf, type Read } from './budget-question.ts'
import { BudgetFigures, BudgetOptions, Villages } from './budget-view.tsx'
import { ALL_FUNDINGS } from './fundings.ts'

type Budget = Schemas['ProgramBudget']
type Question = Schemas['BudgetQuestion']

export function WhatIf({ program, now }: { readonly program: Schemas['Program']; readonly now: Budget }) {
  const { f } = useLanguage()
  const { budget: b } = useSponsorTexts()
  const [asked, setAsked] = useState<Asked>(() => asTheProgram(program))
  const [wrong, setWrong] = useState<Read>()
  const asking = useMutation({
    mutationFn: (body: Question) =>
      answerOf(api.POST('/api/programs/{program}/budget', { params: { path: { program: program.id } }, body })),
  })
  const ask = () => {
    const read = questionOf(asked)
    setWrong(read)
    if (read.outcome === 'question') asking.mutate(read.question)
  }
  return (
    <Section title={b.whatIf} lead={b.whatIfLead} className="no-print">
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          ask()
        }}
      >
        <Fields asked={asked} onChange={(change) => setAsked({ ...asked, ...change })} />
        {wrong?.outcome === 'bad-line' && (
          <p className="form-problem" role="alert">
            {b.peopleExpected(f.number(wrong.line))}
          </p>
        )}
        {wrong?.outcome === 'bad-discount' && (
          <p className="form-problem" role="alert">
            {b.discountExpected}
          </p>
        )}
        <div className="row">
          <Button type="submit" className="button primary" isDisabled={asking.isPending}>
            {asking.isPending ? b.asking : b.ask}
          </Button>
          <Button
            className="button"
            onPress={() => {
              setAsked(asTheProgram(program))
              setWrong(undefined)
              asking.reset()
            }}
          >
            {b.reset}
          </Button>
        </div>
      </Form>
      <FormProblem problem={asking.error} />
      {asking.data !== undefined && <Result budget={asking.data} now={now} />}
    </Section>
  )
}

function Result({ budget, now }: { readonly budget: Budget; readonly now: Budget }) {
  const { budget: b } = useSponsorTexts()
  return (
    <div className="stack" role="status">
      <h3>{b.result}</h3>
      <BudgetFigures budget={budget} now={now} />
      <BudgetOptions budget={budget} />
      <Villages budget={budget} empty={b.noVillage} />
      <p className="muted">{b.rules(budget.rulesVersion)}</p>
    </div>
  )
}

function Fields({
  asked,
  onChange: set,
}: {
  readonly asked: Asked
  readonly onChange: (change: Partial<Asked>) => void
}) {
  const { t } = useLanguage()
  const { budget: b, program: p, words } = useSponsorTexts()
  return (
    <div className="form wide">
      <TextInput
        label={p.months}
        value={asked.months}
        onChange={(months) => set({ months })}
        inputMode="numeric"
        pattern="[1-9]|1[0-2]"
        required
      />
      <TextInput
        label={p.firstMonth}
        type="month"
        value={asked.firstMonth}
        onChange={(firstMonth) => set({ firstMonth })}
        required
      />
      <Choice
        label={p.programs}
        value={asked.programs}
        options={Object.entries(words.programs)}
        onChange={(programs) => set({ programs: programs as Asked['programs'] })}
      />
      <Choice
        label={p.funding}
        value={asked.funding}
        options={ALL_FUNDINGS.map((each) => [each, worded(t.words.fundings, each)] as const)}
        onChange={(funding) => set({ funding: funding as Asked['funding'] })}
      />
      <Choice
        label={p.budgetPer}
        value={asked.per}
        options={Object.entries(words.budgetsPer)}
        onChange={(per) => set({ per: per as Asked['per'] })}
      />
      <TextInput
        label={`${p.budget} (${p.amount})`}
        value={asked.amount}
        onChange={(amount) => set({ amount })}
        inputMode="numeric"
        pattern="[0-9]{1,14}"
        required
      />
      <Choice
        label={b.people}
        value={asked.people}
        options={Object.entries(b.peopleOf)}
        onChange={(people) => set({ people: people as Asked['people'] })}
      />
      {asked.people === 'asked' && (
        <div className="whole">
          <LongText
            label={b.peopleField}
            value={asked.villages}
            onChange={(villages) => set({ villages })}
            hint={b.peopleHint}
            maxLength={200_000}
          />
        </div>
      )}
      <fieldset className="whole discount">
        <legend>{b.discount}</legend>
        <p className="hint">{b.discountHint}</p>
        <div className="form wide">
          <TextInput
            label={b.discountPercent}
            value={asked.discountPercent}
            onChange={(discountPercent) => set({ discountPercent })}
            inputMode="numeric"
            maxLength={3}
          />
          <TextInput
            label={b.discountFrom}
            type="month"
            value={asked.discountFrom}
            onChange={(discountFrom) => set({ discountFrom })}
          />
          <TextInput
            label={b.discountTo}
            type="month"
            value={asked.discountTo}
            onChange={(discountTo) => set({ discountTo })}
          />
        </div>
      </fieldset>
    </div>
  )
}
