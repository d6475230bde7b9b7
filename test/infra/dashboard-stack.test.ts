/** What the dashboard promises in AWS: private files, one origin with the API, strict headers, and people who can sign in. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contentPolicy, DASHBOARD_HEADERS } from '../../infra/dashboard-headers.ts'
import { type CloudAssembly, cloudAssembly, ofType, type Resource } from './cloud-assembly.ts'

let plan: CloudAssembly
let dashboard: readonly Resource[]

beforeAll(async () => {
  plan = await cloudAssembly()
  dashboard = Object.entries(plan.synthesized.templates.Dashboard?.Resources ?? {}).map(
    ([id, { Type, Properties }]) => ({ id, type: Type, properties: Properties ?? {}, metadata: {}, dependsOn: [] }),
  )
}, 120_000)
afterAll(() => plan.remove())

const only = (type: string) => {
  const found = ofType(dashboard, type)
  expect(found).toHaveLength(1)
  return (found[0] as Resource).properties
}

test('the files are private: only the distribution reads them, and by TLS alone', () => {
  const bucket = only('AWS::S3::Bucket')
  expect(Object.values(bucket.PublicAccessBlockConfiguration)).toEqual([true, true, true, true])
  const { Statement } = only('AWS::S3::BucketPolicy').PolicyDocument
  const allowed = Statement.filter(({ Effect }: { readonly Effect: string }) => Effect === 'Allow')
  expect(allowed).toHaveLength(1)
  expect(allowed[0]).toMatchObject({ Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } })
})

test('page and API are one origin, and the API is never kept by the edge', () => {
  const { DistributionConfig: config } = only('AWS::CloudFront::Distribution')
  expect(config.ViewerCertificate.MinimumProtocolVersion).toBe('TLSv1.2_2021')
  expect(config.Logging).toBeUndefined()
  const api = config.CacheBehaviors.filter(
    ({ PathPattern }: { readonly PathPattern: string }) => PathPattern === '/api/*',
  )
  // The managed policies CachingDisabled and AllViewerExceptHostHeader.
  expect(api).toMatchObject([
    {
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      ViewerProtocolPolicy: 'https-only',
    },
  ])
  expect(config.DefaultCacheBehavior.FunctionAssociations).toHaveLength(1)
})

test('its headers are those of the local hub, with the sign-in as the one other origin', () => {
  const { ResponseHeadersPolicyConfig: config } = only('AWS::CloudFront::ResponseHeadersPolicy')
  const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = config
  const policy: string = JSON.stringify(security.ContentSecurityPolicy.ContentSecurityPolicy)
  for (const part of contentPolicy([])
    .split('; ')
    .filter((each) => !/^(connect-src|form-action)/.test(each)))
    expect(policy).toContain(part)
  expect(policy).toContain("connect-src 'self' https://")
  expect(policy).not.toContain('unsafe')
  expect(security.FrameOptions.FrameOption).toBe(DASHBOARD_HEADERS['x-frame-options'])
  expect(security.ReferrerPolicy.ReferrerPolicy).toBe(DASHBOARD_HEADERS['referrer-policy'])
  const named = Object.fromEntries(
    custom.Items.map(({ Header, Value }: { readonly Header: string; readonly Value: string }) => [Header, Value]),
  )
  for (const header of ['permissions-policy', 'cross-origin-resource-policy', 'cross-origin-opener-policy'] as const)
    expect(named[header]).toBe(DASHBOARD_HEADERS[header])
})

test('people sign in by code with PKCE at a domain of the pool, with a second factor and short sessions', () => {
  const clients = ofType(plan.ledger, 'AWS::Cognito::UserPoolClient').map(({ properties }) => properties)
  expect(clients).toHaveLength(2)
  for (const client of clients) {
    expect(client).toMatchObject({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      GenerateSecret: false,
      EnableTokenRevocation: true,
      AccessTokenValidity: 15,
      RefreshTokenValidity: 720,
      RefreshTokenRotation: { Feature: 'ENABLED' },
    })
  }
  expect(JSON.stringify(clients.map(({ CallbackURLs }) => CallbackURLs))).toContain('/signed-in')
  expect(ofType(plan.ledger, 'AWS::Cognito::UserPoolDomain')[0]?.properties.ManagedLoginVersion).toBe(2)
  expect(ofType(plan.ledger, 'AWS::Cognito::ManagedLoginBranding')).toHaveLength(2)
  expect(ofType(plan.ledger, 'AWS::Cognito::UserPool')[0]?.properties.MfaConfiguration).toBe('ON')
})
