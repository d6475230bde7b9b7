/** What two people do about a difference: one proposes, another approves or rejects. What a role may not do has no form. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useFinance } from '../i18n/finance.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useMay, usePerson } from '../sign-in/use-session.ts'
import { Confirm } from '../ui/confirm.tsx'
import { Choice, TextInput } from '../ui/fields.tsx'
import { Section } from '../ui/page.tsx'
import { say } from '../ui/said.tsx'
import { FormProblem } from '../ui/state.tsx'
import { PersonName } from './books/person.tsx'

type Difference = Schemas['Difference']
type Action = Difference['actions'][number]

/** Of what is open a part may be written off or charged; everything else is about all of it. */
const IN_PARTS: readonly Action[] = ['write-off', 'charge-channel']
const WHOLE_RUPIAH = /^-?\d{1,15}$/

export function Resolution({ difference }: { readonly difference: Difference }) {
  const { t, f } = useLanguage()
  const mayOperate = useMay('operate')
  const { proposal, resolution, actions } = difference
  if (resolution !== null) {
    return (
      <Section title={t.difference.resolved}>
        <p>
          {worded(t.difference.resolvedBy, resolution.how)}, {f.instant(resolution.at)}
        </p>
        {proposal !== null && <ProposalText difference={difference} />}
      </Section>
    )
  }
  if (proposal !== null) return <Decide difference={difference} />
  return (
    <Section title={t.difference.propose} lead={mayOperate ? t.difference.proposeLead : t.difference.mayNot}>
      {mayOperate &&
        (actions.length === 0 ? (
          <p className="muted">{t.difference.noActions}</p>
        ) : (
          <Propose difference={difference} />
        ))}
    </Section>
  )
}

function Propose({ difference }: { readonly difference: Difference }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const { id, actions, evidence, openRupiah } = difference
  const answers = useQueryClient()
  const [action, setAction] = useState<Action>(actions[0] as Action)
  const [reason, setReason] = useState('')
  const [paymentId, setPaymentId] = useState(evidence.candidates?.[0] ?? '')
  const [part, setPart] = useState('')
  const [isAsked, setAsked] = useState(false)
  const amountRupiah = IN_PARTS.includes(action) && WHOLE_RUPIAH.test(part.trim()) ? Number(part) : undefined
  const proposing = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/differences/{id}/proposal', {
          params: { path: { id } },
          body: {
            action,
            reason,
            ...(amountRupiah === undefined ? {} : { amountRupiah }),
            ...(action === 'match' ? { paymentId } : {}),
          },
        }),
      ),
    onSettled: (_, problem) => {
      setAsked(false)
      if (problem === null) say(b.two.said.proposed)
      return answers.invalidateQueries()
    },
  })
  const named = worded(t.words.actions, action)
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
      }}
    >
      <Choice
        label={t.difference.action}
        value={action}
        options={actions.map((each) => [each, worded(t.words.actions, each)] as const)}
        onChange={(value) => setAction(value as Action)}
      />
      {action === 'match' &&
        (evidence.candidates === undefined ? (
          <TextInput label={t.difference.match} value={paymentId} onChange={setPaymentId} required maxLength={128} />
        ) : (
          <Choice
            label={t.difference.match}
            value={paymentId}
            options={evidence.candidates.map((each) => [each, each] as const)}
            onChange={setPaymentId}
          />
        ))}
      {IN_PARTS.includes(action) && (
        <TextInput
          label={b.case.part}
          value={part}
          onChange={setPart}
          hint={`${b.case.open}: ${f.money(openRupiah)}`}
          pattern="-?[0-9]{1,15}"
          maxLength={16}
        />
      )}
      <TextInput
        label={t.form.reason}
        value={reason}
        onChange={setReason}
        hint={t.difference.reasonHint}
        required
        maxLength={200}
      />
      <FormProblem problem={proposing.error} />
      <div className="row">
        <Button type="submit" className="button primary" isDisabled={proposing.isPending}>
          {t.difference.send}
        </Button>
      </div>
      {isAsked && (
        <Confirm
          title={t.difference.confirmPropose(named, f.money(amountRupiah ?? openRupiah))}
          action={t.difference.send}
          isPending={proposing.isPending}
          onConfirm={() => proposing.mutate()}
          onClose={() => setAsked(false)}
        >
          <p className="quote">{reason}</p>
          <p>{t.difference.confirmProposeLead}</p>
        </Confirm>
      )}
    </Form>
  )
}

function Decide({ difference }: { readonly difference: Difference }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const answers = useQueryClient()
  const person = usePerson()
  const mayApprove = useMay('approve')
  const mayAdminister = useMay('administer')
  const [asked, setAsked] = useState<'approve' | 'reject'>()
  const [reason, setReason] = useState('')
  const { id, proposal, stakeRupiah } = difference
  const deciding = useMutation({
    mutationFn: (decision: 'approve' | 'reject') =>
      answerOf(
        api.POST('/api/differences/{id}/approval', {
          params: { path: { id } },
          body: { decision, ...(reason.trim() === '' ? {} : { reason }) },
        }),
      ),
    onSettled: (_, problem, decision) => {
      setAsked(undefined)
      if (problem === null) say(b.two.said[decision])
      return answers.invalidateQueries()
    },
  })
  const isOwn = proposal?.by === person?.subject
  const action = proposal ? worded(t.words.actions, proposal.action) : ''
  const isForAdmin = difference.waitsFor === 'admin'
  const mayDecide = mayApprove && !isOwn && difference.state === 'proposed'
  return (
    <Section title={isForAdmin ? worded(b.words.awaited, 'admin') : t.difference.proposal}>
      <ProposalText difference={difference} />
      {isForAdmin && <p className="notice">{b.two.aboveLimits}</p>}
      {isOwn && <p className="notice">{t.difference.own}</p>}
      {!isOwn && !mayApprove && <p className="muted">{b.two.whoDecides}</p>}
      {mayDecide && (
        <>
          <TextInput
            label={b.two.remark}
            value={reason}
            onChange={setReason}
            hint={t.difference.reasonHint}
            maxLength={200}
          />
          <div className="row">
            {(!isForAdmin || mayAdminister) && (
              <Button className="button primary" onPress={() => setAsked('approve')}>
                {t.difference.approve}
              </Button>
            )}
            <Button className="button" onPress={() => setAsked('reject')}>
              {t.difference.reject}
            </Button>
          </div>
        </>
      )}
      <FormProblem problem={deciding.error} />
      {asked !== undefined && (
        <Confirm
          title={
            asked === 'approve'
              ? t.difference.confirmApprove(action, f.money(proposal?.amountRupiah ?? stakeRupiah))
              : t.difference.confirmReject
          }
          action={asked === 'approve' ? t.difference.approve : t.difference.reject}
          isPending={deciding.isPending}
          onConfirm={() => deciding.mutate(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{asked === 'approve' ? t.difference.confirmLead : b.two.rejectLead}</p>
        </Confirm>
      )}
    </Section>
  )
}

function ProposalText({ difference: { proposal } }: { readonly difference: Difference }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  if (proposal === null) return null
  return (
    <div>
      <p>
        <b>{worded(t.words.actions, proposal.action)}</b>
        {proposal.paymentId !== null && <span className="mono"> {proposal.paymentId}</span>}
        {proposal.amountRupiah !== null && ` · ${b.case.partOf(f.money(proposal.amountRupiah))}`}
      </p>
      <p className="quote">{proposal.reason}</p>
      <p className="muted">
        {b.two.proposedBy} <PersonName subject={proposal.by} />, {f.instant(proposal.at)}
      </p>
    </div>
  )
}
