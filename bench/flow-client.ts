/** The hub's embedded table as a bench reads it: past the proxy, with the hub's own credentials. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { REGION } from '../local/cloud-assembly/template.ts'
import { HUB_CREDENTIALS } from '../local/emulators/dynamodb/dynamodb.ts'
import type { HubAddresses } from './flow-hub.ts'

export function hubClient({ dynamoEndpoint }: HubAddresses): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: dynamoEndpoint,
    region: REGION,
    credentials: HUB_CREDENTIALS,
    cacheMiddleware: true,
  })
}
