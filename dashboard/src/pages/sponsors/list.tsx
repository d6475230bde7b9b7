/** One list: how far it is, what it corrects, which rows were refused, and its bills. */
import './sponsors.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { CALM } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { Progress } from '../../ui/file-drop.tsx'
import { Figure, Figures, Page, Section } from '../../ui/page.tsx'
import { Answered } from '../../ui/state.tsx'
import { BillForm } from './bill-form.tsx'
import { Bills } from './bills.tsx'
import { CorrectedList } from './corrected-list.tsx'
import { ListState } from './lists.tsx'
import { useProgram } from './program-page.tsx'
import { RefusedRows } from './refused-rows.tsx'

type Cohort = Schemas['Cohort']

/** While something is being done with it. */
const WORKING_MILLIS = 1_500

export function ListPage() {
  const { f } = useLanguage()
  const { list: l, program: p } = useSponsorTexts()
  const { cohort: id } = useParams({ from: '/lists/$cohort' })
  const programId = id.split('.').slice(0, 2).join('.')
  const program = useProgram(programId)
  const list = useQuery({
    queryKey: ['list', id],
    queryFn: () => answerOf(api.GET('/api/cohorts/{cohort}', { params: { path: { cohort: id } } })),
    refetchInterval: ({ state }) => (state.data?.working === null ? CALM : WORKING_MILLIS),
  })
  const { data } = list
  return (
    <Page
      title={l.title}
      lead={data && p.by(data.receivedBy, f.instant(data.receivedAt))}
      actions={
        <>
          {data && <ListState list={data} />}
          <Link to="/programs/$program" params={{ program: programId }} className="button">
            {l.of(program.data?.name ?? programId)}
          </Link>
        </>
      }
    >
      <Answered query={list} rows={8}>
        {(answer) => (
          <>
            <Standing list={answer} />
            {answer.state === 'withdrawn' && <p className="notice">{l.withdrawn}</p>}
            {answer.unusable !== null && <Unusable code={answer.unusable} />}
            {answer.change !== null && <CorrectedList list={answer} change={answer.change} />}
            <RefusedRows list={answer} />
            {answer.unusable === null && answer.state !== 'withdrawn' && program.data && (
              <BillForm list={answer} program={program.data} />
            )}
            <Bills list={answer} />
          </>
        )}
      </Answered>
    </Page>
  )
}

function Standing({ list }: { readonly list: Cohort }) {
  const { f } = useLanguage()
  const { list: l, lists, words } = useSponsorTexts()
  const { rows, accepted, refused, flagged, enrolled, working } = list
  const share = working === null ? undefined : doneOf(list)
  return (
    <Section title={l.steps}>
      <Steps list={list} />
      {working !== null && share !== undefined && <Progress share={share} text={worded(words.working, working)} />}
      <Figures>
        <Figure label={l.rows} value={f.number(rows)} />
        <Figure label={lists.accepted} value={f.number(accepted)} tone={accepted > 0 ? 'good' : 'plain'} />
        <Figure label={lists.refused} value={f.number(refused)} tone={refused > 0 ? 'bad' : 'plain'} />
        <Figure label={lists.enrolled} value={f.number(enrolled)} />
        {flagged > 0 && <Figure label={l.flagged} value={f.number(flagged)} note={l.flaggedNote} tone="warn" />}
      </Figures>
    </Section>
  )
}

/** Of the step that is under way, as far as its counts say; undefined where none does. */
function doneOf({ working, rows, accepted, refused, enrolled }: Cohort): number | undefined {
  if (working === 'judge' && rows > 0) return (accepted + refused) / rows
  if (working === 'enrol' && accepted > 0) return enrolled / accepted
  return undefined
}

const STEPS = ['read', 'judge', 'enrol', 'bill', 'paid'] as const
/** How many of the steps a state has behind it. */
const BEHIND: Readonly<Record<Cohort['state'], number>> = {
  received: 0,
  judged: 2,
  enrolled: 3,
  billed: 4,
  paid: 5,
  withdrawn: 0,
}

function Steps({ list }: { readonly list: Cohort }) {
  const { list: l } = useSponsorTexts()
  const { state, working } = list
  if (state === 'withdrawn') return null
  const behind = working === 'judge' ? 1 : BEHIND[state]
  return (
    <ol className="life" aria-label={l.steps}>
      {STEPS.map((step, i) => {
        const at = i < behind ? 'done' : working === step ? 'now' : 'next'
        return (
          <li key={step} data-at={at} aria-current={at === 'now' ? 'step' : undefined}>
            {l.step[step]}
            <span className="only-read"> ({l.at[at]})</span>
          </li>
        )
      })}
    </ol>
  )
}

function Unusable({ code }: { readonly code: string }) {
  const { list: l, words } = useSponsorTexts()
  return (
    <div className="notice bad" role="alert">
      <b>{l.unusable}</b>
      <span>
        {worded(words.unusable, code)} {l.unusableNext}
      </span>
    </div>
  )
}
