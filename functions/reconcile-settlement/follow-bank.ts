/**
 * What follows from a movement of the bank, a version of its placement, and a statement that was confirmed or withdrawn: movements get their
 * places, and days whose statement does not agree with them are asked for. Right any number of times and in any order.
 */
import { addDays, type BusinessDate } from '../../shared/domain/instant.ts'
import { daysOf } from '../../shared/domain/settlement/placement.ts'
import { accountsOn, LINKS } from '../../shared/intake/chained-statements.ts'
import { letLostWait, rechainWaiting, unchainWithdrawn } from '../../shared/intake/rechain-statements.ts'
import { Transient } from '../../shared/runtime/faults.ts'
import { bookingDays } from '../../shared/store/settlements/bank-movements.ts'
import { daysPaidBy } from '../../shared/store/settlements/unconfirmed-links.ts'
import { askDays } from './ask-days.ts'
import { hasPlace, placeMovements, youngDays } from './place-movements.ts'
import type { SettlementPorts } from './ports.ts'
import type { TaskOutcome } from './task-outcome.ts'

const PLACING_TRIES = 5

/** A new movement of the bank gets its place; the version that this writes comes back as an entry of its own. */
export async function followMovement(
  ports: SettlementPorts,
  { bookedOn, id }: { readonly bookedOn: BusinessDate; readonly id: string },
): Promise<TaskOutcome> {
  await placeAll(ports, [bookedOn])
  const placement = (await ports.settlements.placements(bookedOn, id)).at(-1)
  const isLost = placement?.places.some((place) => place.kind === 'unidentified' && place.askedOn === null)
  if (!isLost) return { outcome: 'placed' }
  ports.log.warn('A movement of the bank names no day and no channel that it could be for', {})
  ports.metrics.count('CreditsUnplaced')
  return { outcome: 'unplaced' }
}

/** `bookedOn`: days whose movements get a first place at any age. */
async function placeAll(ports: SettlementPorts, bookedOn: readonly BusinessDate[]): Promise<void> {
  for (let tried = 0; (await placeMovements(ports, null, ports.now(), bookedOn)) === 'again'; tried++) {
    if (tried < PLACING_TRIES) continue
    throw new Transient('PLACEMENT_BUSY', `expected to place movements within ${PLACING_TRIES} tries; it comes again`)
  }
}

/** More than a chain ever has. */
const EVERY_LINK = 1_000_000

/** The chain without the statement: its movements leave their days, what waited or repeated it is looked at again. */
export async function followBankWithdrawal(ports: SettlementPorts): Promise<TaskOutcome> {
  const count = await unchainWithdrawn(ports, EVERY_LINK)
  await letLostWait(ports, EVERY_LINK)
  await rechainWaiting(ports)
  // Whatever the movements that left had paid may be what others pay.
  await placeAll(ports, await daysNotPlaced(ports))
  return { outcome: 'withdrawn', count }
}

/** Another person, or the bank, confirmed a statement that was handed over: its days are looked at, and what is final is sent. */
export async function followConfirmation(ports: SettlementPorts, sha256: string): Promise<TaskOutcome> {
  const days = await daysPaidBy(ports.settlements, sha256, ports.now())
  await askDays(ports, days)
  return { outcome: 'sent', count: days.length }
}

/** Days whose statement does not agree yet with the new version of the placement. */
export async function followPlacement(
  ports: SettlementPorts,
  { bookedOn, id, version }: { readonly bookedOn: BusinessDate; readonly id: string; readonly version: number },
): Promise<TaskOutcome> {
  const versions = await ports.settlements.placements(bookedOn, id)
  const concerned = daysOf(...versions.filter((one) => one.version === version || one.version === version - 1))
  const looked = await Promise.all(concerned.map(async (day) => ({ day, isInStep: await isInStep(ports, day) })))
  const days = looked.flatMap(({ day, isInStep: is }) => (is ? [] : [day]))
  await askDays(ports, days)
  return { outcome: 'sent', count: days.length }
}

async function isInStep(
  { settlements }: SettlementPorts,
  { channel, date }: { readonly channel: string; readonly date: BusinessDate },
): Promise<boolean> {
  const [statement, placed, cases] = await Promise.all([
    settlements.statement(channel, date),
    settlements.placedOn(channel, date),
    settlements.differencesOf(channel, date),
  ])
  const shown = statement?.credits.map(({ id, amountRupiah }) => `${id} ${amountRupiah}`) ?? []
  const open = cases.filter(
    ({ finding, state }) => finding.evidence.reason === 'credit-ambiguous' && state !== 'resolved',
  )
  const openQuestions = open.flatMap(({ finding }) =>
    (finding.evidence.credits ?? []).map((id) => `${id} ${finding.fileAmountRupiah}`),
  )
  const same = (one: readonly string[], other: readonly string[]) =>
    one.length === other.length && one.every((each) => other.includes(each))
  const credits = placed.credits.map(({ id, amount }) => `${id} ${amount}`)
  return (
    same(shown, credits) &&
    same(
      openQuestions,
      placed.inQuestion.map(({ id, amount }) => `${id} ${amount}`),
    )
  )
}

/** Booking days that are not young, of which a movement has no place: its statement came late, and the stream lost it. */
async function daysNotPlaced({ settlements, now }: SettlementPorts): Promise<readonly BusinessDate[]> {
  const young = youngDays(now())
  const chains = await Promise.all(accountsOn(now()).map((account) => settlements.bankChain(account, LINKS)))
  const named = chains
    .flat()
    .flatMap(({ movements }) => movements.map(({ bookedOn }) => bookedOn))
    .toSorted()
  const [first, last] = [named[0], named.at(-1)]
  if (first === undefined || last === undefined) return []
  // What the account held before its chain began is booked on the day before.
  const days = bookingDays(addDays(first, -1), last).filter((on) => on < young.from || on > young.to)
  const booked = await Promise.all(days.map(async (on) => ({ on, movements: await settlements.movementsBooked(on) })))
  return booked.filter(({ movements }) => movements.some(({ placement }) => !hasPlace(placement))).map(({ on }) => on)
}
