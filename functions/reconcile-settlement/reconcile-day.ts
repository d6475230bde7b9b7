/**
 * One channel-day, compared: what the hub has, what the file says, what the bank credited. Level-triggered: a file, a credit, a
 * resolution and the passing of time are this one path, right any number of times.
 *
 * ```
 * read -> join -> look up -> classify -> lines kept -> movements placed -> cases -> statement (only if its content is new) -> answer -> neighbours asked
 *                                        |<- killed anywhere: the same run again writes what is missing and nothing twice
 * ```
 * Two runs of one day at once: the version lets one in, the other starts over.
 */
import { createHash } from 'node:crypto'
import { addDays, type BusinessDate, type Instant } from '../../shared/domain/instant.ts'
import { classify } from '../../shared/domain/settlement/classify.ts'
import { type LineColumns, lineColumns } from '../../shared/domain/settlement/columns.ts'
import type { AcceptedFile, DaySetting } from '../../shared/domain/settlement/day.ts'
import type { FileVersion } from '../../shared/domain/settlement/file-version.ts'
import { type DayMatch, joinDay } from '../../shared/domain/settlement/join.ts'
import { needsOf } from '../../shared/domain/settlement/lookups.ts'
import { pairCheckOf } from '../../shared/domain/settlement/notes.ts'
import { rulesOf } from '../../shared/domain/settlement/rules.ts'
import type { DayTask } from '../../shared/messages/settlement.ts'
import { Transient } from '../../shared/runtime/faults.ts'
import { inParallel } from '../../shared/runtime/in-parallel.ts'
import { packLines } from '../../shared/store/files/settled-lines.ts'
import { CHANNEL_PAST_DAYS } from '../../shared/store/settlements/first-day.ts'
import type { DifferenceCase, Statement } from '../../shared/store/settlements/records.ts'
import { casesAfter, changedCases } from './cases.ts'
import { keepLines } from './keep-lines.ts'
import { type HubDay, loadHubDay } from './load-day.ts'
import { type LookupResult, lookUp, matchesOf } from './look-up.ts'
import { placeMovements } from './place-movements.ts'
import type { SettlementPorts } from './ports.ts'
import { channelOf, readFile } from './read-file.ts'
import { draftOf, rowOf } from './statement-draft.ts'
import { writeAnswer } from './write-answer.ts'

/** `nothing`: the channel has no past, no payment and no file here. */
export type DayOutcome =
  | { readonly outcome: 'nothing' }
  | { readonly outcome: 'unchanged'; readonly statement: Statement }
  | { readonly outcome: 'written'; readonly statement: Statement }

const ATTEMPTS = 3
/** Cases written at a time. */
const AT_ONCE = 16

export async function reconcileDay(ports: SettlementPorts, task: Omit<DayTask, 'task'>): Promise<DayOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const done = await runDay(ports, task)
    if (done !== 'again') return done
    ports.metrics.count('StatementConflicts')
  }
  throw new Transient(
    'STATEMENT_CONFLICT',
    `expected to finish the day within ${ATTEMPTS} tries; others did each time, the message comes again`,
  )
}

type Day = { readonly channel: string; readonly date: BusinessDate }
type Loaded = {
  readonly latest: Statement | undefined
  readonly versions: readonly FileVersion[]
  readonly cases: readonly DifferenceCase[]
  readonly accepted: FileVersion | null
  readonly file: AcceptedFile | null
  readonly hubDay: HubDay
  readonly lines: LineColumns
}

