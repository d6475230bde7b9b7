/**
 * The files of settlement: one bucket for what partners and banks drop, what is kept of it, and what was settled. Each folder with
 * personal data has an end, from the retentions of shared/domain/personal-data.ts.
 *
 * Promises: nothing is stored unencrypted or sent without TLS; a file overwritten or deleted by mistake is still there as an
 * older version; an object made under `drop/` becomes a message in queue `import`. What the folders hold is in
 * shared/store/files/files.ts. Consumer of the messages: functions/import-file.
 */
import { Aws, Duration } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Key } from 'aws-cdk-lib/aws-kms'
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type IBucket,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { RETENTIONS } from '../../shared/domain/personal-data.ts'
import type { Stage } from '../stages.ts'

/** Whoever drops a file has it back, or sees what became of it, within this; then only the kept copy remains. */
const DROPPED_FOR = Duration.days(RETENTIONS['ninety-days'].days)
/** The day after its key is destroyed: until then the sealed bytes are of use, from then on of none. */
const KEPT_FOR = Duration.days(RETENTIONS['ten-years'].days + 1)
/** An object that was deleted by mistake can be brought back for so long. */
const RECOVERABLE_FOR = Duration.days(35)
/** Sealed under keys of days, and the answers to channels' files, which name payments and no person. */
const FOLDERS_FOR_TEN_YEARS = ['kept/', 'lists/', 'attachments/', 'outgoing/']
/** Corrections and reruns come within weeks. Afterwards a kept file is read by auditors only. */
const READ_OFTEN_FOR = Duration.days(60)

export type FilesBucketProps = { readonly key: Key; readonly accessLogs: IBucket; readonly droppedTo: Queue }

export class FilesBucket extends Construct {
  readonly bucket: Bucket
  readonly key: Key

  constructor(scope: Construct, id: string, stage: Stage, { key, accessLogs, droppedTo }: FilesBucketProps) {
    super(scope, id)
    this.key = key
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'files/',
      lifecycleRules: [
        { prefix: 'drop/', expiration: DROPPED_FOR, noncurrentVersionExpiration: DROPPED_FOR },
        ...FOLDERS_FOR_TEN_YEARS.map((prefix) => ({
          prefix,
          expiration: KEPT_FOR,
          noncurrentVersionExpiration: RECOVERABLE_FOR,
        })),
        {
          prefix: 'kept/',
          transitions: [{ storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: READ_OFTEN_FOR }],
        },
        { abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
      removalPolicy: stage.removal,
    })
    this.announceDrops(droppedTo)
  }

  /** By the bucket's own property: the library's method would deploy a function that is not ours to do the same. */
  private announceDrops(queue: Queue): void {
    queue.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sqs:SendMessage'],
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        resources: [queue.queueArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    )
    const bucket = this.bucket.node.defaultChild as CfnBucket
    bucket.notificationConfiguration = {
      queueConfigurations: [
        {
          event: 's3:ObjectCreated:*',
          queue: queue.queueArn,
          filter: { s3Key: { rules: [{ name: 'prefix', value: 'drop/' }] } },
        },
      ],
    }
    // S3 sends a test message when the bucket is made, and refuses to make it when that is not allowed yet.
    bucket.node.addDependency(queue.node.findChild('Policy'))
  }
}
