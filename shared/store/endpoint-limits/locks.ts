/**
 * What people do in table `endpoint-limits`, through the console: see who is locked out, lock and unlock, revoke a certificate key.
 * A revoked key stays revoked: whoever lost it gets a new one. A customer is locked under each number that it pays by, each of them
 * a keyed digest, and never without an end.
 */
import { DeleteItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { type Instant, instant } from '../../domain/instant.ts'
import { type Item, orAbsent, readerOf, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import { manyItems } from '../dynamo/reads.ts'
import type { Tables } from '../tables.ts'
import { type LockedBy, lockKey } from './endpoint-limits.ts'

/** What an operator may lock by hand. */
export type HeldBy = Extract<LockedBy, 'till' | 'store' | 'key' | 'customer'>

export type HeldLock = {
  readonly by: HeldBy
  readonly subject: string
  readonly at: Instant
  /** Absent: until somebody unlocks it. */
  readonly until?: Instant
  readonly reason: string
  /** What else was locked by the same act and is unlocked with it: the other number of a customer. */
  readonly lockedWith?: string | null
}

export type Lock = {
  readonly by: LockedBy
  readonly subject: string
  readonly at: Instant
  /** null: until somebody unlocks it. */
  readonly until: Instant | null
  /** The limit that locked; null where a person did. */
  readonly limit: string | null
  /** Why, as the person said; null where a limit locked. */
  readonly reason: string | null
  /** What else was locked by the same act and is unlocked with it. */
  readonly lockedWith: string | null
}

export type LocksPage = { readonly locks: readonly Lock[]; readonly next: string | null }

export type EndpointLockStore = {
  /** Consistent, those of people first. `after` is the `next` of the page before. */
  readonly ofChannel: (channel: string, limit: number, after: string | null) => Promise<LocksPage>
  /** Locks of these customers that people put, at any of the channels, also such as have ended. Consistent. */
  readonly ofCustomers: (
    channels: readonly string[],
    subjects: readonly string[],
  ) => Promise<readonly (Lock & { readonly channel: string })[]>
  readonly hold: (channel: string, held: HeldLock) => Promise<void>
  /** Takes away what a person and what a limit put; never of a key. */
  readonly unlock: (channel: string, by: Exclude<LockedBy, 'key'>, subject: string) => Promise<void>
}

export function dynamoEndpointLocks(
  client: DynamoClient,
  { 'endpoint-limits': TableName }: Pick<Tables, 'endpoint-limits'>,
): EndpointLockStore {
  return {
    ofChannel: async (channel, limit, after) => {
      const command = {
        TableName,
        KeyConditionExpression: 'channel = :channel AND entry > :after',
        ExpressionAttributeValues: { ':channel': text(channel), ':after': text(after ?? 'held') },
        ConsistentRead: true,
        Limit: limit,
      }
      const { Items = [], LastEvaluatedKey } = await reading('locks', () => client.send(new QueryCommand(command)))
      return { locks: Items.map(readLock), next: LastEvaluatedKey?.entry?.S ?? null }
    },
    ofCustomers: async (channels, subjects) => {
      const entries = subjects.map((subject) => text(`held#${lockKey('customer', subject)}`))
      const keys = channels.flatMap((channel) => entries.map((entry) => ({ channel: text(channel), entry })))
      const items = await manyItems(client, TableName, 'locks of a customer', keys)
      return items.map((item) => ({ channel: readerOf('endpoint-limits', item).text('channel'), ...readLock(item) }))
    },
    hold: async (channel, { by, subject, at, until = null, reason, lockedWith = null }) => {
      const Item = {
        channel: text(channel),
        entry: text(`held#${lockKey(by, subject)}`),
        at: whole(at),
        reason: text(reason),
        ...orAbsent('until', until, whole),
        ...orAbsent('expires', until, (end) => whole(Math.ceil(end / 1_000))),
        ...orAbsent('lockedWith', lockedWith, text),
      }
      await writing('a lock', () => client.send(new PutItemCommand({ TableName, Item })))
    },
    unlock: async (channel, by, subject) => {
      for (const kind of ['held', 'lock']) {
        const Key = { channel: text(channel), entry: text(`${kind}#${lockKey(by, subject)}`) }
        await writing('an unlocking', () => client.send(new DeleteItemCommand({ TableName, Key })))
      }
    },
  }
}

const LOCK_ENTRY = /^(?:held|lock)#(till|store|customer|channel|key)#(.*)$/s
/** Of a sort key. */
const ENTRY_BYTES = 1_024

/** Whether a text can be the `next` of a page of locks: counters lie beside them, before and after. */
export function isLockPointer(text: string): boolean {
  return LOCK_ENTRY.test(text) && Buffer.byteLength(text) <= ENTRY_BYTES
}

function readLock(item: Item): Lock {
  const read = readerOf('endpoint-limits', item)
  const [by, subject] = read.parsed('entry', (entry) => {
    const match = LOCK_ENTRY.exec(entry)
    return match ? ([match[1] as LockedBy, match[2] ?? ''] as const) : undefined
  })
  return {
    by,
    subject,
    at: read.counted('at', instant),
    until: read.optional('until', (name) => read.counted(name, instant)),
    limit: read.optional('limit', read.text),
    reason: read.optional('reason', read.text),
    lockedWith: read.optional('lockedWith', read.text),
  }
}
