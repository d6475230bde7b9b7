/**
 * A program's report as a file: CSV with a line for each region, a workbook of three sheets, and a page to be printed.
 * Promises that no text of a person becomes a formula or markup.
 */
import { formatRupiah, rupiah } from '../../../shared/domain/money.ts'
import { csvField } from '../books/journal-file.ts'
import type { ReportView } from './report-schemas.ts'

export const REPORT_COLUMNS = [
  'level',
  'region',
  'rank',
  'listed',
  'enrolled',
  'covered',
  'workers',
  'measured_against',
  'share_percent',
] as const

type Region = ReportView['villages'][number]
type Cell = string | number

export function csvLines(report: ReportView): readonly string[] {
  return [REPORT_COLUMNS, ...regionRows(report)].map((row) => row.map(csvField).join(','))
}

export async function workbook(report: ReportView): Promise<Uint8Array> {
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const sheets = [
    { sheet: 'Program', data: cells([['', ''], ...summaryRows(report)]) },
    { sheet: 'Covered until', data: cells([['month', 'persons'], ...untilRows(report)]) },
    { sheet: 'Regions', data: cells([[...REPORT_COLUMNS], ...regionRows(report)]) },
  ]
  return new Uint8Array(await (await writeXlsxFile(sheets)).toBuffer())
}

/** One file that needs nothing else: opened in a browser and printed on A4. */
export function printed(report: ReportView): string {
  const title = `${report.name} (${report.programId})`
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${STYLE}</style></head>`,
    `<body><h1>${escaped(title)}</h1>`,
    table(['', ''], summaryRows(report)),
    '<h2>Covered until</h2>',
    table(['month', 'persons'], untilRows(report)),
    '<h2>Regencies and villages</h2>',
    table(REPORT_COLUMNS, regionRows(report)),
    '</body></html>',
  ].join('\n')
}

const STYLE =
  '@page{size:A4;margin:15mm}body{font:10pt sans-serif}table{border-collapse:collapse;width:100%}' +
  'td,th{border-bottom:1px solid #999;padding:2pt 4pt;text-align:left}thead{display:table-header-group}tr{break-inside:avoid}'

function summaryRows(report: ReportView): readonly (readonly Cell[])[] {
  const money = (amount: number) => formatRupiah(rupiah(amount))
  return [
    ['State', report.state],
    ['Months', `${report.firstMonth} to ${report.lastMonth}`],
    ['As of', report.asOf],
    ['Listed', report.listed],
    ['Members', report.enrolled],
    ['Covered now', report.covered],
    ['Budget', money(report.budgetRupiah)],
    ['Paid', money(report.paidRupiah)],
    ['Unspent', money(report.unspentRupiah)],
  ]
}

function untilRows({ coveredUntil }: ReportView): readonly (readonly Cell[])[] {
  return coveredUntil.map(({ month, persons }) => [month ?? 'nothing paid', persons])
}

function regionRows({ regencies, villages }: ReportView): readonly (readonly Cell[])[] {
  const rows = (level: string, regions: readonly Region[]) =>
    regions.map(({ region, rank, listed, enrolled, covered, workers, isListOnly, shareBasisPoints }) => {
      const measured = isListOnly ? 'people listed' : 'informal workers'
      return [level, region, rank, listed, enrolled, covered, workers, measured, (shareBasisPoints / 100).toFixed(2)]
    })
  return [...rows('regency', regencies), ...rows('village', villages)]
}

function cells(rows: readonly (readonly Cell[])[]) {
  return rows.map((row) =>
    row.map((value) => (typeof value === 'number' ? { value, type: Number } : { value, type: String })),
  )
}

function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const row = (tag: 'td' | 'th', of: readonly Cell[]) =>
    `<tr>${of.map((cell) => `<${tag}>${escaped(String(cell))}</${tag}>`).join('')}</tr>`
  return `<table><thead>${row('th', header)}</thead><tbody>${rows.map((each) => row('td', each)).join('\n')}</tbody></table>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
