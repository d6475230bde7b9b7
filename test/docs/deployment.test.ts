/**
 * docs/reference/deployment.md says what the template allows and when it alarms: every statement of every role, every threshold,
 * queue, clock, function and resource. `npm test -- test/docs -u` writes it anew; a permission or a bound that changes is seen in review.
 */
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  CHANNELS,
  type CloudAssembly,
  cloudAssembly,
  ofType,
  type Policy,
  type Properties,
  policies,
  type Resource,
} from '../infra/cloud-assembly.ts'
import { besideThat, namesOf, outputs, parameters, removals, TOLD } from './deployed-beside.ts'
import { forEachChannel, nameOf, row, settingsOf, table, unhashed } from './deployed-names.ts'
import { stageDifferences } from './stage-differences.ts'

const FILE = path.join(import.meta.dirname, '../../docs/reference/deployment.md')

let plan: CloudAssembly
let rehearsal: CloudAssembly['synthesized']
let all: readonly Resource[]

beforeAll(async () => {
  plan = await cloudAssembly()
  rehearsal = await plan.again('rehearsal', { stageName: 'rehearsal' })
  all = [...plan.ledger, ...plan.hub]
}, 120_000)

afterAll(() => plan.remove())

test('the reference of the deployment names every permission, alarm, queue, clock and function', async () => {
  const text = [
    '# What is deployed',
    '',
    'What each role may do, when an alarm is raised, and how queues, clocks and functions are set, as the production template has it. `{channel}` stands for each channel. Written from the template by `test/docs/deployment.test.ts`.',
    '',
    ...section('Permissions', permissions()),
    ...section('Who may call what', callers()),
    ...section('Alarms', alarms()),
    ...section('Functions', functions()),
    ...section('Queues', queues()),
    ...section('Streams', streams()),
    ...section('Clocks', clocks()),
    ...section('Everything else', everythingElse()),
    ...section('What is set beside that', besideThat([...all, ...plan.dashboard])),
    ...section('When a stack is deleted', removals(plan.synthesized.templates)),
    ...section('Parameters', parameters(plan.synthesized.templates)),
    ...section('Outputs', outputs(plan.synthesized.templates)),
    ...section('In rehearsal', otherwise()),
  ].join('\n')
  expect(policies(all).length).toBeGreaterThan(20)
  await expect(text).toMatchFileSnapshot(FILE)
})

function section(heading: string, body: string): string[] {
  return [`## ${heading}`, '', body, '']
}

function permissions(): string {
  const rows = policies(all).flatMap((policy) => statementsOf(policy))
  return table(['role', 'may', 'on', 'of the partitions'], forEachChannel(rows, CHANNELS).sort())
}

function statementsOf({ roles, statements }: Policy): string[] {
  return statements.flatMap(({ Effect, Action, Condition, Resource: resources }) =>
    [resources].flat().map((each) => {
      expect(Effect).toBe('Allow')
      // The one kind of condition that a role has: test/infra/hub-stack.test.ts.
      const parts = [Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []].flat()
      return row([roles.map(unhashed).join(), [Action].flat().sort().join(', '), nameOf(each), parts.join(', ')])
    }),
  )
}

/** Services that may take a role, and statements that stand on the resource: queues, buckets, keys, the topic, functions. */
function callers(): string {
  const trusted = ofType(all, 'AWS::IAM::Role').flatMap(({ id, properties }) =>
    statementRows(unhashed(id), properties.AssumeRolePolicyDocument),
  )
  const standing = (type: string, document: string, on: (properties: Properties) => unknown) =>
    ofType(all, type).flatMap(({ id, properties }) =>
      statementRows(nameOf(on(properties)) || unhashed(id), properties[document]),
    )
  const invoking = ofType(all, 'AWS::Lambda::Permission').map(({ properties }) =>
    row([nameOf(properties.FunctionName), properties.Principal, properties.Action, '']),
  )
  const rows = [
    ...trusted,
    ...standing('AWS::SQS::QueuePolicy', 'PolicyDocument', ({ Queues }) => Queues[0]),
    ...standing('AWS::S3::BucketPolicy', 'PolicyDocument', ({ Bucket }) => Bucket),
    ...standing('AWS::SNS::TopicPolicy', 'PolicyDocument', ({ Topics }) => Topics[0]),
    ...ofType(all, 'AWS::KMS::Key').flatMap(({ id, properties }) => statementRows(unhashed(id), properties.KeyPolicy)),
    ...invoking,
  ]
  return table(['what', 'who', 'may', 'only if'], forEachChannel(rows, CHANNELS).sort())
}

