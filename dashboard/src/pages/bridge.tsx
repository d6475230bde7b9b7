/** The bridge of a statement: a waterfall for the eye, a table for the figures; a row leads to its lines. */
import { useMemo } from 'react'
import { useLanguage, worded } from '../i18n/language.tsx'
import { type Bar, BarChart } from '../ui/chart.tsx'
import { ExportButtons } from '../ui/export-buttons.tsx'
import { Section } from '../ui/page.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { Empty } from '../ui/state.tsx'

type Row = { readonly label: string; readonly amountRupiah: number; readonly count: number }

/** What is a sum of what stands above it, or what the bank says: drawn from the ground. */
const TOTALS = new Set(['hub-payments', 'file-total', 'file-net', 'bank-credit'])
const AFTER_CREDIT = new Set(['bank-awaited', 'bank-difference'])
const WAITING = new Set(['pending', 'bank-awaited', 'settled-in-other-file', 'carried-in'])
/** Figures of the file and the bank as wholes. */
const WITHOUT_LINES = new Set([
  'file-total',
  'channel-fees',
  'file-net',
  'bank-credit',
  'bank-awaited',
  'bank-difference',
])

export function Bridge({
  rows,
  file,
  chosen,
  onChoose,
}: {
  readonly rows: readonly Row[]
  /** The name of the file that its rows are saved as. */
  readonly file: string
  readonly chosen: string | undefined
  readonly onChoose: (label: string) => void
}) {
  const { t, f } = useLanguage()
  const bars = useMemo(() => waterfall(rows, (label) => worded(t.words.bridge, label)), [rows, t])
  if (rows.length === 0) {
    return (
      <Section title={t.settlement.bridge}>
        <Empty />
      </Section>
    )
  }
  return (
    <Section title={t.settlement.bridge} lead={t.settlement.bridgeLead}>
      <BarChart bars={bars} label={t.settlement.bridge} />
      <div className="table-tools">
        <span className="muted">{t.table.rows(f.number(rows.length), f.number(rows.length))}</span>
        <ExportButtons
          table={file}
          header={[t.settlement.row, t.overview.count, t.overview.amount]}
          rows={() =>
            rows.map(({ label, count, amountRupiah }) => [worded(t.words.bridge, label), count, amountRupiah])
          }
        />
      </div>
      <ScrollRegion className="plain-table bridge" label={t.settlement.bridge}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.settlement.row}</th>
              <th scope="col" className="end">
                {t.overview.count}
              </th>
              <th scope="col" className="end">
                {t.overview.amount}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, amountRupiah, count }) => (
              <tr key={label} data-total={TOTALS.has(label) || undefined} data-chosen={chosen === label || undefined}>
                <th scope="row">
                  {WITHOUT_LINES.has(label) ? (
                    worded(t.words.bridge, label)
                  ) : (
                    <button type="button" aria-pressed={chosen === label} onClick={() => onChoose(label)}>
                      {worded(t.words.bridge, label)}
                    </button>
                  )}
                </th>
                <td className="end">{f.number(count)}</td>
                <td className="end number">
                  {TOTALS.has(label) ? f.money(amountRupiah) : f.signedMoney(amountRupiah)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Section>
  )
}

export function waterfall(rows: readonly Row[], nameOf: (label: string) => string): readonly Bar[] {
  let level = 0
  return rows.map(({ label, amountRupiah }) => {
    if (TOTALS.has(label)) {
      level = amountRupiah
      return { label: nameOf(label), from: 0, to: amountRupiah, tone: 'accent' as const }
    }
    // What the bank still owes or paid too much leads back from its credit to the net of the file.
    if (AFTER_CREDIT.has(label)) {
      const to = level
      level -= amountRupiah
      return { label: nameOf(label), from: level, to, tone: WAITING.has(label) ? ('wait' as const) : ('bad' as const) }
    }
    const from = level
    level += amountRupiah
    const tone = WAITING.has(label) ? ('wait' as const) : amountRupiah < 0 ? ('bad' as const) : ('good' as const)
    return { label: nameOf(label), from, to: level, tone }
  })
}
