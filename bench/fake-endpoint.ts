/**
 * A process that answers for DynamoDB, Firehose and the secrets extension as fast as it can, with canned answers for one
 * member who has not paid: so that what is measured elsewhere is the caller's work alone.
 *
 * Parent sends `{ secrets, items }` once, gets `{ port }`, and may ask `recorded`: the calls since the last time it asked.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** `query` is the answer of every query; `items` are found by table and partition key, as JSON of the wire. */
export type CannedReply = {
  readonly secrets: Readonly<Record<string, string>>
  readonly query: string
  readonly items: Readonly<Record<string, string>>
}
/** One call as it came: operation (`PutItem`) and body. */
export type RecordedCall = { readonly operation: string; readonly body: string }

const NOTHING = '{}'
let canned: CannedReply = { secrets: {}, query: NOTHING, items: {} }
let recorded: RecordedCall[] = []

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => answer(request, Buffer.concat(chunks).toString('utf8'), response))
})

function answer(request: IncomingMessage, body: string, response: ServerResponse): void {
  const target = request.headers['x-amz-target']
  const text = typeof target === 'string' ? answerOf(target.slice(target.indexOf('.') + 1), body) : secretOf(request)
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

function answerOf(operation: string, body: string): string {
  recorded.push({ operation, body })
  switch (operation) {
    case 'GetItem':
      return itemAt(JSON.parse(body))
    case 'BatchGetItem':
      return batchOf(JSON.parse(body))
    case 'Query':
      return canned.query
    case 'PutRecord':
      return '{"RecordId":"1"}'
    default:
      return NOTHING
  }
}

type Key = Readonly<Record<string, { readonly S: string }>>

function itemAt({ TableName, Key }: { readonly TableName: string; readonly Key: Key }): string {
  return canned.items[`${TableName}/${Object.values(Key)[0]?.S}`] ?? NOTHING
}

function batchOf({
  RequestItems,
}: {
  readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly Key[] }>>
}) {
  const responses = Object.entries(RequestItems).map(([table, { Keys }]) => {
    const found = Keys.map((key) => JSON.parse(itemAt({ TableName: table, Key: key })) as { readonly Item?: object })
    return [table, found.flatMap(({ Item }) => Item ?? [])]
  })
  return JSON.stringify({ Responses: Object.fromEntries(responses), UnprocessedKeys: {} })
}

function secretOf({ url = '/' }: IncomingMessage): string {
  const name = new URL(url, 'http://127.0.0.1').searchParams.get('secretId') ?? ''
  return JSON.stringify({ SecretString: canned.secrets[name] })
}

process.on('message', (message: CannedReply | 'recorded') => {
  if (message !== 'recorded') {
    canned = message
    return
  }
  process.send?.(recorded)
  recorded = []
})
process.once('disconnect', () => process.exit())

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
})
