/** The proxy: who calls, what it may, what goes wrong on purpose, and what is answered without an emulator. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AwsProxy, startAwsProxy } from '../../../local/aws-proxy/aws-proxy.ts'
import { faultInjector, injectedFaults, readFault } from '../../../local/aws-proxy/faults.ts'
import { hubClock } from '../../../local/clock.ts'
import { aPlan } from '../an-assembly.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'hub-proxy-'))
const plan = aPlan()
const identity = {
  functionArn: plan.functions[0]?.arn as string,
  accessKeyId: 'ASIADOOR',
  secretAccessKey: 's',
  sessionToken: 'endpoint-token',
}
const put = { TableName: 'hub-facts', Item: { account: { S: 'a' } } }
const arrived: string[] = []
/** What the emulator does with each call, in turn; then it answers as it should. */
const manners: ((socket: Socket, replyText: string) => void)[] = []
let emulator: Server
let proxy: AwsProxy

beforeAll(async () => {
  mkdirSync(path.join(dataDir, 'secrets'))
  writeFileSync(path.join(dataDir, 'secrets', 'bni.json'), '{"current":{}}')
  emulator = createServer(async (incoming, outgoing) => {
    let response = ''
    for await (const chunk of incoming) response += chunk
    arrived.push(`${incoming.headers['x-amz-target']} ${response}`)
    const act = manners.shift()
    if (act) return act(incoming.socket, response)
    outgoing.writeHead(200, { 'x-amz-crc32': '7' }).end('{"from":"emulator"}')
  })
  await new Promise<void>((resolve) => emulator.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(emulator.address() as { port: number }).port}`
  const endpoints = { dynamodb: url, sqs: url, s3: url, notices: url, cloudwatch: url }
  proxy = await startAwsProxy({
    assembly: plan,
    ...endpoints,
    dataDir,
    clock: hubClock().memory,
    identities: [identity],
  })
})
beforeEach(() => {
  arrived.length = 0
})
afterAll(async () => {
  await proxy.stop()
  emulator.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function call(target: string, body: object | string, key = 'ASIADOOR') {
  const headers = {
    'x-amz-target': target,
    authorization: `AWS4-HMAC-SHA256 Credential=${key}/20261120/r/s/aws4_request, x`,
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const reply = await fetch(`http://127.0.0.1:${proxy.port}/`, { method: 'POST', headers, body: text })
  return {
    status: reply.status,
    crc: reply.headers.get('x-amz-crc32'),
    body: (await reply.json()) as Record<string, unknown>,
  }
}

describe('who may', () => {
  test('an allowed call goes on as it is and its answer comes back as it is', async () => {
    expect(await call('DynamoDB_20120810.PutItem', put)).toEqual({ status: 200, crc: '7', body: { from: 'emulator' } })
    expect(arrived).toEqual([`DynamoDB_20120810.PutItem ${JSON.stringify(put)}`])
  })

  test.each([
    [
      'an action that the role lacks',
      'DynamoDB_20120810.DeleteItem',
      { TableName: 'hub-facts' },
      'dynamodb:DeleteItem on resource: arn:aws:dynamodb:ap-southeast-3:000000000000:table/hub-facts',
    ],
    ['another table', 'DynamoDB_20120810.PutItem', { TableName: 'hub-decisions' }, 'table/hub-decisions'],
    [
      'an index that is not named',
      'DynamoDB_20120810.Query',
      { TableName: 'hub-facts', IndexName: 'byDay' },
      'table/hub-facts/index/byDay',
    ],
    ['the use of a key that is implied', 'AmazonSQS.SendMessage', { QueueUrl: 'hub-reconcile' }, 'kms:GenerateDataKey'],
    [
      'an operation that nobody listed',
      'DynamoDB_20120810.DeleteTable',
      { TableName: 'hub-facts' },
      'dynamodb:DeleteTable',
    ],
    ['a service that nobody listed', 'TrentService.Decrypt', {}, 'TrentService.Decrypt'],
    ['a version of a service that nobody listed', 'DynamoDB_20990101.PutItem', put, 'DynamoDB_20990101.PutItem'],
    [
      'one forbidden part among allowed ones',
      'DynamoDB_20120810.TransactWriteItems',
      { TransactItems: [{ Put: { TableName: 'hub-facts' } }, { Put: { TableName: 'hub-decisions' } }] },
      'table/hub-decisions',
    ],
  ])('%s is refused in the words of AWS and goes nowhere', async (_, target, body, named) => {
    const reply = await call(target, body)
    expect(reply.status).toBe(400)
    expect(reply.body.__type).toContain('AccessDeniedException')
    expect(reply.body.message).toContain(
      'User: arn:aws:sts::000000000000:assumed-role/Hub-EndpointRole/hub-answer-channel-bni is not authorized to perform',
    )
    expect(reply.body.message).toContain(named)
    expect(arrived).toEqual([])
  })

  test.each(['{"TableName":"hub-facts"', '"hub-facts"'])(
    'a body that is no JSON object is refused: %s',
    async (body) => {
      const reply = await call('DynamoDB_20120810.PutItem', body)
      expect(reply.body.__type).toContain('AccessDeniedException')
      expect(arrived).toEqual([])
    },
  )

  test.each(['ASIASTRANGER', 'ASIADOORS'])('unknown credentials are refused: %s', async (key) => {
    const { status, body } = await call('DynamoDB_20120810.PutItem', put, key)
    expect([status, body.__type]).toEqual([400, 'com.amazon.coral.service#UnrecognizedClientException'])
    expect(arrived).toEqual([])
  })
})

describe('an emulator that fails', () => {
  test.each<[string, (socket: Socket) => void]>([
    ['ends the connection without an answer', (socket) => socket.end()],
    ['breaks the connection', (socket) => socket.resetAndDestroy()],
    ['says something else than HTTP', (socket) => socket.end('hello\r\n\r\n')],
  ])('and %s is an error of the service, and the next call is served', async (_, act) => {
    manners.push(act)
    expect((await call('DynamoDB_20120810.PutItem', put)).status).toBe(500)
    expect((await call('DynamoDB_20120810.PutItem', put)).status).toBe(200)
  })

  test('and stops halfway is a broken answer, never a shorter one', async () => {
    manners.push((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'))
    await expect(call('DynamoDB_20120810.PutItem', put)).rejects.toThrow()
    expect((await call('DynamoDB_20120810.PutItem', put)).status).toBe(200)
  })

  test('and answers in pieces is put together', async () => {
    manners.push(async (socket) => {
      for (const piece of [
        'HTTP/1.1 400 Bad',
        ' Request\r\nConnection: close\r\nContent-',
        'Length: 7\r\n\r',
        '\n{"a"',
        ':1}',
      ]) {
        socket.write(piece)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      socket.destroySoon()
    })
    expect(await call('DynamoDB_20120810.PutItem', put)).toMatchObject({ status: 400, body: { a: 1 } })
  })
})

test('many calls at once each get their own answer', async () => {
  const numbers = Array.from({ length: 40 }, (_, i) => i)
  for (const _ of numbers) {
    manners.push((socket, response) => {
      const own = /"n":(\d+)/.exec(response)?.[0] ?? ''
      const body = `{${own}}`
      setTimeout(
        () => socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
        5,
      )
    })
  }
  const replies = await Promise.all(numbers.map((n) => call('DynamoDB_20120810.PutItem', { ...put, n })))
  expect(replies.map(({ body }) => body.n)).toEqual(numbers)
})

describe('answered here', () => {
  test('a delivered record is on disk before the answer', async () => {
    const Data = Buffer.from('{"line":1}\n').toString('base64')
    const { status, body } = await call('Firehose_20150804.PutRecord', {
      DeliveryStreamName: 'hub-evidence',
      Record: { Data },
    })
    expect([status, typeof body.RecordId]).toEqual([200, 'string'])
    const [file] = readdirSync(path.join(dataDir, 'evidence'))
    expect(readFileSync(path.join(dataDir, 'evidence', file as string), 'utf8')).toBe('{"line":1}\n')
  })

  test.each([
    ['its own secret is told', 'hub/bni', 'endpoint-token', 200],
    ['a secret that is not in the template is not', 'hub/other', 'endpoint-token', 400],
    ['a stranger learns nothing', 'hub/bni', 'wrong', 403],
  ])('%s', async (_, name, token, status) => {
    const url = `http://127.0.0.1:${proxy.port}/secretsmanager/get?secretId=${encodeURIComponent(name)}`
    const reply = await fetch(url, { headers: { 'x-aws-parameters-secrets-token': token } })
    const text = await reply.text()
    expect([reply.status, text.includes('current')]).toEqual([status, status === 200])
  })
})

describe('on purpose', () => {
  const armed = (body: object) => proxy.arm([readFault(body) as never])

  test('a throttled call never reaches the table', async () => {
    armed({ kind: 'throttle', target: 'facts', count: 1 })
    expect((await call('DynamoDB_20120810.PutItem', put)).body.__type).toContain(
      'ProvisionedThroughputExceededException',
    )
    expect(arrived).toEqual([])
    expect((await call('DynamoDB_20120810.PutItem', put)).status).toBe(200)
  })

  test('a timeout after commit has happened, and nobody hears of it', async () => {
    armed({ kind: 'timeout-after-commit', target: 'answer-channel', count: 1 })
    await expect(call('DynamoDB_20120810.PutItem', put)).rejects.toThrow()
    expect(arrived).toHaveLength(1)
  })

  test('faults of another target pass by', async () => {
    armed({ kind: 'error', target: 'memberships' })
    expect((await call('DynamoDB_20120810.PutItem', put)).status).toBe(200)
    proxy.arm([])
  })

  test('the same seed inject the same calls, at about the rate asked for', () => {
    const inject = (seed: number) => {
      const chance = faultInjector()
      chance.arm([readFault({ kind: 'error', rate: 0.3, seed }) as never])
      return Array.from({ length: 1_000 }, () => chance.inject(['error'], ['x']) !== undefined)
    }
    expect(inject(7)).toEqual(inject(7))
    expect(inject(7)).not.toEqual(inject(8))
    const share = inject(7).filter(Boolean).length / 1_000
    expect(share).toBeGreaterThan(0.2)
    expect(share).toBeLessThan(0.4)
  })

  test('each strike is counted by its kind, across threads', async () => {
    const before = injectedFaults(proxy.injected)
    proxy.arm([readFault({ kind: 'throttle', target: 'facts', count: 2 }) as never])
    for (let i = 0; i < 3; i++) await call('DynamoDB_20120810.PutItem', put)
    proxy.arm([])
    expect(injectedFaults(proxy.injected)).toEqual({ ...before, throttle: before.throttle + 2 })
  })

  test.each([
    [{ kind: 'flood' }, 'kind'],
    [{ kind: 'error', rate: 2 }, 'rate'],
    [{ kind: 'error', count: 0 }, 'count'],
    [{ kind: 'error', seed: 1.5 }, 'seed'],
    [{ kind: 'error', target: 7 }, 'target'],
    [null, 'kind'],
  ])('%o is refused for its %s', (body, field) => {
    expect(() => readFault(body)).toThrow(`"${field}"`)
  })
})
