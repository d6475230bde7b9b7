/**
 * Who gets a channel's final statements by e-mail, as the stage says it: one text for all channels (infra/hub-stack.ts writes it,
 * functions/reconcile-settlement/handler.ts reads it at its start).
 *
 * ```
 * *=finance@hub.example;pos=pos@hub.example,finance@hub.example;bni=nobody;brilink=
 * ```
 * A channel without addresses of its own follows `*`; `nobody` is nobody. What is not exactly that throws: a function that could
 * not write to one of them must not start.
 */
import { EMAIL } from './email-form.ts'

export const NOBODY = 'nobody'
/** What a stage's parameter may be: nothing, `nobody`, or addresses separated by commas. CloudFormation holds every deployment to it. */
export const RECIPIENTS_PATTERN =
  '^(|nobody|[^\\s@<>,;:"=]{1,64}@[A-Za-z0-9.-]{1,190}( ?, ?[^\\s@<>,;:"=]{1,64}@[A-Za-z0-9.-]{1,190})*)$'
/** The texts of all channels together are one variable of a function, which has 4 KB for all of them. */
export const RECIPIENTS_MOST_LETTERS = 250

const ALL = '*'

export function recipientsText(
  forAll: string,
  byChannel: readonly (readonly [channel: string, list: string])[],
): string {
  return [[ALL, forAll], ...byChannel].map(([name, list]) => `${name}=${list}`).join(';')
}

/** By channel; a channel that is missing in the text, or unknown to the hub, is a mistake of whoever wrote it. */
export function readRecipients(text: string, channels: readonly string[]): (channel: string) => readonly string[] {
  const lists = new Map(text.split(';').map((part) => part.split('=', 2) as [string, string | undefined]))
  for (const name of [ALL, ...channels]) {
    if (lists.get(name) === undefined)
      throw new RangeError(`expected the recipients of ${name}, as ${name}=a@b.example`)
  }
  if (lists.size !== channels.length + 1)
    throw new RangeError(`expected recipients of ${channels.join(', ')} and * alone`)
  const forAll = addressesIn(lists.get(ALL) ?? '', ALL)
  const byChannel = new Map(
    channels.map((channel) => {
      const own = (lists.get(channel) ?? '').trim()
      return [channel, own === '' ? forAll : addressesIn(own, channel)] as const
    }),
  )
  return (channel) => byChannel.get(channel) ?? []
}

function addressesIn(list: string, name: string): readonly string[] {
  if (list.trim() === NOBODY) return []
  const addresses = list.split(',').flatMap((each) => each.trim() || [])
  if (addresses.every((address) => EMAIL.test(address))) return [...new Set(addresses)]
  throw new RangeError(`expected e-mail addresses separated by commas as the recipients of ${name}`)
}
