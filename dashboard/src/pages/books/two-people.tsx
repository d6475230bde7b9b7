/**
 * The two halves of what two people do, on every page of finance: a proposal with its reason, and the decision of another person.
 * Both ask first and say what moves and how much. What a role may not do has no form.
 */
import './books.css'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Button, Form } from 'react-aria-components'
import type { Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import type { FinanceTexts } from '../../i18n/finance-en.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import type { Permission } from '../../sign-in/permissions.ts'
import { useMay, usePerson } from '../../sign-in/use-session.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { TextInput } from '../../ui/fields.tsx'
import { Badge } from '../../ui/page.tsx'
import { say } from '../../ui/said.tsx'
import { FormProblem } from '../../ui/state.tsx'
import { toneOf } from '../../ui/tones.ts'
import { PersonName } from './person.tsx'
import { HANDED_OVER, statedReason } from './stated-reason.ts'

const REASON_LENGTH = 200

export type Proposal = {
  readonly state: 'proposed' | 'approved' | 'rejected'
  /** Absent where two people may always decide. */
  readonly waitsFor?: Schemas['WaitingApproval']['waitsFor'] | null
  readonly reason: string
  readonly proposedBy: string
  readonly proposedAt: string
  readonly decidedBy: string | null
  readonly decidedAt: string | null
  readonly remark: string | null
}
type Decision = Schemas['ApprovalRequest']
/** What the steps are called where they are not a proposal and its approval. */
export type StepWords = Partial<
  Pick<
    FinanceTexts['two'],
    'waits' | 'proposedBy' | 'own' | 'whoDecides' | 'approve' | 'reject' | 'rejectQuestion' | 'final'
  >
>

export function ProposalForm({
  action,
  question,
  moves,
  send,
  isReady = true,
  permission = 'operate',
  reasonLength = REASON_LENGTH,
  children,
}: {
  readonly action: string
  readonly question: string
  /** What moves, and how much. */
  readonly moves: ReactNode
  readonly send: (reason: string) => Promise<unknown>
  readonly isReady?: boolean
  /** Of whoever may propose. */
  readonly permission?: Permission
  readonly reasonLength?: number
  readonly children?: ReactNode
}) {
  const b = useFinance()
  const answers = useQueryClient()
  const mayPropose = useMay(permission)
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const proposing = useMutation({
    mutationFn: () => send(reason),
    onSettled: (_, problem) => {
      setAsked(false)
      if (problem === null) say(b.two.said.proposed)
      return answers.invalidateQueries()
    },
  })
  if (!mayPropose) return null
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
      }}
    >
      {children}
      <TextInput
        label={b.two.reason}
        value={reason}
        onChange={setReason}
        hint={b.two.reasonHint}
        required
        maxLength={reasonLength}
      />
      <FormProblem problem={proposing.error} />
      <div className="row">
        <Button type="submit" className="button primary" isDisabled={!isReady || proposing.isPending}>
          {action}
        </Button>
      </div>
      {isAsked && (
        <Confirm
          title={question}
          action={b.two.propose}
          isPending={proposing.isPending}
          onConfirm={() => proposing.mutate()}
          onClose={() => setAsked(false)}
        >
          <div>{moves}</div>
          <p className="muted">
            {b.two.asks} {b.two.stays}
          </p>
        </Confirm>
      )}
    </Form>
  )
}

