/**
 * Signed bodies that are no JSON, or that two parsers would read differently. Shared by the two JSON protocols: each must
 * answer that it cannot read them. `sound` is a right body, as text.
 */

/** Gateways hand on text: bytes that are no UTF-8 are replaced on the way, and then the signature does not hold either. */
export type UnreadableBody = {
  readonly name: string
  readonly spoil: (sound: string) => string | Uint8Array
  readonly survivesGateway: boolean
}

const DEEP = 10_000

const text = (name: string, spoil: (sound: string) => string): UnreadableBody => ({
  name,
  spoil,
  survivesGateway: true,
})
const bytes = (name: string, spoil: (sound: string) => Uint8Array): UnreadableBody => ({
  name,
  spoil,
  survivesGateway: false,
})
const inside = (sound: string, more: string) => `${sound.slice(0, -1)},${more}}`

export const UNREADABLE: readonly UnreadableBody[] = [
  text('an empty body', () => ''),
  text('a body of white space', () => ' \n\t '),
  text('half of the body', (sound) => sound.slice(0, sound.length / 2)),
  text('the body twice', (sound) => sound + sound),
  text('a line feed and another body', (sound) => `${sound}\n{}`),
  text('a key twice, equal', (sound) => inside(sound, sound.slice(1, sound.indexOf(',')))),
  text('a key twice, another value last', (sound) => inside(sound, `${sound.slice(1, sound.indexOf(':'))}:"OTHER"`)),
  text('a key twice, once written with an escape', (sound) => inside(sound, escapedKey(sound))),
  text('a comma too many', (sound) => `${sound.slice(0, -1)},}`),
  text('a comment', (sound) => `${sound}// paid`),
  text('single quotes', (sound) => sound.replaceAll('"', "'")),
  text('a byte order mark', (sound) => `\u{feff}${sound}`),
  text('a NUL after the body', (sound) => `${sound}\0`),
  text('a line feed within a text', (sound) => inside(sound, '"note":"a\nb"')),
  text('half a character as an escape', (sound) => inside(sound, '"note":"\\ud800"')),
  text('an unknown escape', (sound) => inside(sound, '"note":"\\x41"')),
  text('NaN', (sound) => inside(sound, '"note":NaN')),
  text('a number in hex', (sound) => inside(sound, '"note":0x10')),
  text('a number with a leading zero', (sound) => inside(sound, '"note":08400')),
  text('a number with a plus', (sound) => inside(sound, '"note":+8400')),
  text('Arabic digits for a number', (sound) => inside(sound, '"note":٨٤٠٠')),
  text('seventeen levels', (sound) => inside(sound, `"note":${'['.repeat(17)}${']'.repeat(17)}`)),
  text('ten thousand levels of lists', (sound) => inside(sound, `"note":${'['.repeat(DEEP)}${']'.repeat(DEEP)}`)),
  text('ten thousand unclosed objects', () => '{"a":'.repeat(DEEP)),
  bytes('a byte that no character has', (sound) => Buffer.from(inside(sound, '"note":"\u{e9}"'), 'latin1')),
  bytes('an overlong slash', (sound) => spliced(sound, Buffer.from([0xc0, 0xaf]))),
  bytes('half a surrogate as bytes', (sound) => spliced(sound, Buffer.from([0xed, 0xa0, 0x80]))),
  bytes('UTF-16 with its mark', (sound) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(sound, 'utf16le')])),
]

function escapedKey(sound: string): string {
  const key = sound.slice(2, sound.indexOf('"', 2))
  return `"\\u${key.charCodeAt(0).toString(16).padStart(4, '0')}${key.slice(1)}":"OTHER"`
}

function spliced(sound: string, middle: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${sound.slice(0, -1)},"note":"`), middle, Buffer.from('"}')])
}
