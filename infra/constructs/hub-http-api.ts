/**
 * What both HTTP APIs share: one stage that deploys itself, a limit on calls, and an access log that names no person.
 *
 * The access log writes the route, never the path or the query: those hold NIK and KPJ. Knows neither API's routes.
 */

import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import { CfnStage, HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { Stage } from '../stages.ts'

export type Throttle = { readonly ratePerSecond: number; readonly burst: number }

export type HubApiProps = {
  readonly name: string
  readonly description: string
  readonly throttle: Throttle
  /** `closed`: only a custom domain leads in. */
  readonly defaultEndpoint: 'open' | 'closed'
}

const ACCESS_LOG = {
  requestId: '$context.requestId',
  at: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  millis: '$context.responseLatency',
  integrationMillis: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  error: '$context.error.responseType',
  bytes: '$context.responseLength',
}

export class HubHttpApi extends Construct {
  readonly api: HttpApi
  readonly stage: HttpStage

  constructor(scope: Construct, id: string, stage: Stage, props: HubApiProps) {
    super(scope, id)
    this.api = new HttpApi(this, 'Api', {
      apiName: `${stage.prefix}-${props.name}`,
      description: props.description,
      createDefaultStage: false,
      disableExecuteApiEndpoint: props.defaultEndpoint === 'closed',
    })
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: `/${stage.prefix}/${props.name}-access`,
      retention: stage.logRetentionDays,
      removalPolicy: stage.removal,
    })
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      detailedMetricsEnabled: true,
      throttle: { rateLimit: props.throttle.ratePerSecond, burstLimit: props.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    })
  }

  /** Limits single routes by their key. The routes must exist first, or the stage cannot be deployed. */
  throttleRoutes(
    routes: readonly { readonly key: string; readonly throttle: Throttle; readonly route: Construct }[],
  ): void {
    const cfnStage = this.stage.node.defaultChild
    if (!(cfnStage instanceof CfnStage))
      throw new Error('STAGE_SHAPE: expected a CfnStage below HttpStage, got something else')
    cfnStage.routeSettings = Object.fromEntries(
      routes.map(({ key, throttle }) => [
        key,
        {
          DetailedMetricsEnabled: true,
          ThrottlingRateLimit: throttle.ratePerSecond,
          ThrottlingBurstLimit: throttle.burst,
        },
      ]),
    )
    for (const { route } of routes) this.stage.node.addDependency(route)
  }
}
