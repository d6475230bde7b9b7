/** Settlement records for tests: everything has a default; a test says what matters. */
import type { BusinessDate, Instant } from '../../shared/domain/instant.ts'
import { rupiah, ZERO } from '../../shared/domain/money.ts'
import type { FileVersion } from '../../shared/domain/settlement/file-version.ts'
import type {
  DifferenceCase,
  Finding,
  MatrixRow,
  Resolution,
  Statement,
} from '../../shared/store/settlements/records.ts'
import { at } from './facts.ts'

export const CHANNEL = 'indomaret'
export const DAY = '2026-11-20' as BusinessDate
export const MORNING = at('2026-11-21T07:10')

export function fileOf(changed: Partial<FileVersion> = {}): FileVersion {
  return {
    channel: CHANNEL,
    date: DAY,
    version: 1,
    state: 'accepted',
    name: 'IDM_20261120.csv',
    sha256: 'a'.repeat(64),
    bytes: 300,
    receivedAt: at('2026-11-21T06:30'),
    receivedBy: null,
    refusal: null,
    totals: { lines: 1, amount: rupiah(8_400), fee: rupiah(1_500), net: rupiah(6_900) },
    quarantinedLines: 0,
    quarantined: [],
    change: null,
    ...changed,
  }
}

export function statementOf(changed: Partial<Statement> = {}): Statement {
  return {
    channel: CHANNEL,
    date: DAY,
    version: 1,
    recordedAt: MORNING,
    digest: 'd1',
    verdict: 'differences',
    file: { version: 1, name: 'IDM_20261120.csv', sha256: 'a'.repeat(64) },
    bridge: [{ label: 'hub-payments', amountRupiah: rupiah(8_400), count: 1 }],
    unexplainedRupiah: ZERO,
    hubRupiah: rupiah(8_400),
    fileRupiah: rupiah(8_400),
    channelFeesRupiah: rupiah(1_500),
    bankRupiah: ZERO,
    writtenOffRupiah: ZERO,
    chargedRupiah: ZERO,
    feesMoved: { writtenOffRupiah: ZERO, chargedRupiah: ZERO },
    openItems: [],
    credits: [],
    differenceCounts: {},
    openDifferences: 0,
    pendingCount: 0,
    lines: { place: 'p1', buckets: 1, pages: {} },
    changes: [],
    ...changed,
  }
}

export function rowOf(changed: Partial<MatrixRow> = {}): MatrixRow {
  return {
    channel: CHANNEL,
    date: DAY,
    version: 1,
    verdict: 'differences',
    file: 'received',
    unexplainedRupiah: ZERO,
    openDifferences: 0,
    hubRupiah: rupiah(8_400),
    fileRupiah: rupiah(8_400),
    fileNetRupiah: rupiah(6_900),
    bankRupiah: ZERO,
    ...changed,
  }
}

export function findingOf(changed: Partial<Finding> = {}): Finding {
  return {
    id: `${CHANNEL}-20261120-0123456789ab`,
    class: 'missing-in-hub',
    paymentId: 'T1',
    hubAmountRupiah: null,
    fileAmountRupiah: rupiah(8_400),
    effectRupiah: rupiah(8_400),
    lines: [2],
    breakDate: null,
    evidence: { reason: 'decision-unknown' },
    sha256: 'a'.repeat(64),
    ...changed,
  }
}

export function caseOf(changed: Partial<DifferenceCase> = {}): DifferenceCase {
  return {
    id: `${CHANNEL}-20261120-0123456789ab`,
    channel: CHANNEL,
    date: DAY,
    state: 'open',
    version: 1,
    firstSeenAt: MORNING,
    finding: findingOf(),
    proposal: null,
    resolution: null,
    history: [{ at: MORNING, what: 'found', by: null, note: 'decision-unknown' }],
    ...changed,
  }
}

export function resolutionOf(changed: Partial<Resolution> = {}): Omit<Resolution, 'audit'> {
  return {
    differenceId: `${CHANNEL}-20261120-0123456789ab`,
    channel: CHANNEL,
    date: DAY,
    differenceVersion: 3,
    finding: findingOf(),
    action: 'post',
    reason: 'the channel has the money',
    paymentId: null,
    proposedBy: 'operator-1',
    approvedBy: 'approver-1',
    approvedAt: at('2026-11-21T10:00') as Instant,
    ...changed,
  }
}