export function ProposalCard({
  proposal,
  what,
  question,
  moves,
  rejectMoves,
  decide,
  warning,
  words,
}: {
  readonly proposal: Proposal
  readonly what: ReactNode
  readonly question: string
  readonly moves: ReactNode
  /** What a rejection does, where it is not nothing. */
  readonly rejectMoves?: ReactNode
  readonly decide: (decision: Decision) => Promise<unknown>
  /** Why it cannot be approved any more: then it can be rejected only. */
  readonly warning?: string | undefined
  readonly words?: StepWords
}) {
  const b = useFinance()
  const { f } = useLanguage()
  const two = { ...b.two, ...words }
  const me = usePerson()?.subject
  const mayApprove = useMay('approve')
  const mayAdminister = useMay('administer')
  const { state, reason, proposedBy, proposedAt, decidedBy, decidedAt, remark } = proposal
  const isWaiting = state === 'proposed'
  const isOwn = proposedBy === me
  const isForAdmin = isWaiting && proposal.waitsFor === 'admin'
  return (
    <div className="step" data-state={state}>
      <div className="row">
        <Badge tone={state === 'approved' ? 'good' : toneOf(state)}>{stateWord(proposal, two, b)}</Badge>
      </div>
      <div>{what}</div>
      {reason !== HANDED_OVER && <p className="quote">{statedReason(reason, b)}</p>}
      <p className="muted">
        {two.proposedBy} <PersonName subject={proposedBy} />, {f.instant(proposedAt)}
      </p>
      {decidedBy !== null && decidedAt !== null && (
        <p className="muted">
          {b.two.decidedBy} <PersonName subject={decidedBy} />, {f.instant(decidedAt)}
          {remark !== null && `: ${statedReason(remark, b)}`}
        </p>
      )}
      {isWaiting && warning !== undefined && <p className="notice warning">{warning}</p>}
      {isForAdmin && <p className="notice">{b.two.aboveLimits}</p>}
      {isWaiting && isOwn && <p className="notice">{two.own}</p>}
      {isWaiting && !isOwn && !mayApprove && <p className="muted">{two.whoDecides}</p>}
      {isWaiting && mayApprove && !isOwn && (
        <DecisionForm
          question={question}
          moves={moves}
          rejectMoves={rejectMoves ?? two.rejectLead}
          decide={decide}
          canApprove={warning === undefined && (!isForAdmin || mayAdminister)}
          two={two}
        />
      )}
    </div>
  )
}

function stateWord({ state, waitsFor }: Proposal, { waits }: FinanceTexts['two'], { words }: FinanceTexts): string {
  if (state !== 'proposed') return worded(words.proposals, state)
  return waitsFor === 'admin' ? worded(words.awaited, waitsFor) : waits
}

function DecisionForm({
  question,
  moves,
  rejectMoves,
  decide,
  canApprove,
  two,
}: {
  readonly question: string
  readonly moves: ReactNode
  readonly rejectMoves: ReactNode
  readonly decide: (decision: Decision) => Promise<unknown>
  readonly canApprove: boolean
  readonly two: FinanceTexts['two']
}) {
  const answers = useQueryClient()
  const [remark, setRemark] = useState('')
  const [asked, setAsked] = useState<Decision['decision']>()
  const deciding = useMutation({
    mutationFn: (decision: Decision['decision']) =>
      decide({ decision, ...(remark.trim() === '' ? {} : { reason: remark }) }),
    onSettled: (_, problem, decision) => {
      setAsked(undefined)
      if (problem === null) say(two.said[decision])
      return answers.invalidateQueries()
    },
  })
  return (
    <>
      <TextInput
        label={two.remark}
        value={remark}
        onChange={setRemark}
        hint={two.reasonHint}
        maxLength={REASON_LENGTH}
      />
      <FormProblem problem={deciding.error} />
      <div className="row">
        {canApprove && (
          <Button className="button primary" onPress={() => setAsked('approve')}>
            {two.approve}
          </Button>
        )}
        <Button className="button" onPress={() => setAsked('reject')}>
          {two.reject}
        </Button>
      </div>
      {asked !== undefined && (
        <Confirm
          title={asked === 'approve' ? question : two.rejectQuestion}
          action={two[asked]}
          isPending={deciding.isPending}
          onConfirm={() => deciding.mutate(asked)}
          onClose={() => setAsked(undefined)}
        >
          <div>{asked === 'approve' ? moves : rejectMoves}</div>
          <p className="muted">
            {asked === 'approve' && `${two.final} `}
            {two.stays}
          </p>
        </Confirm>
      )}
    </>
  )
}
