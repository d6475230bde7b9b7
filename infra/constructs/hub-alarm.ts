/**
 * An alarm: a figure out of bounds, what that means for a person, and where its runbook article is.
 *
 * Promises: the name is the heading of an article in docs/operations/alarms.md (`: {channel}` stands for the channel's name), and
 * the type lets no alarm exist without saying whom it hurts. Metrics of our own come from shared/runtime/metrics.ts, with
 * exactly the dimensions they are written with. Knows no queue, table or function.
 */
import { Duration } from 'aws-cdk-lib'
import { Alarm, type ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import { METRICS, type MetricName } from '../../shared/runtime/metrics.ts'
import type { Stage } from '../stages.ts'

export type Impact = {
  /** Who feels it. */
  readonly on: 'member' | 'partner' | 'operator' | 'finance'
  /** What they feel, in a sentence: it is what the person on call reads first. */
  readonly feels: string
}

export type HubAlarmProps = {
  /** Heading of the article in docs/operations/alarms.md, without the channel. */
  readonly heading: string
  /** Set where every channel has its own: the name becomes `<heading>: <channel>`. */
  readonly channel?: string
  readonly impact: Impact
  readonly metric: IMetric
  readonly threshold: number
  readonly comparison: ComparisonOperator
  /** Periods that must be bad, of those looked at. Both 1 when not given. */
  readonly periods?: { readonly bad: number; readonly window: number }
  /** Silence is fine, unless the figure is one that must keep coming. */
  readonly silence?: 'fine' | 'alarming'
}

/** Where alarms go and what their names begin with. */
export type Alarming = { readonly stage: Stage; readonly topic: ITopic }

export class HubAlarm extends Construct {
  constructor(scope: Construct, id: string, { stage, topic }: Alarming, props: HubAlarmProps) {
    super(scope, id)
    const name = props.channel === undefined ? props.heading : `${props.heading}: ${props.channel}`
    const article = props.channel === undefined ? props.heading : `${props.heading}: {channel}`
    const alarm = new Alarm(this, 'Alarm', {
      alarmName: stage.name === 'production' ? name : `${stage.name} ${name}`,
      alarmDescription: `${props.impact.on}: ${props.impact.feels} Runbook: docs/operations/alarms.md, "${article}".`,
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: props.comparison,
      evaluationPeriods: props.periods?.window ?? 1,
      datapointsToAlarm: props.periods?.bad ?? 1,
      treatMissingData: props.silence === 'alarming' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    })
    alarm.addAlarmAction(new SnsAction(topic))
    alarm.addOkAction(new SnsAction(topic))
  }
}

/** A metric that a function of ours writes. Throws when the dimensions are not those of its row in METRICS. */
export function hubMetric(
  stage: Stage,
  service: string,
  name: MetricName,
  dimensions: Readonly<Record<string, string>>,
  statistic: string,
): Metric {
  const expected = [...METRICS[name].by].sort().join()
  const given = Object.keys(dimensions).sort().join()
  if (expected !== given) {
    throw new Error(
      `METRIC_DIMENSIONS: ${name} is written with dimensions [${expected}], got [${given}]; no datum would ever be found`,
    )
  }
  return new Metric({
    namespace: stage.metricsNamespace,
    metricName: name,
    dimensionsMap: { service, ...dimensions },
    statistic,
    period: Duration.minutes(1),
  })
}
