/**
 * Dates of partners' keys, in table `settlements`: part `partner-keys`, an entry per channel and kind. No key and nothing that
 * one could be guessed from. Written and read by functions/serve-console.
 */
import type { PartnerKey, PartnerKeyKind } from '../../domain/partner-keys.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import type { Tables } from '../tables.ts'
import { entryTable } from './dynamodb.ts'
import type { EntryTable } from './entries.ts'

export type PartnerKeyStore = {
  /** Those of which something was recorded; consistent. */
  readonly all: () => Promise<readonly PartnerKey[]>
  readonly get: (channel: string, kind: PartnerKeyKind) => Promise<PartnerKey | undefined>
  /** `conflict`: the version before this one is not what stands. */
  readonly put: (key: PartnerKey) => Promise<'put' | 'conflict'>
}

const PART = 'partner-keys'
const entryOf = (channel: string, kind: PartnerKeyKind) => `${channel}#${kind}`

export function dynamoPartnerKeys(client: DynamoClient, tables: Pick<Tables, 'settlements'>): PartnerKeyStore {
  return partnerKeysIn(entryTable(client, tables.settlements))
}

export function partnerKeysIn<C>(table: EntryTable<C>): PartnerKeyStore {
  return {
    all: () => table.range<PartnerKey>(PART, {}),
    get: (channel, kind) => table.get<PartnerKey>(PART, entryOf(channel, kind)),
    put: (key) => table.transact([table.puttingVersion(PART, entryOf(key.channel, key.kind), key.version, key)]),
  }
}
