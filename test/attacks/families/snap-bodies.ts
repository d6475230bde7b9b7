/**
 * Signed transactions of a bank that must not be understood, and the token request. Refused with 400 and the field's name.
 */
import { constants, createPublicKey, createSign, generateKeyPairSync, sign } from 'node:crypto'
import { wib } from '../../support/terminals.ts'
import type { Arena, Attack, Family } from '../attack.ts'
import { drafted } from '../attack.ts'
import { BANKS, type BankName, newId, PRICE, snapDrafts } from '../drafts.ts'
import { type Draft, withHeader, withoutHeader } from '../wire.ts'
import { UNREADABLE } from './json-texts.ts'

type Fields = Readonly<Record<string, unknown>>
type Row = readonly [name: string, answer: string, change: Fields]

const bad = (field: string) => `400 4002501 ${field}`
const missing = (field: string) => `400 4002502 ${field}`
const money = (value: unknown, currency: unknown = 'IDR') => ({ paidAmount: { value, currency } })

const CHANGED: readonly Row[] = [
  ['no amount', missing('paidAmount'), { paidAmount: undefined }],
  ['an amount without currency', missing('paidAmount.currency'), { paidAmount: { value: `${PRICE}.00` } }],
  ['an amount in dollars', bad('paidAmount.currency'), money(`${PRICE}.00`, 'USD')],
  ['a currency in small letters', bad('paidAmount.currency'), money(`${PRICE}.00`, 'idr')],
  ...(
    [
      ['that is a number', PRICE],
      ['without decimals', `${PRICE}`],
      ['with one decimal', `${PRICE}.0`],
      ['with three decimals', `${PRICE}.000`],
      ['of a fraction', `${PRICE}.50`],
      ['with a comma', `${PRICE},00`],
      ['with a thousand mark', '8.400.00'],
      ['with a leading zero', `0${PRICE}.00`],
      ['with a plus', `+${PRICE}.00`],
      ['with a minus', `-${PRICE}.00`],
      ['as a power', '84e2.00'],
      ['in hex', '0x20d0.00'],
      ['of 2^53 and one', '9007199254740993.00'],
      ['of twenty digits', '99999999999999999999.00'],
      ['in Arabic digits', '٨٤٠٠.٠٠'],
      ['in full-width digits', '８４００.００'],
      ['with a space', ` ${PRICE}.00`],
      ['with a line feed', `${PRICE}.00\n`],
      ['with a NUL', `${PRICE}.00\0`],
      ['with a space of no width', `84\u{200b}00.00`],
      ['that turns the text round', `\u{202e}00.0048`],
      ['of infinity', 'Infinity.00'],
      ['of a list', [`${PRICE}.00`]],
    ] as const
  ).map(([how, value]): Row => [`an amount ${how}`, bad('paidAmount.value'), money(value)]),
  ['no customer', missing('customerNo'), { customerNo: '' }],
  ['a customer that is a number', bad('customerNo'), { customerNo: 12_345_678_901 }],
  ['a customer in Arabic digits', bad('customerNo'), { customerNo: '١٢٣' }],
  ['a customer of 21 digits', bad('customerNo'), { customerNo: '1'.repeat(21) }],
  ['a customer with a line feed', bad('customerNo'), { customerNo: '123\n' }],
  ['another virtual account than its parts', bad('virtualAccountNo'), { virtualAccountNo: '   7751099999999999' }],
  ['a partner service of somebody else', bad('partnerServiceId'), { partnerServiceId: '   99999' }],
  ['a partner service without its spaces', bad('partnerServiceId'), { partnerServiceId: '77510' }],
  ['no payment id', missing('paymentRequestId'), { paymentRequestId: null }],
  ['a payment id with a space', bad('paymentRequestId'), { paymentRequestId: 'a b' }],
  ['a payment id of 129 characters', bad('paymentRequestId'), { paymentRequestId: 'a'.repeat(129) }],
  ['a payment id with an accent', bad('paymentRequestId'), { paymentRequestId: 'é' }],
  ['a payment id of a list', bad('paymentRequestId'), { paymentRequestId: ['a'] }],
  ['four months', bad('additionalInfo.months'), { additionalInfo: { months: 4 } }],
  ['months with a leading zero', bad('additionalInfo.months'), { additionalInfo: { months: '01' } }],
  ['months of a list', bad('additionalInfo.months'), { additionalInfo: { months: [1] } }],
  ['a list for the additional', bad('additionalInfo'), { additionalInfo: [] }],
  ['an advice flag that is neither', bad('flagAdvise'), { flagAdvise: 'X' }],
  ['a time of no calendar', bad('trxDateTime'), { trxDateTime: '2026-02-30T10:00:00+07:00' }],
]

