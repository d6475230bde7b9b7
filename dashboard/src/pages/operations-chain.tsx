/** The audit chain: whether it is whole and signed, in plain words where it is not, and a verification now for whoever operates. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { CALM } from '../api/answers.ts'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useOperationsTexts } from '../i18n/use-operations-texts.ts'
import { useMay } from '../sign-in/use-session.ts'
import { Badge, Facts, Section } from '../ui/page.tsx'
import { Answered, FormProblem } from '../ui/state.tsx'
import { toneOf } from '../ui/tones.ts'

type Chain = Schemas['AuditChain']

const KEY = ['audit-chain'] as const
const WAITING_MILLIS = 2_000
/** A verification takes seconds; its message may have to wait for the nightly audit. */
const PATIENCE_MILLIS = 120_000

export function AuditChain() {
  const { chain } = useOperationsTexts()
  const mayOperate = useMay('operate')
  const [asked, setAsked] = useState<Asked>()
  const state = useQuery({
    queryKey: KEY,
    queryFn: () => answerOf(api.GET('/api/audit-chain')),
    refetchInterval: ({ state: { data } }) => (isAwaited(asked, data) ? WAITING_MILLIS : CALM),
  })
  const isThrough = asked !== undefined && !isAwaited(asked, state.data)
  return (
    <Section
      title={chain.title}
      lead={chain.lead}
      actions={
        state.data !== undefined && (
          <Badge tone={toneOf(state.data.verdict)}>{worded(chain.verdicts, state.data.verdict)}</Badge>
        )
      }
    >
      <Answered query={state} rows={5}>
        {(answer) => (
          <>
            <Broken state={answer} />
            <Figures state={answer} />
            {mayOperate && <Verify state={answer} asked={isThrough ? undefined : asked} onAsked={setAsked} />}
            {isThrough && (
              <p className={`notice ${answer.verdict === 'whole' ? 'good' : 'warning'}`} role="status">
                {chain.done(worded(chain.verdicts, answer.verdict))}
              </p>
            )}
          </>
        )}
      </Answered>
    </Section>
  )
}

/** `before`: the run that stood when somebody asked for another one; null where none did. */
type Asked = { readonly before: string | null }

function isAwaited(asked: Asked | undefined, chain: Chain | undefined): boolean {
  return asked !== undefined && (chain === undefined || runOf(chain) === asked.before)
}

function runOf({ verified }: Chain): string | null {
  return verified?.startedAt ?? null
}

function Broken({ state: { broken } }: { readonly state: Chain }) {
  const { f } = useLanguage()
  const { chain } = useOperationsTexts()
  if (broken === null) return null
  return (
    <div className="problem" role="alert">
      <h3>{chain.brokenAt(f.number(broken.sequence))}</h3>
      <p>
        {worded(chain.faults, broken.code)} <code>{broken.code}</code>
      </p>
      <p>{broken.code === 'NOT_ANCHORED' ? chain.notAnchoredLead : chain.brokenLead}</p>
    </div>
  )
}

function Figures({ state: { entries, headHash, verified } }: { readonly state: Chain }) {
  const { f } = useLanguage()
  const { chain } = useOperationsTexts()
  const known = (value: number | null) => (value === null ? chain.notKnown : f.number(value))
  const ofRun =
    verified === null
      ? []
      : ([
          [chain.looked, f.number(verified.entries)],
          [chain.since, f.counted(Math.max(0, entries - verified.entries), chain.entriesForms)],
          [chain.anchors, known(verified.anchors)],
          [chain.anchored, known(verified.anchoredEntries)],
        ] as const)
  return (
    <Facts
      items={[
        [chain.entries, f.number(entries)],
        [chain.lastRun, verified === null ? chain.never : f.instant(verified.finishedAt)],
        ...ofRun,
        [chain.head, headHash === null ? chain.noHead : <code key="head">{`${headHash.slice(0, 16)}…`}</code>],
      ]}
    />
  )
}

function Verify({
  state,
  asked,
  onAsked,
}: {
  readonly state: Chain
  /** Undefined: nobody waits for a result. */
  readonly asked: Asked | undefined
  readonly onAsked: (asked: Asked | undefined) => void
}) {
  const { chain } = useOperationsTexts()
  const answers = useQueryClient()
  const [isSlow, setSlow] = useState(false)
  const verify = useMutation({
    mutationFn: () => answerOf(api.POST('/api/audits', { params: { query: { subject: 'chain' } } })),
    onMutate: () => {
      setSlow(false)
      onAsked({ before: runOf(state) })
    },
    onError: () => onAsked(undefined),
    onSuccess: () => answers.invalidateQueries({ queryKey: KEY }),
  })
  useEffect(() => {
    if (asked === undefined) return
    const patience = setTimeout(() => {
      setSlow(true)
      onAsked(undefined)
    }, PATIENCE_MILLIS)
    return () => clearTimeout(patience)
  }, [asked, onAsked])
  const isRunning = asked !== undefined
  return (
    <div className="stack">
      <div className="row">
        <Button className="button" isDisabled={isRunning} onPress={() => verify.mutate()}>
          {chain.verify}
        </Button>
        {isRunning && (
          <span role="status" className="muted">
            {chain.running}
          </span>
        )}
      </div>
      {isSlow && !isRunning && (
        <p className="notice warning" role="status">
          {chain.slow}
        </p>
      )}
      <FormProblem problem={verify.error} />
    </div>
  )
}
