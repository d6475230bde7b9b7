/**
 * The account that owns facts: a membership by its KPJ, a bill by its code, or money in suspense that no membership can take.
 *
 * Promises that no text is two kinds of account, and that a suspense account is built and recognised here and nowhere else.
 * Refuses to know whether the account holds anything.
 */
import { type BillCode, parseBillCode } from './bill-code.ts'
import { joinKey, splitKey } from './key-text.ts'
import { type Kpj, parseKpj } from './kpj.ts'

declare const suspenseBrand: unique symbol

/** `suspense#<channel>#<payment id>`, each part percent-encoded. */
export type SuspenseAccount = string & { readonly [suspenseBrand]: true }

export type Account = Kpj | BillCode | SuspenseAccount

export function suspenseAccount(channel: string, paymentId: string): SuspenseAccount {
  return joinKey(['suspense', channel, paymentId]) as SuspenseAccount
}

/** Undefined for a text that is none of the three. */
export function parseAccount(text: string): Account | undefined {
  return parseKpj(text) ?? parseBillCode(text) ?? parseSuspenseAccount(text)
}

export function isSuspenseAccount(account: Account): account is SuspenseAccount {
  return parseSuspenseAccount(account) !== undefined
}

function parseSuspenseAccount(text: string): SuspenseAccount | undefined {
  const parts = splitKey(text)
  return parts?.length === 3 && parts[0] === 'suspense' ? (text as SuspenseAccount) : undefined
}
