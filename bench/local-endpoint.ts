/**
 * One channel's endpoint in this process: the partner's own sandbox on one side, the real protocol, use case, fold and table
 * adapters on the other. Only the gateway, the evidence stream and the queue are missing.
 *
 * Promise: a fault that an answer would hide is thrown, so that no bench counts a call that failed.
 */
import { randomBytes } from 'node:crypto'
import { answerChannel, NO_LIMITS } from '../functions/answer-channel/answer-channel.ts'
import type { EndpointRequest, EndpointResponse } from '../shared/channel-port/channel.ts'
import type { HttpCall, Partner, Sandbox } from '../shared/channel-port/partner.ts'
import { channelNamed } from '../shared/channels/registry.ts'
import type { Instant } from '../shared/domain/instant.ts'
import { RULES } from '../shared/domain/rules.ts'
import { endpointDigests } from '../shared/ledger/payment-digests.ts'
import { longDigest, prepareDigestKeys } from '../shared/runtime/digests.ts'
import { dynamoBills } from '../shared/store/bills/dynamodb.ts'
import { dynamoContactChanges } from '../shared/store/contacts/contact-changes.ts'
import { dynamoContacts } from '../shared/store/contacts/dynamodb.ts'
import type { DynamoClient } from '../shared/store/dynamo/client.ts'
import { canonicalRequest } from '../shared/store/evidence/evidence.ts'
import { dynamoFacts } from '../shared/store/facts/dynamodb.ts'
import { dynamoMemberships } from '../shared/store/memberships/dynamodb.ts'
import { dynamoPaymentDecisions } from '../shared/store/payment-decisions/dynamodb.ts'
import type { Tables } from '../shared/store/tables.ts'

export type Stores = ReturnType<typeof storesOn>
export type LocalEndpoint = {
  readonly partner: Partner
  /** Sends a call that the partner signed; the same one again is a repeat to the last byte. */
  readonly send: (call: HttpCall) => Promise<EndpointResponse>
}

export const DIGEST_KEYS = prepareDigestKeys(
  JSON.stringify({ current: 1, keys: { 1: randomBytes(32).toString('base64') } }),
)

export function storesOn(client: DynamoClient, tables: Tables) {
  return {
    decisions: dynamoPaymentDecisions(client, tables),
    facts: dynamoFacts(client, tables),
    memberships: dynamoMemberships(client, tables),
    contacts: { ...dynamoContacts(client, tables), ...dynamoContactChanges(client, tables) },
    bills: dynamoBills(client, tables),
  }
}

export async function localEndpoint(name: string, stores: Stores, now: () => Instant): Promise<LocalEndpoint> {
  const channel = channelNamed(name)
  const sandbox = await sandboxOf(name)
  const keys = await sandbox.makeKeys()
  const prepared = channel.prepare(JSON.stringify({ current: keys.hub, next: null }))
  const digests = endpointDigests(DIGEST_KEYS, name)
  const evidence = {
    keep: async (request: Parameters<typeof canonicalRequest>[0]) =>
      longDigest(DIGEST_KEYS, 'evidence', canonicalRequest(request)),
  }
  const onFault = (error: unknown) => {
    throw error
  }
  const parts = {
    channel: channel.profile,
    ...stores,
    evidence,
    digests,
    rules: RULES,
    limits: NO_LIMITS,
    now,
    onFault,
  }
  const endpoint = { ...parts, onHealed: () => {} }
  const send = async (call: HttpCall): Promise<EndpointResponse> => {
    const request = endpointRequest(name, call)
    const reading = await prepared.read(request, now())
    if (reading.kind === 'response') return reading.response
    const { answer } = await answerChannel(endpoint, reading.message, { ...request, channel: name, receivedAt: now() })
    return reading.write(answer, now())
  }
  const file = { channel: name, protocol: channel.profile.protocol, baseUrl: baseUrlOf(name), ...keys.partner }
  return { partner: sandbox.partner(file, send, now), send }
}

export async function sandboxOf(name: string): Promise<Sandbox> {
  return (await import(`../shared/channels/${name}/sandbox.ts`)).sandbox
}

export function baseUrlOf(name: string): string {
  return `http://127.0.0.1:8787/channels/${name}`
}

/** As the gateway and the handler would hand it over. */
function endpointRequest(name: string, call: HttpCall): EndpointRequest {
  const url = new URL(call.url)
  return {
    method: call.method,
    operation: url.pathname.slice(`/channels/${name}`.length),
    rawQuery: url.search.slice(1),
    headers: Object.fromEntries(Object.entries(call.headers).map(([header, value]) => [header.toLowerCase(), value])),
    body: Buffer.from(call.body ?? ''),
    sourceIp: '127.0.0.1',
  }
}
