/**
 * The chain of an account's statements in the store: pages are added to it.
 *
 * Who takes statements in parses bytes from outside: it adds to the chain and nothing else. What moves a placement is left to
 * functions/reconcile-settlement, which is asked for it (rechain-statements.ts).
 *
 * Promises: a link in the chain has all of its movements written down. Right any number of times, in any order. Pure rules:
 * shared/domain/settlement/statement-chain.ts.
 */
import { addDays, businessDateOf, type Instant } from '../domain/instant.ts'
import type { BankCredit } from '../domain/settlement/bank.ts'
import type { BankFile } from '../domain/settlement/file-version.ts'
import { accountNumber, accountsUntil } from '../domain/settlement/hub-accounts.ts'
import { OPENING_CODE, restoredPlacement } from '../domain/settlement/placement.ts'
import {
  balanceRupiah,
  type ChainLink,
  type ChainPage,
  type ExtendedChain,
  extendChain,
} from '../domain/settlement/statement-chain.ts'
import { readBankStatement, STATEMENT_LIMIT_BYTES } from '../protocols/bank-statement/read-statement.ts'
import { isSameCredit, type StatementReading } from '../protocols/bank-statement/statement.ts'
import { Transient } from '../runtime/faults.ts'
import type { FileStore } from '../store/files/files.ts'
import type { SettlementStore } from '../store/settlements/settlements.ts'
import type { KeptFile } from './received-file.ts'

export type ChainStorePorts<Method extends keyof SettlementStore> = {
  readonly files: Pick<FileStore, 'kept'>
  readonly settlements: Pick<SettlementStore, Method>
  readonly now: () => Instant
}

/** To add to the chain. */
export type ChainPorts = ChainStorePorts<
  'bankFiles' | 'putBankFile' | 'bankWithdrawals' | 'bankChain' | 'putLink' | 'credit' | 'putCredit' | 'placements'
>
/** What is done before a movement is there; `leave`: nothing is put from here on. */
export type BeforeMovement = (movement: BankCredit, files: readonly string[]) => Promise<'put' | 'leave'>

/** Others may add to the chain at the same moment. */
export const TRIES = 8
/** Statements that a new one is compared with: some months of a daily one. */
export const LINKS = 100

export function accountsOn(now: Instant): readonly string[] {
  return accountsUntil(businessDateOf(now))
}

/** By file: the movements that it was the first to name, and what it waits for. */
export type ChainReport = {
  readonly firstNamed: ReadonlyMap<string, number>
  readonly gaps: ReadonlyMap<string, string>
}

/**
 * Adds the pages of a new file, if there is one, and of all that wait; says of those that waited what became of them. null: a movement
 * was left. What was added before it stays, and whoever goes on from there comes to the same end.
 */
export async function chainWaiting(
  ports: ChainPorts,
  fresh: readonly AccountPage[],
  but: string | null,
  before: BeforeMovement = async () => 'put',
): Promise<ChainReport | null> {
  const { settlements } = ports
  const accounts = accountsOn(ports.now())
  const all = await settlements.bankFiles()
  const waiting = all.filter(({ state, sha256 }) => state === 'incomplete' && sha256 !== but)
  const pages = [...fresh]
  for (const each of waiting) pages.push(...(await pagesOfKept(ports, each, accounts)))
  const report = await addToChain(ports, pages, before)
  if (!report) return null
  for (const each of waiting) {
    const gap = report.gaps.get(each.sha256) ?? null
    const state = gap !== null ? 'incomplete' : report.firstNamed.has(each.sha256) ? 'chained' : 'repeated'
    if (gap !== each.gap) await settlements.putBankFile({ ...each, state, gap })
  }
  return report
}

async function addToChain(
  ports: ChainPorts,
  all: readonly AccountPage[],
  before: BeforeMovement,
): Promise<ChainReport | null> {
  const firstNamed = new Map<string, number>()
  const gaps = new Map<string, string>()
  for (const [account, pages] of Map.groupBy(all, (page) => page.account)) {
    const waiting = await extendAccount(ports, account, pages, before)
    if (!waiting) return null
    for (const { page, gap } of waiting) gaps.set(page.sha256, gap.detail)
    for (const { files, movements } of await ports.settlements.bankChain(account, LINKS)) {
      for (const sha256 of files) firstNamed.set(sha256, (firstNamed.get(sha256) ?? 0) + movements.length)
    }
  }
  return { firstNamed, gaps }
}

/** Movements first, the link last: a link in the chain has all of its movements written down. Returns the pages that wait; null: a movement was left. */
async function extendAccount(
  ports: ChainPorts,
  account: string,
  pages: readonly ChainPage[],
  beforeMovement: BeforeMovement,
): Promise<ExtendedChain['waiting'] | null> {
  for (let tried = 0; tried < TRIES; tried++) {
    const chain = await ports.settlements.bankChain(account, LINKS)
    const { links, waiting } = extendChain(chain, pages)
    let before = chain.at(-1)
    let isTaken = false
    for (const { link, movements } of links) {
      const opening = link.sequence === 1 ? openingOf(account, link) : []
      for (const movement of [...opening, ...movements]) {
        if ((await beforeMovement(movement, link.files)) === 'leave') return null
        await putMovement(ports, movement)
      }
      isTaken = (await ports.settlements.putLink(account, link, before)) === 'taken'
      if (isTaken) break
      before = link
    }
    if (!isTaken) return waiting
  }
  throw new Transient(
    'CHAIN_BUSY',
    `expected a place in the chain of statements within ${TRIES} tries; put the file again`,
  )
}

