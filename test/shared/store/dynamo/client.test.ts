/** Our DynamoDB client, bundled as functions are, is held against the SDK's own: the same calls, the same answers, the same errors. */
import { readdirSync, readFileSync } from 'node:fs'
import { Agent } from 'node:https'
import path from 'node:path'
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDynamoClient } from '../../../../shared/store/dynamo/client.ts'
import {
  type Answer,
  type Bundled,
  bundled,
  expectedAuthorization,
  type ReceivedCall,
} from '../../../support/bundled.ts'

const REPOSITORY = path.join(import.meta.dirname, '../../../..')
const DYNAMODB = `
import { BatchGetItemCommand, DeleteItemCommand, DescribeTableCommand, GetItemCommand, PutItemCommand, QueryCommand, ScanCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { createDynamoClient } from '${REPOSITORY}/shared/store/dynamo/client.ts'
const commands = { BatchGetItemCommand, DeleteItemCommand, DescribeTableCommand, GetItemCommand, PutItemCommand, QueryCommand, ScanCommand, TransactWriteItemsCommand, UpdateItemCommand }
export const handler = async ({ settings, command, input }) => createDynamoClient(settings).send(new commands[command](input))
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
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
}

type Command = keyof typeof SDK

/** Every command that the tables' adapters send, an input with all kinds of content, an answer with them. */
const CALLS: [Command, object, Answer][] = [
  ['PutItemCommand', PUT, answered({})],
  ['GetItemCommand', { TableName: 'facts', Key: KEY, ConsistentRead: true }, answered({ Item: STORED })],
  [
    'UpdateItemCommand',
    {
      TableName: 'facts',
      Key: KEY,
      UpdateExpression: 'SET #a = :a',
      ConditionExpression: 'attribute_exists(fact)',
      ExpressionAttributeNames: { '#a': 'd' },
      ExpressionAttributeValues: { ':a': { B: new Uint8Array([0, 255]) } },
      ReturnValues: 'ALL_NEW',
    },
    answered({ Attributes: STORED }),
  ],
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
    'DescribeTableCommand',
    { TableName: 'memberships' },
    answered({ Table: { TableName: 'memberships', ItemCount: 60_000_000, CreationDateTime: 1_795_000_000.5 } }),
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
        { Delete: { TableName: 'facts', Key: KEY } },
        { Update: { TableName: 'facts', Key: KEY, UpdateExpression: 'REMOVE d' } },
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
const run = (command: Command, input: object) =>
  within({ AWS_REGION: 'ap-southeast-3' }, () =>
    aws.run('call-table', { settings: { endpoint: aws.endpoint }, command, input }),
  )
const commandOf = (name: Command, input: object) =>
  new (SDK[name] as unknown as new (input: object) => PutItemCommand)(input)

describe('our DynamoDB client', () => {
  test('is held against the SDK with every command that an adapter sends', () => {
    expect(CALLS.map(([command]) => command).sort()).toEqual(commandsInUse())
  })

  test('puts an item with the right payload and a signature that AWS would accept', async () => {
    aws.received.length = 0
    await run('PutItemCommand', PUT)
    const [request] = aws.received as [ReceivedCall]
    expect(request.headers['x-amz-target']).toBe('DynamoDB_20120810.PutItem')
    expect(request.headers['content-length']).toBe(String(Buffer.byteLength(request.body)))
    expect(JSON.parse(request.body)).toEqual({ ...PUT, Item: { ...PUT.Item, d: { B: 'AQL/' } } })
    expect(request.headers['x-amz-security-token']).toBe('session')
    expect(request.headers.authorization).toBe(expectedAuthorization(request, 'dynamodb'))
  })

  describe.each(CALLS)('%s', (command, input, answer) => {
    test('is the same request as the SDK makes, and its answer says the same', async () => {
      const ours = await observed(run(command, input), answer)
      const theirs = await observed(sdk().send(commandOf(command, input)), answer)
      expect(ours).toEqual(theirs)
      expect(ours.requests).toHaveLength(1)
    })

    test.each(FAILURES)('takes %s for the same error as the SDK', async (_what, failure) => {
      const ours = await observed(run(command, input), failure)
      const theirs = await observed(sdk().send(commandOf(command, input)), failure)
      expect(ours).toEqual(theirs)
      expect(ours.error?.name).toBeTypeOf('string')
    })
  })

  test('reads the items in an error, down to their bytes', async () => {
    const put = () => run('PutItemCommand', PUT)
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

  test('goes to the endpoint in the environment, its own before the one for all services', async () => {
    const endpoint = aws.endpoint
    for (const variables of [
      { AWS_ENDPOINT_URL_DYNAMODB: endpoint, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
      { AWS_ENDPOINT_URL: endpoint },
    ]) {
      aws.received.length = 0
      await within({ ...variables, AWS_REGION: 'ap-southeast-3' }, () =>
        aws.run('call-table', { settings: {}, command: 'PutItemCommand', input: PUT }),
      )
      expect(aws.received).toHaveLength(1)
    }
  })

  test('goes to the public endpoint of its region when none is set, and nowhere for a region without one', async () => {
    const hosts: string[] = []
    const put = (AWS_REGION: string) =>
      within({ AWS_REGION, AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_DYNAMODB: '' }, () =>
        createDynamoClient({ agent: catching(hosts) }).send(new PutItemCommand(PUT)),
      )
    await expect(put('ap-southeast-3')).rejects.toThrow('caught')
    expect(hosts).toEqual(['dynamodb.ap-southeast-3.amazonaws.com'])
    await expect(put('cn-north-1')).rejects.toMatchObject({ name: 'Defect', code: 'REGION' })
    expect(hosts).toHaveLength(1)
  })

  test.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])(
    'is a defect without %s, of which no value is quoted',
    async (name) => {
      const put = () => within({ [name]: '' }, () => run('PutItemCommand', PUT))
      await expect(put()).rejects.toMatchObject({ name: 'Defect', code: 'CREDENTIALS' })
      await expect(put()).rejects.not.toThrow(/AKIDEXAMPLE|not-a-secret/)
    },
  )

  test.each(['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'])(
    'refuses %s, which would send calls elsewhere',
    async (name) => {
      await expect(within({ [name]: 'true' }, () => run('PutItemCommand', PUT))).rejects.toThrow(name)
    },
  )
})

/** The names that adapters and use cases import from the SDK's package and end in Command. */
function commandsInUse(): readonly string[] {
  const sources = ['shared', 'functions'].flatMap((folder) =>
    readdirSync(path.join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(path.join(REPOSITORY, folder, file), 'utf8')),
  )
  const imported = sources.flatMap((source) =>
    [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-dynamodb'/g)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.trim()),
    ),
  )
  return [...new Set(imported.filter((name) => /^\w+Command$/.test(name)))].sort()
}

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
  const firstLine = String(message).split('\n')[0]
  return { ...rest, name, message: firstLine, code, $fault, httpStatusCode, requestId, Item, CancellationReasons }
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
function catching(hosts: string[]): Agent {
  const agent = new Agent()
  return Object.assign(agent, {
    addRequest: (request: { getHeader: (name: string) => string; onSocket: (socket: null, error: Error) => void }) => {
      hosts.push(request.getHeader('host'))
      request.onSocket(null, new Error('caught'))
    },
  })
}
