/**
 * Attacks on the retailer's queries. The signature joins the values without separators, so a character that moves from one
 * field to the next leaves it right: patterns, registered stores, products and totals must refuse what it cannot see.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { PipeCall } from '../../support/terminals.ts'
import type { Arena, Attack, Family } from '../attack.ts'
import { drafted } from '../attack.ts'
import { compactWib, FEE, hubDrafts, MONEY, newId, type PipeFields, PRICE } from '../drafts.ts'
import type { Draft } from '../wire.ts'

const MALFORMED = '200 12'
const UNAUTHORIZED = '200 97'

/** Everything from the first `taken` of one field's characters to the end of the field before it, or the other way. */
type Shift = readonly [
  expected: string,
  from: string,
  to: string,
  how: 'last to front' | 'first to back',
  taken?: number,
]

const SHIFTS: readonly Shift[] = [
  [UNAUTHORIZED, 'AgentID', 'AgentPIN', 'last to front'],
  [UNAUTHORIZED, 'AgentPIN', 'AgentID', 'first to back'],
  [UNAUTHORIZED, 'AgentPIN', 'AgentTrxID', 'last to front'],
  [UNAUTHORIZED, 'AgentTrxID', 'AgentPIN', 'first to back'],
  [UNAUTHORIZED, 'AgentTrxID', 'AgentStoreID', 'last to front'],
  [UNAUTHORIZED, 'AgentStoreID', 'AgentTrxID', 'first to back'],
  [UNAUTHORIZED, 'AgentStoreID', 'ProductID', 'last to front'],
  [UNAUTHORIZED, 'ProductID', 'AgentStoreID', 'first to back'],
  [MALFORMED, 'ProductID', 'CustomerID', 'last to front'],
  [MALFORMED, 'CustomerID', 'ProductID', 'first to back'],
  [MALFORMED, 'CustomerID', 'DateTimeRequest', 'last to front'],
  [MALFORMED, 'DateTimeRequest', 'CustomerID', 'first to back'],
  [MALFORMED, 'DateTimeRequest', 'PaymentPeriod', 'last to front'],
  [MALFORMED, 'PaymentPeriod', 'DateTimeRequest', 'first to back'],
  [MALFORMED, 'PaymentPeriod', 'Amount', 'last to front'],
  [MALFORMED, 'Amount', 'PaymentPeriod', 'first to back'],
  [MALFORMED, 'Amount', 'Charge', 'last to front'],
  [MALFORMED, 'Amount', 'Charge', 'last to front', 2],
  [MALFORMED, 'Charge', 'Amount', 'first to back'],
  [MALFORMED, 'Charge', 'Total', 'last to front'],
  [MALFORMED, 'Total', 'Charge', 'first to back'],
  [MALFORMED, 'Total', 'AdminFee', 'last to front'],
  [MALFORMED, 'AdminFee', 'Total', 'first to back'],
  [MALFORMED, 'AdminFee', 'Total', 'first to back', 4],
]

/** Values as they stand in the query, still encoded. */
const SPELLINGS: readonly (readonly [field: string, name: string, value: string])[] = [
  ...(
    [
      ['Arabic digits', encodeURIComponent('٨٤٠٠')],
      ['full-width digits', encodeURIComponent('８４００')],
      ['a power', '84e2'],
      ['a plus', '+8400'],
      ['an encoded plus', '%2B8400'],
      ['decimals', '8400.0'],
      ['a leading zero', '08400'],
      ['a minus', '-8400'],
      ['hex', '0x20d0'],
      ['2^53 and one', '9007199254740993'],
      ['a NUL at its end', '8400%00'],
      ['a line feed at its end', '8400%0A'],
      ['a space before it', '%208400'],
      ['a mark that turns the text round', '%E2%80%AE8400'],
      ['a space of no width', '84%E2%80%8B00'],
      ['an overlong digit', '840%C0%B0'],
      ['digits encoded twice', '%25388400'],
      ['a broken escape', '8400%'],
      ['a pipe behind it', '8400%7C00'],
      ['nothing', ''],
      ['a comma', '8,400'],
    ] as const
  ).map(([name, value]) => ['Amount', name, value] as const),
  ['CustomerID', 'Arabic digits', encodeURIComponent('١٢٣٤٥٦٧٨٩٠١')],
  ['CustomerID', 'a NUL at its end', '12345678901%00'],
  ['CustomerID', 'a pipe', '123%7C45'],
  ['CustomerID', 'a line feed', '12345678901%0D%0A'],
  ['CustomerID', '21 digits', '1'.repeat(21)],
  ['AgentTrxID', 'a pipe', 'a%7Cb'],
  ['AgentTrxID', 'a slash', 'a%2Fb'],
  ['AgentTrxID', 'a letter that looks like another', encodeURIComponent('АTK')],
  ['AgentTrxID', '65 characters', 'a'.repeat(65)],
  ['AgentStoreID', 'a pipe', 'T%7C1'],
  ['PaymentPeriod', 'one digit', '1'],
  ['PaymentPeriod', 'three digits', '001'],
  ['PaymentPeriod', 'Arabic digits', encodeURIComponent('٠١')],
  ['PaymentPeriod', 'another number than the product', '12'],
  ['PaymentPeriod', 'a number that nobody sells', '04'],
  ['DateTimeRequest', 'a day of no calendar', '20260230100000'],
  ['DateTimeRequest', 'an hour that is none', '20261120240000'],
  ['DateTimeRequest', 'an ISO time', '2026-11-20T10:00:00'],
  ['ProductID', 'small letters', 'bputk'],
  ['ProductID', 'a product that nobody sells', 'BPUTK04'],
  ['ProductID', 'a product with a one', 'BPUTK01'],
  ['Charge', 'an amount', '1'],
  ['Total', 'one rupiah less', String(PRICE + FEE - 1)],
  ['AdminFee', 'a minus', '-2500'],
]

