/** The outbox's way from a stream to a queue: nothing is lost, what cannot go is parked, a restart goes on where it was. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Fault, faultInjector } from '../../../local/aws-proxy/faults.ts'
import type { PipePlan } from '../../../local/cloud-assembly/cloud-assembly.ts'
import { type Pipe, startPipe } from '../../../local/event-sources/pipe.ts'
import { startPoller } from '../../../local/event-sources/queue-poller.ts'
import { startStreamMapping } from '../../../local/event-sources/stream-mapping.ts'
import { tableWrites, type WritesOfTable, writesMemory } from '../../../local/event-sources/table-writes.ts'
import { aPlan } from '../an-assembly.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'hub-pipe-'))
let stream: string[] = []
let reads = 0
let server: Server
let endpoint: string

beforeAll(async () => {
  server = createServer(async (incoming, outgoing) => {
    let body = ''
    for await (const chunk of incoming) body += chunk
    outgoing.setHeader('content-type', 'application/x-amz-json-1.0')
    outgoing.end(
      JSON.stringify(answer(String(incoming.headers['x-amz-target']).split('.')[1] as string, JSON.parse(body))),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(server.address() as { port: number }).port}`
})
afterAll(() => {
  server.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** A stream of one shard whose iterators are positions. */
function answer(
  operation: string,
  given: { readonly ShardIterator?: string; readonly SequenceNumber?: string },
): object {
  if (operation === 'DescribeStream')
    return { StreamDescription: { Shards: [{ ShardId: 'shardId-0000000000000000000000' }] } }
  if (operation === 'GetShardIterator') return { ShardIterator: given.SequenceNumber ?? '0' }
  reads++
  const from = Number(given.ShardIterator)
  const Records = stream.slice(from).map((account, i) => ({
    eventName: account.startsWith('old') ? 'MODIFY' : 'INSERT',
    dynamodb: { Keys: { account: { S: account } }, SequenceNumber: String(from + i + 1) },
  }))
  return { Records, NextShardIterator: String(stream.length) }
}

let queues: Record<string, string[]> = {}
let poisoned = ''
const batches: number[] = []
const sqs = {
  send: async ({ input }: { input: { QueueUrl: string; Entries: { MessageBody: string }[] } }) => {
    batches.push(input.Entries.length)
    if (
      input.QueueUrl === 'work' &&
      poisoned !== '' &&
      input.Entries.some(({ MessageBody }) => MessageBody.includes(poisoned))
    ) {
      throw new Error('the queue does not take it')
    }
    queues[input.QueueUrl]?.push(...input.Entries.map(({ MessageBody }) => JSON.parse(MessageBody).account))
    return {}
  },
}

beforeEach(() => {
  stream = []
  queues = { work: [], dead: [] }
  poisoned = ''
  batches.length = 0
})

let named = 0
function plan(given: Partial<PipePlan> = {}): PipePlan {
  const [endpoint] = aPlan().functions
  return {
    name: `pipe-${named++}`,
    tableArn: 't',
    targetArn: 'work',
    batchSize: 10,
    filters: [{ eventName: ['INSERT'] }],
    inputTemplate: '{"account":"<$.dynamodb.Keys.account.S>"}',
    maximumRetryAttempts: 0,
    maximumRecordAgeSeconds: 60,
    deadLetterArn: 'dead',
    startingPosition: 'TRIM_HORIZON',
    role: (endpoint as { role: PipePlan['role'] }).role,
    ...given,
  }
}

async function run(plan: PipePlan, armed: readonly Fault[] = []): Promise<void> {
  const pipe = started(plan, armed)
  await pipe.caughtUp()
  await pipe.stop()
}

function started(plan: PipePlan, armed: readonly Fault[] = [], writes = noWrites()): Pipe {
  const faults = faultInjector()
  faults.arm(armed)
  return startPipe({
    plan,
    streamArn: 's',
    endpoint,
    dataDir,
    sqs: sqs as never,
    urlOf: (arn) => arn,
    faults,
    writes,
  })
}

function noWrites(): WritesOfTable {
  return tableWrites(writesMemory(['facts']), ['facts']).get('facts') as WritesOfTable
}

