/**
 * What a bank statement comes to in the hub's words, whichever format it has: booked movements and pages, checked and summed.
 *
 * Promises: every movement of a statement that is taken lies on the hub's own account, exact to the sen, and opening balance plus
 * movements is the closing balance, or the file is refused whole. A movement's id is the bank's own reference where there is one,
 * so the same movement in another statement is the same credit. Knows no format: camt053.ts and mt940.ts do.
 */
import { createHash } from 'node:crypto'
import type { BusinessDate } from '../../domain/instant.ts'
import { rupiah } from '../../domain/money.ts'
import type { BankCredit } from '../../domain/settlement/bank.ts'
import type { BankFormat, BankRefusal, BankRefusalCode } from '../../domain/settlement/file-version.ts'
import { isCollectionAccount } from '../../domain/settlement/hub-accounts.ts'
import { senText } from './sen.ts'

/** One movement as a format's reader found it. */
export type Movement = {
  /** The bank's reference, '' where there is none. */
  readonly reference: string
  readonly bookedOn: BusinessDate
  readonly valueOn: BusinessDate
  /** Negative for what leaves the account. */
  readonly amountSen: number
  /** The bank's own type of movement: SWIFT's `NCHG`, camt.053's sub-family. '' where there is none. */
  readonly code: string
  /** Line breaks of the statement are kept as such: whether one stands for a blank, only the words can tell. */
  readonly remittance: string
}

/** A balance of a statement: `isIntermediate` where it only carries over from or to another page of the same statement. */
export type Balance = { readonly sen: number; readonly on: BusinessDate | null; readonly isIntermediate: boolean }

/** One page of one statement of one account. Balances are null where it names none. */
export type StatementFound = {
  readonly id: string
  readonly account: string
  /** The statement's number, and the page's within it; null where the bank names none. */
  readonly number: number | null
  readonly page: number | null
  /** null where the format or the bank does not mark it. */
  readonly isLastPage: boolean | null
  readonly currencies: readonly string[]
  readonly opening: Balance | null
  readonly closing: Balance | null
  readonly movements: readonly Movement[]
  /** Entries that the bank has not booked: left out. */
  readonly pending: number
}

/** A page as it is taken: what continuity is checked by. */
export type StatementPage = Omit<StatementFound, 'currencies' | 'opening' | 'closing' | 'movements'> & {
  readonly opening: Balance
  readonly closing: Balance
  readonly movements: number
  /** All of its own, also those that another page of the file names again: how often they count is for the chain to say. */
  readonly credits: readonly StatementMovement[]
}

/** A movement with what its whole rupiah leave: `amount` and `sen` have the same sign, and `sen` is 0 for money of channels. */
export type StatementMovement = BankCredit & { readonly sen: number; readonly code: string; readonly reference: string }

export type Found =
  | { readonly kind: 'found'; readonly statements: readonly StatementFound[] }
  | { readonly kind: 'refused'; readonly refusal: BankRefusal }

export type StatementReading =
  | {
      readonly kind: 'read'
      readonly format: BankFormat
      readonly credits: readonly StatementMovement[]
      readonly pages: readonly StatementPage[]
      readonly pending: number
    }
  | { readonly kind: 'refused'; readonly refusal: BankRefusal }

export const CURRENCY = 'IDR'
const LONGEST_REMITTANCE = 2_000
/** Characters of a name, number or reference; a longer one is none. */
export const LONGEST_NAME = 200
const REFERENCE = /^[\x21-\x7e]{1,64}$/

export function checked(
  format: BankFormat,
  statements: readonly StatementFound[],
  accounts: readonly string[],
): StatementReading {
  if (statements.length === 0) return refusedBank('LAYOUT_CHANGED', 'expected at least one statement, got none')
  const credits = new Map<string, StatementMovement>()
  const pages: StatementPage[] = []
  for (const statement of statements) {
    const page = pageOf(statement, accounts)
    if ('code' in page) return { kind: 'refused', refusal: page }
    pages.push(page)
    for (const credit of page.credits) {
      // Statements of one file may overlap: the same movement again is the same, another one under its id is not.
      const first = credits.get(credit.id)
      if (first && !(isSameCredit(first, credit) && first.sen === credit.sen)) {
        return refusedBank('CREDIT_CHANGED', 'expected a reference to name one movement', credit.entry)
      }
      if (!first) credits.set(credit.id, credit)
    }
  }
  const pending = statements.reduce((sum, statement) => sum + statement.pending, 0)
  return { kind: 'read', format, credits: [...credits.values()], pages, pending }
}

/** Whether two records are of one movement: banks word the same one differently in different statements. */
export function isSameCredit(one: BankCredit, other: BankCredit): boolean {
  return one.id === other.id && one.bookedOn === other.bookedOn && one.amount === other.amount
}

export function refusedBank(code: BankRefusalCode, detail: string, entry: number | null = null) {
  return { kind: 'refused', refusal: { code, detail, entry } } as const
}

/** The currency is named before amounts are read: cents of another currency are no fault of the amount. */
export function isForeign(currencies: readonly string[]): boolean {
  return currencies.some((currency) => currency !== CURRENCY)
}

function pageOf(statement: StatementFound, accounts: readonly string[]): StatementPage | BankRefusal {
  const { currencies, opening, closing, movements, ...page } = statement
  const refusal = (code: BankRefusalCode, detail: string): BankRefusal => ({ code, detail, entry: null })
  if (page.account.length > LONGEST_NAME || !isCollectionAccount(page.account, accounts)) {
    return refusal('WRONG_ACCOUNT', "expected a statement of the hub's account")
  }
  if (isForeign(currencies)) return refusal('WRONG_CURRENCY', `expected every amount in ${CURRENCY}`)
  if (opening === null || closing === null) {
    return refusal('BALANCE_DOES_NOT_FOOT', 'expected an opening and a closing balance')
  }
  const sum = movements.reduce((total, { amountSen }) => total + amountSen, opening.sen)
  if (sum === closing.sen && Number.isSafeInteger(sum))
    return { ...page, opening, closing, movements: movements.length, credits: creditsOf(statement) }
  return refusal(
    'BALANCE_DOES_NOT_FOOT',
    `expected a closing balance of ${senText(sum)} as added up, the statement names ${senText(closing.sen)}`,
  )
}

function creditsOf(statement: StatementFound): readonly StatementMovement[] {
  const ids = new Map<string, number>()
  return statement.movements.map((movement, i) => creditOf(statement, movement, i + 1, ids))
}

function creditOf(
  statement: StatementFound,
  movement: Movement,
  entry: number,
  ids: Map<string, number>,
): StatementMovement {
  const { bookedOn, valueOn, amountSen, code, reference } = movement
  const remittance = movement.remittance.slice(0, LONGEST_REMITTANCE)
  const amount = Math.trunc(amountSen / 100)
  const sen = amountSen - amount * 100
  const exact = sen === 0 ? amount : senText(amountSen)
  const named = REFERENCE.test(reference)
    ? reference
    : digestOf([statement.account, statement.id, entry, bookedOn, exact, remittance])
  // Banks give a returned credit the reference of what it returns: the sign tells them apart.
  const id = amountSen < 0 ? `${named}~returned` : named
  const times = (ids.get(id) ?? 0) + 1
  ids.set(id, times)
  return {
    id: times === 1 ? id : `${id}~${times}`,
    bookedOn,
    valueOn,
    amount: rupiah(amount),
    sen,
    code,
    reference: REFERENCE.test(reference) ? reference : '',
    remittance,
    statement: statement.id,
    entry,
  }
}

function digestOf(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}
