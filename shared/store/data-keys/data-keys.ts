/**
 * Tables `evidence-data-keys` and `file-data-keys`: the archive of data keys, one item per purpose and WIB day (shared/domain/data-keys.ts).
 * Two tables, because whoever opens files has no business with the keys of evidence.
 *
 * | | key | |
 * |---|---|---|
 * | data key | PK `purpose`, SK `day` | `key` (32 bytes), `through` (last day that it sealed), `madeAt` |
 * | destroyed | the same | `through`, `madeAt`, `destroyedAt`, and no key |
 *
 * Promise: a day gets a key once and never another, also after it was destroyed. What was destroyed can be restored from the
 * table's point-in-time recovery for 35 days, and by nobody after that.
 * Producer: functions/keep-data-keys. Consumers: whoever seals and opens files; auditors (`npm run open-evidence`).
 */
import type { DataKeyPurpose, UsedKey } from '../../domain/data-keys.ts'
import type { BusinessDate, Instant } from '../../domain/instant.ts'

export const DATA_KEY_BYTES = 32

export type DataKey = { readonly purpose: DataKeyPurpose; readonly day: BusinessDate; readonly key: Uint8Array }
export type DataKeyName = Pick<DataKey, 'purpose' | 'day'>

export type DataKeyReader = {
  /** Undefined: the day never had one. */
  readonly find: (name: DataKeyName) => Promise<Uint8Array | 'destroyed' | undefined>
  /** What is sealed with on a day: its own key; where that is missing, the last one before it, or the first one after it. */
  readonly latest: (purpose: DataKeyPurpose, day: BusinessDate) => Promise<DataKey | undefined>
}

export type DataKeyArchive = DataKeyReader & {
  /** `there`: the day has or had one, which stays as it is. */
  readonly make: (key: DataKey, at: Instant) => Promise<'made' | 'there'>
  /** Says that a key went on sealing through this day. Never shortens. */
  readonly extend: (name: DataKeyName, through: BusinessDate) => Promise<void>
  /** Keys of days up to this one that are not destroyed, in order. */
  readonly living: (purpose: DataKeyPurpose, upTo: BusinessDate) => Promise<readonly UsedKey[]>
  /** For ever. Right any number of times. */
  readonly destroy: (name: DataKeyName, at: Instant) => Promise<void>
}
