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

export const METRICS = {
  /** First answers that took the money. */
  PaymentsAccepted: { unit: 'Count', by: ['channel'] },
  /** First answers that did not, by refusal code. */
  PaymentsRefused: { unit: 'Count', by: ['channel', 'outcome'] },
  /** The same payment again, answered as first. */
  PaymentsRepeated: { unit: 'Count', by: ['channel'] },
  /** A known payment id with other facts, or a day's external id that names another call: a partner's fault or an attack. */
  PaymentConflicts: { unit: 'Count', by: ['channel'] },
  /** A payment id that was accepted more than 30 days ago and comes again: money collected twice under one id. */
  PaymentIdsReused: { unit: 'Count', by: ['channel'] },
  /** Payments that their channel reversed before; asked again. */
  PaymentsWereReversed: { unit: 'Count', by: ['channel'] },
  /** Reversals that stand, first ones only. */
  ReversalsAccepted: { unit: 'Count', by: ['channel'] },
  /** Reversals answered otherwise, by outcome (an unknown original, another customer's). */
  ReversalsRefused: { unit: 'Count', by: ['channel', 'outcome'] },
  /** Reversals after the endpoint for them had closed: each is a case for finance. */
  LateReversals: { unit: 'Count', by: ['channel'] },
  /** Inquiries, by outcome. */
  InquiriesAnswered: { unit: 'Count', by: ['channel', 'outcome'] },
  /** Status questions, by outcome. */
  StatusesAnswered: { unit: 'Count', by: ['channel', 'outcome'] },
  /** Requests refused before any work, by reason. */
  EndpointRefusals: { unit: 'Count', by: ['channel', 'outcome'] },
  /** Signed by the partner and yet unreadable: kept as evidence; the partner or we changed something. */
  UnreadableAuthentic: { unit: 'Count', by: ['channel'] },
  /** Signed requests kept as objects of their own, because the delivery stream did not take them (in time). */
  EvidenceKeptDirectly: { unit: 'Count', by: ['channel'] },
  /** Our fault, before anything was decided: the partner was asked to try again. */
  FaultsBeforeDecision: { unit: 'Count', by: ['channel'] },
  /** A write that may have happened and could not be read back: the partner must repeat or reverse. */
  UnknownOutcomes: { unit: 'Count', by: ['channel'] },
  /** A store or queue throttled a call. */
  Throttled: { unit: 'Count', by: ['channel'] },
  /** A decision whose fact was missing and was put by a repeat, a status or a reversal: what a crash left behind. */
  FactsHealed: { unit: 'Count', by: ['channel'] },
  /** Views written because the fold came to something new. */
  FoldsWritten: { unit: 'Count', by: [] },
  /** Folds that found the view as it should be. */
  FoldsUnchanged: { unit: 'Count', by: [] },
  CreditsAllocated: { unit: 'Count', by: [] },
  /** Somebody else wrote the view first; the fold started over. */
  FoldConflicts: { unit: 'Count', by: [] },
  /** A view was not the fold of its facts until a sweep looked: a message was lost, or a defect. */
  ViewsRepaired: { unit: 'Count', by: [] },
  /** Share facts put for members of a paid bill. */
  SharesPut: { unit: 'Count', by: [] },
  /** Reversals put for shares of a reversed bill. */
  SharesReversed: { unit: 'Count', by: [] },
  /** Shares and their reversals that a repair had to put: the message of their bill was lost. */
  SharesRepaired: { unit: 'Count', by: [] },
  /** Accounts sent to `reconcile` again by a sweep or by an operator. */
  AccountsRequeued: { unit: 'Count', by: [] },
  /** Views that a sweep met. */
  SweepRows: { unit: 'Count', by: [] },
  /** Views whose next transition had come: sent to be folded again. */
  TransitionsDue: { unit: 'Count', by: [] },
  /** Members that a sweep sent to queue `notice`. */
  NoticesAsked: { unit: 'Count', by: [] },
  /** Items of the views' table that are no view: each is sent to the fold, which parks it. */
  ViewsUnreadable: { unit: 'Count', by: [] },
  /** Runs over every view that came to their end. */
  SweepRunsFinished: { unit: 'Count', by: [] },
  /** The night's run was not through when it should have been. */
  SweepRunsLate: { unit: 'Count', by: [] },
  /** A run met fewer memberships than the one before, though none is ever deleted. */
  SweepRunsShrunk: { unit: 'Count', by: [] },
  /** From the start of a run to its last part. */
  SweepRunMillis: { unit: 'Milliseconds', by: [] },
  /** Settlement files and bank statements that came in, by what became of them. */
  FilesTaken: { unit: 'Count', by: ['outcome'] },
  /** Those among them that cannot be used: finance must ask the sender. */
  FilesRefused: { unit: 'Count', by: [] },
  /** Notices that a provider took, by its channel (sms, whatsapp, email) and the stage. */
  NoticesSent: { unit: 'Count', by: ['channel', 'stage'] },
  /** What they cost by the table of costs, in rupiah. */
  NoticeCostRupiah: { unit: 'Count', by: ['channel'] },
  /** Notices that may or may not have gone out: they are not sent again. */
  NoticesUnknown: { unit: 'Count', by: [] },
  /** Notices that every way to the member refused. */
  NoticesFailed: { unit: 'Count', by: [] },
  /** Members with a notice due who opted out or cannot be reached. */
  NoticesUnsendable: { unit: 'Count', by: ['outcome'] },
  /** Looks at a member that sent nothing, by why. */
  NoticesLeft: { unit: 'Count', by: ['outcome'] },
  /** What sponsors were told of the end of a program, by what became of it. */
  SponsorNotices: { unit: 'Count', by: ['outcome'] },
  /** Answers to a channel's file that were put where it fetches them. */
  AnswersWritten: { unit: 'Count', by: ['channel'] },
  /** Mails of a final statement that did not go out, or perhaps did not. */
  StatementMailsFailed: { unit: 'Count', by: [] },
  /** Statements written because their content was new, by verdict. */
  StatementsWritten: { unit: 'Count', by: ['outcome'] },
  /** Runs that found the statement as it stands. */
  StatementsUnchanged: { unit: 'Count', by: [] },
  /** Somebody else finished the same day first; the run started over. */
  StatementConflicts: { unit: 'Count', by: [] },
  /** A statement with a rest that no row explains: a defect in the matching. */
  StatementsUnexplained: { unit: 'Count', by: ['channel'] },
  /** Decisions of finance that were carried out, by action. */
  DecisionsApplied: { unit: 'Count', by: ['outcome'] },
  /** Bank credits that name no day and no channel that they could be for. */
  CreditsUnplaced: { unit: 'Count', by: [] },
  /** Settlement files that had not come by their hour and the tolerance: once per channel and day. */
  FilesLate: { unit: 'Count', by: ['channel'] },
  /** In the morning: files that were due and have not come. */
  FilesMissing: { unit: 'Count', by: ['channel'] },
  /** In the morning: yesterday's days without a statement, or not reconciled although file and credit were due. */
  StatementsLate: { unit: 'Count', by: ['channel'] },
  /** In the morning: differences that are open for longer than the rule allows. */
  DifferencesTooOld: { unit: 'Count', by: ['channel'] },
  /** Accounts, bills and decisions that an audit of the ledger looked at. */
  AuditLooks: { unit: 'Count', by: [] },
  /** What it found that does not agree: facts, places, views, shares, decisions, resolutions. */
  AuditDifferences: { unit: 'Count', by: [] },
  /** Accepted decisions whose fact is not there after a quarter of an hour. */
  DecisionsWithoutFact: { unit: 'Count', by: [] },
  /** Entries of the audit chain that were changed or removed, as its stream said. */
  AuditChainTouched: { unit: 'Count', by: [] },
  /** The audit chain is not what its anchors say, or not anchored. */
  AuditChainBroken: { unit: 'Count', by: [] },
  /** Stream records that came again after they had been counted: nothing was added for them. */
  CountsRepeated: { unit: 'Count', by: [] },
  /** Memberships and facts by which the night's check found the rolling counts wrong, and put them right. */
  CountsCorrected: { unit: 'Count', by: [] },
  /** Messages put on a dead-letter queue by us, because trying again would not help. */
  MessagesParked: { unit: 'Count', by: [] },
  /** Messages handed back to their queue to be tried again. */
  MessagesRetried: { unit: 'Count', by: [] },
  /** Faults of which trying again would not help, in any trigger. */
  Defects: { unit: 'Count', by: [] },
  /** Console calls, by class of status (`2xx`, `4xx`, `5xx`). */
  ConsoleAnswers: { unit: 'Count', by: ['outcome'] },
  /** Rows of an import, by outcome. */
  ImportRows: { unit: 'Count', by: ['outcome'] },
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
