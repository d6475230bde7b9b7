/**
 * Takes a bank statement in: raw bytes kept, read whole or refused whole, its movements written down once each.
 *
 * Promises: statements are a chain (shared/domain/settlement/statement-chain.ts), so the same movement in another statement, format
 * or wording counts once, and one that does not follow waits until what lies between has come, as does one that needs what only
 * functions/reconcile-settlement may do (chained-statements.ts); one reference with another
 * amount refuses the statement before anything of it is written. A crash between two puts is healed by the repeat, because the
 * file's own record is written last. Consumer: functions/reconcile-settlement.
 */
import { businessDateOf } from '../domain/instant.ts'
import { addRupiah, type Rupiah } from '../domain/money.ts'
import type { BankCredit } from '../domain/settlement/bank.ts'
import { statementDayRefusal } from '../domain/settlement/file-day.ts'
import type { BankFile, BankRefusal } from '../domain/settlement/file-version.ts'
import { readBankStatement } from '../protocols/bank-statement/read-statement.ts'
import { isSameCredit, type StatementMovement } from '../protocols/bank-statement/statement.ts'
import type { FileStore } from '../store/files/files.ts'
import type { SettlementStore } from '../store/settlements/settlements.ts'
import {
  accountsOn,
  type ChainPorts,
  chainPagesOf,
  chainWaiting,
  type MovementKey,
  UNCHAINED,
  unlessRestored,
  wholeOf,
  withdrawalsOf,
} from './chained-statements.ts'
import { droppedAs, type Incoming, isKnownDrop, type KeptFile, keepRaw } from './received-file.ts'

export type StatementPorts = Omit<ChainPorts, 'files' | 'settlements'> & {
  readonly files: FileStore
  readonly settlements: ChainPorts['settlements'] &
    Pick<SettlementStore, 'bankFile' | 'askForChaining' | 'drops' | 'noteDrop' | 'unconfirmed' | 'confirmByBank'>
  /**
   * Of a statement that a person hands over, before anything of it counts: another person has to confirm it. Absent where nobody
   * hands one over.
   */
  readonly askForConfirmation?: (statement: HandedOver) => Promise<void>
}

export type HandedOver = KeptFile & { readonly name: string; readonly credits: number; readonly amountRupiah: Rupiah }

/**
 * `added`: movements that were not known before; the statement may name others again. `incomplete`: it waits in `file.gap` for
 * what lies between, and nothing of it counts yet.
 */
export type StatementIntakeOutcome =
  | {
      readonly outcome: 'accepted' | 'unchanged' | 'incomplete'
      readonly file: BankFile
      readonly credits: readonly BankCredit[]
      readonly added: number
    }
  | { readonly outcome: 'refused'; readonly sha256: string; readonly refusal: BankRefusal }

export async function takeInStatement(ports: StatementPorts, incoming: Incoming): Promise<StatementIntakeOutcome> {
  const { files, settlements } = ports
  const kept = await keepRaw(files, incoming)
  const now = ports.now()
  const reading = readBankStatement(await wholeOf(files, kept), accountsOn(now))
  if (reading.kind === 'refused') return { outcome: 'refused', sha256: kept.sha256, refusal: reading.refusal }

  const outOfRange = statementDayRefusal(reading.pages, businessDateOf(now))
  if (outOfRange) return { outcome: 'refused', sha256: kept.sha256, refusal: outOfRange }

  const { credits, format, pending } = reading
  const known = await settlements.bankFile(kept.sha256)
  await confirmFromBank(ports, incoming, kept.sha256, known)
  if (known && !(await mayCount(ports, known, incoming)))
    return { outcome: 'unchanged', file: known, credits, added: 0 }
  const { wereAny, leaving } = await withdrawalsOf(ports)
  if (await isChanged(ports, credits, leaving)) return { outcome: 'refused', sha256: kept.sha256, refusal: CHANGED }
  const amountRupiah = addRupiah(...credits.map(({ amount }) => amount))
  if (incoming.from.kind === 'handed-over' && !(await isAskedAlready(ports, known))) {
    await ports.askForConfirmation?.({ ...kept, name: incoming.name, credits: credits.length, amountRupiah })
  }
  const file: Omit<BankFile, 'state' | 'gap'> = {
    ...kept,
    ...droppedAs(incoming),
    name: incoming.name,
    receivedAt: now,
    receivedBy: incoming.by,
    format,
    pendingEntries: pending,
    credits: credits.length,
    amountRupiah,
  }
  if (leaving.length > 0) return leave(ports, file, credits)
  const pages = chainPagesOf(reading, kept.sha256)
  // The new file last: until it is there, a repeat goes the whole way again.
  const report = await chainWaiting(ports, pages, kept.sha256, wereAny ? unlessRestored(ports) : undefined)
  if (!report) return leave(ports, file, credits)
  const { firstNamed, gaps } = report
  const gap = gaps.get(kept.sha256) ?? null
  const state = gap !== null ? 'incomplete' : firstNamed.has(kept.sha256) ? 'chained' : 'repeated'
  const stored: BankFile = { ...file, state, gap }
  await settlements.putBankFile(stored)
  const added = firstNamed.get(kept.sha256) ?? 0
  return { outcome: gap === null ? 'accepted' : 'incomplete', file: stored, credits, added }
}

