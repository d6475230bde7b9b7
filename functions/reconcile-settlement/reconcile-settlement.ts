/**
 * Queue `settlement`: what a new file, a bank credit, an approved resolution or the clock asks for. Each becomes runs of
 * channel-days (reconcile-day.ts), some after a resolution is carried out (apply-resolution.ts).
 *
 * Producers: the settlements pipe (part and entry of a new item), the clocks in infra/hub-stack.ts, and this function itself.
 * Right any number of times and in any order.
 */
import { assertNever } from '../../shared/domain/assert-never.ts'
import { inForce } from '../../shared/domain/effective-dated.ts'
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { fileStateOf } from '../../shared/domain/settlement/calendar.ts'
import { COLLECTION_ACCOUNTS } from '../../shared/domain/settlement/hub-accounts.ts'
import { daysOf } from '../../shared/domain/settlement/placement.ts'
import { OPEN_TOO_LONG_DAYS } from '../../shared/domain/settlement/resolution.ts'
import { creditDueAt, rulesOf } from '../../shared/domain/settlement/rules.ts'
import { chainWaiting, unchainWithdrawn } from '../../shared/intake/chained-statements.ts'
import type { DayTask, EntryMessage, MailTask, SettlementTask } from '../../shared/messages/settlement.ts'
import { Defect, Transient } from '../../shared/runtime/faults.ts'
import { firstDayOf } from '../../shared/store/settlements/first-day.ts'
import { dayPart, parseEntryKey, resolutionEntry } from '../../shared/store/settlements/item.ts'
import type { DifferenceCase } from '../../shared/store/settlements/records.ts'
import { applyExit } from './apply-exit.ts'
import { applyResolution } from './apply-resolution.ts'
import { isFinal, mailStatement } from './mail-statement.ts'
import { placeMovements } from './place-movements.ts'
import type { SettlementPorts } from './ports.ts'
import { reconcileDay } from './reconcile-day.ts'
import { monthsToReview, reviewFees } from './review-fees.ts'
import { watchArrival, watchArrivals } from './watch-arrivals.ts'

/**
 * The bound of a chain of days, in place of Lambda's loop detection, which is off for this function. A day asks its neighbours
 * only when its statement changed, so a chain as long as two months of days is a statement that never comes to rest.
 */
export const MAX_HOPS = 64

/** What was done, as the log line says it. */
export type TaskOutcome = {
  readonly outcome: string
  readonly channel?: string
  readonly day?: BusinessDate
  readonly state?: string
  readonly action?: string
  readonly version?: number
  readonly count?: number
}

/** Days that a night looks at again, whatever their verdict. */
const RECENT_DAYS = 7

/** How long the day index is given to show what a resolution has put; a night that finds more puts it right. */
const INDEX_MILLIS = 1_000

/** Open cases of a channel that a morning counts, and that a night reads at a time. */
const CASES_COUNTED = 500

export async function reconcileSettlement(ports: SettlementPorts, task: SettlementTask): Promise<TaskOutcome> {
  if ('part' in task) return followEntry(ports, task.part, task.entry)
  switch (task.task) {
    case 'day':
      return runDay(ports, task)
    case 'mail':
      return mailed(ports, task)
    case 'fees':
      return reviewFees(ports, task)
    case 'nightly':
      return nightly(ports)
    case 'arrivals':
      return { outcome: 'looked', count: await watchArrivals(ports) }
    case 'morning':
      return morning(ports, task.due)
    default:
      return assertNever(task)
  }
}

async function mailed(ports: SettlementPorts, task: MailTask): Promise<TaskOutcome> {
  const { channel, date: day, version } = task
  return { ...(await mailStatement(ports, task)), channel, day, version }
}

