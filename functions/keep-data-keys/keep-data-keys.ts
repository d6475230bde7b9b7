/**
 * One night of the data keys: makes those of the next days, puts the evidence's into the window that endpoints read, and destroys
 * those whose dated time is over.
 *
 * Promises: a day's key is never overwritten; none is destroyed before the retention of shared/domain/data-keys.ts, counted from the
 * last day that it sealed; a key that endpoints have is in the archive before it leaves their window; each destruction stands in the
 * audit chain before it is done. Right any number of times and after a stop at any point: what was done is found done. So many destructions a night; the rest is the next night's.
 */
import { randomBytes } from 'node:crypto'
import {
  DATA_KEY_PURPOSES,
  type DataKeyPurpose,
  daysToHave,
  hasEnded,
  latestEnded,
  type UsedKey,
} from '../../shared/domain/data-keys.ts'
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { Defect } from '../../shared/runtime/faults.ts'
import type { AuditRecord } from '../../shared/store/audit/audit.ts'
import { DATA_KEY_BYTES, type DataKeyArchive } from '../../shared/store/data-keys/data-keys.ts'
import { daysIn, isSameSecret, type KeyWindow, newestDayIn, withDays } from '../../shared/store/evidence/key-window.ts'

export type KeepDataKeysPorts = {
  readonly archiveOf: (purpose: DataKeyPurpose) => DataKeyArchive
  readonly window: KeyWindow
  readonly recordAct: (record: AuditRecord) => Promise<unknown>
  readonly now: () => Instant
}

type KeptDataKeys = {
  readonly made: number
  readonly destroyed: number
  /** Ended, and left for the next night. */
  readonly left: number
}

/** A year of nights that did not run, for all purposes, is done in four. */
const DESTROYED_PER_NIGHT = 400
const ACTOR = 'keep-data-keys'

export async function keepDataKeys(ports: KeepDataKeysPorts): Promise<KeptDataKeys> {
  const now = ports.now()
  const today = businessDateOf(now)
  // First of all: what evidence was sealed under must be in the archive, and is counted from the last day on which it served.
  await archiveWindow(ports, now)
  await extendOverdrawn(ports, today)
  let made = 0
  for (const purpose of DATA_KEY_PURPOSES) made += await makeKeys(ports.archiveOf(purpose), purpose, today, now)
  await fillWindow(ports, today)
  return { made, ...(await destroyEnded(ports, today, now)) }
}

/**
 * Endpoints seal under the keys of the window, which this night writes anew from the archive. One that the archive has lost, because its
 * table was restored from a time before, is put back; where it has another one for the day, the window stays until a person has looked.
 */
async function archiveWindow({ archiveOf, window }: KeepDataKeysPorts, now: Instant): Promise<void> {
  const archive = archiveOf('evidence')
  for (const [day, key] of daysIn(await window.read())) {
    if ((await archive.make({ purpose: 'evidence', day, key }, now)) === 'made') continue
    const kept = await archive.find({ purpose: 'evidence', day })
    if (kept === 'destroyed' || kept === undefined || Buffer.compare(kept, key) === 0) continue
    throw new Defect(
      'DATA_KEYS_DIFFER',
      `expected the archive and hub/evidence to have one key for ${day}, they have two; keep the secret's versions and see the runbook`,
    )
  }
}

/**
 * ```
 * keys for days   ... 6 7 8                     20 21 ...
 * today                     9 ... 19 (nobody made keys) ... 20
 * sealed under              8 ... 8                          20
 * ```
 * Key 8 is extended through the 21st: whoever holds the old window seals under it for some minutes more, maybe past midnight.
 */
async function extendOverdrawn({ archiveOf, window }: KeepDataKeysPorts, today: BusinessDate): Promise<void> {
  for (const purpose of DATA_KEY_PURPOSES) {
    const archive = archiveOf(purpose)
    const newest =
      purpose === 'evidence' ? newestDayIn(await window.read()) : (await archive.latest(purpose, today))?.day
    if (newest !== undefined && newest < today) await archive.extend({ purpose, day: newest }, addDays(today, 1))
  }
}

async function makeKeys(
  archive: DataKeyArchive,
  purpose: DataKeyPurpose,
  today: BusinessDate,
  now: Instant,
): Promise<number> {
  let made = 0
  for (const day of daysToHave(today)) {
    const outcome = await archive.make({ purpose, day, key: randomBytes(DATA_KEY_BYTES) }, now)
    if (outcome === 'made') made++
  }
  return made
}

/** From the archive and not from what was just made: a night that stopped half-way made keys that only the archive has. */
async function fillWindow({ archiveOf, window }: KeepDataKeysPorts, today: BusinessDate): Promise<void> {
  const days = new Map<BusinessDate, Uint8Array>()
  for (const day of daysToHave(today)) {
    const key = await archiveOf('evidence').find({ purpose: 'evidence', day })
    if (key !== undefined && key !== 'destroyed') days.set(day, key)
  }
  const before = await window.read()
  const next = withDays(before, days)
  if (!isSameSecret(before, next)) await window.write(next)
}

async function destroyEnded(ports: KeepDataKeysPorts, today: BusinessDate, now: Instant) {
  const ended: { readonly purpose: DataKeyPurpose; readonly key: UsedKey }[] = []
  for (const purpose of DATA_KEY_PURPOSES) {
    const old = await ports.archiveOf(purpose).living(purpose, latestEnded(purpose, today))
    ended.push(...old.filter((key) => hasEnded(purpose, key, today)).map((key) => ({ purpose, key })))
  }
  const due = ended.slice(0, DESTROYED_PER_NIGHT)
  for (const { purpose, key } of due) {
    const { day, through } = key
    const subject = `data-key#${purpose}#${day}`
    await ports.recordAct({ at: now, actor: ACTOR, action: 'destroyed', subject, detail: { through } })
    await ports.archiveOf(purpose).destroy({ purpose, day }, now)
  }
  return { destroyed: due.length, left: ended.length - due.length }
}
