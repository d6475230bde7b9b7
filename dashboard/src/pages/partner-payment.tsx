/** The steps of one payment, in the order in which they happen: decided, recorded, folded, reversed, settled. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useWatchTexts } from '../i18n/use-watch-texts.ts'
import { Badge, Facts } from '../ui/page.tsx'
import { type Tone, toneOf } from '../ui/tones.ts'

type Payment = Schemas['PartnerPayment']

export function PaymentSteps({ payment }: { readonly payment: Payment }) {
  const { f } = useLanguage()
  const w = useWatchTexts().partner
  const { decision, fact, reversedAt, view, settlement } = payment
  return (
    <ol className="steps">
      <Step
        name={w.decision}
        at={f.instant(decision.decidedAt)}
        tone={decision.outcome === 'accepted' ? 'good' : 'bad'}
        says={
          decision.refusal === null
            ? w.outcomes[decision.outcome]
            : `${w.outcomes[decision.outcome]}: ${w.refusals[decision.refusal]}`
        }
      >
        <Facts items={decided(payment, w, f)} />
      </Step>
      <Step
        name={w.recorded}
        at={fact === null ? '' : f.instant(fact.recordedAt)}
        tone={fact === null ? 'wait' : 'good'}
        says={fact === null ? '–' : `+${f.number(fact.secondsToRecord)} s`}
      >
        {fact === null ? (
          <p className="muted">{w.notRecorded}</p>
        ) : (
          <Facts
            items={[
              [w.signedAt, f.instant(fact.partnerAt)],
              [w.outlet, fact.outlet === '' ? '–' : fact.outlet],
            ]}
          />
        )}
      </Step>
      <Folded view={view} account={decision.account} />
      {reversedAt !== null && <Step name={w.reversed} at={f.instant(reversedAt)} tone="warn" says={w.reversed} />}
      <Settled steps={settlement} />
    </ol>
  )
}

function decided(
  { decision }: Payment,
  w: ReturnType<typeof useWatchTexts>['partner'],
  f: ReturnType<typeof useLanguage>['f'],
): readonly (readonly [string, ReactNode])[] {
  return [
    [w.reference, decision.hubReference],
    [w.account, decision.account ?? '–'],
    [w.amount, decision.amountRupiah === null ? '–' : f.money(decision.amountRupiah)],
    [w.months, decision.months.map((month) => f.month(month)).join(', ') || '–'],
    [w.evidence, decision.evidenceDigest === null ? w.noEvidence : <code key="digest">{decision.evidenceDigest}</code>],
  ]
}

function Folded({ view, account }: { readonly view: Payment['view']; readonly account: string | null }) {
  const { t, f } = useLanguage()
  const w = useWatchTexts().partner
  if (view === null) return <Step name={w.folded} at="" tone="plain" says={w.noView} />
  return (
    <Step
      name={w.folded}
      at={f.instant(view.foldedAt)}
      tone={view.countsPayment ? 'good' : 'wait'}
      says={view.countsPayment ? w.foldedYes : w.foldedNo}
    >
      <p className="row tight">
        <Badge tone={toneOf(view.status)}>{worded(t.words.membership, view.status)}</Badge>
        {account !== null && (
          <Link to="/participants/$kpj" params={{ kpj: account }}>
            {w.open}
          </Link>
        )}
      </p>
    </Step>
  )
}

function Settled({ steps }: { readonly steps: Payment['settlement'] }) {
  const { f } = useLanguage()
  const w = useWatchTexts().partner
  if (steps.length === 0) return <Step name={w.settled} at="" tone="wait" says={w.unsettled} />
  return (
    <>
      {steps.map((step) => {
        if (step.step === 'settlement-line')
          return (
            <Step
              key="line"
              name={w.settled}
              at={f.instant(step.at)}
              tone="good"
              says={w.line(f.number(step.line), step.fileName ?? '')}
            />
          )
        if (step.step === 'bank-credit')
          return (
            <Step
              key={step.creditId}
              name={w.settled}
              at=""
              tone="good"
              says={w.credit(step.creditId, f.day(step.bookedOn))}
            />
          )
        return null
      })}
    </>
  )
}

function Step({
  name,
  at,
  tone,
  says,
  children,
}: {
  readonly name: string
  readonly at: string
  readonly tone: Tone
  readonly says: string
  readonly children?: ReactNode
}) {
  return (
    <li className={`step tone-${tone}`}>
      <div className="step-head">
        <b>{name}</b>
        <span className="muted">{at}</span>
        <Badge tone={tone}>{says}</Badge>
      </div>
      {children}
    </li>
  )
}
