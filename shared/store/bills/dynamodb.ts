/**
 * Table `bills` in DynamoDB: a bill and its members in one transaction where they fit, part by part where they do not.
 * Promises that a repeat of our own put is known by its content. The port is bills.ts, the layout item.ts.
 */

import { GetItemCommand, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import type { BillCode } from '../../domain/bill-code.ts'
import { type Item, sameItem, text } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { type Cancellation, cancellations, failedCondition, reading, writing } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import type { BillStore } from './bills.ts'
import { BILL_PART, billItem, chunksOf, membersItem, membersPart, readBill, readMembers } from './item.ts'

/** What one transaction takes: 100 items, of which the bill is one, and 4 MB, of which some is left for keys and names. */
const TRANSACTION = { chunks: 99, bytes: 3_750_000 }

export function dynamoBills(client: DynamoClient, tables: Pick<Tables, 'bills'>): BillStore {
  const table = { client, name: tables.bills }
  return {
    get: async (billCode) => {
      const item = await readPart(table, 'a bill', billCode, BILL_PART)
      return item && readBill(item)
    },
    put: (bill, members) => {
      const chunks = chunksOf(members).map((chunk, i) => membersItem(bill.billCode, i + 1, chunk))
      const bytes = chunks.reduce((sum, chunk) => sum + (chunk.m?.S?.length ?? 0) + (chunk.r?.S?.length ?? 0), 0)
      const fits = chunks.length <= TRANSACTION.chunks && bytes <= TRANSACTION.bytes
      return fits
        ? putAtOnce(table, bill.billCode, [...chunks, billItem(bill)])
        : putInTurn(table, [...chunks, billItem(bill)])
    },
    members: async (billCode, chunk) => {
      const item = await readPart(table, 'the members of a bill', billCode, membersPart(chunk))
      return item && readMembers(item)
    },
  }
}

type BillsTable = { readonly client: DynamoClient; readonly name: string }

async function readPart(table: BillsTable, what: string, billCode: BillCode, part: string): Promise<Item | undefined> {
  const command = { TableName: table.name, Key: { billCode: text(billCode), part: text(part) }, ConsistentRead: true }
  return (await reading(what, () => table.client.send(new GetItemCommand(command)))).Item
}

function putIfAbsent(table: BillsTable, item: Item) {
  return {
    TableName: table.name,
    Item: { ...item },
    ConditionExpression: 'attribute_not_exists(billCode)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  }
}

/** No request token, for the reason given in payment-decisions/dynamodb.ts: the conditions judge a repeat, and the same content is our own. */
async function putAtOnce(table: BillsTable, billCode: BillCode, items: readonly Item[]): Promise<'put' | 'exists'> {
  const puts = items.map((item) => ({ Put: putIfAbsent(table, item) }))
  const written = await writing('a bill', () =>
    table.client.send(new TransactWriteItemsCommand({ TransactItems: puts })),
  )
  if (written.outcome === 'written') return 'put'
  // A service may name one failed condition and leave out the rest, so the bill itself is asked; no part may speak against it.
  const reasons: readonly Cancellation[] = cancellations(written.error) ?? []
  const another = items.some((item, i) => failedCondition(reasons, i) && !sameItem(reasons[i]?.Item, item))
  if (another) return 'exists'
  const bill = items.at(-1) as Item
  const stands = await readPart(table, 'a bill', billCode, BILL_PART)
  return sameItem(stands, bill) ? 'put' : 'exists'
}

/**
 * A bill too large for one transaction: its members first, which are read only after the bill, and the bill last. A crash
 * in between leaves members that the same call recognises as its own; another bill under this code fails on them.
 */
async function putInTurn(table: BillsTable, items: readonly Item[]): Promise<'put' | 'exists'> {
  for (const item of items) {
    const written = await writing('a part of a bill', () =>
      table.client.send(new PutItemCommand(putIfAbsent(table, item))),
    )
    if (written.outcome === 'written') continue
    if (!sameItem((written.error as Cancellation).Item, item)) return 'exists'
  }
  return 'put'
}
