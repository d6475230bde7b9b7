/**
 * The console: functions/serve-console behind an API that asks for a token of the operators' user pool.
 *
 * Everything below /api needs a token except the API's own description; whether a role may do what it asks is decided in the
 * function. It may read all tables, write facts, contacts, bills and the claims on a NIK, and redrive every queue.
 */
import { Duration, Stack } from 'aws-cdk-lib'
import {
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  type IHttpRouteAuthorizer,
  MappingValue,
  ParameterMapping,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import { BY_ACCOUNT, BY_DAY, BY_PARTICIPANT } from '../../shared/store/tables.ts'
import type { LedgerStack } from '../ledger-stack.ts'
import { CONSOLE, CONSOLE_CONCURRENCY, CONSOLE_THROTTLE } from '../stages.ts'
import { accept } from './accept.ts'
import { type Alarming, HubAlarm, hubMetric } from './hub-alarm.ts'
import { functionName, HubFunction } from './hub-function.ts'
import { HubHttpApi } from './hub-http-api.ts'
import { lookAt, readSecrets, sendTo, takeFrom, useTables } from './permissions.ts'

const SERVICE = 'serve-console'

/**
 * The calls that take a file. An HTTP API hands text/*, JSON and XML over as text, in which bytes that are no UTF-8 are
 * replaced; as application/octet-stream every file reaches the function in base64, byte for byte.
 */
export const FILE_ROUTES = [
  '/api/settlements/{channel}/{date}/file',
  '/api/bank-statements/{name}',
  '/api/differences/{id}/attachments',
] as const
/** So is a sponsor's list: a workbook, or text in an encoding that must be seen. */
export const LIST_ROUTE = '/api/sponsors/{sponsor}/cohorts'
const AS_BYTES = new ParameterMapping().overwriteHeader('content-type', MappingValue.custom('application/octet-stream'))

export type ConsoleProps = {
  readonly ledger: LedgerStack
  readonly code: Code
  /** Names of the other functions, whose figures it shows. */
  readonly functions: readonly string[]
  readonly channels: readonly string[]
}

export class Console extends Construct {
  readonly endpoint: string

  constructor(scope: Construct, id: string, alarming: Alarming, { ledger, code, functions, channels }: ConsoleProps) {
    super(scope, id)
    const channelSecrets = channels.map((channel) => ledger.channelSecret(channel))
    const { lambda, role } = new HubFunction(this, 'Function', alarming, {
      service: SERVICE,
      description: 'Console API for operations, finance and the owner',
      code,
      size: CONSOLE,
      reservedConcurrency: CONSOLE_CONCURRENCY,
      secrets: 'reads',
      environment: {
        ...environmentOf(ledger, Stack.of(this)),
        FUNCTIONS: [...functions, functionName(alarming.stage, SERVICE)].join(','),
        CHANNEL_SECRETS: channelSecrets.map(({ name }) => name).join(','),
      },
      may: [...permissionsOf(ledger), ...operationsPermissions(channelSecrets.map(({ secret }) => secret))],
      files: {
        files: ledger.files,
        folders: [
          { folder: 'kept', actions: ['GetObject', 'PutObject'] },
          { folder: 'settled', actions: ['GetObject'] },
          { folder: 'attachments', actions: ['PutObject', 'GetObject'] },
          { folder: 'outgoing', actions: ['GetObject'] },
          { folder: 'lists', actions: ['GetObject'] },
        ],
      },
      whenCrashed: {
        on: 'operator',
        feels: 'The console fails in the middle of something; nobody can answer a member or a partner.',
      },
    })
    accept(
      role,
      'AwsSolutions-IAM5[Resource::*]',
      'GetMetricData knows no resources; figures of metrics are all that it gives, and the console asks for its own functions and partners.',
    )
    const hubApi = new HubHttpApi(this, 'Http', alarming.stage, {
      name: 'console',
      description: 'Console API',
      throttle: CONSOLE_THROTTLE,
      defaultEndpoint: 'open',
    })
    this.endpoint = hubApi.api.apiEndpoint
    const { userPool, clients } = ledger.operators
    const authorizer = new HttpUserPoolAuthorizer('Operators', userPool, { userPoolClients: [...clients] })
    const integration = new HttpLambdaIntegration('Console', lambda)
    const takingFiles = new HttpLambdaIntegration('ConsoleFiles', lambda, { parameterMapping: AS_BYTES })
    const route = (
      routeId: string,
      path: string,
      method: HttpMethod,
      allowed?: IHttpRouteAuthorizer,
      leadsTo: HttpLambdaIntegration = integration,
    ) =>
      new HttpRoute(this, routeId, {
        httpApi: hubApi.api,
        routeKey: HttpRouteKey.with(path, method),
        integration: leadsTo,
        ...(allowed === undefined ? {} : { authorizer: allowed }),
      })
    route('Api', '/api/{proxy+}', HttpMethod.ANY, authorizer)
    for (const path of FILE_ROUTES) route(`File-${path.split('/')[2]}`, path, HttpMethod.PUT, authorizer, takingFiles)
    route('File-sponsors', LIST_ROUTE, HttpMethod.POST, authorizer, takingFiles)
    const health = route('Health', '/healthz', HttpMethod.GET)
    const description = route('Description', '/api/openapi.json', HttpMethod.GET)
    accept(
      health,
      'AwsSolutions-APIG4',
      'Says only whether the hub can serve; a monitor without a token must be able to ask.',
    )
    accept(description, 'AwsSolutions-APIG4', 'The description of the API is public: it holds no data of anybody.')
    this.alarms(alarming, lambda)
  }

  private alarms(alarming: Alarming, lambda: LambdaFunction): void {
    new HubAlarm(this, 'TurnedAway', alarming, {
      heading: 'serve-console turns callers away',
      impact: {
        on: 'operator',
        feels: 'Pages of the dashboard stay empty for a while; payments, files and workers do not feel it.',
      },
      metric: lambda.metricThrottles({ statistic: 'Sum', period: Duration.minutes(1) }),
      threshold: 0,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: { bad: 3, window: 5 },
    })
    new HubAlarm(this, 'Failing', alarming, {
      heading: 'serve-console answers 5xx',
      impact: {
        on: 'operator',
        feels: 'OperatorPool cannot look anything up or correct it; members who call get no answer.',
      },
      metric: hubMetric(alarming.stage, SERVICE, 'ConsoleAnswers', { outcome: '5xx' }, 'Sum').with({
        period: Duration.minutes(5),
      }),
      threshold: 5,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    })
  }
}

function environmentOf({ tables, queues, files, digestSecret }: LedgerStack, stack: Stack): Record<string, string> {
  const named = Object.values(queues).map(({ name, queue, deadLetters }) => ({
    name,
    url: queue.queueUrl,
    deadLetterUrl: deadLetters.queueUrl,
  }))
  return {
    PAYMENT_DECISIONS_TABLE: tables['payment-decisions'].tableName,
    FACTS_TABLE: tables.facts.tableName,
    MEMBERSHIPS_TABLE: tables.memberships.tableName,
    CONTACTS_TABLE: tables.contacts.tableName,
    BILLS_TABLE: tables.bills.tableName,
    STATISTICS_TABLE: tables.statistics.tableName,
    NOTICES_TABLE: tables.notices.tableName,
    SPONSORS_TABLE: tables.sponsors.tableName,
    SETTLEMENTS_TABLE: tables.settlements.tableName,
    AUDIT_TABLE: tables.audit.tableName,
    READ_TRACES_TABLE: tables['read-traces'].tableName,
    ENDPOINT_LIMITS_TABLE: tables['endpoint-limits'].tableName,
    FILES_BUCKET: files.bucket.bucketName,
    FILE_DATA_KEYS_TABLE: tables['file-data-keys'].tableName,
    SWEEP_QUEUE_URL: queues.sweep.queue.queueUrl,
    AUDIT_QUEUE_URL: queues.audit.queue.queueUrl,
    QUEUES: stack.toJsonString(named),
    DIGEST_SECRET: digestSecret.name,
  }
}

function permissionsOf({ tables, tablesKey, queues, secretsKey, digestSecret }: LedgerStack): PolicyStatement[] {
  const work = Object.values(queues)
  return [
    ...useTables({ tables, key: tablesKey }, [
      { table: 'payment-decisions', actions: ['GetItem', 'PutItem', 'DeleteItem'] },
      { table: 'facts', actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'] },
      { table: 'facts', index: BY_DAY, actions: ['Query'] },
      { table: 'memberships', actions: ['GetItem', 'Scan'] },
      { table: 'memberships', index: BY_PARTICIPANT, actions: ['Query'] },
      { table: 'contacts', actions: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'] },
      { table: 'notices', actions: ['Query'] },
      { table: 'sponsors', actions: ['GetItem', 'Query', 'PutItem'] },
      { table: 'bills', actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem'] },
      { table: 'statistics', actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'] },
      { table: 'settlements', actions: ['GetItem', 'Query', 'PutItem', 'DeleteItem'] },
      { table: 'audit', actions: ['Query', 'PutItem'] },
      { table: 'file-data-keys', actions: ['GetItem', 'Query'] },
      { table: 'read-traces', actions: ['PutItem', 'Query'] },
      { table: 'read-traces', index: BY_ACCOUNT, actions: ['Query'] },
      { table: 'endpoint-limits', actions: ['BatchGetItem', 'Query', 'PutItem', 'DeleteItem'] },
    ]),
    sendTo(...work.map(({ queue }) => queue)),
    takeFrom(...work.map(({ deadLetters }) => deadLetters)),
    lookAt(...work.flatMap(({ queue, deadLetters }) => [queue, deadLetters])),
    ...readSecrets(secretsKey, digestSecret.secret),
  ]
}

/** Figures of metrics, and when a channel's secret was written: no right to read what is in it. */
function operationsPermissions(channelSecrets: readonly CfnSecret[]): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }),
    new PolicyStatement({
      actions: ['secretsmanager:ListSecretVersionIds'],
      resources: channelSecrets.map((secret) => secret.ref),
    }),
  ]
}
