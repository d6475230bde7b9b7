/**
 * Signed bodies of the hub's own protocol that must not be understood: numbers and ids written in other ways, unknown and
 * double fields, bodies of another operation. Refused with 400, the field named.
 */
import type { Arena, Attack, Family } from '../attack.ts'
import { drafted } from '../attack.ts'
import { FEE, hubBody, newId, PRICE, pipeDrafts, SHOPS, type ShopName } from '../drafts.ts'
import { UNREADABLE } from './json-texts.ts'

type Fields = Readonly<Record<string, unknown>>
type Row = readonly [name: string, field: string, change: Fields]

const TOTAL = PRICE + FEE
const CHANGED: readonly Row[] = [
  ['an amount as text', 'amount', { amount: String(PRICE) }],
  ['a negative amount', 'amount', { amount: -PRICE, total: FEE - PRICE }],
  ['an amount with cents', 'amount', { amount: PRICE + 0.5, total: TOTAL + 0.5 }],
  ['an amount of a list', 'amount', { amount: [PRICE] }],
  ['an amount of an object', 'amount', { amount: { value: PRICE } }],
  ['an amount of null', 'amount', { amount: null }],
  ['an amount of true', 'amount', { amount: true, total: FEE + 1 }],
  ['an amount beyond a trillion', 'amount', { amount: 1e12 + 1, total: 1e12 + 1 + FEE }],
  ['a negative fee that hides a higher amount', 'adminFee', { amount: PRICE * 2, adminFee: -PRICE, total: PRICE }],
  ['a total that does not add up', 'total', { total: PRICE }],
  ['a total of text', 'total', { total: String(TOTAL) }],
  ['no months', 'months', { months: 0 }],
  ['minus one month', 'months', { months: -1 }],
  ['four months', 'months', { months: 4 }],
  ['thirteen months', 'months', { months: 13 }],
  ['months as text', 'months', { months: '1' }],
  ['months of a list', 'months', { months: [1] }],
  ['months of true', 'months', { months: true }],
  ['Arabic digits in the customer id', 'customerId', { customerId: '١٢٣٤٥٦٧٨٩٠١' }],
  ['full-width digits in the customer id', 'customerId', { customerId: '１２３４５６７８９０１' }],
  ['a NUL in the customer id', 'customerId', { customerId: '12345678901\0' }],
  ['a line feed after the customer id', 'customerId', { customerId: '12345678901\n' }],
  ['a mark that turns the text round', 'customerId', { customerId: '\u{202e}12345678901' }],
  ['a space of no width', 'customerId', { customerId: '1234567\u{200b}8901' }],
  ['a space before the customer id', 'customerId', { customerId: ' 12345678901' }],
  ['a customer id of 21 digits', 'customerId', { customerId: '1'.repeat(21) }],
  ['a customer id that is a number', 'customerId', { customerId: 12_345_678_901 }],
  ['a customer id of a list', 'customerId', { customerId: ['12345678901'] }],
  ['an empty customer id', 'customerId', { customerId: '' }],
  ['a condition of a query', 'customerId', { customerId: { $gt: '' } }],
  ['an id with a slash', 'transactionId', { transactionId: 'a/b' }],
  ['an id with a hash', 'transactionId', { transactionId: 'alfamart#1' }],
  ['an id with a pipe', 'transactionId', { transactionId: 'a|b' }],
  ['an id with a letter that looks like another', 'transactionId', { transactionId: 'АTK-1' }],
  ['an id of 65 characters', 'transactionId', { transactionId: 'a'.repeat(65) }],
  ['an empty id', 'transactionId', { transactionId: '' }],
  ['an unknown field', 'note', { note: 'x' }],
  ['a field in other letters', 'Amount', { Amount: 1 }],
  ['a field of the reversal', 'reason', { reason: 'x' }],
  ['a constructor', 'constructor', { constructor: { prototype: {} } }],
  ['an unknown field of the outlet', 'outlet.note', { outlet: { id: 'T1', terminalId: '1', note: 'x' } }],
  ['an outlet with a line feed', 'outlet.id', { outlet: { id: 'T1\r\nX: y', terminalId: '1' } }],
  ['an outlet of a list', 'outlet', { outlet: [] }],
  ['a time without offset', 'transactedAt', { transactedAt: '2026-11-20T10:00:00' }],
  ['a time that is no day', 'transactedAt', { transactedAt: '2026-02-30T10:00:00+07:00' }],
  ['a time as a number', 'transactedAt', { transactedAt: 1_763_600_000 }],
]

