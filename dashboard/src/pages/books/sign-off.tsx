/**
 * The sign-off of one day of a channel or of the bank: what is open on it, the signature, and the two halves of a new one. The digest
 * of what was looked at goes with the proposal by itself.
 */
import './books.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CALM } from '../../api/answers.ts'
import { ApiProblem, answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import type { FinanceTexts } from '../../i18n/finance-en.ts'
import { jakartaDay } from '../../i18n/format.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { Badge, Facts, Section } from '../../ui/page.tsx'
import { Answered, Empty } from '../../ui/state.tsx'
import { toneOf } from '../../ui/tones.ts'
import { CarriedTable, sumOf } from './carried-table.tsx'
import { PersonName } from './person.tsx'
import { ProposalCard, ProposalForm } from './two-people.tsx'

export type SignOff = Schemas['SignOff']
export const BANK = 'bank'

/** null: there is nothing to sign yet. */
export function useSignOff(channel: string, date: string) {
  return useQuery({
    queryKey: ['sign-off', channel, date],
    queryFn: () => readSignOff(channel, date),
    refetchInterval: CALM,
  })
}

async function readSignOff(channel: string, date: string): Promise<SignOff | null> {
  try {
    return await answerOf(
      api.GET('/api/settlements/{channel}/{date}/sign-off', { params: { path: { channel, date } } }),
    )
  } catch (problem) {
    if (problem instanceof ApiProblem && problem.code === 'UNKNOWN_STATEMENT') return null
    throw problem
  }
}

export function SignOffSection({
  channel,
  date,
  isOnStatement = false,
}: {
  readonly channel: string
  readonly date: string
  /** The page is the statement's own: no link leads to it. */
  readonly isOnStatement?: boolean
}) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const signOff = useSignOff(channel, date)
  const name = channel === BANK ? b.days.bank : worded(t.words.channels, channel)
  return (
    <Section
      title={`${b.days.of} ${name}, ${f.day(date)}`}
      actions={
        channel === BANK ? (
          <Link to="/bank" search={{ to: date }}>
            {b.days.movements}
          </Link>
        ) : (
          !isOnStatement && (
            <Link to="/settlement/$channel/$date" params={{ channel, date }}>
              {b.days.statement}
            </Link>
          )
        )
      }
    >
      <Answered query={signOff}>
        {(answer) =>
          answer === null ? (
            <Empty>{channel === BANK ? b.days.nothingBank : b.days.nothing}</Empty>
          ) : (
            <SignOffView signOff={answer} name={`${name}, ${f.day(date)}`} />
          )
        }
      </Answered>
    </Section>
  )
}

function SignOffView({ signOff, name }: { readonly signOff: SignOff; readonly name: string }) {
  const { f } = useLanguage()
  const b = useFinance()
  const { state, version, carried, openDifferences, signed, proposal, date, isUnconfirmed } = signOff
  const isWaiting = proposal?.state === 'proposed'
  const hasEnded = date < jakartaDay(Date.now())
  return (
    <>
      <Facts
        items={[
          [
            b.days.state,
            <Badge key="state" tone={toneOf(state)}>
              {worded(b.words.signOffs, state)}
            </Badge>,
          ],
          [b.days.openDifferences, f.number(openDifferences)],
          ...(version === 0 ? [] : [[b.days.version, f.number(version)] as const]),
          ...(signed === null
            ? []
            : [
                [b.days.signed, f.instant(signed.signedAt)] as const,
                [b.two.proposedBy, <PersonName key="proposed" subject={signed.proposedBy} />] as const,
                [b.two.decidedBy, <PersonName key="signed" subject={signed.signedBy} />] as const,
              ]),
        ]}
      />
      {state === 'changed' && <p className="notice warning">{b.days.changedSince}</p>}
      {isUnconfirmed && (
        <p className="notice warning">
          {b.days.unconfirmed} <Link to="/bank">{b.days.movements}</Link>
        </p>
      )}
      <CarriedTable
        now={carried}
        signed={state === 'changed' && signed !== null ? signed.carried : null}
        label={b.days.carried}
      />
      {proposal !== null && (isWaiting || proposal.state === 'rejected') && (
        <ProposalCard
          proposal={proposal}
          what={
            <b>
              {b.days.of} {name}
            </b>
          }
          question={b.days.approveQuestion(name)}
          moves={<SignOffMoves signOff={signOff} />}
          decide={(body) => decide(signOff, body)}
          warning={warningOf(signOff, b.days)}
        />
      )}
      {!isWaiting &&
        !isUnconfirmed &&
        state !== 'signed' &&
        (hasEnded ? <ProposeSignOff signOff={signOff} name={name} /> : <p className="muted">{b.days.cannotToday}</p>)}
      {state === 'signed' && <p className="notice good">{b.days.signedAs}</p>}
    </>
  )
}

/** Why what is proposed cannot be signed any more, or not yet. */
function warningOf({ proposal, digest, isUnconfirmed }: SignOff, days: FinanceTexts['days']): string | undefined {
  if (proposal?.state !== 'proposed') return undefined
  if (proposal.digest !== digest) return days.proposalOld
  return isUnconfirmed ? days.unconfirmed : undefined
}

function ProposeSignOff({ signOff, name }: { readonly signOff: SignOff; readonly name: string }) {
  const b = useFinance()
  const { channel, date, digest } = signOff
  return (
    <ProposalForm
      action={b.days.signOff}
      question={b.days.question(name)}
      moves={<SignOffMoves signOff={signOff} />}
      send={(reason) =>
        answerOf(
          api.POST('/api/settlements/{channel}/{date}/sign-off', {
            params: { path: { channel, date } },
            body: { digest, reason },
          }),
        )
      }
    />
  )
}

function SignOffMoves({ signOff: { carried } }: { readonly signOff: SignOff }) {
  const { f } = useLanguage()
  const b = useFinance()
  const open = f.counted(carried.length, b.units.items)
  return (
    <>
      <p>{carried.length === 0 ? b.days.carriesNothing : b.days.carries(f.money(sumOf(carried)), open)}</p>
      <p>{b.days.effect}</p>
    </>
  )
}

function decide({ channel, date }: SignOff, body: Schemas['ApprovalRequest']) {
  const params = { path: { channel, date } }
  return answerOf(api.POST('/api/settlements/{channel}/{date}/sign-off/approval', { params, body }))
}
