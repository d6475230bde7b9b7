/**
 * What must never be lost: tables, queues of work, evidence, files, secrets, keys, and the operators' accounts. Retained.
 *
 * Shapes of tables come from shared/store/tables.ts. Secrets are made empty: an operator puts the values in, in two steps
 * (stage, promote), and no template ever holds one. The stateless half is infra/hub-stack.ts, which may be deleted at will.
 */
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms'
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager'
import { Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import type { ChannelProfile } from '../shared/channel-port/channel.ts'
import { type KeyAttribute, TABLE_SHAPES, TABLES, type Table, type TableShape } from '../shared/store/tables.ts'
import { accept } from './constructs/accept.ts'
import { CodeSigning } from './constructs/code-signing.ts'
import { EvidenceStream } from './constructs/evidence-stream.ts'
import { FilesBucket } from './constructs/files-bucket.ts'
import type { Alarming } from './constructs/hub-alarm.ts'
import { OperatorPool } from './constructs/operator-pool.ts'
import { Outbox } from './constructs/outbox.ts'
import { WorkQueue } from './constructs/work-queue.ts'
import { DECISIONS, FACTS, MEMBERSHIPS, SETTLEMENTS, SPONSORS } from './outboxes.ts'
import { hasSigner, type QueueName, type Stage } from './stages.ts'

/** A secret and the name by which functions ask for it. */
export type NamedSecret = { readonly name: string; readonly secret: CfnSecret }

export type LedgerStackProps = StackProps & { readonly stage: Stage; readonly profiles: readonly ChannelProfile[] }

export class LedgerStack extends Stack {
  readonly alarming: Alarming
  readonly tablesKey: Key
  readonly secretsKey: Key
  /** Signs the heads of the audit chain; its private half never leaves KMS. */
  readonly auditKey: Key
  readonly tables: Readonly<Record<Table, TableV2>>
  readonly queues: Readonly<Record<QueueName, WorkQueue>>
  readonly evidence: EvidenceStream
  readonly files: FilesBucket
  readonly operators: OperatorPool
  readonly digestSecret: NamedSecret
  readonly evidenceSecret: NamedSecret
  readonly fileKeysSecret: NamedSecret
  readonly trustStore: IBucket
  /** null where the region has no signer. */
  readonly codeSigning: CodeSigning | null
  readonly #stage: Stage
  readonly #channelSecrets: ReadonlyMap<string, NamedSecret>

  constructor(scope: Construct, id: string, { stage, profiles, ...props }: LedgerStackProps) {
    super(scope, id, props)
    this.#stage = stage
    this.alarming = { stage, topic: this.alarmTopic() }
    this.tablesKey = this.key('TablesKey', 'Tables of the contribution hub')
    this.secretsKey = this.key('SecretsKey', 'Partner keys, digest keys and evidence keys of the contribution hub')
    this.auditKey = new Key(this, 'AuditKey', {
      description: 'Signs the heads of the audit chain of the contribution hub',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: stage.removal,
    })
    this.tables = Object.fromEntries(TABLES.map((table) => [table, this.table(table, TABLE_SHAPES[table])])) as Record<
      Table,
      TableV2
    >
    this.queues = this.workQueues()
    this.outboxes()

    const accessLogs = this.accessLogBucket()
    this.trustStore = this.trustStoreBucket(accessLogs)
    this.codeSigning = hasSigner(stage) ? new CodeSigning(this, 'CodeSigning', stage, { accessLogs }) : null
    this.evidence = new EvidenceStream(this, 'Evidence', this.alarming, {
      key: this.key('EvidenceKey', 'Signed requests kept by the contribution hub'),
      accessLogs,
    })
    this.files = new FilesBucket(this, 'Files', stage, {
      key: this.key('FilesKey', 'Settlement files and bank statements of the contribution hub'),
      accessLogs,
      droppedTo: this.queues.import.queue,
    })
    this.digestSecret = this.emptySecret('digests', 'Keys of the digests that decisions and references are made with')
    this.evidenceSecret = this.emptySecret('evidence', 'Keys that signed requests are encrypted with')
    this.fileKeysSecret = this.emptySecret('file-keys', 'Keys of settlement files that come encrypted and signed')
    this.#channelSecrets = new Map(
      profiles.map(({ name, partner }) => [name, this.emptySecret(name, `Keys shared with ${partner}`)]),
    )
    this.operators = new OperatorPool(this, 'Operators', stage)
  }

  channelSecret(channel: string): NamedSecret {
    const secret = this.#channelSecrets.get(channel)
    if (secret === undefined) {
      throw new Error(`CHANNEL_UNKNOWN: expected one of ${[...this.#channelSecrets.keys()].join(', ')}, got ${channel}`)
    }
    return secret
  }

  private key(id: string, description: string): Key {
    return new Key(this, id, { description, enableKeyRotation: true, removalPolicy: this.#stage.removal })
  }

  private alarmTopic(): Topic {
    const masterKey = this.key('AlarmsKey', 'Alarm messages of the contribution hub')
    masterKey.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'))
    const topic = new Topic(this, 'Alarms', { topicName: `${this.#stage.prefix}-alarms`, masterKey, enforceSSL: true })
    // A topic with a policy of its own no longer trusts its account by default: without this no alarm would arrive.
    topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    )
    return topic
  }

  private table(name: Table, shape: TableShape): TableV2 {
    return new TableV2(this, `Table-${name}`, {
      tableName: `${this.#stage.prefix}-${name}`,
      partitionKey: attribute(shape.partitionKey),
      ...(shape.sortKey === null ? {} : { sortKey: attribute(shape.sortKey) }),
      globalSecondaryIndexes: shape.indexes.map((index) => ({
        indexName: index.name,
        partitionKey: attribute(index.partitionKey),
        ...(index.sortKey === null ? {} : { sortKey: attribute(index.sortKey) }),
        ...(index.include.length === 0
          ? { projectionType: ProjectionType.KEYS_ONLY }
          : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...index.include] }),
      })),
      ...(shape.stream === null ? {} : { dynamoStream: StreamViewType[shape.stream] }),
      ...(shape.expiry === null ? {} : { timeToLiveAttribute: shape.expiry }),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.customerManagedKey(this.tablesKey),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: this.#stage.removal === RemovalPolicy.RETAIN,
      removalPolicy: this.#stage.removal,
    })
  }

  private workQueues(): Readonly<Record<QueueName, WorkQueue>> {
    return {
      reconcile: new WorkQueue(this, 'Reconcile', this.alarming, {
        name: 'reconcile',
        whenLate: { on: 'member', feels: 'A payment is recorded, but the membership still looks unpaid.' },
        whenDead: {
          on: 'member',
          feels: 'Somebody’s membership is not brought up to date until a person looks at it.',
        },
      }),
      cohort: new WorkQueue(this, 'Cohort', this.alarming, {
        name: 'cohort',
        whenLate: { on: 'member', feels: 'A sponsor has paid, but the members of the bill are not covered yet.' },
        whenDead: {
          on: 'member',
          feels: 'Up to 1,000 members of a paid bill stay without cover until a person looks at it.',
        },
      }),
      enrolment: new WorkQueue(this, 'Enrolment', this.alarming, {
        name: 'enrolment',
        whenLate: { on: 'member', feels: 'A sponsor has sent its list, and nobody of it is enrolled yet.' },
        whenDead: {
          on: 'member',
          feels: 'The work on a sponsor’s list has stopped half-way until a person looks at it.',
        },
      }),
      sweep: new WorkQueue(this, 'Sweep', this.alarming, {
        name: 'sweep',
        whenLate: { on: 'operator', feels: 'The nightly repair is behind: what went wrong yesterday is still wrong.' },
        whenDead: { on: 'operator', feels: 'A part of the nightly repair did not happen and will not by itself.' },
      }),
      import: new WorkQueue(this, 'Import', this.alarming, {
        name: 'import',
        whenLate: { on: 'finance', feels: 'A file was delivered, but its day still says that none has come.' },
        whenDead: { on: 'finance', feels: 'A delivered file is not taken in until a person looks at it.' },
      }),
      settlement: new WorkQueue(this, 'Settlement', this.alarming, {
        name: 'settlement',
        whenLate: { on: 'finance', feels: 'Days of settlement are shown as they were before the last files came.' },
        whenDead: {
          on: 'finance',
          feels: 'A day of settlement, or an approved resolution, stays undone until a person looks.',
        },
      }),
      notice: new WorkQueue(this, 'Notice', this.alarming, {
        name: 'notice',
        whenLate: { on: 'member', feels: 'Members are reminded later than promised; some may lapse unwarned.' },
        whenDead: { on: 'member', feels: 'Somebody is not told about their cover until a person looks at it.' },
      }),
      audit: new WorkQueue(this, 'Audit', this.alarming, {
        name: 'audit',
        whenLate: { on: 'finance', feels: 'Nobody has proved yet that yesterday’s money is where it should be.' },
        whenDead: { on: 'finance', feels: 'A part of the ledger was not audited, and will not be before Sunday.' },
      }),
      decision: new WorkQueue(this, 'Decision', this.alarming, {
        name: 'decision',
        whenLate: { on: 'finance', feels: 'A payment may be accepted and not recorded, and nobody has looked yet.' },
        whenDead: { on: 'finance', feels: 'Some accepted payments are checked for their record on Sunday only.' },
      }),
      keys: new WorkQueue(this, 'Keys', this.alarming, {
        name: 'keys',
        whenLate: { on: 'member', feels: 'Personal data whose time is over can still be opened.' },
        whenDead: { on: 'member', feels: 'Personal data whose time is over can still be opened until a person looks.' },
      }),
    }
  }

  private outboxes(): void {
    const { tables, queues, alarming, tablesKey: key } = this
    new Outbox(this, 'Outbox', alarming, { ...FACTS, from: tables.facts, key, target: queues.reconcile.queue })
    new Outbox(this, 'Notices', alarming, {
      ...MEMBERSHIPS,
      from: tables.memberships,
      key,
      target: queues.notice.queue,
    })
    const decision = queues.decision.queue
    new Outbox(this, 'Decisions', alarming, { ...DECISIONS, from: tables['payment-decisions'], key, target: decision })
    const settlement = queues.settlement.queue
    const enrolment = queues.enrolment.queue
    new Outbox(this, 'Sponsors', alarming, { ...SPONSORS, from: tables.sponsors, key, target: enrolment })
    new Outbox(this, 'Settlements', alarming, { ...SETTLEMENTS, from: tables.settlements, key, target: settlement })
  }

  /** L1, because the L2 always generates a value: this one stays empty until an operator fills it. */
  private emptySecret(name: string, description: string): NamedSecret {
    const fullName = `${this.#stage.prefix}/${name}`
    const secret = new CfnSecret(this, `Secret-${name}`, {
      name: fullName,
      description,
      kmsKeyId: this.secretsKey.keyArn,
    })
    secret.applyRemovalPolicy(this.#stage.removal)
    accept(
      secret,
      'AwsSolutions-SMG4',
      'Each key is agreed with a partner or must keep reading what it once made: an operator rotates it in two steps with two generations valid, and a timer would cut the partner off.',
    )
    return { name: fullName, secret }
  }

  private accessLogBucket(): IBucket {
    const bucket = new Bucket(this, 'AccessLogs', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(400) }],
      removalPolicy: this.#stage.removal,
    })
    accept(
      bucket,
      'AwsSolutions-S1',
      'This bucket holds the access logs of the others; logging itself would never end.',
    )
    return asIBucket(bucket)
  }

  private trustStoreBucket(accessLogs: IBucket): IBucket {
    const bucket = new Bucket(this, 'TrustStore', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'trust-store/',
      removalPolicy: this.#stage.removal,
    })
    return asIBucket(bucket)
  }
}

function attribute({ name, type }: KeyAttribute): { readonly name: string; readonly type: AttributeType } {
  return { name, type: type === 'S' ? AttributeType.STRING : AttributeType.NUMBER }
}

/** The library's own class and interface disagree on `undefined` under `exactOptionalPropertyTypes`; they are one thing. */
function asIBucket(bucket: Bucket): IBucket {
  return bucket as IBucket
}
