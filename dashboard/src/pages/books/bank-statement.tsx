/** One bank statement as it came, and the two halves of its withdrawal. */
import './books.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { CALM } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { useMay } from '../../sign-in/use-session.ts'
import { Badge, Facts, Page, Section } from '../../ui/page.tsx'
import { Answered } from '../../ui/state.tsx'
import { toneOf } from '../../ui/tones.ts'
import { PersonName } from './person.tsx'
import { HANDED_OVER } from './stated-reason.ts'
import { ProposalCard, ProposalForm } from './two-people.tsx'

type Standing = Schemas['StatementWithdrawalStanding']

export function BankStatementPage() {
  const { t } = useLanguage()
  const b = useFinance()
  const { sha256 } = useParams({ from: '/bank-statements/$sha256' })
  const standing = useQuery({
    queryKey: ['bank-statement', sha256],
    queryFn: () => answerOf(api.GET('/api/bank-statements/{sha256}/withdrawal', { params: { path: { sha256 } } })),
    refetchInterval: CALM,
  })
  const file = standing.data?.file
  return (
    <Page
      title={file?.name ?? b.bank.file}
      lead={<Link to="/bank">{t.bank.title}</Link>}
      actions={file && <Badge tone={toneOf(file.state)}>{worded(t.words.bankStates, file.state)}</Badge>}
    >
      <Answered query={standing} rows={6}>
        {(answer) => (
          <>
            <StatementView file={answer.file} />
            <Confirmation file={answer.file} />
            <Withdrawal standing={answer} />
          </>
        )}
      </Answered>
    </Page>
  )
}

function StatementView({ file }: { readonly file: Standing['file'] }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  return (
    <Section title={b.bank.file}>
      <Facts
        items={[
          [b.bank.format, worded(b.words.formats, file.format)],
          [t.bank.count, f.number(file.movements)],
          [t.bank.amount, f.money(file.amountRupiah)],
          [b.bank.pending, f.number(file.pendingEntries)],
          [b.bank.received, f.instant(file.receivedAt)],
          [
            b.bank.receivedBy,
            file.receivedBy === null ? b.bank.byBank : <PersonName key="by" subject={file.receivedBy} />,
          ],
          ...(file.gap === null
            ? []
            : [
                [
                  t.bank.waitsFor,
                  <span key="gap" lang="en">
                    {file.gap}
                  </span>,
                ] as const,
              ]),
          [
            'SHA-256',
            <span key="sha" className="mono digest">
              {file.sha256}
            </span>,
          ],
        ]}
      />
    </Section>
  )
}

/** What one person handed over, and the second one who looks at it. */
function Confirmation({ file }: { readonly file: Standing['file'] }) {
  const { f } = useLanguage()
  const b = useFinance()
  const { sha256, name, movements, amountRupiah, unconfirmed } = file
  if (unconfirmed === null) return null
  const { by, since, isOverdue } = unconfirmed
  const decided = { decidedBy: null, decidedAt: null, remark: null }
  const of = f.counted(movements, b.units.movements)
  return (
    <Section title={b.bank.unconfirmed} lead={b.bank.confirmLead}>
      {isOverdue && <p className="notice warning">{b.bank.confirmOverdue}</p>}
      <ProposalCard
        proposal={{ state: 'proposed', reason: HANDED_OVER, proposedBy: by, proposedAt: since, ...decided }}
        what={<b>{name}</b>}
        question={b.bank.confirmQuestion(name)}
        moves={<p>{b.bank.confirmEffect(of, f.money(amountRupiah))}</p>}
        rejectMoves={<p>{b.bank.rejectEffect(of, f.money(amountRupiah))}</p>}
        words={{ ...b.bank.confirmation, rejectQuestion: b.bank.rejectQuestion(name) }}
        decide={(body) =>
          answerOf(api.POST('/api/bank-statements/{sha256}/confirmation', { params: { path: { sha256 } }, body }))
        }
      />
    </Section>
  )
}

function Withdrawal({ standing: { file, proposal } }: { readonly standing: Standing }) {
  const { f } = useLanguage()
  const b = useFinance()
  const mayPropose = useMay('operate')
  const { sha256, name, state, movements, amountRupiah } = file
  const params = { path: { sha256 } }
  const effect = <p>{b.bank.withdrawEffect(f.counted(movements, b.units.movements), f.money(amountRupiah))}</p>
  const isWithdrawn = state === 'withdrawn'
  // Nothing was done, and the reader may do nothing.
  if (!mayPropose && !isWithdrawn && proposal === null) return null
  return (
    <Section title={b.bank.withdraw} lead={b.bank.withdrawLead}>
      {isWithdrawn && <p className="notice">{b.bank.withdrawnAlready}</p>}
      {proposal !== null && (
        <ProposalCard
          proposal={proposal}
          what={<b>{b.bank.withdraw}</b>}
          question={b.bank.withdrawApprove(name)}
          moves={effect}
          decide={(body) => answerOf(api.POST('/api/bank-statements/{sha256}/withdrawal/approval', { params, body }))}
        />
      )}
      {!isWithdrawn && proposal?.state !== 'proposed' && (
        <ProposalForm
          action={b.bank.proposeWithdrawal}
          question={b.bank.withdrawQuestion(name)}
          moves={effect}
          send={(reason) =>
            answerOf(api.POST('/api/bank-statements/{sha256}/withdrawal', { params, body: { reason } }))
          }
        />
      )}
    </Section>
  )
}
