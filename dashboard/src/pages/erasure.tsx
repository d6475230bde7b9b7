/** Erasing what the hub knows of a person beside numbers: one operator proposes, another person decides, and it cannot be taken back. */
import { useQuery } from '@tanstack/react-query'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useFinance } from '../i18n/finance.ts'
import { useMay } from '../sign-in/use-session.ts'
import { ProposalCard, ProposalForm } from './books/two-people.tsx'

/** As long as the API takes one. */
const REASON_LENGTH = 140

export function useErasure(kpj: string) {
  return useQuery({
    queryKey: ['erasure', kpj],
    queryFn: () => answerOf(api.GET('/api/memberships/{kpj}/erasure', { params: { path: { kpj } } })),
  })
}

export function Erasure({
  kpj,
  standing: { erasedAt, proposal },
}: {
  readonly kpj: string
  readonly standing: Schemas['Erasure']
}) {
  const { erasure: texts } = useFinance()
  const mayPropose = useMay('operate')
  const params = { path: { kpj } }
  const moves = <p>{texts.moves}</p>
  return (
    <>
      {proposal !== null && (
        <ProposalCard
          proposal={proposal}
          what={<b>{texts.what}</b>}
          question={texts.approveQuestion}
          moves={moves}
          words={{ final: texts.final }}
          decide={(body) => answerOf(api.POST('/api/memberships/{kpj}/erasure/approval', { params, body }))}
        />
      )}
      {mayPropose && erasedAt === null && (proposal === null || proposal.state === 'rejected') && (
        <details className="more-of no-print">
          <summary>{texts.open}</summary>
          <ProposalForm
            reasonLength={REASON_LENGTH}
            action={texts.action}
            question={texts.question}
            moves={moves}
            send={(reason) => answerOf(api.POST('/api/memberships/{kpj}/erasure', { params, body: { reason } }))}
          />
        </details>
      )}
    </>
  )
}
