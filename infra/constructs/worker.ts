/**
 * A worker: a function that takes batches from one queue of work and says which messages to hand out again.
 *
 * Promises: a batch may fail in part; what cannot be read is parked by the function itself on the queue's dead letters; a
 * defect pages. The queue with its own alarms is infra/constructs/work-queue.ts.
 */
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { WORK } from '../stages.ts'
import { type Alarming, HubAlarm, hubMetric, type Impact } from './hub-alarm.ts'
import { HubFunction, type HubFunctionProps } from './hub-function.ts'
import { sendTo } from './permissions.ts'
import type { WorkQueue } from './work-queue.ts'

export type WorkerProps = Pick<
  HubFunctionProps,
  'service' | 'description' | 'code' | 'environment' | 'may' | 'files' | 'recursion'
> & {
  readonly from: WorkQueue
  /** A second queue whose messages it takes, and puts aside on the dead letters of the first. */
  readonly alsoFrom?: WorkQueue
  /** `none` when not given: most workers need no key of anybody. */
  readonly secrets?: HubFunctionProps['secrets']
  readonly whenCrashed: Impact
  readonly whenDefect: Impact
}

export class Worker extends Construct {
  constructor(scope: Construct, id: string, alarming: Alarming, props: WorkerProps) {
    super(scope, id)
    const { from, alsoFrom, service } = props
    const size = WORK[from.name]
    const sources = alsoFrom === undefined ? [from] : [from, alsoFrom]
    const { lambda } = new HubFunction(this, 'Worker', alarming, {
      ...props,
      size,
      secrets: props.secrets ?? 'none',
      environment: { ...props.environment, DEAD_LETTER_QUEUE_URL: from.deadLetters.queueUrl },
      may: [
        ...props.may,
        sendTo(from.deadLetters),
        new PolicyStatement({
          actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
          resources: sources.map(({ queue }) => queue.queueArn),
        }),
      ],
    })
    for (const { name, queue } of sources) {
      const { batchSize, maxConcurrency } = WORK[name]
      const mapping = new EventSourceMapping(this, name === from.name ? 'Mapping' : `Mapping-${name}`, {
        target: lambda,
        eventSourceArn: queue.queueArn,
        batchSize,
        maxConcurrency,
        reportBatchItemFailures: true,
      })
      // Lambda looks at the queue in the role's name when the mapping is made, so the permissions come first.
      if (lambda.role !== undefined) mapping.node.addDependency(lambda.role)
    }
    new HubAlarm(this, 'Defects', alarming, {
      heading: `${service} has defects`,
      impact: props.whenDefect,
      metric: hubMetric(alarming.stage, service, 'Defects', {}, 'Sum'),
      threshold: 0,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    })
  }
}
