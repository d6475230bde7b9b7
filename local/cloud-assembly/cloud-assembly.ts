/**
 * The cloud assembly: what the synthesized templates say stands, in the words the local hub works with.
 *
 * Everything the hub runs comes from here; there is no second list of functions, tables, queues or routes. A part of the
 * template that the hub must run but cannot is refused by name. Knows no emulator, no port and no thread.
 */
import path from 'node:path'
import { type BucketPlan, bucketOf } from './buckets.ts'
import { type Statement, statementsOf } from './roles.ts'
import { type Floor, type Json, keyArnOf, list, nameOf, type Properties, type Resource, record } from './template.ts'

export type Key = { readonly AttributeName: string; readonly KeyType: string }
export type TablePlan = {
  readonly name: string
  readonly arn: string
  readonly keyArn: string | null
  readonly keys: readonly Key[]
  readonly attributes: readonly Properties[]
  readonly indexes: readonly { readonly name: string; readonly keys: readonly Key[]; readonly projection: Properties }[]
  readonly streamView: string | null
  readonly expiresOn: string | null
}
export type QueuePlan = {
  readonly name: string
  readonly arn: string
  readonly url: string
  readonly keyArn: string | null
  readonly attributes: Readonly<Record<string, string>>
  readonly deadLetterArn: string | null
  readonly isDeadLetter: boolean
}
export type RolePlan = { readonly arn: string; readonly name: string; readonly statements: readonly Statement[] }
export type FunctionPlan = {
  readonly name: string
  readonly arn: string
  /** The folder of functions/ that it came from: what logs, metrics and faults call it. */
  readonly folder: string
  readonly channel: string | null
  readonly file: string
  readonly exportName: string
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutMillis: number
  readonly memoryMegabytes: number
  readonly logGroup: string
  /** `Terminate`: Lambda ends a chain of messages in which the function ran 16 times. */
  readonly recursiveLoop: 'Allow' | 'Terminate'
  readonly role: RolePlan
}
export type PipePlan = {
  readonly name: string
  readonly tableArn: string
  readonly targetArn: string
  readonly batchSize: number
  readonly filters: readonly Json[]
  readonly inputTemplate: string | null
  readonly maximumRetryAttempts: number
  readonly maximumRecordAgeSeconds: number
  readonly deadLetterArn: string | null
  readonly startingPosition: string
  readonly role: RolePlan
}
export type MappingPlan = {
  readonly queueArn: string
  readonly functionArn: string
  readonly batchSize: number
  readonly maximumConcurrency: number
  readonly reportsItemFailures: boolean
}
export type SchedulePlan = {
  readonly name: string
  readonly expression: string
  readonly timeZone: string
  readonly targetArn: string
  readonly input: string
  readonly role: RolePlan | null
}
export type RoutePlan = {
  readonly routeKey: string
  readonly method: string
  readonly path: string
  readonly apiId: string
  readonly functionArn: string
  readonly signedIn: boolean
  readonly ratePerSecond: number | null
  readonly burst: number | null
}
export type SecretPlan = { readonly name: string; readonly arn: string; readonly keyArn: string | null }
export type StreamPlan = { readonly name: string; readonly arn: string }

export type CloudAssembly = {
  readonly tables: readonly TablePlan[]
  readonly queues: readonly QueuePlan[]
  readonly buckets: readonly BucketPlan[]
  readonly functions: readonly FunctionPlan[]
  readonly pipes: readonly PipePlan[]
  readonly mappings: readonly MappingPlan[]
  readonly schedules: readonly SchedulePlan[]
  readonly routes: readonly RoutePlan[]
  readonly secrets: readonly SecretPlan[]
  readonly streams: readonly StreamPlan[]
}

export function cloudAssemblyOf(floor: Floor): CloudAssembly {
  const queues = floor.ofType('AWS::SQS::Queue').map((resource) => queueOf(floor, resource))
  const deadLetters = new Set(queues.map((queue) => queue.deadLetterArn))
  return {
    tables: [...floor.ofType('AWS::DynamoDB::GlobalTable'), ...floor.ofType('AWS::DynamoDB::Table')].map((r) =>
      tableOf(floor, r),
    ),
    queues: queues.map((queue) => ({ ...queue, isDeadLetter: queue.isDeadLetter || deadLetters.has(queue.arn) })),
    buckets: floor.ofType('AWS::S3::Bucket').map((r) => bucketOf(floor, r)),
    functions: floor
      .ofType('AWS::Lambda::Function')
      .filter(hasBundle)
      .map((r) => functionOf(floor, r)),
    pipes: floor.ofType('AWS::Pipes::Pipe').map((r) => pipeOf(floor, r)),
    mappings: floor.ofType('AWS::Lambda::EventSourceMapping').map((r) => mappingOf(floor, r)),
    schedules: floor
      .ofType('AWS::Scheduler::Schedule')
      .filter((r) => r.properties.State !== 'DISABLED')
      .map((r) => scheduleOf(floor, r)),
    routes: routesOf(floor),
    secrets: floor.ofType('AWS::SecretsManager::Secret').map((r) => ({
      name: nameOf(r),
      arn: floor.arnOf(r),
      keyArn: keyArnOf(floor, floor.value(r, 'KmsKeyId')),
    })),
    streams: floor
      .ofType('AWS::KinesisFirehose::DeliveryStream')
      .map((r) => ({ name: nameOf(r), arn: floor.arnOf(r) })),
  }
}

