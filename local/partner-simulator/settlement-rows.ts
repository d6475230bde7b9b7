/**
 * The rows that a partner's back office sends for a day: what its terminals booked, with the mistakes that back offices make. A
 * line is left out, comes a day late, has a wrong fee, or has no payment behind it: one line in 300 each.
 *
 * Deterministic: the same collections give the same rows, so that a file that is sent twice is the same file.
 */

import type { ChannelProfile } from '../../shared/channel-port/channel.ts'
import { inForce } from '../../shared/domain/effective-dated.ts'
import { stableHash } from '../../shared/domain/hash.ts'
import { addDays, type BusinessDate } from '../../shared/domain/instant.ts'
import type { CollectedLine, Collections } from './collections.ts'
import type { PartnerRow } from './settlement-files.ts'

export type Mistake = 'left-out' | 'late' | 'wrong-fee' | 'unknown'

export type DayOptions = {
  readonly collections: Pick<Collections, 'ofDay'>
  readonly profile: Pick<ChannelProfile, 'name' | 'channelFee'>
  /** One line in so many for each kind of mistake, by day. */
  readonly oneIn: (day: BusinessDate) => number
}

export const ONE_IN = 300
const WRONG_BY = 500
const MISTAKES: readonly Mistake[] = ['left-out', 'late', 'wrong-fee', 'unknown']

export function rowsOfDay({ collections, profile, oneIn }: DayOptions, day: BusinessDate): readonly PartnerRow[] {
  const fee = inForce('channelFee', profile.channelFee, day)
  const before = addDays(day, -1)
  const held = linesWith(collections.ofDay(profile.name, before), oneIn(before)).filter(
    ({ mistake }) => mistake === 'late',
  )
  const own = linesWith(collections.ofDay(profile.name, day), oneIn(day)).filter(
    ({ mistake }) => mistake !== 'late' && mistake !== 'left-out',
  )
  return [...held, ...own].flatMap(({ line, mistake }) => {
    const row: PartnerRow = { ...line, fee: mistake === 'wrong-fee' ? fee + WRONG_BY : fee }
    return mistake === 'unknown' ? [row, { ...row, id: `${row.id}-2` }] : [row]
  })
}

type LineWithMistake = { readonly line: CollectedLine; readonly mistake: Mistake | undefined }

/** A payment that was taken back is handled with care: only whole pairs of lines, and only where both are of the day. */
function linesWith(lines: readonly CollectedLine[], oneIn: number): readonly LineWithMistake[] {
  const reversed = new Set(lines.filter(({ status }) => status === 'R').map(({ id }) => id))
  return lines.map((line) => ({ line, mistake: reversed.has(line.id) ? undefined : mistakeOf(line.id, oneIn) }))
}

export function mistakeOf(id: string, oneIn: number): Mistake | undefined {
  return MISTAKES[hashOf(id) % oneIn]
}

/** Mixed once more: ids that differ in their last digit alone are spread as well. */
function hashOf(text: string): number {
  const hash = stableHash(text)
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0
}