async function runDay(
  ports: SettlementPorts,
  { channel, date, cause, hops }: Omit<DayTask, 'task'>,
): Promise<DayOutcome | 'again'> {
  const day: Day = { channel, date }
  const now = ports.now()
  const setting = settingOf(ports, day, now)
  const loaded = await load(ports, day)
  if (await isNothing(ports, day, loaded)) return { outcome: 'nothing' }
  const { hubDay, lines, accepted, file, cases, latest } = loaded
  ports.log.info('A day was read', { channel, day: date, facts: hubDay.hub.count, count: lines.count })

  const { match, looked } = await joinAndLookUp(ports, day, setting, loaded)
  const result = classify(match, looked.knowledge, file, setting)
  const neighbours = await keepLines(ports, day, accepted?.sha256 ?? null, result, looked.otherFiles)
  const packed = packLines(result)
  if (packed.place.place !== latest?.lines.place) await ports.lines.put(channel, date, packed)

  if ((await placeMovements(ports, { ...day, net: file?.totals.net ?? null }, now)) === 'again') return 'again'
  const placed = await ports.settlements.placedOn(channel, date)
  const found = { ...loaded, setting, result, placed, lines: packed.place }
  const first = draftOf(found, new Map())
  const findings = first.differences.map((difference) => ({
    id: difference.id,
    finding: { ...difference, sha256: accepted?.sha256 ?? null },
  }))
  const changed = changedCases(day, cases, findings, now)
  const written = await writeCases(ports, changed)
  if (!written) return 'again'
  const { statement, draft } = draftOf(found, casesAfter(cases, changed))
  if (draft.unexplainedRupiah !== 0) ports.metrics.count('StatementsUnexplained', { channel })

  const isNew = latest?.digest !== statement.digest
  if (isNew && (await ports.settlements.putStatement(statement, rowOf(statement, loaded))) === 'conflict')
    return 'again'
  if (!isNew && (await ports.settlements.statement(channel, date))?.version !== latest.version) return 'again'
  const standing = isNew ? statement : latest
  await writeAnswer(ports, { statement: standing, file, lines, result })
  // A neighbour that finds nothing new asks nobody: two days would ask each other for ever.
  if (isNew || cause !== 'neighbour') await askNeighbours(ports, { ...day, hops }, neighbours, looked)
  if (!isNew) {
    ports.metrics.count('StatementsUnchanged')
    return { outcome: 'unchanged', statement: latest }
  }
  ports.metrics.count('StatementsWritten', { outcome: statement.verdict })
  return { outcome: 'written', statement }
}

function settingOf(ports: SettlementPorts, { channel, date }: Day, now: Instant): DaySetting {
  const { profile } = channelOf(ports, channel)
  return {
    channel,
    date,
    now,
    rules: rulesOf(profile),
    channelFee: profile.channelFee,
    adminFee: profile.adminFee,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  }
}

async function load(ports: SettlementPorts, { channel, date }: Day): Promise<Loaded> {
  const [latest, versions, cases, hubDay] = await Promise.all([
    ports.settlements.statement(channel, date),
    ports.settlements.fileVersions(channel, date),
    ports.settlements.differencesOf(channel, date),
    loadHubDay(ports, channel, date),
  ])
  const accepted = versions.find(({ state }) => state === 'accepted') ?? null
  const lines = lineColumns()
  const file = accepted && (await readFile(ports, channel, date, accepted.sha256, (line) => lines.add(line)))
  return { latest, versions, cases, accepted, file, hubDay, lines }
}

/** A channel that has not begun yet owes no file: its days before are left alone. */
async function isNothing(ports: SettlementPorts, { channel, date }: Day, loaded: Loaded): Promise<boolean> {
  const { latest, versions, hubDay } = loaded
  if (latest || versions.length > 0 || hubDay.hub.count > 0 || hubDay.lateReversals.length > 0) return false
  return (await ports.settlements.rows(channel, addDays(date, -CHANNEL_PAST_DAYS), addDays(date, -1))).length === 0
}

/** Payments whose facts were missing join the day that they belong to, and the day is joined again. */
async function joinAndLookUp(
  ports: SettlementPorts,
  day: Day,
  setting: DaySetting,
  { hubDay, lines, cases }: Loaded,
): Promise<{ readonly match: DayMatch; readonly looked: LookupResult }> {
  const match = joinDay(hubDay.hub, lines, pairCheckOf(setting))
  const looked = await lookUp(ports, day, needsOf(match, setting, matchesOf(cases).values()), cases)
  const healedHere = looked.healed.filter(({ date }) => date === day.date)
  if (healedHere.length === 0) return { match, looked }
  for (const { entry } of healedHere) hubDay.hub.add(entry)
  const again = joinDay(hubDay.hub, lines, pairCheckOf(setting))
  const lookedAgain = await lookUp(ports, day, needsOf(again, setting, matchesOf(cases).values()), cases)
  return { match: again, looked: { ...lookedAgain, healed: [...looked.healed, ...lookedAgain.healed] } }
}

/** False: somebody else, or a person, changed one of them meanwhile. */
async function writeCases(ports: SettlementPorts, changed: readonly DifferenceCase[]): Promise<boolean> {
  let conflict = false
  await inParallel(
    changed.map((each) => async () => {
      if ((await ports.settlements.putDifference(each)) === 'conflict') conflict = true
    }),
    AT_ONCE,
  )
  return !conflict
}

async function askNeighbours(
  ports: SettlementPorts,
  { channel, date, hops = 0 }: Day & Pick<DayTask, 'hops'>,
  neighbours: readonly BusinessDate[],
  looked: LookupResult,
): Promise<void> {
  const dates = new Set([...neighbours, ...looked.healed.map((healed) => healed.date)])
  dates.delete(date)
  if (dates.size === 0) return
  await ports.sendDays(
    [...dates].map((other) => ({ task: 'day', channel, date: other, cause: 'neighbour', hops: hops + 1 })),
  )
}
