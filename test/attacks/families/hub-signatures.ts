/**
 * Attacks on the signature of the hub's own protocol: other keys, other bytes, other lists, other clocks, and headers
 * written so that two readers of them might differ. All are refused with 401 before the body is read.
 */
import { createHmac, randomBytes } from 'node:crypto'
import type { Arena, Attack, Family } from '../attack.ts'
import { drafted } from '../attack.ts'
import { hubBody, newId, PRICE, pipeDrafts, SHOPS, type ShopName } from '../drafts.ts'
import { type Draft, headerOf, withBody, withHeader, withHeaders, withoutHeader } from '../wire.ts'

const WRONG = ['401 SIGNATURE_WRONG']
const MISSING = ['401 SIGNATURE_MISSING']
const CLOCK = ['401 CLOCK_WRONG']
const NOT_SIGNED = ['401 SIGNATURE_WRONG', '401 SIGNATURE_MISSING']
const QUOTED = ['200 00']

type Corruption = (payment: Draft) => Draft
type Row = readonly [name: string, expected: readonly string[], spoil: Corruption]

const signature = (spoil: (value: string) => string): Corruption => {
  return (draft) => withHeader(draft, 'webhook-signature', spoil(headerOf(draft, 'webhook-signature')))
}
const header = (name: string, value: string): Corruption => {
  return (draft) => withHeader(draft, name, value)
}
const body = (spoil: (text: string) => string): Corruption => {
  return (draft) => withBody(draft, spoil(Buffer.from(draft.body).toString()))
}
const mac = (value: string) => Buffer.from(value.slice('v1,'.length), 'base64')
const bad = () => `v1,${randomBytes(32).toString('base64')}`
const list = (count: number) => Array.from({ length: count }, bad).join(' ')

