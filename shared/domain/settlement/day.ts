/**
 * The words of a channel-day's settlement: what goes in, what is found, and what a statement says.
 *
 * The way through: columns.ts takes the hub's day and the file's lines, join.ts joins them by payment id, `needs` names what
 * must be looked up of the leftovers, classify.ts gives every payment and line its one place, statement.ts adds them up.
 * Consumer: functions/reconcile-settlement. Refuses to know tables, queues and people's resolutions beyond their effect.
 */
import type { Dated } from '../effective-dated.ts'
import type { BusinessDate, Instant } from '../instant.ts'
import type { Rupiah } from '../money.ts'
import type { Month } from '../month.ts'
import type { FileTotals, LineStatus, QuarantinedLine, SettledLine } from './line.ts'

/** One payment of the hub's day, as the day index has it (bills: one entry under the bill code). */
export type HubEntry = {
  readonly paymentId: string
  /** KPJ, bill code, or `suspense#…`. */
  readonly account: string
  readonly amount: Rupiah
  readonly decidedAt: Instant
  readonly outlet: string
  readonly state: 'accepted' | 'reversed'
}

/** The rows of a bridge in their order. Rows of nothing are left out, the totals never. */
export const BRIDGE_LABELS = [
  'hub-payments',
  'hub-reversed',
  'pending',
  'settled-in-other-file',
  'missing-in-file',
  'carried-in',
  'missing-in-hub',
  'amount-difference',
  'duplicate-in-file',
  'duplicate-across-files',
  'reversed-here-settled-there',
  'settled-here-reversed-there',
  'ambiguous',
  'reversed-earlier-line',
  'quarantined',
  'file-total',
  'channel-fees',
  'file-net',
  'bank-credit',
  'bank-awaited',
  'bank-difference',
] as const
export type BridgeLabel = (typeof BRIDGE_LABELS)[number]

export const DIFFERENCE_CLASSES = [
  'missing-in-file',
  'missing-in-hub',
  'amount-difference',
  'fee-difference',
  'fee-invoice-difference',
  'duplicate-in-file',
  'duplicate-across-files',
  'reversed-here-settled-there',
  'settled-here-reversed-there',
  'ambiguous',
  'quarantined',
  'bank-difference',
  'late-reversal',
  'corrected-file',
] as const
export type DifferenceClass = (typeof DIFFERENCE_CLASSES)[number]

/** In order: the first that applies is the verdict. */
export const VERDICTS = ['incomplete', 'differences', 'reconciled-with-pending', 'reconciled'] as const
export type Verdict = (typeof VERDICTS)[number]

/** MatchMethod a line found its payment: by equal id, as the only candidate, or by a person's approved resolution. */
export type MatchMethod = 'id' | 'candidate' | 'resolution'

/** A line of the same payment id in another day's file of this channel. */
export type OtherLine = {
  readonly file: BusinessDate
  readonly line: number
  readonly status: LineStatus
  readonly amount: Rupiah
}

/** What the hub's decisions say of a payment id that stands in the file but not in the hub's day. */
export type KnownDecision =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'reversed-first' }
  | {
      readonly kind: 'accepted'
      readonly businessDate: BusinessDate
      readonly account: string
      readonly amount: Rupiah
      readonly reversed: boolean
    }

/** What must be looked up before a day can be classified. Every list is without repeats, in order of text. */
export type Lookups = {
  /** Payment ids of lines that the hub's day does not have. Never ''. */
  readonly decisions: readonly string[]
  /** Payment ids, of the hub's day or of lines, whose lines in other days' files decide. Never ''. */
  readonly otherLines: readonly string[]
  /** Customer ids of lines whose account decides. */
  readonly customers: readonly string[]
}

/** The answers to `Lookups`. An id that is not in `payment-decisions` counts as unknown; not in `accounts`: as nobody's. */
export type LookupResults = {
  readonly decisions: ReadonlyMap<string, KnownDecision>
  /** Own file of the payment's day included, where that is another day's. */
  readonly otherLines: ReadonlyMap<string, readonly OtherLine[]>
  /** KPJ or bill code by customer id; a NIK through its open self-paid membership. */
  readonly accounts: ReadonlyMap<string, string>
  /** Approved `match` resolutions: payment id by line identity (`lineIdentity` of identity.ts, as evidence of the difference has it). */
  readonly matches: ReadonlyMap<string, string>
  /** Ids that are the same but for the case of their letters, found in other days. */
  readonly alike?: {
    /** By the id of a line of no payment: the payment that the hub accepted. */
    readonly payments: ReadonlyMap<string, AlikePayment>
    /** By the id of a payment that no file has: lines of other days' files that belong to no payment. */
    readonly lines: ReadonlyMap<string, readonly AlikeLine[]>
  }
  /** Ids of differences about which people have said something: none of them becomes a part of a case of many. */
  readonly decided?: ReadonlySet<string>
}

