/**
 * What a bank statement comes to in the hub's words, whichever format it has: booked movements, checked and summed.
 *
 * Promises: every movement of a statement that is taken is whole rupiah on the hub's own account, and opening balance plus
 * movements is the closing balance to the rupiah, or the file is refused whole. A movement's id is the bank's own reference
 * where there is one, so the same movement in another statement is the same credit. Knows no format: camt053.ts and mt940.ts do.
 */
import { createHash } from 'node:crypto'
import type { BusinessDate } from '../../domain/instant.ts'
import { rupiah } from '../../domain/money.ts'
import type { BankCredit } from '../../domain/settlement/bank.ts'
import type { BankFormat, BankRefusal, BankRefusalCode } from '../../domain/settlement/file-version.ts'
import { isCollectionAccount } from '../../domain/settlement/hub-accounts.ts'

/** One movement as a format's reader found it. */
export type Movement = {
  /** The bank's reference, '' where there is none. */
  readonly reference: string
  readonly bookedOn: BusinessDate
  readonly valueOn: BusinessDate
  readonly amount: number
  /** The bank's own type of movement: SWIFT's `NCHG`, camt.053's sub-family. '' where there is none. */
  readonly code: string
  /** Line breaks of the statement are kept as such: whether one stands for a blank, only the words can tell. */
  readonly remittance: string
}

/** One statement of one account. Balances are null where it names none. */
export type StatementFound = {
  readonly id: string
  readonly account: string
  /** The statement's number, and the page's within it; null where the bank names none. */
  readonly number: number | null
  readonly page: number | null
  /** null where the format or the bank does not mark it. */
  readonly isLastPage: boolean | null
  /** The closing balance only carries over to another page. */
  readonly isCarriedOver: boolean
  readonly currencies: readonly string[]
  readonly opening: number | null
  readonly closing: number | null
  readonly movements: readonly Movement[]
  /** Entries that the bank has not booked: left out. */
  readonly pending: number
}

/** A page as it is taken: what the chain of statements is made of. Its movements are all of its own, repeats included. */
export type StatementPage = Pick<
  StatementFound,
  'id' | 'account' | 'number' | 'page' | 'isLastPage' | 'isCarriedOver'
> & {
  readonly openingSen: number
  readonly closingSen: number
  readonly closedOn: BusinessDate | null
  readonly movements: readonly BankCredit[]
}

export type Found =
  | { readonly kind: 'found'; readonly statements: readonly StatementFound[] }
  | { readonly kind: 'refused'; readonly refusal: BankRefusal }

export type StatementReading =
  | {
      readonly kind: 'read'
      readonly format: BankFormat
      readonly credits: readonly BankCredit[]
      readonly pages: readonly StatementPage[]
      readonly pending: number
    }
  | { readonly kind: 'refused'; readonly refusal: BankRefusal }

const CURRENCY = 'IDR'
const LONGEST_REMITTANCE = 2_000
const REFERENCE = /^[\x21-\x7e]{1,64}$/

export function checked(
  format: BankFormat,
  statements: readonly StatementFound[],
  accounts: readonly string[],
): StatementReading {
  if (statements.length === 0) return refusedBank('LAYOUT_CHANGED', 'expected at least one statement, got none')
  const credits = new Map<string, BankCredit>()
  const pages: StatementPage[] = []
  for (const statement of statements) {
    const refusal = problemOf(statement, accounts)
    if (refusal) return { kind: 'refused', refusal }
    const own = creditsOf(statement)
    pages.push(pageOf(statement, own))
    for (const credit of own) {
      // Statements of one file may overlap: the same movement again is the same, another one under its id is not.
      const first = credits.get(credit.id)
      if (first && !isSameCredit(first, credit)) {
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

function problemOf(statement: StatementFound, accounts: readonly string[]): BankRefusal | undefined {
  const { account, currencies, opening, closing, movements } = statement
  const refusal = (code: BankRefusalCode, detail: string): BankRefusal => ({ code, detail, entry: null })
  if (!isCollectionAccount(account, accounts))
    return refusal('WRONG_ACCOUNT', "expected a statement of the hub's account")
  if (currencies.some((currency) => currency !== CURRENCY)) {
    return refusal('WRONG_CURRENCY', `expected every amount in ${CURRENCY}`)
  }
  if (opening === null || closing === null) {
    return refusal('BALANCE_DOES_NOT_FOOT', 'expected an opening and a closing balance')
  }
  const sum = movements.reduce((total, { amount }) => total + amount, opening)
  if (sum === closing) return undefined
  return refusal(
    'BALANCE_DOES_NOT_FOOT',
    `expected a closing balance of ${sum} as added up, the statement names ${closing}`,
  )
}

function pageOf(statement: StatementFound, movements: readonly BankCredit[]): StatementPage {
  const { id, account, number, page, isLastPage, isCarriedOver, opening, closing } = statement
  const closedOn =
    movements
      .map(({ bookedOn }) => bookedOn)
      .toSorted()
      .at(-1) ?? null
  const balances = { openingSen: (opening ?? 0) * 100, closingSen: (closing ?? 0) * 100 }
  return { id, account, number, page, isLastPage, isCarriedOver, ...balances, closedOn, movements }
}

function creditsOf(statement: StatementFound): readonly BankCredit[] {
  const ids = new Map<string, number>()
  return statement.movements.map((movement, i) => creditOf(statement, movement, i + 1, ids))
}

function creditOf(statement: StatementFound, movement: Movement, entry: number, ids: Map<string, number>): BankCredit {
  const { bookedOn, valueOn, amount } = movement
  const remittance = movement.remittance.slice(0, LONGEST_REMITTANCE)
  const reference = REFERENCE.test(movement.reference)
    ? movement.reference
    : digestOf([statement.account, statement.id, entry, bookedOn, amount, remittance])
  // Banks give a returned credit the reference of what it returns: the sign tells them apart.
  const id = amount < 0 ? `${reference}~returned` : reference
  const times = (ids.get(id) ?? 0) + 1
  ids.set(id, times)
  return {
    id: times === 1 ? id : `${id}~${times}`,
    bookedOn,
    valueOn,
    amount: rupiah(amount),
    remittance,
    ...(movement.code === '' ? {} : { code: movement.code }),
    statement: statement.id,
    entry,
  }
}

function digestOf(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}
