/** Queues with their dead letters, putting them back, a repair on demand, and whether the hub serves. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { LIVE } from '../api/answers.ts'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage } from '../i18n/language.tsx'
import { useWatchTexts } from '../i18n/use-watch-texts.ts'
import { useMay } from '../sign-in/use-session.ts'
import { Confirm } from '../ui/confirm.tsx'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { TextInput } from '../ui/fields.tsx'
import { Badge, Page, Section } from '../ui/page.tsx'
import { Answered, FormProblem } from '../ui/state.tsx'
import { AuditChain } from './operations-chain.tsx'
import { DeadLetters } from './operations-dead-letters.tsx'
import { Functions } from './operations-functions.tsx'
import { PartnerKeys } from './operations-keys.tsx'
import { LocalHub } from './operations-local.tsx'
import { PartnersToday } from './operations-partners.tsx'
import { Schedules } from './operations-schedules.tsx'

type Queue = Schemas['QueueDepth']

export function OperationsPage() {
  const { t } = useLanguage()
  const mayOperate = useMay('operate')
  const health = useQuery({ queryKey: ['health'], queryFn: () => answerOf(api.GET('/healthz')), refetchInterval: LIVE })
  return (
    <Page
      title={t.operations.title}
      lead={t.operations.lead}
      actions={
        health.isError ? (
          <Badge tone="bad">{t.operations.unhealthy}</Badge>
        ) : (
          health.isSuccess && <Badge tone="good">{t.operations.health}</Badge>
        )
      }
    >
      <QueueSection mayOperate={mayOperate} />
      <Schedules />
      <AuditChain />
      <PartnersToday />
      <PartnerKeys />
      <Functions />
      {mayOperate && <Repair />}
      {mayOperate && <LocalHub />}
    </Page>
  )
}

function QueueSection({ mayOperate }: { readonly mayOperate: boolean }) {
  const { t, f } = useLanguage()
  const answers = useQueryClient()
  const w = useWatchTexts().operations
  const [asked, setAsked] = useState<string>()
  const [looked, setLooked] = useState<string>()
  const queues = useQuery({
    queryKey: ['queues'],
    queryFn: () => answerOf(api.GET('/api/queues')),
    refetchInterval: LIVE,
  })
  const redrive = useMutation({
    mutationFn: (name: string) => answerOf(api.POST('/api/queues/{name}/redrive', { params: { path: { name } } })),
    onSettled: () => {
      setAsked(undefined)
      return Promise.all(['queues', 'dead-letters'].map((key) => answers.invalidateQueries({ queryKey: [key] })))
    },
  })
  const columns = useMemo<readonly TableColumn<Queue>[]>(() => {
    const number = (value: number) => f.number(value)
    return [
      { id: 'name', header: t.operations.queue, value: ({ name }) => name, width: 12 },
      {
        id: 'visible',
        header: t.operations.visible,
        value: ({ visible }) => visible,
        cell: ({ visible }) => number(visible),
        align: 'end',
        width: 7,
      },
      {
        id: 'flight',
        header: t.operations.inFlight,
        value: ({ inFlight }) => inFlight,
        cell: ({ inFlight }) => number(inFlight),
        align: 'end',
        width: 7,
      },
      {
        id: 'delayed',
        header: t.operations.delayed,
        value: ({ delayed }) => delayed,
        cell: ({ delayed }) => number(delayed),
        align: 'end',
        width: 7,
      },
      {
        id: 'dead',
        header: t.operations.dead,
        value: ({ deadLetters }) => deadLetters,
        cell: ({ name, deadLetters }) => (
          <span className="row tight">
            <Badge tone={deadLetters > 0 ? 'bad' : 'good'}>{number(deadLetters)}</Badge>
            {deadLetters > 0 && (
              <Button className="button small" aria-label={w.whyOf(name)} onPress={() => setLooked(name)}>
                {w.why}
              </Button>
            )}
            {mayOperate && deadLetters > 0 && (
              <Button className="button small" onPress={() => setAsked(name)}>
                {t.operations.redrive}
              </Button>
            )}
          </span>
        ),
        width: 19,
      },
    ]
  }, [t, f, w, mayOperate])
  return (
    <Section title={t.overview.queues}>
      {redrive.data !== undefined && (
        <p className="notice good" role="status">
          {t.operations.moved(f.number(redrive.data.moved))}
        </p>
      )}
      <FormProblem problem={redrive.error} />
      <Answered query={queues} rows={18}>
        {(answer) => (
          <DataTable
            label={t.overview.queues}
            rows={answer}
            columns={columns}
            keyOf={({ name }) => name}
            file="queues"
            empty={t.state.empty}
          />
        )}
      </Answered>
      {looked !== undefined && <DeadLetters queue={looked} />}
      {asked !== undefined && (
        <Confirm
          title={t.operations.redriveTitle(asked)}
          action={t.operations.redrive}
          isPending={redrive.isPending}
          onConfirm={() => redrive.mutate(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{t.operations.redriveLead}</p>
        </Confirm>
      )}
    </Section>
  )
}

function Repair() {
  const { t, f } = useLanguage()
  const [day, setDay] = useState('')
  const repair = useMutation({
    mutationFn: () => answerOf(api.POST('/api/repair', { params: { query: day === '' ? {} : { day } } })),
  })
  return (
    <Section title={t.operations.repair} lead={t.operations.repairLead}>
      <Form
        className="form inline"
        onSubmit={(event) => {
          event.preventDefault()
          repair.mutate()
        }}
      >
        <TextInput label={t.operations.repairDay} type="date" value={day} onChange={setDay} />
        <Button type="submit" className="button" isDisabled={repair.isPending}>
          {t.operations.repairRun}
        </Button>
      </Form>
      <FormProblem problem={repair.error} />
      {repair.data !== undefined && (
        <p className="notice good" role="status">
          {t.operations.queued(f.number(repair.data.queued))}
        </p>
      )}
    </Section>
  )
}