function tableOf(floor: Floor, resource: Resource): TablePlan {
  const get = (name: string) => floor.value(resource, name)
  const replica = record(list(get('Replicas'))[0])
  const encryption = { ...record(get('SSESpecification')), ...record(replica.SSESpecification) }
  const stream = record(get('StreamSpecification'))
  const expiry = record(get('TimeToLiveSpecification'))
  return {
    name: nameOf(resource),
    arn: floor.arnOf(resource),
    keyArn: keyArnOf(floor, encryption.KMSMasterKeyId),
    keys: list(get('KeySchema')) as unknown as readonly Key[],
    attributes: list(get('AttributeDefinitions')).map(record),
    indexes: list(get('GlobalSecondaryIndexes')).map((index) => {
      const { IndexName, KeySchema, Projection } = record(index)
      return {
        name: String(IndexName),
        keys: list(KeySchema) as unknown as readonly Key[],
        projection: record(Projection),
      }
    }),
    streamView: typeof stream.StreamViewType === 'string' ? stream.StreamViewType : null,
    expiresOn: expiry.Enabled === true ? String(expiry.AttributeName) : null,
  }
}

const QUEUE_ATTRIBUTES = [
  'VisibilityTimeout',
  'DelaySeconds',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'FifoQueue',
  'ContentBasedDeduplication',
  'MaximumMessageSize',
]

function queueOf(floor: Floor, resource: Resource): QueuePlan {
  const attributes: Record<string, string> = {}
  for (const name of QUEUE_ATTRIBUTES) {
    const value = floor.value(resource, name)
    if (value !== undefined) attributes[name] = String(value)
  }
  const redrive = floor.value(resource, 'RedrivePolicy')
  if (redrive !== undefined) attributes.RedrivePolicy = JSON.stringify(redrive)
  const target = record(redrive).deadLetterTargetArn
  return {
    name: nameOf(resource),
    arn: floor.arnOf(resource),
    url: floor.refOf(resource),
    keyArn: keyArnOf(floor, floor.value(resource, 'KmsMasterKeyId')),
    attributes,
    deadLetterArn: typeof target === 'string' ? target : null,
    // A pipe's dead-letter queue is named by the pipe, not by a redrive policy; what reads no mapping is parked, not waiting.
    isDeadLetter: floor.ofType('AWS::Pipes::Pipe').some((pipe) => deadLetterOf(floor, pipe) === floor.arnOf(resource)),
  }
}

function hasBundle(resource: Resource): boolean {
  return typeof resource.metadata['aws:asset:path'] === 'string'
}

function functionOf(floor: Floor, resource: Resource): FunctionPlan {
  const [moduleName, exportName] = String(resource.properties.Handler ?? 'index.handler').split('.')
  const variables = record(record(floor.value(resource, 'Environment')).Variables)
  const environment = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]))
  const logging = record(floor.value(resource, 'LoggingConfig'))
  const name = nameOf(resource)
  return {
    name,
    arn: floor.arnOf(resource),
    folder: environment.POWERTOOLS_SERVICE_NAME ?? name,
    channel: environment.CHANNEL ?? null,
    file: path.resolve(floor.folder, String(resource.metadata['aws:asset:path']), `${moduleName}.js`),
    exportName: exportName ?? 'handler',
    environment,
    timeoutMillis: Number(resource.properties.Timeout ?? 3) * 1000,
    memoryMegabytes: Number(resource.properties.MemorySize ?? 128),
    logGroup: typeof logging.LogGroup === 'string' ? logging.LogGroup : `/aws/lambda/${name}`,
    recursiveLoop: resource.properties.RecursiveLoop === 'Allow' ? 'Allow' : 'Terminate',
    role: roleOf(floor, resource, floor.value(resource, 'Role')),
  }
}

function roleOf(floor: Floor, owner: Resource, arn: Json | undefined): RolePlan {
  const role = typeof arn === 'string' ? floor.byArn(arn) : undefined
  if (role === undefined)
    throw new Error(`expected ${owner.id} of ${owner.stack} to have a role of the template, got ${JSON.stringify(arn)}`)
  return { arn: floor.arnOf(role), name: nameOf(role), statements: statementsOf(floor, role) }
}

