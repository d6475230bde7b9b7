/** The bundles' DynamoDB client is held against the SDK's own: the same calls, the same answers, the same errors. */
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Bundled, bundled, expectedAuthorization, type Received } from '../../support/bundled.ts'

const DYNAMODB = `
import { BatchGetItemCommand, DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, ScanCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
const commands = { BatchGetItemCommand, DeleteItemCommand, GetItemCommand, PutItemCommand, QueryCommand, ScanCommand, TransactWriteItemsCommand }
export const handler = async ({ settings, command, input, options }) => new DynamoDBClient(settings).send(new commands[command](input), ...(options ?? []))
`
const PUT = {
  TableName: 'facts',
  Item: { account: { S: '10000000001' }, fact: { S: 'payment#bni#1' }, d: { B: new Uint8Array([1, 2, 255]) } },
  ConditionExpression: 'attribute_not_exists(fact)',
}
const KEY = { account: { S: '10000000001' }, fact: { S: 'payment#bni#1' } }
const STORED = { ...KEY, n: { N: '12345678901234567890' }, d: { B: 'AQL/' }, l: { L: [{ M: { b: { B: 'AA==' } } }] } }

const answered = (content: object): Answer => ({ status: 200, text: JSON.stringify(content) })
const refused = (name: string, content: object = { message: 'refused' }, status = 400): Answer => ({
  status,
  text: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, ...content }),
})

const SDK = {
  BatchGetItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
}

