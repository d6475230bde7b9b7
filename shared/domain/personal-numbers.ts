/**
 * Whether a text holds what may be the number of a person (NIK, KPJ) or of a phone, in whatever writing: grouped, dotted, in
 * brackets, in full-width or other digits. Asked of free text that outlives contacts. Pure; never says which number it was.
 *
 * Dates, amounts and years stay allowed: people write them in reasons. What is refused by mistake is written differently; what
 * is let through by mistake stands in a record that is kept for ten years, so in doubt it is refused.
 */

/** The shortest number of a phone in Indonesia, 0 and area included. */
const FEWEST_DIGITS = 9

/** No province has the code 20, so a NIK does not begin like one of these years. */
const DATE = /(?<!\d)20[2-4]\d([-/.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?!\d)/g
const DAY_FIRST = /(?<!\d)(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|1[0-2])\1(?:20[2-4]\d)(?!\d)/g
/**
 * Up to 999 million as people write it, more where it is called rupiah: grouped by three, and not joined to other digits, of which it
 * could be a part.
 */
const AMOUNT =
  /(?<!\d[\s\p{Pd}\p{Zs}\p{Ps}\p{Pe}\p{M}._/'’·:|*#~]{0,3})(?<![.,])[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})?(?![\s\p{Pd}\p{Zs}\p{Ps}\p{Pe}\p{M}._/'’·:|*#~]{0,3}\d|,\d)/gu
const RUPIAH = /\b(?:Rp|IDR)\.? ?[1-9]\d{0,2}(?:[.,]\d{3}){1,4}(?![\d]|[.,]\d)/gi
/** What people put between the digits of one number; a comma with a space after it is a list of several. */
const JOINED = /\p{Nd}(?:[\s\p{Pd}\p{Zs}\p{Ps}\p{Pe}\p{M}._/'’·:|*#~,]{0,3}\p{Nd})*/gu
const LIST = /[,;]\s/g

export function holdsPersonalNumber(text: string): boolean {
  // Full-width, circled and mathematical digits become plain ones; other scripts keep theirs, which count the same.
  const plain = text.normalize('NFKC')
  const rest = [RUPIAH, DATE, DAY_FIRST, AMOUNT].reduce((left, form) => left.replace(form, '…'), plain)
  return [...rest.replace(LIST, '…').matchAll(JOINED)].some(([run]) => digitsIn(run) >= FEWEST_DIGITS)
}

function digitsIn(run: string): number {
  return [...run].filter((character) => /\p{Nd}/u.test(character)).length
}
