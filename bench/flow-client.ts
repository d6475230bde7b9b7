/** The hub's embedded table as a bench reads it: past the gate, with the hub's own credentials. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { HUB_CREDENTIALS } from '../local/backend/database.ts'
import { REGION } from '../local/floor-plan/template.ts'
import type { HubPlace } from './flow-hub.ts'

export function hubClient({ dynamoEndpoint }: HubPlace): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: dynamoEndpoint,
    region: REGION,
    credentials: HUB_CREDENTIALS,
    cacheMiddleware: true,
  })
}
