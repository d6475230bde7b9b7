/** Wiring of an endpoint: one deployment per channel, named by CHANNEL. The use case is answer-channel.ts. */
import * as z from 'zod/mini'
import type { EndpointRequest } from '../../shared/channel-port/channel.ts'
import { channelNamed } from '../../shared/channels/registry.ts'
import { RULES } from '../../shared/domain/rules.ts'
import { endpointDigests } from '../../shared/ledger/payment-digests.ts'
import { prepareCertificatePins } from '../../shared/protocols/client-certificate.ts'
import { systemClock } from '../../shared/runtime/clock.ts'
import { longDigest, prepareDigestKeys } from '../../shared/runtime/digests.ts'
import { readEnv } from '../../shared/runtime/env.ts'
import { type HttpRequest, httpHandler } from '../../shared/runtime/http.ts'
import { createLog } from '../../shared/runtime/log.ts'
import { createMetrics, writeLine } from '../../shared/runtime/metrics.ts'
import { extensionSecrets } from '../../shared/runtime/secrets.ts'
import { dynamoBillReader } from '../../shared/store/bills/bill-reader.ts'
import { dynamoContactReader } from '../../shared/store/contacts/contact-reader.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { joinedGets } from '../../shared/store/dynamo/joined-gets.ts'
import { dynamoEndpointLimits } from '../../shared/store/endpoint-limits/dynamodb.ts'
import { evidenceStore, prepareEvidenceKeys, streamSink } from '../../shared/store/evidence/evidence.ts'
import { bucketSink } from '../../shared/store/evidence/evidence-bucket.ts'
import { createFirehose } from '../../shared/store/evidence/firehose.ts'
import { streamOrBucket } from '../../shared/store/evidence/stream-or-bucket.ts'
import { dynamoFacts } from '../../shared/store/facts/dynamodb.ts'
import { dynamoFoldTimes } from '../../shared/store/memberships/fold-times.ts'
import { dynamoPaymentDecisions } from '../../shared/store/payment-decisions/dynamodb.ts'
import { answerRequest, refuseUnknownCertificate } from './answer-request.ts'
import { endpointLimits } from './limits.ts'

const environment = readEnv(
  z.object({
    CHANNEL: z.string(),
    CHANNEL_SECRET: z.string(),
    DIGEST_SECRET: z.string(),
    EVIDENCE_SECRET: z.string(),
    EVIDENCE_STREAM: z.string(),
    EVIDENCE_BUCKET: z.string(),
    PAYMENT_DECISIONS_TABLE: z.string(),
    FACTS_TABLE: z.string(),
    MEMBERSHIPS_TABLE: z.string(),
    CONTACTS_TABLE: z.string(),
    BILLS_TABLE: z.string(),
    ENDPOINT_LIMITS_TABLE: z.string(),
    POWERTOOLS_SERVICE_NAME: z.string(),
    POWERTOOLS_METRICS_NAMESPACE: z.string(),
    AWS_REGION: z.string(),
    AWS_ACCESS_KEY_ID: z.string(),
    AWS_SECRET_ACCESS_KEY: z.string(),
    AWS_SESSION_TOKEN: z._default(z.string(), ''),
    AWS_ENDPOINT_URL: z._default(z.string(), ''),
    AWS_ENDPOINT_URL_FIREHOSE: z._default(z.string(), ''),
    AWS_ENDPOINT_URL_S3: z._default(z.string(), ''),
    PARAMETERS_SECRETS_EXTENSION_HTTP_HOST: z._default(z.string(), 'localhost'),
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: z._default(z.string(), '2773'),
  }),
)
const channel = channelNamed(environment.CHANNEL)
const service = environment.POWERTOOLS_SERVICE_NAME
const clock = systemClock()
const log = createLog({ service, write: writeLine })
const metrics = createMetrics({
  namespace: environment.POWERTOOLS_METRICS_NAMESPACE,
  service,
  dimensions: { channel: environment.CHANNEL },
  write: writeLine,
  clock,
})
const secrets = extensionSecrets({
  host: environment.PARAMETERS_SECRETS_EXTENSION_HTTP_HOST,
  port: Number(environment.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT),
  token: environment.AWS_SESSION_TOKEN,
  clock,
  log,
})
// A payment asks for two things at once, twice: one call each.
const dynamo = joinedGets(createDynamoClient())
const aws = {
  region: environment.AWS_REGION,
  credentials: {
    accessKeyId: environment.AWS_ACCESS_KEY_ID,
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
    ...(environment.AWS_SESSION_TOKEN ? { sessionToken: environment.AWS_SESSION_TOKEN } : {}),
  },
}
const firehose = createFirehose({
  ...aws,
  endpoint: environment.AWS_ENDPOINT_URL_FIREHOSE || environment.AWS_ENDPOINT_URL,
})
const evidenceSink = streamOrBucket({
  stream: streamSink(firehose, environment.EVIDENCE_STREAM),
  bucket: bucketSink({
    ...aws,
    bucket: environment.EVIDENCE_BUCKET,
    endpoint: environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL,
  }),
  onDirect: (_sealed, error) => {
    metrics.count('EvidenceKeptDirectly')
    // The first of a row says why; the others follow it for some seconds without asking the stream.
    if (error !== undefined) log.warn('Evidence goes past its stream', { channel: environment.CHANNEL, error })
  },
})
const bills = environment.BILLS_TABLE
const stores = {
  decisions: dynamoPaymentDecisions(dynamo, { 'payment-decisions': environment.PAYMENT_DECISIONS_TABLE, bills }),
  facts: dynamoFacts(dynamo, { facts: environment.FACTS_TABLE, bills }),
  memberships: dynamoFoldTimes(dynamo, { memberships: environment.MEMBERSHIPS_TABLE }),
  contacts: dynamoContactReader(dynamo, { contacts: environment.CONTACTS_TABLE }),
  bills: dynamoBillReader(dynamo, { bills }),
}

