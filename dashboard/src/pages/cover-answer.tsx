/** The answer: covered or not, on which evidence, printable, and kept in the audit chain where a benefit rests on it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { type Format, jakartaDay } from '../i18n/format.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useMay, usePerson } from '../sign-in/use-session.ts'
import { TextInput } from '../ui/fields.tsx'
import { Badge, Facts, Page, Section } from '../ui/page.tsx'
import { Answered, Empty, FormProblem } from '../ui/state.tsx'
import type { Tone } from '../ui/tones.ts'
import { CoverForm } from './cover-form.tsx'

type Coverage = Schemas['Coverage']
type Step = Schemas['EvidenceStep']

export function CoverPage() {
  const { t } = useLanguage()
  const { kpj } = useParams({ from: '/participants/$kpj/cover' })
  const search = useSearch({ from: '/participants/$kpj/cover' })
  const { on = jakartaDay(Date.now()), knownAt } = search
  const mayOperate = useMay('operate')
  const coverage = useQuery({
    queryKey: ['cover', kpj, on, knownAt],
    queryFn: () =>
      answerOf(api.GET('/api/memberships/{kpj}/coverage', { params: { path: { kpj }, query: { on, knownAt } } })),
  })
  return (
    <Page
      title={`${t.cover.title} ${kpj}`}
      lead={
        <Link to="/participants/$kpj" params={{ kpj }} className="no-print">
          {t.cover.back}
        </Link>
      }
      actions={
        <Button className="button no-print" onPress={() => print()}>
          {t.cover.print}
        </Button>
      }
    >
      <CoverForm key={`${on} ${knownAt}`} kpj={kpj} on={on} knownAt={knownAt} />
      <Answered query={coverage} rows={6}>
        {(answer) => (
          <div className="answer-paper">
            <PaperHead at={answer.asOf} />
            <AnswerView coverage={answer} />
            <PaperFoot />
          </div>
        )}
      </Answered>
      {mayOperate && <Keep kpj={kpj} on={on} knownAt={knownAt} />}
      <KeptAnswers kpj={kpj} />
    </Page>
  )
}

/** On paper only: what it is, who printed it, and as of when. */
function PaperHead({ at }: { readonly at: string }) {
  const { t, f } = useLanguage()
  const person = usePerson()
  return (
    <div className="only-print">
      <b>
        {t.app} · {t.people.answer.heading}
      </b>
      <p>
        {t.people.answer.issued} {person?.name}, {f.instant(at)}
      </p>
    </div>
  )
}

function PaperFoot() {
  const { t } = useLanguage()
  return (
    <div className="only-print">
      <p>{t.people.answer.footer}</p>
      <p className="paper-signature">{t.people.answer.signature}</p>
    </div>
  )
}

function AnswerView({ coverage: c }: { readonly coverage: Coverage }) {
  const { t, f } = useLanguage()
  const tone: Tone = !c.covered ? 'bad' : c.partialDay ? 'warn' : 'good'
  const verdict = !c.covered ? t.cover.no : c.partialDay ? t.cover.partial : t.cover.yes
  const moment = (text: string) => (text.length === 10 ? f.day(text) : f.instant(text))
  return (
    <>
      <div className={`answer tone-${tone}`} role="status">
        <b>{verdict}</b>
        <span>{moment(c.on)}</span>
        {c.provisional && <span>{t.cover.provisional}</span>}
      </div>
      <Section title={t.cover.title}>
        <Facts
          items={[
            ['KPJ', c.kpj],
            [t.cover.on, moment(c.on)],
            [t.cover.known, c.knownAt === null ? t.cover.everything : f.instant(c.knownAt)],
            [t.cover.month, f.month(c.month)],
            [
              t.cover.stretch,
              c.from === null
                ? '–'
                : `${f.instant(c.from)} ${t.cover.until} ${c.to === null ? t.cover.openEnd : f.instant(c.to)}`,
            ],
            [
              t.cover.rules,
              <span key="rules" className="mono">
                {c.rulesVersion}
              </span>,
            ],
            [t.cover.computed, f.instant(c.asOf)],
          ]}
        />
      </Section>
      <Section title={t.cover.evidence} lead={t.cover.evidenceLead}>
        {c.evidence.length === 0 ? (
          <Empty>{t.cover.none}</Empty>
        ) : (
          <ol className="chain">
            {c.evidence.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the chain is in order and never changes
              <li key={index}>
                <span className="row">
                  <b>{worded(t.words.steps, step.step)}</b>
                  {step.step === 'fact' && (
                    <Badge tone={step.holdsMonth ? 'good' : 'plain'}>{worded(t.words.facts, step.kind)}</Badge>
                  )}
                </span>
                <Facts items={factsOf(step, t, f)} />
              </li>
            ))}
          </ol>
        )}
      </Section>
    </>
  )
}

