/**
 * Takes a bank statement in: raw bytes kept, read whole or refused whole, its movements written down once each.
 *
 * Promises: statements are a chain (shared/domain/settlement/statement-chain.ts), so the same movement in another statement, format
 * or wording counts once, and one that does not follow waits until what lies between has come; one reference with another
 * amount refuses the statement before anything of it is written. A crash between two puts is healed by the repeat, because the
 * file's own record is written last. Consumer: functions/reconcile-settlement.
 */
import { inForce } from '../domain/effective-dated.ts'
import { addDays, businessDateOf, type Instant } from '../domain/instant.ts'
import { addRupiah, rupiah } from '../domain/money.ts'
import type { BankCredit } from '../domain/settlement/bank.ts'
import type { BankFile, BankRefusal } from '../domain/settlement/file-version.ts'
import { accountNumber, COLLECTION_ACCOUNTS } from '../domain/settlement/hub-accounts.ts'
import { OPENING_CODE } from '../domain/settlement/placement.ts'
import {
  type ChainLink,
  type ChainPage,
  type ExtendedChain,
  extendChain,
} from '../domain/settlement/statement-chain.ts'
import { readBankStatement, STATEMENT_LIMIT_BYTES } from '../protocols/bank-statement/read-statement.ts'
import { isSameCredit, type StatementMovement, type StatementReading } from '../protocols/bank-statement/statement.ts'
import { Transient } from '../runtime/faults.ts'
import type { FileStore } from '../store/files/files.ts'
import type { SettlementStore } from '../store/settlements/settlements.ts'
import { type Incoming, type KeptFile, keepRaw } from './received-file.ts'

export type StatementPorts = {
  readonly files: FileStore
  readonly settlements: Pick<
    SettlementStore,
    'bankFile' | 'bankFiles' | 'putBankFile' | 'bankChain' | 'putLink' | 'credit' | 'putCredit'
  >
  readonly now: () => Instant
}

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

/** Others may add to the chain at the same moment. */
const TRIES = 8
/** Statements that a new one is compared with: some months of a daily one. */
const LINKS = 100

export async function takeInStatement(ports: StatementPorts, incoming: Incoming): Promise<StatementIntakeOutcome> {
  const { files, settlements } = ports
  const kept = await keepRaw(files, incoming)
  const now = ports.now()
  const accounts = inForce('collection accounts', COLLECTION_ACCOUNTS, businessDateOf(now))
  const reading = readBankStatement(await wholeOf(files, kept), accounts)
  if (reading.kind === 'refused') return { outcome: 'refused', sha256: kept.sha256, refusal: reading.refusal }

  const { credits, format, pending } = reading
  const known = await settlements.bankFile(kept.sha256)
  if (known && known.state !== 'incomplete') return { outcome: 'unchanged', file: known, credits, added: 0 }
  if (await isChanged(ports, credits)) return { outcome: 'refused', sha256: kept.sha256, refusal: CHANGED }
  const file: Omit<BankFile, 'state' | 'gap'> = {
    ...kept,
    name: incoming.name,
    receivedAt: now,
    receivedBy: incoming.by,
    format,
    pendingEntries: pending,
    credits: credits.length,
    amountRupiah: addRupiah(...credits.map(({ amount }) => amount)),
  }
  const waiting = (await settlements.bankFiles()).filter(
    ({ state, sha256 }) => state === 'incomplete' && sha256 !== kept.sha256,
  )
  const pages = new Map([[kept.sha256, chainPagesOf(reading, kept.sha256)]])
  for (const each of waiting) pages.set(each.sha256, await pagesOfKept(ports, each, accounts))
  const { firstNamed, gaps } = await addToChain(ports, [...pages.values()].flat())
  // The new file last: until it is there, a repeat goes the whole way again.
  for (const each of waiting) {
    const gap = gaps.get(each.sha256) ?? null
    if (gap !== each.gap)
      await settlements.putBankFile({ ...each, state: gap === null ? 'chained' : 'incomplete', gap })
  }
  const gap = gaps.get(kept.sha256) ?? null
  const state = gap !== null ? 'incomplete' : firstNamed.has(kept.sha256) ? 'chained' : 'repeated'
  const stored: BankFile = { ...file, state, gap }
  await settlements.putBankFile(stored)
  const added = firstNamed.get(kept.sha256) ?? 0
  return { outcome: gap === null ? 'accepted' : 'incomplete', file: stored, credits, added }
}

