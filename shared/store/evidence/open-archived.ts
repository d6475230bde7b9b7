/**
 * For auditors: a line of evidence opened with the archive of data keys, or with the numbered keys of before.
 *
 * Throws a Defect: `DATA_KEY_DESTROYED` when its day's time is over, `DATA_KEY_UNKNOWN` when the archive never had such a key,
 * `EVIDENCE_UNREADABLE` when the line is broken, was changed, or is under a number that nobody gave. Used by tools/open-evidence.ts.
 */
import { Defect } from '../../runtime/faults.ts'
import type { DataKeyReader } from '../data-keys/data-keys.ts'
import { type EvidenceKeys, keyNameOf, openEvidence, type SignedRequest } from './evidence.ts'

export type EvidenceArchive = {
  readonly archive: Pick<DataKeyReader, 'find'>
  /** The secret's own keys; absent where only days are to be opened. */
  readonly numbered?: EvidenceKeys | undefined
}

export async function openArchived(line: string, { archive, numbered }: EvidenceArchive): Promise<SignedRequest> {
  const name = keyNameOf(line)
  if (typeof name === 'number') return openEvidence(line, numbered ?? { newest: name, keys: new Map() })
  const key = await archive.find({ purpose: 'evidence', day: name })
  if (key === 'destroyed') {
    throw new Defect('DATA_KEY_DESTROYED', `expected the key of ${name} to be there, it was destroyed at its end`)
  }
  if (key === undefined) throw new Defect('DATA_KEY_UNKNOWN', `expected a key of ${name} in the archive, there is none`)
  return openEvidence(line, { newest: name, keys: new Map([[name, key]]) })
}
