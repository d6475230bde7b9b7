/** The stateless half of the cloud assembly: functions, permissions and APIs, whoever changes a construct. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FILE_ROUTES } from '../../infra/constructs/console.ts'
import { registeredProfiles } from '../../infra/registered-profiles.ts'
import {
  CHANNELS,
  type CloudAssembly,
  cloudAssembly,
  deployedFolders,
  ofType,
  policies,
  REPOSITORY,
  type Resource,
  type Statement,
} from './cloud-assembly.ts'

let plan: CloudAssembly
let ledger: readonly Resource[]
let hub: readonly Resource[]

beforeAll(async () => {
  plan = await cloudAssembly()
  ledger = plan.ledger
  hub = plan.hub
}, 120_000)

afterAll(() => plan.remove())

describe('functions', () => {
  test('are the folders of functions/, and every endpoint is one of the same asset', async () => {
    const functions = ofType(hub, 'AWS::Lambda::Function')
    const services = functions.map(({ properties }) => properties.Environment.Variables.POWERTOOLS_SERVICE_NAME)
    expect([...new Set(services)].sort()).toEqual(await deployedFolders())
    const endpoints = functions.filter(({ properties }) => properties.Environment.Variables.CHANNEL !== undefined)
    expect(endpoints.map(({ properties }) => properties.Environment.Variables.CHANNEL).sort()).toEqual(
      [...CHANNELS].sort(),
    )
    expect(new Set(endpoints.map(({ metadata }) => metadata['aws:asset:path'])).size).toBe(1)
    for (const { properties, metadata } of functions) {
      expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' })
      expect(existsSync(path.join(plan.synthesized.outdir, metadata['aws:asset:path'], 'index.js'))).toBe(true)
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

  test('the console has room of its own, so that whoever holds a token cannot fill that of the workers', () => {
    const [console, ...more] = ofType(hub, 'AWS::Lambda::Function').filter(
      ({ properties }) => properties.Environment.Variables.POWERTOOLS_SERVICE_NAME === 'serve-console',
    )
    expect(more).toEqual([])
    expect(console?.properties.ReservedConcurrentExecutions).toBeGreaterThanOrEqual(20)
    expect(console?.properties.ReservedConcurrentExecutions).toBeLessThanOrEqual(100)
  })

  test('end after 16 invocations in one chain of messages, but for the three that feed their own queue', () => {
    const functions = ofType(hub, 'AWS::Lambda::Function')
    const allowed = functions.filter(({ properties }) => properties.RecursiveLoop === 'Allow')
    expect(allowed.map(({ properties }) => properties.Environment.Variables.POWERTOOLS_SERVICE_NAME).sort()).toEqual([
      'audit-ledger',
      'reconcile-settlement',
      'sweep-memberships',
    ])
    expect(functions.filter(({ properties }) => properties.RecursiveLoop === 'Terminate')).toHaveLength(
      functions.length - allowed.length,
    )
    // Who may send to the queue that it reads, and who may not.
    const feeding = ofType(hub, 'AWS::Lambda::EventSourceMapping').filter(({ properties }) => {
      const target = functions.find(({ id }) => id === properties.FunctionName.Ref)
      const role = target?.properties.Role['Fn::GetAtt'][0]
      const own = policies(hub).filter(({ roles }) => roles.includes(role))
      const queue = JSON.stringify(properties.EventSourceArn)
      return own.some(({ statements }) =>
        statements.some(
          ({ Action, Resource }) =>
            [Action].flat().includes('sqs:SendMessage') &&
            [Resource].flat().some((each) => JSON.stringify(each) === queue),
        ),
      )
    })
    const names = feeding.map(({ properties }) => properties.FunctionName.Ref)
    expect(names.sort()).toEqual(allowed.map(({ id }) => id).sort())
  })

  test('each have their own role, and no two endpoints read the same partner’s secret', () => {
    const functions = ofType(hub, 'AWS::Lambda::Function')
    const roles = functions.map(({ properties }) => JSON.stringify(properties.Role))
    expect(new Set(roles).size).toBe(functions.length)
    for (const channel of CHANNELS) {
      // When it was written is no secret (functions/serve-console/partners/secret-versions.ts).
      const readers = policies(hub).filter(({ statements }) =>
        statements.some(
          ({ Action, Resource }) =>
            [Action].flat().some((action) => action !== 'secretsmanager:ListSecretVersionIds') &&
            JSON.stringify(Resource).includes(`ExportsOutputRefSecret${channel}`),
        ),
      )
      expect(readers.map(({ id }) => id)).toEqual([expect.stringContaining(`ChannelEndpoint${channel}`)])
    }
  })
})

describe('permissions', () => {
  test('name what they allow: no wildcard but for folders of files and of evidence, no condition but on partitions of a table, no managed policy', () => {
    const all = [...policies(ledger), ...policies(hub)]
    expect(all.length).toBeGreaterThan(10)
    // Objects of a folder of the files bucket are named by their content: a function gets the folder, to read or to put.
    const onOneFolder = policies(hub).flatMap(({ id, statements }) =>
      statements
        .filter(({ Resource }) =>
          /"\/(drop|kept|settled|attachments|outgoing|lists|direct|anchors)\/\*"/.test(JSON.stringify(Resource)),
        )
        .filter(({ Action }) =>
          [Action].flat().every((each) => ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'].includes(each)),
        )
        .map(({ Action }) => `${id}: ${[Action].flat().join()}`),
    )
    const withWildcard = all.flatMap(({ id, statements }) =>
      statements
        .filter(({ Action, Resource }) => JSON.stringify([Action, Resource]).includes('*'))
        .map((statement) => `${id}: ${[statement.Action].flat().join()}`),
    )
    // A sender may put into its own folder, and nothing else anywhere: channels, the bank, sponsors.
    const senders = withWildcard.filter((text) => /^FileSendersSender\w+: s3:PutObject$/.test(text))
    expect(senders).toHaveLength(CHANNELS.length + 2)
    expect(withWildcard.filter((text) => !onOneFolder.includes(text) && !senders.includes(text))).toEqual([
      expect.stringMatching(/^EvidenceRole.*: s3:AbortMultipartUpload,s3:GetObject,s3:PutObject$/),
      // Figures of metrics have no resource that a policy could name (ADR 0058).
      expect.stringMatching(/^ConsoleFunctionRole\w*: cloudwatch:GetMetricData$/),
    ])
    const conditions = all.flatMap(({ statements }) =>
      statements.flatMap(({ Condition }) => (Condition === undefined ? [] : [Condition])),
    )
    expect(conditions.length).toBeGreaterThan(5)
    for (const condition of conditions) {
      expect(condition).toEqual({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': expect.anything() } })
      // Each names a kind of parts: no pattern is for any key.
      for (const part of [condition['ForAllValues:StringLike']['dynamodb:LeadingKeys']].flat())
        expect(part).toMatch(/^[a-z]+(-[a-z]+)*(#\*)?$/)
    }
    const roles = [...ofType(ledger, 'AWS::IAM::Role'), ...ofType(hub, 'AWS::IAM::Role')]
    expect(roles.filter(({ properties }) => properties.ManagedPolicyArns !== undefined)).toEqual([])
  })

  test.each([
    ['answer-channel', 'payment-decisions', ['BatchGetItem', 'GetItem', 'PutItem']],
    ['answer-channel', 'memberships', ['BatchGetItem', 'GetItem']],
    ['answer-channel', 'contacts', ['BatchGetItem', 'GetItem']],
    ['reconcile-membership', 'facts', ['PutItem', 'Query']],
    ['reconcile-membership', 'memberships', ['BatchGetItem', 'GetItem', 'PutItem']],
    ['reconcile-membership', 'payment-decisions', []],
    ['apply-bill-payment', 'memberships', []],
    ['apply-bill-payment', 'facts', ['BatchGetItem', 'PutItem', 'Query']],
    ['sweep-memberships', 'facts', ['DescribeTable', 'Scan']],
    ['sweep-memberships', 'settlements', ['Query']],
    ['audit-ledger', 'payment-decisions', ['GetItem', 'Scan']],
    ['audit-ledger', 'facts', ['BatchGetItem', 'DescribeTable', 'GetItem', 'Query', 'Scan']],
    ['audit-ledger', 'memberships', ['GetItem']],
    ['audit-ledger', 'bills', ['GetItem']],
    ['audit-ledger', 'settlements', ['GetItem', 'Query']],
    ['audit-ledger', 'audit', ['Query']],
    // It reads what was decided before it carries it out, and can write no decision.
    ['reconcile-settlement', 'audit', ['Query']],
    ['import-file', 'settlements', ['DeleteItem', 'GetItem', 'PutItem', 'Query']],
    ['import-file', 'sponsors', ['GetItem', 'PutItem', 'Query']],
    ['import-file', 'audit', []],
    ['import-file', 'facts', []],
    ['import-file', 'payment-decisions', []],
    ['import-file', 'bills', []],
    ['enrol-cohort', 'audit', []],
    ['reconcile-membership', 'audit', []],
    ['apply-bill-payment', 'audit', []],
    ['answer-channel', 'audit', []],
    ['answer-channel', 'settlements', []],
    ['audit-ledger', 'statistics', ['PutItem']],
    ['audit-ledger', 'contacts', []],
    ['sweep-memberships', 'memberships', ['DescribeTable', 'Scan']],
    ['sweep-memberships', 'statistics', ['GetItem', 'PutItem', 'Query', 'UpdateItem']],
    ['count-activity', 'statistics', ['GetItem', 'PutItem', 'UpdateItem']],
    ['count-activity', 'contacts', []],
    ['serve-console', 'statistics', ['BatchGetItem', 'GetItem', 'PutItem', 'Query']],
    ['serve-console', 'memberships', ['GetItem', 'Scan']],
    // Nobody may change or delete a trace.
    ['serve-console', 'read-traces', ['PutItem', 'Query']],
    ['answer-channel', 'read-traces', []],
    ['sweep-memberships', 'read-traces', []],
    // It counts and locks; only people unlock.
    ['answer-channel', 'endpoint-limits', ['PutItem', 'Query', 'UpdateItem']],
    ['serve-console', 'endpoint-limits', ['BatchGetItem', 'DeleteItem', 'PutItem', 'Query']],
    ['import-file', 'endpoint-limits', []],
    ['keep-data-keys', 'evidence-data-keys', ['GetItem', 'PutItem', 'Query', 'UpdateItem']],
    ['keep-data-keys', 'file-data-keys', ['GetItem', 'PutItem', 'Query', 'UpdateItem']],
    ['keep-data-keys', 'settlements', ['GetItem', 'PutItem']],
    ['keep-data-keys', 'audit', ['PutItem', 'Query']],
    ['import-file', 'file-data-keys', ['GetItem', 'Query']],
    ['enrol-cohort', 'file-data-keys', ['GetItem', 'Query']],
    ['serve-console', 'file-data-keys', ['GetItem', 'Query']],
    // It opens what others kept, and keeps nothing itself.
    ['reconcile-settlement', 'file-data-keys', ['GetItem']],
    ['answer-channel', 'file-data-keys', []],
    ['answer-channel', 'evidence-data-keys', []],
    ['serve-console', 'evidence-data-keys', []],
    ['keep-data-keys', 'contacts', []],
    ['keep-data-keys', 'payment-decisions', []],
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
          new RegExp(`^\\{"Fn::ImportValue":"Ledger:ExportsOutputFnGetAttTable${table.replaceAll('-', '')}`).test(
            JSON.stringify(arn),
          ),
        ),
    )
    expect(onTable.flatMap(({ Action }) => [Action].flat()).sort()).toEqual(
      expected.map((action) => `dynamodb:${action}`),
    )
  })
})

describe('anchors of the audit chain', () => {
  const roleOf = (service: string) =>
    ofType(hub, 'AWS::Lambda::Function').find(
      ({ properties }) => properties.Environment.Variables.POWERTOOLS_SERVICE_NAME === service,
    )?.properties.Role['Fn::GetAtt'][0]
  const may = (service: string) =>
    policies(hub)
      .filter(({ roles }) => roles.includes(roleOf(service)))
      .flatMap(({ statements }) => statements)
      .map(({ Action, Resource }) => ({ actions: [Action].flat().sort(), on: JSON.stringify(Resource) }))

  test('are signed and put by one function, which may do nothing else', () => {
    expect(may('anchor-audit').map(({ actions }) => actions.join())).toEqual([
      'logs:CreateLogStream,logs:PutLogEvents',
      'kms:Sign',
      'kms:Decrypt',
      'dynamodb:DescribeStream,dynamodb:GetRecords,dynamodb:GetShardIterator,dynamodb:ListStreams',
      's3:PutObject',
      'kms:GenerateDataKey',
    ])
    const put = may('anchor-audit').find(({ actions }) => actions.includes('s3:PutObject'))
    expect(put?.on).toMatch(/EvidenceBucket.*\/anchors\/\*/)
  })

  test('can be signed, and put, by no other', () => {
    const services = ofType(hub, 'AWS::Lambda::Function').map(
      ({ properties }) => properties.Environment.Variables.POWERTOOLS_SERVICE_NAME as string,
    )
    const others = [...new Set(services)].filter((service) => service !== 'anchor-audit')
    for (const service of others) {
      for (const { actions, on } of may(service)) {
        expect([service, actions]).not.toEqual([service, expect.arrayContaining(['kms:Sign'])])
        if (actions.includes('s3:PutObject'))
          expect([service, on]).not.toEqual([service, expect.stringContaining('anchors')])
      }
    }
  })

  test('are listed, and opened by nobody, who verifies', () => {
    const verifier = may('audit-ledger').filter(({ actions }) => actions.some((action) => /^(s3|kms):/.test(action)))
    const allowed = verifier.flatMap(({ actions }) => actions)
    expect(allowed).toEqual(expect.arrayContaining(['s3:ListBucketVersions', 'kms:GetPublicKey']))
    expect(allowed.filter((action) => /^s3:/.test(action))).toEqual(['s3:ListBucketVersions'])
  })

  test('have a key that signs and never leaves KMS', () => {
    const keys = ofType(ledger, 'AWS::KMS::Key').filter(({ properties }) => properties.KeyUsage === 'SIGN_VERIFY')
    expect(keys).toMatchObject([{ properties: { KeySpec: 'ECC_NIST_P256' } }])
  })
})

