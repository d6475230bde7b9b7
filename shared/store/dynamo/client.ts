/**
 * The client that handlers build once per process and hand to every adapter in this folder's parent.
 *
 * It takes the SDK's own commands and is made of the SDK's own parts: protocol, codec and error classes say what is sent and
 * what an answer means; signer and HTTP handler carry it (runtime/signed-call.ts). It makes one try per call: the adapters
 * repeat (errors.ts), because only who sees every try knows whether a write can have happened. Left out on purpose: retries,
 * the middleware that each call walks through, endpoint rules of other partitions, credentials from anywhere but the
 * environment. test/shared/store/dynamo/client.test.ts holds it against the SDK's own client, which fits in its place.
 */
import {
  type DynamoDBClientResolvedConfig,
  errorTypeRegistries,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-dynamodb'
import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols'
import { DynamoDBJsonCodec2 } from '@aws-sdk/dynamodb-codec'
import { fromBase64, fromUtf8, toBase64, toUtf8 } from '@smithy/core/serde'
import { streamCollector } from '@smithy/node-http-handler'
import type { Command, Endpoint, HttpResponse, OperationSchema, StaticOperationSchema } from '@smithy/types'
import { systemClock } from '../../runtime/clock.ts'
import { dynamoCaller } from '../../runtime/env.ts'
import type { Agent } from '../../runtime/kept-connections.ts'
import { type SignedCalls, signedCalls } from '../../runtime/signed-call.ts'

/** What an adapter needs of a client. The SDK's `DynamoDBClient` is one too. */
export type DynamoClient = {
  readonly send: <Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
    command: Command<ServiceInputTypes, Input, ServiceOutputTypes, Output, DynamoDBClientResolvedConfig>,
  ) => Promise<Output>
}
/** One that somebody closes: tests and tools, for a function never does. */
export type ClosableDynamoClient = DynamoClient & { readonly destroy: () => void }

export type DynamoClientOptions = {
  /** In place of what the environment says. */
  readonly endpoint?: string
  /** Milliseconds of the wall clock. */
  readonly now?: () => number
  /** In place of one that opens connections. */
  readonly agent?: Agent
}

/** What the protocol works with. The address is the connection's, not the request's. */
const CONTEXT = {
  base64Decoder: fromBase64,
  base64Encoder: toBase64,
  utf8Decoder: fromUtf8,
  utf8Encoder: toUtf8,
  streamCollector,
  endpoint: async (): Promise<Endpoint> => ({ protocol: 'https:', hostname: '', path: '/' }),
}

/** Region, credentials and endpoint come from the environment, when the first call is made. */
export function createDynamoClient(options: DynamoClientOptions = {}): ClosableDynamoClient {
  const protocol = new AwsJson1_0Protocol({
    defaultNamespace: 'com.amazonaws.dynamodb',
    serviceTarget: 'DynamoDB_20120810',
    errorTypeRegistries,
    jsonCodec: new DynamoDBJsonCodec2(),
  })
  protocol.setSerdeContext(CONTEXT)
  let calls: SignedCalls | undefined
  return {
    send: async (command) => {
      calls ??= callsFrom(options)
      const operation = operationOf(command.schema)
      const { headers, body } = await protocol.serializeRequest(operation, command.input, CONTEXT)
      const response = await calls.post(headers, body)
      try {
        return await protocol.deserializeResponse(operation, CONTEXT, response)
      } catch (error) {
        throw withStatus(error, response)
      }
    },
    destroy: () => calls?.close(),
  }
}

/** A command carries its operation's schema as a tuple; the protocol takes it by names. */
function operationOf(schema: StaticOperationSchema): OperationSchema {
  const [, namespace, name, traits, input, output] = schema
  return { namespace, name, traits, input, output }
}

function callsFrom({ endpoint, agent, now = systemClock() }: DynamoClientOptions): SignedCalls {
  const caller = dynamoCaller()
  return signedCalls({ service: 'dynamodb', ...caller, endpoint: endpoint ?? caller.endpoint, now, agent })
}

/** An answer that is not the protocol's, such as a proxy's page, still says by its status whose mistake it is. */
function withStatus(error: unknown, { statusCode }: HttpResponse): unknown {
  const broken = error as { $metadata?: { readonly httpStatusCode: number } }
  broken.$metadata ??= { httpStatusCode: statusCode }
  return error
}
