/** The two halves of taking back the accepted settlement file of a day. */
import './books.css'
import { useQuery } from '@tanstack/react-query'
import { CALM } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { useMay } from '../../sign-in/use-session.ts'
import { Section } from '../../ui/page.tsx'
import { Answered } from '../../ui/state.tsx'
import { ProposalCard, ProposalForm } from './two-people.tsx'

type Statement = Schemas['Statement']

export function FileWithdrawal({ statement: { channel, date, files } }: { readonly statement: Statement }) {
  const { f } = useLanguage()
  const b = useFinance()
  const params = { path: { channel, date } }
  const mayPropose = useMay('operate')
  const standing = useQuery({
    queryKey: ['file-withdrawal', channel, date],
    queryFn: () => answerOf(api.GET('/api/settlements/{channel}/{date}/withdrawal', { params })),
    refetchInterval: CALM,
  })
  const accepted = files.find(({ state }) => state === 'accepted')
  const proposal = standing.data?.proposal ?? null
  // Nothing can be withdrawn, or the reader may not ask for it.
  if (standing.isSuccess && proposal === null && (accepted === undefined || !mayPropose)) return null
  const effectOf = (version: number) => {
    const amountRupiah = files.find((each) => each.version === version)?.amountRupiah ?? 0
    return <p>{b.bank.fileEffect(f.number(version), f.money(amountRupiah))}</p>
  }
  const nameOf = (version: number) => files.find((each) => each.version === version)?.name ?? ''
  return (
    <Section title={b.bank.withdrawFile} lead={b.bank.withdrawLead}>
      <Answered query={standing} rows={2}>
        {() => (
          <>
            {proposal !== null && (
              <ProposalCard
                proposal={proposal}
                what={
                  <b>
                    {b.bank.withdrawFile}: {nameOf(proposal.version)}
                  </b>
                }
                question={b.bank.withdrawApprove(nameOf(proposal.version))}
                moves={effectOf(proposal.version)}
                decide={(body) =>
                  answerOf(api.POST('/api/settlements/{channel}/{date}/withdrawal/approval', { params, body }))
                }
                warning={
                  proposal.state === 'proposed' && proposal.version !== accepted?.version
                    ? b.days.proposalOld
                    : undefined
                }
              />
            )}
            {accepted !== undefined && proposal?.state !== 'proposed' && (
              <ProposalForm
                action={b.bank.proposeWithdrawal}
                question={b.bank.withdrawQuestion(accepted.name)}
                moves={effectOf(accepted.version)}
                send={(reason) =>
                  answerOf(
                    api.POST('/api/settlements/{channel}/{date}/withdrawal', {
                      params,
                      body: { version: accepted.version, reason },
                    }),
                  )
                }
              />
            )}
          </>
        )}
      </Answered>
    </Section>
  )
}
