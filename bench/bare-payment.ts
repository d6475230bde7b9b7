/**
 * What a payment costs that nobody checks: a handler that makes a door's DynamoDB calls, the same inputs in the same order and
 * with the same client, and nothing else. bench/door.ts holds the door against it. With `record`, one call to the
 * evidence stream of the door's size as well.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose'
import { createDynamoClient } from '../shared/store/dynamo-client.ts'

/** A call as it went over the wire; B attributes are base64 there. */
export type BareCall = { readonly operation: string; readonly body: string }
/** Calls in one step are made at once. */
export type BareScript = { readonly steps: readonly (readonly BareCall[])[]; readonly record: string | null }

type Prepared = { readonly operation: string; readonly input: never }

const dynamo = createDynamoClient()
const firehose = new FirehoseClient({ maxAttempts: 2, cacheMiddleware: true })

export function bareHandler(script: BareScript): () => Promise<{ readonly statusCode: number; readonly body: string }> {
  const steps = script.steps.map((step) => step.map(prepared))
  const data = script.record === null ? null : Buffer.from(script.record)
  return async () => {
    for (const step of steps) await Promise.all(step.map(send))
    if (data) await firehose.send(new PutRecordCommand({ DeliveryStreamName: 'evidence', Record: { Data: data } }))
    return { statusCode: 200, body: '{}' }
  }
}

function send({ operation, input }: Prepared): Promise<unknown> {
  switch (operation) {
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

function prepared({ operation, body }: BareCall): Prepared {
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
