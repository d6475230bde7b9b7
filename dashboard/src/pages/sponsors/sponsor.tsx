/** One sponsor: its programs, a new one, and whom the hub writes to. */
import './sponsors.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { CALM } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { worded } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { useMay } from '../../sign-in/use-session.ts'
import { Badge, Page, Section } from '../../ui/page.tsx'
import { Answered, Empty } from '../../ui/state.tsx'
import { useColumns } from '../books/columns.ts'
import { PlainTable } from '../books/plain-table.tsx'
import { placeOfProgram } from './addresses.ts'
import { Contacts } from './contacts.tsx'
import { PlanForm } from './plan-form.tsx'
import { PROGRAM_TONES } from './tones.ts'

type Program = Schemas['Program']

export function SponsorPage() {
  const { sponsors: s, words } = useSponsorTexts()
  const { sponsor: id } = useParams({ from: '/sponsors/$sponsor' })
  const mayAct = useMay('sponsor')
  const sponsor = useQuery({
    queryKey: ['sponsor', id],
    queryFn: () => answerOf(api.GET('/api/sponsors/{sponsor}', { params: { path: { sponsor: id } } })),
    refetchInterval: CALM,
  })
  const { data } = sponsor
  return (
    <Page
      title={data?.name || id}
      lead={data && `${worded(words.kinds, data.kind)} · ${s.region}: ${data.regionCode ?? s.anywhere}`}
    >
      <Answered query={sponsor} rows={8}>
        {(answer) => (
          <>
            <Programs programs={answer.programs} />
            <Contacts sponsor={answer} />
            {mayAct && <NewProgram sponsor={answer} />}
          </>
        )}
      </Answered>
    </Page>
  )
}

function Programs({ programs }: { readonly programs: readonly Program[] }) {
  const { sponsor: s, program: p, words } = useSponsorTexts()
  const column = useColumns<Program>()
  return (
    <Section title={s.programs} lead={s.programsLead}>
      {programs.length === 0 ? (
        <Empty>{s.noProgram}</Empty>
      ) : (
        <PlainTable
          label={s.programs}
          rows={programs}
          keyOf={({ id }) => id}
          file="sponsor-programs"
          columns={[
            {
              header: p.name,
              cell: ({ id, name }) => (
                <Link to="/sponsors/$sponsor/$program" params={placeOfProgram(id)}>
                  {name}
                </Link>
              ),
              value: ({ name }) => name,
              isName: true,
            },
            {
              header: p.state,
              cell: ({ state }) => <Badge tone={PROGRAM_TONES[state]}>{worded(words.programStates, state)}</Badge>,
              value: ({ state }) => worded(words.programStates, state),
            },
            column.month(p.firstMonth, ({ firstMonth }) => firstMonth),
            column.month(p.lastMonth, ({ lastMonth }) => lastMonth),
            column.money(p.budget, ({ budget }) => budget.amountRupiah),
            {
              header: p.budgetPer,
              cell: ({ budget }) => worded(words.budgetsPer, budget.per),
              value: ({ budget }) => worded(words.budgetsPer, budget.per),
            },
          ]}
        />
      )}
    </Section>
  )
}

function NewProgram({ sponsor }: { readonly sponsor: Schemas['Sponsor'] }) {
  const { sponsor: s, program: p } = useSponsorTexts()
  const navigate = useNavigate()
  return (
    <Section title={s.newProgram}>
      <PlanForm
        kind={sponsor.kind}
        action={p.draftNew}
        asksCode
        send={async ({ code, ...plan }) => {
          const program = await answerOf(
            api.POST('/api/sponsors/{sponsor}/programs', {
              params: { path: { sponsor: sponsor.id } },
              body: { ...plan, ...(code === '' ? {} : { code }) },
            }),
          )
          await navigate({ to: '/sponsors/$sponsor/$program', params: placeOfProgram(program.id) })
        }}
      />
    </Section>
  )
}
