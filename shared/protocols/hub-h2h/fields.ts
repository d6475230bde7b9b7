/**
 * The bodies of the hub's own protocol: which fields each operation has, and what each must be.
 *
 * Promises to name the first field that is wrong, in the order in which they are published, and what was expected there,
 * never what came. Unknown fields are refused: the path is not signed, so a body must fit one operation only (inquiry,
 * payment, reversal and status differ in their fields). Numbers arrive exact from strict-json.ts.
 */
import * as z from 'zod/mini'
import { parseInstant } from '../../domain/instant.ts'
import { MONTH_COUNTS } from '../../domain/month-count.ts'
import type { JsonObject } from '../strict-json.ts'

const HIGHEST_AMOUNT = 10 ** 12
const REASON_LIMIT = 140

type Bodies = ReturnType<typeof makeBodies>
let bodies: Bodies | undefined

/** The shape of each operation's body, made at the first call: the other protocols' endpoints hold this file and never ask. */
export function hubBodies(): Bodies {
  bodies ??= makeBodies()
  return bodies
}

function makeBodies() {
  const transactionId = text(/^[A-Za-z0-9\-_.]{1,64}$/)
  const customerId = text(/^\d{1,20}$/)
  const printable = text(/^[\x20-\x7e]{1,32}$/)
  const months = z.literal(MONTH_COUNTS)
  const money = z.number().check(z.refine((value) => Number.isInteger(value) && value >= 0 && value <= HIGHEST_AMOUNT))
  const outlet = z.strictObject({ id: printable, terminalId: printable })
  const moment = z.string().check(z.refine((value) => parseInstant(value) !== undefined))
  const reason = z.string().check(z.refine(isReason))
  const amounts = { amount: money, adminFee: money, total: money }
  return {
    inquiry: z.strictObject({ transactionId, customerId, months, outlet, requestedAt: moment }),
    payment: z.strictObject({ transactionId, customerId, months, ...amounts, outlet, transactedAt: moment }),
    reversal: z.strictObject({ transactionId, customerId, reason, outlet, transactedAt: moment }),
    status: z.strictObject({ transactionId, customerId }),
  }
}

export type HubOperation = keyof Bodies
export type HubBody<Operation extends HubOperation> = z.infer<Bodies[Operation]>

/** What is wrong with a body: `field` as a path (`outlet.id`). */
export type Malformed = { readonly outcome: 'malformed'; readonly field: string; readonly expected: string }
export type BodyReading<Operation extends HubOperation> =
  | { readonly outcome: 'body'; readonly body: HubBody<Operation> }
  | Malformed

const EXPECTED: Readonly<Record<string, string>> = {
  transactionId: '1 to 64 of A-Z a-z 0-9 - _ .',
  customerId: 'a string of 1 to 20 digits',
  months: 'the number 1, 2, 3, 6 or 12',
  amount: 'whole rupiah, a number from 0 to 10^12',
  adminFee: 'whole rupiah, a number from 0 to 10^12',
  total: 'whole rupiah, amount plus adminFee',
  outlet: 'an object with id and terminalId',
  'outlet.id': '1 to 32 printable ASCII characters',
  'outlet.terminalId': '1 to 32 printable ASCII characters',
  requestedAt: 'ISO 8601 with seconds and an offset',
  transactedAt: 'ISO 8601 with seconds and an offset',
  reason: '1 to 140 characters without control characters',
}

export function readBody<Operation extends HubOperation>(
  operation: Operation,
  json: JsonObject,
): BodyReading<Operation> {
  const schema: z.ZodMiniType<HubBody<Operation>> = hubBodies()[operation] as never
  const read = z.safeParse(schema, json)
  if (read.success) return { outcome: 'body', body: read.data }
  const issue = read.error.issues[0]
  const path = (issue?.path ?? []).join('.')
  if (issue?.code === 'unrecognized_keys') return unknownField(path, issue.keys[0] ?? '')
  return malformed(path)
}

/** A field that is of its form and yet wrong, like a total that does not add up. */
export function malformed(field: string): Malformed {
  return { outcome: 'malformed', field, expected: EXPECTED[field] ?? 'no such field' }
}

/** A name that is no plain word is not repeated: it may be anything. */
function unknownField(parent: string, name: string): Malformed {
  const shown = /^[A-Za-z0-9_-]{1,64}$/.test(name) && !/\d{6}/.test(name) ? name : '(unknown)'
  return { outcome: 'malformed', field: parent === '' ? shown : `${parent}.${shown}`, expected: 'no such field' }
}

function text(pattern: RegExp): z.ZodMiniString {
  return z.string().check(z.regex(pattern))
}

function isReason(value: string): boolean {
  const length = [...value].length
  return length >= 1 && length <= REASON_LIMIT && value.isWellFormed() && !/[\p{Cc}\u2028\u2029]/u.test(value)
}
