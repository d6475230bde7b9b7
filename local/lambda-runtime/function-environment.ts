/**
 * What a function finds around it: the credentials of its own, and the environment that Lambda would set with the proxy's
 * address in place of AWS's. Knows every function alike.
 */
import { randomBytes } from 'node:crypto'
import type { AwsProxy, Identity } from '../aws-proxy/aws-proxy.ts'
import type { FunctionPlan } from '../cloud-assembly/cloud-assembly.ts'
import { QUEUE_ORIGIN, REGION } from '../cloud-assembly/template.ts'

export function identityOf({ arn }: FunctionPlan): Identity {
  return {
    functionArn: arn,
    accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(20).toString('hex'),
    sessionToken: randomBytes(32).toString('base64url'),
  }
}

/** What Lambda would set, and the addresses of the proxy instead of AWS's. */
export function environmentOf(
  plan: FunctionPlan,
  identity: Identity,
  { port }: AwsProxy,
): Readonly<Record<string, string>> {
  const proxy = `http://127.0.0.1:${port}`
  const variables = Object.entries(plan.environment).map(([name, value]) => [
    name,
    value.replaceAll(QUEUE_ORIGIN, proxy),
  ])
  return {
    ...Object.fromEntries(variables),
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: identity.accessKeyId,
    AWS_SECRET_ACCESS_KEY: identity.secretAccessKey,
    AWS_SESSION_TOKEN: identity.sessionToken,
    AWS_ENDPOINT_URL_DYNAMODB: proxy,
    AWS_ENDPOINT_URL_SQS: proxy,
    AWS_ENDPOINT_URL_FIREHOSE: proxy,
    AWS_ENDPOINT_URL_S3: proxy,
    AWS_ENDPOINT_URL_KMS: proxy,
    AWS_ENDPOINT_URL_CLOUDWATCH: proxy,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: proxy,
    AWS_ENDPOINT_URL_SESV2: proxy,
    AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2: proxy,
    AWS_ENDPOINT_URL_SOCIALMESSAGING: proxy,
    PARAMETERS_SECRETS_EXTENSION_HTTP_HOST: '127.0.0.1',
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(port),
    AWS_LAMBDA_FUNCTION_NAME: plan.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(plan.memoryMegabytes),
    AWS_LAMBDA_LOG_GROUP_NAME: plan.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    TZ: 'UTC',
  }
}