/** The record first: whoever is woken finds it. */
async function leave(
  { settlements }: StatementPorts,
  fresh: Omit<BankFile, 'state' | 'gap'>,
  credits: readonly BankCredit[],
): Promise<StatementIntakeOutcome> {
  const file: BankFile = { ...fresh, state: 'incomplete', gap: UNCHAINED }
  await settlements.putBankFile(file)
  await settlements.askForChaining(file)
  return { outcome: 'incomplete', file, credits, added: 0 }
}

/**
 * What waits is looked at again; what was withdrawn comes back where somebody sends its bytes anew, which a message about a drop
 * that was looked at before, delivered again, does not. A file names one drop: the others of its bytes are noted beside it.
 */
async function mayCount(
  { settlements }: StatementPorts,
  { state, sha256, dropped: named }: BankFile,
  incoming: Incoming,
): Promise<boolean> {
  const { dropped } = droppedAs(incoming)
  if (state === 'withdrawn' && (await isKnownDrop(settlements, incoming, sha256, [named]))) return false
  const isOther = dropped !== named
  // The record is written anew by whatever counts: its drop would be forgotten.
  if (isOther && named !== undefined) await settlements.noteDrop(sha256, named)
  if (state === 'incomplete' || state === 'withdrawn') return true
  if (isOther && dropped !== undefined) await settlements.noteDrop(sha256, dropped)
  return false
}

/** What one person handed over is confirmed by the same bytes from the bank, in a drop that nobody has looked at before. */
async function confirmFromBank(
  { settlements, now }: StatementPorts,
  incoming: Incoming,
  sha256: string,
  known: BankFile | undefined,
): Promise<void> {
  if (incoming.from.kind !== 'dropped') return
  const waiting = await settlements.unconfirmed(sha256)
  if (!waiting || (await isKnownDrop(settlements, incoming, sha256, [known?.dropped]))) return
  await settlements.confirmByBank(waiting, now())
}

/** It waits for what lies between, and is the bank's own or confirmed: whoever hands the bytes over again adds nothing to it. */
async function isAskedAlready({ settlements }: StatementPorts, known: BankFile | undefined): Promise<boolean> {
  return known?.state === 'incomplete' && (await settlements.unconfirmed(known.sha256)) === undefined
}

const CHANGED: BankRefusal = {
  code: 'CREDIT_CHANGED',
  entry: null,
  detail: 'expected a reference that is known already to name the same movement; ask the bank which one holds',
}

/** Whether one of them is known with another amount, and not from a statement that was withdrawn: of nothing of the statement may be sure then. */
async function isChanged(
  { settlements }: Pick<StatementPorts, 'settlements'>,
  credits: readonly StatementMovement[],
  leaving: readonly MovementKey[],
): Promise<boolean> {
  const gone = new Set(leaving.map(({ bookedOn, id }) => `${bookedOn} ${id}`))
  for (const credit of credits) {
    // What has sen counts by the balance it moves, which depends on its neighbours: the chain compares it to the sen.
    if (credit.sen !== 0 || gone.has(`${credit.bookedOn} ${credit.id}`)) continue
    const known = await settlements.credit(credit.bookedOn, credit.id)
    if (known && !isSameCredit(known, credit)) return true
  }
  return false
}
