/**
 * Counts the read and write units of every call that a client makes, twice: as the table reports them, and by DynamoDB's
 * published rules from the items themselves.
 *
 * The second is what a bill will say: a table reports nothing for a condition that failed, though it costs as much as the
 * item it failed on. Rules: a write costs 1 per started KB of the larger of old and new item, the same again for each index
 * entry that changed (both, where its key changed), twice in a transaction; a consistent read 1 per started 4 KB, half of
 * that otherwise. Knows nothing of payments: whoever reads the count names the steps.
 */
import { isDeepStrictEqual } from 'node:util'
import { type AttributeValue, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { TABLE_SHAPES, TABLES, type Table, type TableShape, type Tables } from '../shared/store/tables.ts'
import { TEST_CREDENTIALS } from '../test/support/dynoxide.ts'
import { itemSize } from '../test/support/item-size.ts'

type Attributes = Readonly<Record<string, AttributeValue>>

/** One table or index in one call. `key` is the item's partition key, '' for reads of several. */
export type Charge = {
  readonly kind: 'read' | 'write'
  readonly table: Table
  readonly index: string | null
  readonly key: string
  readonly byRule: number
  readonly reported: number
  /** A condition did not hold: nothing was written. */
  readonly failed: boolean
}

export type Meter = {
  /** Everything since the last call of it. */
  readonly taken: () => Taken
}

export type Taken = {
  readonly charges: readonly Charge[]
  /** Calls in a row: one that began after another had ended counts after it, calls side by side count once. */
  readonly trips: number
  /** All of them, side by side or not: each is signed, sent and read. */
  readonly calls: number
}

/** One item that a call writes: `after` is undefined where only the table knows what became of it. */
type Write = {
  readonly table: Table
  readonly key: Attributes
  readonly after: Attributes | undefined
  readonly times: 1 | 2
}

/** The calls that the hub makes; any other is a mistake of the bench. */
type Input = {
  readonly TableName?: string
  readonly Item?: Attributes
  readonly Key?: Attributes
  readonly ConsistentRead?: boolean
  readonly IndexName?: string
  readonly RequestItems?: Readonly<
    Record<string, { readonly Keys: readonly Attributes[]; readonly ConsistentRead?: boolean }>
  >
  readonly TransactItems?: readonly { readonly Put?: Input; readonly Update?: Input }[]
}
type Output = {
  readonly Item?: Attributes
  readonly Items?: readonly Attributes[]
  readonly Responses?: Readonly<Record<string, readonly Attributes[]>>
  readonly ConsumedCapacity?: ConsumedCapacity | readonly ConsumedCapacity[]
}
type ConsumedCapacity = {
  readonly TableName?: string
  readonly Table?: { readonly CapacityUnits?: number }
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits?: number }>>
}

const READ_BYTES = 4_096
const WRITE_BYTES = 1_024

export type MeteredClient = {
  readonly client: DynamoDBClient
  readonly meter: Meter
  /** For what nobody asks the price of. */
  readonly unmetered: DynamoDBClient
}

/** A client that counts itself. It can separate calls one after the other, not calls at the same time; units are the same either way. */
export function meteredClient(endpoint: string, tables: Tables): MeteredClient {
  const settings = { endpoint, region: 'ap-southeast-3', credentials: TEST_CREDENTIALS, maxAttempts: 1 }
  const client = new DynamoDBClient(settings)
  const unmetered = new DynamoDBClient(settings)
  const look: ItemReader = async (table, key) => {
    const command = new GetItemCommand({ TableName: tables[table], Key: { ...key }, ConsistentRead: true })
    return (await unmetered.send(command)).Item
  }
  let charges: Charge[] = []
  let trips = 0
  let calls = 0
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const call = { command: String(commandName), input: args.input as Input }
        const trip = trips + 1
        calls++
        const writes = writesOf(tables, call)
        const before = await Promise.all(writes.map(({ table, key }) => look(table, key)))
        try {
          const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'INDEXES' } })
          const output = result.output as Output
          const after = await Promise.all(writes.map((write) => write.after ?? look(write.table, write.key)))
          const written = writes.flatMap((write, i) => writeCharges(write, before[i], after[i]))
          const ruled = writes.length > 0 ? written : readCharges(tables, call, output)
          charges.push(...ruled.map((charge) => ({ ...charge, reported: reportedFor(tables, output, charge, ruled) })))
          return result
        } catch (error) {
          charges.push(...writes.map((write, i) => failedCharge(write, before[i])))
          throw error
        } finally {
          trips = Math.max(trips, trip)
        }
      },
    { step: 'initialize', name: 'meter' },
  )
  const taken = () => {
    const since = { charges, trips, calls }
    charges = []
    trips = 0
    calls = 0
    return since
  }
  return { client, unmetered, meter: { taken } }
}

type ItemReader = (table: Table, key: Attributes) => Promise<Attributes | undefined>
type Call = { readonly command: string; readonly input: Input }
type ExpectedCharge = Omit<Charge, 'reported'>

