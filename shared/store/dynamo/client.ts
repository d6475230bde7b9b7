/**
 * The client that handlers build once per process and hand to every adapter in this folder.
 *
 * It makes one try per call: the adapters repeat (dynamo-errors.ts), because only who sees every try knows whether a write
 * can have happened. Region, credentials and endpoint come from the environment unless given.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'

/** A call that takes longer is given up; three tries stay below a endpoint's own limit. */
const REQUEST_MILLIS = 2_000
const CONNECTION_MILLIS = 500
/** More than a process has events in flight, each of which reads a few things at once. */
const CONNECTIONS = 64

export function createDynamoClient(options: { readonly endpoint?: string } = {}): DynamoDBClient {
  const agent = { keepAlive: true, maxSockets: CONNECTIONS }
  return new DynamoDBClient({
    ...options,
    maxAttempts: 1,
    // Outside bundles (tests, tools) the SDK builds its middleware once per kind of command: a third of a call's CPU.
    cacheMiddleware: true,
    requestHandler: {
      connectionTimeout: CONNECTION_MILLIS,
      requestTimeout: REQUEST_MILLIS,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    },
  })
}
