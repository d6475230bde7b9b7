/**
 * The least that a function with a table can be: what bench/cold.ts holds the endpoint's start against. It is bundled as every
 * function is, but with the SDK's own client, which is imported from its file: the bundles' stand-in takes the package's place.
 */
// @ts-expect-error: the package has types for its whole and none for this file.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb/dist-es/DynamoDBClient.js'

const dynamo = new DynamoDBClient()

export async function handler(): Promise<string> {
  return dynamo.config.region()
}
