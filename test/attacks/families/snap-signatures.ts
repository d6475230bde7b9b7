/**
 * Attacks on a bank's transactions: another signature, another signed text, another partner, another clock. Refused with 401,
 * which carries no status: the bank can conclude nothing from it. And on the token: whatever was not issued by this channel,
 * unexpired and unchanged, is `…01`.
 */
import { createHmac, createPublicKey, randomBytes } from 'node:crypto'
import { type Signing, wib } from '../../support/terminals.ts'
import type { Arena, Attack, Family } from '../attack.ts'
import { drafted } from '../attack.ts'
import { BANKS, type BankName, newId, PRICE, snapDrafts } from '../drafts.ts'
import { type Draft, headerOf, withBody, withHeader, withHeaders, withoutHeader } from '../wire.ts'

const SIGNATURE = ['401 4012500 Signature']
const PARTNER = ['401 4012500 Unknown client']
const TOKEN = ['401 4012501']
const QUOTED = ['200 2002400']

type Corruption = (payment: Draft) => Draft
type Row = readonly [name: string, expected: readonly string[], spoil: Corruption]

const header = (name: string, value: string): Corruption => {
  return (draft) => withHeader(draft, name, value)
}
const respelt = (name: string, spoil: (value: string) => string): Corruption => {
  return (draft) => withHeader(draft, name, spoil(headerOf(draft, name)))
}
const signature = (spoil: (value: string) => string) => respelt('X-SIGNATURE', spoil)
const body = (spoil: (text: string) => string): Corruption => {
  return (draft) => withBody(draft, spoil(Buffer.from(draft.body).toString()))
}
const twice = (name: string, second: string): Corruption => {
  return (draft) => withHeaders(draft, [name, headerOf(draft, name)], [name, second])
}

const ON_PAYMENTS: readonly Row[] = [
  ['no signature', SIGNATURE, (draft) => withoutHeader(draft, 'X-SIGNATURE')],
  ['an empty signature', SIGNATURE, signature(() => '')],
  ['a truncated signature', SIGNATURE, signature((value) => value.slice(0, -4))],
  ['a signature without its padding', SIGNATURE, signature((value) => value.replace(/=+$/, ''))],
  ['an extended signature', SIGNATURE, signature((value) => `${value}AAAA`)],
  ['a signature in capitals', SIGNATURE, signature((value) => value.toUpperCase())],
  ['a signature in small letters', SIGNATURE, signature((value) => value.toLowerCase())],
  ['a signature in hex', SIGNATURE, signature((value) => Buffer.from(value, 'base64').toString('hex'))],
  ['a signature for addresses', SIGNATURE, signature((value) => Buffer.from(value, 'base64').toString('base64url'))],
  ['a signature that is no base64', SIGNATURE, signature(() => '!!!!')],
  ['a signature at random', SIGNATURE, signature(() => randomBytes(64).toString('base64'))],
  ['a list of signatures', SIGNATURE, signature((value) => `${randomBytes(64).toString('base64')},${value}`)],
  ['the signature twice', SIGNATURE, twice('X-SIGNATURE', randomBytes(64).toString('base64'))],
  ['another amount under the old signature', SIGNATURE, body((text) => text.replace(`${PRICE}.00`, '1.00'))],
  [
    'another customer under the old signature',
    SIGNATURE,
    body((text) => text.replace('"customerNo":"1', '"customerNo":"9')),
  ],
  ['other months under the old signature', SIGNATURE, body((text) => text.replace('"months":1', '"months":12'))],
  ['another payment id under the old signature', SIGNATURE, body((text) => text.replace('ATK-', 'ATL-'))],
  ['a number written otherwise', SIGNATURE, body((text) => text.replace('"months":1', '"months":1.0'))],
  ['a key written with an escape', SIGNATURE, body((text) => text.replace('"customerNo"', '"\\u0063ustomerNo"'))],
  ['a space within a text', SIGNATURE, body((text) => text.replace('"IDR"', '"IDR "'))],
  ['a space of no width between fields', SIGNATURE, body((text) => text.replace(',', ',\u{feff}'))],
  ['a body cut by one byte', SIGNATURE, body((text) => text.slice(0, -1))],
  ['an empty body', SIGNATURE, body(() => '')],
  ['no timestamp', SIGNATURE, (draft) => withoutHeader(draft, 'X-TIMESTAMP')],
  ['the timestamp of another zone', SIGNATURE, respelt('X-TIMESTAMP', (at) => new Date(at).toISOString())],
  ['a timestamp with a comma', SIGNATURE, twice('X-TIMESTAMP', '2026-11-20T10:00:00+07:00')],
  ['no partner', PARTNER, (draft) => withoutHeader(draft, 'X-PARTNER-ID')],
  ['an unknown partner', PARTNER, header('X-PARTNER-ID', 'nobody')],
  ['a partner twice', PARTNER, twice('X-PARTNER-ID', 'nobody')],
  ['a partner with one character more', PARTNER, respelt('X-PARTNER-ID', (id) => `${id}0`)],
  ['no token', TOKEN, (draft) => withoutHeader(draft, 'Authorization')],
  ['a token without Bearer', TOKEN, respelt('Authorization', (value) => value.slice('Bearer '.length))],
  ['a token for Basic', TOKEN, respelt('Authorization', (value) => value.replace('Bearer', 'Basic'))],
  ['two spaces before the token', TOKEN, respelt('Authorization', (value) => value.replace(' ', '  '))],
  ['something behind the token', TOKEN, respelt('Authorization', (value) => `${value} x`)],
  ['the token twice', TOKEN, (draft) => twice('Authorization', headerOf(draft, 'Authorization'))(draft)],
]

