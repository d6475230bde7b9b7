/**
 * Metrics: the closed list of what is counted, and a writer of CloudWatch's embedded metric format (one JSON line on stdout).
 *
 * Promises: a metric always appears with exactly the dimensions of its row here, so that an alarm built from the same row
 * finds it; no value is lost or counted twice, also when events interleave; counting never fails and never waits.
 * Refuses to know what its callers count, and any dimension outside `DIMENSIONS` (no account, no person, no id).
 * Producers: functions/*. Consumer: infra/constructs/hub-alarm.ts.
 */
import type { Instant } from '../domain/instant.ts'

/** `service` is on every metric; the others only where a metric's row says so. */
export const DIMENSIONS = ['service', 'channel', 'outcome', 'stage'] as const
export type Dimension = (typeof DIMENSIONS)[number]

type MetricRow = { readonly unit: 'Count' | 'Milliseconds'; readonly by: readonly Exclude<Dimension, 'service'>[] }

// Named once: an endpoint's bundle holds this list, and each kilobyte is parsed at a cold start.
const COUNT = { unit: 'Count', by: [] } as const
const COUNT_BY_CHANNEL = { unit: 'Count', by: ['channel'] } as const
const COUNT_BY_OUTCOME = { unit: 'Count', by: ['outcome'] } as const
const COUNT_BY_BOTH = { unit: 'Count', by: ['channel', 'outcome'] } as const