/** Every command that the tables' adapters send. */
const CALLS: [keyof typeof SDK, object, Answer][] = [
  ['PutItemCommand', PUT, answered({})],
  ['GetItemCommand', { TableName: 'facts', Key: KEY, ConsistentRead: true }, answered({ Item: STORED })],
  ['DeleteItemCommand', { TableName: 'facts', Key: KEY, ReturnValues: 'ALL_OLD' }, answered({ Attributes: STORED })],
  ['ScanCommand', { TableName: 'facts', Limit: 5 }, answered({ Items: [STORED], Count: 1, LastEvaluatedKey: KEY })],
  [
    'QueryCommand',
    {
      TableName: 'facts',
      KeyConditionExpression: '#a = :a',
      ExpressionAttributeNames: { '#a': 'account' },
      ExpressionAttributeValues: { ':a': { S: '1' } },
      ExclusiveStartKey: KEY,
      ScanIndexForward: false,
    },
    answered({ Items: [STORED, STORED], Count: 2 }),
  ],
  [
    'BatchGetItemCommand',
    { RequestItems: { facts: { Keys: [KEY], ConsistentRead: true } } },
    answered({ Responses: { facts: [STORED] }, UnprocessedKeys: { facts: { Keys: [KEY] } } }),
  ],
  [
    'TransactWriteItemsCommand',
    {
      ClientRequestToken: 'token',
      TransactItems: [
        { Put: PUT },
        {
          ConditionCheck: {
            TableName: 'facts',
            Key: KEY,
            ConditionExpression: 'attribute_exists(fact)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ],
    },
    answered({}),
  ],
]

const FAILURES: [string, Answer][] = [
  [
    'a failed condition with its item',
    refused('ConditionalCheckFailedException', { message: 'refused', Item: STORED }),
  ],
  [
    'a cancelled transaction with reasons and items',
    refused('TransactionCanceledException', {
      Message: 'cancelled',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Message: 'refused', Item: STORED }],
    }),
  ],
  ['a conflict of transactions', refused('TransactionConflictException')],
  ['a transaction in progress', refused('TransactionInProgressException', { Message: 'running' })],
  ['throttling of the table', refused('ProvisionedThroughputExceededException')],
  [
    'throttling of the account',
    refused('ThrottlingException', { message: 'slow', throttlingReasons: [{ reason: 'a', resource: 'b' }] }),
  ],
  ['too many requests', refused('RequestLimitExceeded')],
  ['an old signature', refused('InvalidSignatureException', { message: 'Signature expired' })],
  ['a missing table', refused('ResourceNotFoundException')],
  [
    'a call that is not valid',
    { status: 400, text: '{"__type":"com.amazon.coral.validate#ValidationException","message":"wrong"}' },
  ],
  [
    'a permission that is missing',
    { status: 400, text: '{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"no"}' },
  ],
  ['an error inside DynamoDB', refused('InternalServerError', { message: 'ours' }, 500)],
  ['an error nobody has heard of', { status: 400, text: '{"__type":"SomethingNew"}' }],
  [
    'a name in the header alone',
    { status: 400, text: '{}', headers: { 'x-amzn-errortype': 'LimitExceededException:http://x/' } },
  ],
  ['an empty 503', { status: 503, text: '' }],
  ['a proxy’s page', { status: 502, text: '<html>bad gateway</html>' }],
  ['half an answer', { status: 200, text: '{"Item":' }],
  ['a broken connection', 'hang up'],
]

let aws: Bundled
let next: Answer = answered({})

beforeAll(async () => {
  aws = await bundled({ 'call-table': DYNAMODB }, () => next)
})
afterAll(() => aws.close())

const settings = () => ({ region: 'ap-southeast-3', endpoint: aws.endpoint, maxAttempts: 1 })
const sdk = () => new DynamoDBClient(settings())

describe('the bundled DynamoDB client', () => {
  test('puts an item with the right payload and a signature that AWS would accept', async () => {
    aws.received.length = 0
    await aws.run('call-table', { settings: settings(), command: 'PutItemCommand', input: PUT })
    const [request] = aws.received as [Received]
    expect(request.headers['x-amz-target']).toBe('DynamoDB_20120810.PutItem')
    expect(request.headers['content-length']).toBe(String(Buffer.byteLength(request.body)))
    expect(JSON.parse(request.body)).toEqual({ ...PUT, Item: { ...PUT.Item, d: { B: 'AQL/' } } })
    expect(request.headers['x-amz-security-token']).toBe('session')
    expect(request.headers.authorization).toBe(expectedAuthorization(request, 'dynamodb'))
  })

  test.each(CALLS)(
    'makes of %s the same request as the SDK, and the same of its answer',
    async (command, input, answer) => {
      const ours = await observed(aws.run('call-table', { settings: settings(), command, input }), answer)
      const Command = SDK[command] as unknown as new (input: object) => PutItemCommand
      const theirs = await observed(sdk().send(new Command(input)), answer)
      expect(ours).toEqual(theirs)
      expect(ours.requests).toHaveLength(1)
    },
  )

  test.each(FAILURES)('takes %s for the same error as the SDK', async (_what, answer) => {
    const ours = await observed(
      aws.run('call-table', { settings: settings(), command: 'PutItemCommand', input: PUT }),
      answer,
    )
    const theirs = await observed(sdk().send(new PutItemCommand(PUT)), answer)
    expect(ours).toEqual(theirs)
    expect(ours.error?.name).toBeTypeOf('string')
  })

  test('reads the items in an error, down to their bytes', async () => {
    const put = () => aws.run('call-table', { settings: settings(), command: 'PutItemCommand', input: PUT })
    const d = { B: new Uint8Array([1, 2, 255]) }
    const [[, condition], [, cancelled]] = FAILURES as [[string, Answer], [string, Answer]]
    expect((await observed(put(), condition)).error).toMatchObject({
      name: 'ConditionalCheckFailedException',
      $fault: 'client',
      httpStatusCode: 400,
      Item: { d },
    })
    expect((await observed(put(), cancelled)).error).toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: { d } }],
    })
  })

  test('goes to the endpoint in the environment, its own before everybody’s', async () => {
    const endpoint = aws.endpoint
    for (const variables of [
      { AWS_ENDPOINT_URL_DYNAMODB: endpoint, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
      { AWS_ENDPOINT_URL: endpoint },
    ]) {
      aws.received.length = 0
      await within({ ...variables, AWS_REGION: 'ap-southeast-3' }, () =>
        aws.run('call-table', { settings: { maxAttempts: 1 }, command: 'PutItemCommand', input: PUT }),
      )
      expect(aws.received).toHaveLength(1)
    }
  })

  test('goes to the public endpoint of its region when none is set, and nowhere for a region without one', async () => {
    const hosts: string[] = []
    const put = (AWS_REGION: string) =>
      within({ AWS_REGION, AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_DYNAMODB: '' }, () =>
        aws.run('call-table', {
          settings: { requestHandler: { httpsAgent: catching(hosts) } },
          command: 'PutItemCommand',
          input: PUT,
        }),
      )
    await expect(put('ap-southeast-3')).rejects.toThrow('caught')
    expect(hosts).toEqual(['dynamodb.ap-southeast-3.amazonaws.com'])
    await expect(put('cn-north-1')).rejects.toMatchObject({ name: 'Defect', code: 'REGION' })
    expect(hosts).toHaveLength(1)
  })

  test.each<[string, object]>([
    ['more than one attempt', { settings: { maxAttempts: 3 } }],
    ['the setting credentials', { settings: { credentials: {} } }],
    ['the setting logger', { settings: { logger: console } }],
    ['send with options', { options: [{ abortSignal: undefined }] }],
  ])('refuses %s loudly instead of leaving it out', async (what, given) => {
    const call = { settings: settings(), command: 'PutItemCommand', input: PUT, ...given }
    await expect(aws.run('call-table', call)).rejects.toThrow(/LEFT_OUT_OF_BUNDLE/)
    await expect(aws.run('call-table', call)).rejects.toThrow(what)
  })

  test.each(['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'])(
    'refuses %s, which would send calls elsewhere',
    async (name) => {
      await expect(
        within({ [name]: 'true' }, () =>
          aws.run('call-table', { settings: settings(), command: 'PutItemCommand', input: PUT }),
        ),
      ).rejects.toThrow(name)
    },
  )
})

