/**
 * The refused rows of a list: line and reason on the page, the rows themselves in the file only, which the API gives to whoever sent
 * them, with a trace that says what for. Long lists come in parts.
 */
import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Button } from 'react-aria-components'
import { type Schemas, textInFullOf, textOf } from '../../api/client.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { useMay } from '../../sign-in/use-session.ts'
import { DataTable, type TableColumn } from '../../ui/data-table.tsx'
import { download } from '../../ui/download.ts'
import { Facts, Section } from '../../ui/page.tsx'
import { FormProblem } from '../../ui/state.tsx'
import { countByReason, type RefusedRow, refusedRowsOf } from './refused-csv.ts'

/** What the button is for, in the read trace. */
const REASON = 'correcting the refused rows of a list'
/** Rows of a list in one part, as the API has it. */
const ROWS_IN_PART = 20_000

export function RefusedRows({ list }: { readonly list: Schemas['Cohort'] }) {
  const { language, f } = useLanguage()
  const { list: l } = useSponsorTexts()
  const mayAct = useMay('sponsor')
  const [part, setPart] = useState(1)
  const parts = Math.max(1, Math.ceil(list.rows / ROWS_IN_PART))
  const addressOf = (wanted: number) => `/api/cohorts/${list.cohortId}/refused?part=${wanted}&language=${language}`
  const reasons = useMutation({
    mutationFn: async (wanted: number) => {
      setPart(wanted)
      return refusedRowsOf(await textOf(addressOf(wanted)))
    },
    gcTime: 0,
  })
  const saving = useMutation({
    mutationFn: async (wanted: number) =>
      download(`refused-${list.cohortId}-${wanted}.csv`, await textInFullOf(addressOf(wanted), REASON)),
  })
  if (list.refused === 0) return null
  return (
    <Section title={`${l.refusedTitle}: ${f.number(list.refused)}`} lead={l.refusedLead}>
      {mayAct && (
        <div className="stack">
          {Array.from({ length: parts }, (_, i) => i + 1).map((each) => (
            <div className="row" key={each}>
              {parts > 1 && <span className="muted">{l.part(f.number(each), f.number(parts))}</span>}
              <Button className="button" isDisabled={reasons.isPending} onPress={() => reasons.mutate(each)}>
                {l.showRefused}
              </Button>
              <Button className="button" isDisabled={saving.isPending} onPress={() => saving.mutate(each)}>
                {l.download(f.number(each), f.number(parts))}
              </Button>
            </div>
          ))}
        </div>
      )}
      <FormProblem problem={reasons.error ?? saving.error} />
      {reasons.data !== undefined && <Reasons rows={reasons.data} key={part} />}
    </Section>
  )
}

function Reasons({ rows }: { readonly rows: readonly RefusedRow[] }) {
  const { f } = useLanguage()
  const { list: l } = useSponsorTexts()
  const columns = useMemo<readonly TableColumn<RefusedRow>[]>(
    () => [
      {
        id: 'line',
        header: l.line,
        value: ({ line }) => line,
        cell: ({ line }) => f.number(line),
        align: 'end',
        width: 5,
      },
      {
        id: 'reason',
        header: l.reason,
        value: ({ reason }) => reason,
        cell: ({ reason }) => <span title={reason}>{reason}</span>,
        width: 30,
      },
      { id: 'code', header: l.code, value: ({ code }) => code, cell: ({ code }) => <code>{code}</code>, width: 12 },
    ],
    [f, l],
  )
  return (
    <>
      <h3>{l.byReason}</h3>
      <Facts items={countByReason(rows).map(({ reason, count }) => [reason, f.number(count)] as const)} />
      <DataTable
        label={l.refusedTitle}
        rows={rows}
        columns={columns}
        keyOf={({ line }) => String(line)}
        file="refused-rows"
        empty={l.noRefused}
      />
    </>
  )
}
