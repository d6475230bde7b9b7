/** A program: where it stands, its plan, its lists with the upload of another, and its history. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { CALM } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { useMay } from '../../sign-in/use-session.ts'
import { Facts, Section } from '../../ui/page.tsx'
import { Answered, Empty } from '../../ui/state.tsx'
import { ListUpload } from './list-upload.tsx'
import { Lists } from './lists.tsx'
import { PlanForm } from './plan-form.tsx'
import { ProgramFrame } from './program-page.tsx'

type Program = Schemas['Program']

const LIFE = [
  'draft',
  'enrolling',
  'billed',
  'paid',
  'running',
  'ending',
  'ended',
] as const satisfies readonly Program['state'][]

export function ProgramPage() {
  const { program: id } = useParams({ from: '/programs/$program' })
  return (
    <ProgramFrame id={id}>
      {(program) => (
        <>
          <Life state={program.state} />
          <Plan program={program} />
          <Lists program={program.id} />
          <ListUpload program={program} />
          <History program={program.id} />
        </>
      )}
    </ProgramFrame>
  )
}

function Life({ state }: { readonly state: Program['state'] }) {
  const { program: p, words } = useSponsorTexts()
  const now = LIFE.indexOf(state)
  return (
    <ol className="life" aria-label={p.life}>
      {LIFE.map((each, i) => (
        <li
          key={each}
          data-at={i < now ? 'done' : i === now ? 'now' : 'next'}
          aria-current={i === now ? 'step' : undefined}
        >
          {worded(words.programStates, each)}
        </li>
      ))}
    </ol>
  )
}

function Plan({ program }: { readonly program: Program }) {
  const { t, f } = useLanguage()
  const { program: p, units, words } = useSponsorTexts()
  const mayAct = useMay('sponsor')
  const isDraft = program.steps.includes('change')
  return (
    <Section title={p.plan} lead={isDraft ? undefined : p.planStands}>
      <Facts
        items={[
          [p.funding, worded(t.words.fundings, program.funding)],
          [p.budget, f.money(program.budget.amountRupiah)],
          [p.budgetPer, worded(words.budgetsPer, program.budget.per)],
          [p.firstMonth, f.month(program.firstMonth)],
          [p.lastMonth, `${f.month(program.lastMonth)} (${f.counted(program.months, units.months)})`],
          [p.programs, worded(words.programs, program.programs)],
          [p.person, f.money(program.personRupiah)],
          [p.priority, worded(words.priorities, program.priority)],
          [p.sector, worded(t.words.sectors, program.sector)],
          [p.income, f.money(program.incomeRupiah)],
        ]}
      />
      {isDraft && mayAct && (
        <details className="more-of">
          <summary>{p.changePlan}</summary>
          <ChangePlan key={program.version} program={program} />
        </details>
      )}
    </Section>
  )
}

function ChangePlan({ program }: { readonly program: Program }) {
  const { program: p } = useSponsorTexts()
  const answers = useQueryClient()
  const sponsor = useQuery({
    queryKey: ['sponsor', program.sponsorId],
    queryFn: () => answerOf(api.GET('/api/sponsors/{sponsor}', { params: { path: { sponsor: program.sponsorId } } })),
  })
  return (
    <Answered query={sponsor}>
      {({ kind }) => (
        <PlanForm
          kind={kind}
          action={p.savePlan}
          program={program}
          send={async ({ code: _, ...plan }) => {
            const params = { path: { program: program.id } }
            await answerOf(api.PUT('/api/programs/{program}', { params, body: { ...plan, version: program.version } }))
            await answers.invalidateQueries()
          }}
        />
      )}
    </Answered>
  )
}

function History({ program }: { readonly program: string }) {
  const { f } = useLanguage()
  const { program: p, words } = useSponsorTexts()
  const history = useQuery({
    queryKey: ['program-history', program],
    queryFn: () => answerOf(api.GET('/api/programs/{program}/history', { params: { path: { program } } })),
    refetchInterval: CALM,
  })
  return (
    <Section title={p.history}>
      <Answered query={history}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{p.noHistory}</Empty>
          ) : (
            <ol className="history">
              {items.toReversed().map(({ number, step, by, at, note }) => (
                <li key={number}>
                  <b>{worded(words.steps, step)}</b>
                  <span className="muted">{p.by(by, f.instant(at))}</span>
                  {note !== '' && <span className="quote">{note}</span>}
                </li>
              ))}
            </ol>
          )
        }
      </Answered>
    </Section>
  )
}