function writesOf(tables: Tables, { command, input }: Call): readonly Write[] {
  switch (command) {
    case 'PutItemCommand':
    case 'UpdateItemCommand':
      return [writeOf(tables, input, 1)]
    case 'TransactWriteItemsCommand':
      return (input.TransactItems ?? []).map(({ Put, Update }) => writeOf(tables, Put ?? Update ?? {}, 2))
    case 'GetItemCommand':
    case 'BatchGetItemCommand':
    case 'QueryCommand':
      return []
    default:
      throw new Error(`expected a call whose units this bench can count, got ${command}`)
  }
}

function writeOf(tables: Tables, { TableName, Item, Key }: Input, times: 1 | 2): Write {
  const table = tableNamed(tables, TableName)
  const given = Item ?? Key ?? {}
  const { partitionKey, sortKey } = TABLE_SHAPES[table]
  const names = [partitionKey.name, ...(sortKey ? [sortKey.name] : [])]
  const key = Object.fromEntries(names.map((name) => [name, given[name] as AttributeValue]))
  return { table, key, after: Item, times }
}

function writeCharges(
  write: Write,
  before: Attributes | undefined,
  after: Attributes | undefined,
): readonly ExpectedCharge[] {
  const { table, times } = write
  const bytes = Math.max(sizeOf(before), sizeOf(after))
  const base = { kind: 'write', table, key: keyText(write), failed: false } as const
  const indexes = TABLE_SHAPES[table].indexes.map((index) => ({
    ...base,
    index: index.name,
    byRule: times * entryUnits(entryIn(table, index, before), entryIn(table, index, after), index),
  }))
  return [
    { ...base, index: null, byRule: times * started(bytes, WRITE_BYTES) },
    ...indexes.filter(({ byRule }) => byRule > 0),
  ]
}

/** It costs as much as what is there; 1 where there is nothing. */
function failedCharge(write: Write, before: Attributes | undefined): Charge {
  const byRule = write.times * started(sizeOf(before), WRITE_BYTES)
  return { kind: 'write', table: write.table, index: null, key: keyText(write), byRule, reported: 0, failed: true }
}

type Index = TableShape['indexes'][number]

/** What an index holds of an item: its keys, the table's, and what it includes; nothing where a key of its own is missing. */
function entryIn(table: Table, index: Index, item: Attributes | undefined): Attributes | undefined {
  if (!item || !indexKeys(index).every((name) => item[name])) return undefined
  const { partitionKey, sortKey } = TABLE_SHAPES[table]
  const names = new Set([...indexKeys(index), partitionKey.name, sortKey?.name ?? '', ...index.include])
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)))
}

function entryUnits(before: Attributes | undefined, after: Attributes | undefined, index: Index): number {
  if (same(before, after)) return 0
  const moved = before && after && !indexKeys(index).every((name) => same(before[name], after[name]))
  if (moved) return started(sizeOf(before), WRITE_BYTES) + started(sizeOf(after), WRITE_BYTES)
  return started(Math.max(sizeOf(before), sizeOf(after)), WRITE_BYTES)
}

function indexKeys({ partitionKey, sortKey }: Index): readonly string[] {
  return sortKey ? [partitionKey.name, sortKey.name] : [partitionKey.name]
}

function readCharges(tables: Tables, { command, input }: Call, output: Output): readonly ExpectedCharge[] {
  const base = { kind: 'read', index: null, key: '', failed: false } as const
  if (command === 'BatchGetItemCommand') {
    return Object.entries(input.RequestItems ?? {}).map(([name, { Keys, ConsistentRead }]) => {
      const found = output.Responses?.[name] ?? []
      const units = found.reduce((sum, item) => sum + started(sizeOf(item), READ_BYTES), Keys.length - found.length)
      return { ...base, table: tableNamed(tables, name), byRule: units * (ConsistentRead ? 1 : 0.5) }
    })
  }
  const bytes =
    command === 'QueryCommand' ? (output.Items ?? []).reduce((sum, item) => sum + sizeOf(item), 0) : sizeOf(output.Item)
  const byRule = started(bytes, READ_BYTES) * (input.ConsistentRead ? 1 : 0.5)
  return [{ ...base, table: tableNamed(tables, input.TableName), index: input.IndexName ?? null, byRule }]
}

/** A call may write several items of one table, and the table reports their sum: it is put on the first of them. */
function reportedFor(tables: Tables, output: Output, charge: ExpectedCharge, all: readonly ExpectedCharge[]): number {
  const first = all.find(({ table, index }) => table === charge.table && index === charge.index)
  if (first !== charge) return 0
  const consumed = [output.ConsumedCapacity ?? []].flat() as readonly ConsumedCapacity[]
  const mine = consumed.find(({ TableName }) => TableName === tables[charge.table])
  const part = charge.index === null ? mine?.Table : mine?.GlobalSecondaryIndexes?.[charge.index]
  return part?.CapacityUnits ?? 0
}

function tableNamed(tables: Tables, name: string | undefined): Table {
  const table = TABLES.find((candidate) => tables[candidate] === name)
  if (!table) throw new Error('expected a call to a table of the hub, got another')
  return table
}

function keyText({ table, key }: Write): string {
  return key[TABLE_SHAPES[table].partitionKey.name]?.S ?? ''
}

function sizeOf(item: Attributes | undefined): number {
  return item ? itemSize(item) : 0
}

function started(bytes: number, unit: number): number {
  return Math.max(1, Math.ceil(bytes / unit))
}

function same(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b)
}
