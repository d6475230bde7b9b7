/**
 * A name as an outlet may show it to whoever pays: enough to notice the wrong number, too little to learn a name.
 *
 * Promises printable text on one line, without the `|` that the pipe protocol joins its fields with; masking twice is
 * masking once. Refuses to know what a first or a last name is.
 */

/** A letter with its marks, so that none is cut in two; what is stacked beyond three marks is dropped. */
const LETTERS = /\P{M}\p{M}{0,3}/gu
const SEPARATORS = /[\s|]+/gu
/** Control, format, surrogate, private and unassigned code points: nothing that an outlet could print. */
const UNPRINTABLE = /\p{C}/gu

/** `Budi Santoso` becomes `BU** SA*****`. Words of one or two letters stay as they are; '' stays ''. */
export function maskName(name: string): string {
  return name
    .replace(SEPARATORS, ' ')
    .replace(UNPRINTABLE, '')
    .toUpperCase()
    .normalize('NFC')
    .split(' ')
    .map(maskWord)
    .filter((word) => word !== '')
    .join(' ')
}

function maskWord(word: string): string {
  const letters = word.match(LETTERS) ?? []
  return letters.map((letter, place) => (place < 2 ? letter : '*')).join('')
}
