/** Wiring: queue `reconcile` -> the fold. The use case is reconcile-membership.ts. */
import { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import { isBillCode } from '../../shared/domain/bill-code.ts'
import { RULES } from '../../shared/domain/rules.ts'
import { COHORT, type CohortMessage } from '../../shared/messages/cohort.ts'
import { ENROLMENT } from '../../shared/messages/enrolment.ts'
import { causeOf, RECONCILE } from '../../shared/messages/reconcile.ts'
import { readEnv } from '../../shared/runtime/env.ts'
import { queueHandler } from '../../shared/runtime/queue.ts'
import { parkOn, sqsSender } from '../../shared/runtime/queue-sender.ts'
import { telemetryOf } from '../../shared/runtime/telemetry.ts'
import { dynamoBills } from '../../shared/store/bills/dynamodb.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { joinedGets } from '../../shared/store/dynamo/joined-gets.ts'
import { dynamoFacts } from '../../shared/store/facts/dynamodb.ts'
import { dynamoMemberships } from '../../shared/store/memberships/dynamodb.ts'
import { dynamoSettlements } from '../../shared/store/settlements/dynamodb.ts'
import { noteLateFacts } from './note-late-facts.ts'
import { noteSuspense } from './note-suspense.ts'
import { correlationOf, reconcileMembership } from './reconcile-membership.ts'

const environment = readEnv(
  z.object({
    FACTS_TABLE: z.string(),
    MEMBERSHIPS_TABLE: z.string(),
    BILLS_TABLE: z.string(),
    SETTLEMENTS_TABLE: z.string(),
    COHORT_QUEUE_URL: z.string(),
    ENROLMENT_QUEUE_URL: z.string(),
    DEAD_LETTER_QUEUE_URL: z.string(),
    POWERTOOLS_SERVICE_NAME: z.string(),
    POWERTOOLS_METRICS_NAMESPACE: z.string(),
  }),
)
const { clock, log, metrics } = telemetryOf(environment)
const dynamo = createDynamoClient()
const sqs = new SQSClient({ cacheMiddleware: true })
const cohort = sqsSender(sqs, environment.COHORT_QUEUE_URL)
const enrolment = sqsSender(sqs, environment.ENROLMENT_QUEUE_URL)
const settlements = dynamoSettlements(dynamo, { settlements: environment.SETTLEMENTS_TABLE })
const ports = {
  facts: dynamoFacts(dynamo, { facts: environment.FACTS_TABLE }),
  // The accounts of a batch are looked at side by side: their views are read in one call.
  memberships: dynamoMemberships(joinedGets(dynamo), { memberships: environment.MEMBERSHIPS_TABLE }),
  bills: dynamoBills(dynamo, { bills: environment.BILLS_TABLE }),
  sendChunks: (chunks: readonly CohortMessage[]) => cohort.send(chunks.map(COHORT.write)),
  rules: RULES,
  now: clock,
}

/** A whole batch (infra/stages.ts), so that none of it waits to be read with the next. */
const WORK_AT_ONCE = 10

export const handler = queueHandler({
  queue: 'reconcile',
  log,
  metrics,
  read: RECONCILE.read,
  groupBy: ({ account }) => account,
  park: parkOn(sqs, environment.DEAD_LETTER_QUEUE_URL),
  concurrency: WORK_AT_ONCE,
  handle: async (messages, logScope) => {
    const first = messages[0] as (typeof messages)[number]
    const cause = causeOf(messages)
    const done = await reconcileMembership(ports, { account: first.account, cause })
    if (done.outcome === 'bill-sent' && done.program) await enrolment.send([ENROLMENT.write({ program: done.program })])
    const facts = 'facts' in done ? done.facts : []
    await noteSuspense({ noteSuspense: settlements.noteSuspense, rules: RULES }, facts)
    const known = isBillCode(first.account) ? await ports.facts.ofAccount(first.account) : facts
    await noteLateFacts(settlements, known, clock())
    if (done.outcome === 'unchanged') metrics.count('FoldsUnchanged')
    if (done.outcome === 'repaired') metrics.count('ViewsRepaired')
    if ('creditAllocated' in done && done.creditAllocated) metrics.count('CreditsAllocated')
    if ('view' in done) {
      metrics.count('FoldsWritten')
      if (done.conflicts > 0) metrics.count('FoldConflicts', undefined, done.conflicts)
    }
    for (const each of messages) {
      const correlation = correlationOf(facts, each.fact)
      const line = correlation === undefined ? logScope.log() : logScope.correlate(correlation)
      const state = 'view' in done ? done.view.status : undefined
      line.info('An account was looked at', {
        account: each.account,
        outcome: done.outcome,
        state,
        facts: facts.length,
        cause,
        ...(done.outcome === 'repaired' ? { code: done.why } : {}),
      })
    }
  },
})
