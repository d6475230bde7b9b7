/**
 * The statement of a channel-day: section one from the hub's payments to the file's total, section two from there to the bank.
 *
 * Promises that the rows simply add up, that what they leave unexplained is said, and that the same inputs make the same
 * statement. Refuses to know versions and people's resolutions beyond which differences they resolved.
 */
import type { Instant } from '../instant.ts'
import { type Rupiah, rupiah } from '../money.ts'
import type { DayCredit } from './bank.ts'
import {
  type AcceptedFile,
  BRIDGE_LABELS,
  type BridgeLabel,
  type BridgeRow,
  type DayResult,
  type DaySetting,
  DIFFERENCE_CLASSES,
  type Difference,
  type Statement,
  type Verdict,
} from './day.ts'
import { differenceId } from './identity.ts'
import { creditDueAt } from './rules.ts'

/** A movement of the bank, or the part of it, that no day has. */
export type CreditInQuestion = { readonly id: string; readonly amount: Rupiah }

export type StatementInput = {
  readonly setting: DaySetting
  readonly result: DayResult
  /** null: none was accepted. */
  readonly file: AcceptedFile | null
  /** The parts of bank credits that pay this day. */
  readonly credits: readonly DayCredit[]
  /** Credits of this channel that nobody can place and that are asked on this day. */
  readonly questions: readonly CreditInQuestion[]
  /** Reversals that the channel asked for when the endpoint for it had closed. */
  readonly lateReversals: readonly {
    readonly paymentId: string
    readonly amount: Rupiah
    readonly decidedAt: Instant
  }[]
  /** Good files that wait to take the place of the accepted one. */
  readonly proposed: readonly { readonly version: number; readonly amount: Rupiah }[]
  /** Ids of differences that people have resolved. */
  readonly resolved: ReadonlySet<string>
}

/** Rows that are shown even where nothing is in them, once there is a file. */
const ALWAYS: ReadonlySet<BridgeLabel> = new Set([
  'hub-payments',
  'file-total',
  'channel-fees',
  'file-net',
  'bank-credit',
])
/** The rows of section one, which add up to the file's total. */
const TO_THE_FILE = BRIDGE_LABELS.slice(0, BRIDGE_LABELS.indexOf('file-total'))

type Sum = { readonly amount: number; readonly count: number }

export function statementOf(input: StatementInput): Statement {
  const { setting, result, file } = input
  const bank = bankOf(input)
  const sums = new Map<BridgeLabel, Sum>([...result.sums, ...(file ? fileRows(file) : []), ...bank.rows])
  const differences = [...result.differences, ...otherDifferences(input), ...bank.differences].sort(inOrder)
  const unexplained = file ? unexplainedOf(file, result) : 0
  const isOpen = differences.some(({ id }) => !input.resolved.has(id))
  return {
    channel: setting.channel,
    date: setting.date,
    verdict: verdictOf(file === null || unexplained !== 0 || bank.isAwaited, isOpen, result.pending.length > 0),
    bridge: BRIDGE_LABELS.flatMap((label) => rowOf(label, sums.get(label), file !== null)),
    unexplainedRupiah: rupiah(unexplained),
    differences,
    pendings: result.pending,
  }
}

function rowOf(label: BridgeLabel, sum: Sum | undefined, hasFile: boolean): readonly BridgeRow[] {
  const isShown = (sum?.count ?? 0) > 0 || label === 'hub-payments' || (hasFile && ALWAYS.has(label))
  return isShown ? [{ label, amountRupiah: rupiah(sum?.amount ?? 0), count: sum?.count ?? 0 }] : []
}

function fileRows({ totals }: AcceptedFile): readonly (readonly [BridgeLabel, Sum])[] {
  return [
    ['file-total', { amount: totals.amount, count: totals.lines }],
    ['channel-fees', { amount: -totals.fee, count: totals.lines }],
    ['file-net', { amount: totals.net, count: totals.lines }],
  ]
}

