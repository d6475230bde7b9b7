/**
 * A name as an outlet may show it to whoever pays: enough to notice the wrong number, too little to learn a name.
 *
 * Promises printable text on one line, without the `|` that the pipe protocol joins its fields with; masking twice is
 * masking once; bounded work for any input. Refuses to know what a first or a last name is.
 */

/** UTF-16 units of the input that are looked at: composing marks takes time that grows with the square of their number. */
const LONGEST_INPUT = 2_000
/** More than any registered name has; what comes after is dropped. */
const MOST_LETTERS = 120
/** A letter with its marks, so that none is cut in two; what is stacked beyond three marks is dropped. */
const LETTERS = /\P{M}\p{M}{0,3}/gu
const SEPARATORS = /[\s|]+/gu
/** Control, format, surrogate, private and unassigned code points: nothing that an outlet could print. */
const UNPRINTABLE = /\p{C}/gu

/** `Budi Santoso` becomes `BU*** SA***`: two letters of each word, and three stars whatever its length, so that lengths do not show. '' stays ''. */
export function maskName(name: string): string {
  const words = name
    .slice(0, LONGEST_INPUT)
    .replace(SEPARATORS, ' ')
    .replace(UNPRINTABLE, '')
    .toUpperCase()
    .normalize('NFC')
    .split(' ')
  const masked: string[] = []
  let left = MOST_LETTERS
  for (const word of words) {
    const letters = (word.match(LETTERS) ?? []).filter((letter) => letter !== '*').slice(0, left)
    left -= letters.length
    if (letters.length > 0) masked.push(`${letters.slice(0, 2).join('')}***`)
  }
  return masked.join(' ')
}
