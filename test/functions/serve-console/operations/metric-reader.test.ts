/** The adapter of CloudWatch against a listener: what it sends, what it makes of answers, and how it fails. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { cloudWatchReader, type MetricQuestion } from '../../../../functions/serve-console/operations/metric-reader.ts'
import { Defect, Transient } from '../../../../shared/runtime/faults.ts'
import { at } from '../../../support/facts.ts'

type Query = { readonly Id: string; readonly MetricStat: { readonly Metric: { readonly MetricName: string } } }
type Sent = { readonly StartTime: number; readonly EndTime: number; readonly MetricDataQueries: readonly Query[] }

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** Answers with what `answer` makes of a request; keeps the requests. */
async function cloudWatchWith(answer: (sent: Sent) => { readonly status?: number; readonly body: object }) {
  const sent: {
    readonly target: unknown
    readonly type: unknown
    readonly authorization: string
    readonly body: Sent
  }[] = []
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Sent
    sent.push({
      target: incoming.headers['x-amz-target'],
      type: incoming.headers['content-type'],
      authorization: incoming.headers.authorization ?? '',
      body,
    })
    const { status = 200, body: reply } = answer(body)
    outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(reply))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close().closeAllConnections())
  const read = cloudWatchReader({
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    now: () => at('2026-11-20T10:00'),
  })
  return { sent, read }
}

const SPAN = { from: at('2026-11-19T10:00'), to: at('2026-11-20T10:00') }
const ask = (name: string, statistic: MetricQuestion['statistic'] = 'Sum'): MetricQuestion => ({
  namespace: 'AWS/Lambda',
  name,
  dimensions: { FunctionName: 'hub-send-notice' },
  statistic,
})
const values = (of: (name: string) => readonly number[]) => (sent: Sent) => ({
  body: {
    MetricDataResults: sent.MetricDataQueries.map(({ Id, MetricStat }) => ({
      Id,
      Values: of(MetricStat.Metric.MetricName),
    })).toReversed(),
  },
})

describe('figures of CloudWatch', () => {
  test('are asked for in one signed call over one period', async () => {
    const { read, sent } = await cloudWatchWith(values(() => [3]))
    await read([ask('Errors'), ask('Duration', 'p99')], SPAN)
    expect(sent).toHaveLength(1)
    expect(sent[0]?.target).toBe('GraniteServiceVersion20100801.GetMetricData')
    // The service takes its calls as JSON of this version alone.
    expect(sent[0]?.type).toBe('application/x-amz-json-1.0')
    expect(sent[0]?.authorization).toContain('/ap-southeast-3/monitoring/aws4_request')
    expect(sent[0]?.body).toEqual({
      StartTime: SPAN.from / 1_000,
      EndTime: SPAN.to / 1_000,
      MetricDataQueries: [
        ['q0', 'Errors', 'Sum'],
        ['q1', 'Duration', 'p99'],
      ].map(([Id, MetricName, Stat]) => ({
        Id,
        MetricStat: {
          Metric: {
            Namespace: 'AWS/Lambda',
            MetricName,
            Dimensions: [{ Name: 'FunctionName', Value: 'hub-send-notice' }],
          },
          Period: 86_400,
          Stat,
        },
      })),
    })
  })

  test('stand in the order of their questions, whatever the order of the answers', async () => {
    const { read } = await cloudWatchWith(values((name) => (name === 'None' ? [] : [Number(name)])))
    expect(await read([ask('5'), ask('None'), ask('7')], SPAN)).toEqual([5, null, 7])
  })

  test('that come in two parts are added up, and of percentiles the worse one counts', async () => {
    const { read } = await cloudWatchWith(values(() => [40, 2]))
    expect(await read([ask('Errors'), ask('Errors', 'SampleCount'), ask('Duration', 'p99')], SPAN)).toEqual([
      42, 42, 40,
    ])
  })

  test('are asked for a hundred at a time', async () => {
    const { read, sent } = await cloudWatchWith(values((name) => [Number(name)]))
    const many = Array.from({ length: 201 }, (_, i) => ask(String(i)))
    expect(await read(many, SPAN)).toEqual(many.map((_, i) => i))
    expect(sent.map(({ body }) => body.MetricDataQueries.length).sort()).toEqual([1, 100, 100])
  })

  test('that the role may not read are a defect and are not asked for again; silence is tried three times', async () => {
    const denied = await cloudWatchWith(() => ({ status: 400, body: { __type: 'x#AccessDeniedException' } }))
    await expect(denied.read([ask('Errors')], SPAN)).rejects.toThrow(Defect)
    expect(denied.sent).toHaveLength(1)
    const broken = await cloudWatchWith(() => ({ status: 500, body: { __type: 'InternalServiceFault' } }))
    await expect(broken.read([ask('Errors')], SPAN)).rejects.toThrow(Transient)
    expect(broken.sent).toHaveLength(3)
  })
})
