/**
 * What a data line means, said the plain way: text cut into texts, each held against a pattern. The readers in
 * shared/protocols/settlement-file do the same letter by letter, a million lines at a time; this says what is right.
 */
import { type Instant, parseInstant } from '../../shared/domain/instant.ts'
import type { QuarantineCode } from '../../shared/domain/settlement/line.ts'
import type { ColumnNames, LineReading, MoneyForm } from '../../shared/protocols/settlement-file/fields.ts'

/** A line's columns as texts; null where the layout has no such column. */
export type SpecColumns = {
  readonly paymentId: string
  readonly customerId: string
  readonly outlet: string | null
  readonly at: string
  readonly amount: string
  readonly adminFee: string | null
  readonly fee: string
  readonly status: string
}

export function specPlain(text: string, separator: string): readonly string[] {
  return text.split(separator)
}

/** RFC 4180 by a machine of three states. */
export function specQuoted(text: string, separator: string): readonly string[] | undefined {
  const fields: string[] = []
  let [field, state] = ['', 'start' as 'start' | 'plain' | 'quoted' | 'closed']
  for (const letter of text) {
    if (state === 'quoted') {
      if (letter === '"') state = 'closed'
      else field += letter
    } else if (letter === separator) {
      fields.push(field)
      field = ''
      state = 'start'
    } else if (letter === '"' && state === 'start') state = 'quoted'
    else if (letter === '"' && state === 'closed') {
      field += '"'
      state = 'quoted'
    } else if (letter === '"' || state === 'closed') return undefined
    else {
      field += letter
      state = 'plain'
    }
  }
  if (state === 'quoted') return undefined
  return [...fields, field]
}

export function specLine(columns: SpecColumns, line: number, form: MoneyForm, names: ColumnNames): LineReading {
  const { paymentId, customerId, outlet } = columns
  const at = specTime(columns.at)
  const amount = specMoney(columns.amount, form)
  const fee = asFee(specMoney(columns.fee, form))
  const adminFee = columns.adminFee === null ? null : asFee(specMoney(columns.adminFee, form))
  const status = columns.status === 'S' ? 'settled' : columns.status === 'R' ? 'reversed' : null
  const problems: readonly (readonly [boolean, QuarantineCode, keyof SpecColumns])[] = [
    [paymentId.length > 128, 'TOO_LONG', 'paymentId'],
    [!/^[!-~]*$/.test(paymentId), 'BAD_ID', 'paymentId'],
    [customerId.length > 20, 'TOO_LONG', 'customerId'],
    [!/^[0-9]*$/.test(customerId), 'BAD_CUSTOMER', 'customerId'],
    [paymentId === '' && customerId === '', 'MISSING_FIELD', 'paymentId'],
    [(outlet ?? '').length > 32, 'TOO_LONG', 'outlet'],
    [!/^[ -~]*$/.test(outlet ?? ''), 'BAD_OUTLET', 'outlet'],
    [at === undefined, 'BAD_TIME', 'at'],
    [typeof amount === 'string', amount as QuarantineCode, 'amount'],
    [amount === 0, 'ZERO_AMOUNT', 'amount'],
    [typeof adminFee === 'string', adminFee as QuarantineCode, 'adminFee'],
    [typeof fee === 'string', fee as QuarantineCode, 'fee'],
    [status === null, 'BAD_STATUS', 'status'],
  ]
  const problem = problems.find(([isSo]) => isSo)
  if (!problem) {
    const good = { line, paymentId, customerId, outlet: outlet ?? '', at, amount, adminFee, fee, status }
    return { kind: 'good', line: good } as LineReading
  }
  const [, code, column] = problem
  const money = { amount: typeof amount === 'number' ? amount : null, fee: typeof fee === 'number' ? fee : null }
  const isIdGood = column !== 'paymentId' && paymentId !== ''
  const aside = { line, code, field: names[column], ...money, status, ...(isIdGood ? { paymentId } : {}) }
  return { kind: 'bad', at, line: aside } as LineReading
}

/** `2026-11-20T14:03:21` or `20261120140321`, WIB. */
export function specTime(text: string): Instant | undefined {
  const compact = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)
  const [year, month, day, hour, minute, second] = compact?.slice(1) ?? []
  const iso = compact ? `${year}-${month}-${day}T${hour}:${minute}:${second}` : text
  return iso.length === 19 ? parseInstant(`${iso}+07:00`) : undefined
}

function asFee(money: number | QuarantineCode): number | QuarantineCode {
  return money === 'BAD_AMOUNT' ? 'BAD_FEE' : money
}

function specMoney(text: string, form: MoneyForm): number | QuarantineCode {
  if (text.startsWith('-')) return 'NEGATIVE_AMOUNT'
  const shapes = { whole: /^(0|[1-9]\d*)$/, padded: /^0*?(0|[1-9]\d*)$/, cents: /^(0|[1-9]\d*)\.00$/ } as const
  const digits = shapes[form].exec(text)?.[1]
  if (digits === undefined) return 'BAD_AMOUNT'
  return digits.length > 12 ? 'AMOUNT_TOO_LARGE' : Number(digits)
}
