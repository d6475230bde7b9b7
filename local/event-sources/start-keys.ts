/**
 * The data keys that each start asks for: the night's run may have passed while nothing ran, and the clock may start anywhere. In a
 * deployment this is a step of the first one (docs/operations/deploy.md). Knows no keys: that is functions/keep-data-keys.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { QueuePlan } from '../cloud-assembly/cloud-assembly.ts'

export type KeysAtStartOptions = {
  readonly queues: readonly QueuePlan[]
  readonly sqs: SQSClient
  readonly urlOf: (queueArn: string) => string
  /** Whether endpoints have a key for today. */
  readonly areThere: () => Promise<boolean>
}

const LOOK_MILLIS = 50
/** After that the first payments lie under the key of another day, as they do when a night failed. */
const PATIENCE_MILLIS = 10_000

/** Resolves when today has its keys. */
export async function keysAtStart({ queues, sqs, urlOf, areThere }: KeysAtStartOptions): Promise<void> {
  const keys = queues.find(({ name }) => name.endsWith('-keys'))
  if (keys === undefined) return
  await sqs.send(new SendMessageCommand({ QueueUrl: urlOf(keys.arn), MessageBody: '{"task":"nightly"}' }))
  const until = performance.now() + PATIENCE_MILLIS
  while (!(await areThere())) {
    if (performance.now() > until) return console.warn('Today has no data keys yet; payments go on without')
    await sleep(LOOK_MILLIS)
  }
}
