/**
 * Evidence of the demo's past payments (past-payments.ts): sealed as the deployed endpoints seal it, each day under a key of
 * its own in the archive, appended where the hub keeps theirs.
 * One append per request, so lines of several writers never mix.
 */

import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type BusinessDate, businessDateOf, startOfDay } from '../../shared/domain/instant.ts'
import { DATA_KEY_BYTES, type DataKeyArchive } from '../../shared/store/data-keys/data-keys.ts'
import {
  type EvidenceKeys,
  type EvidenceStore,
  evidenceStore,
  type SealedEvidence,
} from '../../shared/store/evidence/evidence.ts'

export function localEvidence(
  dataDir: string,
  archive: Pick<DataKeyArchive, 'make' | 'find'>,
  digest: (bytes: Uint8Array) => Uint8Array,
): EvidenceStore {
  const folder = join(dataDir, 'evidence')
  mkdirSync(folder, { recursive: true })
  const put = async ({ receivedAt, line }: SealedEvidence) =>
    appendFileSync(join(folder, `${businessDateOf(receivedAt)}.jsonl`), `${line}\n`)
  const days = new Map<BusinessDate, Promise<EvidenceKeys>>()
  return {
    keep: async (request) => {
      const day = businessDateOf(request.receivedAt)
      const keys = days.get(day) ?? keysOf(archive, day)
      days.set(day, keys)
      return evidenceStore({ sink: { put }, keys: await keys, digest }).keep(request)
    },
  }
}

/** A day of the past gets the key that it would have had. */
async function keysOf(archive: Pick<DataKeyArchive, 'make' | 'find'>, day: BusinessDate): Promise<EvidenceKeys> {
  const name = { purpose: 'evidence', day } as const
  await archive.make({ ...name, key: randomBytes(DATA_KEY_BYTES) }, startOfDay(day))
  const key = await archive.find(name)
  if (key === undefined || key === 'destroyed') throw new Error(`expected a key of ${day}, its time is over`)
  return { newest: day, keys: new Map([[day, key]]) }
}
