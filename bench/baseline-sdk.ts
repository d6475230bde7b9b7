/** The baseline: the calls of a payment through the SDK's own client as npm brings it, changed only to keep its middleware. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type BaselineHandler, type BaselineScript, baselineHandler } from './baseline-calls.ts'

const dynamo = new DynamoDBClient({ cacheMiddleware: true })

export function handlerOf(script: BaselineScript): BaselineHandler {
  return baselineHandler(dynamo, script)
}
