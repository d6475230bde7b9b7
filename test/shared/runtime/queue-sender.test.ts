/** Sending: ten at a time, all of them, and a fault that says whether to try again. */
import { type SendMessageBatchCommand, type SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { describe, expect, test } from 'vitest'
import { Defect, Throttled, Transient } from '../../../shared/runtime/faults.ts'
import { inParallel } from '../../../shared/runtime/in-parallel.ts'
import { parkOn, sqsSender } from '../../../shared/runtime/queue-sender.ts'

const URL = 'http://127.0.0.1/queue'
type Entry = { readonly Id: string; readonly MessageBody: string }
type Output = { Successful?: { Id: string }[]; Failed?: { Id: string; Code: string; SenderFault: boolean }[] }

/** A client whose `send` is the test's; every command is kept. */
function client(answer: (entries: readonly Entry[], call: number) => Output | Promise<Output>) {
  const batches: (readonly Entry[])[] = []
  const singles: unknown[] = []
  const sqs = new SQSClient({ region: 'ap-southeast-3' })
  sqs.send = (async (command: SendMessageBatchCommand | SendMessageCommand) => {
    const entries = 'Entries' in command.input ? ((command.input.Entries ?? []) as Entry[]) : []
    if (!('Entries' in command.input)) singles.push(command.input)
    batches.push(entries)
    return answer(entries, batches.length)
  }) as never
  return { sqs, batches, singles, taken: () => batches.flat().map(({ MessageBody }) => MessageBody) }
}

const all = (entries: readonly Entry[]): Output => ({ Successful: entries.map(({ Id }) => ({ Id })) })
const bodies = (count: number) => Array.from({ length: count }, (_, i) => `{"account":"a${i}"}`)
const noWait = { wait: async () => undefined }
const failure = (name: string, httpStatusCode?: number) =>
  Object.assign(new Error('item of BUDI'), { name, $metadata: { httpStatusCode } })

describe('sending', () => {
  test.each([0, 1, 10, 11, 95])('%i bodies arrive, ten at a time, each once', async (count) => {
    const { sqs, batches, taken } = client(all)
    await sqsSender(sqs, URL, noWait).send(bodies(count))
    expect(taken().toSorted()).toEqual(bodies(count).toSorted())
    expect(batches).toHaveLength(Math.ceil(count / 10))
    for (const batch of batches) expect(new Set(batch.map(({ Id }) => Id)).size).toBe(batch.length)
  })

  test('only what the queue did not take is sent again', async () => {
    const { sqs, batches } = client((entries, call) => {
      if (call > 1) return all(entries)
      const Failed = [{ Id: entries[3]?.Id ?? '', Code: 'InternalError', SenderFault: false }]
      return { Successful: entries.filter(({ Id }) => Id !== Failed[0]?.Id).map(({ Id }) => ({ Id })), Failed }
    })
    await sqsSender(sqs, URL, noWait).send(bodies(10))
    expect(batches.map((batch) => batch.length)).toEqual([10, 1])
    expect(batches[1]?.[0]?.MessageBody).toBe('{"account":"a3"}')
  })

  test('what the queue says nothing about was not taken', async () => {
    const { sqs, batches } = client((entries, call) => (call === 1 ? {} : all(entries)))
    await sqsSender(sqs, URL, noWait).send(bodies(2))
    expect(batches.map((batch) => batch.length)).toEqual([2, 2])
  })

  test('a queue that goes on refusing is a transient fault, after waiting longer each time', async () => {
    const waits: number[] = []
    const { sqs } = client((entries) => ({
      Failed: entries.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false })),
    }))
    const sender = sqsSender(sqs, URL, { wait: async (millis) => void waits.push(millis) })
    await expect(sender.send(bodies(3))).rejects.toThrow(Transient)
    expect(waits).toEqual([50, 100, 200])
  })

  test('what is left says how much of how much, and that asking again may help', async () => {
    const { sqs, batches } = client((entries) => ({ Successful: entries.slice(1).map(({ Id }) => ({ Id })) }))
    const sending = sqsSender(sqs, URL, noWait).send(bodies(3))
    await expect(sending).rejects.toMatchObject({
      code: 'QUEUE_SEND',
      message: 'expected the queue to take 3 messages, 1 are left after 4 attempts',
    })
    expect(batches.map((batch) => batch.length)).toEqual([3, 1, 1, 1])
  })

  test('a message that the queue will never take is a defect', async () => {
    const { sqs, batches } = client((entries) => ({
      Failed: entries.map(({ Id }) => ({ Id, Code: 'InvalidMessageContents', SenderFault: true })),
    }))
    const sending = sqsSender(sqs, URL, noWait).send(bodies(1))
    await expect(sending).rejects.toThrow(Defect)
    await expect(sending).rejects.toMatchObject({
      code: 'QUEUE_REFUSED',
      message: 'expected the queue to accept the message, it said InvalidMessageContents',
    })
    expect(batches).toHaveLength(1)
  })

  test.each(['RequestThrottled', 'TooManyRequestsException', 'RequestLimitExceeded', 'throttlingexception'])(
    'a message that is put off as %s is sent again, whoever the queue says is at fault',
    async (Code) => {
      const { sqs, batches } = client((entries, call) =>
        call === 1 ? { Failed: entries.map(({ Id }) => ({ Id, Code, SenderFault: true })) } : all(entries),
      )
      await sqsSender(sqs, URL, noWait).send(bodies(1))
      expect(batches).toHaveLength(2)
    },
  )

  test('eight batches are on the way at a time, each to the queue that was named', async () => {
    let running = 0
    let most = 0
    const urls = new Set<string>()
    const sqs = new SQSClient({ region: 'ap-southeast-3' })
    sqs.send = (async ({ input }: SendMessageBatchCommand) => {
      most = Math.max(most, ++running)
      urls.add(input.QueueUrl ?? '')
      for (let i = 0; i < 5; i++) await new Promise(setImmediate)
      running--
      return all((input.Entries ?? []) as Entry[])
    }) as never
    await sqsSender(sqs, URL, noWait).send(bodies(200))
    expect(most).toBe(8)
    expect([...urls]).toEqual([URL])
  })

  test.each<[string, Error, { new (...words: never[]): Error }]>([
    ['throttling', failure('ThrottlingException', 400), Throttled],
    ['too many calls, under any name', failure('Slow', 429), Throttled],
    ['a server error', failure('ServiceUnavailable', 503), Transient],
    ['the first of the server errors', failure('InternalError', 500), Transient],
    ['an error that names no status', new Error('item of BUDI'), Transient],
    ['a lost connection', failure('TimeoutError'), Transient],
    ['a missing right', failure('AccessDenied', 403), Defect],
    ['a missing queue', failure('QueueDoesNotExist', 400), Defect],
  ])('%s is the right kind of fault, in our words', async (_, error, kind) => {
    const { sqs } = client(() => Promise.reject(error))
    const sending = sqsSender(sqs, URL, noWait).send(bodies(1))
    await expect(sending).rejects.toThrow(kind)
    await expect(sending).rejects.not.toThrow(/BUDI/)
    await expect(sending).rejects.toMatchObject({ name: kind.name, cause: error })
    await expect(sending).rejects.toHaveProperty(
      'code',
      { Throttled: 'THROTTLED', Transient: 'QUEUE_SEND', Defect: 'QUEUE_REFUSED' }[kind.name],
    )
  })
})

