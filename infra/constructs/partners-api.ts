/**
 * The API that partners call: their own domain with mutual TLS, one greedy route per channel, each with its own limit.
 *
 * The gateway proves the client certificate; the endpoint compares its issuer and public key with the channel's secret
 * and checks the signature. There is no other way in: the default endpoint is off. Domain, certificate and the trust store's version are
 * parameters of the stack, because they belong to an account.
 */
import { CfnParameter, Duration } from 'aws-cdk-lib'
import {
  ApiMapping,
  DomainName,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { ComparisonOperator, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import type { ChannelProfile } from '../../shared/channel-port/channel.ts'
import { PARTNERS_DEFAULT_THROTTLE } from '../stages.ts'
import { accept } from './accept.ts'
import { type Alarming, HubAlarm } from './hub-alarm.ts'
import { HubHttpApi } from './hub-http-api.ts'

/** Object of the trust store bucket: the certificate authorities of all partners, one PEM file. */
export const TRUST_STORE_KEY = 'partners.pem'

export type PartnersApiProps = {
  readonly endpoints: readonly { readonly profile: ChannelProfile; readonly lambda: IFunction }[]
  readonly trustStore: IBucket
}

export class PartnersApi extends Construct {
  constructor(scope: Construct, id: string, alarming: Alarming, { endpoints, trustStore }: PartnersApiProps) {
    super(scope, id)
    const hubApi = new HubHttpApi(this, 'Http', alarming.stage, {
      name: 'partners',
      description: 'Payment channels: inquiry, payment, reversal, status',
      throttle: PARTNERS_DEFAULT_THROTTLE,
      defaultEndpoint: 'closed',
    })
    const routes = endpoints.map(({ profile, lambda }) => ({
      ...this.routeTo(hubApi, profile.name, lambda),
      throttle: profile.throttle,
    }))
    hubApi.throttleRoutes(routes)
    for (const { profile } of endpoints) this.alarm(alarming, hubApi, profile.name)
    new ApiMapping(this, 'Mapping', { api: hubApi.api, domainName: this.domain(trustStore), stage: hubApi.stage })
  }

  private routeTo(
    hubApi: HubHttpApi,
    channel: string,
    lambda: IFunction,
  ): { readonly key: string; readonly route: HttpRoute } {
    const path = `/channels/${channel}/{proxy+}`
    const route = new HttpRoute(this, `Route-${channel}`, {
      httpApi: hubApi.api,
      routeKey: HttpRouteKey.with(path, HttpMethod.ANY),
      integration: new HttpLambdaIntegration(`ChannelEndpoint-${channel}`, lambda),
    })
    accept(
      route,
      'AwsSolutions-APIG4',
      'Partners are known by their client certificate (mutual TLS on the only domain) and by a signature over every message, which the endpoint verifies; no token authorizer fits these protocols.',
    )
    return { key: `ANY ${path}`, route }
  }

  private domain(trustStore: IBucket): DomainName {
    const domainName = new CfnParameter(this, 'DomainName', {
      description: 'Domain that partners call, as in the certificate',
    })
    const certificate = new CfnParameter(this, 'CertificateArn', {
      description: 'ACM certificate of that domain, same region',
    })
    const version = new CfnParameter(this, 'TrustStoreVersion', {
      description: `Object version of ${TRUST_STORE_KEY} in the trust store bucket; a new one takes hold with this deployment`,
    })
    for (const [parameter, logicalId] of [
      [domainName, 'PartnersDomainName'],
      [certificate, 'PartnersCertificateArn'],
      [version, 'PartnersTrustStoreVersion'],
    ] as const) {
      parameter.overrideLogicalId(logicalId)
    }
    return new DomainName(this, 'Domain', {
      domainName: domainName.valueAsString,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificate.valueAsString),
      securityPolicy: SecurityPolicy.TLS_1_2,
      mtls: { bucket: trustStore, key: TRUST_STORE_KEY, version: version.valueAsString },
    })
  }

  /** Counted by the gateway, so it also sees what never reached the endpoint. */
  private alarm(alarming: Alarming, { api, stage }: HubHttpApi, channel: string): void {
    new HubAlarm(this, `Failing-${channel}`, alarming, {
      heading: 'partners API answers 5xx',
      channel,
      impact: {
        on: 'partner',
        feels: 'Calls end without an answer of ours; each one must be treated as a timeout and repeated.',
      },
      metric: new Metric({
        namespace: 'AWS/ApiGateway',
        metricName: '5xx',
        dimensionsMap: {
          ApiId: api.apiId,
          Stage: stage.stageName,
          Method: 'ANY',
          Resource: `/channels/${channel}/{proxy+}`,
        },
        statistic: 'Sum',
        period: Duration.minutes(1),
      }),
      threshold: 5,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: { bad: 3, window: 5 },
    })
  }
}