describe('data keys', () => {
  const namesOf = (actions: string, on: RegExp) =>
    policies(hub)
      .filter(({ statements }) =>
        statements.some(
          ({ Action, Resource }) =>
            [Action].flat().some((each) => new RegExp(actions).test(each)) && on.test(JSON.stringify(Resource)),
        ),
      )
      .map(({ id }) => id.replace(/Policy[0-9A-F]*$|DefaultPolicy.*$/, ''))

  test('are written and destroyed by one function, and nobody deletes one', () => {
    const keeper = [expect.stringMatching(/^DataKeysKeepDataKeys/)]
    expect(namesOf('PutItem|UpdateItem|DeleteItem|BatchWrite', /Table(evidence|file)datakeys/)).toEqual(keeper)
    expect(namesOf('DeleteItem|BatchWrite', /Table(evidence|file)datakeys/)).toEqual([])
    expect(namesOf('PutSecretValue', /./)).toEqual(keeper)
  })

  test('of evidence are read from their archive by that function alone, and from the window by endpoints', () => {
    expect(namesOf('dynamodb:', /Tableevidencedatakeys/)).toEqual([expect.stringMatching(/^DataKeysKeepDataKeys/)])
    const readers = namesOf('GetSecretValue', /Secretevidence/)
    expect(readers.filter((id) => !id.startsWith('ChannelEndpoint'))).toEqual([
      expect.stringMatching(/^DataKeysKeepDataKeys/),
    ])
  })

  test('of files are read by the four functions that keep or open files', () => {
    const readers = namesOf('dynamodb:', /Tablefiledatakeys/).filter((id) => !id.startsWith('DataKeys'))
    expect(readers.map((id) => id.replace(/(Worker|Function).*/, '')).sort()).toEqual(
      ['Console', 'EnrolCohort', 'ImportFile', 'ReconcileSettlement'].map((name) =>
        expect.stringMatching(new RegExp(`^${name}`)),
      ),
    )
  })

  test('open nothing for the function that makes them: it reads no file and no evidence', () => {
    expect(namesOf('^s3:', /./).filter((id) => id.startsWith('DataKeys'))).toEqual([])
  })
})