describe('parking', () => {
  test('sends the body as it came, with code, reason and the id that it had', async () => {
    const { sqs, singles } = client(() => ({}))
    await parkOn(sqs, URL)(
      { body: '{', messageId: 'm1' },
      { code: 'UNREADABLE', reason: 'expected JSON of 3174010101900001' },
    )
    expect(singles).toEqual([
      {
        QueueUrl: URL,
        MessageBody: '{',
        MessageAttributes: {
          code: { DataType: 'String', StringValue: 'UNREADABLE' },
          reason: { DataType: 'String', StringValue: 'expected JSON of [number]' },
          parkedMessageId: { DataType: 'String', StringValue: 'm1' },
        },
      },
    ])
  })

  test('keeps the beginning of a reason that is too long, and says where there was none', async () => {
    const { sqs, singles } = client(() => ({}))
    const park = parkOn(sqs, URL)
    await park({ body: '{', messageId: 'm1' }, { code: 'A', reason: 'so it goes '.repeat(50) })
    await park({ body: '{', messageId: 'm2' }, { code: 'A', reason: '' })
    const reasons = singles.map(
      (input) =>
        (input as { MessageAttributes: { reason: { StringValue: string } } }).MessageAttributes.reason.StringValue,
    )
    expect(reasons[0]).toBe('so it goes '.repeat(50).slice(0, 400))
    // An empty attribute is one that SQS refuses.
    expect(reasons[1]).not.toBe('')
  })

  test('that fails says so', async () => {
    const { sqs } = client(() => Promise.reject(failure('ServiceUnavailable', 503)))
    await expect(parkOn(sqs, URL)({ body: '{', messageId: 'm1' }, { code: 'A', reason: '' })).rejects.toThrow(Transient)
  })
})

describe('tasks in parallel', () => {
  test('after a failure none begins, and those under way end before it is thrown', async () => {
    const begun: number[] = []
    const ended: number[] = []
    const tasks = Array.from({ length: 10 }, (_, i) => async () => {
      begun.push(i)
      await new Promise(setImmediate)
      if (i === 1) throw new Error('second')
      await new Promise(setImmediate)
      ended.push(i)
    })
    await expect(inParallel(tasks, 3)).rejects.toThrow('second')
    expect(begun).toEqual([0, 1, 2])
    expect(ended).toEqual([0, 2])
  })
})