export const pipe: Family = {
  name: 'pipe H2H',
  prepare: async (arena) => {
    const victims = await arena.victims(1)
    const customer = victims[0]?.kpj ?? ''
    const attacks = [
      ...shifts(arena, customer),
      ...spellings(arena, customer),
      ...signatures(arena, customer),
      ...queries(arena, customer),
      ...clocks(arena, customer),
    ]
    return { victims, attacks }
  },
}

function attack(arena: Arena, name: string, expected: string, draft: Draft): Attack {
  return drafted(arena, { channel: 'alfamart', name, expected: [expected], draft })
}

function shifts(arena: Arena, customer: string): readonly Attack[] {
  const { retailer, bare } = hubDrafts(arena)
  return SHIFTS.map(([expected, from, to, how, taken = 1]) => {
    const query = retailer.query('payment', { ...MONEY, AgentTrxID: newId(), CustomerID: customer })
    const [giver, taker] = [query.get(from) ?? '', query.get(to) ?? '']
    const isLast = how === 'last to front'
    query.set(from, isLast ? giver.slice(0, -taken) : giver.slice(taken))
    query.set(to, isLast ? giver.slice(-taken) + taker : taker + giver.slice(0, taken))
    return attack(arena, `${taken} of ${from} moved to ${to}`, expected, bare('payment', String(query)))
  })
}

