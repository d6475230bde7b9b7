/**
 * Queue `settlement`: what a new file, a bank credit, an approved resolution or the clock asks for. Each becomes runs of
 * channel-days (reconcile-day.ts), some after a resolution is carried out (apply-resolution.ts).
 *
 * Producers: the settlements pipe (part and entry of a new item), the clocks in infra/hub-stack.ts, and this function itself.
 * Right any number of times and in any order.
 */
import { assertNever } from '../../shared/domain/assert-never.ts'
import type { BusinessDate } from '../../shared/domain/instant.ts'
import type { DayTask, MailTask, SettlementTask } from '../../shared/messages/settlement.ts'
import { Defect } from '../../shared/runtime/faults.ts'
import { parseEntryKey } from '../../shared/store/settlements/entry-key.ts'
import { applyExit } from './apply-exit.ts'
import { applyResolution } from './apply-resolution.ts'
import { followBankWithdrawal, followConfirmation, followMovement, followPlacement } from './follow-bank.ts'
import { isFinal, mailStatement } from './mail-statement.ts'
import { morning } from './morning.ts'
import { nightly } from './nightly.ts'
import type { SettlementPorts } from './ports.ts'
import { reconcileDay } from './reconcile-day.ts'
import { reviewFees } from './review-fees.ts'
import type { TaskOutcome } from './task-outcome.ts'
import { watchArrival, watchArrivals } from './watch-arrivals.ts'

export type { TaskOutcome } from './task-outcome.ts'

/**
 * The bound of a chain of days, in place of Lambda's loop detection, which is off for this function. A day asks its neighbours
 * only when its statement changed, so a chain as long as two months of days is a statement that never comes to rest.
 */
export const MAX_HOPS = 64

/** How long the day index is given to show what a resolution has put; a night that finds more puts it right. */
const INDEX_MILLIS = 1_000

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

/** What the stream says is new: a file, a resolution or an exit of a day, a statement withdrawn or to be chained, a movement of the bank or its placement. Any other entry is not for this function. */
async function followEntry(ports: SettlementPorts, part: string, entry: string): Promise<TaskOutcome> {
  const key = parseEntryKey(part, entry)
  switch (key?.kind) {
    case 'file':
      await watchArrival(ports, key.channel, key.date)
      return runDay(ports, { channel: key.channel, date: key.date })
    case 'resolution':
      return followResolution(ports, part, entry, key)
    case 'bank-withdrawal':
    case 'bank-waiting':
      return followBankWithdrawal(ports)
    case 'bank-confirmation':
      return followConfirmation(ports, key.sha256)
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
  await ports.settlements.endWait(exit)
  return { ...ran, outcome, action: exit.action }
}