/** Numbers as they are written, which JSON.stringify would tidy. */
const WRITTEN: readonly (readonly [amount: string, total: string])[] = [
  ['8.4e3', '10900'],
  ['84E2', '10900'],
  ['8400.0', '10900'],
  ['8400.00', '10900.00'],
  ['9007199254740993', '9007199254743493'],
  ['-0', '2500'],
  ['1e400', '1e400'],
  ['8400.0000000000000000001', '10900'],
  [`84${'0'.repeat(5_000)}`, '10900'],
]

/** Names that are properties of every object of the language are ids like any other. */
const ORDINARY_IDS = ['__proto__', 'constructor', 'toString', '..', '.']

export const hubBodies: Family = {
  name: 'hub H2H bodies',
  prepare: async (arena) => {
    const victims = await arena.victims(1)
    const customer = victims[0]?.nik ?? ''
    return { victims, attacks: SHOPS.flatMap((channel) => attacksOn(arena, channel, customer)) }
  },
}

function attacksOn(arena: Arena, channel: ShopName, customer: string): readonly Attack[] {
  const { draft, signedBytes } = pipeDrafts(arena, channel)
  const payment = () => hubBody.payment(arena, { id: newId(), customer })
  const attack = (name: string, expected: string, operation: string, body: Fields | string) =>
    drafted(arena, { channel, name, expected: [expected], draft: draft(operation, body) })
  const malformed = (name: string, field: string, operation: string, body: Fields | string) =>
    attack(name, `400 MALFORMED ${field}`, operation, body)
  const request = () => ({ id: newId(), customer })
  return [
    ...CHANGED.map(([name, field, change]) => malformed(name, field, 'payment', { ...payment(), ...change })),
    ...WRITTEN.map(([amount, total]) =>
      malformed(`an amount written ${amount.slice(0, 24)}`, 'amount', 'payment', rewritten(payment(), amount, total)),
    ),
    ...UNREADABLE.map(({ name, spoil, survivesGateway }) => {
      const body = spoil(JSON.stringify(payment()))
      const sent = typeof body === 'string' ? draft('payment', body) : signedBytes('payment', body)
      const expected = ['400 NOT_JSON', ...(survivesGateway ? [] : ['401 SIGNATURE_WRONG'])]
      return drafted(arena, { channel, name, expected, draft: sent })
    }),
    attack('a list for a body', '400 NOT_JSON', 'payment', JSON.stringify([payment()])),
    attack('null for a body', '400 NOT_JSON', 'payment', 'null'),
    attack('a text for a body', '400 NOT_JSON', 'payment', '"payment"'),
    malformed('a prototype', '__proto__', 'payment', withProto(payment())),
    malformed('a payment sent as an inquiry', 'requestedAt', 'inquiry', payment()),
    malformed('a payment sent as a reversal', 'reason', 'reversal', payment()),
    malformed('a payment sent as a status', 'months', 'status', payment()),
    malformed('an inquiry sent as a payment', 'amount', 'payment', hubBody.inquiry(arena, request())),
    malformed('an inquiry sent as a reversal', 'reason', 'reversal', hubBody.inquiry(arena, request())),
    malformed('a reversal sent as a payment', 'months', 'payment', hubBody.reversal(arena, request())),
    malformed('a status sent as a reversal', 'reason', 'reversal', hubBody.status(arena, request())),
    malformed('an empty object', 'transactionId', 'payment', {}),
    ...ORDINARY_IDS.map((id) =>
      attack(`control: the id ${id}`, '200 00', 'inquiry', hubBody.inquiry(arena, { id, customer })),
    ),
  ]
}

function rewritten(body: Fields, amount: string, total: string): string {
  return JSON.stringify(body)
    .replace(`"amount":${PRICE}`, `"amount":${amount}`)
    .replace(`"total":${TOTAL}`, `"total":${total}`)
}

function withProto(body: Fields): string {
  return JSON.stringify(body).replace('{', '{"__proto__":{"amount":1},')
}