describe('a pipe', () => {
  test('sends what passes its filter, ten at a time', async () => {
    stream = [...Array.from({ length: 23 }, (_, i) => `new-${i}`), 'old-1']
    await run(plan())
    expect(queues.work?.sort()).toEqual(stream.slice(0, 23).sort())
    expect(batches.sort()).toEqual([10, 10, 3])
  })

  test('goes on after a restart where it stopped', async () => {
    const one = plan()
    stream = ['new-1', 'new-2']
    await run(one)
    stream.push('new-3')
    await run(one)
    expect(queues.work).toEqual(['new-1', 'new-2', 'new-3'])
  })

  test('sends everything once more when its position cannot be read', async () => {
    const one = plan()
    stream = ['new-1']
    await run(one)
    writeFileSync(path.join(dataDir, 'pipes', `${one.name}.json`), '')
    await run(one)
    expect(queues.work).toEqual(['new-1', 'new-1'])
  })

  test('parks the one message that never goes and sends its neighbours', async () => {
    stream = Array.from({ length: 10 }, (_, i) => `new-${i}`)
    poisoned = 'new-4'
    await run(plan())
    expect(queues.dead).toEqual(['new-4'])
    expect(queues.work?.sort()).toEqual(stream.filter((account) => account !== 'new-4'))
  })

  test('reads when its table was written to, and seldom when it was not', async () => {
    const writes = noWrites()
    const pipe = started(plan(), [], writes)
    await pipe.caughtUp()
    const idle = reads
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(reads - idle).toBeLessThanOrEqual(5)
    stream.push('new-1')
    writes.note()
    const noted = performance.now()
    while (queues.work?.length === 0 && performance.now() < noted + 2_000) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await pipe.stop()
    expect(queues.work).toEqual(['new-1'])
  })

  test('finds what was written past the proxy too', async () => {
    const pipe = started(plan())
    await pipe.caughtUp()
    stream.push('new-1')
    const written = performance.now()
    while (queues.work?.length === 0 && performance.now() < written + 5_000) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await pipe.stop()
    expect(queues.work).toEqual(['new-1'])
  })

  test('delivers twice and in another options when told to', async () => {
    stream = ['new-1', 'new-2']
    const fault = { target: '*', rate: 1, count: 1, seed: 1 }
    await run(plan(), [
      { ...fault, kind: 'duplicate' },
      { ...fault, kind: 'reorder' },
    ])
    expect(queues.work).toEqual(['new-2', 'new-1', 'new-2', 'new-1'])
  })
})

describe('a mapping of a stream', () => {
  const taken: string[][] = []
  function startedMapping(windowSeconds: number, writes: WritesOfTable): Pipe {
    taken.length = 0
    type Event = { readonly Records: readonly { readonly dynamodb: { readonly Keys: { account: { S: string } } } }[] }
    const invoke = async (event: unknown) =>
      void taken.push((event as Event).Records.map(({ dynamodb }) => dynamodb.Keys.account.S))
    return startStreamMapping({
      plan: { name: `map-${named++}`, tableArn: 't', functionArn: 'f', batchSize: 100, windowSeconds, filters: [] },
      streamArn: 's',
      endpoint,
      dataDir,
      target: { plan: { folder: 'f' }, invoke } as never,
      faults: faultInjector(),
      writes,
    })
  }
  async function until(isSo: () => boolean): Promise<void> {
    for (let tried = 0; tried < 2_000 && !isSo(); tried++) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(isSo()).toBe(true)
  }
  function wrote(writes: WritesOfTable, account: string): void {
    stream.push(account)
    writes.note()
  }

  test('lets records gather, and takes at once what somebody waits for', async () => {
    const writes = noWrites()
    const mapping = startedMapping(60, writes)
    await mapping.caughtUp()
    wrote(writes, 'new-1')
    await until(() => taken.length === 1)
    wrote(writes, 'new-2')
    await new Promise((resolve) => setTimeout(resolve, 20))
    wrote(writes, 'new-3')
    await mapping.caughtUp()
    expect(taken).toEqual([['new-1'], ['new-2', 'new-3']])
    await mapping.stop()
  })

  test('takes what gathered when its window is over, though nobody waits', async () => {
    const writes = noWrites()
    const mapping = startedMapping(60, writes)
    await mapping.caughtUp()
    wrote(writes, 'new-1')
    await until(() => taken.length === 1)
    wrote(writes, 'new-2')
    await until(() => taken.length === 2)
    await mapping.stop()
    expect(taken.flat()).toEqual(['new-1', 'new-2'])
  })
})