function pipeOf(floor: Floor, resource: Resource): PipePlan {
  const source = record(floor.value(resource, 'SourceParameters'))
  const stream = record(source.DynamoDBStreamParameters)
  const target = record(floor.value(resource, 'TargetParameters'))
  const template = target.InputTemplate
  return {
    name: nameOf(resource),
    tableArn: String(floor.value(resource, 'Source')).replace(/\/stream\/.*$/, ''),
    targetArn: String(floor.value(resource, 'Target')),
    batchSize: Number(stream.BatchSize ?? 10),
    filters: list(record(source.FilterCriteria).Filters).map(
      (filter) => JSON.parse(String(record(filter).Pattern)) as Json,
    ),
    inputTemplate: typeof template === 'string' ? template : null,
    maximumRetryAttempts: Number(stream.MaximumRetryAttempts ?? -1),
    maximumRecordAgeSeconds: Number(stream.MaximumRecordAgeInSeconds ?? -1),
    deadLetterArn: deadLetterOf(floor, resource),
    startingPosition: String(stream.StartingPosition ?? 'TRIM_HORIZON'),
    role: roleOf(floor, resource, floor.value(resource, 'RoleArn')),
  }
}

function deadLetterOf(floor: Floor, pipe: Resource): string | null {
  const source = record(floor.value(pipe, 'SourceParameters'))
  const arn = record(record(source.DynamoDBStreamParameters).DeadLetterConfig).Arn
  return typeof arn === 'string' ? arn : null
}

function mappingOf(floor: Floor, resource: Resource): MappingPlan {
  const functionName = String(floor.value(resource, 'FunctionName'))
  const found = floor
    .ofType('AWS::Lambda::Function')
    .find((r) => nameOf(r) === functionName || floor.arnOf(r) === functionName)
  if (found === undefined)
    throw new Error(`event source mapping ${resource.id} names ${functionName}, which is no function of the template`)
  return {
    queueArn: String(floor.value(resource, 'EventSourceArn')),
    functionArn: floor.arnOf(found),
    batchSize: Math.min(10, Number(resource.properties.BatchSize ?? 10)),
    maximumConcurrency: Number(record(floor.value(resource, 'ScalingConfig')).MaximumConcurrency ?? 16),
    reportsItemFailures: list(resource.properties.FunctionResponseTypes).includes('ReportBatchItemFailures'),
  }
}

function scheduleOf(floor: Floor, resource: Resource): SchedulePlan {
  const target = record(floor.value(resource, 'Target'))
  return {
    name: nameOf(resource),
    expression: String(floor.value(resource, 'ScheduleExpression')),
    timeZone: String(floor.value(resource, 'ScheduleExpressionTimezone') ?? 'UTC'),
    targetArn: String(target.Arn),
    input: typeof target.Input === 'string' ? target.Input : '{}',
    role: target.RoleArn === undefined ? null : roleOf(floor, resource, target.RoleArn),
  }
}

function routesOf(floor: Floor): readonly RoutePlan[] {
  return floor.ofType('AWS::ApiGatewayV2::Route').map((resource) => {
    const apiId = String(floor.value(resource, 'ApiId'))
    const routeKey = String(floor.value(resource, 'RouteKey'))
    const [method, routePath] = routeKey === '$default' ? ['ANY', '/{proxy+}'] : routeKey.split(' ')
    const integrationId = String(floor.value(resource, 'Target')).replace(/^integrations\//, '')
    const integration = floor
      .ofType('AWS::ApiGatewayV2::Integration')
      .find((r) => r.id === integrationId && r.stack === resource.stack)
    if (integration === undefined)
      throw new Error(`route ${routeKey} of ${resource.stack} leads to ${integrationId}, which is no integration`)
    const uri = String(floor.value(integration, 'IntegrationUri'))
    const arn = /arn:aws:lambda:[^/]*?:function:[^/:]+$/.exec(uri.replace(/\/invocations$/, ''))?.[0]
    if (arn === undefined)
      throw new Error(`route ${routeKey} of ${resource.stack} leads to ${uri}, which is no function`)
    const limits = routeLimits(floor, apiId, routeKey)
    return {
      routeKey,
      method: method as string,
      path: routePath as string,
      apiId,
      functionArn: arn,
      signedIn: resource.properties.AuthorizationType === 'JWT',
      ...limits,
    }
  })
}

function routeLimits(
  floor: Floor,
  apiId: string,
  routeKey: string,
): { readonly ratePerSecond: number | null; readonly burst: number | null } {
  const stage = floor.ofType('AWS::ApiGatewayV2::Stage').find((r) => floor.value(r, 'ApiId') === apiId)
  if (stage === undefined) return { ratePerSecond: null, burst: null }
  const common = record(floor.value(stage, 'DefaultRouteSettings'))
  const own = { ...common, ...record(record(floor.value(stage, 'RouteSettings'))[routeKey]) }
  const number = (value: Json | undefined) => (value === undefined ? null : Number(value))
  return { ratePerSecond: number(own.ThrottlingRateLimit), burst: number(own.ThrottlingBurstLimit) }
}