const HEADERS: readonly (readonly [name: string, answer: string, spoil: (draft: Draft) => Draft])[] = [
  ['no external id', missing('X-EXTERNAL-ID'), (draft) => withoutHeader(draft, 'X-EXTERNAL-ID')],
  ['an external id of 37', bad('X-EXTERNAL-ID'), (draft) => withHeader(draft, 'X-EXTERNAL-ID', '1'.repeat(37))],
  ['an external id with a hash', bad('X-EXTERNAL-ID'), (draft) => withHeader(draft, 'X-EXTERNAL-ID', 'a#b')],
  ['an external id with an accent', bad('X-EXTERNAL-ID'), (draft) => withHeader(draft, 'X-EXTERNAL-ID', 'é')],
  ['no channel id', missing('CHANNEL-ID'), (draft) => withoutHeader(draft, 'CHANNEL-ID')],
  ['a channel id of six', bad('CHANNEL-ID'), (draft) => withHeader(draft, 'CHANNEL-ID', '000000')],
]

export const snapBodies: Family = {
  name: 'SNAP bodies and token requests',
  prepare: async (arena) => {
    const victims = await arena.victims(1)
    const customer = victims[0]?.nik ?? ''
    const attacks = await Promise.all(
      BANKS.map(async (channel) => [...(await attacksOn(arena, channel, customer)), ...tokenRequests(arena, channel)]),
    )
    return { victims, attacks: attacks.flat() }
  },
}

async function attacksOn(arena: Arena, channel: BankName, customer: string): Promise<readonly Attack[]> {
  const bank = snapDrafts(arena, channel)
  const bodyOf = () => bank.paymentBody({ id: newId(), customer })
  const attack = (name: string, expected: readonly string[], draft: Draft) =>
    drafted(arena, { channel, name, expected, draft })
  const changed = CHANGED.map(async ([name, answer, change]) =>
    attack(name, [answer], await bank.draft('payment', { ...bodyOf(), ...change })),
  )
  const headers = HEADERS.map(async ([name, answer, spoil]) =>
    attack(name, [answer], spoil(await bank.draft('payment', bodyOf()))),
  )
  const unreadable = UNREADABLE.map(async ({ name, spoil, survivesGateway }) => {
    const draft = await bank.draft('payment', spoil(JSON.stringify(bodyOf())))
    return attack(name, ['400 4002500', ...(survivesGateway ? [] : ['401 4012500 Signature'])], draft)
  })
  const proto = JSON.stringify(bank.inquiryBody({ id: newId(), customer })).replace(
    '{',
    '{"__proto__":{"customerNo":"1"},',
  )
  return Promise.all([
    ...changed,
    ...headers,
    ...unreadable,
    bank.draft('payment', 'null').then((draft) => attack('null for a body', ['400 4002501 body'], draft)),
    bank.draft('payment', '[]').then((draft) => attack('a list for a body', ['400 4002501 body'], draft)),
    bank.draft('inquiry', proto).then((draft) => attack('control: a prototype is ignored', ['200 2002400'], draft)),
  ])
}

type RequestCase = readonly [name: string, expected: string, headers: Readonly<Record<string, string>>, body?: string]

