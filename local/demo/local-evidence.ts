/**
 * Evidence of the demo's past payments (past-payments.ts): sealed as the deployed endpoints seal it, appended where the hub keeps theirs.
 * One append per request, so lines of several writers never mix.
 */
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { businessDateOf } from '../../shared/domain/instant.ts'
import {
  type EvidenceKeys,
  type EvidenceStore,
  evidenceStore,
  type SealedEvidence,
} from '../../shared/store/evidence/evidence.ts'

export function localEvidence(
  dataDir: string,
  keys: EvidenceKeys,
  digest: (bytes: Uint8Array) => Uint8Array,
): EvidenceStore {
  const folder = join(dataDir, 'evidence')
  mkdirSync(folder, { recursive: true })
  const put = async ({ receivedAt, line }: SealedEvidence) =>
    appendFileSync(join(folder, `${businessDateOf(receivedAt)}.jsonl`), `${line}\n`)
  return evidenceStore({ sink: { put }, keys, digest })
}
