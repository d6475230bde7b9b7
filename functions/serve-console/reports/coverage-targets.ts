/**
 * `POST /api/coverage/targets`: workers and targets by region and year, as a file. Each good row replaces what was known of
 * that region and year; a bad row stops no other. The same file again changes nothing.
 */
import { inParallel } from '../../../shared/runtime/in-parallel.ts'
import { readCsvLayout } from '../http/csv-layout.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { readTargetRow, TARGET_COLUMNS, TARGET_REFUSALS, type TargetRefusal, type TargetRow } from './target-row.ts'

const CONCURRENCY = 16

export async function importTargets(ports: ConsolePorts, { body, actor }: Call<{ body: Uint8Array }>) {
  const layout = readCsvLayout(body, TARGET_COLUMNS)
  if (layout.outcome === 'layout-changed') return problem('LAYOUT_CHANGED', layout.detail)
  const refused: { line: number; code: TargetRefusal; reason: string }[] = []
  const rows = new Map<string, TargetRow>()
  for (const { line, fields } of layout.rows) {
    const row = readTargetRow(fields)
    const key = typeof row === 'string' ? '' : `${row.year}#${row.target.region}`
    const code = typeof row === 'string' ? row : rows.has(key) ? 'DUPLICATE_IN_FILE' : undefined
    if (code !== undefined) refused.push({ line, code, reason: TARGET_REFUSALS[code] })
    else rows.set(key, row as TargetRow)
  }
  const puts = [...rows.values()].map(
    ({ year, target }) =>
      () =>
        ports.statistics.putTarget(year, target),
  )
  await inParallel(puts, CONCURRENCY)
  ports.log.info('Targets were imported', { accepted: rows.size, refused: refused.length, actor })
  return json(200, { accepted: rows.size, refused })
}