/** Service 73: what is signed is the client key and the time, by RSA. */
function tokenRequests(arena: Arena, channel: BankName): readonly Attack[] {
  const { clientKey = '', privateKeyPem = '', clientSecret = '' } = arena.hub.sandbox(channel)
  const foreignKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const at = wib(arena.now())
  const signed = (text: string, hash = 'RSA-SHA256') => createSign(hash).update(text).sign(privateKeyPem, 'base64')
  const right = signed(`${clientKey}|${at}`)
  const base = { 'X-TIMESTAMP': at, 'X-CLIENT-KEY': clientKey, 'X-SIGNATURE': right }
  const text = Buffer.from(`${clientKey}|${at}`)
  const pss = sign('sha256', text, { key: privateKeyPem, padding: constants.RSA_PKCS1_PSS_PADDING }).toString('base64')
  const publicPem = createPublicKey(privateKeyPem).export({ type: 'spki', format: 'pem' }) as string
  const late = wib(arena.now() - 301_000)
  const WRONG = '401 4017300 Signature'
  const rows: readonly RequestCase[] = [
    [
      'a token signed with a key of no partner',
      WRONG,
      { 'X-SIGNATURE': sign('sha256', text, foreignKey).toString('base64') },
    ],
    ['a token with another padding', WRONG, { 'X-SIGNATURE': pss }],
    ['a token signed with SHA-1', WRONG, { 'X-SIGNATURE': signed(String(text), 'RSA-SHA1') }],
    ['a token signed with SHA-512', WRONG, { 'X-SIGNATURE': signed(String(text), 'RSA-SHA512') }],
    ['a token signed the other way round', WRONG, { 'X-SIGNATURE': signed(`${at}|${clientKey}`) }],
    ['a token signed for another time', WRONG, { 'X-TIMESTAMP': wib(arena.now() + 1_000) }],
    ['a token request of 5:01 ago', WRONG, { 'X-TIMESTAMP': late, 'X-SIGNATURE': signed(`${clientKey}|${late}`) }],
    ['a token signed with the client secret', WRONG, { 'X-SIGNATURE': Buffer.from(clientSecret).toString('base64') }],
    [
      'a token with the public key for a signature',
      WRONG,
      { 'X-SIGNATURE': Buffer.from(publicPem).toString('base64') },
    ],
    ['a token with a truncated signature', WRONG, { 'X-SIGNATURE': right.slice(0, -4) }],
    ['a token with an extended signature', WRONG, { 'X-SIGNATURE': `${right}AAAA` }],
    ['a token with a signature of zeros', WRONG, { 'X-SIGNATURE': Buffer.alloc(256).toString('base64') }],
    ['a token with a signature of one', WRONG, { 'X-SIGNATURE': one() }],
    ['a token for an unknown client', '401 4017300 Unknown client', { 'X-CLIENT-KEY': 'nobody' }],
    ['a token for another grant', '400 4007301 grantType', {}, '{"grantType":"password"}'],
    ['a token for a list of grants', '400 4007301 grantType', {}, '{"grantType":["client_credentials"]}'],
    ['a token for no grant', '400 4007302 grantType', {}, '{}'],
    ['a token for no JSON', '400 4007300', {}, 'grantType=client_credentials'],
    ['a token for a grant twice', '400 4007300', {}, '{"grantType":"x","grantType":"client_credentials"}'],
    ['a token at no time', '400 4007301 X-TIMESTAMP', { 'X-TIMESTAMP': 'now' }],
  ]
  return rows.map(([name, expected, change, body = '{"grantType":"client_credentials"}']) => {
    const headers = Object.entries({ 'Content-Type': 'application/json', ...base, ...change })
    const target = `/channels/${channel}/v1.0/access-token/b2b`
    const draft: Draft = { method: 'POST', target, headers, body: Buffer.from(body) }
    return drafted(arena, { channel, name, expected: [expected], draft })
  })
}

/** 1 to any power is 1: a verifier that checks no padding would take it. */
function one(): string {
  const bytes = Buffer.alloc(256)
  bytes[255] = 1
  return bytes.toString('base64')
}
