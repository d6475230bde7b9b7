/**
 * Attacks below the protocols: sizes, content types, packed bodies, paths and methods. What a gateway refuses by itself has
 * its status alone; `cut` is a connection closed without a word.
 */
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Arena, Attack, Family } from '../attack.ts'
import { drafted } from '../attack.ts'
import { BANKS, hubBody, hubDrafts, newId, pipeDrafts, SHOPS, type ShopName, snapDrafts } from '../drafts.ts'
import { type Draft, headerOf, withBody, withHeader, withHeaders, withoutHeader } from '../wire.ts'

type Row = readonly [name: string, expected: readonly string[], spoil: (draft: Draft) => Draft]

const LIMIT = 65_536
const GATEWAY_LIMIT = 10 * 1024 * 1024
const NO_SUCH = ['404 UNKNOWN_OPERATION', '404']
const WRONG_TYPE = ['415 WRONG_CONTENT_TYPE']
const METHOD = ['405 WRONG_METHOD']

const at = (spoil: (target: string) => string) => (draft: Draft) => ({ ...draft, target: spoil(draft.target) })
const typed = (value: string) => (draft: Draft) => withHeader(draft, 'content-type', value)
const by = (method: string) => (draft: Draft) => ({ ...draft, method })

/** On a payment of a shop. */
const PATHS: readonly Row[] = [
  ['a double slash before the operation', NO_SUCH, at((path) => path.replace('/v1/', '//v1/'))],
  ['a double slash within', NO_SUCH, at((path) => path.replace('/v1/', '/v1//'))],
  ['a double slash at the front', ['404'], at((path) => `/${path}`)],
  ['a dot segment', NO_SUCH, at((path) => path.replace('/v1/', '/v1/./'))],
  ['two dots and back', NO_SUCH, at((path) => path.replace('/v1/', '/v1/../v1/'))],
  ['two dots, escaped', NO_SUCH, at((path) => path.replace('/v1/', '/v1/%2e%2e/v1/'))],
  ['two dots out of the channel', NO_SUCH, at((path) => path.replace('/v1/', '/../bni/v1/'))],
  ['a slash at the end', NO_SUCH, at((path) => `${path}/`)],
  ['an escaped slash at the end', NO_SUCH, at((path) => `${path}%2f`)],
  ['an escaped NUL at the end', [...NO_SUCH, '400'], at((path) => `${path}%00`)],
  ['an escaped line feed at the end', [...NO_SUCH, '400'], at((path) => `${path}%0a`)],
  ['a semicolon at the end', NO_SUCH, at((path) => `${path};x=1`)],
  ['a path escaped twice', NO_SUCH, at((path) => path.replace('payment', '%2570ayment'))],
  ['a broken escape', ['400', '404'], at((path) => `${path}%zz`)],
  ['capitals in the operation', NO_SUCH, at((path) => path.replace('payment', 'PAYMENT'))],
  ['capitals in the channel', ['404'], at((path) => path.replace(/channels\/\w+/, (text) => text.toUpperCase()))],
  ['an unknown channel', ['404'], at((path) => path.replace(/channels\/\w+/, 'channels/nobody'))],
  ['no operation', ['404', ...NO_SUCH], at((path) => path.replace('/v1/payment', ''))],
  ['a backslash', NO_SUCH, at((path) => path.replace('/v1/payment', '\\v1\\payment'))],
  ['a whole address as the target', ['404', '400'], at((path) => `http://127.0.0.1${path}`)],
  ['the operation of a bank', NO_SUCH, at((path) => path.replace('/v1/', '/v1.0/transfer-va/'))],
]
const METHODS: readonly Row[] = [
  ['GET', METHOD, by('GET')],
  ['PUT', METHOD, by('PUT')],
  ['DELETE', METHOD, by('DELETE')],
  ['PATCH', METHOD, by('PATCH')],
  ['post in small letters', ['400', '405 WRONG_METHOD', 'cut'], by('post')],
  ['a method of nobody', ['400', '405 WRONG_METHOD', 'cut'], by('PAY')],
  ['GET that asks to be POST', METHOD, (draft) => withHeader(by('GET')(draft), 'X-HTTP-Method-Override', 'POST')],
  ['GET with another override', METHOD, (draft) => withHeader(by('GET')(draft), 'X-Method-Override', 'POST')],
]
const TYPES: readonly Row[] = [
  ['no content type', WRONG_TYPE, (draft) => withoutHeader(draft, 'content-type')],
  ['text', WRONG_TYPE, typed('text/plain')],
  ['a form', WRONG_TYPE, typed('application/x-www-form-urlencoded')],
  ['a form with files', WRONG_TYPE, typed('multipart/form-data; boundary=x')],
  ['JSON in UTF-16', WRONG_TYPE, typed('application/json; charset=utf-16')],
  ['JSON in UTF-7', WRONG_TYPE, typed('application/json; charset=utf-7')],
  ['almost JSON', WRONG_TYPE, typed('application/jsonx')],
  ['JSON and text', WRONG_TYPE, typed('application/json, text/plain')],
  [
    'the type twice',
    WRONG_TYPE,
    (draft) => withHeaders(draft, ['content-type', 'application/json'], ['content-type', 'text/plain']),
  ],
  ['two character sets', WRONG_TYPE, typed('application/json; charset=utf-8; charset=utf-16')],
]
export const transport: Family = {
  name: 'transport',
  prepare: async (arena) => {
    const victims = await arena.victims(1)
    const customer = victims[0]?.nik ?? ''
    const shops = SHOPS.flatMap((channel) => atShop(arena, channel, customer))
    return { victims, attacks: [...shops, ...(await atBanks(arena, customer)), ...atPipe(arena, customer)] }
  },
}