const ON_INQUIRIES: readonly Row[] = [
  ['control: white space between fields', QUOTED, body((text) => text.replaceAll(',"', ' ,\n\t"'))],
  [
    'control: header names in capitals',
    QUOTED,
    (draft) => ({ ...draft, headers: draft.headers.map(([name, value]) => [name.toUpperCase(), value]) }),
  ],
  ['control: bearer in small letters', QUOTED, respelt('Authorization', (value) => value.replace('Bearer', 'bearer'))],
]

const SIGNED_OTHERWISE = (channel: BankName): readonly (readonly [string, Signing])[] => [
  ['signed for the inquiry', { path: `/channels/${channel}/v1.0/transfer-va/inquiry` }],
  [
    'signed for the other bank',
    { path: `/channels/${channel === 'bni' ? 'brilink' : 'bni'}/v1.0/transfer-va/payment` },
  ],
  ['signed for the path alone', { path: '/v1.0/transfer-va/payment' }],
  ['signed with a double slash', { path: `/channels/${channel}//v1.0/transfer-va/payment` }],
  ['signed with a slash at the end', { path: `/channels/${channel}/v1.0/transfer-va/payment/` }],
  ['signed with a query', { path: `/channels/${channel}/v1.0/transfer-va/payment?x=1` }],
  ['signed with an escaped path', { path: `/channels/${channel}/v1.0/transfer-va/%70ayment` }],
  ['signed with a whole address', { path: `https://hub.example/channels/${channel}/v1.0/transfer-va/payment` }],
  ['signed for GET', { method: 'GET' }],
  ['signed for post in small letters', { method: 'post' }],
]

export const snapSignatures: Family = {
  name: 'SNAP signatures and tokens',
  prepare: async (arena) => {
    const victims = await arena.victims(1)
    const customer = victims[0]?.nik ?? ''
    const attacks = await Promise.all(BANKS.map((channel) => attacksOn(arena, channel, customer)))
    return { victims, attacks: attacks.flat() }
  },
}

async function attacksOn(arena: Arena, channel: BankName, customer: string): Promise<readonly Attack[]> {
  const bank = snapDrafts(arena, channel)
  const own = arena.hub.sandbox(channel)
  const other = arena.hub.sandbox(channel === 'bni' ? 'brilink' : 'bni')
  const bodyOf = () => bank.paymentBody({ id: newId(), customer })
  const inquiry = (how?: Signing) => bank.draft('inquiry', bank.inquiryBody({ id: newId(), customer }), how)
  const attack = (name: string, expected: readonly string[], draft: Draft) =>
    drafted(arena, { channel, name, expected, draft })
  const payments = ON_PAYMENTS.map(async ([name, expected, spoil]) =>
    attack(name, expected, spoil(await bank.draft('payment', bodyOf()))),
  )
  const inquiries = ON_INQUIRIES.map(async ([name, expected, spoil]) => attack(name, expected, spoil(await inquiry())))
  const signed = SIGNED_OTHERWISE(channel).map(async ([name, how]) =>
    attack(name, SIGNATURE, await bank.draft('payment', bodyOf(), how)),
  )
  const keyed = (
    [
      ["the other bank's secret", { ...own, clientSecret: other.clientSecret ?? '' }, SIGNATURE],
      ['a secret of no generation in force', { ...own, clientSecret: randomBytes(32).toString('hex') }, SIGNATURE],
      ['the client key for a secret', { ...own, clientSecret: own.clientKey ?? '' }, SIGNATURE],
      ["the other bank's partner id", { ...own, partnerId: other.partnerId ?? '' }, PARTNER],
    ] as const
  ).map(async ([name, keys, expected]) =>
    attack(name, expected, await snapDrafts(arena, channel, keys).draft('payment', bodyOf())),
  )
  const clocks = CLOCKS.map(async ([name, seconds, onTime]) => {
    const draft = await inquiry({ at: wib(arena.now() + seconds * 1_000) })
    return attack(name, onTime ? QUOTED : ['401 4012400 Signature'], draft)
  })
  const tokens = (await forgedTokens(arena, channel)).map(async ([name, token]) =>
    attack(name, TOKEN, await bank.draft('payment', bodyOf(), { bearing: `Bearer ${token}` })),
  )
  return Promise.all([...payments, ...inquiries, ...signed, ...keyed, ...clocks, ...tokens])
}

