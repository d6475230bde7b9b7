/**
 * The pipe protocol's fields: their names, patterns and signed order, and how they are read from the raw query.
 *
 * Promises that one query means one thing: a name given twice, or written in other letters, spoils the call, and a
 * value that fails its pattern is never handed on. Refuses to know who calls; the signature decides that.
 */
import { parseCompactWib } from '../../domain/instant.ts'

export type PipeOperation = 'inquiry' | 'payment' | 'reversal'

const CALLER = [
  'AgentID',
  'AgentPIN',
  'AgentTrxID',
  'AgentStoreID',
  'ProductID',
  'CustomerID',
  'DateTimeRequest',
] as const
const MONEY = ['PaymentPeriod', 'Amount', 'Charge', 'Total', 'AdminFee'] as const

export type SignedField = (typeof CALLER)[number] | (typeof MONEY)[number]
export type PipeField = SignedField | 'Signature'

/** The values that passed their patterns. */
export type PipeValues = Readonly<Partial<Record<PipeField, string>>>

/** The order in which the values are joined and signed. The operation itself is not signed. */
export const SIGNED_FIELDS: Readonly<Record<PipeOperation, readonly SignedField[]>> = {
  inquiry: CALLER,
  payment: [...CALLER, ...MONEY],
  reversal: CALLER,
}

const WHOLE_RUPIAH = /^(?:0|[1-9]\d{0,11})$/

const PATTERNS: Readonly<Record<PipeField, RegExp>> = {
  AgentID: /^[A-Za-z0-9]{1,20}$/,
  AgentPIN: /^[A-Za-z0-9]{1,20}$/,
  AgentTrxID: /^[A-Za-z0-9\-_.]{1,64}$/,
  AgentStoreID: /^[A-Za-z0-9]{1,12}$/,
  ProductID: /^[A-Z0-9]{1,10}$/,
  CustomerID: /^\d{1,20}$/,
  DateTimeRequest: /^\d{14}$/,
  PaymentPeriod: /^\d{2}$/,
  Amount: WHOLE_RUPIAH,
  Charge: WHOLE_RUPIAH,
  Total: WHOLE_RUPIAH,
  AdminFee: WHOLE_RUPIAH,
  Signature: /^[0-9a-f]{40}$/,
}

const NAMES_IN_LOWER_CASE: ReadonlyMap<string, string> = new Map(
  Object.keys(PATTERNS).map((name) => [name.toLowerCase(), name]),
)

/** `whole`: every field of the operation is there, once, and passed its pattern. Otherwise `values` holds what may be echoed. */
export type PipeQuery = { readonly whole: boolean; readonly values: PipeValues }

/** Reads what the operation needs. Names that are not the protocol's are ignored: partners add parameters of their own. */
export function readQuery(operation: PipeOperation, rawQuery: string): PipeQuery {
  const { sound, pairs } = splitQuery(rawQuery)
  const values: Partial<Record<PipeField, string>> = {}
  let whole = sound
  for (const field of [...SIGNED_FIELDS[operation], 'Signature'] as const) {
    const value = pairs.get(field)
    if (value !== undefined && isWellFormed(field, value)) values[field] = value
    else whole = false
  }
  return { whole, values }
}

function isWellFormed(field: PipeField, value: string): boolean {
  return PATTERNS[field].test(value) && (field !== 'DateTimeRequest' || parseCompactWib(value) !== undefined)
}

/** Decodes once; `+` stays a plus sign. A name that came twice has no value: which one was meant is unknown. */
function splitQuery(rawQuery: string): {
  readonly sound: boolean
  readonly pairs: ReadonlyMap<string, string | undefined>
} {
  const pairs = new Map<string, string | undefined>()
  let sound = true
  for (const piece of rawQuery.split('&')) {
    if (piece === '') continue
    const at = piece.indexOf('=')
    const name = decoded(at < 0 ? piece : piece.slice(0, at))
    const value = decoded(at < 0 ? '' : piece.slice(at + 1))
    if (name === undefined || value === undefined || pairs.has(name) || isLookAlike(name)) sound = false
    if (name !== undefined) pairs.set(name, pairs.has(name) ? undefined : value)
  }
  return { sound, pairs }
}

/** `amount` beside `Amount`: some other reader of the same query might take the one for the other. */
function isLookAlike(name: string): boolean {
  const ours = NAMES_IN_LOWER_CASE.get(name.toLowerCase())
  return ours !== undefined && ours !== name
}

/** Undefined for a broken escape and for bytes that are no UTF-8. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
