/** Through a rotation, step by step: what to do, what the hub sees of it, and what there is to record. Never shows a key. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { answerOf, api } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useOperationsTexts } from '../i18n/use-operations-texts.ts'
import { Confirm } from '../ui/confirm.tsx'
import { Choice, TextInput } from '../ui/fields.tsx'
import { Badge } from '../ui/page.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { FormProblem } from '../ui/state.tsx'
import type { Tone } from '../ui/tones.ts'
import { PARTNER_KEYS, type PartnerKey, useKeyName } from './operations-key-names.ts'
import { usePartners } from './operations-partners.tsx'

type Rotation = NonNullable<PartnerKey['rotation']>
type Step = Rotation['steps'][number]
type Act = {
  readonly step: 'begin' | 'switched' | 'finish' | 'cancel'
  readonly since?: string
  readonly endsOn?: string | null
}

const TONES: Readonly<Record<Step['state'], Tone>> = { done: 'good', now: 'wait', later: 'plain' }
/** Before a rotation has begun. */
const NOT_BEGUN: readonly Step[] = (['made', 'staged', 'switched', 'retired'] as const).map((step, i) => ({
  step,
  state: i === 0 ? 'now' : 'later',
  at: null,
}))
const nameOf = ({ channel, kind }: PartnerKey) => `${channel} ${kind}`

export function KeyGuide({ items }: { readonly items: readonly PartnerKey[] }) {
  const { keys: k } = useOperationsTexts()
  const labelOf = useKeyName()
  // Whoever comes back finds the rotation that is under way.
  const [chosen, setChosen] = useState(() =>
    nameOf((items.find(({ rotation }) => rotation !== null) ?? items[0]) as PartnerKey),
  )
  const key = items.find((each) => nameOf(each) === chosen)
  return (
    <div className="stack">
      <Choice
        label={k.kind}
        value={chosen}
        options={items.map((each) => [nameOf(each), labelOf(each)])}
        onChange={setChosen}
      />
      {key !== undefined && <Guide key={chosen} of={key} />}
    </div>
  )
}

function Guide({ of: key }: { readonly of: PartnerKey }) {
  const { keys: k } = useOperationsTexts()
  const { channel, kind, rotation } = key
  const answers = useQueryClient()
  const refresh = () => answers.invalidateQueries({ queryKey: PARTNER_KEYS })
  const [isGivingUp, setGivingUp] = useState(false)
  const take = useMutation({
    mutationFn: (body: Act) =>
      answerOf(api.POST('/api/partners/{channel}/keys/{kind}/rotation', { params: { path: { channel, kind } }, body })),
    onSettled: () => {
      setGivingUp(false)
      return refresh()
    },
  })
  const act = (step: 'switched' | 'finish', text: string, isDisabled: boolean) => (
    <Button className="button primary" isDisabled={isDisabled || take.isPending} onPress={() => take.mutate({ step })}>
      {text}
    </Button>
  )
  const bodies: Readonly<Record<Step['step'], ReactNode>> = {
    made:
      rotation === null ? (
        <DatesForm
          since={k.newSince}
          endsOn={k.newEndsOn}
          action={k.begin}
          isPending={take.isPending}
          onDone={(dates) => take.mutate({ step: 'begin', ...dates })}
        />
      ) : (
        <Meant rotation={rotation} />
      ),
    staged: rotation !== null && <Writing of={key} lead={worded(k.stagedLead, kind)} step="staged" />,
    switched: rotation !== null && (
      <>
        <Watched channel={channel} />
        {stateOf(rotation, 'switched') === 'now' && act('switched', k.switched, !rotation.mayFollow)}
      </>
    ),
    retired: rotation !== null && (
      <>
        <Writing of={key} lead={worded(k.retiredLead, kind)} step="retired" />
        {stateOf(rotation, 'switched') === 'done' && act('finish', k.finish, stateOf(rotation, 'retired') !== 'done')}
      </>
    ),
  }
  return (
    <>
      {rotation === null && <CurrentDates of={key} onRecorded={refresh} />}
      <ol className="steps">
        {(rotation?.steps ?? NOT_BEGUN).map((step) => (
          <StepItem key={step.step} step={step}>
            {bodies[step.step]}
          </StepItem>
        ))}
      </ol>
      <FormProblem problem={take.error} />
      {rotation !== null && (
        <div className="row">
          <Button className="button" isDisabled={take.isPending} onPress={() => setGivingUp(true)}>
            {k.cancel}
          </Button>
        </div>
      )}
      {isGivingUp && (
        <Confirm
          title={k.cancelTitle}
          action={k.cancel}
          isPending={take.isPending}
          onConfirm={() => take.mutate({ step: 'cancel' })}
          onClose={() => setGivingUp(false)}
        >
          <p>{k.cancelLead}</p>
        </Confirm>
      )}
    </>
  )
}

function stateOf({ steps }: Rotation, step: Step['step']): Step['state'] {
  return steps.find((each) => each.step === step)?.state ?? 'later'
}

