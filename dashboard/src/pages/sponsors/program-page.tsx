/** The frame of a program's three pages: its name and state, what can be done with it, and the way between them. */
import './sponsors.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components'
import { CALM } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { worded } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { useMay } from '../../sign-in/use-session.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { TextInput } from '../../ui/fields.tsx'
import { Badge, Page } from '../../ui/page.tsx'
import { Answered, FormProblem } from '../../ui/state.tsx'
import { PROGRAM_TONES } from './tones.ts'

type Program = Schemas['Program']

/** What a person may do; the other steps happen by themselves. */
const ACTS = ['open', 'announce-end', 'abandon'] as const
type Act = (typeof ACTS)[number]

export function useProgram(id: string) {
  return useQuery({
    queryKey: ['program', id],
    queryFn: () => answerOf(api.GET('/api/programs/{program}', { params: { path: { program: id } } })),
    refetchInterval: CALM,
  })
}

export function ProgramFrame({
  id,
  lead,
  children,
}: {
  readonly id: string
  readonly lead?: string
  readonly children: (program: Program) => ReactNode
}) {
  const { program: p, words } = useSponsorTexts()
  const program = useProgram(id)
  const { data } = program
  return (
    <Page
      title={data?.name ?? id}
      lead={lead}
      actions={
        data && (
          <>
            <Badge tone={PROGRAM_TONES[data.state]}>{worded(words.programStates, data.state)}</Badge>
            <Steps program={data} />
          </>
        )
      }
    >
      <nav className="tabs no-print" aria-label={p.nav}>
        <Link to="/programs/$program" params={{ program: id }} activeOptions={{ exact: true }}>
          {p.tabs.program}
        </Link>
        <Link to="/programs/$program/budget" params={{ program: id }}>
          {p.tabs.budget}
        </Link>
        <Link to="/programs/$program/report" params={{ program: id }}>
          {p.tabs.report}
        </Link>
        {data && (
          <Link to="/sponsors/$sponsor" params={{ sponsor: data.sponsorId }} className="tab-up">
            {data.sponsorId}
          </Link>
        )}
      </nav>
      <Answered query={program} rows={8}>
        {children}
      </Answered>
    </Page>
  )
}

function Steps({ program }: { readonly program: Program }) {
  const { program: p } = useSponsorTexts()
  const mayAct = useMay('sponsor')
  const [asked, setAsked] = useState<Act>()
  const offered = ACTS.filter((act) => program.steps.includes(act))
  if (!mayAct) return null
  return (
    <>
      {offered.map((act) => (
        <Button
          key={act}
          className={act === 'open' ? 'button primary no-print' : 'button no-print'}
          onPress={() => setAsked(act)}
        >
          {p.acts[act].action}
        </Button>
      ))}
      {asked !== undefined && <ActDialog id={program.id} act={asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}

function ActDialog({ id, act, onClose }: { readonly id: string; readonly act: Act; readonly onClose: () => void }) {
  const { program: p } = useSponsorTexts()
  const { action, question, effect } = p.acts[act]
  const [reason, setReason] = useState('')
  const answers = useQueryClient()
  const taking = useMutation({
    mutationFn: () => take(id, act, reason.trim()),
    onSuccess: async () => {
      await answers.invalidateQueries()
      onClose()
    },
  })
  return (
    <Confirm
      title={question}
      action={action}
      isPending={taking.isPending}
      onConfirm={() => taking.mutate()}
      onClose={onClose}
    >
      <p>{effect}</p>
      <TextInput label={p.reason} value={reason} onChange={setReason} hint={p.reasonHint} maxLength={500} />
      <FormProblem problem={taking.error} />
    </Confirm>
  )
}

function take(id: string, act: Act, reason: string): Promise<Program> {
  const asked = { params: { path: { program: id } }, body: reason === '' ? {} : { reason } }
  switch (act) {
    case 'open':
      return answerOf(api.POST('/api/programs/{program}/opening', asked))
    case 'announce-end':
      return answerOf(api.POST('/api/programs/{program}/ending', asked))
    case 'abandon':
      return answerOf(api.POST('/api/programs/{program}/abandonment', asked))
    default:
      return act satisfies never
  }
}