async function runDay(ports: SettlementPorts, task: Omit<DayTask, 'task'>): Promise<TaskOutcome> {
  const { channel, date: day, hops = 0 } = task
  if (hops > MAX_HOPS)
    throw new Defect(
      'DAYS_ASK_FOR_EVER',
      `expected days to agree within ${MAX_HOPS} hops, got ${hops}; compare the last statements of ${day} and its neighbours`,
    )
  const done = await reconcileDay(ports, task)
  if (done.outcome === 'nothing') return { outcome: done.outcome, channel, day }
  const { verdict, version, openDifferences } = done.statement
  // Of an unchanged one too: whoever wrote it may have been killed before this.
  if (isFinal(done.statement)) await ports.sendMails([{ task: 'mail', channel, date: day, version }])
  return { outcome: done.outcome, channel, day, state: verdict, version, count: openDifferences }
}

/** What the stream says is new: a file, a resolution or an exit of a day, a statement withdrawn, a movement of the bank or its placement. Any other entry is not for this function. */
async function followEntry(ports: SettlementPorts, part: string, entry: string): Promise<TaskOutcome> {
  const key = parseEntryKey(part, entry)
  switch (key?.kind) {
    case 'file':
      await watchArrival(ports, key.channel, key.date)
      return runDay(ports, { channel: key.channel, date: key.date })
    case 'resolution':
      return followResolution(ports, part, entry, key)
    case 'bank-withdrawal':
      return followBankWithdrawal(ports)
    case 'exit':
      return followExit(ports, part, entry)
    case 'credit':
      return followMovement(ports, key)
    case 'placement':
      return followPlacement(ports, key)
    case 'invoice':
      return followInvoice(ports, key)
    case undefined:
      return { outcome: 'not-ours' }
    default:
      return assertNever(key)
  }
}

/** An invoice that came is booked, and its month held against the contract. */
async function followInvoice(
  ports: SettlementPorts,
  { channel, number }: { readonly channel: string; readonly number: string },
): Promise<TaskOutcome> {
  const invoice = await ports.settlements.feeInvoice(channel, number)
  return invoice ? reviewFees(ports, { channel, month: invoice.month }) : { outcome: 'not-ours' }
}

async function followResolution(
  ports: SettlementPorts,
  part: string,
  entry: string,
  day: { readonly channel: string; readonly date: BusinessDate },
): Promise<TaskOutcome> {
  const resolution = await ports.settlements.resolution(part, entry)
  if (!resolution) return { outcome: 'not-ours' }
  const applied = await applyResolution(ports, resolution)
  const { class: of, evidence } = resolution.finding
  if (of === 'fee-invoice-difference' && evidence.fees) {
    const reviewed = await reviewFees(ports, { channel: day.channel, month: evidence.fees.month })
    return { ...reviewed, outcome: applied.outcome, action: resolution.action }
  }
  // A day is read from an index that follows its table after a moment.
  if (applied.date !== null) await ports.wait(INDEX_MILLIS)
  // The money may belong to another day than the file: that day changes too.
  if (applied.date !== null && applied.date !== day.date) {
    await ports.sendDays([{ task: 'day', channel: day.channel, date: applied.date }])
  }
  const ran = await runDay(ports, { channel: day.channel, date: day.date })
  return { ...ran, outcome: applied.outcome, action: resolution.action }
}

/** Two people let money out of suspense: it moves, and its day of settlement is looked at again. */
async function followExit(ports: SettlementPorts, part: string, entry: string): Promise<TaskOutcome> {
  const exit = await ports.settlements.exitAt(part, entry)
  if (!exit) return { outcome: 'not-ours' }
  const outcome = await applyExit(ports, exit)
  await ports.wait(INDEX_MILLIS)
  const ran = await runDay(ports, { channel: exit.channel, date: exit.businessDate })
  return { ...ran, outcome, action: exit.action }
}

const PLACING_TRIES = 5

/** A new movement of the bank gets its place; the version that this writes comes back as an entry of its own. */
async function followMovement(
  ports: SettlementPorts,
  { bookedOn, id }: { readonly bookedOn: BusinessDate; readonly id: string },
): Promise<TaskOutcome> {
  await placeAll(ports)
  const placement = (await ports.settlements.placements(bookedOn, id)).at(-1)
  const isLost = placement?.places.some((place) => place.kind === 'unidentified' && place.askedOn === null)
  if (!isLost) return { outcome: 'placed' }
  ports.log.warn('A movement of the bank names no day and no channel that it could be for', {})
  ports.metrics.count('CreditsUnplaced')
  return { outcome: 'unplaced' }
}

