/** The hash under which the memberships of one person meet. Promises that it never changes, whichever digest key is current. */
import type { ParticipantHash } from '../domain/participant.ts'
import { type DigestKeys, lookupDigest } from '../runtime/digests.ts'

export function participantHash(keys: DigestKeys, nik: string): ParticipantHash {
  return lookupDigest(keys, 'participant', nik) as ParticipantHash
}
