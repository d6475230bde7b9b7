/**
 * The settlement files that were late, in table `settlements`: each day of a channel is alarmed once, and says when its file came.
 * Promise: an entry is put once; only its `arrivedAt` is filled later. Producer: functions/reconcile-settlement. Keys: item.ts.
 */
import type { BusinessDate, Instant } from '../../domain/instant.ts'
import type { EntryTable } from './entries.ts'
import { lateFileEntry, lateFilesPart } from './item.ts'

export type LateFile = {
  readonly channel: string
  readonly date: BusinessDate
  readonly dueAt: Instant
  readonly alarmedAt: Instant
  /** null: it has not come. */
  readonly arrivedAt: Instant | null
}

export type LateFileStore = {
  readonly lateFiles: (channel: string, from: BusinessDate, to: BusinessDate) => Promise<readonly LateFile[]>
  /** `known`: the day was alarmed before. */
  readonly noteLateFile: (late: LateFile) => Promise<'new' | 'known'>
  /** Idempotent. */
  readonly noteArrival: (late: LateFile, arrivedAt: Instant) => Promise<void>
}

export function lateFilesIn<C>(table: EntryTable<C>): LateFileStore {
  const key = ({ channel, date }: LateFile) => [lateFilesPart(channel), lateFileEntry(date)] as const
  return {
    lateFiles: (channel, from, to) => table.range<LateFile>(lateFilesPart(channel), { from, to }),
    noteLateFile: async (late) => ((await table.putOnce(...key(late), late)) === 'put' ? 'new' : 'known'),
    noteArrival: (late, arrivedAt) => table.put(...key(late), { ...late, arrivedAt }),
  }
}