function atShop(arena: Arena, channel: ShopName, customer: string): readonly Attack[] {
  const { draft, signedBytes } = pipeDrafts(arena, channel)
  const payment = () => draft('payment', hubBody.payment(arena, { id: newId(), customer }))
  const inquiryText = () => JSON.stringify(hubBody.inquiry(arena, { id: newId(), customer }))
  const attack = (name: string, expected: readonly string[], sent: Draft) =>
    drafted(arena, { channel, name, expected, draft: sent })
  const padded = (size: number) => draft('inquiry', inquiryText().padEnd(size, ' '))
  const bomb = Buffer.alloc(8 * 1024 * 1024)
  const packed = (name: string, bytes: Uint8Array) =>
    attack(
      `a body that unpacks to 8 MB (${name})`,
      ['401 SIGNATURE_WRONG', '400 NOT_JSON'],
      withHeader(signedBytes('payment', bytes), 'Content-Encoding', name),
    )
  return [
    ...[...PATHS, ...METHODS, ...TYPES].map(([name, expected, spoil]) => attack(name, expected, spoil(payment()))),
    attack('control: 65,536 bytes', ['200 00'], padded(LIMIT)),
    attack('65,537 bytes', ['413 TOO_LARGE'], padded(LIMIT + 1)),
    attack('65,537 bytes that nobody signed', ['413 TOO_LARGE'], withBody(payment(), Buffer.alloc(LIMIT + 1, 0x20))),
    attack(
      'ten megabytes and one byte',
      ['413', '413 TOO_LARGE', 'cut'],
      withBody(payment(), Buffer.alloc(GATEWAY_LIMIT + 1, 0x20)),
    ),
    attack('a header of 16 KB', ['431', '400', 'cut'], withHeader(payment(), 'X-Long', 'x'.repeat(16_384))),
    attack('two thousand headers', ['431', '400', 'cut'], crowded(payment())),
    packed('gzip', gzipSync(bomb)),
    packed('br', brotliCompressSync(bomb)),
    attack(
      'control: a query is nothing to this protocol',
      ['200 00'],
      at((path) => `${path}?months=12`)(draft('inquiry', inquiryText())),
    ),
  ]
}

function crowded(draft: Draft): Draft {
  return { ...draft, headers: [...draft.headers, ...Array.from({ length: 2_000 }, (_, i) => [`X-${i}`, 'y'] as const)] }
}

