/**
 * What a function may do, written as plain statements: actions and resources, no wildcard but the one that a folder of files
 * needs (`kept/*`), and no condition but the one that names the partitions of a table that somebody may write or read.
 *
 * The local hub enforces these same statements from the template, so a call that is missing here fails on a laptop first.
 * Whoever reads or writes an encrypted table also needs its key: that is added here, so that no caller can forget it.
 */
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import type { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Table } from '../../shared/store/tables.ts'
import { accept } from './accept.ts'
import type { FilesBucket } from './files-bucket.ts'

const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'DescribeTable'] as const
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'] as const

/** DynamoDB operations by the permission they need; an item of a transaction needs the one of its kind. */
export type TableAction = (typeof READS)[number] | (typeof WRITES)[number]

/**
 * `index` names a secondary index, which has an address of its own; without it the table itself is meant. `parts`: the partition
 * keys that the use is for, `*` standing for any text; without it all. Not for a scan, which names none.
 */
export type TableUse = {
  readonly table: Table
  readonly actions: readonly TableAction[]
  readonly index?: string
  readonly parts?: readonly string[]
}

export type TablesWithKey = { readonly tables: Readonly<Record<Table, TableV2>>; readonly key: IKey }

/** One statement per use, and one for the key that all tables share. */
export function useTables({ tables, key }: TablesWithKey, uses: readonly TableUse[]): PolicyStatement[] {
  const onTables = uses.map(
    ({ table, actions, index, parts }) =>
      new PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [index === undefined ? tables[table].tableArn : `${tables[table].tableArn}/index/${index}`],
        ...(parts === undefined ? {} : { conditions: onlyParts(parts) }),
      }),
  )
  return [...onTables, new PolicyStatement({ actions: keyActions(uses), resources: [key.keyArn] })]
}

/** A transaction is judged item by item, so all of its items must be of these partitions. */
function onlyParts(parts: readonly string[]) {
  return { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...parts] } }
}

/** The stream of a table that has one. */
export function streamOf(table: TableV2): string {
  const { tableStreamArn } = table
  if (tableStreamArn === undefined)
    throw new Error('STREAM_MISSING: expected the table to have a stream (shared/store/tables.ts), got none')
  return tableStreamArn
}

/** Folders of the files bucket; what each holds is in shared/store/files/files.ts. */
export type Folder = 'drop' | 'kept' | 'settled' | 'attachments' | 'outgoing' | 'lists'

export type FilesUse = {
  readonly files: FilesBucket
  readonly folders: readonly {
    readonly folder: Folder
    readonly actions: readonly ('GetObject' | 'GetObjectVersion' | 'PutObject')[]
  }[]
}

/** Lists the bucket as well: without that right, S3 answers "forbidden" instead of "not there" for an absent object. */
export function useFiles(role: Role, { files: { bucket, key }, folders }: FilesUse): void {
  for (const { folder, actions } of folders) {
    role.addToPolicy(
      new PolicyStatement({
        actions: actions.map((action) => `s3:${action}`),
        resources: [bucket.arnForObjects(`${folder}/*`)],
      }),
    )
    accept(
      role,
      `AwsSolutions-IAM5[Resource::${importedArn(bucket)}/${folder}/*]`,
      'Objects are named by their content or their day; the function may use one folder of this one bucket.',
    )
  }
  const writes = folders.some(({ actions }) => actions.includes('PutObject'))
  role.addToPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }))
  role.addToPolicy(
    new PolicyStatement({
      actions: writes ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'],
      resources: [key.keyArn],
    }),
  )
}

/** How the checker writes the bucket's ARN in a policy of another stack: by the name that it is exported under. */
export function importedArn({ stack, bucketArn }: Bucket): string {
  return stack.resolve(stack.exportValue(bucketArn))['Fn::ImportValue']
}

export function sendTo(...queues: readonly Queue[]): PolicyStatement {
  return new PolicyStatement({ actions: ['sqs:SendMessage'], resources: queues.map((queue) => queue.queueArn) })
}

/** Takes messages off by hand: a redrive. */
export function takeFrom(...queues: readonly Queue[]): PolicyStatement {
  return new PolicyStatement({
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
    resources: queues.map((queue) => queue.queueArn),
  })
}

/** Reads how full queues are. */
export function lookAt(...queues: readonly Queue[]): PolicyStatement {
  return new PolicyStatement({ actions: ['sqs:GetQueueAttributes'], resources: queues.map((queue) => queue.queueArn) })
}

/** Reads these secrets, and no other. */
export function readSecrets(key: IKey, ...secrets: readonly CfnSecret[]): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: secrets.map((secret) => secret.ref) }),
    new PolicyStatement({ actions: ['kms:Decrypt'], resources: [key.keyArn] }),
  ]
}

/** Reads one secret past the extension and gives it a new version. */
export function rewriteSecret(key: IKey, secret: CfnSecret): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
      resources: [secret.ref],
    }),
    new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn] }),
  ]
}

/** DynamoDB asks for the key in the caller's name: to decrypt for reads, to encrypt as well for writes. */
function keyActions(uses: readonly TableUse[]): string[] {
  const reading = ['kms:Decrypt', 'kms:DescribeKey']
  const writes = uses.some(({ actions }) => actions.some((action) => WRITES.some((write) => write === action)))
  return writes ? [...reading, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'] : reading
}
