/** How functions and partners did: what is asked of the metrics, what their answers come to, and how seldom they are asked. */
import { describe, expect, test } from 'vitest'
import { type FiguresPort, figuresOf } from '../../../../functions/serve-console/operations/figures.ts'
import type {
  MetricQuestion,
  MetricReader,
  Span,
} from '../../../../functions/serve-console/operations/metric-reader.ts'
import { type Instant, instant } from '../../../../shared/domain/instant.ts'
import type { LogFields } from '../../../../shared/runtime/log.ts'
import { METRICS } from '../../../../shared/runtime/metrics.ts'
import { at } from '../../../support/facts.ts'
import { consoleOn } from '../console.ts'

const NOW = at('2026-11-20T10:00:42')
const WATCHED = { functions: ['hub-send-notice'], channels: ['bni'], namespace: 'hub' }

/** Metrics that answer by name, outcome and statistic; what is not named came to nothing. */
function metricsOf(values: Readonly<Record<string, number>>) {
  const asked: { readonly questions: readonly MetricQuestion[]; readonly span: Span }[] = []
  const read: MetricReader = async (questions, span) => {
    asked.push({ questions, span })
    return questions.map(({ name, dimensions: { outcome = '' }, statistic }) => {
      return values[[name, outcome, statistic].filter(Boolean).join(' ')] ?? null
    })
  }
  return { asked, read }
}

function figuresWith(read: MetricReader) {
  const warned: (LogFields | undefined)[] = []
  return { warned, figures: figuresOf(WATCHED, read, { warn: (_message, fields) => void warned.push(fields) }) }
}

const later = (millis: number): Instant => instant(NOW + millis)

describe('figures of a day', () => {
  test('come from the metrics of each function and each channel', async () => {
    const { read, asked } = metricsOf({
      'Invocations Sum': 120,
      'Errors Sum': 2,
      'Duration p99': 81.4,
      'EndpointLatencyMillis SampleCount': 50,
      'EndpointLatencyMillis p99': 240.6,
      'PaymentsAccepted Sum': 30,
      'PaymentsRefused already-paid Sum': 3,
      'PaymentsRefused expired Sum': 1,
      'EndpointRefusals bad-signature Sum': 4,
      'EndpointRefusals malformed Sum': 0,
      'FaultsBeforeDecision Sum': 1,
      'UnknownOutcomes Sum': 2,
    })
    expect(await figuresWith(read).figures(NOW)).toEqual({
      from: at('2026-11-19T10:00'),
      to: at('2026-11-20T10:00'),
      functions: [{ name: 'hub-send-notice', invocations: 120, errors: 2, throttles: 0, p99Millis: 81 }],
      partners: [
        {
          channel: 'bni',
          calls: 50,
          accepted: 30,
          refused: 4,
          turnedAway: [{ reason: 'bad-signature', count: 4 }],
          failed: 3,
          p99Millis: 241,
        },
      ],
    })
    expect(asked[0]?.span).toEqual({ from: at('2026-11-19T10:00'), to: at('2026-11-20T10:00') })
  })

  test('ask for our own metrics with exactly the dimensions that they are written with', async () => {
    const { read, asked } = metricsOf({})
    await figuresWith(read).figures(NOW)
    const own = (asked[0]?.questions ?? []).filter(({ namespace }) => namespace === 'hub')
    expect(own.length).toBeGreaterThan(10)
    for (const { name, dimensions } of own) {
      const written = ['service', ...METRICS[name as keyof typeof METRICS].by].sort()
      expect([name, Object.keys(dimensions).sort()]).toEqual([name, written])
    }
  })

  test('of what did nothing are 0, and how long it took is not known', async () => {
    const found = await figuresWith(metricsOf({}).read).figures(NOW)
    expect(found?.functions).toEqual([
      { name: 'hub-send-notice', invocations: 0, errors: 0, throttles: 0, p99Millis: null },
    ])
    expect(found?.partners).toMatchObject([{ calls: 0, refused: 0, turnedAway: [], failed: 0, p99Millis: null }])
  })

  test('are read once a minute, whoever asks, and anew when the clock was set back', async () => {
    const { read, asked } = metricsOf({})
    const { figures } = figuresWith(read)
    await Promise.all([figures(NOW), figures(NOW), figures(later(59_999))])
    expect(asked).toHaveLength(1)
    await figures(later(60_000))
    expect(asked).toHaveLength(2)
    await figures(later(-60_000))
    expect(asked).toHaveLength(3)
  })

  test('that cannot be read are none, are told to the log, and are asked for again', async () => {
    let isDown = true
    const { read } = metricsOf({ 'Invocations Sum': 1 })
    const { figures, warned } = figuresWith(async (questions, span) => {
      if (isDown) throw new Error('expected an answer, none came')
      return read(questions, span)
    })
    expect(await figures(NOW)).toBeNull()
    expect(warned).toHaveLength(1)
    isDown = false
    expect((await figures(later(1)))?.functions).toMatchObject([{ invocations: 1 }])
  })

  test('of which some are missing are none', async () => {
    const { figures, warned } = figuresWith(async () => [1])
    expect(await figures(NOW)).toBeNull()
    expect(warned).toMatchObject([{ error: { code: 'METRICS' } }])
  })
})

describe('the console', () => {
  const measured: FiguresPort = async (now) => figuresWith(metricsOf({ 'Invocations Sum': 7 }).read).figures(now)

  test('shows functions with the span that they are of', async () => {
    const hub = consoleOn({ figures: measured })
    const { status, body } = await hub.call('viewer', 'GET', '/api/functions')
    expect([status, body.measured]).toEqual([200, { from: '2026-11-19T03:00:00.000Z', to: '2026-11-20T03:00:00.000Z' }])
    expect(body.items).toMatchObject([{ name: 'hub-send-notice', invocations: 7 }])
  })

  test('shows no functions where there are no figures, and partners with their last payment all the same', async () => {
    const hub = consoleOn()
    expect((await hub.call('viewer', 'GET', '/api/functions')).body).toMatchObject({ measured: null, items: [] })
    await hub.pay('P1', '2026-11-20T09:00', ['2026-11'])
    await hub.pay('P2', '2026-11-20T09:30', ['2026-12'])
    await hub.pay('P3', '2026-11-19T20:00', ['2027-01'], { source: 'indomaret' })
    const { body } = await hub.call('viewer', 'GET', '/api/partners')
    expect(body).toEqual({
      asOf: '2026-11-20T03:00:00.000Z',
      measured: null,
      items: [
        { channel: 'bni', lastPaymentAt: '2026-11-20T02:30:00.000Z', figures: null },
        { channel: 'indomaret', lastPaymentAt: '2026-11-19T13:00:00.000Z', figures: null },
      ],
    })
  })

  test('shows a partner’s figures beside a day without payments', async () => {
    const hub = consoleOn({ figures: measured })
    const { body } = await hub.call('viewer', 'GET', '/api/partners')
    expect(body.items).toMatchObject([
      { channel: 'bni', lastPaymentAt: null, figures: { calls: 0, failed: 0 } },
      { channel: 'indomaret', lastPaymentAt: null, figures: null },
    ])
  })
})
