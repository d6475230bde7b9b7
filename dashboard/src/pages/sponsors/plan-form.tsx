/** What a sponsor undertakes to pay, as a form: a new program, or another plan for a draft. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Form } from 'react-aria-components'
import type { Schemas } from '../../api/client.ts'
import { jakartaDay } from '../../i18n/format.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { Choice, TextInput } from '../../ui/fields.tsx'
import { FormProblem } from '../../ui/state.tsx'
import { FUNDINGS_OF, type Kind } from './fundings.ts'
import { monthAfter } from './months.ts'

type Program = Schemas['Program']
type Plan = Omit<Schemas['ProgramPlanRequest'], 'version'>
export type PlanSent = Plan & { readonly code: string }

type Fields = {
  readonly code: string
  readonly name: string
  readonly funding: Plan['funding']
  readonly per: Plan['budget']['per']
  readonly amount: string
  readonly firstMonth: string
  readonly months: string
  readonly sector: Plan['sector']
  readonly programs: Plan['programs']
  readonly income: string
  readonly priority: Plan['priority']
}

const DIGITS = '[0-9]{1,14}'
const SECTORS: readonly Plan['sector'][] = ['farming', 'fishery', 'trade', 'services', 'transport', 'other']

export function PlanForm({
  kind,
  action,
  program,
  asksCode = false,
  send,
}: {
  readonly kind: Kind
  readonly action: string
  readonly program?: Program
  readonly asksCode?: boolean
  readonly send: (plan: PlanSent) => Promise<void>
}) {
  const { t } = useLanguage()
  const { program: p, words } = useSponsorTexts()
  const [fields, setFields] = useState<Fields>(() => fieldsOf(kind, program))
  const saving = useMutation({ mutationFn: () => send(planOf(fields)) })
  const set = (change: Partial<Fields>) => setFields({ ...fields, ...change })
  return (
    <Form
      className="form wide"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <TextInput label={p.name} value={fields.name} onChange={(name) => set({ name })} maxLength={100} required />
      {asksCode && (
        <TextInput
          label={p.code}
          value={fields.code}
          onChange={(code) => set({ code })}
          hint={p.codeHint}
          maxLength={24}
        />
      )}
      <Choice
        label={p.funding}
        value={fields.funding}
        options={FUNDINGS_OF[kind].map((each) => [each, worded(t.words.fundings, each)] as const)}
        onChange={(funding) => set({ funding: funding as Fields['funding'] })}
      />
      <Choice
        label={p.budgetPer}
        value={fields.per}
        options={Object.entries(words.budgetsPer)}
        onChange={(per) => set({ per: per as Fields['per'] })}
      />
      <TextInput
        label={`${p.budget} (${p.amount})`}
        value={fields.amount}
        onChange={(amount) => set({ amount })}
        inputMode="numeric"
        pattern={DIGITS}
        required
      />
      <TextInput
        label={p.firstMonth}
        type="month"
        value={fields.firstMonth}
        onChange={(firstMonth) => set({ firstMonth })}
        required
      />
      <TextInput
        label={p.months}
        value={fields.months}
        onChange={(months) => set({ months })}
        inputMode="numeric"
        pattern="[1-9]|1[0-2]"
        required
      />
      <Choice
        label={p.programs}
        value={fields.programs}
        options={Object.entries(words.programs)}
        onChange={(programs) => set({ programs: programs as Fields['programs'] })}
      />
      <Choice
        label={p.sector}
        value={fields.sector}
        options={SECTORS.map((each) => [each, worded(t.words.sectors, each)] as const)}
        onChange={(sector) => set({ sector: sector as Fields['sector'] })}
        hint={p.unlessSaid}
      />
      <TextInput
        label={p.income}
        value={fields.income}
        onChange={(income) => set({ income })}
        hint={p.unlessSaid}
        inputMode="numeric"
        pattern={DIGITS}
        required
      />
      <Choice
        label={p.priority}
        value={fields.priority}
        options={Object.entries(words.priorities)}
        onChange={(priority) => set({ priority: priority as Fields['priority'] })}
      />
      <div className="row whole">
        <Button type="submit" className="button primary" isDisabled={saving.isPending}>
          {action}
        </Button>
        {saving.isSuccess && (
          <span className="muted" role="status">
            {p.saved}
          </span>
        )}
      </div>
      <FormProblem problem={saving.error} />
    </Form>
  )
}

function fieldsOf(kind: Kind, program: Program | undefined): Fields {
  if (program === undefined) {
    return {
      code: '',
      name: '',
      funding: FUNDINGS_OF[kind][0] as Fields['funding'],
      per: 'total',
      amount: '',
      firstMonth: monthAfter(jakartaDay(Date.now())),
      months: '12',
      sector: 'farming',
      programs: 'JKK+JKM',
      income: '1000000',
      priority: 'stop',
    }
  }
  const { name, funding, budget, firstMonth, months, sector, programs, incomeRupiah, priority } = program
  return {
    code: '',
    name,
    funding,
    per: budget.per,
    amount: String(budget.amountRupiah),
    firstMonth,
    months: String(months),
    sector,
    programs,
    income: String(incomeRupiah),
    priority,
  }
}

function planOf({ per, amount, months, income, ...rest }: Fields): PlanSent {
  return {
    ...rest,
    budget: { per, amountRupiah: Number(amount) },
    months: Number(months),
    incomeRupiah: Number(income),
  }
}
