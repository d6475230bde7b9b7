/**
 * For auditors: a line of evidence opened with the archive of data keys, or with the numbered keys of before.
 *
 * Throws a Defect: `DATA_KEY_DESTROYED` when its day's time is over, `DATA_KEY_UNKNOWN` when the archive never had such a key,
 * `EVIDENCE_UNREADABLE` when the line is broken, was changed, or is under a number that nobody gave. Used by tools/open-evidence.ts.
 */
import type { SealingKeys } from '../data-keys/sealing-keys.ts'
import { type EvidenceKeys, keyNameOf, openEvidence, type SignedRequest } from './evidence.ts'

export type EvidenceArchive = {
  readonly keys: Pick<SealingKeys, 'of'>
  /** The secret's own keys; absent where only days are to be opened. */
  readonly numbered?: EvidenceKeys | undefined
}

export async function openArchived(line: string, { keys, numbered }: EvidenceArchive): Promise<SignedRequest> {
  const name = keyNameOf(line)
  if (typeof name === 'number') return openEvidence(line, numbered ?? { newest: name, keys: new Map() })
  const key = await keys.of({ purpose: 'evidence', day: name })
  return openEvidence(line, { newest: name, keys: new Map([[name, key]]) })
}
