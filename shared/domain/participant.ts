/**
 * What stands for a person in keys and indexes: the keyed hash of the NIK, made by shared/runtime/digests.ts. Promises that
 * it is not taken for another text; refuses to know the NIK behind it.
 */
declare const participantBrand: unique symbol

export type ParticipantHash = string & { readonly [participantBrand]: true }

/** Undefined for anything but base64url characters. */
export function parseParticipantHash(text: string): ParticipantHash | undefined {
  return /^[\w-]+$/.test(text) ? (text as ParticipantHash) : undefined
}
