/**
 * The cloud assembly: the resources of the synthesized templates, as the local hub needs them to run.
 *
 * Everything the hub runs comes from here; there is no second list of functions, tables, queues or routes. A part of the
 * template that the hub must run but cannot is refused by name. Knows no emulator, no port and no thread.
 */
import path from 'node:path'
import { type BucketPlan, bucketOf } from './buckets.ts'
import { type Statement, statementsOf } from './roles.ts'
import {
  type Json,
  keyArnOf,
  list,
  nameOf,
  type Properties,
  type Resource,
  record,
  type Templates,
} from './template.ts'

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
/** A function behind a table's stream: its batches come one after the other. */
export type StreamMappingPlan = {
  readonly name: string
  readonly tableArn: string
  readonly functionArn: string
  readonly batchSize: number
  /** How long a batch may gather. */
  readonly windowSeconds: number
  readonly filters: readonly Json[]
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
  /** Headers that the integration replaces before the function's event is made, by lower-case name. */
  readonly replacedHeaders: Readonly<Record<string, string>>
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
  readonly streamMappings: readonly StreamMappingPlan[]
  readonly schedules: readonly SchedulePlan[]
  readonly routes: readonly RoutePlan[]
  readonly secrets: readonly SecretPlan[]
  readonly streams: readonly StreamPlan[]
}

export function cloudAssemblyOf(templates: Templates): CloudAssembly {
  const queues = templates.ofType('AWS::SQS::Queue').map((resource) => queueOf(templates, resource))
  const deadLetters = new Set(queues.map((queue) => queue.deadLetterArn))
  return {
    tables: [...templates.ofType('AWS::DynamoDB::GlobalTable'), ...templates.ofType('AWS::DynamoDB::Table')].map((r) =>
      tableOf(templates, r),
    ),
    queues: queues.map((queue) => ({ ...queue, isDeadLetter: queue.isDeadLetter || deadLetters.has(queue.arn) })),
    buckets: templates.ofType('AWS::S3::Bucket').map((r) => bucketOf(templates, r)),
    functions: templates
      .ofType('AWS::Lambda::Function')
      .filter(hasBundle)
      .map((r) => functionOf(templates, r)),
    pipes: templates.ofType('AWS::Pipes::Pipe').map((r) => pipeOf(templates, r)),
    mappings: mappingsFrom(templates, 'sqs').map((r) => mappingOf(templates, r)),
    streamMappings: mappingsFrom(templates, 'dynamodb').map((r) => streamMappingOf(templates, r)),
    schedules: templates
      .ofType('AWS::Scheduler::Schedule')
      .filter((r) => r.properties.State !== 'DISABLED')
      .map((r) => scheduleOf(templates, r)),
    routes: routesOf(templates),
    secrets: templates.ofType('AWS::SecretsManager::Secret').map((r) => ({
      name: nameOf(r),
      arn: templates.arnOf(r),
      keyArn: keyArnOf(templates, templates.value(r, 'KmsKeyId')),
    })),
    streams: templates
      .ofType('AWS::KinesisFirehose::DeliveryStream')
      .map((r) => ({ name: nameOf(r), arn: templates.arnOf(r) })),
  }
}