/** What a call sent, and what it came to, without what differs from call to call. */
async function observed(call: Promise<unknown>, answer: Answer) {
  aws.received.length = 0
  next = answer
  try {
    const settled = await call.then(
      (result) => ({ result: plain(result) }),
      (error) => ({ error: plain(error) }),
    )
    const requests = aws.received.map(({ method, path: target, headers, body }) => ({
      method,
      target,
      type: headers['content-type'],
      operation: headers['x-amz-target'],
      body: JSON.parse(body),
    }))
    return { error: undefined, ...settled, requests }
  } finally {
    next = answered({})
  }
}

/** The SDK counts its attempts, explains a broken answer at length and names the port of a broken connection. */
function plain(value: unknown) {
  const { $metadata, $fault, name, message, code, Item, CancellationReasons, ...rest } = value as Record<
    string,
    unknown
  >
  const { httpStatusCode, requestId } = ($metadata ?? {}) as Record<string, unknown>
  const said = String(message).split('\n')[0]
  return { ...rest, name, message: said, code, $fault, httpStatusCode, requestId, Item, CancellationReasons }
}

/** Runs with these variables set and leaves the environment as it was. */
async function within<T>(variables: Readonly<Record<string, string>>, call: () => Promise<T>): Promise<T> {
  const before = { ...process.env }
  Object.assign(process.env, variables)
  try {
    return await call()
  } finally {
    process.env = before
  }
}

/** An agent that notes where a call would go, and opens no connection. */
function catching(hosts: string[]) {
  type Caught = { getHeader: (name: string) => string; onSocket: (socket: null, error: Error) => void }
  return {
    protocol: 'https:',
    destroy: () => {},
    addRequest: (request: Caught) => {
      hosts.push(request.getHeader('host'))
      request.onSocket(null, new Error('caught'))
    },
  }
}
