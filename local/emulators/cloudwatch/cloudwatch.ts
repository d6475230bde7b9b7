/**
 * CloudWatch on a laptop, as far as the console asks it: GetMetricData over one period. Lambda's own metrics are told by the
 * hub's lambda runtime (`ran`), the functions' by their logs. In memory, since the hub was started; who may ask is the proxy's
 * business. Any other question is refused.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { embeddedMetrics } from './embedded-metrics.ts'
import { type MetricStore, metricStore, type Statistic } from './metric-store.ts'

/** One event that a function was given, at its end. */
export type FinishedEvent = { readonly functionName: string; readonly millis: number; readonly failed: boolean }

export type LocalCloudWatch = {
  readonly endpoint: string
  readonly ran: (event: FinishedEvent) => void
  readonly stop: () => Promise<void>
}

export type CloudWatchOptions = {
  /** The hub's clock. */
  readonly now: () => number
  /** Logs of functions. */
  readonly logs: readonly string[]
}

type Query = {
  readonly Id: string
  readonly MetricStat?: {
    readonly Metric: {
      readonly Namespace: string
      readonly MetricName: string
      readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[]
    }
    readonly Period: number
    readonly Stat: string
  }
}
type Question = { readonly StartTime: number; readonly EndTime: number; readonly MetricDataQueries: readonly Query[] }

const STATISTICS: readonly Statistic[] = ['Sum', 'SampleCount', 'p99']
const MOST_QUERIES = 500

export async function startCloudWatch({ now, logs }: CloudWatchOptions): Promise<LocalCloudWatch> {
  const store = metricStore()
  const embedded = await embeddedMetrics(logs, store)
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => reply(outgoing, 500, { __type: 'InternalServiceFault' }))
  })

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const question = await questionIn(incoming)
    if (question === undefined || !isOfOnePeriod(question)) {
      const message = `expected at most ${MOST_QUERIES} queries of ${STATISTICS.join(', ')}, each over one period`
      return reply(outgoing, 400, { __type: 'InvalidParameterValue', message })
    }
    await embedded.readOn()
    reply(outgoing, 200, { MetricDataResults: resultsOf(question, store), Messages: [] })
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ran: ({ functionName, millis, failed }) => {
      const add = (name: string, value: number) =>
        store.add({ namespace: 'AWS/Lambda', name, dimensions: { FunctionName: functionName } }, now(), value)
      add('Invocations', 1)
      add('Errors', failed ? 1 : 0)
      add('Duration', millis)
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function questionIn(incoming: IncomingMessage): Promise<Question | undefined> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as Question
  } catch {
    return undefined
  }
}

/** The only kind that this one answers: the span is the period, so there is one value. */
function isOfOnePeriod({ StartTime, EndTime, MetricDataQueries: queries }: Question): boolean {
  if (!Array.isArray(queries) || queries.length === 0 || queries.length > MOST_QUERIES) return false
  return queries.every(
    ({ MetricStat: asked }: Query) =>
      asked !== undefined && STATISTICS.some((each) => each === asked.Stat) && EndTime - StartTime <= asked.Period,
  )
}

function resultsOf(
  { StartTime, EndTime, MetricDataQueries: queries }: Question,
  store: MetricStore,
): readonly object[] {
  return queries.map(({ Id, MetricStat: asked }) => {
    const value = asked && figureOf(asked, StartTime * 1_000, EndTime * 1_000, store)
    const found = value === undefined ? { Timestamps: [], Values: [] } : { Timestamps: [StartTime], Values: [value] }
    return { Id, Label: asked?.Metric.MetricName ?? Id, StatusCode: 'Complete', ...found }
  })
}

function figureOf(
  { Metric, Stat }: NonNullable<Query['MetricStat']>,
  from: number,
  to: number,
  store: MetricStore,
): number | undefined {
  const { Namespace: namespace, MetricName: name, Dimensions = [] } = Metric
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]))
  return store.statistic({ namespace, name, dimensions }, Stat as Statistic, from, to)
}

function reply(outgoing: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  outgoing.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(text),
  })
  outgoing.end(text)
}
