/** What other rules would change: a few of them as a form; every list of docs/rule-simulation.md can be tried by the API. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useMay } from '../sign-in/use-session.ts'
import { TextInput } from '../ui/fields.tsx'
import { Badge, Facts, Figure, Figures, Page, Section } from '../ui/page.tsx'
import { Empty, FormProblem, NotAllowed } from '../ui/state.tsx'
import { type Trial, withNext } from './rule-trial.ts'

type Request = Schemas['RuleTrialRequest']
type Wanted = { readonly jkm: string; readonly grace: string; readonly discount: string; readonly from: string }

const FIRST_TARIFF_MONTH = '2015-07'
const FIRST_MONTH = '1970-01'
const PER_CALL = 200
const SOURCE = 'simulated in the dashboard'

export function RulesPage() {
  const { t } = useLanguage()
  const mayOperate = useMay('operate')
  if (!mayOperate) return <NotAllowed />
  return (
    <Page title={t.rules.title} lead={t.rules.lead}>
      <Simulation />
    </Page>
  )
}

function Simulation() {
  const { t } = useLanguage()
  const [wanted, setWanted] = useState<Wanted>({ jkm: '', grace: '', discount: '', from: '' })
  const [problem, setProblem] = useState<string>()
  const [tried, setTried] = useState<{ readonly rules: Request['rules']; readonly trial: Trial }>()
  const trial = useMutation({
    mutationFn: ({ rules, before }: { readonly rules: Request['rules']; readonly before: Trial | null }) => {
      const after = before?.next ?? undefined
      const body = { rules, limit: PER_CALL, ...(after === undefined ? {} : { after }) }
      return answerOf(api.POST('/api/rules/try', { body }))
    },
    onSuccess: (answer, { rules, before }) =>
      setTried({ rules, trial: before === null ? answer : withNext(before, answer) }),
  })
  const set = (change: Partial<Wanted>) => setWanted({ ...wanted, ...change })
  const run = () => {
    const read = rulesOf(wanted)
    setProblem(read === 'nothing' ? t.rules.needOne : read === 'wrong' ? t.rules.expected : undefined)
    if (typeof read !== 'string') trial.mutate({ rules: read, before: null })
  }
  return (
    <>
      <Section title={t.rules.tried}>
        <Form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            run()
          }}
        >
          <TextInput
            label={t.rules.jkm}
            inputMode="numeric"
            value={wanted.jkm}
            onChange={(jkm) => set({ jkm })}
            maxLength={9}
          />
          <TextInput
            label={t.rules.grace}
            inputMode="numeric"
            value={wanted.grace}
            onChange={(grace) => set({ grace })}
            maxLength={2}
          />
          <TextInput
            label={t.rules.discount}
            inputMode="numeric"
            value={wanted.discount}
            onChange={(discount) => set({ discount })}
            maxLength={3}
          />
          {problem !== undefined && (
            <p className="form-problem" role="alert">
              {problem}
            </p>
          )}
          <FormProblem problem={trial.error} />
          <div className="row">
            <Button type="submit" className="button primary" isDisabled={trial.isPending}>
              {trial.isPending ? t.rules.running : t.rules.run}
            </Button>
          </div>
        </Form>
      </Section>
      {tried !== undefined && (
        <>
          <TrialView trial={tried.trial} />
          {tried.trial.next !== null && (
            <Button
              className="button more"
              isDisabled={trial.isPending}
              onPress={() => trial.mutate({ rules: tried.rules, before: tried.trial })}
            >
              {trial.isPending ? t.rules.running : t.rules.more}
            </Button>
          )}
        </>
      )}
    </>
  )
}

function TrialView({ trial }: { readonly trial: Trial }) {
  const { t, f } = useLanguage()
  const { nextPayments, credit } = trial
  return (
    <>
      <Figures>
        <Figure label={t.rules.checked} value={f.number(trial.checked)} note={f.instant(trial.asOf)} />
        <Figure label={t.rules.changed} value={f.number(trial.changed)} tone={trial.changed === 0 ? 'good' : 'warn'} />
        <Figure
          label={t.rules.nextPayments}
          value={f.money(nextPayments.tried)}
          note={f.signedMoney(nextPayments.tried - nextPayments.now)}
        />
        <Figure label={t.rules.credit} value={f.money(credit.tried)} note={f.signedMoney(credit.tried - credit.now)} />
      </Figures>
      <div className="columns">
        <Section title={t.rules.statuses}>
          {trial.statuses.length === 0 ? (
            <Empty>{t.rules.none}</Empty>
          ) : (
            <Facts
              items={trial.statuses.map(
                ({ from, to, count }) =>
                  [`${worded(t.words.membership, from)} → ${worded(t.words.membership, to)}`, f.number(count)] as const,
              )}
            />
          )}
        </Section>
        <Section title={t.membership.notices}>
          {trial.notices.length === 0 ? (
            <Empty>{t.rules.none}</Empty>
          ) : (
            <Facts
              items={trial.notices.map(
                ({ stage, now, tried }) =>
                  [worded(t.words.stages, stage), `${f.number(now)} → ${f.number(tried)}`] as const,
              )}
            />
          )}
        </Section>
        <Section title={t.rules.sample}>
          {trial.rows.length === 0 ? (
            <Empty>{t.rules.none}</Empty>
          ) : (
            <ul className="history">
              {trial.rows.slice(0, 10).map(({ kpj, now, tried }) => (
                <li key={kpj}>
                  <b>{kpj}</b>
                  <span className="row">
                    <Badge tone="plain">{`${worded(t.words.membership, now.status)} → ${worded(t.words.membership, tried.status)}`}</Badge>
                    <span className="number">
                      {f.money(now.nextRupiah)} → {f.money(tried.nextRupiah)}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Section>
      </div>
    </>
  )
}

/** A list replaces the present one from its beginning on, so that what is compared is one rule against the other. */
function rulesOf({ jkm, grace, discount }: Wanted): Request['rules'] | 'nothing' | 'wrong' {
  if ([jkm, grace, discount].every((text) => text.trim() === '')) return 'nothing'
  const read = { jkm: numberIn(jkm, 1_000_000_000), grace: numberIn(grace, 24), discount: numberIn(discount, 100) }
  if (Object.values(read).includes('wrong')) return 'wrong'
  const tariff = {
    ...(typeof read.jkm === 'number'
      ? { jkmRupiah: [{ from: FIRST_TARIFF_MONTH, value: read.jkm, source: SOURCE }] }
      : {}),
    ...(typeof read.discount === 'number'
      ? { discountBasisPoints: { farming: [{ from: FIRST_TARIFF_MONTH, value: read.discount * 100, source: SOURCE }] } }
      : {}),
  }
  return {
    ...(Object.keys(tariff).length === 0 ? {} : { tariff }),
    ...(typeof read.grace === 'number'
      ? { graceMonths: [{ from: FIRST_MONTH, value: read.grace, source: SOURCE }] }
      : {}),
  } as Request['rules']
}

function numberIn(text: string, most: number): number | undefined | 'wrong' {
  if (text.trim() === '') return undefined
  const value = Number(text)
  return Number.isInteger(value) && value >= 0 && value <= most ? value : 'wrong'
}
