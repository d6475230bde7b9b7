/**
 * What a payment costs that nobody checks: a handler that makes an endpoint's DynamoDB calls, the same inputs in the same order and
 * with the same client, and nothing else. bench/endpoint.ts holds the endpoint against it. With `record`, one call to the
 * evidence stream as well, through the endpoint's own client for it and of its size.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { createDynamoClient } from '../shared/store/dynamo/client.ts'
import { createFirehose } from '../shared/store/evidence/firehose.ts'

/** A call as it went over the wire; B attributes are base64 there. */
export type BareCall = { readonly operation: string; readonly body: string }
/** Calls in one step are made at once. */
export type BareScript = { readonly steps: readonly (readonly BareCall[])[]; readonly record: string | null }

type Prepared = { readonly operation: string; readonly input: never }

const dynamo = createDynamoClient()

export function bareHandler(script: BareScript): () => Promise<{ readonly statusCode: number; readonly body: string }> {
  const steps = script.steps.map((step) => step.map(prepared))
  const keep = script.record === null ? undefined : keeping(Buffer.from(script.record))
  return async () => {
    for (const step of steps) await Promise.all(step.map(send))
    await keep?.()
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