/** What the rows leave of the file's total, or its fees of its net: 0, or nobody may call the day done. */
function unexplainedOf({ totals }: AcceptedFile, { sums }: DayResult): number {
  const explained = TO_THE_FILE.reduce((sum, label) => sum + (sums.get(label)?.amount ?? 0), 0)
  return totals.amount - explained || totals.net - (totals.amount - totals.fee)
}

type Bank = {
  readonly rows: readonly (readonly [BridgeLabel, Sum])[]
  readonly isAwaited: boolean
  readonly differences: readonly Difference[]
}

/**
 * Credits of a day come one after the other until they are due; less than the net is awaited until then, more never is. The net
 * of a day of reversals is negative: then the bank debits, and less is nearer to nothing as well.
 */
function bankOf({ setting, file, credits }: StatementInput): Bank {
  const credited = credits.reduce((sum, { amount }) => sum + amount, 0)
  const bankRow = ['bank-credit', { amount: credited, count: credits.length }] as const
  const rest = file ? credited - file.totals.net : 0
  if (!file || rest === 0) return { rows: [bankRow], isAwaited: false, differences: [] }
  const isDue = setting.now >= creditDueAt(setting.date, setting.rules)
  const isShort = file.totals.net < 0 ? rest > 0 : rest < 0
  if (credits.length === 0 || (isShort && !isDue)) {
    return { rows: [bankRow, ['bank-awaited', { amount: rest, count: 1 }]], isAwaited: true, differences: [] }
  }
  const difference: Difference = {
    ...blank(setting, 'bank-difference', 'credits'),
    hubAmountRupiah: file.totals.net,
    fileAmountRupiah: rupiah(credited),
    effectRupiah: rupiah(rest),
    evidence: { reason: 'credit-differs', credits: [...new Set(credits.map(({ id }) => id))].sort() },
  }
  const rows = [bankRow, ['bank-difference', { amount: rest, count: 1 }]] as const
  return { rows, isAwaited: false, differences: [difference] }
}

/** Cases for a person that move nothing in the bridge. */
function otherDifferences(input: StatementInput): readonly Difference[] {
  const { setting, questions, lateReversals, proposed, file } = input
  return [
    ...questions.map(({ id, amount }) => ({
      ...blank(setting, 'bank-difference', `credit ${id}`),
      fileAmountRupiah: amount,
      evidence: { reason: 'credit-ambiguous', credits: [id] } as const,
    })),
    ...lateReversals.map(({ paymentId, amount, decidedAt }) => ({
      ...blank(setting, 'late-reversal', paymentId),
      paymentId,
      hubAmountRupiah: amount,
      evidence: { reason: 'asked-too-late', decidedAt } as const,
    })),
    ...proposed.map(({ version, amount }) => ({
      ...blank(setting, 'corrected-file', `version ${version}`),
      hubAmountRupiah: file?.totals.amount ?? null,
      fileAmountRupiah: amount,
      evidence: { reason: 'file-replaced', fileVersion: version } as const,
    })),
  ]
}

/** A difference about nothing yet. */
function blank(setting: DaySetting, differenceClass: Difference['class'], about: string): Omit<Difference, 'evidence'> {
  return {
    id: differenceId(setting, differenceClass, about),
    class: differenceClass,
    paymentId: '',
    hubAmountRupiah: null,
    fileAmountRupiah: null,
    effectRupiah: rupiah(0),
    lines: [],
    breakDate: null,
  }
}

/** The first that applies. */
function verdictOf(isIncomplete: boolean, isOpen: boolean, hasPending: boolean): Verdict {
  if (isIncomplete) return 'incomplete'
  if (isOpen) return 'differences'
  return hasPending ? 'reconciled-with-pending' : 'reconciled'
}

function inOrder(a: Difference, b: Difference): number {
  return DIFFERENCE_CLASSES.indexOf(a.class) - DIFFERENCE_CLASSES.indexOf(b.class) || (a.id < b.id ? -1 : 1)
}