export type AlikePayment = { readonly paymentId: string; readonly businessDate: BusinessDate; readonly amount: Rupiah }
export type AlikeLine = { readonly paymentId: string; readonly file: BusinessDate }

/** What finance may change without touching code: each value with its source. */
export type SettlementRules = {
  /** MatchMethod near midnight a payment may stand in the neighbouring day's file. */
  readonly driftMinutes: Dated<number>
  /** MatchMethod far a line's time may lie from its payment's decision, where its id does not decide. */
  readonly candidateMinutes: Dated<number>
  /** MatchMethod much of an id must be left for it to count as a cut one. */
  readonly cutIdCharacters: Dated<number>
  /** Equal fee differences above this number become one difference: a schedule is wrong, not a line. */
  readonly feeLines: Dated<number>
  /** Differences of one class and reason above this number become one case with a list of its lines. */
  readonly kindCases: Dated<number>
  /** How far the time of a line may lie from its payment's before it is noted. */
  readonly timeMinutes: Dated<number>
  /** WIB hour at which the channel's business day ends; 24 is midnight. */
  readonly cutOffHour: Dated<number>
  /** WIB hour of the next calendar day at which a day's file is due. */
  readonly fileDueHour: Dated<number>
  /** After how many working days the bank's credit of a day is due. */
  readonly creditDays: Dated<number>
  /** WIB hour at which it is due on that day. */
  readonly creditDueHour: Dated<number>
  /** MatchMethod many open days a credit without readable days is searched among. */
  readonly openDays: Dated<number>
}

/** What one day is judged by. */
export type DaySetting = {
  readonly channel: string
  readonly date: BusinessDate
  readonly now: Instant
  readonly rules: SettlementRules
  /** The channel's own fee per payment (ChannelProfile.channelFee), read at the payment's business date. */
  readonly channelFee: Dated<Rupiah>
  /** What the customer pays the outlet on top, by contract; null or absent where no file has it. */
  readonly adminFee?: Dated<Rupiah> | null
  /** Lower-case hex SHA-256 of a text's UTF-8 bytes: ids of differences come of it. */
  readonly sha256: (text: string) => string
}

/**
 * One thing in one row. A payment and a line stand in one row each; a matched pair stands in none, but for the rest of an
 * amount difference; so does a settled line with its reversed one in the same file.
 */
export type Item = {
  readonly label: BridgeLabel
  /** What it adds to the row. */
  readonly amount: Rupiah
  readonly paymentId: string
  /** null: of a payment. */
  readonly line: number | null
  /** The other day of the story, where there is one: its file, or the payment's own day. */
  readonly otherDate: BusinessDate | null
  /** When a pending payment becomes a difference. */
  readonly breakDate: BusinessDate | null
}

/** Something to know about matched lines that moves no money and asks nobody. */
export const NOTE_KINDS = ['admin-fee', 'outlet', 'time'] as const
export type NoteKind = (typeof NOTE_KINDS)[number]
/** `amount` of an item: of an admin fee, what was taken too much. */
export type Note = { readonly kind: NoteKind; readonly items: readonly Item[] }

export type Difference = {
  /** `<channel>-<yyyymmdd>-<12 hex>`: the same over reruns. */
  readonly id: string
  readonly class: DifferenceClass
  /** '' where a line has none. */
  readonly paymentId: string
  readonly hubAmountRupiah: Rupiah | null
  readonly fileAmountRupiah: Rupiah | null
  /** What it moves in the bridge: all differences of a class and explained items together are its row. */
  readonly effectRupiah: Rupiah
  /** Ascending. */
  readonly lines: readonly number[]
  readonly breakDate: BusinessDate | null
  readonly evidence: Evidence
}

