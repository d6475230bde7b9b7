/** `GET /api/bank-statements`: what the bank sent, what of it counts, what waits and for what, and where the chain of each account ends. */

import { type BusinessDate, businessDateOf, formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import type { BankFile } from '../../../shared/domain/settlement/file-version.ts'
import { accountsUntil } from '../../../shared/domain/settlement/hub-accounts.ts'
import type { ChainLink } from '../../../shared/domain/settlement/statement-chain.ts'
import {
  isConfirmationOverdue,
  type UnconfirmedStatement,
} from '../../../shared/domain/settlement/unconfirmed-statement.ts'
import type { SettlementStore } from '../../../shared/store/settlements/settlements.ts'
import type { BankStatementFile } from './bank-schemas.ts'

export type BankStatements = {
  /** Newest first, by the WIB day of their receipt. */
  readonly files: readonly BankFile[]
  /** Those of them, and others, that wait for a second person. */
  readonly unconfirmed: readonly UnconfirmedStatement[]
  /** null: no statement of the account has been taken in. */
  readonly accounts: readonly { readonly account: string; readonly last: Omit<ChainLink, 'movements'> | null }[]
}

/** A file that waits, for others or for a second person, is listed whatever its day: it is work. */
export async function listBankStatements(
  { settlements }: { readonly settlements: Pick<SettlementStore, 'bankFiles' | 'bankChain' | 'allUnconfirmed'> },
  { from, to }: { readonly from: BusinessDate; readonly to: BusinessDate },
  now: Instant,
): Promise<BankStatements> {
  const inRange = ({ receivedAt }: BankFile) => businessDateOf(receivedAt) >= from && businessDateOf(receivedAt) <= to
  const unconfirmed = await settlements.allUnconfirmed()
  const isWork = ({ state, sha256 }: BankFile) =>
    state === 'incomplete' || unconfirmed.some((one) => one.sha256 === sha256)
  const files = (await settlements.bankFiles()).filter((file) => isWork(file) || inRange(file))
  const accounts = accountsUntil(businessDateOf(now)).map(async (account) => {
    const [link] = await settlements.bankChain(account, 1)
    if (!link) return { account, last: null }
    const { movements: _movements, ...last } = link
    return { account, last }
  })
  const newestFirst = files.toSorted((a, b) => b.receivedAt - a.receivedAt)
  return { files: newestFirst, unconfirmed, accounts: await Promise.all(accounts) }
}

/** `unconfirmed`: what waits for a second person, if this one does. */
export function describeBankFile(
  { credits, receivedAt, dropped: _dropped, ...file }: BankFile,
  unconfirmed: UnconfirmedStatement | undefined,
  now: Instant,
): BankStatementFile {
  return {
    ...file,
    movements: credits,
    receivedAt: formatUtc(receivedAt),
    unconfirmed: unconfirmed
      ? {
          by: unconfirmed.by,
          since: formatUtc(unconfirmed.since),
          isOverdue: isConfirmationOverdue(unconfirmed, now),
        }
      : null,
  }
}
