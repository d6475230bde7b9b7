/** A run's findings as a statement that can be stored: the domain's figures, their digest, and what changed since the last version. */
import { createHash } from 'node:crypto'
import { type BusinessDate, businessDateOf } from '../../shared/domain/instant.ts'
import { type Rupiah, rupiah, ZERO } from '../../shared/domain/money.ts'
import {
  type AcceptedFile,
  BRIDGE_LABELS,
  type DayResult,
  type DaySetting,
  type Difference,
  type DifferenceClass,
  type Statement as Draft,
} from '../../shared/domain/settlement/day.ts'
import type { FileVersion } from '../../shared/domain/settlement/file-version.ts'
import {
  type ChannelCharge,
  movedAmount,
  movedBy,
  movedBySome,
  openItemsOf,
  type ResolvedDifference,
} from '../../shared/domain/settlement/open-items.ts'
import { isPartAction } from '../../shared/domain/settlement/resolution.ts'
import { statementOf } from '../../shared/domain/settlement/statement.ts'
import { notBefore } from '../../shared/ledger/payment-facts.ts'
import type { PlacedOnDay } from '../../shared/store/settlements/bank-movements.ts'
import type {
  DifferenceCase,
  FigureChange,
  LinesPlace,
  MatrixRow,
  Statement,
} from '../../shared/store/settlements/records.ts'
import type { HubDay } from './load-day.ts'

export type DayFindings = {
  readonly setting: DaySetting
  readonly result: DayResult
  readonly accepted: FileVersion | null
  readonly file: AcceptedFile | null
  readonly versions: readonly FileVersion[]
  readonly hubDay: Pick<HubDay, 'lateReversals'>
  readonly placed: PlacedOnDay
  readonly lines: LinesPlace
  readonly latest: Statement | undefined
}

export type StatementDraft = {
  readonly draft: Draft
  readonly differences: readonly Difference[]
  readonly statement: Statement
}

/** `cases` as they stand after this run; empty: nobody has decided anything yet. */
export function draftOf(found: DayFindings, cases: ReadonlyMap<string, DifferenceCase>): StatementDraft {
  const { setting, result, file, accepted, placed, latest } = found
  const { channel, date, now } = setting
  const { credits, inQuestion } = placed
  const resolved = new Set([...cases.values()].flatMap(({ id, state }) => (state === 'resolved' ? [id] : [])))
  const draft = statementOf({
    setting,
    result,
    file,
    credits,
    questions: inQuestion,
    lateReversals: found.hubDay.lateReversals,
    proposed: found.versions.flatMap(({ state, version, totals }) =>
      state === 'proposed' ? [{ version, amount: totals?.amount ?? ZERO }] : [],
    ),
    resolved,
  })
  const { differences, verdict, bridge, unexplainedRupiah, pendings } = draft
  const open = differences.filter(({ id }) => !resolved.has(id))
  const moving = differences.flatMap((difference) => movingResolutions(difference, cases.get(difference.id)))
  const charges = moving.flatMap(chargeOf)
  const moved = movedBy(moving)
  const credited = rupiah(credits.reduce((sum, { amount }) => sum + amount, 0))
  const content = {
    channel,
    date,
    verdict,
    file: accepted && { version: accepted.version, name: accepted.name, sha256: accepted.sha256 },
    bridge,
    unexplainedRupiah,
    hubRupiah: result.sums.get('hub-payments')?.amount ?? ZERO,
    fileRupiah: file?.totals.amount ?? null,
    channelFeesRupiah: file?.totals.fee ?? ZERO,
    bankRupiah: credited,
    writtenOffRupiah: moved.writtenOff,
    chargedRupiah: moved.charged,
    feesMoved: { writtenOffRupiah: moved.feesWrittenOff, chargedRupiah: moved.feesCharged },
    openItems: openItemsOf({
      sums: result.sums,
      file,
      credited,
      isBankAwaited: bridge.some(({ label }) => label === 'bank-awaited'),
      resolved: moving,
    }),
    ...(charges.length > 0 ? { charges } : {}),
    credits: credits.map(({ id, bookedOn, amount }) => ({ id, bookedOn, amountRupiah: amount })),
    differenceCounts: countsOf(differences),
    openDifferences: open.length,
    pendingCount: pendings.length,
    ...(result.notes.length > 0
      ? { notes: result.notes.map(({ kind, items }) => ({ kind, count: items.length })) }
      : {}),
    lines: found.lines,
  }
  const digest = createHash('sha256')
    .update(JSON.stringify([content, differences.map(({ id }) => id), open.map(({ id }) => id)]))
    .digest('hex')
  const changes = latest ? changesBetween(latest, draft) : []
  const version = (latest?.version ?? 0) + 1
  // The journal reads versions by their time: a clock that is behind must not put this one before the last.
  const recordedAt = notBefore(now, latest?.recordedAt ?? now)
  return { draft, differences, statement: { ...content, version, recordedAt, digest, changes } }
}

type Moving = ResolvedDifference & { readonly on: BusinessDate }

/**
 * Only a resolution of people moves an amount: the parts one by one, and the rest with the resolution that ends the case. What is
 * found again with other figures is open again.
 */
function movingResolutions(difference: Difference, known: DifferenceCase | undefined): readonly Moving[] {
  if (!known) return []
  const { resolution, proposal } = known
  const parts = (known.parts ?? []).map(({ action, amount, at }) => ({
    difference,
    action,
    part: amount,
    on: businessDateOf(at),
  }))
  const action = resolution?.how === 'resolution' ? proposal?.action : undefined
  if (!resolution || action === undefined || !isPartAction(action)) return parts
  const rest = parts.reduce((left, { part }) => left - part, movedAmount(difference).amount as number)
  return [...parts, { difference, action, part: rupiah(rest), on: businessDateOf(resolution.at) }]
}

function chargeOf({ difference, action, on, ...moving }: Moving): readonly ChannelCharge[] {
  const { amount } = movedBySome({ difference, action, ...moving })
  if (action !== 'charge-channel' || amount === 0) return []
  return [{ differenceId: difference.id, amountRupiah: amount, chargedOn: on }]
}

export function rowOf(statement: Statement, { file, versions }: Pick<DayFindings, 'file' | 'versions'>): MatrixRow {
  const { channel, date, version, verdict, unexplainedRupiah, openDifferences } = statement
  const { hubRupiah, fileRupiah, bankRupiah } = statement
  const isHeld = versions.some(({ state }) => state === 'held')
  return {
    channel,
    date,
    version,
    verdict,
    file: file ? 'received' : isHeld ? 'held' : 'none',
    unexplainedRupiah,
    openDifferences,
    hubRupiah,
    fileRupiah,
    fileNetRupiah: file?.totals.net ?? null,
    bankRupiah,
  }
}

function countsOf(differences: readonly Difference[]): Partial<Record<DifferenceClass, number>> {
  const counts: Partial<Record<DifferenceClass, number>> = {}
  for (const { class: differenceClass } of differences) counts[differenceClass] = (counts[differenceClass] ?? 0) + 1
  return counts
}

function changesBetween(before: Statement, after: Pick<Draft, 'bridge'>): readonly FigureChange[] {
  const amount = (rows: Draft['bridge'], label: string): Rupiah | null =>
    rows.find((row) => row.label === label)?.amountRupiah ?? null
  return BRIDGE_LABELS.map((label) => ({
    label,
    before: amount(before.bridge, label),
    after: amount(after.bridge, label),
  })).filter((change) => change.before !== change.after)
}