export const METRICS = {
  /** First answers that took the money. */
  PaymentsAccepted: COUNT_BY_CHANNEL,
  /** First answers that did not, by refusal code. */
  PaymentsRefused: COUNT_BY_BOTH,
  /** The same payment again, answered as first. */
  PaymentsRepeated: COUNT_BY_CHANNEL,
  /** A known payment id with other facts, or a day's external id that names another call: a partner's fault or an attack. */
  PaymentConflicts: COUNT_BY_CHANNEL,
  /** A payment id that was accepted more than 30 days ago and comes again: money collected twice under one id. */
  PaymentIdsReused: COUNT_BY_CHANNEL,
  /** Payments that their channel reversed before; asked again. */
  PaymentsWereReversed: COUNT_BY_CHANNEL,
  /** Reversals that stand, first ones only. */
  ReversalsAccepted: COUNT_BY_CHANNEL,
  /** Reversals answered otherwise, by outcome (an unknown original, another customer's). */
  ReversalsRefused: COUNT_BY_BOTH,
  /** Reversals after the endpoint for them had closed: each is a case for finance. */
  LateReversals: COUNT_BY_CHANNEL,
  /** Inquiries, by outcome. */
  InquiriesAnswered: COUNT_BY_BOTH,
  /** Status questions, by outcome. */
  StatusesAnswered: COUNT_BY_BOTH,
  /** Requests refused before any work, by reason. */
  EndpointRefusals: COUNT_BY_BOTH,
  /** Those whose key, token or PIN was wrong: somebody's keys have changed, or somebody tries. */
  SignaturesRefused: COUNT_BY_CHANNEL,
  /** Limits that locked somebody out: a till, a store, a customer, or a kind of message for the day. */
  LimitsReached: COUNT_BY_CHANNEL,
  /** Signed by the partner and yet unreadable: kept as evidence; the partner or we changed something. */
  UnreadableAuthentic: COUNT_BY_CHANNEL,
  /** Signed requests kept as objects of their own, because the delivery stream did not take them (in time). */
  EvidenceKeptDirectly: COUNT_BY_CHANNEL,
  /** Signed requests sealed under the key of another day, because nobody made one for theirs. */
  EvidenceKeyOfOtherDay: COUNT_BY_CHANNEL,
  /** Our fault, before anything was decided: the partner was asked to try again. */
  FaultsBeforeDecision: COUNT_BY_CHANNEL,
  /** A write that may have happened and could not be read back: the partner must repeat or reverse. */
  UnknownOutcomes: COUNT_BY_CHANNEL,
  /** A store or queue throttled a call. */
  Throttled: COUNT_BY_CHANNEL,
  /** A decision whose fact was missing and was put by a repeat, a status or a reversal: what a crash left behind. */
  FactsHealed: COUNT_BY_CHANNEL,
  /** Views written because the fold came to something new. */
  FoldsWritten: COUNT,
  /** Folds that found the view as it should be. */
  FoldsUnchanged: COUNT,
  CreditsAllocated: COUNT,
  /** Somebody else wrote the view first; the fold started over. */
  FoldConflicts: COUNT,
  /** A view was not the fold of its facts until a sweep looked: a message was lost, or a defect. */
  ViewsRepaired: COUNT,
  /** Share facts put for members of a paid bill. */
  SharesPut: COUNT,
  /** Reversals put for shares of a reversed bill. */
  SharesReversed: COUNT,
  /** Shares and their reversals that a repair had to put: the message of their bill was lost. */
  SharesRepaired: COUNT,
  /** Accounts sent to `reconcile` again by a sweep or by an operator. */
  AccountsRequeued: COUNT,
  /** Views that a sweep met. */
  SweepRows: COUNT,
  /** Views whose next transition had come: sent to be folded again. */
  TransitionsDue: COUNT,
  /** Members that a sweep sent to queue `notice`. */
  NoticesAsked: COUNT,
  /** Items of the views' table that are no view: each is sent to the fold, which parks it. */
  ViewsUnreadable: COUNT,
  /** Runs over every view that came to their end. */
  SweepRunsFinished: COUNT,
  /** The night's run was not through when it should have been. */
  SweepRunsLate: COUNT,
  /** A run met fewer memberships than the one before, though none is ever deleted. */
  SweepRunsShrunk: COUNT,
  /** From the start of a run to its last part. */
  SweepRunMillis: { unit: 'Milliseconds', by: [] },
  /** Settlement files and bank statements that came in, by what became of them. */
  FilesTaken: COUNT_BY_OUTCOME,
  /** Those among them that cannot be used: finance must ask the sender. */
  FilesRefused: COUNT,
  /** Notices that a provider took, by its channel (sms, whatsapp, email) and the stage. */
  NoticesSent: { unit: 'Count', by: ['channel', 'stage'] },
  /** What they cost by the table of costs, in rupiah. */
  NoticeCostRupiah: COUNT_BY_CHANNEL,
  /** Notices that may or may not have gone out: they are not sent again. */
  NoticesUnknown: COUNT,
  /** Notices that every way to the member refused. */
  NoticesFailed: COUNT,
  /** Members with a notice due who opted out or cannot be reached. */
  NoticesUnsendable: COUNT_BY_OUTCOME,
  /** Looks at a member that sent nothing, by why. */
  NoticesLeft: COUNT_BY_OUTCOME,
  /** What sponsors were told of the end of a program, by what became of it. */
  SponsorNotices: COUNT_BY_OUTCOME,
  /** Answers to a channel's file that were put where it fetches them. */
  AnswersWritten: COUNT_BY_CHANNEL,
  /** Mails of a final statement that did not go out, or perhaps did not. */
  StatementMailsFailed: COUNT,
  /** Statements written because their content was new, by verdict. */
  StatementsWritten: COUNT_BY_OUTCOME,
  /** Runs that found the statement as it stands. */
  StatementsUnchanged: COUNT,
  /** Somebody else finished the same day first; the run started over. */
  StatementConflicts: COUNT,
  /** A statement with a rest that no row explains: a defect in the matching. */
  StatementsUnexplained: COUNT_BY_CHANNEL,
  /** Decisions of finance that were carried out, by action. */
  DecisionsApplied: COUNT_BY_OUTCOME,
  /** Bank credits that name no day and no channel that they could be for. */
  CreditsUnplaced: COUNT,
  /** Settlement files that had not come by their hour and the tolerance: once per channel and day. */
  FilesLate: COUNT_BY_CHANNEL,
  /** In the morning: files that were due and have not come. */
  FilesMissing: COUNT_BY_CHANNEL,
  /** In the morning: yesterday's days without a statement, or not reconciled although file and credit were due. */
  StatementsLate: COUNT_BY_CHANNEL,
  /** In the morning: differences that are open for longer than the rule allows. */
  DifferencesTooOld: COUNT_BY_CHANNEL,
  /** Accounts, bills and decisions that an audit of the ledger looked at. */
  AuditLooks: COUNT,
  /** What it found that does not agree: facts, places, views, shares, decisions, resolutions. */
  AuditDifferences: COUNT,
  /** Accepted decisions whose fact is not there after a quarter of an hour. */
  DecisionsWithoutFact: COUNT,
  /** Entries of the audit chain that were changed or removed, as its stream said. */
  AuditChainTouched: COUNT,
  /** The audit chain is not what its anchors say, or not anchored. */
  AuditChainBroken: COUNT,
  /** Stream records that came again after they had been counted: nothing was added for them. */
  CountsRepeated: COUNT,
  /** Memberships and facts by which the night's check found the rolling counts wrong, and put them right. */
  CountsCorrected: COUNT,
  /** Messages put on a dead-letter queue by us, because trying again would not help. */
  MessagesParked: COUNT,
  /** Messages handed back to their queue to be tried again. */
  MessagesRetried: COUNT,
  /** Faults of which trying again would not help, in any trigger. */
  Defects: COUNT,
  /** Console calls, by class of status (`2xx`, `4xx`, `5xx`). */
  ConsoleAnswers: COUNT_BY_OUTCOME,
  /** Rows of an import, by outcome. */
  ImportRows: COUNT_BY_OUTCOME,
  /** From the event's arrival in the function to its answer. */
  LatencyMillis: { unit: 'Milliseconds', by: [] },
  /** The same at an endpoint, apart by channel. */
  EndpointLatencyMillis: { unit: 'Milliseconds', by: ['channel'] },
} as const satisfies Readonly<Record<string, MetricRow>>