function factsOf(
  step: Step,
  t: ReturnType<typeof useLanguage>['t'],
  f: Format,
): readonly (readonly [string, ReactNode])[] {
  const mono = (text: string) => (
    <span key={text} className="mono">
      {text}
    </span>
  )
  switch (step.step) {
    case 'list-row':
      return [
        [t.cover.sponsor, mono(step.sponsorId)],
        [t.cover.program, mono(step.programId)],
        [t.settlement.file, mono(step.cohortId)],
        ...(step.line === null ? [] : [[t.settlement.line, f.number(step.line)] as const]),
        [t.settlement.at, f.instant(step.receivedAt)],
        ['SHA-256', mono(step.sha256)],
      ]
    case 'bill':
      return [
        [t.cover.bill, mono(step.billCode)],
        [t.cover.members, f.number(step.memberCount)],
        [t.overview.amount, f.money(step.amountRupiah)],
        [t.membership.decided, f.instant(step.issuedAt)],
      ]
    case 'channel-call':
      return [
        [t.membership.channel, worded(t.words.channels, step.channel)],
        [t.settlement.paymentId, mono(step.paymentId)],
        [t.settlement.at, f.instant(step.partnerAt)],
        [t.membership.outlet, step.outlet],
        ...(step.evidenceDigest === null ? [] : [['SHA-256', mono(step.evidenceDigest)] as const]),
      ]
    case 'payment-decision':
      return [
        [t.membership.reference, mono(step.hubReference)],
        [t.membership.decided, f.instant(step.decidedAt)],
        [t.settlement.status, worded(t.people.search.outcomes, step.decision)],
      ]
    case 'fact':
      return [
        [t.membership.decided, f.instant(step.decidedAt)],
        [t.cover.known, f.instant(step.recordedAt)],
        ...(step.amountRupiah === undefined ? [] : [[t.overview.amount, f.money(step.amountRupiah)] as const]),
        ...(step.months === undefined
          ? []
          : [
              [
                t.membership.months,
                step.months
                  .map(
                    ({ month, priceRupiah }) => `${f.shortMonth(month)} ${month.slice(0, 4)}: ${f.money(priceRupiah)}`,
                  )
                  .join(', '),
              ] as const,
            ]),
        ['Id', mono(step.factKey)],
      ]
    case 'settlement-line':
      return [
        [t.settlement.file, step.fileName ?? '–'],
        [t.settlement.line, f.number(step.line)],
        [t.overview.amount, f.money(step.amountRupiah)],
        [t.settlement.how, worded(t.words.how, step.how)],
        ...(step.sha256 === null ? [] : [['SHA-256', mono(step.sha256)] as const]),
      ]
    case 'bank-credit':
      return [
        [t.bank.reference, mono(step.creditId)],
        [t.bank.booked, f.day(step.bookedOn)],
        [t.overview.amount, f.money(step.amountRupiah)],
      ]
    default:
      return assertNever(step)
  }
}

function Keep({
  kpj,
  on,
  knownAt,
}: {
  readonly kpj: string
  readonly on: string
  readonly knownAt: string | undefined
}) {
  const { t, f } = useLanguage()
  const answers = useQueryClient()
  const [reference, setReference] = useState('')
  const keeping = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/memberships/{kpj}/coverage/answers', {
          params: { path: { kpj } },
          body: { on, reference, ...(knownAt === undefined ? {} : { knownAt }) },
        }),
      ),
    onSuccess: () => answers.invalidateQueries({ queryKey: ['kept', kpj] }),
  })
  return (
    <Section title={t.cover.keep} className="no-print">
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          keeping.mutate()
        }}
      >
        <TextInput
          label={t.cover.reference}
          hint={t.cover.referenceHint}
          value={reference}
          onChange={setReference}
          required
          maxLength={64}
        />
        <FormProblem problem={keeping.error} />
        {keeping.data !== undefined && (
          <p className="notice good" role="status">
            {t.cover.kept(f.number(keeping.data.kept.sequence))}
          </p>
        )}
        <div className="row">
          <Button type="submit" className="button" isDisabled={keeping.isPending}>
            {t.cover.keep}
          </Button>
        </div>
      </Form>
    </Section>
  )
}

function KeptAnswers({ kpj }: { readonly kpj: string }) {
  const { t, f } = useLanguage()
  const kept = useQuery({
    queryKey: ['kept', kpj],
    queryFn: () => answerOf(api.GET('/api/memberships/{kpj}/coverage/answers', { params: { path: { kpj } } })),
  })
  if (kept.data === undefined || kept.data.items.length === 0) return null
  return (
    <Section title={t.cover.keptBefore} className="no-print">
      <ul className="history">
        {kept.data.items.map(({ sequence, at, actor, answer }) => (
          <li key={sequence}>
            <span>
              <b>{answer.reference}</b> · {answer.covered ? t.cover.yes : t.cover.no} · {answer.on}
            </span>
            <span className="muted">
              #{f.number(sequence)} · {actor} · {f.instant(at)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function assertNever(value: never): never {
  throw new TypeError(`expected a step of the evidence, got ${JSON.stringify(value)}`)
}
