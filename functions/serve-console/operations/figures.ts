/**
 * How functions and partners did in the last 24 hours: which metrics say it, and what they come to. Read once a minute at most,
 * whoever asks. Figures that cannot be had are null and never an error: the rest of operations does not depend on them.
 * Producers of the metrics: Lambda itself, and functions/answer-channel by shared/runtime/metrics.ts.
 */
import { ENDPOINT_REFUSALS, type EndpointRefusal } from '../../../shared/channel-port/endpoint.ts'
import { DAY_MILLIS, type Instant, instant } from '../../../shared/domain/instant.ts'
import { REFUSAL_CODES } from '../../../shared/domain/refusal.ts'
import { Defect } from '../../../shared/runtime/faults.ts'
import type { Log } from '../../../shared/runtime/log.ts'
import type { MetricName } from '../../../shared/runtime/metrics.ts'
import type { MetricQuestion, MetricReader, Span } from './metric-reader.ts'

export type FunctionFigures = {
  readonly name: string
  readonly invocations: number
  readonly errors: number
  readonly throttles: number
  /** null: it did not run. */
  readonly p99Millis: number | null
}

export type PartnerFigures = {
  readonly channel: string
  readonly calls: number
  /** First answers to payments. */
  readonly accepted: number
  readonly refused: number
  /** Requests that were refused before any work, by why; none with 0. */
  readonly turnedAway: readonly { readonly reason: EndpointRefusal; readonly count: number }[]
  /** Our faults, and answers that had to say "unknown". */
  readonly failed: number
  readonly p99Millis: number | null
}

export type HubFigures = Span & {
  readonly functions: readonly FunctionFigures[]
  readonly partners: readonly PartnerFigures[]
}

/** null: none are to be had now. */
export type FiguresPort = (now: Instant) => Promise<HubFigures | null>

export type Watched = {
  /** Functions by their names in AWS. */
  readonly functions: readonly string[]
  readonly channels: readonly string[]
  /** Of our own metrics. */
  readonly namespace: string
}

const ENDPOINT_SERVICE = 'answer-channel'
const KEPT_MILLIS = 60_000
const MINUTE_MILLIS = 60_000

/** Whoever asks within a minute shares what was read; a failed reading is asked for again. */
export function figuresOf(watched: Watched, read: MetricReader, log: Pick<Log, 'warn'>): FiguresPort {
  let kept: { readonly at: Instant; readonly figures: Promise<HubFigures | null> } | undefined
  return (now) => {
    if (kept !== undefined && Math.abs(now - kept.at) < KEPT_MILLIS) return kept.figures
    const figures = readFigures(watched, read, now).catch((error: unknown) => {
      kept = undefined
      log.warn('Figures of functions and partners are not to be had', { error })
      return null
    })
    kept = { at: now, figures }
    return figures
  }
}

/** One reading of all: questions and what becomes of their answers stand side by side. */
async function readFigures(watched: Watched, read: MetricReader, now: Instant): Promise<HubFigures> {
  const to = instant(now - (now % MINUTE_MILLIS))
  const span = { from: instant(to - DAY_MILLIS), to }
  const questions: MetricQuestion[] = []
  const asked = (question: MetricQuestion) => questions.push(question) - 1
  const functions = watched.functions.map((name) => functionQuestions(name, asked))
  const partners = watched.channels.map((channel) => partnerQuestions(watched.namespace, channel, asked))
  const values = await read(questions, span)
  if (values.length !== questions.length) {
    throw new Defect('METRICS', `expected ${questions.length} figures, got ${values.length}`)
  }
  const at: ValueAt = (index) => values[index] ?? null
  return {
    ...span,
    functions: functions.map((figures) => figures(at)),
    partners: partners.map((figures) => figures(at)),
  }
}

type ValueAt = (index: number) => number | null
type Ask = (question: MetricQuestion) => number

function functionQuestions(name: string, ask: Ask): (at: ValueAt) => FunctionFigures {
  const of = (metric: string, statistic: MetricQuestion['statistic']) =>
    ask({ namespace: 'AWS/Lambda', name: metric, dimensions: { FunctionName: name }, statistic })
  const [invocations, errors, throttles] = [of('Invocations', 'Sum'), of('Errors', 'Sum'), of('Throttles', 'Sum')]
  const duration = of('Duration', 'p99')
  return (at) => ({
    name,
    invocations: at(invocations) ?? 0,
    errors: at(errors) ?? 0,
    throttles: at(throttles) ?? 0,
    p99Millis: millisOf(at(duration)),
  })
}

function partnerQuestions(namespace: string, channel: string, ask: Ask): (at: ValueAt) => PartnerFigures {
  const of = (name: MetricName, statistic: MetricQuestion['statistic'], outcome?: string) => {
    const dimensions = { service: ENDPOINT_SERVICE, channel, ...(outcome === undefined ? {} : { outcome }) }
    return ask({ namespace, name, dimensions, statistic })
  }
  const calls = of('EndpointLatencyMillis', 'SampleCount')
  const latency = of('EndpointLatencyMillis', 'p99')
  const accepted = of('PaymentsAccepted', 'Sum')
  const refused = REFUSAL_CODES.map((code) => of('PaymentsRefused', 'Sum', code))
  const turnedAway = ENDPOINT_REFUSALS.map((reason) => ({ reason, count: of('EndpointRefusals', 'Sum', reason) }))
  const failed = [of('FaultsBeforeDecision', 'Sum'), of('UnknownOutcomes', 'Sum')]
  return (at) => {
    const sumOf = (indices: readonly number[]) => indices.reduce((sum, index) => sum + (at(index) ?? 0), 0)
    return {
      channel,
      calls: at(calls) ?? 0,
      accepted: at(accepted) ?? 0,
      refused: sumOf(refused),
      turnedAway: turnedAway
        .map(({ reason, count }) => ({ reason, count: at(count) ?? 0 }))
        .filter(({ count }) => count > 0),
      failed: sumOf(failed),
      p99Millis: millisOf(at(latency)),
    }
  }
}

function millisOf(value: number | null): number | null {
  return value === null ? null : Math.round(value)
}
