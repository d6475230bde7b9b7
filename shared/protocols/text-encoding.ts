/**
 * Bytes to text, or the true reason why not: files come in UTF-8, and what was saved in another encoding is named as such.
 *
 * Promises that nothing is replaced, dropped or guessed, and that time grows with the bytes alone. Knows nothing of formats.
 */

export type EncodingFault = 'utf-16' | 'not-utf8' | 'zero-byte'
export type Decoded =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wrong-encoding'; readonly fault: EncodingFault }

/** What a decoder puts where bytes were none of its encoding: text that holds it was damaged before it came here. */
export const REPLACEMENT = '\ufffd'

/** A sentence for each, for the person who has to save the file anew. */
export const ENCODING_FAULTS: Readonly<Record<EncodingFault, string>> = {
  'utf-16': 'expected UTF-8, got UTF-16',
  'not-utf8': 'expected UTF-8, got bytes that are none, as Latin-1 has them',
  'zero-byte': 'expected text, got a zero byte',
}

/** A byte order mark stays in the text: whether it may stand there is the format's to say. */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  if (beginsAsUtf16(bytes)) return { kind: 'wrong-encoding', fault: 'utf-16' }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    if (text.includes(REPLACEMENT)) return { kind: 'wrong-encoding', fault: 'not-utf8' }
    return text.includes('\0') ? { kind: 'wrong-encoding', fault: 'zero-byte' } : { kind: 'text', text }
  } catch {
    return { kind: 'wrong-encoding', fault: 'not-utf8' }
  }
}

/** By its mark, or by a first letter of two bytes of which one is zero. */
export function beginsAsUtf16([first, second]: Uint8Array): boolean {
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true
  return (first === 0 && isAsciiByte(second)) || (isAsciiByte(first) && second === 0)
}

function isAsciiByte(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0 && byte < 0x80
}