/** Small, named facts of a difference for the person who decides; no name, no NIK. Absent where they do not apply. */
export type Evidence = {
  readonly reason: DifferenceReason
  readonly account?: string
  readonly decidedAt?: Instant
  readonly fileAt?: Instant
  readonly outlet?: string
  /** MatchMethod the line found its payment. */
  readonly how?: MatchMethod
  /** What the hub's decision says. */
  readonly decision?: KnownDecision['kind']
  readonly refusal?: string
  /** The business date of the payment, where it is another day's. */
  readonly hubDate?: BusinessDate
  readonly otherLines?: readonly OtherLine[]
  /** Payments that an ambiguous line may be, lines that an ambiguous payment may be. */
  readonly candidates?: readonly string[]
  readonly candidateLines?: readonly number[]
  /** MatchMethod many there are, where not all of them are named. */
  readonly candidateCount?: number
  /** What an approved `match` names: `LookupResults.matches` by this text. */
  readonly lineIdentity?: string
  readonly expectedFeeRupiah?: Rupiah
  readonly fileFeeRupiah?: Rupiah
  /** Of a month's fees: what was taken to our loss beyond what single days hold (fee-month.ts). */
  readonly fees?: {
    readonly month: Month
    readonly inDayCasesRupiah: Rupiah
    readonly fee: Rupiah
    readonly vat: Rupiah
    readonly withholding: Rupiah
  }
  readonly code?: string
  readonly field?: string
  readonly credits?: readonly string[]
  readonly fileVersion?: number
  /** Ids of differences that are perhaps the other side of this one: only one of them is acted on. */
  readonly linked?: readonly string[]
  /** Of a case that stands for many of its kind: how many; its lines are listed apart from it. */
  readonly count?: number
}

/** Why, in one word, within its class. */
export type DifferenceReason =
  | 'not-in-any-file'
  | 'settlement-of-reversed-line-missing'
  | 'decision-unknown'
  | 'decision-refused'
  | 'decision-without-fact'
  | 'reversal-of-unknown'
  | 'amounts-differ'
  | 'reversed-line-differs'
  | 'fee-differs'
  | 'fee-schedule-differs'
  | 'fee-invoice-differs'
  | 'settled-again'
  | 'reversed-again'
  | 'reversed-in-hub'
  | 'reversed-first-in-hub'
  | 'reversed-in-file'
  | 'several-candidates'
  | 'candidate-wanted-twice'
  | 'customer-differs'
  | 'reversed-without-id'
  | 'near-midnight'
  | 'may-be-in-file'
  | 'line-set-aside'
  | 'amount-unreadable'
  | 'credit-differs'
  | 'credit-ambiguous'
  | 'asked-too-late'
  | 'file-replaced'

/** A line that belongs to a payment of another hub day: that day must hear of it. */
export type ElsewhereLine = { readonly hubDate: BusinessDate; readonly line: SettledLine }

export type MatchedLine = {
  readonly paymentId: string
  readonly line: number
  readonly amount: Rupiah
  readonly fee: Rupiah
  readonly at: Instant
  readonly status: LineStatus
  readonly how: MatchMethod
}

/** A classified day. */
export type DayResult = {
  readonly sums: ReadonlyMap<BridgeLabel, { readonly amount: Rupiah; readonly count: number }>
  readonly differences: readonly Difference[]
  readonly pending: readonly Item[]
  /** Everything but matched pairs, in order of row, line and payment id; every figure opens into these. */
  readonly items: readonly Item[]
  /** Lines of the differences that stand for many of their kind, by the id of the difference. */
  readonly listed: readonly { readonly id: string; readonly items: readonly Item[] }[]
  readonly notes: readonly Note[]
  /** Lines of payments of other days, carried in, duplicate or reversed. */
  readonly elsewhere: readonly ElsewhereLine[]
  /** Lines whose payment id the hub does not know (never ''). */
  readonly unknown: readonly SettledLine[]
  /** Good lines whose payment is known, of this day or another: what the evidence of a payment needs. A million of them. */
  readonly matched: () => Iterable<MatchedLine>
  readonly counts: { readonly payments: number; readonly lines: number; readonly matched: number }
}

/** What the accepted file of the day came to. */
export type AcceptedFile = { readonly totals: FileTotals; readonly quarantined: readonly QuarantinedLine[] }

/** A row of a statement: signed, so that section one adds up from the hub to the file, section two from the file to the bank. */
export type BridgeRow = { readonly label: BridgeLabel; readonly amountRupiah: Rupiah; readonly count: number }

export type Statement = {
  readonly channel: string
  readonly date: BusinessDate
  readonly verdict: Verdict
  readonly bridge: readonly BridgeRow[]
  readonly unexplainedRupiah: Rupiah
  /** In order of class and id. */
  readonly differences: readonly Difference[]
  readonly pendings: readonly Item[]
}
