/**
 * Which channel-days a bank's remittance text names: `<CHANNEL> <yyyymmdd>`, several of them, in any case, with other text
 * around, over line breaks that stand for a blank or for nothing.
 *
 * Promise: a day counts only where it follows its channel, or another day of it, with nothing but punctuation in between; any
 * other date is somebody's date. Refuses to compare amounts.
 */
import { type BusinessDate, parseBusinessDate } from '../instant.ts'

export type NamedDay = { readonly channel: string; readonly date: BusinessDate }

export type Remittance = {
  /** Without repeats, by channel and date. */
  readonly days: readonly NamedDay[]
  /** Channels that the text names, with a day or without. */
  readonly channels: readonly string[]
}

/** Between a channel and its day, and between two days. */
const BETWEEN = /^[\s,;:/.&_()-]*$/
/** `INDOMARET20261120` happens where a line was broken between the two. */
const WORDS = /(?<!\d)\d{8}(?!\d)|[a-z]+/gi

/** `channels` are the names as the registry has them, in small letters. */
export function readRemittance(text: string, channels: readonly string[]): Remittance {
  const days = new Map<string, NamedDay>()
  const named = new Set<string>()
  const readings = text.includes('\n') ? [text.replaceAll('\n', ' '), text.replaceAll(/\r?\n/g, '')] : [text]
  for (const reading of readings) {
    for (const found of tokensOf(reading, channels)) {
      named.add(found.channel)
      if (found.date) days.set(`${found.channel}#${found.date}`, { channel: found.channel, date: found.date })
    }
  }
  return { days: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day), channels: [...named].sort() }
}

type Token = { readonly channel: string; readonly date?: BusinessDate }

function tokensOf(text: string, channels: readonly string[]): readonly Token[] {
  const tokens: Token[] = []
  let channel: string | undefined
  let end = 0
  for (const match of text.matchAll(WORDS)) {
    const [word] = match
    const follows = BETWEEN.test(text.slice(end, match.index))
    end = match.index + word.length
    const date = dateOf(word)
    if (date && channel && follows) tokens.push({ channel, date })
    else {
      channel = channels.find((name) => name === word.toLowerCase())
      if (channel) tokens.push({ channel })
    }
  }
  return tokens
}

/** Of eight digits; a word of letters is none. */
function dateOf(word: string): BusinessDate | undefined {
  return parseBusinessDate(`${word.slice(0, 4)}-${word.slice(4, 6)}-${word.slice(6)}`)
}
