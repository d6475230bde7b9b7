/** Wiring: queue `sweep` -> accounts to look at again, notices to send, statistics. The use case is sweep-memberships.ts. */
import { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import { channels } from '../../shared/channels/registry.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import { NOTICE_RULES } from '../../shared/domain/notice.ts'
import { RULES } from '../../shared/domain/rules.ts'
import type { ProgramId } from '../../shared/domain/sponsors/sponsor.ts'
import { ENROLMENT } from '../../shared/messages/enrolment.ts'
import { NOTICE } from '../../shared/messages/notice.ts'
import { RECONCILE } from '../../shared/messages/reconcile.ts'
import type { SweepTask } from '../../shared/messages/sweep.ts'
import { SWEEP } from '../../shared/messages/sweep.ts'
import { readEnv } from '../../shared/runtime/env.ts'
import { queueHandler } from '../../shared/runtime/queue.ts'
import { parkOn, sqsSender } from '../../shared/runtime/queue-sender.ts'
import { telemetryOf } from '../../shared/runtime/telemetry.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { tableSize } from '../../shared/store/dynamo/table-size.ts'
import { OTHER_SOURCES } from '../../shared/store/facts/day-index.ts'
import { dynamoFactPages } from '../../shared/store/facts/pages.ts'
import { dynamoMemberships } from '../../shared/store/memberships/dynamodb.ts'
import { dynamoRollingCounts } from '../../shared/store/rolling-counts/dynamodb.ts'
import { dynamoSettlements } from '../../shared/store/settlements/dynamodb.ts'
import { accountsRecordedOn } from '../../shared/store/settlements/settlements.ts'
import { dynamoSponsors } from '../../shared/store/sponsors/dynamodb.ts'
import { dynamoStatistics } from '../../shared/store/statistics/dynamodb.ts'
import { noticeHint } from './notice-hint.ts'
import type { RequeueCause } from './ports.ts'
import { sweepMemberships } from './sweep-memberships.ts'
import { reportSweep } from './sweep-report.ts'

const environment = readEnv(
  z.object({
    FACTS_TABLE: z.string(),
    MEMBERSHIPS_TABLE: z.string(),
    STATISTICS_TABLE: z.string(),
    SETTLEMENTS_TABLE: z.string(),
    SPONSORS_TABLE: z.string(),
    RECONCILE_QUEUE_URL: z.string(),
    SWEEP_QUEUE_URL: z.string(),
    NOTICE_QUEUE_URL: z.string(),
    ENROLMENT_QUEUE_URL: z.string(),
    DEAD_LETTER_QUEUE_URL: z.string(),
    POWERTOOLS_SERVICE_NAME: z.string(),
    POWERTOOLS_METRICS_NAMESPACE: z.string(),
  }),
)
const { clock, log, metrics } = telemetryOf(environment)
const dynamo = createDynamoClient()
const sqs = new SQSClient({ cacheMiddleware: true })
const reconcile = sqsSender(sqs, environment.RECONCILE_QUEUE_URL)
const sweep = sqsSender(sqs, environment.SWEEP_QUEUE_URL)
const notice = sqsSender(sqs, environment.NOTICE_QUEUE_URL)
const enrolment = sqsSender(sqs, environment.ENROLMENT_QUEUE_URL)
const ports = {
  facts: dynamoFactPages(dynamo, { facts: environment.FACTS_TABLE }),
  memberships: dynamoMemberships(dynamo, { memberships: environment.MEMBERSHIPS_TABLE }),
  recordedOn: accountsRecordedOn(dynamoSettlements(dynamo, { settlements: environment.SETTLEMENTS_TABLE })),
  tableSize: (table: 'memberships' | 'facts') =>
    tableSize(dynamo, table === 'facts' ? environment.FACTS_TABLE : environment.MEMBERSHIPS_TABLE),
  statistics: dynamoStatistics(dynamo, { statistics: environment.STATISTICS_TABLE }),
  counts: dynamoRollingCounts(dynamo, { statistics: environment.STATISTICS_TABLE }),
  sources: [...channels.map(({ profile }) => profile.name), ...OTHER_SOURCES],
  rules: RULES,
  noticeHint: (now: Instant) => noticeHint(now, NOTICE_RULES),
  sendTasks: (tasks: readonly SweepTask[]) => sweep.send(tasks.map(SWEEP.write)),
  sendAccounts: (accounts: readonly string[], cause: RequeueCause) =>
    reconcile.send(accounts.map((account) => RECONCILE.write({ account, cause }))),
  sendNotices: (kpjs: readonly Kpj[]) => notice.send(kpjs.map((kpj) => NOTICE.write({ kpj }))),
  programsEnding: dynamoSponsors(dynamo, { sponsors: environment.SPONSORS_TABLE }).programsEnding,
  sendProgramNotices: (programs: readonly ProgramId[]) =>
    notice.send(programs.map((program) => NOTICE.write({ program }))),
  followPrograms: (programs: readonly ProgramId[]) =>
    enrolment.send(programs.map((program) => ENROLMENT.write({ program, cause: 'nightly' }))),
  now: clock,
}

export const handler = queueHandler({
  queue: 'sweep',
  log,
  metrics,
  read: SWEEP.read,
  groupBy: (task) => JSON.stringify(task),
  park: parkOn(sqs, environment.DEAD_LETTER_QUEUE_URL),
  handle: async (messages, logScope) => {
    const task = messages[0] as SweepTask
    reportSweep({ metrics, log: logScope.log() }, task, await sweepMemberships(ports, task))
  },
})
