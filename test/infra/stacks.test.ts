/** The floor plan: what the synthesized templates must say, whoever changes a construct. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Stack } from 'aws-cdk-lib'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../infra/app.ts'
import { registeredProfiles } from '../../infra/registered-profiles.ts'
import { stageNamed } from '../../infra/stages.ts'
import { type Synthesized, synthesize } from '../../infra/synth.ts'
import { TABLE_SHAPES, TABLES } from '../../shared/store/tables.ts'

type Statement = {
  readonly Effect: string
  readonly Action: string | string[]
  readonly Resource: unknown
  readonly Condition?: unknown
}
// biome-ignore lint/suspicious/noExplicitAny: a template is whatever was written
type Properties = Record<string, any>
type Resource = {
  readonly id: string
  readonly type: string
  readonly properties: Properties
  readonly metadata: Properties
  readonly dependsOn: readonly string[]
}

const REPOSITORY = path.join(import.meta.dirname, '../..')
const CHANNELS = registeredProfiles().map(({ name }) => name)

let folder: string
let first: Synthesized
let ledger: readonly Resource[]
let hub: readonly Resource[]

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stacks-test-'))
  for (const name of await deployedFolders()) {
    await mkdir(path.join(folder, 'bundles', name), { recursive: true })
    await writeFile(path.join(folder, 'bundles', name, 'index.js'), `exports.handler = async () => '${name}'\n`)
  }
  first = await synthesize({ outdir: path.join(folder, 'first'), bundleOf })
  ledger = resourcesOf(first, 'Ledger')
  hub = resourcesOf(first, 'Hub')
}, 120_000)

afterAll(async () => rm(folder, { recursive: true, force: true }))

describe('the assembly', () => {
  test('is the same when it is made again', async () => {
    const second = await synthesize({ outdir: path.join(folder, 'second'), bundleOf })
    expect(second.templates).toEqual(first.templates)
    const files = (from: Synthesized) => readdir(from.outdir, { recursive: true })
    expect((await files(second)).sort()).toEqual((await files(first)).sort())
  })

  test('is refused, and the last good one kept, when a rule is broken', async () => {
    const app = buildApp({ profiles: registeredProfiles(), bundleOf, outdir: path.join(folder, 'broken') })
    new Bucket(new Stack(app, 'Careless'), 'OpenToAll')
    expect(() => app.synth()).toThrow('AwsSolutions-S1')
    await expect(synthesize({ outdir: first.outdir, bundleOf: () => '/nowhere' })).rejects.toThrow('/nowhere')
    expect(existsSync(path.join(first.outdir, 'Hub.template.json'))).toBe(true)
  })

  test('knows its stages, and names them when it is asked for another', () => {
    expect(stageNamed(undefined).name).toBe('production')
    expect(() => stageNamed('staging')).toThrow('expected one of production, rehearsal, got staging')
  })
})

describe('functions', () => {
  test('are the folders of functions/, and every door is one of the same asset', async () => {
    const functions = ofType(hub, 'AWS::Lambda::Function')
    const services = functions.map(({ properties }) => properties.Environment.Variables.POWERTOOLS_SERVICE_NAME)
    expect([...new Set(services)].sort()).toEqual(await deployedFolders())
    const doors = functions.filter(({ properties }) => properties.Environment.Variables.CHANNEL !== undefined)
    expect(doors.map(({ properties }) => properties.Environment.Variables.CHANNEL).sort()).toEqual([...CHANNELS].sort())
    expect(new Set(doors.map(({ metadata }) => metadata['aws:asset:path'])).size).toBe(1)
    for (const { properties, metadata } of functions) {
      expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' })
      expect(existsSync(path.join(first.outdir, metadata['aws:asset:path'], 'index.js'))).toBe(true)
    }
  })

  test('get exactly the variables that their handlers read', async () => {
    const fromRuntime = /^(AWS_|PARAMETERS_SECRETS_EXTENSION_|SECRETS_MANAGER_|SSM_)/
    for (const { properties } of ofType(hub, 'AWS::Lambda::Function')) {
      const given = Object.keys(properties.Environment.Variables).filter((name) => !fromRuntime.test(name))
      const service = properties.Environment.Variables.POWERTOOLS_SERVICE_NAME
      const source = await readFile(path.join(REPOSITORY, 'functions', service, 'handler.ts'), 'utf8')
      const read = [...source.matchAll(/^\s+([A-Z][A-Z_]+): z\./gm)].map(([, name]) => name ?? '')
      expect([service, ...given.sort()]).toEqual([service, ...read.filter((name) => !fromRuntime.test(name)).sort()])
    }
  })

  test('each have their own role, and no two doors read the same partner’s secret', () => {
    const functions = ofType(hub, 'AWS::Lambda::Function')
    const roles = functions.map(({ properties }) => JSON.stringify(properties.Role))
    expect(new Set(roles).size).toBe(functions.length)
    for (const channel of CHANNELS) {
      const readers = policies(hub).filter(({ statements }) =>
        JSON.stringify(statements).includes(`ExportsOutputRefSecret${channel}`),
      )
      expect(readers.map(({ id }) => id)).toEqual([expect.stringContaining(`Door${channel}`)])
    }
  })
})

describe('permissions', () => {
  test('name what they allow: no wildcard but the evidence stream’s own two folders, no condition, no managed policy', () => {
    const all = [...policies(ledger), ...policies(hub)]
    expect(all.length).toBeGreaterThan(10)
    const withWildcard = all.flatMap(({ id, statements }) =>
      statements
        .filter(({ Action, Resource }) => JSON.stringify([Action, Resource]).includes('*'))
        .map((statement) => `${id}: ${[statement.Action].flat().join()}`),
    )
    expect(withWildcard).toEqual([
      expect.stringMatching(/^EvidenceRole.*: s3:AbortMultipartUpload,s3:GetObject,s3:PutObject$/),
    ])
    expect(all.flatMap(({ statements }) => statements).filter(({ Condition }) => Condition !== undefined)).toEqual([])
    const roles = [...ofType(ledger, 'AWS::IAM::Role'), ...ofType(hub, 'AWS::IAM::Role')]
    expect(roles.filter(({ properties }) => properties.ManagedPolicyArns !== undefined)).toEqual([])
  })

  test.each([
    ['answer-channel', 'claims', ['GetItem', 'PutItem']],
    ['answer-channel', 'memberships', ['GetItem']],
    ['answer-channel', 'contacts', ['GetItem']],
    ['reconcile-membership', 'facts', ['Query']],
    ['reconcile-membership', 'memberships', ['GetItem', 'PutItem']],
    ['reconcile-membership', 'claims', []],
    ['apply-cohort', 'memberships', []],
    ['sweep-memberships', 'facts', []],
    ['serve-console', 'memberships', ['GetItem', 'Scan']],
  ])('%s may do to table %s: %j', (service, table, expected) => {
    const role = ofType(hub, 'AWS::Lambda::Function').find(
      ({ properties }) => properties.Environment.Variables.POWERTOOLS_SERVICE_NAME === service,
    )?.properties.Role['Fn::GetAtt'][0]
    const policy = ofType(hub, 'AWS::IAM::Policy').find(({ properties }) => properties.Roles[0].Ref === role)
    const statements: Statement[] = policy?.properties.PolicyDocument.Statement
    const onTable = statements.filter(({ Resource }) =>
      [Resource]
        .flat()
        .some((arn) =>
          new RegExp(`^\\{"Fn::ImportValue":"Ledger:ExportsOutputFnGetAttTable${table}`).test(JSON.stringify(arn)),
        ),
    )
    expect(onTable.flatMap(({ Action }) => [Action].flat()).sort()).toEqual(
      expected.map((action) => `dynamodb:${action}`),
    )
  })
})

describe('the ledger', () => {
  test('has the tables of shared/store/tables.ts, encrypted with our key, recoverable, and kept', () => {
    const tables = ofType(ledger, 'AWS::DynamoDB::GlobalTable')
    expect(tables.map(({ properties }) => properties.TableName).sort()).toEqual(
      TABLES.map((table) => `hub-${table}`).sort(),
    )
    for (const { id, properties } of tables) {
      const shape = TABLE_SHAPES[properties.TableName.slice('hub-'.length) as keyof typeof TABLE_SHAPES]
      const keys = [shape.partitionKey, shape.sortKey].flatMap((key) => (key === null ? [] : [key.name]))
      expect(properties.KeySchema.map(({ AttributeName }: Properties) => AttributeName)).toEqual(keys)
      expect(properties.StreamSpecification?.StreamViewType ?? null).toBe(shape.stream)
      expect(properties.TimeToLiveSpecification?.AttributeName ?? null).toBe(shape.expiry)
      expect((properties.GlobalSecondaryIndexes ?? []).map(({ IndexName }: Properties) => IndexName)).toEqual(
        shape.indexes.map(({ name }) => name),
      )
      expect(properties.Replicas).toEqual([
        expect.objectContaining({
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          SSESpecification: { KMSMasterKeyId: expect.anything() },
        }),
      ])
      expect(templateOf('Ledger', id)).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })
    }
  })

  test('holds no secret’s value', () => {
    const secrets = ofType(ledger, 'AWS::SecretsManager::Secret')
    expect(secrets.map(({ properties }) => properties.Name).sort()).toEqual(
      [...CHANNELS, 'digests', 'evidence'].map((name) => `hub/${name}`).sort(),
    )
    for (const { properties } of secrets) {
      expect(properties).not.toHaveProperty('SecretString')
      expect(properties).not.toHaveProperty('GenerateSecretString')
    }
  })

  test('keeps evidence for ten years where nobody can delete it', () => {
    const locked = ofType(ledger, 'AWS::S3::Bucket').filter(({ properties }) => properties.ObjectLockEnabled === true)
    expect(locked.map(({ properties }) => properties.ObjectLockConfiguration.Rule.DefaultRetention)).toEqual([
      { Mode: 'COMPLIANCE', Days: 3653 },
    ])
  })

  test('sends each inserted fact that the fold must see to the queue, as keys only, and gives up within a day', () => {
    const [pipe] = ofType(ledger, 'AWS::Pipes::Pipe')
    const source = pipe?.properties.SourceParameters
    const pattern = JSON.parse(source.FilterCriteria.Filters[0].Pattern)
    expect(pattern.eventName).toEqual(['INSERT'])
    const kinds = pattern.dynamodb.Keys.fact.S.map(({ prefix }: { prefix: string }) => prefix)
    expect(kinds).toContain('payment#')
    expect(kinds).not.toContain('late-reversal#')
    expect(source.DynamoDBStreamParameters).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 10,
      OnPartialBatchItemFailure: 'AUTOMATIC_BISECT',
      MaximumRetryAttempts: expect.any(Number),
      DeadLetterConfig: { Arn: expect.anything() },
    })
    expect(source.DynamoDBStreamParameters.MaximumRecordAgeInSeconds).toBeLessThan(86_400)
    expect(pipe?.properties.TargetParameters.InputTemplate).toBe(
      '{"account":"<$.dynamodb.Keys.account.S>","fact":"<$.dynamodb.Keys.fact.S>"}',
    )
  })
})

describe('queues', () => {
  test('of work have a dead-letter queue, alarms on both, and hide a message six times as long as its worker may take', () => {
    const queues = ofType(ledger, 'AWS::SQS::Queue')
    const watched = JSON.stringify(
      ofType(ledger, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties.Dimensions),
    )
    const mappings = ofType(hub, 'AWS::Lambda::EventSourceMapping')
    const work = queues.filter(({ properties }) => !properties.QueueName.endsWith('-dead'))
    expect(work.map(({ properties }) => properties.QueueName)).toEqual(['hub-reconcile', 'hub-cohort', 'hub-sweep'])
    for (const { id, properties } of queues) {
      expect(watched).toContain(`"${id}"`)
      expect(properties.SqsManagedSseEnabled).toBe(true)
      expect(properties.MessageRetentionPeriod).toBe(1_209_600)
    }
    for (const { id, properties } of work) {
      expect(properties.RedrivePolicy.maxReceiveCount).toBe(5)
      expect(queues.map((queue) => queue.id)).toContain(properties.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0])
      const mapping = mappings.find((each) => JSON.stringify(each.properties.EventSourceArn).includes(id))
      expect(mapping?.properties).toMatchObject({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] })
      const worker = hub.find((each) => each.id === mapping?.properties.FunctionName.Ref)
      expect(properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * worker?.properties.Timeout)
    }
  })

  test('are swept at ten past midnight in Jakarta', () => {
    const [clock] = ofType(hub, 'AWS::Scheduler::Schedule')
    expect(clock?.properties).toMatchObject({
      ScheduleExpression: 'cron(10 0 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Jakarta',
      Target: { Input: '{"task":"nightly"}', DeadLetterConfig: { Arn: expect.anything() } },
    })
  })
})

describe('the two APIs', () => {
  test('let partners in by mutual TLS only, one throttled route per channel, made after the routes exist', () => {
    const [domain] = ofType(hub, 'AWS::ApiGatewayV2::DomainName')
    expect(domain?.properties.MutualTlsAuthentication).toMatchObject({ TruststoreVersion: expect.anything() })
    const api = ofType(hub, 'AWS::ApiGatewayV2::Api').find(({ properties }) => properties.Name === 'hub-partners')
    expect(api?.properties.DisableExecuteApiEndpoint).toBe(true)
    const stage = ofType(hub, 'AWS::ApiGatewayV2::Stage').find(({ properties }) => properties.ApiId.Ref === api?.id)
    const routes = ofType(hub, 'AWS::ApiGatewayV2::Route').filter(({ properties }) => properties.ApiId.Ref === api?.id)
    expect(Object.keys(stage?.properties.RouteSettings).sort()).toEqual(
      routes.map(({ properties }) => properties.RouteKey).sort(),
    )
    for (const { throttle, name } of registeredProfiles()) {
      expect(stage?.properties.RouteSettings[`ANY /channels/${name}/{proxy+}`]).toMatchObject({
        ThrottlingRateLimit: throttle.ratePerSecond,
        ThrottlingBurstLimit: throttle.burst,
      })
    }
    expect(stage?.dependsOn).toEqual(expect.arrayContaining(routes.map(({ id }) => id)))
  })

  test('ask for a token on everything of the console but its health and its description', () => {
    const api = ofType(hub, 'AWS::ApiGatewayV2::Api').find(({ properties }) => properties.Name === 'hub-console')
    const routes = ofType(hub, 'AWS::ApiGatewayV2::Route').filter(({ properties }) => properties.ApiId.Ref === api?.id)
    const authorization = routes.map(({ properties }) => [properties.RouteKey, properties.AuthorizationType])
    expect(Object.fromEntries(authorization)).toEqual({
      'ANY /api/{proxy+}': 'JWT',
      'GET /healthz': 'NONE',
      'GET /api/openapi.json': 'NONE',
    })
  })

  test('write the route into their access logs, never path, query or address', () => {
    for (const { properties } of ofType(hub, 'AWS::ApiGatewayV2::Stage')) {
      const format: string = properties.AccessLogSettings.Format
      expect(format).toContain('$context.routeKey')
      expect(format).not.toMatch(/path|query|sourceIp|userAgent/i)
    }
  })
})

function bundleOf(name: string): string {
  return path.join(folder, 'bundles', name)
}

async function deployedFolders(): Promise<string[]> {
  const folders = await readdir(path.join(REPOSITORY, 'functions'))
  return folders.filter((name) => existsSync(path.join(REPOSITORY, 'functions', name, 'handler.ts'))).sort()
}

function resourcesOf(synthesized: Synthesized, stack: string): readonly Resource[] {
  return Object.entries(synthesized.templates[stack]?.Resources ?? {}).map(
    ([id, { Type, Properties: properties, ...rest }]) => {
      const { Metadata, DependsOn } = rest as { Metadata?: Properties; DependsOn?: string[] }
      return { id, type: Type, properties: properties ?? {}, metadata: Metadata ?? {}, dependsOn: DependsOn ?? [] }
    },
  )
}

function templateOf(stack: string, id: string): unknown {
  return first.templates[stack]?.Resources[id]
}

function ofType(resources: readonly Resource[], type: string): readonly Resource[] {
  return resources.filter((resource) => resource.type === type)
}

/** What roles may do; bucket and queue policies are not roles'. */
function policies(
  resources: readonly Resource[],
): readonly { readonly id: string; readonly statements: readonly Statement[] }[] {
  return ofType(resources, 'AWS::IAM::Policy').map(({ id, properties }) => ({
    id,
    statements: properties.PolicyDocument.Statement,
  }))
}
