/**
 * The process in which the bench works lists and bills off, apart from the queue, so that it can be killed and its memory is the
 * functions' own: the real use cases on the real adapters, one message at a time as one invocation has it.
 */
import { applyBillPayment } from '../functions/apply-bill-payment/apply-bill-payment.ts'
import { enrolCohort } from '../functions/enrol-cohort/enrol-cohort.ts'
import { reconcileMembership } from '../functions/reconcile-membership/reconcile-membership.ts'
import { assertNever } from '../shared/domain/assert-never.ts'
import { instant } from '../shared/domain/instant.ts'
import { RULES } from '../shared/domain/rules.ts'
import type { CohortId } from '../shared/domain/sponsors/sponsor.ts'
import type { CohortMessage } from '../shared/messages/cohort.ts'
import type { ReconcileMessage } from '../shared/messages/reconcile.ts'
import { systemClock } from '../shared/runtime/clock.ts'
import { prepareDigestKeys } from '../shared/runtime/digests.ts'
import { inParallel } from '../shared/runtime/in-parallel.ts'
import { dynamoBills } from '../shared/store/bills/dynamodb.ts'
import { dynamoContactChanges } from '../shared/store/contacts/contact-changes.ts'
import { dynamoContacts } from '../shared/store/contacts/dynamodb.ts'
import { dynamoDataKeys } from '../shared/store/data-keys/dynamodb.ts'
import { sealingKeys } from '../shared/store/data-keys/sealing-keys.ts'
import { createDynamoClient } from '../shared/store/dynamo/client.ts'
import { dynamoFacts } from '../shared/store/facts/dynamodb.ts'
import { s3CohortRows } from '../shared/store/files/cohort-rows.ts'
import { s3Files } from '../shared/store/files/files.ts'
import { s3ListSegments } from '../shared/store/files/list-segments.ts'
import { createS3Client } from '../shared/store/files/s3-client.ts'
import { dynamoMemberships } from '../shared/store/memberships/dynamodb.ts'
import { participantHash } from '../shared/store/participant-hash.ts'
import { dynamoSponsors } from '../shared/store/sponsors/dynamodb.ts'
import type { Tables } from '../shared/store/tables.ts'

export type WorkerOptions = { readonly tables: Tables; readonly bucket: string; readonly digestSecret: string }
/** A message of a queue: `enrolment`, `reconcile` (many at once), `cohort`. */
export type Order =
  | { readonly task: 'step'; readonly cohort: CohortId }
  | { readonly task: 'look'; readonly accounts: readonly ReconcileMessage['account'][] }
  | { readonly task: 'share'; readonly message: CohortMessage }
export type Done = {
  readonly megabytes: number
  /** Messages that the work sent to queue `cohort`. */
  readonly chunks: readonly CohortMessage[]
}

/** Accounts looked at side by side: as many as invocations of queue `reconcile` may run. */
const AT_ONCE = 32
const SAMPLE_MILLIS = 50

let peak = 0
const sample = setInterval(measure, SAMPLE_MILLIS)
let work: ((order: Order) => Promise<readonly CohortMessage[]>) | undefined

process.on('message', (message: { readonly options?: WorkerOptions; readonly order?: Order }) => {
  if (message.options) work = workOn(message.options)
  else if (message.order) void answer(message.order)
})
process.once('disconnect', () => clearInterval(sample))

async function answer(order: Order): Promise<void> {
  if (!work) throw new Error('expected the options before the first message, got none')
  const chunks = await work(order)
  measure()
  process.send?.({ megabytes: peak, chunks } satisfies Done)
}

function measure(): void {
  peak = Math.max(peak, process.memoryUsage.rss() / 2 ** 20)
}

function workOn({ tables, bucket, digestSecret }: WorkerOptions) {
  const dynamo = createDynamoClient()
  const s3 = createS3Client()
  const sealing = sealingKeys(dynamoDataKeys(dynamo, tables['file-data-keys']), systemClock())
  const keys = prepareDigestKeys(digestSecret)
  const stores = {
    sponsors: { ...dynamoSponsors(dynamo, tables), ...s3CohortRows(s3, bucket, sealing) },
    facts: dynamoFacts(dynamo, tables),
    contacts: { ...dynamoContacts(dynamo, tables), ...dynamoContactChanges(dynamo, tables) },
    memberships: dynamoMemberships(dynamo, tables),
    bills: dynamoBills(dynamo, tables),
    files: s3Files(s3, bucket, sealing),
    segments: s3ListSegments(s3, bucket, sealing),
    participantOf: (nik: string) => participantHash(keys, nik),
    rules: RULES,
    now: () => instant(Date.now()),
  }
  return async (order: Order): Promise<readonly CohortMessage[]> => {
    const sent: CohortMessage[] = []
    switch (order.task) {
      case 'step':
        await enrolCohort(stores, order.cohort)
        return sent
      case 'look': {
        const ports = { ...stores, sendChunks: async (chunks: readonly CohortMessage[]) => void sent.push(...chunks) }
        const looks = order.accounts.map((account) => async () => void (await reconcileMembership(ports, { account })))
        await inParallel(looks, AT_ONCE)
        return sent
      }
      case 'share':
        await applyBillPayment({ ...stores, sendAccounts: async () => {} }, order.message)
        return sent
      default:
        return assertNever(order)
    }
  }
}
