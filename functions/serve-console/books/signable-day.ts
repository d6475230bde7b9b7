/**
 * A day as it would be signed off now: the digest of its content, and what is open on it. Of a channel that is its statement and
 * its open cases, by name; of the bank, the day's movements with their places.
 */
import { createHash } from 'node:crypto'
import { inForce } from '../../../shared/domain/effective-dated.ts'
import type { BusinessDate, Instant } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { COLLECTION_ACCOUNTS } from '../../../shared/domain/settlement/hub-accounts.ts'
import { openAmountOf } from '../../../shared/domain/settlement/parts.ts'
import { unidentifiedAmount } from '../../../shared/domain/settlement/placement.ts'
import { broughtAny, speaksOf } from '../../../shared/domain/settlement/unconfirmed-statement.ts'
import type { PlacedMovement } from '../../../shared/store/settlements/bank-movements.ts'
import type { CarriedDifference, CarriedItem } from '../../../shared/store/settlements/closings.ts'
import type { DifferenceCase } from '../../../shared/store/settlements/records.ts'
import type { SettlementStore } from '../../../shared/store/settlements/settlements.ts'
import { unconfirmedLinks } from '../../../shared/store/settlements/unconfirmed-links.ts'

/** In the place of a channel's name. No channel has it. */
export const BANK = 'bank'

export type SignableDay = {
  /** Of the statement; 0 for the bank's day, whose digest says all. */
  readonly version: number
  readonly digest: string
  readonly carried: readonly CarriedItem[]
  /** All of them; `differences` names the largest. */
  readonly openDifferences: number
  readonly differences: readonly CarriedDifference[]
}

type Ports = {
  readonly settlements: Pick<SettlementStore, 'statement' | 'differencesOf' | 'movementsBooked' | 'bankChain'>
}

/** Open differences that a signature names: a page that two people can look through. */
const NAMED_DIFFERENCES = 100

/** Statements of an account that are looked through for one that reaches the day. */
const LINKS = 400

/** Undefined: no run has looked at the day, or no statement of the bank reaches it. */
export async function signableDay(
  ports: Ports,
  { channel, date }: { readonly channel: string; readonly date: BusinessDate },
): Promise<SignableDay | undefined> {
  if (channel === BANK) return bankDay(ports, date)
  const statement = await ports.settlements.statement(channel, date)
  if (!statement) return undefined
  const open = (await ports.settlements.differencesOf(channel, date)).filter(({ state }) => state !== 'resolved')
  const { version, digest, openItems: carried } = statement
  return { version, digest, carried, openDifferences: open.length, differences: namedDifferences(open) }
}

/**
 * Whether a bank statement that one person handed over, and nobody has confirmed, speaks of the bank's day, or brought a credit of
 * the channel's: nobody signs that.
 */
export async function restsOnUnconfirmed(
  { settlements }: { readonly settlements: Pick<SettlementStore, 'statement' | 'allUnconfirmed' | 'bankChain'> },
  { channel, date }: { readonly channel: string; readonly date: BusinessDate },
  now: Instant,
): Promise<boolean> {
  const links = await unconfirmedLinks(settlements, now)
  if (links.length === 0) return false
  if (channel === BANK) return speaksOf(links, date)
  return broughtAny(links, (await settlements.statement(channel, date))?.credits ?? [])
}

/** The largest first. */
function namedDifferences(open: readonly DifferenceCase[]): readonly CarriedDifference[] {
  return open
    .map(({ id, finding, parts = [] }) => ({ id, class: finding.class, amountRupiah: openAmountOf(finding, parts) }))
    .sort((a, b) => Math.abs(b.amountRupiah) - Math.abs(a.amountRupiah) || (a.id < b.id ? -1 : 1))
    .slice(0, NAMED_DIFFERENCES)
}

async function bankDay(ports: Ports, date: BusinessDate): Promise<SignableDay | undefined> {
  const movements = await ports.settlements.movementsBooked(date)
  if (movements.length === 0 && !(await isReached(ports, date))) return undefined
  const unidentified = movements.map(({ movement, placement }) =>
    placement ? unidentifiedAmount(placement) : movement.amount,
  )
  const open = unidentified.filter((amount) => amount !== 0)
  const amountRupiah = rupiah(open.reduce((sum: number, amount) => sum + amount, 0))
  const carried = open.length > 0 ? [{ label: 'unidentified', amountRupiah, count: open.length }] : []
  return { version: 0, digest: digestOfMovements(movements), carried, openDifferences: 0, differences: [] }
}

/** The same movements in the same places: the same digest, in whatever order they came. */
export function digestOfMovements(movements: readonly PlacedMovement[]): string {
  const lines = movements.map(({ movement: { id, amount }, placement }) =>
    JSON.stringify([id, amount, placement?.places ?? []]),
  )
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex')
}

async function isReached({ settlements }: Ports, date: BusinessDate): Promise<boolean> {
  const accounts = inForce('collection accounts', COLLECTION_ACCOUNTS, date)
  const chains = await Promise.all(accounts.map((account) => settlements.bankChain(account, LINKS)))
  return chains.every((links) => links.some(({ closedOn }) => closedOn !== null && closedOn >= date))
}
