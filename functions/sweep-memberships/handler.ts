/** Wiring: queue `sweep` -> accounts to look at again. The use case is sweep-memberships.ts. */
import { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import { channels } from '../../shared/channels/registry.ts'
import { type BusinessDate, parseBusinessDate } from '../../shared/domain/instant.ts'
import { systemClock } from '../../shared/runtime/clock.ts'
import { readEnv } from '../../shared/runtime/env.ts'
import { createLog } from '../../shared/runtime/log.ts'
import { createMetrics, writeLine } from '../../shared/runtime/metrics.ts'
import { queueHandler } from '../../shared/runtime/queue.ts'
import { jsonMessages } from '../../shared/runtime/queue-message.ts'
import { parkOn, sqsSender } from '../../shared/runtime/queue-sender.ts'
import { createDynamoClient } from '../../shared/store/dynamo-client.ts'
import { dynamoFacts } from '../../shared/store/facts.ts'
import { OTHER_SOURCES, type SweepTask, sweepMemberships } from './sweep-memberships.ts'

const environment = readEnv(
  z.object({
    FACTS_TABLE: z.string(),
    RECONCILE_QUEUE_URL: z.string(),
    SWEEP_QUEUE_URL: z.string(),
    DEAD_LETTER_QUEUE_URL: z.string(),
    POWERTOOLS_SERVICE_NAME: z.string(),
    POWERTOOLS_METRICS_NAMESPACE: z.string(),
  }),
)
const service = environment.POWERTOOLS_SERVICE_NAME
const clock = systemClock()
const log = createLog({ service, write: writeLine })
const metrics = createMetrics({ namespace: environment.POWERTOOLS_METRICS_NAMESPACE, service, write: writeLine, clock })
const dynamo = createDynamoClient()
const sqs = new SQSClient({ cacheMiddleware: true })
const reconcile = sqsSender(sqs, environment.RECONCILE_QUEUE_URL)
const sweep = sqsSender(sqs, environment.SWEEP_QUEUE_URL)
const ports = {
  facts: dynamoFacts(dynamo, { facts: environment.FACTS_TABLE }),
  sources: [...channels.map(({ profile }) => profile.name), ...OTHER_SOURCES],
  sendTasks: (tasks: readonly SweepTask[]) => sweep.send(tasks.map((task) => JSON.stringify(task))),
  sendAccounts: (accounts: readonly string[]) =>
    reconcile.send(accounts.map((account) => JSON.stringify({ account, cause: 'repair' }))),
  now: clock,
}

const day = z.custom<BusinessDate>((value) => typeof value === 'string' && parseBusinessDate(value) !== undefined)
const message = z.discriminatedUnion('task', [
  z.object({ task: z.literal('nightly') }),
  z.object({ task: z.literal('recent') }),
  z.object({ task: z.literal('day'), source: z.string(), day }),
])
const read = jsonMessages(message)

export const handler = queueHandler({
  queue: 'sweep',
  log,
  metrics,
  read,
  groupBy: (task) => JSON.stringify(task),
  park: parkOn(sqs, environment.DEAD_LETTER_QUEUE_URL),
  handle: async (messages, track) => {
    const task = messages[0] as SweepTask
    const swept = await sweepMemberships(ports, task)
    if (swept.outcome === 'requeued') metrics.count('AccountsRequeued', undefined, swept.accounts)
    const count = swept.outcome === 'requeued' ? swept.accounts : swept.tasks
    const which = task.task === 'day' ? { source: task.source, day: task.day } : {}
    track.log().info('A sweep task was done', { task: task.task, outcome: swept.outcome, count, ...which })
  },
})
