/** The least that a function with a table can be: what bench/cold.ts holds the door's start against. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'

const dynamo = new DynamoDBClient()

export async function handler(): Promise<string> {
  return dynamo.config.region()
}
