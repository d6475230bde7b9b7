/**
 * A client that sends the single reads of one moment as one call: who asks for a decision and a membership at once pays one
 * signature and one answer for both, at the counter and in a bill for nothing more.
 *
 * ```
 * get A ─┐
 * get B ─┼─ before anything else happens ──> BatchGetItem(A, B) ──> each its own answer
 * get C ─────────────── alone ─────────────> GetItem(C)
 * ```
 * Promises: every read gets what a GetItem of its own would have got, consistent reads consistent; what a batch leaves out for
 * lack of capacity is asked for by itself; a batch that fails, fails for each of its reads. Everything else goes through as it
 * is. Never waits for another read. Reads of several callers may share a batch: an adapter sees no difference.
 */
import { BatchGetItemCommand, GetItemCommand, type GetItemCommandInput } from '@aws-sdk/client-dynamodb'
import type { Item } from '../attributes/item.ts'
import type { DynamoClient } from './client.ts'

/** What one call may ask for. */
const BATCH = 100

type Get = {
  readonly table: string
  readonly key: Item
  readonly resolve: (answer: { readonly Item?: Item }) => void
  readonly reject: (error: unknown) => void
}

export function joinedGets(client: DynamoClient): DynamoClient {
  let waiting: Get[] = []
  const flush = () => {
    const all = waiting
    waiting = []
    for (let from = 0; from < all.length; from += BATCH) void answer(client, all.slice(from, from + BATCH))
  }
  const join = (table: string, key: Item) =>
    new Promise((resolve, reject) => {
      // After the promises that are on their way: who asks for two things at once asks for both before this tick.
      if (waiting.push({ table, key, resolve, reject }) === 1) process.nextTick(flush)
    })
  const send = (command: { readonly input: object }) => {
    if (!(command instanceof GetItemCommand)) return client.send(command as never)
    const { TableName, Key, ConsistentRead, ...others } = command.input as GetItemCommandInput
    if (!TableName || !Key || !ConsistentRead || Object.keys(others).length > 0) return client.send(command)
    return join(TableName, Key)
  }
  return { send: send as DynamoClient['send'] }
}

async function answer(client: DynamoClient, gets: readonly Get[]): Promise<void> {
  const [only, second] = gets
  if (only && !second) return alone(client, only)
  try {
    const { Responses = {}, UnprocessedKeys = {} } = await client.send(
      new BatchGetItemCommand({ RequestItems: requestOf(gets) }),
    )
    for (const get of gets) {
      const found = Responses[get.table]?.find((item) => hasKey(item, get.key))
      if (found) get.resolve({ Item: found })
      else if (UnprocessedKeys[get.table]?.Keys?.some((key) => hasKey(key, get.key))) void alone(client, get)
      else get.resolve({})
    }
  } catch (error) {
    for (const { reject } of gets) reject(error)
  }
}

/** A key that two ask for stands once: the service refuses it twice. */
function requestOf(gets: readonly Get[]) {
  const keys = new Map<string, Item[]>()
  for (const { table, key } of gets) {
    const ofTable = keys.get(table) ?? []
    if (!ofTable.some((other) => hasKey(other, key))) ofTable.push(key)
    keys.set(table, ofTable)
  }
  return Object.fromEntries([...keys].map(([table, Keys]) => [table, { Keys, ConsistentRead: true }]))
}

function alone(client: DynamoClient, { table, key, resolve, reject }: Get): Promise<void> {
  return client
    .send(new GetItemCommand({ TableName: table, Key: { ...key }, ConsistentRead: true }))
    .then(({ Item }) => resolve(Item ? { Item } : {}), reject)
}

/** Keys of the hub's tables are texts. */
function hasKey(item: Item, key: Item): boolean {
  return Object.entries(key).every(([name, value]) => value.S !== undefined && item[name]?.S === value.S)
}
