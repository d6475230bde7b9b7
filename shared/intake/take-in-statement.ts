/**
 * Takes a bank statement in: raw bytes kept, read whole or refused whole, its movements written down once each.
 *
 * Promises: a movement is known by the bank's reference, so the same one in another statement, or in another format, counts
 * once; one reference with another amount refuses the statement before anything of it is written. A crash between two puts is
 * healed by the repeat, because the statement itself is written last. Consumer: functions/reconcile-settlement.
 */
import { inForce } from '../domain/effective-dated.ts'
import { businessDateOf, type Instant } from '../domain/instant.ts'
import { addRupiah } from '../domain/money.ts'
import type { BankCredit } from '../domain/settlement/bank.ts'
import type { BankFile, BankRefusal } from '../domain/settlement/file-version.ts'
import { COLLECTION_ACCOUNTS } from '../domain/settlement/hub-accounts.ts'
import { readBankStatement, STATEMENT_LIMIT_BYTES } from '../protocols/bank-statement/read-statement.ts'
import { isSameCredit } from '../protocols/bank-statement/statement.ts'
import type { FileStore } from '../store/files/files.ts'
import type { SettlementStore } from '../store/settlements/settlements.ts'
import { type Incoming, type KeptFile, keepRaw } from './received-file.ts'

export type StatementPorts = {
  readonly files: FileStore
  readonly settlements: Pick<SettlementStore, 'bankFile' | 'putBankFile' | 'credit' | 'putCredit'>
  readonly now: () => Instant
}

/** `added`: movements that were not known before; the statement may name others again. */
export type StatementTaken =
  | {
      readonly outcome: 'accepted' | 'unchanged'
      readonly file: BankFile
      readonly credits: readonly BankCredit[]
      readonly added: number
    }
  | { readonly outcome: 'refused'; readonly sha256: string; readonly refusal: BankRefusal }

export async function takeInStatement(ports: StatementPorts, incoming: Incoming): Promise<StatementTaken> {
  const { files, settlements } = ports
  const kept = await keepRaw(files, incoming)
  const now = ports.now()
  const accounts = inForce('collection accounts', COLLECTION_ACCOUNTS, businessDateOf(now))
  const reading = readBankStatement(await wholeOf(files, kept), accounts)
  if (reading.kind === 'refused') return { outcome: 'refused', sha256: kept.sha256, refusal: reading.refusal }

  const { credits, format, pending } = reading
  const known = await settlements.bankFile(kept.sha256)
  if (known) return { outcome: 'unchanged', file: known, credits, added: 0 }
  const fresh = await freshOf(ports, credits)
  if (!fresh) return { outcome: 'refused', sha256: kept.sha256, refusal: CHANGED }
  for (const credit of fresh) {
    if (!(await putCredit(ports, credit))) return { outcome: 'refused', sha256: kept.sha256, refusal: CHANGED }
  }
  const file: BankFile = {
    ...kept,
    name: incoming.name,
    receivedAt: now,
    receivedBy: incoming.by,
    format,
    pendingEntries: pending,
    credits: credits.length,
    amountRupiah: addRupiah(...credits.map(({ amount }) => amount)),
  }
  await settlements.putBankFile(file)
  return { outcome: 'accepted', file, credits, added: fresh.length }
}

const CHANGED: BankRefusal = {
  code: 'CREDIT_CHANGED',
  entry: null,
  detail: 'expected a reference that is known already to name the same movement; ask the bank which one holds',
}

/** Those that are not written down yet; undefined when a known one has changed. */
async function freshOf(
  { settlements }: StatementPorts,
  credits: readonly BankCredit[],
): Promise<readonly BankCredit[] | undefined> {
  const fresh: BankCredit[] = []
  for (const credit of credits) {
    const known = await settlements.credit(credit.bookedOn, credit.id)
    if (!known) fresh.push(credit)
    else if (!isSameCredit(known, credit)) return undefined
  }
  return fresh
}

/** False when another statement has written another movement under this reference in the meantime. */
async function putCredit({ settlements }: StatementPorts, credit: BankCredit): Promise<boolean> {
  if ((await settlements.putCredit(credit)) !== 'changed') return true
  const known = await settlements.credit(credit.bookedOn, credit.id)
  return known !== undefined && isSameCredit(known, credit)
}

/** A file above the limit is cut just behind it: the reader then says so. */
async function wholeOf(files: FileStore, { sha256 }: KeptFile): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of await files.kept(sha256)) {
    chunks.push(chunk)
    size += chunk.length
    if (size > STATEMENT_LIMIT_BYTES) break
  }
  return Buffer.concat(chunks)
}
