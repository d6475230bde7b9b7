/** Bills for a list, or others in place of those that nobody has paid. Asks first; the codes are payable soon after. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { jakartaDay } from '../../i18n/format.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { useMay } from '../../sign-in/use-session.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { Choice, TextInput } from '../../ui/fields.tsx'
import { Facts, Section } from '../../ui/page.tsx'
import { FormProblem } from '../../ui/state.tsx'
import { useBudget } from './budget-view.tsx'

type Request = Schemas['CohortBillRequest']
type Planned = Schemas['PlannedBills']

const OWN = ''
/** Offered at first; a month to pay. */
const DAYS_TO_PAY = 30

export function BillForm({
  list,
  program,
}: {
  readonly list: Schemas['Cohort']
  readonly program: Schemas['Program']
}) {
  const { bill: b } = useSponsorTexts()
  const mayAct = useMay('sponsor')
  const isReady = (list.state === 'enrolled' || list.state === 'billed') && list.working === null
  if (!mayAct || list.state === 'paid') return null
  const isAgain = list.state === 'billed'
  return (
    <Section title={isAgain ? b.replaceTitle : b.title} lead={b.lead}>
      {isReady ? <Billing list={list} program={program} isAgain={isAgain} /> : <p className="muted">{b.notYet}</p>}
    </Section>
  )
}

function Billing({
  list,
  program,
  isAgain,
}: {
  readonly list: Schemas['Cohort']
  readonly program: Schemas['Program']
  readonly isAgain: boolean
}) {
  const { f } = useLanguage()
  const { bill: b, units, words } = useSponsorTexts()
  const [per, setPer] = useState<NonNullable<Request['per']>>('program')
  const [priority, setPriority] = useState<Request['priority'] | typeof OWN>(OWN)
  const [validUntil, setValidUntil] = useState(() => jakartaDay(Date.now(), DAYS_TO_PAY))
  const [isAsked, setAsked] = useState(false)
  const answers = useQueryClient()
  const billing = useMutation({
    mutationFn: () => {
      const body: Request = { per, validUntil, ...(priority === OWN || priority === undefined ? {} : { priority }) }
      return answerOf(api.POST('/api/cohorts/{cohort}/bill', { params: { path: { cohort: list.cohortId } }, body }))
    },
    onSettled: () => setAsked(false),
    onSuccess: () => answers.invalidateQueries(),
  })
  const action = isAgain ? b.replace : b.issue
  return (
    <>
      <NeedOfProgram program={program.id} />
      <Form
        className="form wide"
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(true)
        }}
      >
        <Choice
          label={b.per}
          value={per}
          options={Object.entries(words.billsPer)}
          onChange={(chosen) => setPer(chosen as typeof per)}
        />
        <Choice
          label={b.priority}
          value={priority ?? OWN}
          options={[
            [OWN, b.own(worded(words.priorities, program.priority))] as const,
            ...Object.entries(words.priorities),
          ]}
          onChange={(chosen) => setPriority(chosen as typeof priority)}
        />
        <TextInput label={b.validUntil} type="date" value={validUntil} onChange={setValidUntil} required />
        <div className="row whole">
          <Button type="submit" className="button primary" isDisabled={billing.isPending}>
            {action}
          </Button>
        </div>
      </Form>
      <FormProblem problem={billing.error} />
      {billing.data !== undefined && <PlannedBills planned={billing.data} />}
      {isAsked && (
        <Confirm
          title={b.question(f.counted(list.enrolled, units.persons))}
          action={action}
          isPending={billing.isPending}
          onConfirm={() => billing.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>{b.effect}</p>
          <Facts
            items={[
              [b.per, worded(words.billsPer, per)],
              [b.priority, worded(words.priorities, priority || program.priority)],
              [b.validUntil, f.day(validUntil)],
            ]}
          />
        </Confirm>
      )}
    </>
  )
}

function NeedOfProgram({ program }: { readonly program: string }) {
  const { f } = useLanguage()
  const { bill: b } = useSponsorTexts()
  const budget = useBudget(program)
  if (budget.data === undefined) return null
  const { needRupiah, budgetRupiah, shortfallRupiah } = budget.data
  return (
    <Facts
      items={[
        [b.needs, f.money(needRupiah)],
        [b.has, f.money(budgetRupiah)],
        ...(shortfallRupiah > 0 ? [[b.short, f.money(shortfallRupiah)] as const] : []),
      ]}
    />
  )
}

function PlannedBills({ planned }: { readonly planned: Planned }) {
  const { f } = useLanguage()
  const { bill: b, units } = useSponsorTexts()
  const { persons, leftOut, bills } = planned
  const billed = f.counted(persons, units.persons)
  return (
    <div className="notice good" role="status">
      <span>
        <b>{leftOut === 0 ? b.plannedAll(billed) : b.planned(billed, f.number(leftOut))}</b>{' '}
        {f.counted(bills.length, units.bills)}, {b.expected}{' '}
        {f.money(bills.reduce((sum, { expectedRupiah }) => sum + expectedRupiah, 0))}
      </span>
    </div>
  )
}
