/**
 * Since when a channel owes settlement files: since the first of its days that a run has looked at. A run looks at a day that has
 * payments, a file or a past (functions/reconcile-settlement/reconcile-day.ts), so a fresh hub misses no file.
 */
import { addDays, type BusinessDate } from '../../domain/instant.ts'
import type { SettlementStore } from './settlements.ts'

/**
 * A channel that has begun has had a day within so many. One number for whoever asks: the run that looks at a day, the hours of
 * its file, the matrix and the check of a month, or one of them would await what another says is not owed.
 */
export const CHANNEL_PAST_DAYS = 14

/** Of the days from two weeks before the first one asked about; undefined: the channel has not begun. */
export async function firstDayOf(
  { rows }: Pick<SettlementStore, 'rows'>,
  channel: string,
  { from, to }: { readonly from: BusinessDate; readonly to: BusinessDate },
): Promise<BusinessDate | undefined> {
  return (await rows(channel, addDays(from, -CHANNEL_PAST_DAYS), to))[0]?.date
}
