/** Where a movement shall be: parts with their places. What no part names stays unidentified. */
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { Choice, TextInput } from '../../ui/fields.tsx'
import { CHANNELS } from './channels.ts'
import { type DraftPart, emptyPart, KINDS, type PartKind, partsOf } from './movement-parts.ts'
import { ProposalForm } from './two-people.tsx'

type Movement = Schemas['BankMovement']
type Action = Schemas['PlacementProposal']['action']

export function MovementPlacementForm({ movement }: { readonly movement: Movement }) {
  const { f } = useLanguage()
  const b = useFinance()
  const { bookedOn, key, version, amountRupiah, places } = movement
  const isNobodys = places.every(({ kind }) => kind === 'unidentified')
  const actions: readonly Action[] = isNobodys ? ['place', 'return'] : ['move', 'return']
  const [action, setAction] = useState<Action>(isNobodys ? 'place' : 'move')
  const [drafts, setDrafts] = useState<readonly DraftPart[]>([emptyPart(1, amountRupiah)])
  const parts = partsOf(action, drafts)
  const named = parts?.reduce((sum, part) => sum + part.amountRupiah, 0) ?? 0
  const change = (id: number, changed: Partial<DraftPart>) =>
    setDrafts(drafts.map((each) => (each.id === id ? { ...each, ...changed } : each)))
  const word = worded(b.words.placements, action)
  return (
    <>
      <Ways movement={movement} use={(found) => setDrafts(found)} />
      <ProposalForm
        action={word}
        question={b.bank.question(word, f.money(named))}
        moves={<Moves parts={parts ?? []} left={amountRupiah - named} />}
        isReady={parts !== undefined}
        send={(reason) =>
          answerOf(
            api.POST('/api/bank-movements/{bookedOn}/{id}/proposal', {
              params: { path: { bookedOn, id: key } },
              body: { action, onVersion: version, parts: [...(parts ?? [])], reason },
            }),
          )
        }
      >
        <Choice
          label={b.bank.action}
          value={action}
          options={actions.map((each) => [each, worded(b.words.placements, each)])}
          onChange={(value) => setAction(value as Action)}
        />
        <div className="parts">
          {drafts.map((draft, index) => (
            <Part
              key={draft.id}
              name={b.bank.part(f.number(index + 1))}
              draft={draft}
              isReturn={action === 'return'}
              change={(changed) => change(draft.id, changed)}
              remove={drafts.length > 1 ? () => setDrafts(drafts.filter(({ id }) => id !== draft.id)) : undefined}
            />
          ))}
        </div>
        {action !== 'return' && (
          <div className="row">
            <Button
              className="button small"
              onPress={() => setDrafts([...drafts, emptyPart((drafts.at(-1)?.id ?? 0) + 1, amountRupiah - named)])}
            >
              {b.bank.addPart}
            </Button>
          </div>
        )}
        <p className="muted">
          {b.bank.remains}: {f.money(amountRupiah - named)}
        </p>
      </ProposalForm>
    </>
  )
}

function Part({
  name,
  draft,
  isReturn,
  change,
  remove,
}: {
  readonly name: string
  readonly draft: DraftPart
  readonly isReturn: boolean
  readonly change: (changed: Partial<DraftPart>) => void
  readonly remove: (() => void) | undefined
}) {
  const { t } = useLanguage()
  const b = useFinance()
  const { to } = draft
  const hasChannel = to === 'channel-day' || to === 'channel-charge' || to === 'fee-invoice'
  return (
    <fieldset className="part">
      <legend className="only-read">{name}</legend>
      {!isReturn && (
        <Choice
          label={b.bank.kind}
          value={to}
          options={KINDS.map((each) => [each, worded(t.words.places, each)])}
          onChange={(value) => change({ to: value as PartKind })}
        />
      )}
      {!isReturn && hasChannel && (
        <Choice
          label={b.bank.channel}
          value={draft.channel}
          options={CHANNELS.map((each) => [each, worded(t.words.channels, each)])}
          onChange={(channel) => change({ channel })}
        />
      )}
      {!isReturn && to === 'channel-day' && (
        <TextInput label={b.bank.date} type="date" value={draft.date} onChange={(date) => change({ date })} required />
      )}
      {!isReturn && (to === 'channel-charge' || to === 'fee-invoice') && (
        <TextInput
          label={to === 'fee-invoice' ? b.bank.number : b.bank.differenceId}
          value={draft.item}
          onChange={(item) => change({ item })}
          maxLength={80}
          required
        />
      )}
      <TextInput
        label={b.bank.amount}
        value={draft.amount}
        onChange={(amount) => change({ amount })}
        pattern="-?[0-9]{1,15}"
        maxLength={16}
        required
      />
      {remove !== undefined && (
        <Button className="button small" onPress={remove}>
          {b.bank.removePart}
        </Button>
      )}
    </fieldset>
  )
}

/** Sets of days that add up to it, as the hub found them: one press fills the parts. */
function Ways({
  movement,
  use,
}: {
  readonly movement: Movement
  readonly use: (drafts: readonly DraftPart[]) => void
}) {
  const { f } = useLanguage()
  const b = useFinance()
  const open = movement.places.find(({ kind, ways }) => kind === 'unidentified' && ways.length > 0)
  if (open === undefined) return null
  const channel = open.channel ?? CHANNELS[0]
  return (
    <div>
      <p className="muted">{b.bank.ways}</p>
      <ul className="checks">
        {open.ways.map((days) => (
          <li key={days.join(' ')}>
            <span className="row">
              <span>{days.map(f.day).join(', ')}</span>
              <Button
                className="button small"
                onPress={() =>
                  use(
                    days.map((date, index) => ({
                      ...emptyPart(index + 1, days.length === 1 ? open.amountRupiah : null),
                      channel,
                      date,
                    })),
                  )
                }
              >
                {b.bank.useWay}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Moves({ parts, left }: { readonly parts: readonly Schemas['PlacementPart'][]; readonly left: number }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  return (
    <ul>
      {parts.map((part) => (
        <li key={JSON.stringify(part)}>
          <b>{f.money(part.amountRupiah)}</b> → {worded(t.words.places, part.to)}
          {'channel' in part && ` ${worded(t.words.channels, part.channel)}`}
          {'date' in part && `, ${f.day(part.date)}`}
          {'differenceId' in part && `, ${part.differenceId}`}
          {'number' in part && `, ${part.number}`}
        </li>
      ))}
      {left !== 0 && (
        <li>
          {b.bank.remains}: {f.money(left)}
        </li>
      )}
    </ul>
  )
}
