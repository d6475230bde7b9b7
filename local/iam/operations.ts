/**
 * What a call to AWS needs permission for: the action on each table, index, queue, stream or secret that it touches, and the
 * use of the customer keys behind them.
 *
 * Key use follows what AWS documents per service. DynamoDB: every read and write of items makes it decrypt the table's key, so
 * kms:Decrypt. SQS: sending needs kms:GenerateDataKey and kms:Decrypt, receiving kms:Decrypt, the rest none. Secrets Manager:
 * kms:Decrypt. Firehose works with a grant of its own: its callers need nothing. KMS itself: the action on the key. CloudWatch: the action on everything. An operation that is not listed is refused.
 */
import type { CloudAssembly, TablePlan } from '../cloud-assembly/cloud-assembly.ts'
import { ACCOUNT, REGION } from '../cloud-assembly/template.ts'
import { type Body, leadingKeysOf, leadingKeysOfBatch } from './leading-keys.ts'
import type { Permission } from './policy.ts'

export type { Body } from './leading-keys.ts'

export type Service = 'dynamodb' | 'sqs' | 'firehose' | 'kms' | 'cloudwatch' | 'secretsmanager'
export type Call = { readonly service: Service; readonly operation: string }

/** `DynamoDB_20120810.PutItem` -> dynamodb, PutItem. Null for a service that the proxy does not know. */
export function callOf(target: string): Call | null {
  const [prefix, operation] = target.split('.')
  if (operation === undefined) return null
  if (prefix === 'DynamoDB_20120810') return { service: 'dynamodb', operation }
  if (prefix === 'AmazonSQS') return { service: 'sqs', operation }
  if (prefix === 'Firehose_20150804') return { service: 'firehose', operation }
  if (prefix === 'TrentService' && KEY_OPERATIONS.has(operation)) return { service: 'kms', operation }
  if (prefix === 'secretsmanager' && SECRET_OPERATIONS.has(operation)) return { service: 'secretsmanager', operation }
  if (target === 'GraniteServiceVersion20100801.GetMetricData') return { service: 'cloudwatch', operation }
  return null
}

export type RequiredPermissions = {
  /** Null: the operation is unknown here and refused. */
  readonly permissions: readonly Permission[] | null
  /** What a fault may be aimed at: names of tables, queues or streams. */
  readonly touched: readonly string[]
}

export type PermissionsOf = (call: Call, body: Body) => RequiredPermissions
const UNKNOWN: RequiredPermissions = { permissions: null, touched: [] }

export function permissionsFrom(plan: Pick<CloudAssembly, 'tables' | 'queues' | 'secrets'>): PermissionsOf {
  const tables = new Map(plan.tables.map((table) => [table.name, table]))
  const queues = new Map(plan.queues.map((queue) => [queue.name, queue]))

  const onTable = ({ action, table: given, index, leadingKeys }: Part): readonly Permission[] => {
    const name = tableName(given)
    const arn = tables.get(name)?.arn ?? `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${name}`
    const keyArn = tables.get(name)?.keyArn ?? null
    const main = {
      action: `dynamodb:${action}`,
      resource: index === undefined ? arn : `${arn}/index/${String(index)}`,
      ...(leadingKeys === undefined ? {} : { leadingKeys }),
    }
    if (keyArn === null || action === 'DescribeTable') return [main]
    return [main, { action: 'kms:Decrypt', resource: keyArn, via: `dynamodb.${REGION}.amazonaws.com` }]
  }

  const dynamodb = (operation: string, body: Body): RequiredPermissions => {
    if (ITEM_ACTIONS.has(operation)) {
      const table = body.TableName
      const leadingKeys = leadingKeysOf(tables.get(tableName(table)), body)
      const permissions = onTable({ action: operation, table, index: body.IndexName, leadingKeys })
      return { permissions, touched: [tableName(table)] }
    }
    const parts = manyTables(tables, operation, body)
    if (parts === null) return UNKNOWN
    return {
      permissions: parts.flatMap(onTable),
      touched: parts.map((part) => tableName(part.table)),
    }
  }

  const sqs = (operation: string, body: Body): RequiredPermissions => {
    const action = QUEUE_ACTIONS.get(operation)
    if (action === undefined) return UNKNOWN
    const name = String(body.QueueUrl ?? body.QueueName ?? '')
      .split('/')
      .at(-1) as string
    const resource = queues.get(name)?.arn ?? `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`
    const keyArn = queues.get(name)?.keyArn ?? null
    const keyActions = keyArn === null ? [] : (QUEUE_KEY_ACTIONS.get(action) ?? [])
    return {
      permissions: [
        { action: `sqs:${action}`, resource },
        ...keyActions.map((key) => ({ action: key, resource: keyArn as string, via: `sqs.${REGION}.amazonaws.com` })),
      ],
      touched: [name],
    }
  }

  const firehose = (operation: string, body: Body): RequiredPermissions => {
    if (operation !== 'PutRecord' && operation !== 'PutRecordBatch') return UNKNOWN
    const name = String(body.DeliveryStreamName ?? '')
    return {
      permissions: [
        { action: `firehose:${operation}`, resource: `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/${name}` },
      ],
      touched: [name],
    }
  }

  /** Keys are named by their ARN, as the template gives it. */
  const kms = (operation: string, body: Body): RequiredPermissions => ({
    permissions: [{ action: `kms:${operation}`, resource: String(body.KeyId ?? '') }],
    touched: ['kms'],
  })

  /** The one operation that `callOf` knows; metrics have no ARN. */
  const cloudwatch = (operation: string): RequiredPermissions => ({
    permissions: [{ action: `cloudwatch:${operation}`, resource: '*' }],
    touched: ['cloudwatch'],
  })

  /** Versions need no key, values do. Most functions read theirs through the extension (`secretPermissions`). */
  const secretsmanager = (operation: string, body: Body): RequiredPermissions => {
    const name = String(body.SecretId ?? '')
    const { arn, keyArn } = plan.secrets.find((secret) => secret.name === name) ?? { arn: name, keyArn: null }
    const uses = keyArn === null ? [] : (SECRET_KEY_ACTIONS.get(operation) ?? [])
    const via = `secretsmanager.${REGION}.amazonaws.com`
    return {
      permissions: [
        { action: `secretsmanager:${operation}`, resource: arn },
        ...uses.map((action) => ({ action, resource: keyArn as string, via })),
      ],
      touched: [name],
    }
  }

  const byService = { dynamodb, sqs, firehose, kms, cloudwatch, secretsmanager } as const
  return (call, body) => byService[call.service](call.operation, body)
}