/** What is withdrawn now, and was by two people: the file's own state, which who takes files in writes, is not enough. */
export async function withdrawnOf(
  { settlements }: ChainPorts,
  files: readonly BankFile[],
): Promise<readonly BankFile[]> {
  const withdrawn = files.filter(({ state }) => state === 'withdrawn')
  if (withdrawn.length === 0) return []
  const byTwoPeople = await settlements.bankWithdrawals()
  return withdrawn.filter(({ sha256 }) => byTwoPeople.has(sha256))
}

/** Names a movement. */
export type MovementKey = Pick<BankCredit, 'bookedOn' | 'id'>

/** What withdrawals mean for whoever adds to the chain. */
export type Withdrawals = {
  /** Whether two people ever withdrew a statement. */
  readonly wereAny: boolean
  /** Movements of links that still have to leave. */
  readonly leaving: readonly MovementKey[]
}

export async function withdrawalsOf(ports: ChainPorts): Promise<Withdrawals> {
  const { settlements, now } = ports
  if ((await settlements.bankWithdrawals()).size === 0) return { wereAny: false, leaving: [] }
  const withdrawn = await withdrawnOf(ports, await settlements.bankFiles())
  const chains = await Promise.all(accountsOn(now()).map((account) => settlements.bankChain(account, LINKS)))
  const leaving = chains.flatMap((chain) => {
    const from = chain.findIndex((link, i) => isToLeave(link, chain[i - 1], withdrawn))
    return from < 0 ? [] : chain.slice(from)
  })
  return { wereAny: true, leaving: leaving.flatMap(({ movements }) => movements) }
}

/** For intake: a movement that has a place to get back is left to whoever may give it back. */
export function unlessRestored({ settlements, now }: ChainPorts): BeforeMovement {
  return async (movement, files) => {
    const versions = await settlements.placements(movement.bookedOn, movement.id)
    return restoredPlacement(movement, versions, files, now()) ? 'leave' : 'put'
  }
}

/** One behind a hole was put while the one before it went: it goes too, and comes back by its file. */
export function isToLeave(link: ChainLink, before: ChainLink | undefined, withdrawn: readonly BankFile[]): boolean {
  const isBehindHole = before !== undefined && link.sequence !== before.sequence + 1
  return isBehindHole || withdrawn.some(({ sha256 }) => link.files.includes(sha256))
}

/** Of a statement that the reconciliation will look at. */
export const UNCHAINED =
  'expected to be looked at again, because a statement that it followed or repeated was withdrawn'

/** What the account held before the chain began is the first that the books know of it. */
export function openingOf(account: string, { openingSen, closedOn, id, movements }: ChainLink): readonly BankCredit[] {
  const amount = balanceRupiah(openingSen)
  const first = movements.map(({ bookedOn }) => bookedOn).toSorted()[0] ?? closedOn
  if (amount === 0 || first === null) return []
  const bookedOn = addDays(first, -1)
  const words = { remittance: '', code: OPENING_CODE, statement: id, entry: 0 }
  return [{ id: `opening-${account}`, bookedOn, valueOn: bookedOn, amount, ...words }]
}

export type AccountPage = ChainPage & { readonly account: string }

export function chainPagesOf(
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
  { files }: ChainPorts,
  { sha256, bytes }: BankFile,
  accounts: readonly string[],
): Promise<readonly AccountPage[]> {
  const reading = readBankStatement(await wholeOf(files, { sha256, bytes }), accounts)
  return reading.kind === 'read' ? chainPagesOf(reading, sha256) : []
}

async function putMovement({ settlements }: ChainPorts, movement: BankCredit): Promise<void> {
  if ((await settlements.putCredit(movement)) !== 'changed') return
  const known = await settlements.credit(movement.bookedOn, movement.id)
  if (known && isSameCredit(known, movement)) return
  throw new Transient(
    'CREDIT_CHANGED',
    'expected nobody else to write this reference at the same moment; put the file again',
  )
}

/** A file above the limit is cut just behind it: the reader then says so. */
export async function wholeOf(files: Pick<FileStore, 'kept'>, { sha256 }: KeptFile): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of await files.kept(sha256)) {
    chunks.push(chunk)
    size += chunk.length
    if (size > STATEMENT_LIMIT_BYTES) break
  }
  return Buffer.concat(chunks)
}

export function busy(): Transient {
  return new Transient('CHAIN_BUSY', 'expected nobody else to change the chain of statements meanwhile; try again')
}
