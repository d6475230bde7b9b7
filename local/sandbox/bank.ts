/** `.hub/sandbox/bank.json`: the account of the hub that a bank statement must be of. Whoever tries one out by hand needs it. */
import path from 'node:path'
import { inForce } from '../../shared/domain/effective-dated.ts'
import { businessDateOf, instant } from '../../shared/domain/instant.ts'
import { COLLECTION_ACCOUNTS } from '../../shared/domain/settlement/hub-accounts.ts'
import { writeSecret } from './secrets.ts'

export async function writeBank(dataDir: string, now: number): Promise<void> {
  const accounts = inForce('collection accounts', COLLECTION_ACCOUNTS, businessDateOf(instant(now)))
  await writeSecret(path.join(dataDir, 'sandbox', 'bank.json'), { account: accounts[0], currency: 'IDR' })
}
