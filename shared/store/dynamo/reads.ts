/** Reads of many items by key: in batches as large as the service takes, asked again for what it left out. Consistent. */

import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb'
import { Throttled } from '../../runtime/faults.ts'
import type { Item } from '../attributes/item.ts'
import type { DynamoClient } from './client.ts'
import { reading } from './errors.ts'

/** What one call may ask for. */
const BATCH = 100
/** How often a batch may come back incomplete before somebody else shall try. */
const ROUNDS = 6

/** The items that are there, in no order; `keys` holds none twice. `what` names them in an error. */
export async function manyItems(
  client: DynamoClient,
  table: string,
  what: string,
  keys: readonly Item[],
): Promise<readonly Item[]> {
  const batches = Array.from({ length: Math.ceil(keys.length / BATCH) }, (_, i) =>
    keys.slice(i * BATCH, (i + 1) * BATCH),
  )
  const found: Item[] = []
  for (const batch of batches) found.push(...(await oneBatch(client, table, what, batch)))
  return found
}

async function oneBatch(
  client: DynamoClient,
  table: string,
  what: string,
  keys: readonly Item[],
): Promise<readonly Item[]> {
  const found: Item[] = []
  let left: readonly Item[] = keys
  for (let round = 1; left.length > 0; round++) {
    if (round > ROUNDS) throw new Throttled(`expected ${what} to be read, ${left.length} were left out ${ROUNDS} times`)
    if (round > 1) await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** round * Math.random()))
    const request = { [table]: { Keys: left.map((key) => ({ ...key })), ConsistentRead: true } }
    const answer = await reading(what, () => client.send(new BatchGetItemCommand({ RequestItems: request })))
    found.push(...(answer.Responses?.[table] ?? []))
    left = answer.UnprocessedKeys?.[table]?.Keys ?? []
  }
  return found
}
