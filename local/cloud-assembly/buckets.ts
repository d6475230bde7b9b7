/** A bucket of the template: its name, its key, and its event notifications. Refuses a notification that could not be delivered. */
import { keyArnOf, list, nameOf, type Resource, record, type Templates } from './template.ts'

export type BucketPlan = {
  readonly name: string
  readonly arn: string
  readonly keyArn: string | null
  readonly notifications: readonly BucketNotification[]
}
export type BucketNotification = {
  readonly queueArn: string
  /** As the template has them: `s3:ObjectCreated:*`. */
  readonly events: readonly string[]
  readonly prefix: string
  readonly suffix: string
}

export function bucketOf(templates: Templates, resource: Resource): BucketPlan {
  const encryption = record(
    list(record(templates.value(resource, 'BucketEncryption')).ServerSideEncryptionConfiguration)[0],
  )
  const { QueueConfigurations, ...others } = record(templates.value(resource, 'NotificationConfiguration'))
  const [unknown] = Object.keys(others)
  if (unknown !== undefined)
    throw new Error(`bucket ${resource.id} has ${unknown}, but the local hub can only notify queues of new objects`)
  return {
    name: nameOf(resource),
    arn: templates.arnOf(resource),
    keyArn: keyArnOf(templates, record(encryption.ServerSideEncryptionByDefault).KMSMasterKeyID),
    notifications: list(QueueConfigurations)
      .map(record)
      .map(({ Event, Queue, Filter }) => {
        const queueArn = String(Queue)
        assertMayNotify(templates, resource, queueArn)
        const rules = list(record(record(Filter).S3Key).Rules).map(record)
        const rule = (name: string) => String(rules.find(({ Name }) => Name === name)?.Value ?? '')
        return { queueArn, events: list(Event).map(String), prefix: rule('prefix'), suffix: rule('suffix') }
      }),
  }
}

/** As AWS does: a bucket cannot notify a queue whose policy does not let S3 send to it. */
function assertMayNotify(templates: Templates, bucket: Resource, queueArn: string): void {
  const allowed = templates
    .ofType('AWS::SQS::QueuePolicy')
    .flatMap((policy) => list(record(templates.value(policy, 'PolicyDocument')).Statement).map(record))
    .filter(({ Effect, Action }) => Effect === 'Allow' && list(Action).includes('sqs:SendMessage'))
    .filter(({ Principal }) => list(record(Principal).Service).includes('s3.amazonaws.com'))
    .some(({ Resource }) => list(Resource).includes(queueArn))
  if (allowed) return
  throw new Error(
    `bucket ${bucket.id} notifies ${queueArn}, whose policy does not allow sqs:SendMessage to s3.amazonaws.com; grant it in infra/ and start again`,
  )
}