describe('evidence', () => {
  test('may be put by an endpoint in two ways and read by none of them', () => {
    const endpoints = policies(hub).filter(({ id }) => id.startsWith('ChannelEndpoint'))
    expect(endpoints).toHaveLength(CHANNELS.length)
    for (const { statements } of endpoints) {
      const onEvidence = statements.filter(({ Resource }) => JSON.stringify(Resource).includes('Evidence'))
      const allowed = onEvidence
        .filter(({ Resource }) => !JSON.stringify(Resource).includes('Secret'))
        .map(({ Action, Resource }) => [[Action].flat().join(), JSON.stringify(Resource)])
      expect(allowed).toEqual([
        ['firehose:PutRecord', expect.stringContaining('EvidenceStream')],
        ['s3:PutObject', expect.stringMatching(/EvidenceBucket.*"\/direct\/\*"/)],
        ['kms:GenerateDataKey', expect.stringContaining('EvidenceKey')],
      ])
    }
    const others = policies(hub).filter(({ id }) => !id.startsWith('ChannelEndpoint'))
    expect(
      others.filter(({ statements }) => /EvidenceStream(Bucket|Stream|Key)/.test(JSON.stringify(statements))),
    ).toEqual([])
  })

  test('that goes past the stream raises an alarm at the first request', () => {
    const alarms = ofType(hub, 'AWS::CloudWatch::Alarm').filter(
      ({ properties }) => properties.MetricName === 'EvidenceKeptDirectly',
    )
    expect(alarms.map(({ properties }) => properties.Threshold)).toEqual(CHANNELS.map(() => 0))
    expect(new Set(alarms.map(({ properties }) => properties.EvaluationPeriods))).toEqual(new Set([1]))
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
      'PUT /api/settlements/{channel}/{date}/file': 'JWT',
      'PUT /api/bank-statements/{name}': 'JWT',
      'PUT /api/differences/{id}/attachments': 'JWT',
      'POST /api/sponsors/{sponsor}/cohorts': 'JWT',
      'GET /healthz': 'NONE',
      'GET /api/openapi.json': 'NONE',
    })
  })

  test('let each sender put files into its own folder alone', () => {
    for (const sender of ['bank', ...CHANNELS]) {
      const role = ofType(hub, 'AWS::IAM::Role').find(({ properties }) => properties.RoleName === `hub-drop-${sender}`)
      const statements = policies(hub).flatMap(({ roles, statements }) =>
        roles.includes(role?.id ?? '') ? statements : [],
      )
      expect(statements.map(({ Action }) => Action).sort()).toEqual(['kms:GenerateDataKey', 's3:PutObject'])
      const put = statements.find(({ Action }) => Action === 's3:PutObject')
      expect(JSON.stringify(put?.Resource)).toContain(`"/drop/${sender}/*"`)
    }
  })

  test('hand every file over as bytes, whatever content type it has', () => {
    const taking = ofType(hub, 'AWS::ApiGatewayV2::Route').filter(({ properties }) =>
      FILE_ROUTES.some((path) => properties.RouteKey === `PUT ${path}`),
    )
    const target = ({ properties }: (typeof taking)[number]) => properties.Target['Fn::Join'][1][1].Ref
    const integrations = ofType(hub, 'AWS::ApiGatewayV2::Integration').filter(({ id }) =>
      taking.some((route) => target(route) === id),
    )
    expect([taking.length, integrations.length]).toEqual([FILE_ROUTES.length, 1])
    expect(integrations[0]?.properties.RequestParameters).toEqual({
      'overwrite:header.content-type': 'application/octet-stream',
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
