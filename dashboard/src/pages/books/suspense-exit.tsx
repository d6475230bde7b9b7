/** Money that waits, and the two halves of letting it out: to a membership, or back to its channel. */
import './books.css'
import { useState } from 'react'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { Choice, TextInput } from '../../ui/fields.tsx'
import { Facts, Section } from '../../ui/page.tsx'
import { ProposalCard, ProposalForm } from './two-people.tsx'

type Item = Schemas['SuspenseItem']
type Action = Item['actions'][number]
const KPJ = /^\d{11}$/

export function SuspenseExit({ item }: { readonly item: Item }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const { account, paymentId, amountRupiah, channel, since, why, proposal, actions, id } = item
  const isWaiting = proposal?.state === 'proposed'
  return (
    <Section title={`${b.suspense.money}: ${f.money(amountRupiah)}`}>
      <Facts
        items={[
          [t.suspense.since, f.day(since)],
          [t.overview.channel, worded(t.words.channels, channel)],
          [t.suspense.why, worded(t.words.suspense, why)],
          [b.suspense.paymentId, <Mono key="payment" text={paymentId} />],
          [b.suspense.account, <Mono key="account" text={account} />],
        ]}
      />
      {proposal !== null && proposal.state !== 'approved' && (
        <ProposalCard
          proposal={proposal}
          what={<b>{worded(b.words.exits, proposal.action)}</b>}
          question={b.suspense.approveQuestion(f.money(proposal.amountRupiah))}
          moves={<Moves item={item} action={proposal.action} kpj={proposal.kpj ?? ''} />}
          decide={(body) => answerOf(api.POST('/api/suspense/{id}/approval', { params: { path: { id } }, body }))}
        />
      )}
      {!isWaiting && actions.length === 0 && <p className="muted">{b.suspense.none}</p>}
      {!isWaiting && actions.length > 0 && <Propose item={item} />}
    </Section>
  )
}

function Propose({ item }: { readonly item: Item }) {
  const { f } = useLanguage()
  const b = useFinance()
  const { id, actions, amountRupiah } = item
  const [action, setAction] = useState<Action>(actions[0] as Action)
  const [kpj, setKpj] = useState('')
  const isRelease = action === 'release'
  return (
    <ProposalForm
      action={b.suspense.propose}
      question={b.suspense.question(f.money(amountRupiah))}
      moves={<Moves item={item} action={action} kpj={kpj} />}
      isReady={!isRelease || KPJ.test(kpj)}
      send={(reason) =>
        answerOf(
          api.POST('/api/suspense/{id}/proposal', {
            params: { path: { id } },
            body: { action, reason, ...(isRelease ? { kpj } : {}) },
          }),
        )
      }
    >
      <Choice
        label={b.suspense.action}
        value={action}
        options={actions.map((each) => [each, worded(b.words.exits, each)])}
        onChange={(value) => setAction(value as Action)}
      />
      {isRelease && (
        <TextInput
          label={b.suspense.kpj}
          value={kpj}
          onChange={setKpj}
          inputMode="numeric"
          pattern="[0-9]{11}"
          maxLength={11}
          required
        />
      )}
    </ProposalForm>
  )
}

function Moves({ item, action, kpj }: { readonly item: Item; readonly action: Action; readonly kpj: string }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const money = f.money(item.amountRupiah)
  return (
    <p>
      {action === 'release'
        ? b.suspense.toMembership(money, kpj)
        : b.suspense.toChannel(money, worded(t.words.channels, item.channel))}
    </p>
  )
}

function Mono({ text }: { readonly text: string }) {
  return <span className="mono">{text}</span>
}
