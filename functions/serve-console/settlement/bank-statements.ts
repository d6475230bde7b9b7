/** `GET /api/bank-statements`: what the bank sent, what of it counts, what waits and for what, and where the chain of each account ends. */

import { type BusinessDate, businessDateOf, formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import type { BankFile } from '../../../shared/domain/settlement/file-version.ts'
import { accountsUntil } from '../../../shared/domain/settlement/hub-accounts.ts'
import type { ChainLink } from '../../../shared/domain/settlement/statement-chain.ts'
import type { SettlementStore } from '../../../shared/store/settlements/settlements.ts'
import type { BankStatementFile } from './bank-schemas.ts'

export type BankStatements = {
  /** Newest first, by the WIB day of their receipt. */
  readonly files: readonly BankFile[]
  /** null: no statement of the account has been taken in. */
  readonly accounts: readonly { readonly account: string; readonly last: Omit<ChainLink, 'movements'> | null }[]
}

/** A file that waits is listed whatever its day: it is work. */
export async function listBankStatements(
  { settlements }: { readonly settlements: Pick<SettlementStore, 'bankFiles' | 'bankChain'> },
  { from, to }: { readonly from: BusinessDate; readonly to: BusinessDate },
  now: Instant,
): Promise<BankStatements> {
  const inRange = ({ receivedAt }: BankFile) => businessDateOf(receivedAt) >= from && businessDateOf(receivedAt) <= to
  const files = (await settlements.bankFiles()).filter((file) => file.state === 'incomplete' || inRange(file))
  const accounts = accountsUntil(businessDateOf(now)).map(async (account) => {
    const [link] = await settlements.bankChain(account, 1)
    if (!link) return { account, last: null }
    const { movements: _movements, ...last } = link
    return { account, last }
  })
  return { files: files.toSorted((a, b) => b.receivedAt - a.receivedAt), accounts: await Promise.all(accounts) }
}

export function describeBankFile({ credits, receivedAt, ...file }: BankFile): BankStatementFile {
  return { ...file, movements: credits, receivedAt: formatUtc(receivedAt) }
}
