/**
 * `POST /api/coverage/targets`: workers and targets by region and year, as a file. Each good row stands in place of what was
 * said of that region and year before; a bad row stops nobody else's. The same file again changes nothing.
 * Promises that a refusal names the column and what was expected there.
 */
import { REGENCIES } from '../../shared/domain/regencies.ts'
import { parseRegionCode } from '../../shared/domain/region.ts'
import type { Target } from '../../shared/domain/statistics.ts'
import { inParallel } from '../../shared/runtime/in-parallel.ts'
import { readLayout } from './import-layout.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, problem, type Reply } from './reply.ts'

export const TARGET_COLUMNS = ['region_code', 'workers_formal', 'workers_informal', 'target_percent', 'year'] as const

/** In order of precedence: the first that applies is reported. */
export const TARGET_REFUSALS = {
  WRONG_COLUMN_COUNT: `expected ${TARGET_COLUMNS.length} columns`,
  BAD_REGION: 'region_code: expected the code of a province or regency such as 15 or 15.71',
  BAD_WORKERS: 'workers_formal, workers_informal: expected whole numbers from 0, digits only',
  BAD_PERCENT: 'target_percent: expected 0 to 100, at most two decimals after a point',
  BAD_YEAR: 'year: expected a year from 2020 to 2099',
  DUPLICATE_IN_FILE: 'this region and year stand in an earlier line of the file; keep one of the two',
} as const
export type TargetRefusal = keyof typeof TARGET_REFUSALS

type Row = { readonly year: number; readonly target: Target }
const CONCURRENCY = 16

export async function importTargets(parts: ConsoleParts, call: Call): Promise<Reply> {
  if (call.contentType !== '' && !/^text\/csv(;|$)/i.test(call.contentType)) {
    return problem('WRONG_CONTENT_TYPE', 'expected text/csv')
  }
  const layout = readLayout(call.body, TARGET_COLUMNS)
  if (layout.outcome === 'layout-changed') return problem('LAYOUT_CHANGED', layout.detail)
  const refused: { line: number; code: TargetRefusal; reason: string }[] = []
  const rows = new Map<string, Row>()
  for (const { line, fields } of layout.records) {
    const row = readTargetRow(fields)
    const key = typeof row === 'string' ? '' : `${row.year}#${row.target.region}`
    const code = typeof row === 'string' ? row : rows.has(key) ? 'DUPLICATE_IN_FILE' : undefined
    if (code !== undefined) refused.push({ line, code, reason: TARGET_REFUSALS[code] })
    else rows.set(key, row as Row)
  }
  const puts = [...rows.values()].map(
    ({ year, target }) =>
      () =>
        parts.statistics.putTarget(year, target),
  )
  await inParallel(puts, CONCURRENCY)
  const counts = { accepted: rows.size, refused: refused.length }
  parts.log.info('Targets were imported', { ...counts, actor: call.actor })
  return json(200, { accepted: rows.size, refused })
}

function readTargetRow(fields: readonly string[]): Row | TargetRefusal {
  if (fields.length !== TARGET_COLUMNS.length) return 'WRONG_COLUMN_COUNT'
  const [regionText, formal, informal, percent, year] = fields as unknown as readonly [
    string,
    string,
    string,
    string,
    string,
  ]
  const region = parseRegionCode(regionText)
  if (region.outcome !== 'region' || !(region.code.length === 2 || REGENCIES.has(region.code))) return 'BAD_REGION'
  if (![formal, informal].every((text) => /^(0|[1-9]\d{0,8})$/.test(text))) return 'BAD_WORKERS'
  const targetBasisPoints = Math.round(Number(percent) * 100)
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(percent) || targetBasisPoints > 10_000) return 'BAD_PERCENT'
  if (!/^20[2-9]\d$/.test(year)) return 'BAD_YEAR'
  const target = {
    region: region.code,
    workersFormal: Number(formal),
    workersInformal: Number(informal),
    targetBasisPoints,
  }
  return { year: Number(year), target }
}