export type MetricName = keyof typeof METRICS
type NamesWith<Unit> = { [N in MetricName]: (typeof METRICS)[N]['unit'] extends Unit ? N : never }[MetricName]
export type CountName = NamesWith<'Count'>
export type MillisName = NamesWith<'Milliseconds'>

/** Values come from closed unions (channel names, outcomes), never from a request. */
export type DimensionValues = { readonly [D in Exclude<Dimension, 'service'>]?: string }

export type Metrics = {
  /** Adds to a count (1 when no value is given). Dimensions the row does not name are ignored. */
  readonly count: (name: CountName, dimensions?: DimensionValues, value?: number) => void
  readonly millis: (name: MillisName, value: number, dimensions?: DimensionValues) => void
  /** Writes what came up since the last flush: one line per set of dimension values, nothing when nothing did. */
  readonly flush: () => void
}

export type MetricsOptions = {
  readonly namespace: string
  readonly service: string
  /** Values that hold for the whole process: an endpoint's channel. */
  readonly dimensions?: DimensionValues
  /** Takes one line without its line end. */
  readonly write: (line: string) => void
  readonly clock: () => Instant
}

/** The format's limits: values per metric in one line. */
const MAX_VALUES = 100
/** A dimension that a caller left out: visible, instead of a metric that no alarm finds. */
const ABSENT = 'none'

type Line = {
  readonly dimensions: readonly Dimension[]
  readonly values: Readonly<Record<string, string>>
  readonly metrics: Map<MetricName, number | number[]>
}

export function createMetrics(options: MetricsOptions): Metrics {
  const { namespace, service, write, clock } = options
  let lines = new Map<string, Line>()

  function lineFor(name: MetricName, given: DimensionValues | undefined): Line {
    const values: Record<string, string> = { service }
    let key = ''
    for (const dimension of METRICS[name].by) {
      const value = given?.[dimension] || options.dimensions?.[dimension] || ABSENT
      values[dimension] = value
      key += `${dimension}=${value};`
    }
    const there = lines.get(key)
    if (there) return there
    const line: Line = { dimensions: ['service', ...METRICS[name].by], values, metrics: new Map() }
    lines.set(key, line)
    return line
  }

  function flush(): void {
    if (lines.size === 0) return
    const due = lines
    lines = new Map()
    const timestamp = clock()
    for (const line of due.values()) write(JSON.stringify(embedded(namespace, timestamp, line)))
  }

  return {
    count(name, dimensions, value = 1) {
      if (!Number.isFinite(value)) return
      const { metrics } = lineFor(name, dimensions)
      metrics.set(name, ((metrics.get(name) as number | undefined) ?? 0) + value)
    },
    millis(name, value, dimensions) {
      if (!Number.isFinite(value)) return
      const { metrics } = lineFor(name, dimensions)
      const values = metrics.get(name) as number[] | undefined
      if (!values) {
        metrics.set(name, [value])
        return
      }
      values.push(value)
      if (values.length === MAX_VALUES) flush()
    },
    flush,
  }
}

/** A line for stdout. Written past `console`, to which the Lambda runtime adds a prefix that ends the format. */
export function writeLine(line: string): void {
  process.stdout.write(`${line}\n`)
}

function embedded(namespace: string, timestamp: number, line: Line): object {
  const metrics = [...line.metrics]
  return {
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [line.dimensions],
          Metrics: metrics.map(([name]) => ({ Name: name, Unit: METRICS[name].unit })),
        },
      ],
    },
    ...line.values,
    ...Object.fromEntries(
      metrics.map(([name, value]) => [name, Array.isArray(value) && value.length === 1 ? value[0] : value]),
    ),
  }
}