function statementRows(on: string, { Statement }: Properties): string[] {
  return Statement.map(({ Effect, Action, Principal, Condition }: Properties) => {
    const who = Object.entries(typeof Principal === 'string' ? { any: Principal } : Principal).flatMap(
      ([kind, names]) => [names].flat().map((name) => `${kind} ${nameOf(name)}`),
    )
    const condition = Condition === undefined ? '' : JSON.stringify(Condition).replace(/[0-9A-F]{8}(?=[A-Z"])/g, '')
    return row([
      on,
      who.join(', '),
      `${Effect === 'Deny' ? 'not ' : ''}${[Action].flat().sort().join(', ')}`,
      condition,
    ])
  })
}

function alarms(): string {
  const rows = ofType(all, 'AWS::CloudWatch::Alarm').map(({ properties }) => {
    const { AlarmName, MetricName, Namespace, Statistic, ExtendedStatistic, Period, Dimensions = [] } = properties
    const { ComparisonOperator, Threshold, DatapointsToAlarm, EvaluationPeriods, TreatMissingData } = properties
    const dimensions = Dimensions.map(({ Name, Value }: Properties) => `${Name}=${nameOf(Value)}`).join(', ')
    const metrics = (properties.Metrics ?? []).map(
      ({ Expression, MetricStat, Id }: Properties) =>
        Expression ?? `${Id}: ${MetricStat.Metric.MetricName} ${MetricStat.Stat} per ${MetricStat.Period} s`,
    )
    return row([
      AlarmName,
      MetricName ? `${Namespace} ${MetricName} (${dimensions})` : metrics.join('; '),
      MetricName ? `${Statistic ?? ExtendedStatistic} per ${Period} s` : '',
      `${ComparisonOperator} ${Threshold}`,
      `${DatapointsToAlarm} of ${EvaluationPeriods}`,
      TreatMissingData,
    ])
  })
  const head = ['alarm', 'figure', 'taken as', 'when', 'periods', 'silence']
  return table(head, forEachChannel(rows, CHANNELS).sort())
}

function functions(): string {
  const mappings = ofType(all, 'AWS::Lambda::EventSourceMapping')
  const rows = ofType(all, 'AWS::Lambda::Function').map(({ id, properties }) => {
    const { FunctionName, MemorySize, Timeout, ReservedConcurrentExecutions, RecursiveLoop, Environment } = properties
    const own = mappings.filter((mapping) => mapping.properties.FunctionName.Ref === id)
    const read = own.map(
      ({ properties: { EventSourceArn, BatchSize, MaximumBatchingWindowInSeconds, ScalingConfig } }) =>
        [
          nameOf(EventSourceArn),
          `by ${BatchSize}`,
          `wait ${MaximumBatchingWindowInSeconds ?? 0} s`,
          `at once ${ScalingConfig?.MaximumConcurrency ?? 'any'}`,
        ].join(', '),
    )
    const variables = Object.entries(Environment.Variables).map(([name, value]) => `${name}=${nameOf(value)}`)
    return row([
      FunctionName,
      `${MemorySize} MB`,
      `${Timeout} s`,
      ReservedConcurrentExecutions,
      RecursiveLoop,
      read.join('; '),
      variables.sort().join(', '),
    ])
  })
  const head = ['function', 'memory', 'time', 'at once', 'loop', 'reads', 'variables']
  return table(head, forEachChannel(rows, CHANNELS).sort())
}

function queues(): string {
  const rows = ofType(all, 'AWS::SQS::Queue').map(({ properties }) => {
    const { QueueName, VisibilityTimeout, MessageRetentionPeriod, DelaySeconds, RedrivePolicy } = properties
    const redrive = RedrivePolicy
      ? `${nameOf(RedrivePolicy.deadLetterTargetArn)} after ${RedrivePolicy.maxReceiveCount}`
      : ''
    return row([QueueName, VisibilityTimeout, MessageRetentionPeriod, DelaySeconds, redrive])
  })
  return table(['queue', 'hidden (s)', 'kept (s)', 'delay (s)', 'set aside in'], rows.sort())
}

function streams(): string {
  const rows = ofType(all, 'AWS::Pipes::Pipe').map(({ properties }) => {
    const { Name, Source, Target, SourceParameters, TargetParameters } = properties
    const { DeadLetterConfig, ...stream } = SourceParameters.DynamoDBStreamParameters
    return row([
      Name,
      nameOf(Source),
      nameOf(Target),
      SourceParameters.FilterCriteria.Filters.map(({ Pattern }: Properties) => Pattern).join(' or '),
      TargetParameters.InputTemplate,
      `${JSON.stringify(stream)}, set aside in ${nameOf(DeadLetterConfig.Arn)}`,
    ])
  })
  return table(['pipe', 'from', 'to', 'what', 'becomes', 'how'], rows.sort())
}

function clocks(): string {
  const rows = ofType(all, 'AWS::Scheduler::Schedule').map(({ properties }) => {
    const { Name, ScheduleExpression, ScheduleExpressionTimezone, Target } = properties
    const { MaximumEventAgeInSeconds, MaximumRetryAttempts } = Target.RetryPolicy
    return row([
      Name,
      `${ScheduleExpression} ${ScheduleExpressionTimezone}`,
      Target.Input,
      `${nameOf(Target.Arn)}, else ${nameOf(Target.DeadLetterConfig.Arn)}`,
      `${MaximumRetryAttempts} times, ${MaximumEventAgeInSeconds} s`,
    ])
  })
  return table(['clock', 'at', 'sends', 'to', 'tries'], rows.sort())
}

/** Tables, buckets, keys, APIs, sign-in, the dashboard: all that is set of each, in one line. */
function everythingElse(): string {
  const rows = [...all, ...plan.dashboard]
    .filter(({ type }) => !TOLD.test(type))
    .map(({ id, type, properties }) => row([unhashed(id), type.slice('AWS::'.length), settingsOf(properties)]))
  return table(['what', 'kind', 'settings'], forEachChannel(rows, CHANNELS).sort())
}

/** Its names apart, which begin with `hub-rehearsal`. */
function otherwise(): string {
  const rows = stageDifferences(plan.synthesized.templates, rehearsal.templates, namesOf)
  return table(['setting', 'production', 'rehearsal', 'of'], forEachChannel(rows, CHANNELS).sort())
}