async function atBanks(arena: Arena, customer: string): Promise<readonly Attack[]> {
  const attacks = BANKS.map(async (channel) => {
    const bank = snapDrafts(arena, channel)
    const inquiry = () => bank.draft('inquiry', bank.inquiryBody({ id: newId(), customer }))
    const payment = () => bank.draft('payment', bank.paymentBody({ id: newId(), customer }))
    const attack = (name: string, expected: readonly string[], draft: Draft) =>
      drafted(arena, { channel, name, expected, draft })
    const padded = (size: number) =>
      bank.draft('inquiry', JSON.stringify(bank.inquiryBody({ id: newId(), customer })).padEnd(size, ' '))
    return [
      attack('control: 65,536 bytes', ['200 2002400'], await padded(LIMIT)),
      attack('65,537 bytes', ['413 4132400'], await padded(LIMIT + 1)),
      attack(
        'control: an escaped path is its operation',
        ['200 2002400'],
        at((path) => path.replace('inquiry', '%69nquiry'))(await inquiry()),
      ),
      attack(
        'control: a query is nothing to this protocol',
        ['200 2002400'],
        at((path) => `${path}?x=1`)(await inquiry()),
      ),
      attack('text', ['415 4152500'], typed('text/plain')(withHeader(await payment(), 'Content-Type', 'text/plain'))),
      attack(
        'a double slash',
        ['404 4042400', '404'],
        at((path) => path.replace('/v1.0/', '//v1.0/'))(await payment()),
      ),
      attack('a slash at the end', ['404 4042400', '404'], at((path) => `${path}/`)(await payment())),
      attack('another version', ['404 4042400'], at((path) => path.replace('v1.0', 'v2.0'))(await payment())),
      attack('GET', ['405 4052500'], by('GET')(await payment())),
      attack(
        'a payment sent to the inquiry',
        ['401 4012400 Signature'],
        at((path) => path.replace('payment', 'inquiry'))(await payment()),
      ),
      attack(
        'an inquiry sent to the payment',
        ['401 4012500 Signature'],
        at((path) => path.replace('inquiry', 'payment'))(await inquiry()),
      ),
      attack(
        'a transaction sent to the token',
        ['400 4007302 X-CLIENT-KEY'],
        at((path) => path.replace('transfer-va/payment', 'access-token/b2b'))(await payment()),
      ),
      attack(
        'the path in a header',
        ['401 4012400 Signature'],
        withHeader(
          at((path) => path.replace('payment', 'inquiry'))(await payment()),
          'X-Original-URL',
          (await payment()).target,
        ),
      ),
    ]
  })
  return (await Promise.all(attacks)).flat()
}

function atPipe(arena: Arena, customer: string): readonly Attack[] {
  const { draft } = hubDrafts(arena)
  const payment = () => draft('payment', { AgentTrxID: newId(), CustomerID: customer })
  const inquiry = () => draft('inquiry', { AgentTrxID: newId(), CustomerID: customer })
  const rows: readonly Row[] = [
    ['POST', ['405'], by('POST')],
    ['the query as a form', ['405'], (one) => form(one)],
    ['a slash at the end', ['404'], at((path) => path.replace('?', '/?'))],
    ['a double slash', ['404'], at((path) => path.replace('/payment', '//payment'))],
    ['an escaped question mark', ['404'], at((path) => path.replace('?', '%3f'))],
  ]
  const attack = (name: string, expected: readonly string[], sent: Draft) =>
    drafted(arena, { channel: 'alfamart', name, expected, draft: sent })
  const forwarded = withHeaders(inquiry(), ['X-Forwarded-For', '203.0.113.9'], ['X-Real-IP', '203.0.113.9'])
  return [
    ...rows.map(([name, expected, spoil]) => attack(name, expected, spoil(payment()))),
    attack('control: a forwarded address counts for nothing', ['200 00'], forwarded),
    attack(
      'control: the host of somebody else',
      ['200 00', '403', '404'],
      withHeader(inquiry(), 'Host', headerOf(payment(), 'Host') || 'hub.example'),
    ),
  ]
}

function form(draft: Draft): Draft {
  const [target = '', query = ''] = draft.target.split('?')
  return withHeader(
    { ...withBody(draft, query), method: 'POST', target },
    'Content-Type',
    'application/x-www-form-urlencoded',
  )
}
