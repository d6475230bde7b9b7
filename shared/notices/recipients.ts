/**
 * Who gets a channel's final statements by e-mail, and from which day on, as the stage says it: one text for all channels
 * (infra/hub-stack.ts writes it, functions/reconcile-settlement/handler.ts reads it at its start).
 *
 * ```
 * *=finance@hub.example;pos=pos@hub.example,finance@hub.example|2026-12-01 pos-2@hub.example|2027-07-01;bni=nobody;brilink=
 * ```
 * Dated data: what has no date holds from the beginning. A channel follows `*` while it names nobody of its own; `nobody` is
 * nobody. What is not exactly that throws: a function that could not write to one of them must not start.
 */
import { type Dated, type DatedEntry, inForce } from '../domain/effective-dated.ts'
import { type BusinessDate, parseBusinessDate } from '../domain/instant.ts'
import { EMAIL } from './email-form.ts'

export const NOBODY = 'nobody'
const LIST = '(|nobody|[^\\s@<>,;:"=|]{1,64}@[A-Za-z0-9.-]{1,190}( ?, ?[^\\s@<>,;:"=|]{1,64}@[A-Za-z0-9.-]{1,190})*)'
const FROM = '[0-9]{4}-[0-9]{2}-[0-9]{2}'
/**
 * What a stage's parameter may be: nothing, `nobody`, or addresses separated by commas; then what holds from a day on, each after
 * a `|`. CloudFormation holds every deployment to it.
 */
export const RECIPIENTS_PATTERN = `^(${FROM} )?${LIST}([|]${FROM}( ${LIST})?)*$`
/** The texts of all channels together are one variable of a function, which has 4 KB for all of them. */
export const RECIPIENTS_MOST_LETTERS = 250

const ALL = '*'
/** Before every statement. */
const BEGINNING = '1970-01-01'
const SOURCE = 'the parameters of the stage'

/** null: as for all channels. */
type Addresses = readonly string[] | null
/** `on`: the day on which a statement is mailed. */
export type RecipientsOf = (channel: string, on: BusinessDate) => readonly string[]

export function recipientsText(
  forAll: string,
  byChannel: readonly (readonly [channel: string, list: string])[],
): string {
  return [[ALL, forAll], ...byChannel].map(([name, list]) => `${name}=${list}`).join(';')
}

/** By channel; a channel that is missing in the text, or unknown to the hub, is a mistake of whoever wrote it. */
export function readRecipients(text: string, channels: readonly string[]): RecipientsOf {
  const lists = new Map(text.split(';').map((part) => part.split('=', 2) as [string, string | undefined]))
  for (const name of [ALL, ...channels]) {
    if (lists.get(name) === undefined)
      throw new RangeError(`expected the recipients of ${name}, as ${name}=a@b.example`)
  }
  if (lists.size !== channels.length + 1)
    throw new RangeError(`expected recipients of ${channels.join(', ')} and * alone`)
  const dated = (name: string) => datedIn(lists.get(name) ?? '', name)
  const forAll = dated(ALL)
  const byChannel = new Map(channels.map((channel) => [channel, dated(channel)]))
  return (channel, on) => {
    const own = byChannel.get(channel)
    if (!own) return []
    return inForce(`recipients of ${channel}`, own, on) ?? inForce('recipients', forAll, on) ?? []
  }
}

/** Ascending, from the beginning on. */
function datedIn(text: string, name: string): Dated<Addresses> {
  const stated = text.split('|').map((period) => periodIn(period, name))
  const begins = stated[0]?.from === BEGINNING ? [] : [{ from: BEGINNING, value: null, source: SOURCE }]
  const periods = [...begins, ...stated]
  for (const [i, { from }] of periods.entries()) {
    const before = periods[i - 1]
    if (before && before.from >= from)
      throw new RangeError(`expected the recipients of ${name} from one day on after another, in order`)
  }
  return periods
}

function periodIn(text: string, name: string): DatedEntry<Addresses> {
  const [, from, list = ''] = /^ *(?:(\d{4}-\d{2}-\d{2})(?= |$))?(.*)$/.exec(text) ?? []
  if (from !== undefined && parseBusinessDate(from) === undefined)
    throw new RangeError(`expected a day such as 2026-12-01 before recipients of ${name}, got ${from}`)
  return { from: from ?? BEGINNING, value: addressesIn(list, name), source: SOURCE }
}

function addressesIn(list: string, name: string): Addresses {
  if (list.trim() === '') return null
  if (list.trim() === NOBODY) return []
  const addresses = list.split(',').flatMap((each) => each.trim() || [])
  if (addresses.length > 0 && addresses.every((address) => EMAIL.test(address))) return [...new Set(addresses)]
  throw new RangeError(`expected e-mail addresses separated by commas as the recipients of ${name}`)
}
