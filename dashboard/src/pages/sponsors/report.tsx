/** A program's report: who is covered until when, what became of the money, and how villages compare. As files and on paper, too. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Button } from 'react-aria-components'
import { bytesOf } from '../../api/bytes.ts'
import { answerOf, api, type Schemas, textOf } from '../../api/client.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { DataTable, type TableColumn } from '../../ui/data-table.tsx'
import { download } from '../../ui/download.ts'
import { Figure, Figures, Section } from '../../ui/page.tsx'
import { saveBytes } from '../../ui/save-bytes.ts'
import { Answered, Empty, FormProblem } from '../../ui/state.tsx'
import { useColumns } from '../books/columns.ts'
import { PlainTable } from '../books/plain-table.tsx'
import { programIdOf } from './addresses.ts'
import { ProgramFrame } from './program-page.tsx'

type Report = Schemas['ProgramReport']
type Region = Report['villages'][number]

export function ReportPage() {
  const { report: r } = useSponsorTexts()
  const id = programIdOf(useParams({ from: '/sponsors/$sponsor/$program/report' }))
  return (
    <ProgramFrame id={id} lead={r.lead}>
      {({ id: program }) => <ReportOf program={program} />}
    </ProgramFrame>
  )
}

function ReportOf({ program }: { readonly program: string }) {
  const { f } = useLanguage()
  const { report: r } = useSponsorTexts()
  const report = useQuery({
    queryKey: ['report', program],
    queryFn: () =>
      answerOf(api.GET('/api/programs/{program}/report', { params: { path: { program } } })) as Promise<Report>,
  })
  return (
    <Answered query={report} rows={8}>
      {(answer) => (
        <>
          <div className="row spread">
            <p className="muted">{r.asOf(f.instant(answer.asOf))}</p>
            <ReportFiles program={program} />
          </div>
          <Sums report={answer} />
          <Section title={r.until}>
            <CoveredUntil report={answer} />
          </Section>
          <Section title={r.regencies}>
            <Ranking label={r.regencies} regions={answer.regencies} file="regencies" />
          </Section>
          <Section title={r.villages}>
            <Ranking label={r.villages} regions={answer.villages} file="villages" />
          </Section>
        </>
      )}
    </Answered>
  )
}

function ReportFiles({ program }: { readonly program: string }) {
  const { report: r } = useSponsorTexts()
  const path = `/api/programs/${program}/report`
  const saving = useMutation({
    mutationFn: async (format: 'csv' | 'xlsx') => {
      const name = `report-${program}.${format}`
      if (format === 'csv') download(name, await textOf(`${path}?format=csv`))
      else saveBytes(name, await bytesOf(`${path}?format=xlsx`))
    },
  })
  return (
    <div className="exports no-print">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a group of inputs; these are buttons */}
      <div className="row tight" role="group" aria-label={r.files}>
        {(['csv', 'xlsx'] as const).map((format) => (
          <Button key={format} className="button" isDisabled={saving.isPending} onPress={() => saving.mutate(format)}>
            {r[format]}
          </Button>
        ))}
        <Button className="button" onPress={() => print()}>
          {r.print}
        </Button>
      </div>
      <FormProblem problem={saving.error} />
    </div>
  )
}

function Sums({ report }: { readonly report: Report }) {
  const { f } = useLanguage()
  const { report: r, budget: b } = useSponsorTexts()
  const { listed, enrolled, covered, budgetRupiah, paidRupiah, unspentRupiah } = report
  const shareOf = (part: number) => (listed === 0 ? undefined : f.percent(Math.floor((part * 10_000) / listed)))
  return (
    <Figures>
      <Figure label={r.listed} value={f.number(listed)} />
      <Figure label={r.enrolled} value={f.number(enrolled)} note={shareOf(enrolled)} />
      <Figure
        label={r.covered}
        value={f.number(covered)}
        note={shareOf(covered)}
        tone={covered > 0 && covered === listed ? 'good' : 'plain'}
      />
      <Figure label={b.budget} value={f.money(budgetRupiah)} />
      <Figure label={r.paid} value={f.money(paidRupiah)} />
      <Figure label={r.unspent} value={f.money(unspentRupiah)} tone={unspentRupiah < 0 ? 'bad' : 'plain'} />
    </Figures>
  )
}

function CoveredUntil({ report }: { readonly report: Report }) {
  const { f } = useLanguage()
  const { report: r, budget: b } = useSponsorTexts()
  const column = useColumns<Report['coveredUntil'][number]>()
  if (report.coveredUntil.length === 0) return <Empty>{r.none}</Empty>
  return (
    <PlainTable
      label={r.until}
      rows={report.coveredUntil}
      keyOf={({ month }) => month ?? ''}
      file="report-covered-until"
      columns={[
        {
          header: r.until,
          cell: ({ month }) => (month === null ? r.untilNone : f.month(month)),
          value: ({ month }) => month ?? r.untilNone,
          isName: true,
        },
        column.number(b.persons, ({ persons }) => persons),
      ]}
    />
  )
}

function Ranking({
  label,
  regions,
  file,
}: {
  readonly label: string
  readonly regions: readonly Region[]
  readonly file: string
}) {
  const { f } = useLanguage()
  const { report: r, budget: b } = useSponsorTexts()
  const columns = useMemo<readonly TableColumn<Region>[]>(() => {
    const number = (id: 'listed' | 'enrolled' | 'covered', header: string): TableColumn<Region> => ({
      id,
      header,
      value: ({ [id]: count }) => count,
      cell: ({ [id]: count }) => f.number(count),
      align: 'end',
      width: 8,
    })
    return [
      {
        id: 'rank',
        header: r.rank,
        value: ({ rank }) => rank,
        cell: ({ rank }) => <span className="rank">{f.number(rank)}</span>,
        align: 'end',
        width: 6,
      },
      { id: 'region', header: r.region, value: ({ region }) => region || b.unknownVillage, width: 10 },
      {
        id: 'share',
        header: r.share,
        value: ({ shareBasisPoints }) => shareBasisPoints,
        cell: ({ shareBasisPoints }) => f.percent(shareBasisPoints),
        align: 'end',
        width: 9,
      },
      number('listed', r.listed),
      number('enrolled', r.enrolled),
      number('covered', r.covered),
      {
        id: 'workers',
        header: r.workers,
        value: ({ workers }) => workers,
        cell: ({ workers, isListOnly }) => (
          <>
            {f.number(workers)} <span className="muted">{isListOnly ? r.listOnly : r.target}</span>
          </>
        ),
        width: 13,
      },
    ]
  }, [f, r, b])
  return (
    <DataTable
      label={label}
      rows={regions}
      columns={columns}
      keyOf={({ region }) => region}
      file={`report-${file}`}
      empty={r.none}
    />
  )
}
