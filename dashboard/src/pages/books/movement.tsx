/** One movement of the bank: where its parts are, and the two halves of placing, moving or returning it. */
import './books.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { CALM } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { Badge, Facts, Figure, Figures, Page, Section } from '../../ui/page.tsx'
import { Answered } from '../../ui/state.tsx'
import { toneOf } from '../../ui/tones.ts'
import { MovementPlacementForm } from './movement-form.tsx'
import { PlainTable } from './plain-table.tsx'
import { ProposalCard } from './two-people.tsx'

type MovementCase = Schemas['BankMovementCase']
type Movement = Schemas['BankMovement']
type Place = Movement['places'][number]
type Proposed = NonNullable<MovementCase['proposal']>

export function MovementPage() {
  const { f } = useLanguage()
  const b = useFinance()
  // The router has decoded it once: what is left is the key as the API names it.
  const { bookedOn, movement: key } = useParams({ from: '/bank/$bookedOn/$movement' })
  const found = useQuery({
    queryKey: ['movement', bookedOn, key],
    queryFn: () =>
      answerOf(api.GET('/api/bank-movements/{bookedOn}/{id}', { params: { path: { bookedOn, id: key } } })),
    refetchInterval: CALM,
  })
  return (
    <Page
      title={b.bank.movement}
      lead={
        <>
          {f.day(bookedOn)} ·{' '}
          <Link to="/bank" search={{ to: bookedOn }}>
            {b.bank.all}
          </Link>
        </>
      }
    >
      <Answered query={found} rows={6}>
        {(answer) => <MovementView found={answer} />}
      </Answered>
    </Page>
  )
}

function MovementView({ found: { movement, proposal } }: { readonly found: MovementCase }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const { id, amountRupiah, valueOn, statement, entry, ageDays, unidentifiedRupiah, version, placedBy } = movement
  const isWaiting = proposal?.state === 'proposed'
  return (
    <>
      <Figures>
        <Figure label={t.bank.amount} value={f.money(amountRupiah)} />
        <Figure
          label={b.bank.left}
          value={f.money(unidentifiedRupiah)}
          tone={unidentifiedRupiah === 0 ? 'good' : 'warn'}
        />
        <Figure label={b.bank.value} value={f.day(valueOn)} note={f.counted(ageDays, b.units.days)} />
      </Figures>
      <div className="columns wide-first">
        <div className="stack">
          <Section title={b.bank.places} lead={b.bank.placesLead}>
            <Facts
              items={[
                [
                  t.bank.reference,
                  <span key="id" className="mono">
                    {id}
                  </span>,
                ],
                [t.bank.statements, `${statement}, ${f.number(entry)}`],
                [t.bank.placedBy, placedBy === null ? '–' : worded(t.words.placedBy, placedBy)],
                [b.bank.version, f.number(version)],
              ]}
            />
            <Places places={movement.places} />
          </Section>
        </div>
        <div className="stack">
          <Section title={b.bank.change} lead={b.bank.changeLead}>
            {proposal !== null && proposal.state !== 'approved' && <Proposal movement={movement} proposal={proposal} />}
            {!isWaiting && <MovementPlacementForm key={version} movement={movement} />}
          </Section>
        </div>
      </div>
    </>
  )
}

function Places({ places }: { readonly places: readonly Place[] }) {
  const { f } = useLanguage()
  const b = useFinance()
  return (
    <PlainTable
      label={b.bank.places}
      rows={places}
      keyOf={({ kind, channel, date, item }) => `${kind} ${channel} ${date} ${item}`}
      columns={[
        { header: b.bank.place, cell: (place) => <PlaceName place={place} />, isName: true },
        { header: b.bank.why, cell: ({ why }) => (why === null ? '–' : worded(b.words.placing, why)), wrap: true },
        { header: b.days.amount, cell: ({ amountRupiah }) => f.money(amountRupiah), align: 'end' },
      ]}
    />
  )
}

type Named = {
  readonly kind: Place['kind']
  readonly channel: string | null
  readonly date: string | null
  readonly item: string | null
}

/** With the way to it, where it has a page. */
export function PlaceName({ place: { kind, channel, date, item } }: { readonly place: Named }) {
  const { t, f } = useLanguage()
  const name = channel === null ? '' : worded(t.words.channels, channel)
  if (kind === 'channel-day' && channel !== null && date !== null) {
    return (
      <Link to="/settlement/$channel/$date" params={{ channel, date }}>
        {name}, {f.day(date)}
      </Link>
    )
  }
  const badge = <Badge tone={toneOf(kind)}>{worded(t.words.places, kind)}</Badge>
  if (kind === 'channel-charge' && item !== null) {
    return (
      <span className="row">
        {badge}
        <Link to="/differences/$id" params={{ id: item }} className="mono">
          {item}
        </Link>
      </span>
    )
  }
  return (
    <span className="row">
      {badge}
      {[name, item].filter(Boolean).join(', ')}
    </span>
  )
}

function Proposal({ movement, proposal }: { readonly movement: Movement; readonly proposal: Proposed }) {
  const { f } = useLanguage()
  const b = useFinance()
  const { action, parts, onVersion } = proposal
  const moved = f.money(parts.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0))
  const table = (
    <PlainTable
      label={b.bank.proposedParts}
      rows={parts}
      keyOf={({ to, channel, date, item }) => `${to} ${channel} ${date} ${item}`}
      columns={[
        { header: b.bank.place, cell: ({ to, ...part }) => <PlaceName place={{ kind: to, ...part }} />, isName: true },
        { header: b.days.amount, cell: ({ amountRupiah }) => f.money(amountRupiah), align: 'end' },
      ]}
    />
  )
  const { bookedOn, key } = movement
  return (
    <ProposalCard
      proposal={proposal}
      what={
        <div className="stack">
          <b>{worded(b.words.placements, action)}</b>
          {table}
        </div>
      }
      question={b.bank.approveQuestion(worded(b.words.placements, action), moved)}
      moves={table}
      decide={(body) =>
        answerOf(
          api.POST('/api/bank-movements/{bookedOn}/{id}/approval', { params: { path: { bookedOn, id: key } }, body }),
        )
      }
      warning={proposal.state === 'proposed' && onVersion !== movement.version ? b.days.proposalOld : undefined}
    />
  )
}
