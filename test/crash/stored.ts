/** Everything that lies in a hub's tables when it has stopped, read from its folder without any of its functions. */
import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { REGION } from '../../local/cloud-assembly/template.ts'
import { currentAssembly } from '../../local/cloud-assembly/up-to-date.ts'
import { HUB_CREDENTIALS, startDatabase } from '../../local/emulators/dynamodb/dynamodb.ts'
import type { Fact } from '../../shared/domain/fact.ts'
import type { BusinessDate } from '../../shared/domain/instant.ts'
import { splitKey } from '../../shared/domain/key-text.ts'
import { dynamoFacts } from '../../shared/store/facts/dynamodb.ts'
import type { DayEntry } from '../../shared/store/facts/facts.ts'
import { readFact } from '../../shared/store/facts/item.ts'
import { dynamoMemberships } from '../../shared/store/memberships/dynamodb.ts'
import type { MembershipView } from '../../shared/store/memberships/memberships.ts'
import { readDecision } from '../../shared/store/payment-decisions/item.ts'
import type { PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import { CHANNELS } from '../support/terminals.ts'

export type Stored = {
  readonly decisions: readonly PaymentDecision[]
  readonly facts: readonly Fact[]
  readonly views: readonly MembershipView[]
  /** The day index of the channels. */
  readonly index: readonly DayEntry[]
}

export async function storedIn(dataDir: string, days: readonly BusinessDate[]): Promise<Stored> {
  const plan = await currentAssembly(() => {})
  const { endpoint, stop } = await startDatabase(dataDir, plan.tables)
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials: HUB_CREDENTIALS })
  const named = (name: string) => plan.tables.find((table) => table.name.endsWith(`-${name}`))?.name ?? name
  const facts = dynamoFacts(client, { facts: named('facts') })
  const memberships = dynamoMemberships(client, { memberships: named('memberships') })
  try {
    const decisions = await itemsOf(client, named('payment-decisions'))
    return {
      decisions: decisions.filter(isDecision).map(readDecision),
      facts: (await itemsOf(client, named('facts'))).map(readFact),
      views: await listOf(memberships.scan(0, 1)),
      index: (
        await Promise.all(CHANNELS.flatMap((channel) => days.map((day) => listOf(facts.byDay(channel, day)))))
      ).flat(),
    }
  } finally {
    client.destroy()
    await stop()
  }
}

/** The table holds external ids (three parts) and NIKs too. */
function isDecision({ decision }: Item): boolean {
  const parts = splitKey(decision?.S ?? '')
  return parts?.length === 2 && parts[0] !== 'nik'
}

type Item = Record<string, AttributeValue>

async function itemsOf(client: DynamoDBClient, TableName: string): Promise<readonly Item[]> {
  const items: Item[] = []
  let start: Item | undefined
  do {
    const page = await client.send(
      new ScanCommand({ TableName, ConsistentRead: true, ...(start && { ExclusiveStartKey: start }) }),
    )
    items.push(...(page.Items ?? []))
    start = page.LastEvaluatedKey
  } while (start)
  return items
}

async function listOf<T>(entries: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = []
  for await (const entry of entries) list.push(entry)
  return list
}
