/**
 * The alarm on numbers that are tried at a channel under ever new tills and stores: the share of answers "nobody that the hub knows" in
 * what the endpoint counts anyway. No call and no write comes from it. The numbers: shared/domain/unknown-numbers.ts.
 */
import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, MathExpression } from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import { UNKNOWN_NUMBERS } from '../../shared/domain/unknown-numbers.ts'
import type { MetricName } from '../../shared/runtime/metrics.ts'
import { type Alarming, HubAlarm, hubMetric } from './hub-alarm.ts'

const SERVICE = 'answer-channel'
const HEADING = 'answer-channel is asked for unknown numbers'
const WHOLE = 100

export function alarmUnknownNumbers(scope: Construct, alarming: Alarming, channel: string): void {
  const value = UNKNOWN_NUMBERS.at(-1)?.value
  if (!value) throw new RangeError('expected numbers for unknown numbers that are told, got none')
  const { windowMinutes, least, sharePercent, most } = value
  const counted = (metric: MetricName, dimensions: Readonly<Record<string, string>> = {}) =>
    hubMetric(alarming.stage, SERVICE, metric, { channel, ...dimensions }, 'Sum')
  const unknown = '(FILL(asked, 0) + FILL(paidFor, 0))'
  const known = '(FILL(quoted, 0) + FILL(accepted, 0))'
  const share = `${WHOLE} * ${unknown} / (${unknown} + ${known})`
  new HubAlarm(scope, 'AskedForUnknownNumbers', alarming, {
    heading: HEADING,
    channel,
    impact: {
      on: 'member',
      feels:
        'Somebody with the partner’s keys tries numbers under ever new tills and stores, and learns who is a member.',
    },
    metric: new MathExpression({
      expression: `IF(${unknown} >= ${most}, ${WHOLE}, IF(${unknown} >= ${least}, ${share}, 0))`,
      usingMetrics: {
        asked: counted('InquiriesAnswered', { outcome: 'unknown-customer' }),
        paidFor: counted('PaymentsRefused', { outcome: 'unknown-customer' }),
        quoted: counted('InquiriesAnswered', { outcome: 'quoted' }),
        accepted: counted('PaymentsAccepted'),
      },
      label: 'Share of unknown numbers in percent',
      period: Duration.minutes(windowMinutes),
    }),
    threshold: sharePercent,
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
  })
}
