/** Ending a membership, and taking that back: one administrator asks, another person decides; what waits stands here. */
import { useState } from 'react'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useFinance } from '../i18n/finance.ts'
import { jakartaDay } from '../i18n/format.ts'
import { useLanguage } from '../i18n/language.tsx'
import { useMay } from '../sign-in/use-session.ts'
import { TextInput } from '../ui/fields.tsx'
import { Section } from '../ui/page.tsx'
import { ProposalCard, ProposalForm } from './books/two-people.tsx'

type Membership = Pick<Schemas['Membership'], 'kpj' | 'closure' | 'pendingProposal'>
type Pending = NonNullable<Membership['pendingProposal']>

/** As long as the API takes one. */
const REASON_LENGTH = 140

/** What waits: whoever comes to decide it finds it before everything that belongs to the membership. */
export function WaitingClosure({ membership: { kpj, pendingProposal } }: { readonly membership: Membership }) {
  const { closure: texts } = useFinance()
  if (pendingProposal === null) return null
  return (
    <Section title={texts.title} lead={texts.lead}>
      <Waiting kpj={kpj} pending={pendingProposal} />
    </Section>
  )
}

export function ProposeClosure({ membership: { kpj, closure, pendingProposal } }: { readonly membership: Membership }) {
  const { closure: texts } = useFinance()
  const mayAdminister = useMay('administer')
  if (pendingProposal !== null || !mayAdminister) return null
  return (
    <Section title={texts.title} lead={texts.lead}>
      {closure === null ? <ProposeClosing kpj={kpj} /> : <ProposeReopening kpj={kpj} />}
    </Section>
  )
}

function Waiting({ kpj, pending }: { readonly kpj: string; readonly pending: Pending }) {
  const { closure: texts } = useFinance()
  const { f } = useLanguage()
  const params = { path: { kpj } }
  const { on } = pending
  return (
    <ProposalCard
      proposal={{ ...pending, state: 'proposed', decidedBy: null, decidedAt: null, remark: null }}
      what={<b>{on === null ? texts.reopen : texts.closeOn(f.day(on))}</b>}
      question={on === null ? texts.approveReopening : texts.approveClosing}
      moves={<p>{on === null ? texts.reopeningMoves : texts.closingMoves(f.day(on))}</p>}
      words={on === null ? {} : { final: texts.closingFinal }}
      decide={(body) =>
        answerOf(
          on !== null
            ? api.POST('/api/memberships/{kpj}/closure/approval', { params, body })
            : api.POST('/api/memberships/{kpj}/reopening/approval', { params, body }),
        )
      }
    />
  )
}

function ProposeClosing({ kpj }: { readonly kpj: string }) {
  const { closure: texts } = useFinance()
  const { f } = useLanguage()
  const [on, setOn] = useState(jakartaDay(Date.now()))
  return (
    <ProposalForm
      permission="administer"
      reasonLength={REASON_LENGTH}
      action={texts.proposeClosing}
      question={texts.closeQuestion}
      moves={<p>{texts.closingMoves(f.day(on))}</p>}
      send={(reason) =>
        answerOf(api.POST('/api/memberships/{kpj}/closure', { params: { path: { kpj } }, body: { reason, on } }))
      }
    >
      <TextInput label={texts.lastDay} type="date" value={on} onChange={setOn} required />
    </ProposalForm>
  )
}

function ProposeReopening({ kpj }: { readonly kpj: string }) {
  const { closure: texts } = useFinance()
  return (
    <ProposalForm
      permission="administer"
      reasonLength={REASON_LENGTH}
      action={texts.proposeReopening}
      question={texts.reopenQuestion}
      moves={<p>{texts.reopeningMoves}</p>}
      send={(reason) =>
        answerOf(api.POST('/api/memberships/{kpj}/reopening', { params: { path: { kpj } }, body: { reason } }))
      }
    />
  )
}
