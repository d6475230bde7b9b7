/** The groups by which coverage is shown, and what each is called. */
import { PROVINCES } from '../../../shared/domain/region.ts'
import { type Census, provincesOf, type StatusCounts } from '../../../shared/domain/statistics.ts'
import type { DIMENSIONS } from './schemas.ts'

type Dimension = (typeof DIMENSIONS)[number]

export function groupsOf(census: Census, by: Dimension): ReadonlyMap<string, StatusCounts> {
  return by === 'province' ? provincesOf(census) : census[by]
}

/** Names of provinces; of regencies the list holds codes only. */
export function nameOf(key: string, by: Dimension): string | null {
  if (by === 'province') return PROVINCES.get(key)?.name ?? 'Unknown'
  return by === 'regency' ? null : key
}
