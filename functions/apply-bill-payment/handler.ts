/** Wiring: queue `cohort` -> shares of a bill. The use case is apply-bill-payment.ts. */
import { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import type { Account } from '../../shared/domain/account.ts'
import { COHORT } from '../../shared/messages/cohort.ts'
import { causeOf, RECONCILE } from '../../shared/messages/reconcile.ts'
import { readEnv } from '../../shared/runtime/env.ts'
import { queueHandler } from '../../shared/runtime/queue.ts'
import { parkOn, sqsSender } from '../../shared/runtime/queue-sender.ts'
import { telemetryOf } from '../../shared/runtime/telemetry.ts'
import { dynamoBills } from '../../shared/store/bills/dynamodb.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { dynamoFacts } from '../../shared/store/facts/dynamodb.ts'
import { applyBillPayment } from './apply-bill-payment.ts'

const environment = readEnv(
  z.object({
    FACTS_TABLE: z.string(),
    BILLS_TABLE: z.string(),
    RECONCILE_QUEUE_URL: z.string(),
    DEAD_LETTER_QUEUE_URL: z.string(),
    POWERTOOLS_SERVICE_NAME: z.string(),
    POWERTOOLS_METRICS_NAMESPACE: z.string(),
  }),
)
const { clock, log, metrics } = telemetryOf(environment)
const dynamo = createDynamoClient()
const sqs = new SQSClient({ cacheMiddleware: true })
const reconcile = sqsSender(sqs, environment.RECONCILE_QUEUE_URL)
const ports = {
  facts: dynamoFacts(dynamo, { facts: environment.FACTS_TABLE }),
  bills: dynamoBills(dynamo, { bills: environment.BILLS_TABLE }),
  sendAccounts: (accounts: readonly Account[]) =>
    reconcile.send(accounts.map((account) => RECONCILE.write({ account, cause: 'repair' }))),
  now: clock,
}

export const handler = queueHandler({
  queue: 'cohort',
  log,
  metrics,
  read: COHORT.read,
  groupBy: ({ billCode, chunk }) => `${billCode}#${chunk}`,
  park: parkOn(sqs, environment.DEAD_LETTER_QUEUE_URL),
  handle: async (messages, logScope) => {
    const { billCode, chunk } = messages[0] as (typeof messages)[number]
    const cause = causeOf(messages)
    const { sharesPut, sharesReversed, sharesRepaired, payments } = await applyBillPayment(ports, {
      billCode,
      chunk,
      cause,
    })
    metrics.count('SharesPut', undefined, sharesPut)
    metrics.count('SharesReversed', undefined, sharesReversed)
    if (sharesRepaired > 0) metrics.count('SharesRepaired', undefined, sharesRepaired)
    const last = payments.at(-1)
    const line = last ? logScope.correlate(last.hubReference) : logScope.log()
    line.info('Shares of a bill were looked at', { account: billCode, chunk, count: sharesPut + sharesReversed, cause })
  },
})