function tableOf(templates: Templates, resource: Resource): TablePlan {
  const get = (name: string) => templates.value(resource, name)
  const replica = record(list(get('Replicas'))[0])
  const encryption = { ...record(get('SSESpecification')), ...record(replica.SSESpecification) }
  const stream = record(get('StreamSpecification'))
  const expiry = record(get('TimeToLiveSpecification'))
  return {
    name: nameOf(resource),
    arn: templates.arnOf(resource),
    keyArn: keyArnOf(templates, encryption.KMSMasterKeyId),
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

function queueOf(templates: Templates, resource: Resource): QueuePlan {
  const attributes: Record<string, string> = {}
  for (const name of QUEUE_ATTRIBUTES) {
    const value = templates.value(resource, name)
    if (value !== undefined) attributes[name] = String(value)
  }
  const redrive = templates.value(resource, 'RedrivePolicy')
  if (redrive !== undefined) attributes.RedrivePolicy = JSON.stringify(redrive)
  const target = record(redrive).deadLetterTargetArn
  return {
    name: nameOf(resource),
    arn: templates.arnOf(resource),
    url: templates.refOf(resource),
    keyArn: keyArnOf(templates, templates.value(resource, 'KmsMasterKeyId')),
    attributes,
    deadLetterArn: typeof target === 'string' ? target : null,
    // A pipe's dead-letter queue is named by the pipe, not by a redrive policy; what reads no mapping is parked, not waiting.
    isDeadLetter: templates
      .ofType('AWS::Pipes::Pipe')
      .some((pipe) => deadLetterOf(templates, pipe) === templates.arnOf(resource)),
  }
}

function hasBundle(resource: Resource): boolean {
  return typeof resource.metadata['aws:asset:path'] === 'string'
}

function functionOf(templates: Templates, resource: Resource): FunctionPlan {
  const [moduleName, exportName] = String(resource.properties.Handler ?? 'index.handler').split('.')
  const variables = record(record(templates.value(resource, 'Environment')).Variables)
  const environment = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]))
  const logging = record(templates.value(resource, 'LoggingConfig'))
  const name = nameOf(resource)
  return {
    name,
    arn: templates.arnOf(resource),
    folder: environment.POWERTOOLS_SERVICE_NAME ?? name,
    channel: environment.CHANNEL ?? null,
    file: path.resolve(templates.folder, String(resource.metadata['aws:asset:path']), `${moduleName}.js`),
    exportName: exportName ?? 'handler',
    environment,
    timeoutMillis: Number(resource.properties.Timeout ?? 3) * 1000,
    memoryMegabytes: Number(resource.properties.MemorySize ?? 128),
    logGroup: typeof logging.LogGroup === 'string' ? logging.LogGroup : `/aws/lambda/${name}`,
    recursiveLoop: resource.properties.RecursiveLoop === 'Allow' ? 'Allow' : 'Terminate',
    role: roleOf(templates, resource, templates.value(resource, 'Role')),
  }
}

function roleOf(templates: Templates, owner: Resource, arn: Json | undefined): RolePlan {
  const role = typeof arn === 'string' ? templates.byArn(arn) : undefined
  if (role === undefined)
    throw new Error(`expected ${owner.id} of ${owner.stack} to have a role of the template, got ${JSON.stringify(arn)}`)
  return { arn: templates.arnOf(role), name: nameOf(role), statements: statementsOf(templates, role) }
}

function pipeOf(templates: Templates, resource: Resource): PipePlan {
  const source = record(templates.value(resource, 'SourceParameters'))
  const stream = record(source.DynamoDBStreamParameters)
  const target = record(templates.value(resource, 'TargetParameters'))
  const template = target.InputTemplate
  return {
    name: nameOf(resource),
    tableArn: String(templates.value(resource, 'Source')).replace(/\/stream\/.*$/, ''),
    targetArn: String(templates.value(resource, 'Target')),
    batchSize: Number(stream.BatchSize ?? 10),
    filters: list(record(source.FilterCriteria).Filters).map(
      (filter) => JSON.parse(String(record(filter).Pattern)) as Json,
    ),
    inputTemplate: typeof template === 'string' ? template : null,
    maximumRetryAttempts: Number(stream.MaximumRetryAttempts ?? -1),
    maximumRecordAgeSeconds: Number(stream.MaximumRecordAgeInSeconds ?? -1),
    deadLetterArn: deadLetterOf(templates, resource),
    startingPosition: String(stream.StartingPosition ?? 'TRIM_HORIZON'),
    role: roleOf(templates, resource, templates.value(resource, 'RoleArn')),
  }
}

function deadLetterOf(templates: Templates, pipe: Resource): string | null {
  const source = record(templates.value(pipe, 'SourceParameters'))
  const arn = record(record(source.DynamoDBStreamParameters).DeadLetterConfig).Arn
  return typeof arn === 'string' ? arn : null
}

/** Event source mappings whose source is of this service. */
function mappingsFrom(templates: Templates, service: 'sqs' | 'dynamodb'): readonly Resource[] {
  return templates
    .ofType('AWS::Lambda::EventSourceMapping')
    .filter(
      (r) => String(templates.value(r, 'EventSourceArn')).startsWith('arn:aws:dynamodb:') === (service === 'dynamodb'),
    )
}

function streamMappingOf(templates: Templates, resource: Resource): StreamMappingPlan {
  const { functionArn } = mappingOf(templates, resource)
  return {
    name: nameOf(resource),
    tableArn: String(templates.value(resource, 'EventSourceArn')).replace(/\/stream\/.*$/, ''),
    functionArn,
    batchSize: Number(resource.properties.BatchSize ?? 100),
    windowSeconds: Number(resource.properties.MaximumBatchingWindowInSeconds ?? 0),
    filters: list(record(templates.value(resource, 'FilterCriteria')).Filters).map(
      (filter) => JSON.parse(String(record(filter).Pattern)) as Json,
    ),
  }
}