const CLOCKS: readonly (readonly [name: string, seconds: number, onTime: boolean])[] = [
  ['control: a clock 4:45 slow', -285, true],
  ['control: a clock 5:00 fast', 300, true],
  ['a clock 5:01 slow', -301, false],
  ['a clock 5:20 fast', 320, false],
  ['a call of yesterday', -86_400, false],
]

/** Every token that the hub did not issue for this channel, or not so. */
async function forgedTokens(arena: Arena, channel: BankName): Promise<readonly (readonly [string, string])[]> {
  const token = await snapDrafts(arena, channel).token()
  const foreign = await snapDrafts(arena, channel === 'bni' ? 'brilink' : 'bni').token()
  const [issuer = '', expiry = '', keyId = '', mac = ''] = token.split('.')
  const own = arena.hub.sandbox(channel)
  const publicPem = createPublicKey(own.privateKeyPem ?? '').export({ type: 'spki', format: 'pem' })
  const claims = { sub: own.clientKey, iss: channel, channel, exp: 4_102_444_800 }
  const keyed = (key: string | Buffer) =>
    createHmac('sha256', key).update(`${issuer}.${expiry}.${keyId}`).digest('base64url')
  return [
    ["the other bank's token", foreign],
    ["the other bank's token under this bank's name", foreign.replace(/^[a-z]+/, channel)],
    ['a token that lives longer', [issuer, Number(expiry) + 86_400_000, keyId, mac].join('.')],
    ['a token that has ended', [issuer, arena.now() - 1_000, keyId, mac].join('.')],
    ['a token of another key', [issuer, expiry, '00000000', mac].join('.')],
    ['a token without its end', [issuer, expiry, keyId].join('.')],
    ['a token with an empty end', [issuer, expiry, keyId, ''].join('.')],
    ['a token with a part more', [token, 'x'].join('.')],
    ['a token cut by one character', token.slice(0, -1)],
    ['a token in capitals', token.toUpperCase()],
    ['a token whose end is in the other case', [issuer, expiry, keyId, swapped(mac)].join('.')],
    ['a token of 600 characters', `${token}${'A'.repeat(600)}`],
    ['a token signed with the client secret', [issuer, expiry, keyId, keyed(own.clientSecret ?? '')].join('.')],
    ['a token signed with the public key', [issuer, expiry, keyId, keyed(publicPem as string)].join('.')],
    ['a JSON web token of algorithm none', jwt({ alg: 'none' }, claims)],
    ['a JSON web token of algorithm nOnE', jwt({ alg: 'nOnE' }, claims)],
    ['a JSON web token under the client secret', jwt({ alg: 'HS256' }, claims, own.clientSecret)],
    ['a JSON web token under the public key', jwt({ alg: 'HS256', kid: keyId }, claims, publicPem as string)],
    ['a JSON web token that brings its key', jwt({ alg: 'HS256', jwk: { kty: 'oct', k: 'AAAA' } }, claims, '\0\0\0')],
    ['a token of nothing', '.'],
  ]
}

function jwt(head: object, claims: object, key?: string): string {
  const text = [head, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${text}.${key === undefined ? '' : createHmac('sha256', key).update(text).digest('base64url')}`
}

function swapped(text: string): string {
  return [...text].map((one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase())).join('')
}