const limits = endpointLimits({
  channel: channel.profile.name,
  store: dynamoEndpointLimits(dynamo, { 'endpoint-limits': environment.ENDPOINT_LIMITS_TABLE }),
  now: clock,
  onReached: (limit) => {
    metrics.count('LimitsReached')
    log.warn('A limit was reached', { channel: environment.CHANNEL, code: limit })
  },
  onFault: (error) => log.warn('Limits could not be read or counted', { channel: environment.CHANNEL, error }),
})

function prepareDigests(text: string) {
  const keys = prepareDigestKeys(text)
  return {
    endpoint: endpointDigests(keys, environment.CHANNEL),
    ofEvidence: (bytes: Uint8Array) => longDigest(keys, 'evidence', bytes),
  }
}

function prepareChannel(secret: string) {
  return { endpoint: channel.prepare(secret), check: prepareCertificatePins(channel.profile.name, secret) }
}

async function preparedEndpoint() {
  const [{ endpoint, check }, digests, evidenceKeys] = await Promise.all([
    secrets.prepared(environment.CHANNEL_SECRET, prepareChannel),
    secrets.prepared(environment.DIGEST_SECRET, prepareDigests),
    secrets.prepared(environment.EVIDENCE_SECRET, prepareEvidenceKeys),
  ])
  const evidence = evidenceStore({
    sink: evidenceSink,
    keys: evidenceKeys,
    digest: digests.ofEvidence,
    onOtherDay: () => metrics.count('EvidenceKeyOfOtherDay'),
  })
  return { endpoint, check, digests: digests.endpoint, evidence }
}

function endpointRequest(request: HttpRequest): EndpointRequest {
  const { method, rawQuery, headers, body, sourceIp, pathParameters } = request
  return { method, operation: `/${pathParameters.proxy ?? ''}`, rawQuery, headers, body, sourceIp }
}

export const handler = httpHandler({
  log,
  metrics,
  latency: 'EndpointLatencyMillis',
  handle: async (request, logScope) => {
    const { usable, done } = limits.refresh()
    const [{ endpoint, check, digests, evidence }] = await Promise.all([preparedEndpoint(), usable])
    // Where the locks are not known, whatever moves money or asks anew fails by itself: answer-channel.ts.
    const isRevoked = (key: string) => limits.isLocked('key', key)
    const presented = { channel: channel.profile.name, check, isRevoked, certificate: request.clientCertificate }
    const refusal = refuseUnknownCertificate(presented, { metrics, logScope })
    if (refusal) return refusal
    const parts = { channel: channel.profile, ...stores, limits, evidence, digests, rules: RULES, now: clock }
    const response = await answerRequest(endpoint, parts, { request: endpointRequest(request), metrics, logScope })
    // A function is frozen when its answer leaves: the read goes on beside the call, and ends with it.
    await done
    return response
  },
  // Whatever ends up here bound nothing; a body that is not the protocol's is a timeout to the partner: repeat or reverse.
  onFault: () => ({
    status: 503,
    headers: { 'content-type': 'application/json' },
    body: '{"message":"Service Unavailable"}',
  }),
})
