/** The same calls through the client that the endpoint has: what is left of its cost is its own work. */
import { createDynamoClient } from '../shared/store/dynamo/client.ts'
import { type BaselineHandler, type BaselineScript, baselineHandler } from './baseline-calls.ts'

const dynamo = createDynamoClient()

export function handlerOf(script: BaselineScript): BaselineHandler {
  return baselineHandler(dynamo, script)
}
