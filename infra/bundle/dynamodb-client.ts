/**
 * Takes the place of the SDK's `DynamoDBClient` in every bundle: one signed call, one try, settings from the environment.
 *
 * What decides about bytes and meaning is still the SDK's: schemas, codec, protocol with its errors, HTTP handler. Gone is the
 * plumbing between them: retries (the adapters repeat, shared/store/dynamo/errors.ts), endpoint rules of every partition,
 * middleware that each call walks through. Fails loudly when asked for what it does not do. Named in infra/bundle.ts.
 */
import { errorTypeRegistries } from '@aws-sdk/client-dynamodb'
import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols'
import { DynamoDBJsonCodec2 } from '@aws-sdk/dynamodb-codec'
import { type NodeHttpHandlerOptions, streamCollector } from '@smithy/node-http-handler'
import type { HandlerExecutionContext, HttpResponse, OperationSchema } from '@smithy/types'
import { type SignedCalls, signedCalls } from '../../shared/runtime/signed-call.ts'
import { environmentCredentials } from './environment-only.ts'
import { leftOut } from './left-out.ts'

type Settings = {
  readonly region?: string
  readonly endpoint?: string
  readonly maxAttempts?: number
  /** Taken and not needed: there is no middleware left to build once. */
  readonly cacheMiddleware?: boolean
  readonly requestHandler?: NodeHttpHandlerOptions
}
type Command = { readonly input: object; readonly operation: OperationSchema }
type Context = HandlerExecutionContext & Parameters<AwsJson1_0Protocol['serializeRequest']>[2]

const SETTINGS = ['region', 'endpoint', 'maxAttempts', 'cacheMiddleware', 'requestHandler']

/** Variables that would change where the SDK sends a call, and that nothing here heeds. */
const UNHEEDED = ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']

/** The protocol's types ask for all of a client; this is what it uses. */
const CONTEXT = { streamCollector, endpoint: async () => undefined } as unknown as Context

export class DynamoDBClient {
  readonly #settings: Settings
  readonly #protocol = new AwsJson1_0Protocol({
    defaultNamespace: 'com.amazonaws.dynamodb',
    serviceTarget: 'DynamoDB_20120810',
    errorTypeRegistries,
    jsonCodec: new DynamoDBJsonCodec2(),
  })
  #calls: SignedCalls | undefined

  constructor(settings: Settings = {}) {
    refuseOthers(settings)
    this.#settings = settings
    this.#protocol.setSerdeContext(CONTEXT)
  }

  async send({ input, operation }: Command, ...options: readonly unknown[]): Promise<object> {
    if (options.length > 0) leftOut('DynamoDBClient.send with options')
    this.#calls ??= callsAsSet(this.#settings)
    const { headers, body } = await this.#protocol.serializeRequest(operation, input, CONTEXT)
    const response = await this.#calls.post(headers, body)
    try {
      return await this.#protocol.deserializeResponse(operation, CONTEXT, response)
    } catch (error) {
      throw withStatus(error, response)
    }
  }

  destroy(): void {
    this.#calls?.close()
  }
}

function callsAsSet({ region, endpoint, requestHandler }: Settings): SignedCalls {
  const { AWS_REGION = '', AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL } = process.env
  return signedCalls({
    service: 'dynamodb',
    region: region ?? AWS_REGION,
    endpoint: endpoint ?? (AWS_ENDPOINT_URL_DYNAMODB || AWS_ENDPOINT_URL),
    credentials: environmentCredentials(),
    connections: requestHandler,
  })
}

/** An answer that is not the protocol's, such as a proxy's page, still says by its status whose mistake it is. */
function withStatus(error: unknown, { statusCode }: HttpResponse): unknown {
  const broken = error as { $metadata?: { readonly httpStatusCode: number } }
  broken.$metadata ??= { httpStatusCode: statusCode }
  return error
}

function refuseOthers(settings: Settings): void {
  const unknown = Object.keys(settings).find((name) => !SETTINGS.includes(name))
  if (unknown !== undefined) leftOut(`the setting ${unknown} of DynamoDBClient`)
  if ((settings.maxAttempts ?? 1) !== 1) leftOut('more than one attempt of DynamoDBClient')
  const unheeded = UNHEEDED.find((name) => process.env[name] === 'true')
  if (unheeded !== undefined) leftOut(unheeded)
}
