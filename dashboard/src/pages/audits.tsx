/** What the auditor of the ledger found, day by day, and an audit on demand. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { CALM } from '../api/answers.ts'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { dayBefore, jakartaDay } from '../i18n/format.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useMay } from '../sign-in/use-session.ts'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { TextInput } from '../ui/fields.tsx'
import { Badge, Page, Section } from '../ui/page.tsx'
import { Answered, FormProblem } from '../ui/state.tsx'
import { toneOf } from '../ui/tones.ts'

type Line = Schemas['AuditLine']

export function AuditsPage() {
  const { t } = useLanguage()
  const search = useSearch({ from: '/audits' })
  const navigate = useNavigate()
  const to = search.to ?? jakartaDay(Date.now())
  const audits = useQuery({
    queryKey: ['audits', to],
    queryFn: () => answerOf(api.GET('/api/audits', { params: { query: { from: dayBefore(to, 13), to } } })),
    refetchInterval: CALM,
  })
  const mayOperate = useMay('operate')
  return (
    <Page
      title={t.audits.title}
      lead={t.audits.lead}
      actions={
        <TextInput
          label={t.form.to}
          type="date"
          value={to}
          onChange={(value) => void navigate({ to: '/audits', search: { to: value || undefined } })}
        />
      }
    >
      <Section title={t.audits.found}>
        <Answered query={audits}>{({ items }) => <Lines items={items} />}</Answered>
      </Section>
      {mayOperate && <Start />}
    </Page>
  )
}

function Lines({ items }: { readonly items: readonly Line[] }) {
  const { t, f } = useLanguage()
  const columns = useMemo<readonly TableColumn<Line>[]>(
    () => [
      { id: 'day', header: t.audits.day, value: ({ day }) => day, cell: ({ day }) => f.day(day), width: 11.5 },
      {
        id: 'subject',
        header: t.audits.subject,
        value: ({ subject }) => subject,
        cell: ({ subject }) => worded(t.words.channels, subject),
        width: 10,
      },
      {
        id: 'verdict',
        header: t.audits.verdict,
        value: ({ verdict }) => t.audits[verdict],
        cell: ({ verdict, differences }) => (
          <Badge tone={toneOf(verdict)}>
            {t.audits[verdict]}
            {differences.length > 0 &&
              `: ${differences.map(({ difference, count }) => `${worded(t.words.ledgerDifferences, difference)} ${f.number(count)}`).join(', ')}`}
          </Badge>
        ),
        width: 12,
      },
      {
        id: 'looks',
        header: t.audits.looks,
        value: ({ looks }) => looks,
        cell: ({ looks }) => f.number(looks),
        align: 'end',
        width: 7,
      },
      {
        id: 'collected',
        header: t.audits.collected,
        value: ({ collectedRupiah }) => collectedRupiah,
        cell: ({ collectedRupiah }) => f.money(collectedRupiah),
        align: 'end',
        width: 9,
      },
      {
        id: 'allocated',
        header: t.audits.allocated,
        value: ({ allocatedRupiah }) => allocatedRupiah,
        cell: ({ allocatedRupiah }) => f.money(allocatedRupiah),
        align: 'end',
        width: 9,
      },
      {
        id: 'reversed',
        header: t.audits.reversed,
        value: ({ reversedRupiah }) => reversedRupiah,
        cell: ({ reversedRupiah }) => f.money(reversedRupiah),
        align: 'end',
        width: 8,
      },
      {
        id: 'finished',
        header: t.audits.finished,
        value: ({ finishedAt }) => finishedAt,
        cell: ({ finishedAt }) => f.instant(finishedAt),
        width: 15,
      },
    ],
    [t, f],
  )
  return (
    <DataTable
      label={t.audits.title}
      rows={items}
      columns={columns}
      keyOf={({ day, subject }) => `${day} ${subject}`}
      file="audits"
      empty={t.audits.none}
    />
  )
}

function Start() {
  const { t, f } = useLanguage()
  const answers = useQueryClient()
  const [day, setDay] = useState(dayBefore(jakartaDay(Date.now()), 1))
  const audit = useMutation({
    mutationFn: () => answerOf(api.POST('/api/audits', { params: { query: { day } } })),
    onSettled: () => answers.invalidateQueries({ queryKey: ['audits'] }),
  })
  return (
    <Section title={t.audits.run} lead={t.audits.runLead}>
      <Form
        className="form inline"
        onSubmit={(event) => {
          event.preventDefault()
          audit.mutate()
        }}
      >
        <TextInput label={t.audits.day} type="date" value={day} onChange={setDay} required />
        <Button type="submit" className="button" isDisabled={audit.isPending}>
          {t.audits.start}
        </Button>
      </Form>
      <FormProblem problem={audit.error} />
      {audit.data !== undefined && (
        <p className="notice good" role="status">
          {t.operations.queued(f.number(audit.data.queued))}
        </p>
      )}
    </Section>
  )
}
