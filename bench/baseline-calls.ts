/**
 * What a payment costs that nobody checks: a handler that makes an endpoint's calls, the same inputs in the same order, the
 * evidence call included, and nothing else. bench/endpoint.ts and bench/cold.ts hold the endpoint against it. Which client it
 * uses is up to baseline-sdk.ts and baseline-own.ts.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { BatchGetItemCommand, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import type { DynamoClient } from '../shared/store/dynamo/client.ts'
import { createFirehose } from '../shared/store/evidence/firehose.ts'

/** A call as it went over the wire; B attributes are base64 there. */
export type BaselineCall = { readonly operation: string; readonly body: string }
/** Calls in one step are made at once. */
export type BaselineScript = { readonly steps: readonly (readonly BaselineCall[])[]; readonly record: string }

type PreparedCall = { readonly operation: string; readonly input: never }

export type BaselineHandler = () => Promise<{ readonly statusCode: number; readonly body: string }>

export function baselineHandler(dynamo: DynamoClient, script: BaselineScript): BaselineHandler {
  const steps = script.steps.map((step) => step.map(prepared))
  const keep = keeping(Buffer.from(script.record))
  return async () => {
    for (const step of steps) await Promise.all(step.map((call) => send(dynamo, call)))
    await keep()
    return { statusCode: 200, body: '{}' }
  }
}

function keeping(record: Uint8Array): () => Promise<void> {
  const { AWS_REGION = '', AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = process.env
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY }
  const endpoint = process.env.AWS_ENDPOINT_URL_FIREHOSE
  const firehose = createFirehose({ region: AWS_REGION, credentials, endpoint })
  return () => firehose.putRecord('evidence', record)
}

function send(dynamo: DynamoClient, { operation, input }: PreparedCall): Promise<unknown> {
  switch (operation) {
    case 'BatchGetItem':
      return dynamo.send(new BatchGetItemCommand(input))
    case 'GetItem':
      return dynamo.send(new GetItemCommand(input))
    case 'PutItem':
      return dynamo.send(new PutItemCommand(input))
    case 'Query':
      return dynamo.send(new QueryCommand(input))
    default:
      throw new Error(`expected a call that a payment makes, got ${operation}`)
  }
}

function prepared({ operation, body }: BaselineCall): PreparedCall {
  const input = JSON.parse(body) as { Item?: Record<string, AttributeValue> }
  if (input.Item) input.Item = withBytes(input.Item)
  return { operation, input: input as never }
}

function withBytes(item: Record<string, AttributeValue>): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]): [string, AttributeValue] => {
      if (value.B !== undefined) return [name, { B: Buffer.from(value.B as unknown as string, 'base64') }]
      return [name, value.M === undefined ? value : { M: withBytes(value.M) }]
    }),
  )
}
