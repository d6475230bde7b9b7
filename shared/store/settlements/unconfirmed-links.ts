/** What of the books rests on a bank statement that nobody has confirmed: read from the list of them (unconfirmed.ts) and the chains. */
import { type BusinessDate, businessDateOf, type Instant } from '../../domain/instant.ts'
import { accountsUntil } from '../../domain/settlement/hub-accounts.ts'
import type { ChainLink } from '../../domain/settlement/statement-chain.ts'
import { type UnconfirmedLink, unconfirmedLinksIn } from '../../domain/settlement/unconfirmed-statement.ts'
import type { SettlementStore } from './settlements.ts'

/** Statements of an account that are looked through: more than a year of a daily one. */
const LINKS = 400

export async function unconfirmedLinks(
  settlements: Pick<SettlementStore, 'allUnconfirmed' | 'bankChain'>,
  now: Instant,
): Promise<readonly UnconfirmedLink[]> {
  const unconfirmed = await settlements.allUnconfirmed()
  if (unconfirmed.length === 0) return []
  return (await chainsOf(settlements, now)).flatMap((chain) => unconfirmedLinksIn(chain, unconfirmed))
}

/** The days that the movements of a statement pay, as they are placed now. */
export async function daysPaidBy(
  settlements: Pick<SettlementStore, 'bankChain' | 'placements'>,
  sha256: string,
  now: Instant,
): Promise<readonly { readonly channel: string; readonly date: BusinessDate }[]> {
  const links = (await chainsOf(settlements, now)).flatMap((chain) => unconfirmedLinksIn(chain, [{ sha256 }]))
  const movements = links.flatMap((link) => link.movements)
  const placements = await Promise.all(movements.map(({ bookedOn, id }) => settlements.placements(bookedOn, id)))
  const places = placements.flatMap((versions) => versions.at(-1)?.places ?? [])
  const days = places.flatMap((place) => (place.kind === 'channel-day' ? [place] : []))
  return [...new Map(days.map(({ channel, date }) => [`${channel}#${date}`, { channel, date }])).values()]
}

function chainsOf(
  { bankChain }: Pick<SettlementStore, 'bankChain'>,
  now: Instant,
): Promise<readonly (readonly ChainLink[])[]> {
  return Promise.all(accountsUntil(businessDateOf(now)).map((account) => bankChain(account, LINKS)))
}
