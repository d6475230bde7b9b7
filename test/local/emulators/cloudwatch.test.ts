/** CloudWatch on a laptop: metrics from the functions' logs and from what ran, asked for as AWS is asked. */
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cloudWatchReader, type MetricQuestion } from '../../../functions/serve-console/operations/metric-reader.ts'
import { type LocalCloudWatch, startCloudWatch } from '../../../local/emulators/cloudwatch/cloudwatch.ts'
import { DAY_MILLIS, type Instant, instant } from '../../../shared/domain/instant.ts'
import { createMetrics } from '../../../shared/runtime/metrics.ts'
import { at } from '../../support/facts.ts'

const NOW = at('2026-11-20T10:00')
const clock = { now: NOW }
let folder: string
let log: string
let cloudWatch: LocalCloudWatch

beforeEach(async () => {
  clock.now = NOW
  folder = mkdtempSync(path.join(tmpdir(), 'cloudwatch-'))
  log = path.join(folder, 'hub-answer-channel-bni.jsonl')
  writeFileSync(log, '')
  write(-1, 1_000)
  const logs = [log, path.join(folder, 'not-yet.jsonl')]
  cloudWatch = await startCloudWatch({ now: () => clock.now, logs })
})
afterEach(async () => {
  await cloudWatch.stop()
  rmSync(folder, { recursive: true })
})

/** What an endpoint writes for so many calls and payments. */
function write(minutes: number, calls: number, file = log): void {
  const metrics = createMetrics({
    namespace: 'hub',
    service: 'answer-channel',
    dimensions: { channel: 'bni' },
    write: (line) => appendFileSync(file, `${line}\n`),
    clock: () => instant(NOW + minutes * 60_000),
  })
  for (let call = 1; call <= calls; call++) {
    metrics.count('PaymentsAccepted')
    metrics.millis('EndpointLatencyMillis', call)
  }
  appendFileSync(file, '{"level":"INFO","message":"A message was answered"}\n')
  metrics.flush()
}

const question = (name: string, statistic: MetricQuestion['statistic']): MetricQuestion => ({
  namespace: 'hub',
  name,
  // Dimensions have no order.
  dimensions: { channel: 'bni', service: 'answer-channel' },
  statistic,
})
const ofFunction = (name: string, statistic: MetricQuestion['statistic']): MetricQuestion => ({
  namespace: 'AWS/Lambda',
  name,
  dimensions: { FunctionName: 'hub-answer-channel-bni' },
  statistic,
})

function ask(questions: readonly MetricQuestion[], to: Instant = instant(NOW + 60_000)) {
  const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'secret' }
  const place = { region: 'ap-southeast-3', credentials, endpoint: cloudWatch.endpoint, now: () => NOW }
  return cloudWatchReader(place)(questions, { from: instant(to - DAY_MILLIS), to })
}

describe('metrics of a function', () => {
  test('are taken from its log since the start, whole lines only, and each once', async () => {
    write(0, 100)
    expect(await ask([question('PaymentsAccepted', 'Sum'), question('EndpointLatencyMillis', 'SampleCount')])).toEqual([
      100, 100,
    ])
    appendFileSync(log, '{"_aws":{"Timestamp"')
    expect(await ask([question('PaymentsAccepted', 'Sum')])).toEqual([100])
    expect(await ask([question('PaymentsAccepted', 'Sum'), question('PaymentsRefused', 'Sum')])).toEqual([100, null])
  })

  test('have percentiles to two in a hundred', async () => {
    write(0, 250)
    const [p99] = await ask([question('EndpointLatencyMillis', 'p99')])
    expect(p99).toBeGreaterThanOrEqual(247)
    expect(p99).toBeLessThanOrEqual(248 * 1.02)
  })

  test('of a log that comes later, or was emptied, are read from its beginning', async () => {
    write(0, 3, path.join(folder, 'not-yet.jsonl'))
    expect(await ask([question('PaymentsAccepted', 'Sum')])).toEqual([3])
    truncateSync(log)
    write(0, 2)
    expect(await ask([question('PaymentsAccepted', 'Sum')])).toEqual([5])
  })

  test('of more than a day ago are in no answer', async () => {
    write(0, 5)
    expect(await ask([question('PaymentsAccepted', 'Sum')], instant(NOW + DAY_MILLIS + 600_000))).toEqual([null])
  })

  test('are told by the runtime, too: events, crashes and how long they took', async () => {
    for (const failed of [false, false, true]) {
      cloudWatch.ran({ functionName: 'hub-answer-channel-bni', millis: 20, failed })
    }
    const asked = [ofFunction('Invocations', 'Sum'), ofFunction('Errors', 'Sum'), ofFunction('Throttles', 'Sum')]
    expect(await ask(asked)).toEqual([3, 1, null])
    const [p99] = await ask([ofFunction('Duration', 'p99')])
    expect(Math.round(p99 ?? 0)).toBe(20)
  })
})

test('a question over more than one period, or none at all, is refused', async () => {
  const post = (body: string) => fetch(cloudWatch.endpoint, { method: 'POST', body })
  const query = { Id: 'q0', MetricStat: { Metric: { Namespace: 'hub', MetricName: 'X' }, Period: 60, Stat: 'Sum' } }
  const refused = [
    'no json',
    JSON.stringify({ StartTime: 0, EndTime: 60, MetricDataQueries: [] }),
    JSON.stringify({ StartTime: 0, EndTime: 61, MetricDataQueries: [query] }),
    JSON.stringify({ StartTime: 0, EndTime: 60, MetricDataQueries: [{ Id: 'q0', Expression: 'q1 / q2' }] }),
  ]
  for (const body of refused) expect((await post(body)).status).toBe(400)
  expect((await post(JSON.stringify({ StartTime: 0, EndTime: 60, MetricDataQueries: [query] }))).status).toBe(200)
})
