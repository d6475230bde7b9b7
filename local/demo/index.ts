/**
 * `loadDemo`: 1,000 invented memberships with a past, once per data folder. A second start finds `demo.json` and does
 * nothing; a start after a crash in the middle goes on with the same plan. Ends with `.hub/sandbox/members.json`, a handful
 * of examples per status, and three sponsors with a list to try (sponsors.ts). Called by local/main.ts unless HUB_DEMO=off; what it does is load.ts.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { type Instant, instant } from '../../shared/domain/instant.ts'
import { month, monthOf } from '../../shared/domain/month.ts'
import { type DigestKeys, longDigest, prepareDigestKeys } from '../../shared/runtime/digests.ts'
import { dynamoBills } from '../../shared/store/bills/dynamodb.ts'
import { dynamoContacts } from '../../shared/store/contacts/dynamodb.ts'
import { dynamoDataKeys } from '../../shared/store/data-keys/dynamodb.ts'
import { dynamoFacts } from '../../shared/store/facts/dynamodb.ts'
import { dynamoMemberships } from '../../shared/store/memberships/dynamodb.ts'
import { dynamoPaymentDecisions } from '../../shared/store/payment-decisions/dynamodb.ts'
import type { Tables } from '../../shared/store/tables.ts'
import { partnerCollections } from '../partner-simulator/collections.ts'
import { consoleCalls } from './console-calls.ts'
import { describeExamples } from './examples.ts'
import { httpSend } from './http-send.ts'
import { type DemoTerminal, loadMembers } from './load.ts'
import { type LoadedMarker, readMarker, replaceFile, writeMarker } from './loaded-marker.ts'
import { localEvidence } from './local-evidence.ts'
import { demoMembers } from './members.ts'
import { operatorTokens, sandboxPartners } from './partners.ts'
import { type PastStores, pastEndpoint, withoutPresent } from './past-payments.ts'
import { demoList, loadSponsors } from './sponsors.ts'

/** What the demo needs of a running hub: its address, and its tables without the proxy (it decides in the past). */
export type DemoHub = {
  readonly url: string
  readonly dataDir: string
  readonly now: () => number
  readonly dynamoEndpoint: string
  readonly tables: Pick<
    Tables,
    'payment-decisions' | 'facts' | 'memberships' | 'contacts' | 'bills' | 'evidence-data-keys'
  >
  /** The text of a secret: a channel's name, `digests` or `evidence`. */
  readonly secret: (name: string) => Promise<string>
  readonly say: (line: string) => void
}

/** The adapters repeat by themselves; the emulator asks for no particular credentials. */
const LOCAL_ACCOUNT = {
  region: 'ap-southeast-3',
  credentials: { accessKeyId: 'demo', secretAccessKey: 'demo' },
  maxAttempts: 1,
  cacheMiddleware: true,
  // Without `info` the client does not make a loggable copy of each item.
  logger: { debug: () => {}, warn: () => {}, error: () => {} } as unknown as NonNullable<
    DynamoDBClientConfig['logger']
  >,
}
/** Between two looks at a list that the hub works on. */
const LOOK_MILLIS = 500
/** The plan reaches back 22 months at most; before this the first tariff would not cover it. */
const FIRST_MONTH = month('2018-01')

/** Never throws: a hub whose own data conflicts with the demo's starts without it, says so, and tries again next time. */
export async function loadDemo(hub: DemoHub): Promise<void> {
  try {
    const marker = (await readMarker(hub.dataDir)) ?? ({ asOf: hub.now(), state: 'loading' } as const)
    if (marker.state === 'loading') await loadOnce(hub, marker)
  } catch (error) {
    hub.say(`Demo: not complete, the next start goes on with it (${(error as Error).message})`)
  }
}

async function loadOnce(hub: DemoHub, marker: LoadedMarker): Promise<void> {
  const asOf = instant(Math.round(marker.asOf))
  if (monthOf(asOf) < FIRST_MONTH) {
    hub.say(`Demo: left out, its payments need a clock from ${FIRST_MONTH} on`)
    return
  }
  await writeMarker(hub.dataDir, { ...marker, asOf })
  const startedAt = performance.now()
  const { loaded, examples } = await load(hub, asOf)
  await replaceFile(join(hub.dataDir, 'sandbox', 'list-jambi-contoh.csv'), demoList())
  await replaceFile(join(hub.dataDir, 'sandbox', 'members.json'), `${JSON.stringify(examples, null, 2)}\n`)
  await writeMarker(hub.dataDir, { asOf, state: 'loaded' })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const { memberships, payments, bills } = loaded
  hub.say(`Demo: ${memberships} memberships, ${payments} past payments, ${bills} paid bills (${seconds} s)`)
}

async function load(hub: DemoHub, asOf: Instant) {
  const members = demoMembers(asOf)
  const client = new DynamoDBClient({ ...LOCAL_ACCOUNT, endpoint: hub.dynamoEndpoint })
  try {
    const keys = prepareDigestKeys(await hub.secret('digests'))
    const stores = storesOf(hub, client, keys)
    const console = consoleCalls(hub.url, await operatorTokens(hub.dataDir))
    const terminals = await terminalsOf(hub, keys, withoutPresent(stores))
    const collections = partnerCollections(hub.dataDir)
    const parts = { console, terminals, decisions: stores.decisions, collections, now: hub.now }
    const loaded = await loadMembers(parts, members, asOf)
    await loadSponsors({ ...parts, pause: () => sleep(LOOK_MILLIS) }, asOf)
    return { loaded, examples: await describeExamples(members, stores.facts, asOf) }
  } finally {
    client.destroy()
  }
}

function storesOf({ dataDir, tables }: DemoHub, client: DynamoDBClient, keys: DigestKeys): PastStores {
  return {
    decisions: dynamoPaymentDecisions(client, tables),
    facts: dynamoFacts(client, tables),
    memberships: dynamoMemberships(client, tables),
    contacts: dynamoContacts(client, tables),
    bills: dynamoBills(client, tables),
    evidence: localEvidence(dataDir, dynamoDataKeys(client, tables['evidence-data-keys']), (bytes) =>
      longDigest(keys, 'evidence', bytes),
    ),
  }
}

async function terminalsOf(
  hub: DemoHub,
  keys: DigestKeys,
  stores: PastStores,
): Promise<ReadonlyMap<string, DemoTerminal>> {
  const send = httpSend()
  const terminals = (await sandboxPartners(hub.dataDir)).map(async (partner) => {
    const { profile } = partner.channel
    const past = pastEndpoint(partner, await hub.secret(profile.name), keys, stores)
    const today = partner.sandbox.partner(partner.file, send, () => instant(hub.now()))
    return [profile.name, { profile, past, today }] as const
  })
  return new Map(await Promise.all(terminals))
}
