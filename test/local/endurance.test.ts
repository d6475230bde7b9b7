/** What outlives a kill and what must not: locks, children, messages in somebody's hands. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  ChangeMessageVisibilityCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { afterAll, describe, expect, test } from 'vitest'
import { REGION } from '../../local/cloud-assembly/template.ts'
import { HUB_CREDENTIALS } from '../../local/emulators/dynamodb/dynamodb.ts'
import { spawnSupervised } from '../../local/emulators/dynamodb/supervised-process.ts'
import { startQueues } from '../../local/emulators/sqs/sqs.ts'
import { holder, takeLock } from '../../local/lock.ts'
import { aPlan } from './an-assembly.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'hub-endurance-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a lock', () => {
  test('is had by one, and free again when it is released', () => {
    const place = path.join(folder, 'one.lock')
    const lock = takeLock(place)
    expect([takeLock(place), holder(place)]).toEqual([undefined, process.pid])
    lock?.release()
    expect(holder(place)).toBeUndefined()
    expect(takeLock(place)).toBeDefined()
  })

  test.each([
    ['of a process that has ended', '999999999 1'],
    ['whose process id another process has by now', `${process.pid} 1`],
    ['that nobody can read', 'x'],
  ])('%s is taken over', (_, pid) => {
    const place = path.join(folder, `stale-${pid.length}.lock`)
    mkdirSync(place)
    writeFileSync(path.join(place, 'pid'), pid)
    expect(takeLock(place)).toBeDefined()
    expect(holder(place)).toBe(process.pid)
  })
})

describe('a child', () => {
  test('ends when its hub lets go of it', async () => {
    const mark = path.join(folder, 'alive')
    const child = spawnSupervised('sh', ['-c', `while :; do touch ${mark}; sleep 0.02; done`])
    while (!existsSync(mark)) await sleep(10)
    await child.stop()
    rmSync(mark)
    await sleep(100)
    expect([existsSync(mark), child.ended()]).toEqual([false, true])
  })

  test('that ends by itself is noticed, with what it said last', async () => {
    const child = spawnSupervised('sh', ['-c', 'echo the port is taken >&2; exit 3'])
    await child.end
    expect([child.ended(), child.errorOutput()]).toEqual([true, 'the port is taken'])
  })
})

test('messages outlive the queues’ thread, and what somebody held is visible again at once', async () => {
  const { queues: plans } = aPlan()
  const reconcile = plans.find(({ name }) => name === 'hub-reconcile')?.arn as string
  const clientOf = (endpoint: string) => new SQSClient({ endpoint, region: REGION, credentials: HUB_CREDENTIALS })

  const before = await startQueues(folder, plans)
  const client = clientOf(before.endpoint)
  for (const MessageBody of ['waiting', 'held', 'handed back']) {
    await client.send(new SendMessageCommand({ QueueUrl: before.urlOf(reconcile), MessageBody }))
  }
  const receive = { QueueUrl: before.urlOf(reconcile), MaxNumberOfMessages: 2, WaitTimeSeconds: 0 }
  await client.send(new ReceiveMessageCommand({ ...receive, MaxNumberOfMessages: 1 }))
  const { Messages = [] } = await client.send(new ReceiveMessageCommand(receive))
  const handBack = { QueueUrl: receive.QueueUrl, ReceiptHandle: Messages[1]?.ReceiptHandle, VisibilityTimeout: 0 }
  await client.send(new ChangeMessageVisibilityCommand(handBack))
  client.destroy()
  await before.stop()

  const after = await startQueues(folder, plans)
  const again = clientOf(after.endpoint)
  const all = { QueueUrl: after.urlOf(reconcile), MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }
  const { Messages: found = [] } = await again.send(new ReceiveMessageCommand(all))
  again.destroy()
  await after.stop()
  expect(found.map(({ Body }) => Body).sort()).toEqual(['handed back', 'held', 'waiting'])
})

test('a receive that the end of a hub cut off does not count: ends in a row park nothing', async () => {
  const { queues: plans } = aPlan()
  const reconcile = plans.find(({ name }) => name === 'hub-reconcile')?.arn as string
  const place = path.join(folder, 'cut-off')
  const counts: (string | undefined)[] = []
  // Once more than the redrive policy of this queue allows.
  for (let life = 0; life < 6; life++) {
    const queues = await startQueues(place, plans)
    const client = new SQSClient({ endpoint: queues.endpoint, region: REGION, credentials: HUB_CREDENTIALS })
    const QueueUrl = queues.urlOf(reconcile)
    if (life === 0) await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'held' }))
    const receive = new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['ApproximateReceiveCount'] })
    const { Messages = [] } = await client.send(receive)
    counts.push(Messages[0]?.Attributes?.ApproximateReceiveCount)
    client.destroy()
    await queues.stop()
  }
  expect(counts).toEqual(Array(6).fill('1'))
})
