/**
 * The 514 regencies and cities of Indonesia, codes only, for warnings.
 *
 * Promises the list of the Ministry of Home Affairs as of 2025 (test/shared/domain/regencies.test.ts compares it with
 * an independent copy). Refuses to decide anything: codes of merged and split regencies live on in people's numbers.
 * Kept apart from region.ts so that the endpoints do not carry it.
 */
import { isProvince } from './region.ts'

/** `province:runs of regency numbers`; 01 to 69 are regencies, from 71 on they are cities. */
const RUNS =
  '11:1-18,71-75 12:1-25,71-78 13:1-12,71-77 14:1-10,71-72 15:1-9,71-72 16:1-13,71-74 17:1-9,71 18:1-13,71-72 ' +
  '19:1-6,71 21:1-5,71-72 31:1,71-75 32:1-18,71-79 33:1-29,71-76 34:1-4,71 35:1-29,71-79 36:1-4,71-74 51:1-8,71 ' +
  '52:1-8,71-72 53:1-21,71 61:1-12,71-72 62:1-13,71 63:1-11,71-72 64:1-3,7-9,11,71-72,74 65:1-4,71 71:1-11,71-74 ' +
  '72:1-12,71 73:1-18,22,24,26,71-73 74:1-15,71-72 75:1-5,71 76:1-6 81:1-9,71-72 82:1-8,71-72 ' +
  '91:3,5-6,10-11,15,19-20,71 92:2-3,6-8,11-12 93:1-4 94:1-8 95:1-8 96:1-5,71'

/** Dotted codes, `11.01`. */
export const REGENCIES: ReadonlySet<string> = new Set(RUNS.split(' ').flatMap(codesOf))

export type RegencyWarning = { readonly warning: 'unknown-regency'; readonly regency: string }

/** A known province with a regency that the list lacks; undefined when there is nothing to say (a province alone, too). */
export function regencyWarning(regionCode: string): RegencyWarning | undefined {
  const regency = regionCode.slice(0, 5)
  if (regency.length < 5 || !isProvince(regency.slice(0, 2)) || REGENCIES.has(regency)) return undefined
  return { warning: 'unknown-regency', regency }
}

function codesOf(entry: string): readonly string[] {
  const [province, runs] = entry.split(':') as [string, string]
  return runs.split(',').flatMap((run) => {
    const [first, last] = run.split('-').map(Number) as [number, number?]
    const count = (last ?? first) - first + 1
    return Array.from({ length: count }, (_, i) => `${province}.${String(first + i).padStart(2, '0')}`)
  })
}
