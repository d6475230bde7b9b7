/** The alarm on numbers that are tried under ever new names: what it is reckoned from, and what it makes of real days and of attacks. */
import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { describe, expect, test } from 'vitest'
import { alarmUnknownNumbers } from '../../infra/constructs/unknown-numbers-alarm.ts'
import { stageNamed } from '../../infra/stages.ts'
import { UNKNOWN_NUMBERS } from '../../shared/domain/unknown-numbers.ts'

type Query = { readonly Id: string; readonly Expression?: string; readonly MetricStat?: Stat }
type Stat = {
  readonly Metric: { readonly MetricName: string; readonly Dimensions: readonly { Name: string; Value: string }[] }
  readonly Period: number
  readonly Stat: string
}
/** Counts of five minutes; undefined: nothing was counted, and the metric is silent. */
type Counts = Partial<Record<'asked' | 'paidFor' | 'quoted' | 'accepted', number>>

const stack = new Stack(new App(), 'Alarms')
alarmUnknownNumbers(stack, { stage: stageNamed('production'), topic: new Topic(stack, 'Topic') }, 'pos')
type AlarmResource = {
  readonly Properties: {
    readonly Metrics: readonly Query[]
    readonly Threshold: number
    readonly EvaluationPeriods: number
    readonly AlarmName: string
  }
}
const [alarm] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')) as [AlarmResource]
const { Metrics, Threshold, EvaluationPeriods, AlarmName } = alarm.Properties

/** Reckons as CloudWatch does: a silent metric is undefined until FILL says otherwise. */
function isRaised(counts: Counts): boolean {
  const expression = Metrics.find(({ Expression }) => Expression !== undefined)?.Expression ?? ''
  const reckon = new Function('FILL', 'IF', 'asked', 'paidFor', 'quoted', 'accepted', `return ${expression}`)
  const fill = (value: number | undefined, otherwise: number) => value ?? otherwise
  const choose = (condition: boolean, then: number, otherwise: number) => (condition ? then : otherwise)
  return reckon(fill, choose, counts.asked, counts.paidFor, counts.quoted, counts.accepted) > Threshold
}

/** Each is asked about and pays; so many of a thousand mistype first. */
const customers = (count: number, mistypedPerMille: number): Counts => ({
  asked: (count * mistypedPerMille) / 1_000,
  quoted: count,
  accepted: count,
})

const tried = (also: Counts, count: number): Counts => ({ ...also, asked: (also.asked ?? 0) + count })

describe('the alarm on unknown numbers', () => {
  test('is reckoned in windows of five minutes from what the endpoint of one channel counts anyway', () => {
    expect([AlarmName, EvaluationPeriods]).toEqual(['answer-channel is asked for unknown numbers: pos', 1])
    const stats = Metrics.flatMap(({ Id, MetricStat }) => (MetricStat ? [{ Id, ...MetricStat }] : []))
    const of = ({ Metric }: Stat, name: string) => Metric.Dimensions.find(({ Name }) => Name === name)?.Value
    expect(
      stats.map((stat) => [
        stat.Id,
        stat.Metric.MetricName,
        of(stat, 'outcome'),
        of(stat, 'channel'),
        stat.Period,
        stat.Stat,
      ]),
    ).toEqual([
      ['asked', 'InquiriesAnswered', 'unknown-customer', 'pos', 300, 'Sum'],
      ['paidFor', 'PaymentsRefused', 'unknown-customer', 'pos', 300, 'Sum'],
      ['quoted', 'InquiriesAnswered', 'quoted', 'pos', 300, 'Sum'],
      ['accepted', 'PaymentsAccepted', undefined, 'pos', 300, 'Sum'],
    ])
  })

  test.each([
    ['a quiet hour of 500 customers', customers(500, 100)],
    ['the busiest hour of a due day, half of all at this channel', customers(25_000, 100)],
    ['all that the gateway lets through, 1,500 calls a second', customers(225_000, 100)],
    ['one customer in three mistyping', customers(25_000, 333)],
    ['a night with a handful of wrong numbers and nothing else', { asked: 40 }],
    ['silence', {}],
    ['an outage of the hub, in which nobody is quoted and nobody is unknown', { quoted: 0 }],
  ])('is not raised by %s', (_, counts) => {
    expect(isRaised(counts)).toBe(false)
  })

  test.each([
    ['1,500 numbers in 3.5 seconds in a quiet hour', tried(customers(500, 100), 1_500)],
    ['300 numbers at night, with nothing beside them', { asked: 300 }],
    ['300 payments for nobody at night', { paidFor: 300 }],
    ['25,000 numbers hidden in a due day', tried(customers(100_000, 0), 25_000)],
    ['1,500 a second with a new store each', { asked: 450_000, quoted: 100 }],
  ])('is raised by %s', (_, counts) => {
    expect(isRaised(counts)).toBe(true)
  })

  test('goes by the last of dated numbers, each with its source', () => {
    expect(UNKNOWN_NUMBERS.map(({ from }) => from)).toEqual(UNKNOWN_NUMBERS.map(({ from }) => from).toSorted())
    for (const { value, source } of UNKNOWN_NUMBERS) {
      expect(source).not.toBe('')
      expect(value.least).toBeLessThan(value.most)
    }
    expect(Threshold).toBe(UNKNOWN_NUMBERS.at(-1)?.value.sharePercent)
  })
})