describe('a mapping', () => {
  type Command = { readonly constructor: { readonly name: string }; readonly input: Record<string, unknown> }
  const message = (id: string, received: number) => ({
    MessageId: id,
    ReceiptHandle: `r-${id}`,
    Body: '{}',
    Attributes: { ApproximateReceiveCount: String(received) },
  })

  /** Hands out one batch, then nothing; resolves with what was done to it. */
  async function handled(messages: readonly object[], invoke: () => unknown): Promise<Record<string, unknown>> {
    const done: Record<string, unknown> = {}
    let given = false
    const queue = {
      send: async (command: Command) => {
        const { name } = command.constructor
        if (name !== 'ReceiveMessageCommand') done[name] = command.input.Entries
        else if (given) await new Promise((resolve) => setTimeout(resolve, 10))
        else {
          given = true
          return { Messages: messages }
        }
        return {}
      },
    }
    const mapping = { queueArn: 'q', functionArn: 'f', batchSize: 10, maximumConcurrency: 2, reportsItemFailures: true }
    const target = {
      plan: { name: 'n', arn: 'f', folder: 'n', recursiveLoop: 'Terminate' },
      invoke: async () => invoke(),
    }
    const poller = startPoller({
      plan: mapping,
      url: 'u',
      sqs: queue as never,
      target: target as never,
      faults: faultInjector(),
    })
    await new Promise((resolve) => setTimeout(resolve, 30))
    await poller.stop()
    return done
  }

  test('deletes what was done and hands back what failed, later each time', async () => {
    const done = await handled([message('a', 1), message('b', 1), message('c', 4)], () => ({
      batchItemFailures: [{ itemIdentifier: 'b' }, { itemIdentifier: 'c' }],
    }))
    expect(done.DeleteMessageBatchCommand).toEqual([{ Id: '0', ReceiptHandle: 'r-a' }])
    expect(done.ChangeMessageVisibilityBatchCommand).toEqual([
      { Id: '0', ReceiptHandle: 'r-b', VisibilityTimeout: 1 },
      { Id: '1', ReceiptHandle: 'r-c', VisibilityTimeout: 8 },
    ])
  })

  test.each([
    ['four batches', 10, 100, 4],
    ['no more than it allows', 10, 3, 3],
    ['two where a batch is one message', 1, 100, 2],
  ])('has on their way: %s', async (_, batchSize, maximumConcurrency, most) => {
    let [given, running] = [0, 0]
    const seen: number[] = []
    const deleted: unknown[] = []
    const held = Promise.withResolvers<void>()
    const queue = {
      send: async ({ constructor: { name }, input }: Command) => {
        if (name === 'DeleteMessageBatchCommand') deleted.push(...(input.Entries as unknown[]))
        if (name !== 'ReceiveMessageCommand') return {}
        await new Promise((resolve) => setTimeout(resolve, 1))
        return { Messages: given < 12 ? [message(String(given++), 1)] : [] }
      },
    }
    const invoke = async () => {
      seen.push(++running)
      await held.promise
      running--
      return { batchItemFailures: [] }
    }
    const poller = startPoller({
      plan: { queueArn: 'q', functionArn: 'f', batchSize, maximumConcurrency, reportsItemFailures: true },
      url: 'u',
      sqs: queue as never,
      target: { plan: { name: 'n', arn: 'f', folder: 'n', recursiveLoop: 'Terminate' }, invoke } as never,
      faults: faultInjector(),
    })
    await expect.poll(() => running, { timeout: 10_000 }).toBe(most)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(given).toBe(most)
    held.resolve()
    await expect.poll(() => deleted.length, { timeout: 10_000 }).toBe(12)
    await poller.stop()
    expect(Math.max(...seen)).toBe(most)
  })

  test('hands back the whole batch when the function throws', async () => {
    const done = await handled([message('a', 1)], () => {
      throw new Error('broken')
    })
    expect(done).toEqual({
      ChangeMessageVisibilityBatchCommand: [{ Id: '0', ReceiptHandle: 'r-a', VisibilityTimeout: 1 }],
    })
  })

  test('hands back the whole batch when the function names a message that is not in it', async () => {
    const done = await handled([message('a', 1)], () => ({ batchItemFailures: [{ itemIdentifier: 'z' }] }))
    expect(Object.keys(done)).toEqual(['ChangeMessageVisibilityBatchCommand'])
  })
})
