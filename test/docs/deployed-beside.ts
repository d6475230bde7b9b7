/**
 * Of the reference of what is deployed: what its tables of functions, alarms, queues, pipes, clocks and roles leave out, and what belongs
 * to whole stacks: parameters, outputs, what stays when one is deleted.
 */
import type { Template } from '../../infra/synth.ts'
import { CHANNELS, type Properties, type Resource } from '../infra/cloud-assembly.ts'
import { forEachChannel, nameOf, row, settingsOf, table, unhashed } from './deployed-names.ts'

type Templates = Readonly<Record<string, Template>>

/** Told in the sections above; or, for the last, what an API does with a call, which its routes say. */
export const TOLD =
  /^AWS::(IAM|CloudWatch::Alarm|Lambda::(Function|Permission|EventSourceMapping)|SQS|Pipes|Scheduler|CDK)|Policy$/

/** Policies are told statement by statement; assets and custom resources of the framework are its own. */
const UNTOLD = /^AWS::(CDK|IAM::Policy|SQS::QueuePolicy)|(Bucket|Topic)Policy$/
const NAMED_ABOVE = new Set([
  ...['Code', 'FunctionName', 'MemorySize', 'Timeout', 'ReservedConcurrentExecutions', 'RecursiveLoop', 'Environment'],
  ...['Role', 'RoleArn', 'Tags', 'AssumeRolePolicyDocument', 'AlarmName', 'MetricName', 'Namespace', 'Statistic'],
  ...['ExtendedStatistic', 'Period', 'Dimensions', 'ComparisonOperator', 'Threshold', 'DatapointsToAlarm'],
  ...['EvaluationPeriods', 'TreatMissingData', 'AlarmDescription', 'QueueName', 'RedrivePolicy', 'Name'],
  ...['VisibilityTimeout', 'MessageRetentionPeriod', 'DelaySeconds', 'ScheduleExpression', 'Target', 'Source'],
  ...['SourceParameters', 'TargetParameters', 'EventSourceArn', 'BatchSize', 'ScalingConfig'],
])

/** What the tables above leave out of functions, alarms, queues, pipes, clocks and roles; the same is said once. */
export function besideThat(resources: readonly Resource[]): string {
  const found = resources
    .filter(({ type }) => TOLD.test(type) && !UNTOLD.test(type))
    .map(({ id, type, properties }) => {
      const rest = Object.entries(properties).filter(([name]) => !NAMED_ABOVE.has(name))
      return { id, type: type.slice('AWS::'.length), settings: settingsOf(Object.fromEntries(rest)) }
    })
    .filter(({ settings }) => settings !== '{}')
  const rows = [...Map.groupBy(found, ({ type, settings }) => `${type} ${settings}`).values()].map((alike) =>
    row([alike[0]?.type, alike[0]?.settings, namesOf(alike.map(({ id }) => id)).join(', ')]),
  )
  return table(['kind', 'settings', 'of'], forEachChannel(rows, CHANNELS).sort())
}

/** What whoever deploys must or may say, by the names that docs/operations/deploy.md uses. */
export function parameters(templates: Templates): string {
  const rows = Object.entries(templates).flatMap(([stack, template]) => {
    const { Parameters = {} } = template as { readonly Parameters?: Readonly<Record<string, Properties>> }
    return Object.entries(Parameters).map(([name, { Type, Default }]) =>
      row([stack, name, Type, Default ?? 'must be given']),
    )
  })
  return table(['stack', 'parameter', 'type', 'if not given'], rows.sort())
}

/** What stays behind, and what goes; most have nothing to lose and are not named. */
export function removals(templates: Templates): string {
  const told = Object.values(templates)
    .flatMap(({ Resources }) => Object.entries(Resources))
    .flatMap(([id, resource]) => {
      const { DeletionPolicy, UpdateReplacePolicy } = resource as Properties
      return DeletionPolicy ? [{ id, policies: [DeletionPolicy, UpdateReplacePolicy] }] : []
    })
  const rows = [...Map.groupBy(told, ({ policies }) => policies.join())].map(([, all]) =>
    row([...(all[0]?.policies ?? []), namesOf(all.map(({ id }) => id)).join(', ')]),
  )
  return table(['when deleted', 'when replaced', 'what'], rows.sort())
}

export function namesOf(ids: readonly string[]): readonly string[] {
  return forEachChannel(ids.map(unhashed), CHANNELS).sort()
}

/** What other stacks take is an export, which references name; these are for people. */
export function outputs(templates: Templates): string {
  const rows = Object.entries(templates).flatMap(([stack, template]) => {
    const { Outputs = {} } = template as { readonly Outputs?: Readonly<Record<string, Properties>> }
    return Object.entries(Outputs).flatMap(([name, { Value, Export }]) =>
      Export === undefined ? [row([stack, name, nameOf(Value)])] : [],
    )
  })
  return table(['stack', 'output', 'is'], rows.sort())
}
