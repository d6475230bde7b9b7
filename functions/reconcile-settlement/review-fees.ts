/**
 * The fees of a channel's month, held against its contract and its invoices: the case is opened, brought up to date or resolved
 * by itself, and what invoices and decisions mean for the books is put as a new version where it changed.
 *
 * Level-triggered: an invoice, a decision and the night are this one path, right any number of times. A difference that people
 * wrote off or charged moves the books only while it is still found, so that a credit note for it does not count twice.
 */
import { createHash } from 'node:crypto'
import { type BusinessDate, businessDateOf } from '../../shared/domain/instant.ts'
import { addMonths, type Month, monthOfDate } from '../../shared/domain/month.ts'
import { lastDayOf } from '../../shared/domain/settlement/fee-contract.ts'
import {
  FEE_MONTHS_LOOKED_AT,
  feeDifferenceId,
  feeDifferenceOf,
  feeMonthOf,
  isFeeCase,
  totalOf,
} from '../../shared/domain/settlement/fee-month.ts'
import {
  type FeePosition,
  type FeeResolution,
  feePositionOf,
  isNothing,
} from '../../shared/domain/settlement/fee-position.ts'
import type { ChannelCharge } from '../../shared/domain/settlement/open-items.ts'
import type { FeesTask } from '../../shared/messages/settlement.ts'
import { Transient } from '../../shared/runtime/faults.ts'
import { feeDaysOf } from '../../shared/store/settlements/fee-months.ts'
import type { DifferenceCase } from '../../shared/store/settlements/records.ts'
import { changedCases } from './cases.ts'
import type { SettlementPorts } from './ports.ts'
import { channelOf } from './read-file.ts'

export type FeesOutcome = {
  readonly outcome: 'reviewed'
  readonly channel: string
  readonly state: 'agrees' | DifferenceCase['state']
}

const ATTEMPTS = 3

export async function reviewFees(
  ports: SettlementPorts,
  { channel, month }: Omit<FeesTask, 'task'>,
): Promise<FeesOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const done = await tryReview(ports, channel, month)
    if (done !== 'again') return done
  }
  throw new Transient(
    'FEES_CONFLICT',
    `expected to review the fees of a month within ${ATTEMPTS} tries; others did each time, the message comes again`,
  )
}

/** Months whose fees a night looks at again. */
export function monthsToReview(yesterday: BusinessDate): readonly Month[] {
  return Array.from({ length: FEE_MONTHS_LOOKED_AT }, (_, back) => addMonths(monthOfDate(yesterday), -1 - back))
}

async function tryReview(ports: SettlementPorts, channel: string, month: Month): Promise<FeesOutcome | 'again'> {
  const { settlements } = ports
  const now = ports.now()
  const { profile } = channelOf(ports, channel)
  const id = feeDifferenceId(channel, month, sha256)
  const [days, invoices, known] = await Promise.all([
    feeDaysOf(settlements, channel, month),
    settlements.feeInvoices(channel, month),
    settlements.difference(id),
  ])
  const fees = feeMonthOf(profile, month, days, invoices)
  const isFound = isFeeCase(fees, businessDateOf(now))
  const found = isFound ? [{ id, finding: { ...feeDifferenceOf(fees, sha256), sha256: null } }] : []
  const changed = changedCases({ channel, date: lastDayOf(month) }, known ? [known] : [], found, now)
  for (const each of changed) if ((await settlements.putDifference(each)) === 'conflict') return 'again'

  const standing = changed[0] ?? known
  const position = feePositionOf(invoices, isFound ? resolutionOf(standing) : null)
  const latest = (await settlements.feeMonths(channel, month)).at(-1)
  const isNew = latest ? JSON.stringify(latest.position) !== JSON.stringify(position) : !isNothing(position)
  if (isNew) {
    const version = { channel, month, version: (latest?.version ?? 0) + 1, recordedAt: now, position }
    if ((await settlements.putFeeMonth(version, chargeOf(position, standing))) === 'conflict') return 'again'
  }
  return { outcome: 'reviewed', channel, state: isFound && standing ? standing.state : 'agrees' }
}

/** What the channel is asked for, all three amounts together. */
function chargeOf({ charged }: FeePosition, standing: DifferenceCase | undefined): ChannelCharge | null {
  const amountRupiah = totalOf(charged)
  if (!standing?.resolution || amountRupiah === 0) return null
  return { differenceId: standing.id, amountRupiah, chargedOn: businessDateOf(standing.resolution.at) }
}

/** What two people decided, if it moves an amount. */
function resolutionOf(standing: DifferenceCase | undefined): FeeResolution | null {
  const action = standing?.resolution?.how === 'resolution' ? standing.proposal?.action : undefined
  const amounts = standing?.finding.evidence.fees
  return amounts && (action === 'write-off' || action === 'charge-channel') ? { action, amounts } : null
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
