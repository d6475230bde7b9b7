/**
 * Evidence: the signed requests, as a delivery stream into a bucket in which nothing can be changed or deleted for 10 years.
 *
 * Records arrive encrypted by the endpoint (shared/store/evidence/evidence.ts), so neither stream nor bucket can read them; the stream
 * has a record safe in three zones before it answers. Producer: functions/answer-channel. Consumers: auditors, by hand.
 */
import { Aws, Duration, Size } from 'aws-cdk-lib'
import { ComparisonOperator, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { LogGroup, LogStream } from 'aws-cdk-lib/aws-logs'
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { accept } from './accept.ts'
import { type Alarming, HubAlarm } from './hub-alarm.ts'
import { importedArn } from './permissions.ts'

export type EvidenceStreamProps = { readonly key: IKey; readonly accessLogs: IBucket }

export class EvidenceStream extends Construct {
  readonly streamName: string
  readonly streamArn: string
  readonly bucket: Bucket
  readonly #key: IKey

  constructor(scope: Construct, id: string, alarming: Alarming, { key, accessLogs }: EvidenceStreamProps) {
    super(scope, id)
    const { stage } = alarming
    const bucket = this.lockedBucket(alarming, key, accessLogs)
    this.bucket = bucket
    this.#key = key
    const logs = new LogGroup(this, 'Log', {
      logGroupName: `/${stage.prefix}/evidence`,
      retention: stage.logRetentionDays,
      removalPolicy: stage.removal,
    })
    const logStream = new LogStream(this, 'LogStream', { logGroup: logs, removalPolicy: stage.removal })
    const role = this.deliveryRole(bucket, key, logs)
    const stream = new CfnDeliveryStream(this, 'Stream', {
      deliveryStreamName: `${stage.prefix}-evidence`,
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: 'requests/!{timestamp:yyyy/MM/dd}/',
        errorOutputPrefix: 'undelivered/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/',
        bufferingHints: {
          intervalInSeconds: Duration.minutes(5).toSeconds(),
          sizeInMBs: Size.mebibytes(64).toMebibytes(),
        },
        // Encrypted bytes do not get smaller.
        compressionFormat: 'UNCOMPRESSED',
        cloudWatchLoggingOptions: {
          enabled: true,
          logGroupName: logs.logGroupName,
          logStreamName: logStream.logStreamName,
        },
      },
    })
    stream.node.addDependency(role)
    stream.applyRemovalPolicy(stage.removal)
    this.streamName = stream.ref
    this.streamArn = stream.attrArn
    this.alarm(alarming)
  }

  /**
   * What an endpoint may do: put a record, and put one object below `direct/` when the stream does not take it
   * (shared/store/evidence/stream-or-bucket.ts). It may read neither.
   */
  allowPut(role: Role): void {
    role.addToPolicy(new PolicyStatement({ actions: ['firehose:PutRecord'], resources: [this.streamArn] }))
    role.addToPolicy(
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [this.bucket.arnForObjects('direct/*')] }),
    )
    role.addToPolicy(new PolicyStatement({ actions: ['kms:GenerateDataKey'], resources: [this.#key.keyArn] }))
    accept(
      role,
      `AwsSolutions-IAM5[Resource::${importedArn(this.bucket)}/direct/*]`,
      'Objects are named by their digest; an endpoint may write below one folder of this one bucket and read nothing.',
    )
  }

  /** What the anchoring of the audit chain may do: put below `anchors/` (functions/anchor-audit). It may read nothing. */
  allowAnchors(role: Role): void {
    role.addToPolicy(
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [this.bucket.arnForObjects('anchors/*')] }),
    )
    role.addToPolicy(new PolicyStatement({ actions: ['kms:GenerateDataKey'], resources: [this.#key.keyArn] }))
    accept(
      role,
      `AwsSolutions-IAM5[Resource::${importedArn(this.bucket)}/anchors/*]`,
      'Anchors are named by the head that they sign; the function may write below one folder of this one bucket and read nothing.',
    )
  }

  /** Names of objects, of all their versions, and no content: an anchor's name says all that it is. */
  listVersions(): PolicyStatement {
    return new PolicyStatement({ actions: ['s3:ListBucketVersions'], resources: [this.bucket.bucketArn] })
  }

  private lockedBucket({ stage }: Alarming, key: IKey, accessLogs: IBucket): Bucket {
    const days = Duration.days(stage.evidenceLock.days)
    return new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention:
        stage.evidenceLock.mode === 'COMPLIANCE'
          ? ObjectLockRetention.compliance(days)
          : ObjectLockRetention.governance(days),
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'evidence/',
      // When the lock has ended and the keys are destroyed, the bytes are of no use to anybody. Anchors of the chain stay.
      lifecycleRules: ['requests/', 'direct/', 'undelivered/'].map((prefix) => ({
        prefix,
        expiration: Duration.days(stage.evidenceLock.days + 1),
        noncurrentVersionExpiration: Duration.days(1),
      })),
      removalPolicy: stage.removal,
    })
  }

  private deliveryRole(bucket: Bucket, key: IKey, logs: LogGroup): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('firehose.amazonaws.com', {
        conditions: { StringEquals: { 'sts:ExternalId': Aws.ACCOUNT_ID } },
      }),
    })
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        resources: [bucket.bucketArn],
      }),
    )
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        resources: [bucket.arnForObjects('requests/*'), bucket.arnForObjects('undelivered/*')],
      }),
    )
    role.addToPolicy(new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn] }))
    role.addToPolicy(new PolicyStatement({ actions: ['logs:PutLogEvents'], resources: [logs.logGroupArn] }))
    const name = bucket.stack.getLogicalId(bucket.node.defaultChild as CfnBucket)
    for (const folder of ['requests', 'undelivered']) {
      accept(
        role,
        `AwsSolutions-IAM5[Resource::<${name}.Arn>/${folder}/*]`,
        'The delivery stream names its objects itself; it may write below two folders of this one bucket and nowhere else.',
      )
    }
    return role
  }

  private alarm(alarming: Alarming): void {
    new HubAlarm(this, 'Late', alarming, {
      heading: 'evidence is late',
      impact: {
        on: 'finance',
        feels:
          'Signed requests of the last minutes are not yet where an auditor would look for them; none is lost before 24 hours.',
      },
      metric: new Metric({
        namespace: 'AWS/Firehose',
        metricName: 'DeliveryToS3.DataFreshness',
        dimensionsMap: { DeliveryStreamName: `${alarming.stage.prefix}-evidence` },
        statistic: 'Maximum',
        period: Duration.minutes(5),
      }),
      threshold: Duration.hours(1).toSeconds(),
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    })
  }
}
