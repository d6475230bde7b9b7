/**
 * Every morning: whether the books' bank account is what the bank's statements say. Each movement of the chain must have places
 * that add up to it, and the journal's bank, on the evening of its last closed day, must be the closing balance of the last
 * statement that was known then.
 *
 * ```
 *   #40 closes 500 | #41 closes 900 | midnight, the journal closes: bank 900 | #42 comes at 05:00 | looked at, 09:05
 * ```
 * A difference is counted, which alarms, and nothing is changed.
 */
import { addDays, businessDateOf, type Instant, startOfDay } from '../../shared/domain/instant.ts'
import { accountsUntil } from '../../shared/domain/settlement/hub-accounts.ts'
import type { Placement } from '../../shared/domain/settlement/placement.ts'
import { balanceRupiah, type ChainLink } from '../../shared/domain/settlement/statement-chain.ts'
import type { SettlementPorts } from './ports.ts'

/** Statements of an account that are looked at: two weeks of a daily one. */
const LINKS_LOOKED_AT = 14

/** A statement of the chain, with all placements of each of its movements. */
type PlacedLink = { readonly link: ChainLink; readonly placements: readonly (readonly Placement[])[] }

export async function lookAtBank(ports: SettlementPorts): Promise<void> {
  const accounts = accountsUntil(businessDateOf(ports.now()))
  const chains: (readonly PlacedLink[])[] = []
  for (const account of accounts) {
    const links = await ports.settlements.bankChain(account, LINKS_LOOKED_AT)
    chains.push(await Promise.all(links.map((link) => withPlacements(ports, link))))
  }
  lookForLost(ports, chains.flat())
  await compareWithJournal(ports, chains)
}

async function withPlacements({ settlements }: SettlementPorts, link: ChainLink): Promise<PlacedLink> {
  const read = link.movements.map(({ bookedOn, id }) => settlements.placements(bookedOn, id))
  return { link, placements: await Promise.all(read) }
}

function lookForLost({ log, metrics }: SettlementPorts, links: readonly PlacedLink[]): void {
  const lost = links.reduce((sum, { link, placements }) => {
    const isPlaced = (amount: number, i: number) =>
      placements[i]?.at(-1)?.places.reduce((total, place) => total + place.amount, 0) === amount
    return sum + link.movements.filter(({ amount }, i) => !isPlaced(amount, i)).length
  }, 0)
  if (lost === 0) return
  log.warn('The bank account of the journal is not the balance of its statements: movements have no placement', {
    count: lost,
  })
  metrics.count('CreditsUnplaced', undefined, lost)
}

async function compareWithJournal(
  { journal, log, metrics }: SettlementPorts,
  chains: readonly (readonly PlacedLink[])[],
): Promise<void> {
  const last = await journal.lastClosed()
  if (!last) return
  const end = startOfDay(addDays(last.day, 1))
  // An account without a statement has brought nothing into the books yet.
  const closings = chains.filter((links) => links.length > 0).map((links) => closingAt(links, end))
  // Where all that is looked at is newer there is nothing to compare with.
  if (closings.length === 0 || closings.some((closing) => closing === undefined)) return
  const expected = closings.reduce<number>((sum, closing) => sum + (closing ?? 0), 0)
  const bank = last.balances.reduce((sum, { account, balance }) => (account === 'bank' ? sum + balance : sum), 0)
  if (bank === expected) return
  log.warn('The bank account of the journal is not the balance of its statements', { day: last.day })
  metrics.count('CreditsUnplaced')
}

/** In whole rupiah: of the last statement all of whose movements, and those of the ones before it, were known at that instant. */
function closingAt(links: readonly PlacedLink[], end: Instant): number | undefined {
  const newer = links.findIndex((one) => !isKnownAt(one, end))
  const last = (newer < 0 ? links : links.slice(0, newer)).at(-1)
  return last && balanceRupiah(last.link.closingSen)
}

function isKnownAt({ placements }: PlacedLink, end: Instant): boolean {
  return placements.every((versions) => {
    const then = versions.findLast(({ recordedAt }) => recordedAt < end)
    return then !== undefined && then.by !== 'withdrawal'
  })
}