async function placeAll(ports: SettlementPorts): Promise<void> {
  for (let tried = 0; (await placeMovements(ports, null, ports.now())) === 'again'; tried++) {
    if (tried < PLACING_TRIES) continue
    throw new Transient('PLACEMENT_BUSY', `expected to place movements within ${PLACING_TRIES} tries; it comes again`)
  }
}

/** More than a chain ever has. */
const EVERY_LINK = 1_000_000

/** The chain without the statement: its movements leave their days, what waited or repeated it is looked at again. */
async function followBankWithdrawal(ports: SettlementPorts): Promise<TaskOutcome> {
  const count = await unchainWithdrawn(ports, EVERY_LINK)
  await chainWaiting(ports, [], null)
  // Whatever the movements that left had paid may be what others pay.
  await placeAll(ports)
  return { outcome: 'withdrawn', count }
}

/** Days whose statement does not agree yet with the new version of the placement. */
async function followPlacement(
  ports: SettlementPorts,
  { bookedOn, id, version }: { readonly bookedOn: BusinessDate; readonly id: string; readonly version: number },
): Promise<TaskOutcome> {
  const versions = await ports.settlements.placements(bookedOn, id)
  const concerned = daysOf(...versions.filter((one) => one.version === version || one.version === version - 1))
  const looked = await Promise.all(concerned.map(async (day) => ({ day, isInStep: await isInStep(ports, day) })))
  const days = looked.flatMap(({ day, isInStep: is }) => (is ? [] : [day]))
  await sendDays(ports, days)
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

async function nightly(ports: SettlementPorts): Promise<TaskOutcome> {
  const yesterday = addDays(businessDateOf(ports.now()), -1)
  const recent = Array.from({ length: RECENT_DAYS }, (_, back) => addDays(yesterday, -back))
  const days: { readonly channel: string; readonly date: BusinessDate }[] = []
  for (const { profile } of ports.channels) {
    const watched = await ports.settlements.watched(profile.name)
    const dates = new Set([...recent, ...watched.filter((date) => date <= yesterday)])
    for (const date of dates) days.push({ channel: profile.name, date })
  }
  await ports.sendDays(await leftBehind(ports))
  await sendDays(ports, days)
  const months = monthsToReview(yesterday)
  await ports.sendFees(
    ports.channels.flatMap(({ profile }) => months.map((month) => ({ task: 'fees', channel: profile.name, month }))),
  )
  await ports.sendJournal(yesterday)
  return { outcome: 'fanned-out', count: days.length }
}

/** Nothing named: both. */
/** Resolutions that two people approved and whose stream record was lost: carried out now, each by a message of its own. */
async function leftBehind(ports: SettlementPorts): Promise<readonly EntryMessage[]> {
  const entries: EntryMessage[] = []
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

async function morning(ports: SettlementPorts, due: 'files' | 'statements' | undefined): Promise<TaskOutcome> {
  const missing = due === 'statements' ? 0 : await lookForFiles(ports)
  const late = due === 'files' ? 0 : await lookForLateStatements(ports)
  if (due !== 'files') await lookAtBank(ports)
  return { outcome: 'looked', count: missing + late }
}

async function lookForFiles(ports: SettlementPorts): Promise<number> {
  const now = ports.now()
  const yesterday = addDays(businessDateOf(now), -1)
  const oldest = addDays(yesterday, 1 - RECENT_DAYS)
  let missing = 0
  for (const { profile } of ports.channels) {
    const begun = await firstDayOf(ports.settlements, profile.name, { from: oldest, to: yesterday })
    if (begun === undefined) continue
    let ofChannel = 0
    for (let date = oldest > begun ? oldest : begun; date <= yesterday; date = addDays(date, 1)) {
      const versions = await ports.settlements.fileVersions(profile.name, date)
      const state = fileStateOf(profile.name, date, now, versions, rulesOf(profile))
      if (state !== 'missing' && state !== 'held') continue
      ofChannel++
      ports.log.warn('A settlement file has not come', { channel: profile.name, day: date, state })
    }
    if (ofChannel > 0) ports.metrics.count('FilesMissing', { channel: profile.name }, ofChannel)
    missing += ofChannel
  }
  return missing
}

/** What was due by this morning and is still open: late statements, and differences open too long. */
async function lookForLateStatements(ports: SettlementPorts): Promise<number> {
  const now = ports.now()
  let late = 0
  for (const { profile } of ports.channels) {
    const { name } = profile
    const watched = await ports.settlements.watched(name)
    const due = watched.filter((date) => creditDueAt(date, rulesOf(profile)) <= now)
    const statements = await Promise.all(due.map((date) => ports.settlements.statement(name, date)))
    const incomplete = statements.filter((statement) => statement?.verdict === 'incomplete').length
    if (incomplete > 0) ports.metrics.count('StatementsLate', { channel: name }, incomplete)
    const old = await countOldCases(ports, name, now)
    if (old > 0) ports.metrics.count('DifferencesTooOld', { channel: name }, old)
    if (incomplete + old > 0) {
      ports.log.warn('Days or differences are open too long', { channel: name, count: incomplete, refused: old })
    }
    late += incomplete
  }
  return late
}

/** Statements of an account whose movements are looked at each morning: two weeks of a daily one. */
const LINKS_LOOKED_AT = 14

/** The journal's bank account is the closing balance of the chain: the placement of each movement must add up to its amount. */
async function lookAtBank(ports: SettlementPorts): Promise<void> {
  const { settlements } = ports
  const accounts = inForce('collection accounts', COLLECTION_ACCOUNTS, businessDateOf(ports.now()))
  for (const account of accounts) {
    const links = await settlements.bankChain(account, LINKS_LOOKED_AT)
    const movements = links.flatMap((link) => link.movements)
    const placed = await Promise.all(
      movements.map(async ({ bookedOn, id }) => (await settlements.placements(bookedOn, id)).at(-1)?.places ?? []),
    )
    const lost = movements.filter(
      ({ amount }, i) => placed[i]?.reduce((sum, place) => sum + place.amount, 0) !== amount,
    )
    if (lost.length === 0) continue
    ports.log.warn(
      'The bank account of the journal is not the balance of its statements: movements have no placement',
      {
        count: lost.length,
      },
    )
    ports.metrics.count('CreditsUnplaced', undefined, lost.length)
  }
}

async function countOldCases(ports: SettlementPorts, channel: string, now: Instant): Promise<number> {
  const today = businessDateOf(now)
  const oldest = addDays(today, -inForce('days that a difference may be open', OPEN_TOO_LONG_DAYS, today))
  const { cases } = await openCases(ports, channel, null)
  return cases.filter(({ firstSeenAt }) => businessDateOf(firstSeenAt) < oldest).length
}

/** A page of those that are not resolved, the oldest first. */
async function openCases(
  { settlements }: SettlementPorts,
  channel: string,
  after: string | null,
): Promise<{ readonly cases: readonly DifferenceCase[]; readonly next: string | null }> {
  const pointers = await settlements.pointers('open', channel, after, CASES_COUNTED)
  const cases = await Promise.all(pointers.map(({ id }) => settlements.difference(id)))
  const next = pointers.length < CASES_COUNTED ? null : (pointers.at(-1)?.pointer ?? null)
  return { cases: cases.flatMap((each) => each ?? []), next }
}

async function sendDays(
  ports: SettlementPorts,
  days: readonly { readonly channel: string; readonly date: BusinessDate }[],
): Promise<void> {
  if (days.length === 0) return
  await ports.sendDays(days.map(({ channel, date }) => ({ task: 'day', channel, date })))
}
