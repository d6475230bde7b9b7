/**
 * What a night asks for: days that may have changed, months of fees, the journal up to yesterday, and whatever the stream lost.
 * Each is a message of its own, and all of them change nothing where nothing was lost.
 */
import { addDays, type BusinessDate, businessDateOf } from '../../shared/domain/instant.ts'
import type { EntryMessage } from '../../shared/messages/settlement.ts'
import { parseEntryKey } from '../../shared/store/settlements/entry-key.ts'
import { dayPart, resolutionEntry } from '../../shared/store/settlements/item.ts'
import { askDays } from './ask-days.ts'
import { followBankWithdrawal } from './follow-bank.ts'
import { openCases } from './open-cases.ts'
import type { SettlementPorts } from './ports.ts'
import { monthsToReview } from './review-fees.ts'
import type { TaskOutcome } from './task-outcome.ts'

/** Days that a night looks at again, whatever their verdict. */
export const RECENT_DAYS = 7

export async function nightly(ports: SettlementPorts): Promise<TaskOutcome> {
  const yesterday = addDays(businessDateOf(ports.now()), -1)
  const recent = Array.from({ length: RECENT_DAYS }, (_, back) => addDays(yesterday, -back))
  const days: { readonly channel: string; readonly date: BusinessDate }[] = []
  for (const { profile } of ports.channels) {
    const watched = await ports.settlements.watched(profile.name)
    const dates = new Set([...recent, ...watched.filter((date) => date <= yesterday)])
    for (const date of dates) days.push({ channel: profile.name, date })
  }
  await ports.sendDays(await leftBehind(ports))
  await ports.sendDays(await announcedOf(ports, recent))
  await askDays(ports, days)
  const months = monthsToReview(yesterday)
  await ports.sendFees(
    ports.channels.flatMap(({ profile }) => months.map((month) => ({ task: 'fees', channel: profile.name, month }))),
  )
  await ports.sendJournal(yesterday)
  // A withdrawal whose stream record was lost, and a statement that came back while it was still being taken out.
  await followBankWithdrawal(ports)
  return { outcome: 'fanned-out', count: days.length }
}

/**
 * What came in the last days and is of a day that the night does not look at anyway: announced once more where its day does not show
 * it, because the stream lost it. Whatever was followed before changes nothing.
 */
async function announcedOf(ports: SettlementPorts, recent: readonly BusinessDate[]): Promise<readonly EntryMessage[]> {
  const inputs = (await Promise.all(recent.map((day) => ports.settlements.inputsOn(day)))).flat()
  const lost: EntryMessage[] = []
  for (const { part, entry } of inputs) {
    const key = parseEntryKey(part, entry)
    const isSeen = key?.kind === 'file' && (recent.includes(key.date) || (await isMadeFromFiles(ports, key)))
    if (key && !isSeen) lost.push({ part, entry })
  }
  return lost
}

/** Whether the day's statement was made from the file that stands, and each one that waits to take its place is a case. */
async function isMadeFromFiles(
  { settlements }: SettlementPorts,
  { channel, date }: { readonly channel: string; readonly date: BusinessDate },
): Promise<boolean> {
  const [statement, versions, cases] = await Promise.all([
    settlements.statement(channel, date),
    settlements.fileVersions(channel, date),
    settlements.differencesOf(channel, date),
  ])
  const accepted = versions.find(({ state }) => state === 'accepted')
  const asked = new Set(cases.map(({ finding }) => finding.evidence.fileVersion))
  const isAsked = versions.every(({ state, version }) => state !== 'proposed' || asked.has(version))
  return isAsked && statement !== undefined && statement.file?.version === accepted?.version
}

/** What two people approved and whose stream record was lost, resolutions and exits: carried out now, each by a message of its own. */
async function leftBehind(ports: SettlementPorts): Promise<readonly EntryMessage[]> {
  const entries: EntryMessage[] = [...(await ports.settlements.waitingExits())]
  for (const { profile } of ports.channels) {
    let after: string | null = null
    do {
      const page = await openCases(ports, profile.name, after)
      for (const { state, channel, date, id, version } of page.cases) {
        if (state === 'approved') entries.push({ part: dayPart(channel, date), entry: resolutionEntry(id, version) })
      }
      after = page.next
    } while (after !== null)
  }
  return entries
}
