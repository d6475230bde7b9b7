/** What an agent's work came to: members, who still pays, contributions, commission, and what of it goes back. As a file, too. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Button } from 'react-aria-components'
import { answerOf, api, type Schemas, textOf } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useAgentTexts } from '../i18n/use-agent-texts.ts'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { download } from '../ui/download.ts'
import { TextInput } from '../ui/fields.tsx'
import { Figure, Figures, Page, Section } from '../ui/page.tsx'
import { Answered, FormProblem } from '../ui/state.tsx'
import { PlainTable } from './books/plain-table.tsx'

type Report = Schemas['AgentReport']
type AgentMonth = Report['months'][number]
type Period = { readonly from?: string | undefined; readonly to?: string | undefined }

const ROUTE = { from: '/agents/$agent' } as const

export function AgentPage() {
  const a = useAgentTexts()
  const { agent: code } = useParams(ROUTE)
  const { from, to } = useSearch(ROUTE)
  const navigate = useNavigate()
  const agent = useQuery({
    queryKey: ['agent', code],
    queryFn: () => answerOf(api.GET('/api/agents/{agent}', { params: { path: { agent: code } } })),
  })
  const show = (changed: Period) =>
    void navigate({ to: '/agents/$agent', params: { agent: code }, search: { from, to, ...changed }, replace: true })
  return (
    <Answered query={agent}>
      {({ name, kind }) => (
        <Page
          title={name === '' ? code : `${name} (${code})`}
          lead={a.reportLead(worded(a.kinds, kind))}
          actions={
            <>
              <TextInput
                label={a.from}
                type="month"
                value={from ?? ''}
                onChange={(value) => show({ from: value || undefined })}
              />
              <TextInput
                label={a.to}
                type="month"
                value={to ?? ''}
                onChange={(value) => show({ to: value || undefined })}
              />
            </>
          }
        >
          <p>
            <Link to="/agents">{a.back}</Link>
          </p>
          <ReportOf code={code} period={{ from, to }} />
        </Page>
      )}
    </Answered>
  )
}

function ReportOf({ code, period }: { readonly code: string; readonly period: Period }) {
  const { f } = useLanguage()
  const a = useAgentTexts()
  const report = useQuery({
    queryKey: ['agent-report', code, period.from, period.to],
    queryFn: () =>
      answerOf(
        api.GET('/api/agents/{agent}/report', { params: { path: { agent: code }, query: period } }),
      ) as Promise<Report>,
  })
  return (
    <Answered query={report} rows={12}>
      {(answer) => (
        <>
          {!answer.isWhole && (
            <p className="notice warning" role="alert">
              {a.notWhole(f.number(answer.lookedAt))}
            </p>
          )}
          <div className="row spread">
            <p className="muted">
              {a.asOf(f.instant(answer.asOf))} {f.counted(answer.lookedAt, a.looked)}
            </p>
            {answer.isWhole && <ReportFile code={code} period={period} />}
          </div>
          <Sums report={answer} />
          <Section title={a.stillActive} lead={a.stillActiveLead}>
            <StillActive report={answer} />
          </Section>
          <Section title={a.months}>
            <Months code={code} months={answer.months} />
          </Section>
        </>
      )}
    </Answered>
  )
}

function ReportFile({ code, period: { from, to } }: { readonly code: string; readonly period: Period }) {
  const a = useAgentTexts()
  const name = `agent-${code}.csv`
  const saving = useMutation({
    mutationFn: async () => {
      const asked = Object.entries({ format: 'csv', from, to }).flatMap(([key, value]) =>
        value === undefined ? [] : [[key, value]],
      )
      download(name, await textOf(`/api/agents/${code}/report?${new URLSearchParams(asked)}`))
    },
  })
  return (
    <div className="exports">
      <Button className="button" isDisabled={saving.isPending} onPress={() => saving.mutate()}>
        {a.file}
      </Button>
      <FormProblem problem={saving.error} />
      {saving.isSuccess && (
        <p className="muted" role="status">
          {a.saved(name)}
        </p>
      )}
    </div>
  )
}

function Sums({ report }: { readonly report: Report }) {
  const { f } = useLanguage()
  const a = useAgentTexts()
  const { registered, contributionsRupiah, commissionRupiah, acquisitionRupiah, clawbackRupiah, dueRupiah } = report
  return (
    <Figures>
      <Figure label={a.registered} value={f.number(registered)} />
      <Figure label={a.contributions} value={f.money(contributionsRupiah)} />
      <Figure label={a.commission} value={f.money(commissionRupiah)} />
      <Figure label={a.acquisition} value={f.money(acquisitionRupiah)} />
      <Figure label={a.clawback} value={f.money(clawbackRupiah)} tone={clawbackRupiah > 0 ? 'warn' : 'plain'} />
      <Figure label={a.due} value={f.money(dueRupiah)} note={a.dueNote} tone={dueRupiah < 0 ? 'bad' : 'plain'} />
    </Figures>
  )
}

function StillActive({ report: { stillActive } }: { readonly report: Report }) {
  const { f } = useLanguage()
  const a = useAgentTexts()
  return (
    <PlainTable
      label={a.stillActive}
      rows={stillActive}
      keyOf={({ months }) => String(months)}
      columns={[
        { header: a.stillActive, cell: ({ months }) => a.after(f.number(months)), isName: true },
        { header: a.reached, cell: ({ reached }) => f.number(reached), align: 'end' },
        { header: a.active, cell: ({ active }) => f.number(active), align: 'end' },
        {
          header: a.share,
          cell: ({ reached, active }) => (reached === 0 ? '–' : f.percent(Math.floor((active * 10_000) / reached))),
          align: 'end',
        },
      ]}
    />
  )
}

function Months({ code, months }: { readonly code: string; readonly months: readonly AgentMonth[] }) {
  const { f } = useLanguage()
  const a = useAgentTexts()
  const columns = useMemo<readonly TableColumn<AgentMonth>[]>(() => {
    const number = (id: string, header: string, value: (month: AgentMonth) => number, width: number) =>
      ({ id, header, value, cell: (month: AgentMonth) => f.number(value(month)), align: 'end', width }) as const
    const money = (id: string, header: string, value: (month: AgentMonth) => number) =>
      ({ id, header, value, cell: (month: AgentMonth) => f.money(value(month)), align: 'end', width: 8 }) as const
    return [
      {
        id: 'month',
        header: a.month,
        value: ({ month }) => month,
        cell: ({ month }) => f.month(month),
        width: 10,
      },
      number('registered', a.registered, ({ registered }) => registered, 7.5),
      number('newcomers', a.newcomers, ({ newcomers }) => newcomers, 9),
      money('contributions', a.contributions, ({ contributionsRupiah }) => contributionsRupiah),
      money('collected', a.collected, ({ collectedRupiah }) => collectedRupiah),
      money('taken-back', a.takenBack, ({ takenBackRupiah }) => takenBackRupiah),
      money('commission', a.commission, ({ commissionRupiah }) => commissionRupiah),
      money('acquisition', a.acquisition, ({ acquisitionRupiah }) => acquisitionRupiah),
      money('clawback', a.clawback, ({ clawbackRupiah }) => clawbackRupiah),
    ]
  }, [f, a])
  return (
    <DataTable
      label={a.months}
      rows={months}
      columns={columns}
      keyOf={({ month }) => month}
      file={`agent-${code}-months`}
      empty={a.noMonths}
    />
  )
}
