/**
 * Files that people attach to a difference: which kinds there are, and whether bytes are of the kind that their name says.
 *
 * Promise: a name's ending says the kind, and what has another beginning is refused, so that nothing is kept under a false kind.
 * Refuses to read what is in a file: it may be anything that a partner wrote.
 */

/** Beginnings by ending; null: text, UTF-8 without control characters. */
const BEGINNINGS = {
  pdf: [0x25, 0x50, 0x44, 0x46, 0x2d],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  jpg: [0xff, 0xd8, 0xff],
  xlsx: [0x50, 0x4b, 0x03, 0x04],
  csv: null,
  txt: null,
} as const
export type AttachmentKind = keyof typeof BEGINNINGS
export const ATTACHMENT_KINDS = Object.keys(BEGINNINGS) as [AttachmentKind, ...AttachmentKind[]]

/** What a call brings and takes as one body, in base64 too. */
export const ATTACHMENT_BYTES = 4 * 1024 * 1024
/** Of one difference. */
export const ATTACHMENTS_LIMIT = 50

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000e-\u001f]/

/** Undefined: the name has no ending of a kind, or the bytes are not of it. */
export function attachmentKindOf(name: string, bytes: Uint8Array): AttachmentKind | undefined {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  const kind = ATTACHMENT_KINDS.find((one) => one === (ending === 'jpeg' ? 'jpg' : ending))
  if (kind === undefined) return undefined
  const beginning = BEGINNINGS[kind]
  const fits = beginning === null ? isText(bytes) : beginning.every((byte, i) => bytes[i] === byte)
  return fits ? kind : undefined
}

function isText(bytes: Uint8Array): boolean {
  try {
    return bytes.length > 0 && !CONTROL.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