function mappingOf(templates: Templates, resource: Resource): MappingPlan {
  const functionName = String(templates.value(resource, 'FunctionName'))
  const found = templates
    .ofType('AWS::Lambda::Function')
    .find((r) => nameOf(r) === functionName || templates.arnOf(r) === functionName)
  if (found === undefined)
    throw new Error(`event source mapping ${resource.id} names ${functionName}, which is no function of the template`)
  return {
    queueArn: String(templates.value(resource, 'EventSourceArn')),
    functionArn: templates.arnOf(found),
    batchSize: Math.min(10, Number(resource.properties.BatchSize ?? 10)),
    maximumConcurrency: Number(record(templates.value(resource, 'ScalingConfig')).MaximumConcurrency ?? 16),
    reportsItemFailures: list(resource.properties.FunctionResponseTypes).includes('ReportBatchItemFailures'),
  }
}

function scheduleOf(templates: Templates, resource: Resource): SchedulePlan {
  const target = record(templates.value(resource, 'Target'))
  return {
    name: nameOf(resource),
    expression: String(templates.value(resource, 'ScheduleExpression')),
    timeZone: String(templates.value(resource, 'ScheduleExpressionTimezone') ?? 'UTC'),
    targetArn: String(target.Arn),
    input: typeof target.Input === 'string' ? target.Input : '{}',
    role: target.RoleArn === undefined ? null : roleOf(templates, resource, target.RoleArn),
  }
}

function routesOf(templates: Templates): readonly RoutePlan[] {
  return templates.ofType('AWS::ApiGatewayV2::Route').map((resource) => {
    const apiId = String(templates.value(resource, 'ApiId'))
    const routeKey = String(templates.value(resource, 'RouteKey'))
    const [method, routePath] = routeKey === '$default' ? ['ANY', '/{proxy+}'] : routeKey.split(' ')
    const integrationId = String(templates.value(resource, 'Target')).replace(/^integrations\//, '')
    const integration = templates
      .ofType('AWS::ApiGatewayV2::Integration')
      .find((r) => r.id === integrationId && r.stack === resource.stack)
    if (integration === undefined)
      throw new Error(`route ${routeKey} of ${resource.stack} leads to ${integrationId}, which is no integration`)
    const uri = String(templates.value(integration, 'IntegrationUri'))
    const arn = /arn:aws:lambda:[^/]*?:function:[^/:]+$/.exec(uri.replace(/\/invocations$/, ''))?.[0]
    if (arn === undefined)
      throw new Error(`route ${routeKey} of ${resource.stack} leads to ${uri}, which is no function`)
    const limits = routeLimits(templates, apiId, routeKey)
    return {
      routeKey,
      method: method as string,
      path: routePath as string,
      apiId,
      functionArn: arn,
      signedIn: resource.properties.AuthorizationType === 'JWT',
      replacedHeaders: replacedHeadersOf(record(templates.value(integration, 'RequestParameters'))),
      ...limits,
    }
  })
}

const OVERWRITE = 'overwrite:header.'

function replacedHeadersOf(parameters: Properties): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      if (name.startsWith(OVERWRITE) && !String(value).startsWith('$')) {
        return [name.slice(OVERWRITE.length).toLowerCase(), String(value)]
      }
      throw new Error(`expected a request parameter "${OVERWRITE}<name>" with a text of its own, got "${name}"`)
    }),
  )
}

function routeLimits(
  templates: Templates,
  apiId: string,
  routeKey: string,
): { readonly ratePerSecond: number | null; readonly burst: number | null } {
  const stage = templates.ofType('AWS::ApiGatewayV2::Stage').find((r) => templates.value(r, 'ApiId') === apiId)
  if (stage === undefined) return { ratePerSecond: null, burst: null }
  const common = record(templates.value(stage, 'DefaultRouteSettings'))
  const own = { ...common, ...record(record(templates.value(stage, 'RouteSettings'))[routeKey]) }
  const number = (value: Json | undefined) => (value === undefined ? null : Number(value))
  return { ratePerSecond: number(own.ThrottlingRateLimit), burst: number(own.ThrottlingBurstLimit) }
}
