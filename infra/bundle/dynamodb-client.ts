/**
 * Takes the place of the SDK's `DynamoDBClient` in every bundle: one signed call, one try, settings from the environment.
 *
 * What decides about bytes and meaning is still the SDK's: schemas, codec, protocol with its errors, signer, HTTP handler.
 * Gone is the plumbing between them: retries (the adapters repeat, shared/store/dynamo-errors.ts), endpoint rules of every
 * partition, middleware that each call walks through. Fails loudly when asked for what it does not do. Named in infra/bundle.ts.
 */
import { errorTypeRegistries } from '@aws-sdk/client-dynamodb'
import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols'
import { DynamoDBJsonCodec2 } from '@aws-sdk/dynamodb-codec'
import { type NodeHttpHandlerOptions, streamCollector } from '@smithy/node-http-handler'
import type { HandlerExecutionContext, HttpResponse, OperationSchema } from '@smithy/types'
import { serviceEndpoint, signedCalls } from '../../shared/runtime/signed-call.ts'
import { defaultProvider } from './environment-only.ts'
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
type Context = Parameters<AwsJson1_0Protocol['serializeRequest']>[2]

const SETTINGS = ['region', 'endpoint', 'maxAttempts', 'cacheMiddleware', 'requestHandler']

/** Settings that would change where a call goes: AWS names them, nothing here heeds them. */
const UNHEEDED = ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']

export class DynamoDBClient {
  readonly config: { readonly region: () => Promise<string> }
  readonly #calls: ReturnType<typeof signedCalls>
  readonly #protocol: AwsJson1_0Protocol
  readonly #context: Context
  readonly #place: () => URL

  constructor(settings: Settings = {}) {
    refuseUnknown(settings)
    const region = settings.region ?? process.env.AWS_REGION
    let place: URL | undefined
    this.#place = () => {
      place ??= serviceEndpoint('dynamodb', region, settings.endpoint ?? configuredEndpoint())
      return place
    }
    this.config = { region: async () => region ?? leftOut('DynamoDBClient without AWS_REGION') }
    this.#calls = signedCalls({
      service: 'dynamodb',
      region: this.config.region,
      credentials: once(defaultProvider()),
      connections: settings.requestHandler,
    })
    this.#protocol = new AwsJson1_0Protocol({
      defaultNamespace: 'com.amazonaws.dynamodb',
      serviceTarget: 'DynamoDB_20120810',
      errorTypeRegistries,
      jsonCodec: new DynamoDBJsonCodec2(),
    })
    // The protocol's type asks for all of a client; this is what it uses.
    this.#context = { streamCollector, endpoint: async () => undefined } as unknown as Context
    this.#protocol.setSerdeContext(this.#context)
  }

  async send({ input, operation }: Command, ...options: readonly unknown[]): Promise<object> {
    if (options.length > 0) leftOut('DynamoDBClient.send with options')
    const { headers, body } = await this.#protocol.serializeRequest(operation, input, this.#context)
    const response = await this.#calls.post(this.#place(), headers, body)
    try {
      return await this.#protocol.deserializeResponse(
        operation,
        this.#context as HandlerExecutionContext & Context,
        response,
      )
    } catch (error) {
      throw withStatus(error, response)
    }
  }

  destroy(): void {
    this.#calls.close()
  }
}

/** An answer that is not the protocol's, such as a proxy's page, still says by its status whose mistake it is. */
function withStatus(error: unknown, { statusCode }: HttpResponse): unknown {
  const broken = error as { $metadata?: { readonly httpStatusCode: number } }
  broken.$metadata ??= { httpStatusCode: statusCode }
  return error
}

function refuseUnknown(settings: Settings): void {
  const unknown = Object.keys(settings).find((name) => !SETTINGS.includes(name))
  if (unknown !== undefined) leftOut(`the setting ${unknown} of DynamoDBClient`)
  if ((settings.maxAttempts ?? 1) !== 1) leftOut('more than one attempt of DynamoDBClient')
  const unheeded = UNHEEDED.find((name) => process.env[name] === 'true')
  if (unheeded !== undefined) leftOut(unheeded)
}

function configuredEndpoint(): string | undefined {
  return process.env.AWS_ENDPOINT_URL_DYNAMODB || process.env.AWS_ENDPOINT_URL
}

/** Credentials of a Lambda process do not change while it lives. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let known: T | undefined
  return async () => {
    known ??= await ask()
    return known
  }
}
