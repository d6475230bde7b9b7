/**
 * Reads a retailer's call on the pipe protocol: GET, everything in the query.
 *
 * Promises the order of refusals (size, patterns, partner, signature, clock, products and totals), never throws, and
 * turns nothing into a message that was not signed from a registered address. Refuses to know customers and prices.
 * Consumer: functions/answer-channel.
 */
import type {
  Answer,
  ChannelProfile,
  EndpointRefusal,
  EndpointRequest,
  EndpointResponse,
  Message,
  PreparedEndpoint,
  Reading,
} from '../../channel-port/channel.ts'
import { type Instant, parseCompactWib } from '../../domain/instant.ts'
import { type Rupiah, rupiah } from '../../domain/money.ts'
import { type PipeField, type PipeOperation, type PipeValues, readQuery, type SignedField } from './fields.ts'
import { type PipeKeys, preparePipeKeys } from './keys.ts'
import { monthCountOf, type Product, productNamed } from './products.ts'
import { PIPE_WORDS } from './response-codes.ts'
import { signerOf } from './signature.ts'
import { writeAnswer, writePlain, writeRefusal } from './write.ts'

export const QUERY_LIMIT_BYTES = 8 * 1024
const BODY_LIMIT_BYTES = 64 * 1024
const CLOCK_WINDOW_MILLIS = 5 * 60_000

const OPERATIONS: ReadonlyMap<string, PipeOperation> = new Map([
  ['/inquiry', 'inquiry'],
  ['/payment', 'payment'],
  ['/reversal', 'reversal'],
])

/** Prepares a channel's endpoint from its secret. Throws a TypeError naming the field when the secret is of another shape. */
export function pipeEndpoint(channel: { readonly profile: ChannelProfile }, secret: string): PreparedEndpoint {
  const generations = preparePipeKeys(channel.profile.name, secret)
  // One number for all stores says no more than the agent's id: by it nobody is counted, or the whole retailer would be locked out.
  const namesStores = new Set(generations.flatMap(({ storeIds }) => [...storeIds])).size > 1
  return { read: (request, now) => readPipe(generations, namesStores, request, now) }
}

function readPipe(
  generations: readonly PipeKeys[],
  namesStores: boolean,
  request: EndpointRequest,
  now: Instant,
): Reading {
  if (isTooLarge(request)) return turnedAway('too-large', writePlain(413, 'query longer than 8 KB'))
  const operation = OPERATIONS.get(request.operation)
  if (operation === undefined) {
    return turnedAway('unknown-operation', writePlain(404, 'expected /inquiry, /payment or /reversal'))
  }
  if (request.method !== 'GET') return turnedAway('unknown-operation', writePlain(405, 'expected GET'))

  const { whole, values } = readQuery(operation, request.rawQuery)
  if (!whole) return turnedAway('malformed', writeRefusal(operation, values, PIPE_WORDS.malformed, now))
  const signer = signerOf(generations, operation, values, request.sourceIp)
  if (signer === 'wrong-pin') {
    const refused = turnedAway('unknown-partner', writeRefusal(operation, values, PIPE_WORDS.unauthorized, now))
    return namesStores ? { ...refused, wrongPinAt: value(values, 'AgentStoreID') } : refused
  }
  if (signer !== 'partner') return turnedAway(signer, writeRefusal(operation, values, PIPE_WORDS.unauthorized, now))
  if (!isOnTime(values, now)) {
    return turnedAway('bad-clock', writeRefusal(operation, values, PIPE_WORDS.unauthorized, now))
  }

  const message = messageOf(operation, values, namesStores)
  if (message === undefined) {
    const response = writeRefusal(operation, values, PIPE_WORDS.malformed, now)
    return { kind: 'response', response, refusal: 'malformed', authentic: true }
  }
  const write = (answer: Answer, at: Instant): EndpointResponse => writeAnswer(operation, values, answer, at)
  return { kind: 'message', message, write }
}

function turnedAway(refusal: EndpointRefusal, response: EndpointResponse): Extract<Reading, { kind: 'response' }> {
  return { kind: 'response', response, refusal, authentic: false }
}

/** The raw query is ASCII on the wire; anything else is counted in the bytes it takes. */
function isTooLarge(request: EndpointRequest): boolean {
  return Buffer.byteLength(request.rawQuery) > QUERY_LIMIT_BYTES || request.body.byteLength > BODY_LIMIT_BYTES
}

function isOnTime(values: PipeValues, now: Instant): boolean {
  return Math.abs(now - momentOf(values)) <= CLOCK_WINDOW_MILLIS
}

/** Undefined when the fields do not agree with each other: products, months, charge, total. */
function messageOf(operation: PipeOperation, values: PipeValues, namesStores: boolean): Message | undefined {
  const product = productNamed(value(values, 'ProductID'))
  if (product === undefined) return undefined
  switch (operation) {
    case 'inquiry':
      return {
        kind: 'inquiry',
        requestId: value(values, 'AgentTrxID'),
        customerId: value(values, 'CustomerID'),
        months: product.months,
        partnerAt: momentOf(values),
        ...(namesStores && { outlet: value(values, 'AgentStoreID') }),
        expects: product.expects,
        signature: value(values, 'Signature'),
      }
    case 'payment':
      return paymentOf(product, values, namesStores)
    case 'reversal':
      return {
        kind: 'reversal',
        paymentId: value(values, 'AgentTrxID'),
        customerId: value(values, 'CustomerID'),
        outlet: value(values, 'AgentStoreID'),
        reason: '',
        partnerAt: momentOf(values),
        mustFollowPayment: true,
        signature: value(values, 'Signature'),
      }
  }
}

function paymentOf(product: Product, values: PipeValues, namesStores: boolean): Message | undefined {
  const months = monthCountOf(value(values, 'PaymentPeriod'))
  const amount = moneyOf(values, 'Amount')
  const adminFee = moneyOf(values, 'AdminFee')
  const addsUp = moneyOf(values, 'Charge') === 0 && moneyOf(values, 'Total') === amount + adminFee
  if (months === undefined || (product.months !== null && product.months !== months)) return undefined
  if (!addsUp) return undefined
  return {
    kind: 'payment',
    paymentId: value(values, 'AgentTrxID'),
    customerId: value(values, 'CustomerID'),
    product: value(values, 'ProductID'),
    months,
    amount,
    adminFee,
    outlet: value(values, 'AgentStoreID'),
    ...(!namesStores && { namesOutlet: false }),
    partnerAt: momentOf(values),
    expects: product.expects,
  }
}

/** Every value is there once the query is whole; asking for another is a mistake in this file. */
function value(values: PipeValues, field: PipeField): string {
  const text = values[field]
  if (text === undefined) throw new TypeError(`expected the field ${field} to be read before it is used`)
  return text
}

function moneyOf(values: PipeValues, field: SignedField): Rupiah {
  return rupiah(Number(value(values, field)))
}

function momentOf(values: PipeValues): Instant {
  const at = parseCompactWib(value(values, 'DateTimeRequest'))
  if (at === undefined) throw new TypeError('expected DateTimeRequest to have passed its pattern before it is used')
  return at
}
