/**
 * The months of a quote or a payment as SNAP's `freeTexts`: at most five lines of at most 32 characters in each language.
 *
 * Promise: every month is named, in order, alone (`2026-11`) or within a run of three or more (`2026-11 - 2027-01`).
 * Twelve months, however scattered, fit; a test tries. Longer lists do not come from a quote and end with the fifth line.
 */
import { addMonths, type Month } from '../../domain/month.ts'
import type { Wording } from './response-codes.ts'

const LINES = 5
const LINE_LENGTH = 32
const LABELS = { english: 'Month ', indonesia: 'Bulan ' }
const SEPARATOR = ', '

export function monthTexts(months: readonly Month[]): readonly Wording[] {
  const lines: string[] = []
  for (const part of partsOf(months)) {
    const joined = `${lines.at(-1)}${SEPARATOR}${part}`
    if (lines.length > 0 && LABELS.english.length + joined.length <= LINE_LENGTH) lines[lines.length - 1] = joined
    else lines.push(part)
  }
  return lines.slice(0, LINES).map((line) => ({ english: LABELS.english + line, indonesia: LABELS.indonesia + line }))
}

/** Runs of three or more as one part; months in shorter runs one by one, which is shorter than a run of two. */
function partsOf(months: readonly Month[]): readonly string[] {
  const runs: Month[][] = []
  for (const month of months) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run !== undefined && last !== undefined && month === addMonths(last, 1)) run.push(month)
    else runs.push([month])
  }
  return runs.flatMap((run) => (run.length < 3 ? run : [`${run[0]} - ${run.at(-1)}`]))
}
