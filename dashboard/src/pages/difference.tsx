/** One difference as a case: its evidence and history, who looks after it, what people wrote, and what two of them decide. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { LIVE } from '../api/answers.ts'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useFinance } from '../i18n/finance.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { Badge, Figure, Figures, Page } from '../ui/page.tsx'
import { Answered } from '../ui/state.tsx'
import { toneOf } from '../ui/tones.ts'
import './books/books.css'
import { CaseEvidence, CaseLines } from './books/case-evidence.tsx'
import { CaseHistory, CaseParts } from './books/case-history.tsx'
import { CaseAttachments, CaseComments } from './books/case-notes.tsx'
import { CaseOwner } from './books/case-owner.tsx'
import { stateWord } from './difference-table.tsx'
import { Resolution } from './resolution.tsx'

type Difference = Schemas['Difference']

export function DifferencePage() {
  const { t, f } = useLanguage()
  const b = useFinance()
  const { id } = useParams({ from: '/differences/$id' })
  const difference = useQuery({
    queryKey: ['difference', id],
    queryFn: () => answerOf(api.GET('/api/differences/{id}', { params: { path: { id } } })),
    refetchInterval: LIVE,
  })
  const { data } = difference
  return (
    <Page
      title={data ? worded(t.words.bridge, data.class) : t.nav.differences}
      lead={
        data && (
          <Link to="/settlement/$channel/$date" params={{ channel: data.channel, date: data.date }}>
            {worded(t.words.channels, data.channel)}, {f.day(data.date)}
          </Link>
        )
      }
      actions={data && <Badge tone={toneOf(data.state)}>{stateWord(data, t, b)}</Badge>}
    >
      <Answered query={difference} rows={8}>
        {(answer) => <DifferenceView difference={answer} />}
      </Answered>
    </Page>
  )
}

function DifferenceView({ difference }: { readonly difference: Difference }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const money = (rupiah: number | null) => (rupiah === null ? '–' : f.money(rupiah))
  const { id, stakeRupiah, openRupiah } = difference
  return (
    <>
      <Figures>
        <Figure
          label={t.difference.stake}
          value={f.money(stakeRupiah)}
          note={openRupiah === stakeRupiah ? undefined : `${b.case.open}: ${f.money(openRupiah)}`}
        />
        <Figure label={t.difference.weHave} value={money(difference.hubAmountRupiah)} />
        <Figure label={t.difference.fileHas} value={money(difference.fileAmountRupiah)} />
        <Figure
          label={t.difference.daysOpen}
          value={f.number(difference.daysOpen)}
          note={f.instant(difference.firstSeenAt)}
        />
      </Figures>
      <div className="columns wide-first">
        <div className="stack">
          <CaseEvidence difference={difference} />
          <CaseLines difference={difference} />
          <CaseParts difference={difference} />
          <CaseComments id={id} />
          <CaseAttachments id={id} />
        </div>
        <div className="stack">
          {/* A new proposal begins anew; a comment or another owner leaves what somebody is writing. */}
          <Resolution key={difference.proposal?.at ?? 'none'} difference={difference} />
          <CaseOwner difference={difference} />
          <CaseHistory history={difference.history} />
        </div>
      </div>
    </>
  )
}
