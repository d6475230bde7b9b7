/** Metrics as CloudWatch will read them: the embedded format's rules, whole counts, and no dimension outside the closed list. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { instant } from '../../../shared/domain/instant.ts'
import {
  type CountName,
  createMetrics,
  DIMENSIONS,
  METRICS,
  type MetricName,
  type MetricsOptions,
} from '../../../shared/runtime/metrics.ts'

const NOW = instant(Date.UTC(2026, 10, 20, 7, 3, 21))
const NAMES = Object.keys(METRICS) as MetricName[]
const COUNTS = NAMES.filter((name) => METRICS[name].unit === 'Count') as CountName[]

/** The format's published rules, as far as they bind a writer. */
const NAME = z.string().check(z.minLength(1), z.maxLength(1024))
const DOCUMENT = z.looseObject({
  _aws: z.strictObject({
    Timestamp: z.int().check(z.nonnegative()),
    CloudWatchMetrics: z.array(
      z.strictObject({
        Namespace: NAME,
        Dimensions: z
          .array(z.array(z.string().check(z.minLength(1), z.maxLength(250))).check(z.maxLength(30)))
          .check(z.minLength(1)),
        Metrics: z
          .array(z.strictObject({ Name: NAME, Unit: z.enum(['Count', 'Milliseconds']) }))
          .check(z.minLength(1), z.maxLength(100)),
      }),
    ),
  }),
})

type Document = z.infer<typeof DOCUMENT>

function recorder(dimensions?: MetricsOptions['dimensions']) {
  const lines: string[] = []
  const metrics = createMetrics({
    namespace: 'ContributionHub',
    service: 'answer-channel',
    ...(dimensions === undefined ? undefined : { dimensions }),
    write: (line) => lines.push(line),
    clock: () => NOW,
  })
  return { metrics, lines, documents: () => lines.map(readDocument) }
}

/** Parses a line and checks that every metric and dimension that it announces is there, of the right type. */
function readDocument(line: string): Document {
  expect(line).not.toContain('\n')
  const document = DOCUMENT.parse(JSON.parse(line))
  for (const directive of document._aws.CloudWatchMetrics) {
    for (const dimension of directive.Dimensions.flat()) {
      expect(document[dimension]).toEqual(expect.any(String))
      expect(document[dimension]).not.toBe('')
    }
    for (const { Name } of directive.Metrics) {
      const values = [document[Name]].flat()
      expect(values.length).toBeGreaterThan(0)
      expect(values.length).toBeLessThanOrEqual(100)
      for (const value of values) expect(Number.isFinite(value)).toBe(true)
    }
  }
  return document
}

describe('what is written', () => {
  test('one endpoint call is one line with its channel', () => {
    const { metrics, documents } = recorder({ channel: 'bni' })
    metrics.count('PaymentsAccepted')
    metrics.millis('EndpointLatencyMillis', 12.5)
    metrics.flush()
    expect(documents()).toEqual([
      {
        _aws: {
          Timestamp: NOW,
          CloudWatchMetrics: [
            {
              Namespace: 'ContributionHub',
              Dimensions: [['service', 'channel']],
              Metrics: [
                { Name: 'PaymentsAccepted', Unit: 'Count' },
                { Name: 'EndpointLatencyMillis', Unit: 'Milliseconds' },
              ],
            },
          ],
        },
        service: 'answer-channel',
        channel: 'bni',
        PaymentsAccepted: 1,
        EndpointLatencyMillis: 12.5,
      },
    ])
  })

  test('nothing counted is nothing written, and what was written is not written again', () => {
    const { metrics, lines } = recorder()
    metrics.flush()
    metrics.count('FoldsWritten')
    metrics.flush()
    metrics.flush()
    expect(lines).toHaveLength(1)
  })

  test('refusals of two kinds are two lines, each with its own outcome', () => {
    const { metrics, documents } = recorder({ channel: 'pos' })
    metrics.count('EndpointRefusals', { outcome: 'bad-signature' })
    metrics.count('EndpointRefusals', { outcome: 'bad-clock' })
    metrics.count('EndpointRefusals', { outcome: 'bad-signature' })
    metrics.flush()
    expect(documents().map(({ outcome, EndpointRefusals }) => [outcome, EndpointRefusals])).toEqual([
      ['bad-signature', 2],
      ['bad-clock', 1],
    ])
  })

  test('a dimension that the metric does not have is left out, one that is missing is visible as none', () => {
    const { metrics, documents } = recorder()
    metrics.count('FoldsWritten', { channel: 'bni' })
    metrics.count('PaymentsAccepted', { channel: '' })
    metrics.flush()
    const [folds, payments] = documents()
    expect(folds).not.toHaveProperty('channel')
    expect(payments).toMatchObject({ channel: 'none' })
  })

  test('a value that is no number is not counted', () => {
    const { metrics, lines } = recorder()
    metrics.count('FoldsWritten', undefined, Number.NaN)
    metrics.millis('LatencyMillis', Number.POSITIVE_INFINITY)
    metrics.flush()
    expect(lines).toEqual([])
  })

  test('a hundred and one latencies fit the format: they take two lines', () => {
    const { metrics, documents } = recorder()
    for (let i = 0; i < 101; i++) metrics.millis('LatencyMillis', i)
    metrics.flush()
    expect(documents().map(({ LatencyMillis }) => [LatencyMillis].flat().length)).toEqual([100, 1])
  })
})

describe('what holds for any use', () => {
  test('every line keeps the format, and no count is lost or doubled, whenever it is flushed', () => {
    const step = fc.oneof(
      fc.record({
        name: fc.constantFrom(...COUNTS),
        outcome: fc.constantFrom('a', 'b'),
        value: fc.integer({ min: 0, max: 5 }),
      }),
      fc.constant('flush' as const),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { metrics, documents } = recorder({ channel: 'bni' })
        const expected = new Map<string, number>()
        for (const one of steps) {
          if (one === 'flush') metrics.flush()
          else {
            metrics.count(one.name, { outcome: one.outcome }, one.value)
            expected.set(one.name, (expected.get(one.name) ?? 0) + one.value)
          }
        }
        metrics.flush()
        const written = new Map<string, number>()
        for (const document of documents()) {
          for (const { Name } of document._aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics)) {
            written.set(Name, (written.get(Name) ?? 0) + (document[Name] as number))
          }
        }
        expect(written).toEqual(expected)
      }),
      { numRuns: 50 },
    )
  })

  test('no metric has the name of a dimension or of the format itself', () => {
    for (const name of NAMES) expect([...DIMENSIONS, '_aws']).not.toContain(name)
  })
})

test('each metric has its unit and its dimensions: alarms are built from the same rows', async () => {
  const rows = Object.entries(METRICS).map(([name, { unit, by }]) => `${name} ${unit} ${by.join(' ')}`.trim())
  await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot('metrics.txt')
})
