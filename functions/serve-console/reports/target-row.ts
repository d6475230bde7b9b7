/**
 * One row of the targets file: from text to a target of a region and year, or the first thing that is wrong with it.
 * Promises that a refusal names the column and what was expected there.
 */
import { REGENCIES } from '../../../shared/domain/regencies.ts'
import { parseRegionCode } from '../../../shared/domain/region.ts'
import type { Target } from '../../../shared/domain/statistics.ts'

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

export type TargetRow = { readonly year: number; readonly target: Target }

export function readTargetRow(fields: readonly string[]): TargetRow | TargetRefusal {
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