/** Reading a secret, as the secrets extension does it on the function's behalf. */
export function secretPermissions(secret: {
  readonly arn: string
  readonly keyArn: string | null
}): readonly Permission[] {
  const read = { action: 'secretsmanager:GetSecretValue', resource: secret.arn }
  if (secret.keyArn === null) return [read]
  return [read, { action: 'kms:Decrypt', resource: secret.keyArn, via: `secretsmanager.${REGION}.amazonaws.com` }]
}

/** Of the asymmetric key; everything else that keys do is done on behalf of a service. */
const KEY_OPERATIONS: ReadonlySet<string> = new Set(['Sign', 'GetPublicKey'])

const SECRET_OPERATIONS: ReadonlySet<string> = new Set(['ListSecretVersionIds', 'GetSecretValue', 'PutSecretValue'])
const SECRET_KEY_ACTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['GetSecretValue', ['kms:Decrypt']],
  ['PutSecretValue', ['kms:Decrypt', 'kms:GenerateDataKey']],
])

const ITEM_ACTIONS: ReadonlySet<string> = new Set([
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'DescribeTable',
])

/** Whether a call may change items of the tables that it touches. */
export function isWrite({ service, operation }: Call): boolean {
  return service === 'dynamodb' && WRITES.has(operation)
}

const WRITES: ReadonlySet<string> = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
])

const QUEUE_ACTIONS: ReadonlyMap<string, string> = new Map([
  ['SendMessage', 'SendMessage'],
  ['SendMessageBatch', 'SendMessage'],
  ['ReceiveMessage', 'ReceiveMessage'],
  ['DeleteMessage', 'DeleteMessage'],
  ['DeleteMessageBatch', 'DeleteMessage'],
  ['ChangeMessageVisibility', 'ChangeMessageVisibility'],
  ['ChangeMessageVisibilityBatch', 'ChangeMessageVisibility'],
  ['GetQueueAttributes', 'GetQueueAttributes'],
  ['GetQueueUrl', 'GetQueueUrl'],
])

const QUEUE_KEY_ACTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['SendMessage', ['kms:GenerateDataKey', 'kms:Decrypt']],
  ['ReceiveMessage', ['kms:Decrypt']],
])

const TRANSACTION_ACTIONS: ReadonlyMap<string, string> = new Map([
  ['Put', 'PutItem'],
  ['Update', 'UpdateItem'],
  ['Delete', 'DeleteItem'],
  ['ConditionCheck', 'ConditionCheckItem'],
  ['Get', 'GetItem'],
])

type Part = {
  readonly action: string
  readonly table: unknown
  readonly index?: unknown
  readonly leadingKeys: readonly string[] | undefined
}

function manyTables(tables: ReadonlyMap<string, TablePlan>, operation: string, body: Body): readonly Part[] | null {
  const plan = (table: unknown) => tables.get(tableName(table))
  if (operation === 'BatchGetItem' || operation === 'BatchWriteItem') {
    return Object.entries((body.RequestItems as object | undefined) ?? {}).map(([table, request]) => ({
      action: operation,
      table,
      leadingKeys: leadingKeysOfBatch(plan(table), request),
    }))
  }
  if (operation !== 'TransactWriteItems' && operation !== 'TransactGetItems') return null
  const items = (body.TransactItems as readonly Readonly<Record<string, Body | undefined>>[] | undefined) ?? []
  const parts: Part[] = []
  for (const item of items) {
    for (const [kind, inner = {}] of Object.entries(item)) {
      const action = TRANSACTION_ACTIONS.get(kind)
      if (action === undefined) return null
      const table = inner.TableName
      parts.push({ action, table, leadingKeys: leadingKeysOf(plan(table), inner) })
    }
  }
  return parts
}

/** Tables may be named by ARN too. */
function tableName(given: unknown): string {
  return String(given ?? '')
    .split('/')
    .at(-1) as string
}
