/**
 * Reads a partner's JSON so that it can mean one thing only: fatal UTF-8, no byte order mark, no key twice in an
 * object, no lone surrogate, sixteen levels deep at most. Never throws; says in one word why it could not be read.
 *
 * Promise: no number is rounded. A whole number within ±2^53, written plainly (`12`, not `12.0`, `1.2e1` or `-0`), is a
 * number; any other keeps its text as an `UnplainNumber`, which no field reader takes for a number, a string or an object.
 * Objects have no prototype, so a key called `__proto__` is a key like any other. Knows nothing of fields.
 *
 * Own code because the parsers at hand keep the last of two equal keys, or accept a key twice when its values are equal.
 */
const numberText = Symbol('the number as it was written')

/** A number that a JavaScript number does not hold exactly as written. */
export type UnplainNumber = { readonly [numberText]: string }
export type JsonObject = { readonly [name: string]: JsonValue }
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject | UnplainNumber

/** `lone-surrogate`: half a character written as an escape; it has no UTF-8 form, so no digest of it would be its own. */
export type NotJsonReason = 'not-utf8' | 'byte-order-mark' | 'syntax' | 'duplicate-key' | 'too-deep' | 'lone-surrogate'
export type StrictJson =
  | { readonly outcome: 'json'; readonly value: JsonValue }
  | { readonly outcome: 'not-json'; readonly reason: NotJsonReason }

export const DEPTH_LIMIT = 16

const BYTE_ORDER_MARK = 0xfeff
const QUOTE = 0x22
const BACKSLASH = 0x5c
const SPACE = 0x20
/** Sticky: matches at the cursor only. */
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Where the reader stands. `undefined` from a reader below means that `reason` is set and reading is over. */
type Cursor = { readonly text: string; at: number; reason: NotJsonReason }

export function parseStrictJson(bytes: Uint8Array): StrictJson {
  const text = decode(bytes)
  if (text === undefined) return { outcome: 'not-json', reason: 'not-utf8' }
  if (text.charCodeAt(0) === BYTE_ORDER_MARK) return { outcome: 'not-json', reason: 'byte-order-mark' }
  const cursor: Cursor = { text, at: 0, reason: 'syntax' }
  const value = readValue(cursor, 1)
  if (value === undefined) return { outcome: 'not-json', reason: cursor.reason }
  return cursor.at === text.length ? { outcome: 'json', value } : { outcome: 'not-json', reason: 'syntax' }
}

/** True for `{…}` only: not for null, arrays and numbers that keep their text. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(numberText in value)
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** One value with the white space around it. `depth` is the level that an object or array here would have. */
function readValue(cursor: Cursor, depth: number): JsonValue | undefined {
  skipWhiteSpace(cursor)
  const value = readBareValue(cursor, depth)
  skipWhiteSpace(cursor)
  return value
}

function readBareValue(cursor: Cursor, depth: number): JsonValue | undefined {
  switch (cursor.text[cursor.at]) {
    case '"':
      return readString(cursor)
    case '{':
      return depth > DEPTH_LIMIT ? stop(cursor, 'too-deep') : readObject(cursor, depth)
    case '[':
      return depth > DEPTH_LIMIT ? stop(cursor, 'too-deep') : readArray(cursor, depth)
    case 't':
      return readWord(cursor, 'true', true)
    case 'f':
      return readWord(cursor, 'false', false)
    case 'n':
      return readWord(cursor, 'null', null)
    default:
      return readNumber(cursor)
  }
}

function readObject(cursor: Cursor, depth: number): JsonObject | undefined {
  const object: Record<string, JsonValue> = Object.create(null)
  cursor.at++
  skipWhiteSpace(cursor)
  if (take(cursor, '}')) return object
  do {
    skipWhiteSpace(cursor)
    if (cursor.text.charCodeAt(cursor.at) !== QUOTE) return stop(cursor, 'syntax')
    const key = readString(cursor)
    if (key === undefined) return undefined
    if (key in object) return stop(cursor, 'duplicate-key')
    skipWhiteSpace(cursor)
    if (!take(cursor, ':')) return stop(cursor, 'syntax')
    const value = readValue(cursor, depth + 1)
    if (value === undefined) return undefined
    object[key] = value
  } while (take(cursor, ','))
  return take(cursor, '}') ? object : stop(cursor, 'syntax')
}

function readArray(cursor: Cursor, depth: number): readonly JsonValue[] | undefined {
  const items: JsonValue[] = []
  cursor.at++
  skipWhiteSpace(cursor)
  if (take(cursor, ']')) return items
  do {
    const value = readValue(cursor, depth + 1)
    if (value === undefined) return undefined
    items.push(value)
  } while (take(cursor, ','))
  return take(cursor, ']') ? items : stop(cursor, 'syntax')
}

/** Finds the closing quote; only a string with escapes is handed to JSON.parse, which knows them all and no other. */
function readString(cursor: Cursor): string | undefined {
  const { text } = cursor
  const start = cursor.at
  let escaped = false
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < SPACE) return stop(cursor, 'syntax')
    if (code === BACKSLASH) {
      escaped = true
      at++
    } else if (code === QUOTE) {
      cursor.at = at + 1
      return escaped ? withoutEscapes(cursor, text.slice(start, at + 1)) : text.slice(start + 1, at)
    }
  }
  return stop(cursor, 'syntax')
}

function withoutEscapes(cursor: Cursor, quoted: string): string | undefined {
  try {
    const plain: string = JSON.parse(quoted)
    return plain.isWellFormed() ? plain : stop(cursor, 'lone-surrogate')
  } catch {
    return stop(cursor, 'syntax')
  }
}

function readNumber(cursor: Cursor): number | UnplainNumber | undefined {
  NUMBER.lastIndex = cursor.at
  const written = NUMBER.exec(cursor.text)?.[0]
  if (written === undefined) return stop(cursor, 'syntax')
  cursor.at += written.length
  const value = Number(written)
  return Number.isSafeInteger(value) && String(value) === written ? value : { [numberText]: written }
}

function readWord<T extends JsonValue>(cursor: Cursor, word: string, value: T): T | undefined {
  if (!cursor.text.startsWith(word, cursor.at)) return stop(cursor, 'syntax')
  cursor.at += word.length
  return value
}

function take(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false
  cursor.at++
  return true
}

function skipWhiteSpace(cursor: Cursor): void {
  for (; ; cursor.at++) {
    const code = cursor.text.charCodeAt(cursor.at)
    if (code !== SPACE && code !== 0x0a && code !== 0x0d && code !== 0x09) return
  }
}

function stop(cursor: Cursor, reason: NotJsonReason): undefined {
  cursor.reason = reason
  return undefined
}