/** By file: the movements that it was the first to name, and what it waits for. */
type ChainReport = { readonly firstNamed: ReadonlyMap<string, number>; readonly gaps: ReadonlyMap<string, string> }

async function addToChain(ports: StatementPorts, all: readonly AccountPage[]): Promise<ChainReport> {
  const firstNamed = new Map<string, number>()
  const gaps = new Map<string, string>()
  for (const [account, pages] of Map.groupBy(all, (page) => page.account)) {
    for (const { page, gap } of await extendAccount(ports, account, pages)) gaps.set(page.sha256, gap.detail)
    for (const { files, movements } of await ports.settlements.bankChain(account, LINKS)) {
      for (const sha256 of files) firstNamed.set(sha256, (firstNamed.get(sha256) ?? 0) + movements.length)
    }
  }
  return { firstNamed, gaps }
}

/** Movements first, the link last: a link in the chain has all of its movements written down. Returns the pages that wait. */
async function extendAccount(
  ports: StatementPorts,
  account: string,
  pages: readonly ChainPage[],
): Promise<ExtendedChain['waiting']> {
  for (let tried = 0; tried < TRIES; tried++) {
    const { links, waiting } = extendChain(await ports.settlements.bankChain(account, LINKS), pages)
    let isTaken = false
    for (const { link, movements } of links) {
      const opening = link.sequence === 1 ? openingOf(account, link) : []
      for (const movement of [...opening, ...movements]) await putMovement(ports, movement)
      isTaken = (await ports.settlements.putLink(account, link)) === 'taken'
      if (isTaken) break
    }
    if (!isTaken) return waiting
  }
  throw new Transient(
    'CHAIN_BUSY',
    `expected a place in the chain of statements within ${TRIES} tries; put the file again`,
  )
}

/** What the account held before the chain began is the first that the books know of it. */
function openingOf(account: string, { openingSen, closedOn, id, movements }: ChainLink): readonly BankCredit[] {
  const amount = rupiah(Math.floor(openingSen / 100))
  const first = movements.map(({ bookedOn }) => bookedOn).toSorted()[0] ?? closedOn
  if (amount === 0 || first === null) return []
  const bookedOn = addDays(first, -1)
  const words = { remittance: '', code: OPENING_CODE, statement: id, entry: 0 }
  return [{ id: `opening-${account}`, bookedOn, valueOn: bookedOn, amount, ...words }]
}

type AccountPage = ChainPage & { readonly account: string }

function chainPagesOf(
  { pages, format }: Extract<StatementReading, { kind: 'read' }>,
  sha256: string,
): readonly AccountPage[] {
  return pages.map(({ id, account, number, page, isLastPage, opening, closing, credits }) => ({
    sha256,
    format,
    id,
    account: accountNumber(account),
    number,
    page,
    isLastPage,
    openingSen: opening.sen,
    closingSen: closing.sen,
    isCarriedOver: closing.isIntermediate,
    closedOn: closing.on,
    movements: credits,
  }))
}

/** What was read once is read alike for ever; a layout that was mended since may say otherwise, then it goes on waiting. */
async function pagesOfKept(
  { files }: StatementPorts,
  { sha256, bytes }: BankFile,
  accounts: readonly string[],
): Promise<readonly AccountPage[]> {
  const reading = readBankStatement(await wholeOf(files, { sha256, bytes }), accounts)
  return reading.kind === 'read' ? chainPagesOf(reading, sha256) : []
}

const CHANGED: BankRefusal = {
  code: 'CREDIT_CHANGED',
  entry: null,
  detail: 'expected a reference that is known already to name the same movement; ask the bank which one holds',
}

/** Whether one of them is known with another amount: of nothing of the statement may be sure then. */
async function isChanged({ settlements }: StatementPorts, credits: readonly StatementMovement[]): Promise<boolean> {
  for (const credit of credits) {
    // What has sen counts by the balance it moves, which depends on its neighbours: the chain compares it to the sen.
    if (credit.sen !== 0) continue
    const known = await settlements.credit(credit.bookedOn, credit.id)
    if (known && !isSameCredit(known, credit)) return true
  }
  return false
}

async function putMovement({ settlements }: StatementPorts, movement: BankCredit): Promise<void> {
  if ((await settlements.putCredit(movement)) !== 'changed') return
  const known = await settlements.credit(movement.bookedOn, movement.id)
  if (known && isSameCredit(known, movement)) return
  throw new Transient(
    'CREDIT_CHANGED',
    'expected nobody else to write this reference at the same moment; put the file again',
  )
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