function StepItem({ step: { step, state, at }, children }: { readonly step: Step; readonly children: ReactNode }) {
  const { f } = useLanguage()
  const { keys: k } = useOperationsTexts()
  return (
    <li className={`step stack tone-${TONES[state]}`} aria-current={state === 'now' ? 'step' : undefined}>
      <div className="step-head">
        <h3>{worded(k.steps, step)}</h3>
        <Badge tone={TONES[state]}>{worded(k.stepStates, state)}</Badge>
      </div>
      {step === 'made' && <p className="muted">{k.madeLead}</p>}
      {at !== null && <p className="muted">{k.at(f.instant(at))}</p>}
      {children}
    </li>
  )
}

function Meant({ rotation: { since, endsOn } }: { readonly rotation: Rotation }) {
  const { f } = useLanguage()
  const { keys: k } = useOperationsTexts()
  return <p>{k.meant(f.day(since), endsOn === null ? k.noEnd : f.day(endsOn))}</p>
}

/** A step that an operator takes outside of the console: the procedure, its commands, and what the hub sees of it. */
function Writing({
  of: { secretWrittenAt, rotation },
  lead,
  step,
}: {
  readonly of: PartnerKey
  readonly lead: string
  readonly step: 'staged' | 'retired'
}) {
  const { f } = useLanguage()
  const { keys: k } = useOperationsTexts()
  const isNow = rotation !== null && stateOf(rotation, step) === 'now'
  const isStaged = rotation !== null && step === 'staged' && stateOf(rotation, 'switched') === 'now'
  return (
    <>
      {rotation !== null && stateOf(rotation, step) !== 'done' && <p>{lead}</p>}
      {isNow && (
        <ScrollRegion className="command" label={lead}>
          <code>{k.read}</code>
          <br />
          <code>{k.write}</code>
        </ScrollRegion>
      )}
      {(isNow || isStaged) && (
        <p role="status">
          {k.writtenAt(secretWrittenAt === null ? k.notKnown : f.instant(secretWrittenAt))}{' '}
          {isNow ? k.writtenBefore : rotation?.mayFollow ? k.mayFollow : k.waiting}
        </p>
      )}
    </>
  )
}

/** What a wrong key looks like from here. */
const OF_KEYS: ReadonlySet<string> = new Set(['bad-signature', 'bad-token', 'unknown-partner'])

function Watched({ channel }: { readonly channel: string }) {
  const { f } = useLanguage()
  const { keys: k } = useOperationsTexts()
  const partners = usePartners()
  const partner = partners.data?.items.find((each) => each.channel === channel)
  if (partner === undefined) return <p>{k.watchLead}</p>
  const { figures, lastPaymentAt } = partner
  const refused = figures?.turnedAway.reduce((sum, { reason, count }) => sum + (OF_KEYS.has(reason) ? count : 0), 0)
  return (
    <>
      <p>{k.watchLead}</p>
      <p role="status">
        {figures === null ? k.noFigures : k.watched(f.number(figures.calls), f.number(refused ?? 0))}{' '}
        {lastPaymentAt === null ? k.noPayment : k.lastPayment(f.instant(lastPaymentAt))}
      </p>
    </>
  )
}

function CurrentDates({
  of: { channel, kind },
  onRecorded,
}: {
  readonly of: PartnerKey
  readonly onRecorded: () => void
}) {
  const { keys: k } = useOperationsTexts()
  const record = useMutation({
    mutationFn: (body: Dates) =>
      answerOf(api.POST('/api/partners/{channel}/keys/{kind}/dates', { params: { path: { channel, kind } }, body })),
    onSuccess: onRecorded,
  })
  return (
    <>
      <h3>{k.dates}</h3>
      <DatesForm
        since={k.since}
        endsOn={k.endsOn}
        action={k.record}
        isPending={record.isPending}
        onDone={(dates) => record.mutate(dates)}
      />
      <FormProblem problem={record.error} />
      {record.isSuccess && (
        <p className="notice good" role="status">
          {k.recorded}
        </p>
      )}
    </>
  )
}

type Dates = { readonly since: string; readonly endsOn: string | null }

function DatesForm({
  since: sinceLabel,
  endsOn: endsOnLabel,
  action,
  isPending,
  onDone,
}: {
  readonly since: string
  readonly endsOn: string
  readonly action: string
  readonly isPending: boolean
  readonly onDone: (dates: Dates) => void
}) {
  const [since, setSince] = useState('')
  const [endsOn, setEndsOn] = useState('')
  return (
    <Form
      className="form inline"
      onSubmit={(event) => {
        event.preventDefault()
        onDone({ since, endsOn: endsOn === '' ? null : endsOn })
      }}
    >
      <TextInput label={sinceLabel} type="date" value={since} onChange={setSince} required />
      <TextInput label={endsOnLabel} type="date" value={endsOn} onChange={setEndsOn} />
      <Button type="submit" className="button" isDisabled={isPending || since === ''}>
        {action}
      </Button>
    </Form>
  )
}