/** Signed as they are decoded, so that only the pattern can refuse them. */
function spellings(arena: Arena, customer: string): readonly Attack[] {
  const { retailer, bare } = hubDrafts(arena)
  return SPELLINGS.map(([field, name, value]) => {
    const fields: PipeFields = { ...MONEY, AgentTrxID: newId(), CustomerID: customer, [field]: decoded(value) }
    const query = retailer.query('payment', fields)
    const written = [...query].map(([key, own]) => `${key}=${key === field ? value : encodeURIComponent(own)}`)
    return attack(arena, `${field} with ${name}`, MALFORMED, bare('payment', written.join('&')))
  })
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

function signatures(arena: Arena, customer: string): readonly Attack[] {
  const own = arena.hub.sandbox('alfamart')
  const { retailer, bare, draft } = hubDrafts(arena)
  const fieldsOf = (): PipeFields => ({ AgentTrxID: newId(), CustomerID: customer })
  const sent = (
    name: string,
    expected: string,
    change: Readonly<Record<string, string>>,
    call: PipeCall = 'payment',
  ) => {
    const query = retailer.query(call, { ...MONEY, ...fieldsOf() })
    for (const [field, value] of Object.entries(change)) query.set(field, value)
    return attack(arena, name, expected, bare(call, String(query)))
  }
  const respelt = (name: string, spoil: (value: string) => string, expected = MALFORMED) => {
    const query = retailer.query('payment', { ...MONEY, ...fieldsOf() })
    query.set('Signature', spoil(query.get('Signature') ?? ''))
    return attack(arena, name, expected, bare('payment', String(query)))
  }
  const keyed = (name: string, change: Readonly<Record<string, string>>, expected = UNAUTHORIZED) =>
    attack(arena, name, expected, hubDrafts(arena, { ...own, ...change }).draft('payment', fieldsOf()))
  return [
    respelt('a signature in capitals', (value) => value.toUpperCase()),
    respelt('a truncated signature', (value) => value.slice(0, -1)),
    respelt('an extended signature', (value) => `${value}0`),
    respelt('an empty signature', () => ''),
    respelt('a signature that is no hex', () => 'g'.repeat(40)),
    respelt('a signature in base64', (value) => Buffer.from(value, 'hex').toString('base64')),
    respelt('a signature by SHA-256', () => createHash('sha256').update('x').digest('hex')),
    respelt('a signature at random', () => randomBytes(20).toString('hex'), UNAUTHORIZED),
    respelt('a signature of zeros', () => '0'.repeat(40), UNAUTHORIZED),
    keyed('a key of no generation in force', { secretKey: randomBytes(24).toString('hex') }),
    keyed("another channel's key", { secretKey: arena.hub.sandbox('pos').secret ?? '' }),
    keyed('an empty key', { secretKey: '' }),
    keyed('another PIN', { agentPin: '000000' }),
    keyed('another agent', { agentId: 'NOBODY' }),
    keyed('an unregistered store of the same length', { agentStoreId: 'Z'.repeat((own.agentStoreId ?? '').length) }),
    sent('another amount under the old signature', UNAUTHORIZED, { Amount: '1', Total: String(1 + FEE) }),
    sent('another customer under the old signature', UNAUTHORIZED, { CustomerID: '27000000001' }),
    sent('other months under the old signature', UNAUTHORIZED, { ProductID: 'BPUTK12', PaymentPeriod: '12' }),
    sent('another id under the old signature', UNAUTHORIZED, { AgentTrxID: newId() }),
    sent('another time under the old signature', UNAUTHORIZED, { DateTimeRequest: compactWib(arena.now() + 60_000) }),
    attack(arena, 'a payment sent as an inquiry', UNAUTHORIZED, renamed(draft('payment', fieldsOf()), 'inquiry')),
    attack(arena, 'a payment sent as a reversal', UNAUTHORIZED, renamed(draft('payment', fieldsOf()), 'reversal')),
    attack(arena, 'an inquiry sent as a payment', MALFORMED, renamed(draft('inquiry', fieldsOf()), 'payment')),
    attack(arena, 'a product that gives its months to the customer', '200 14', shiftedProduct(arena, customer)),
  ]
}

/** `BPUTK06` and `7…` sign like `BPUTK` and `067…`: no identifier of the hub has that length. */
function shiftedProduct(arena: Arena, customer: string): Draft {
  const { retailer, bare } = hubDrafts(arena)
  const query = retailer.query('inquiry', { AgentTrxID: newId(), CustomerID: customer, ProductID: 'BPUTK06' })
  query.set('ProductID', 'BPUTK')
  query.set('CustomerID', `06${customer}`)
  return bare('inquiry', String(query))
}

function renamed(draft: Draft, operation: string): Draft {
  return { ...draft, target: draft.target.replace(/\/(inquiry|payment|reversal)\?/, `/${operation}?`) }
}

/** The query as a whole: doubled, look-alike and foreign parameters. */
function queries(arena: Arena, customer: string): readonly Attack[] {
  const { draft, bare } = hubDrafts(arena)
  const payment = () => draft('payment', { AgentTrxID: newId(), CustomerID: customer })
  const inquiry = () => draft('inquiry', { AgentTrxID: newId(), CustomerID: customer })
  const more = (name: string, expected: string, text: string, before: Draft = payment()) =>
    attack(arena, name, expected, { ...before, target: `${before.target}${text}` })
  const first = (text: string): Draft => {
    const whole = payment()
    return { ...whole, target: whole.target.replace('?', `?${text}&`) }
  }
  const commas = payment()
  return [
    more('the amount twice, equal', MALFORMED, `&Amount=${PRICE}`),
    more('the amount twice, another last', MALFORMED, '&Amount=1'),
    attack(arena, 'the amount twice, another first', MALFORMED, first('Amount=1')),
    more('the customer twice', MALFORMED, '&CustomerID=27000000001'),
    more('the signature twice', MALFORMED, `&Signature=${'0'.repeat(40)}`),
    more('the amount in small letters beside it', MALFORMED, '&amount=1'),
    more('the name of the amount escaped', MALFORMED, '&%41mount=1'),
    more('a name that cannot be decoded', MALFORMED, '&%ff=1'),
    more('an amount joined by a semicolon', MALFORMED, ';Amount=1'),
    attack(arena, 'ampersands written for reading', MALFORMED, {
      ...commas,
      target: commas.target.replaceAll('&', '&amp;'),
    }),
    attack(arena, 'no query', MALFORMED, bare('payment', '')),
    attack(arena, 'a body of text as a query', MALFORMED, bare('payment', '%7B%22Amount%22%3A1%7D')),
    more('a query of more than 8 KB', '413', `&x=${'y'.repeat(8_192)}`),
    more('control: parameters of the partner', '200 00', '&trace=1&amount%5B%5D=1', inquiry()),
    more('control: a prototype among the parameters', '200 00', '&__proto__=1&constructor=1', inquiry()),
  ]
}

function clocks(arena: Arena, customer: string): readonly Attack[] {
  const { draft } = hubDrafts(arena)
  const rows: readonly (readonly [name: string, expected: string, seconds: number])[] = [
    ['control: a clock 4:45 slow', '200 00', -285],
    ['control: a clock 5:00 fast', '200 00', 300],
    ['a clock 5:01 slow', UNAUTHORIZED, -301],
    ['a clock 5:20 fast', UNAUTHORIZED, 320],
    ['a call of yesterday', UNAUTHORIZED, -86_400],
    ['a time in UTC', UNAUTHORIZED, -7 * 3_600],
  ]
  return rows.map(([name, expected, seconds]) => {
    const at = compactWib(arena.now() + seconds * 1_000)
    const fields = { AgentTrxID: newId(), CustomerID: customer, DateTimeRequest: at }
    return attack(arena, name, expected, draft('inquiry', fields))
  })
}
