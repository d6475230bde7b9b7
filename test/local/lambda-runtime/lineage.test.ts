/** Recursive loop detection: a chain of messages ends after 16 invocations of one function, unless the template allows it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AwsProxy, startAwsProxy } from '../../../local/aws-proxy/aws-proxy.ts'
import { faultInjector } from '../../../local/aws-proxy/faults.ts'
import { hubClock } from '../../../local/clock.ts'
import type { CloudAssembly, FunctionPlan, QueuePlan } from '../../../local/cloud-assembly/cloud-assembly.ts'
import { REGION } from '../../../local/cloud-assembly/template.ts'
import { HUB_CREDENTIALS } from '../../../local/emulators/dynamodb/dynamodb.ts'
import { type Queues, startQueues } from '../../../local/emulators/sqs/sqs.ts'
import { startPoller } from '../../../local/event-sources/queue-poller.ts'
import { environmentOf, identityOf } from '../../../local/lambda-runtime/function-environment.ts'
import { hostFunction } from '../../../local/lambda-runtime/functions.ts'
import { invocationsOf, nextTraceHeader, readLineage } from '../../../local/lambda-runtime/lineage.ts'
import { aPlan } from '../an-assembly.ts'

const SWEEP = 'arn:aws:lambda:r:0:function:sweep'
const FOLD = 'arn:aws:lambda:r:0:function:fold'

describe('the lineage of a message', () => {
  test('grows by one with each invocation and counts every function apart', () => {
    const first = nextTraceHeader([], SWEEP)
    const second = nextTraceHeader([readLineage(first)], FOLD)
    const third = readLineage(nextTraceHeader([readLineage(second)], SWEEP))
    expect([invocationsOf(third, SWEEP), invocationsOf(third, FOLD)]).toEqual([2, 1])
  })

  test('of a batch is the longest of each function', () => {
    const long = readLineage(nextTraceHeader([readLineage(nextTraceHeader([], SWEEP))], SWEEP))
    const other = readLineage(nextTraceHeader([], FOLD))
    const batch = readLineage(nextTraceHeader([other, long], FOLD))
    expect([invocationsOf(batch, SWEEP), invocationsOf(batch, FOLD)]).toEqual([2, 2])
  })

  test.each([undefined, '', 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1', 'Lineage=', 'Lineage=nonsense:x'])(
    'begins where there is none: %s',
    (header) => {
      expect(readLineage(header).size).toBe(0)
    },
  )
})

describe('a function that feeds its own queue', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'hub-lineage-'))
  const CHAIN = 40
  let queues: Queues
  let proxy: AwsProxy
  let plan: CloudAssembly
  const stops: (() => Promise<void>)[] = []

  const statements = [
    {
      effect: 'Allow' as const,
      actions: ['sqs:SendMessage'],
      notActions: [],
      resources: ['*'],
      notResources: [],
      condition: {},
    },
  ]
  const queueNamed = (name: string, deadLetterArn: string | null): QueuePlan => ({
    name,
    arn: `arn:aws:sqs:${REGION}:000000000000:${name}`,
    url: `https://sqs.${REGION}.amazonaws.com/000000000000/${name}`,
    keyArn: null,
    attributes:
      deadLetterArn === null
        ? {}
        : {
            VisibilityTimeout: '30',
            RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetterArn, maxReceiveCount: 1 }),
          },
    deadLetterArn,
    isDeadLetter: deadLetterArn === null,
  })
  const KINDS = ['Allow', 'Terminate'] as const
  const dead = queueNamed('dead', null)
  const queueOf = (kind: string) => queueNamed(`chain-${kind}`, dead.arn)

  /** Sends the next message of the chain to its own queue: a single one, or as a batch. */
  const BUNDLE = `
const { SQSClient, SendMessageCommand, SendMessageBatchCommand } = require(${JSON.stringify(
    createRequire(import.meta.url).resolve('@aws-sdk/client-sqs'),
  )})
const sqs = new SQSClient({})
exports.handler = async ({ Records }) => {
  for (const { body, attributes, messageAttributes } of Records) {
    const hop = Number(body) + 1
    console.log(JSON.stringify({ hop, traced: attributes.AWSTraceHeader !== undefined, other: Object.keys(messageAttributes) }))
    if (hop >= ${CHAIN}) continue
    const QueueUrl = process.env.OWN_QUEUE_URL
    await sqs.send(hop % 2
      ? new SendMessageCommand({ QueueUrl, MessageBody: String(hop) })
      : new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: '0', MessageBody: String(hop) }] }))
  }
  return { batchItemFailures: [] }
}`

  beforeAll(async () => {
    mkdirSync(path.join(dataDir, 'secrets'))
    const file = path.join(dataDir, 'chain.cjs')
    writeFileSync(file, BUNDLE)
    const [base] = aPlan().functions
    const functions = KINDS.map(
      (recursiveLoop): FunctionPlan => ({
        ...(base as FunctionPlan),
        name: `chain-${recursiveLoop}`,
        arn: `arn:aws:lambda:${REGION}:000000000000:function:chain-${recursiveLoop}`,
        file,
        recursiveLoop,
        environment: { OWN_QUEUE_URL: queueOf(recursiveLoop).url },
        timeoutMillis: 10_000,
        role: { arn: 'arn:aws:iam::000000000000:role/chain', name: 'chain', statements },
      }),
    )
    const planned = [dead, ...KINDS.map(queueOf)]
    plan = { ...aPlan(), functions, queues: planned }
    queues = await startQueues(dataDir, planned)
    const identities = functions.map(identityOf)
    const clock = hubClock().memory
    const nowhere = 'http://127.0.0.1:1'
    const endpoints = { dynamodb: nowhere, sqs: queues.endpoint, s3: nowhere, notices: nowhere, cloudwatch: nowhere }
    proxy = await startAwsProxy({ assembly: plan, ...endpoints, dataDir, clock, identities })
    const sqs = new SQSClient({ endpoint: queues.endpoint, region: REGION, credentials: HUB_CREDENTIALS })
    functions.forEach((each, i) => {
      const environment = environmentOf(each, identities[i] as (typeof identities)[number], proxy)
      const target = hostFunction({ plan: each, environment, clock, dataDir, isolates: 'interleaved' })
      const { arn } = queueOf(each.recursiveLoop)
      const mapping = {
        queueArn: arn,
        functionArn: each.arn,
        batchSize: 1,
        maximumConcurrency: 2,
        reportsItemFailures: true,
      }
      const faults = faultInjector(proxy.injected)
      const poller = startPoller({ plan: mapping, url: queues.urlOf(arn), sqs, target, faults })
      stops.push(poller.stop, target.stop)
    })
    stops.push(
      async () => sqs.destroy(),
      proxy.stop,
      async () => queues.stop(),
    )
  })
  afterAll(async () => {
    for (const stop of stops) await stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const linesOf = async (kind: string) => {
    const { readFile } = await import('node:fs/promises')
    const text = await readFile(path.join(dataDir, 'logs', `chain-${kind}.jsonl`), 'utf8').catch(() => '')
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { hop: number; traced: boolean; other: string[] })
  }
  const begin = async (kind: string) => {
    const { SendMessageCommand } = await import('@aws-sdk/client-sqs')
    const sqs = new SQSClient({ endpoint: queues.endpoint, region: REGION, credentials: HUB_CREDENTIALS })
    await sqs.send(new SendMessageCommand({ QueueUrl: queues.urlOf(queueOf(kind).arn), MessageBody: '0' }))
    return sqs
  }

  test('runs to its own end when the template allows it', async () => {
    ;(await begin('Allow')).destroy()
    await expect.poll(async () => (await linesOf('Allow')).length, { timeout: 20_000 }).toBe(CHAIN)
    const lines = await linesOf('Allow')
    expect(lines.map(({ hop }) => hop)).toEqual(Array.from({ length: CHAIN }, (_, i) => i + 1))
    expect(lines.map(({ traced }) => traced)).toEqual([false, ...Array(CHAIN - 1).fill(true)])
    expect(lines.every(({ other }) => other.length === 0)).toBe(true)
  })

  test('is cut after 16 invocations otherwise, and its message ends on the dead-letter queue', async () => {
    const { ReceiveMessageCommand } = await import('@aws-sdk/client-sqs')
    const sqs = await begin('Terminate')
    const bodies: string[] = []
    const parked = async () => {
      const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queues.urlOf(dead.arn) }))
      bodies.push(...(received.Messages ?? []).map(({ Body }) => Body as string))
      return bodies
    }
    await expect.poll(parked, { timeout: 20_000 }).toEqual(['16'])
    sqs.destroy()
    expect((await linesOf('Terminate')).map(({ hop }) => hop)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1))
  })
})