const ON_PAYMENTS: readonly Row[] = [
  ['no signature at all', MISSING, (draft) => withoutHeader(draft, 'webhook-signature')],
  ['no webhook-id', MISSING, (draft) => withoutHeader(draft, 'webhook-id')],
  ['no webhook-timestamp', MISSING, (draft) => withoutHeader(draft, 'webhook-timestamp')],
  ['an empty signature', MISSING, signature(() => '')],
  ['a signature of nothing', WRONG, signature(() => 'v1,')],
  ['a truncated signature', WRONG, signature((value) => value.slice(0, -4))],
  ['a signature without its padding', WRONG, signature((value) => value.replace(/=+$/, ''))],
  ['an extended signature', WRONG, signature((value) => `${value}AAAA`)],
  ['a signature that is no base64', WRONG, signature(() => 'v1,!!!!not base64!!!!')],
  ['a signature in capitals', WRONG, signature((value) => value.toUpperCase())],
  ['a signature in hex', WRONG, signature((value) => `v1,${mac(value).toString('hex')}`)],
  ['a signature whose last bit of padding is set', WRONG, signature((value) => bentPadding(value))],
  ['the first byte of the signature changed', WRONG, signature((value) => `v1,${flipped(mac(value))}`)],
  ['a signature without its version', WRONG, signature((value) => value.slice('v1,'.length))],
  ['a signature of version v1a', WRONG, signature((value) => value.replace('v1,', 'v1a,'))],
  ['a signature of version V1', WRONG, signature((value) => value.replace('v1,', 'V1,'))],
  ['a signature of version v2', WRONG, signature((value) => value.replace('v1,', 'v2,'))],
  ['thousands of zeros for a signature', WRONG, signature(() => `v1,${'A'.repeat(8_000)}`)],
  ['a list of signatures joined by commas', WRONG, signature((value) => `${bad()},${value}`)],
  ['seventeen signatures, the right one last', WRONG, signature((value) => `${list(16)} ${value}`)],
  ['a hundred wrong signatures', WRONG, signature(() => list(100))],
  ['the signature header twice, the right one last', WRONG, twice('webhook-signature', bad(), undefined)],
  ['the signature header twice, the right one first', WRONG, twice('webhook-signature', undefined, bad())],
  ['webhook-id twice', WRONG, twice('webhook-id', undefined, 'msg_2')],
  ['webhook-timestamp twice', MISSING, twice('webhook-timestamp', undefined, undefined)],
  ['another webhook-id under the old signature', WRONG, header('webhook-id', 'msg_another')],
  ['a full stop in webhook-id', MISSING, header('webhook-id', 'msg.1')],
  ['an accent in webhook-id', MISSING, header('webhook-id', 'msg_é')],
  ['a webhook-id of 257 characters', MISSING, header('webhook-id', 'm'.repeat(257))],
  ['a timestamp with a sign', MISSING, (draft) => reworded(draft, (value) => `+${value}`)],
  ['a timestamp with decimals', MISSING, (draft) => reworded(draft, (value) => `${value}.0`)],
  ['a timestamp with a leading zero', MISSING, (draft) => reworded(draft, (value) => `0${value}`)],
  ['a timestamp in milliseconds', MISSING, (draft) => reworded(draft, (value) => `${value}000`)],
  ['a timestamp in hex', MISSING, (draft) => reworded(draft, (value) => `0x${Number(value).toString(16)}`)],
  ['a timestamp as a power', MISSING, header('webhook-timestamp', '1.7e9')],
  [
    'a later timestamp under the old signature',
    WRONG,
    (draft) => reworded(draft, (value) => String(Number(value) + 1)),
  ],
  ['another amount under the old signature', WRONG, body((text) => text.replaceAll(String(PRICE), '1'))],
  [
    'another customer under the old signature',
    WRONG,
    body((text) => text.replace(/"customerId":"\d/, '"customerId":"9')),
  ],
  ['other months under the old signature', WRONG, body((text) => text.replace('"months":1', '"months":12'))],
  ['one more space under the old signature', WRONG, body((text) => text.replace(':', ': '))],
  ['a body cut by one byte', WRONG, body((text) => text.slice(0, -1))],
  ['a body longer by a line', WRONG, body((text) => `${text}\n`)],
  ['an empty body', WRONG, body(() => '')],
]

const ON_INQUIRIES: readonly Row[] = [
  ['control: sixteen signatures, the right one last', QUOTED, signature((value) => `${list(15)} ${value}`)],
  ['control: header names in capitals', QUOTED, (draft) => renamed(draft, (name) => name.toUpperCase())],
  ['control: white space around header values', QUOTED, (draft) => revalued(draft, (value) => ` \t ${value} \t `)],
  ['control: a signature of an unknown version beside the right one', QUOTED, signature((value) => `v9,AAAA ${value}`)],
]

/** Seconds off, and what becomes of the call. A busy machine takes seconds, which bring the two edges nearer: they are met from afar. */
const CLOCKS: readonly (readonly [name: string, expected: readonly string[], seconds: number])[] = [
  ['control: a clock 4:45 slow', QUOTED, -285],
  ['control: a clock 5:00 fast', QUOTED, 300],
  ['a clock 5:01 slow', CLOCK, -301],
  ['a clock 5:20 fast', CLOCK, 320],
  ['a call of yesterday', CLOCK, -86_400],
  ['a call of next year', CLOCK, 31_536_000],
]

export const hubSignatures: Family = {
  name: 'hub H2H signatures',
  prepare: async (arena) => {
    const victims = await arena.victims(1)
    const customer = victims[0]?.nik ?? ''
    return { victims, attacks: SHOPS.flatMap((channel) => attacksOn(arena, channel, customer)) }
  },
}

function attacksOn(arena: Arena, channel: ShopName, customer: string): readonly Attack[] {
  const { draft } = pipeDrafts(arena, channel)
  const attack = (name: string, expected: readonly string[], spoiled: Draft) =>
    drafted(arena, { channel, name, expected, draft: spoiled })
  const payment = () => draft('payment', hubBody.payment(arena, { id: newId(), customer }))
  const inquiry = (at: Arena = arena, keys?: Readonly<Record<string, string>>) =>
    pipeDrafts(at, channel, keys).draft('inquiry', hubBody.inquiry(arena, { id: newId(), customer }))
  const other = SHOPS.find((shop) => shop !== channel) ?? channel
  const secretOf = (secret: string) => ({ ...arena.hub.sandbox(channel), secret })
  const shifted = (seconds: number): Arena => {
    const now = () => arena.now() + seconds * 1_000
    return { ...arena, now, hub: { ...arena.hub, now } }
  }
  const foreign = (name: string, secret: string) =>
    attack(
      name,
      WRONG,
      pipeDrafts(arena, channel, secretOf(secret)).draft('payment', hubBody.payment(arena, { id: newId(), customer })),
    )
  return [
    ...ON_PAYMENTS.map(([name, expected, spoil]) => attack(name, expected, spoil(payment()))),
    ...ON_INQUIRIES.map(([name, expected, spoil]) => attack(name, expected, spoil(inquiry()))),
    ...CLOCKS.map(([name, expected, seconds]) => attack(name, expected, inquiry(shifted(seconds)))),
    foreign(`the secret of ${other}`, arena.hub.sandbox(other).secret ?? ''),
    foreign('a secret of no generation in force', `whsec_${randomBytes(32).toString('base64')}`),
    foreign('the secret with its first byte gone', cutSecret(arena.hub.sandbox(channel).secret ?? '')),
    foreign('a key of zeros', `whsec_${Buffer.alloc(32).toString('base64')}`),
    attack('the secret taken as text, not as base64', WRONG, textKeyed(payment(), arena.hub.sandbox(channel).secret)),
    attack('the body signed without id and time', WRONG, bodyOnly(payment(), arena.hub.sandbox(channel).secret)),
    attack('no webhook header at all', NOT_SIGNED, { ...payment(), headers: [['content-type', 'application/json']] }),
  ]
}

function twice(name: string, first: string | undefined, second: string | undefined): Corruption {
  return (draft) => {
    const right = headerOf(draft, name)
    return withHeaders(draft, [name, first ?? right], [name, second ?? right])
  }
}

function reworded(draft: Draft, spoil: (timestamp: string) => string): Draft {
  return withHeader(draft, 'webhook-timestamp', spoil(headerOf(draft, 'webhook-timestamp')))
}

function renamed(draft: Draft, rename: (name: string) => string): Draft {
  return { ...draft, headers: draft.headers.map(([name, value]) => [rename(name), value] as const) }
}

function revalued(draft: Draft, spoil: (value: string) => string): Draft {
  return { ...draft, headers: draft.headers.map(([name, value]) => [name, spoil(value)] as const) }
}

function flipped(bytes: Buffer): string {
  bytes[0] = (bytes[0] ?? 0) ^ 1
  return bytes.toString('base64')
}

/** Base64 of 32 bytes ends with a character of which two bits mean nothing: another one there decodes to the same bytes. */
function bentPadding(value: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const last = alphabet.indexOf(value.at(-2) ?? '')
  return `${value.slice(0, -2)}${alphabet[last ^ 1]}=`
}

/** The first, not the last: HMAC fills a short key up with zeros, so a last byte of zero would not be missed. */
function cutSecret(secret: string): string {
  const bytes = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return `whsec_${bytes.subarray(1).toString('base64')}`
}

function textKeyed(draft: Draft, secret = ''): Draft {
  const signed = `${headerOf(draft, 'webhook-id')}.${headerOf(draft, 'webhook-timestamp')}.${Buffer.from(draft.body)}`
  return withHeader(draft, 'webhook-signature', `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`)
}

function bodyOnly(draft: Draft, secret = ''): Draft {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return withHeader(draft, 'webhook-signature', `v1,${createHmac('sha256', key).update(draft.body).digest('base64')}`)
}
