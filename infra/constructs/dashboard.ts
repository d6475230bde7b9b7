/**
 * The dashboard in AWS: its built files in a private bucket, CloudFront in front of it and of the console API, so that page and
 * API are one origin and nothing needs CORS. The headers are those of the local hub (../dashboard-headers.ts).
 *
 * The files are put there by the deployment (docs/operations/deploy.md), not by a function of the template. Domain and
 * certificate are parameters, because they belong to an account.
 */
import { CfnOutput, type CfnParameter, Duration, Fn } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { contentPolicy, DASHBOARD_HEADERS } from '../dashboard-headers.ts'
import type { Stage } from '../stages.ts'
import { accept } from './accept.ts'

/** Every address of a page is the page; files have an ending. Runs at the edge, in JavaScript of its own. */
const PAGE_FOR_ADDRESSES = `function handler(event) {
  var request = event.request
  if (request.uri.lastIndexOf('.') <= request.uri.lastIndexOf('/')) request.uri = '/index.html'
  return request
}`

export type DashboardProps = {
  readonly stage: Stage
  /** `https://….execute-api.…` of the console. */
  readonly consoleEndpoint: string
  /** `https://….amazoncognito.com`: where people sign in. */
  readonly signInOrigin: string
  readonly domainName: CfnParameter
  readonly certificateArn: CfnParameter
}

export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id)
    const { stage, domainName, certificateArn } = props
    const files = this.files(props)
    const headers = this.headers(props)
    const pages = new EdgeFunction(this, 'Pages', {
      functionName: `${stage.prefix}-dashboard-pages`,
      code: FunctionCode.fromInline(PAGE_FOR_ADDRESSES),
      runtime: FunctionRuntime.JS_2_0,
    })
    const api = {
      origin: new HttpOrigin(Fn.select(2, Fn.split('/', props.consoleEndpoint))),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    }
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Contribution hub: dashboard (${stage.name})`,
      domainNames: [domainName.valueAsString],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn.valueAsString),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultRootObject: 'index.html',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(files as IBucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: headers,
        functionAssociations: [{ function: pages, eventType: FunctionEventType.VIEWER_REQUEST }],
        compress: true,
      },
      additionalBehaviors: { '/api/*': api, '/healthz': api },
    })
    accept(
      distribution,
      'AwsSolutions-CFR1',
      'Finance works from wherever it is; who may do what is decided by token and role.',
    )
    accept(
      distribution,
      'AwsSolutions-CFR2',
      'Pages are public files; the API behind it has limits of its own and asks for a token.',
    )
    accept(
      distribution,
      'AwsSolutions-CFR3',
      'Addresses hold numbers of memberships, which no access log may; the API logs each call by its route.',
    )
    new CfnOutput(this, 'FilesBucket', { value: files.bucketName }).overrideLogicalId('DashboardFilesBucket')
    new CfnOutput(this, 'DistributionId', { value: distribution.distributionId }).overrideLogicalId(
      'DashboardDistributionId',
    )
    new CfnOutput(this, 'DistributionDomain', { value: distribution.distributionDomainName }).overrideLogicalId(
      'DashboardDistributionDomain',
    )
  }

  private files({ stage }: DashboardProps): Bucket {
    const files = new Bucket(this, 'Files', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90) }],
      removalPolicy: stage.removal,
    })
    accept(files, 'AwsSolutions-S1', 'It holds the build of public pages, which only the distribution can read.')
    return files
  }

  private headers({ stage, signInOrigin }: DashboardProps): ResponseHeadersPolicy {
    const { 'permissions-policy': permissions, 'cross-origin-resource-policy': resources, ...known } = DASHBOARD_HEADERS
    return new ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName: `${stage.prefix}-dashboard`,
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: contentPolicy([signInOrigin]), override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override: true,
        },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'permissions-policy', value: permissions, override: true },
          { header: 'cross-origin-resource-policy', value: resources, override: true },
          { header: 'cross-origin-opener-policy', value: known['cross-origin-opener-policy'], override: true },
        ],
      },
    })
  }
}
