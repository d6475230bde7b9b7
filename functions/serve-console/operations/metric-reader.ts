/**
 * Figures of CloudWatch over one span, and the adapter: one operation (GetMetricData) of its JSON protocol, signed as other
 * calls are, so that no SDK client is in the bundle. On a laptop local/emulators/cloudwatch answers the same call.
 *
 * Promises: an answer for each question, in their order; calls are bounded by the number of questions. Knows no function and
 * no partner.
 */
import type { Instant } from '../../../shared/domain/instant.ts'
import type { Answer } from '../../../shared/runtime/kept-connections.ts'
import { type Credentials, signedCalls } from '../../../shared/runtime/signed-call.ts'
import { reading } from '../../../shared/store/dynamo/errors.ts'

export type MetricQuestion = {
  readonly namespace: string
  readonly name: string
  /** All that the metric is written with: CloudWatch finds nothing by a part of them. */
  readonly dimensions: Readonly<Record<string, string>>
  readonly statistic: 'Sum' | 'SampleCount' | 'p99'
}

/** At most `SPAN_SECONDS` long. */
export type Span = { readonly from: Instant; readonly to: Instant }

/** In the order of the questions; null: nothing was written in the span. */
export type MetricReader = (questions: readonly MetricQuestion[], span: Span) => Promise<readonly (number | null)[]>

export const SPAN_SECONDS = 86_400
/** CloudWatch takes 500 in a call; fewer at once are answered sooner. */
const MOST_QUESTIONS = 100

export type CloudWatchPlace = {
  readonly region: string
  readonly credentials: Credentials
  /** In place of the region's public one. */
  readonly endpoint: string
  /** Milliseconds of the wall clock. */
  readonly now: () => number
}

export function cloudWatchReader(place: CloudWatchPlace): MetricReader {
  const calls = signedCalls({ service: 'monitoring', ...place })
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
  }
  const ask = async (questions: readonly MetricQuestion[], span: Span): Promise<readonly (number | null)[]> => {
    const answer = await calls.post(headers, JSON.stringify(requestOf(questions, span)))
    if (answer.statusCode !== 200) throw refusal(answer)
    return valuesIn(answer, questions)
  }
  return async (questions, span) => {
    const parts = Array.from({ length: Math.ceil(questions.length / MOST_QUESTIONS) }, (_, i) =>
      questions.slice(i * MOST_QUESTIONS, (i + 1) * MOST_QUESTIONS),
    )
    const answers = await Promise.all(parts.map((part) => reading('figures of CloudWatch', () => ask(part, span))))
    return answers.flat()
  }
}

function requestOf(questions: readonly MetricQuestion[], { from, to }: Span): object {
  return {
    StartTime: from / 1_000,
    EndTime: to / 1_000,
    MetricDataQueries: questions.map(({ namespace, name, dimensions, statistic }, i) => ({
      Id: `q${i}`,
      MetricStat: {
        Metric: {
          Namespace: namespace,
          MetricName: name,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: SPAN_SECONDS,
        Stat: statistic,
      },
    })),
  }
}

type Found = { readonly Id?: string; readonly Values?: readonly number[] }

/** One value per question; two where CloudWatch cuts the span at an edge of its own. */
function valuesIn({ body }: Answer, questions: readonly MetricQuestion[]): readonly (number | null)[] {
  const { MetricDataResults: results = [] }: { readonly MetricDataResults?: readonly Found[] } = JSON.parse(
    Buffer.from(body).toString(),
  )
  const values = new Map<string, number[]>()
  for (const { Id = '', Values = [] } of results) values.set(Id, [...(values.get(Id) ?? []), ...Values])
  return questions.map(({ statistic }, i) => {
    const found = values.get(`q${i}`) ?? []
    if (found.length === 0) return null
    return statistic === 'p99' ? Math.max(...found) : found.reduce((sum, value) => sum + value, 0)
  })
}

/** Named as the service names it; what it says beside that is dropped. */
function refusal({ statusCode, body }: Answer): Error {
  const type = /"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(Buffer.from(body).toString())?.[1] ?? 'Unknown'
  const error = new Error(`expected CloudWatch to answer, got status ${statusCode}`)
  return Object.assign(error, { name: type, $metadata: { httpStatusCode: statusCode } })
}
