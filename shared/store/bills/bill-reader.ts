/**
 * Reading bills and their members in DynamoDB. For the endpoints, which issue none; apart from dynamodb.ts because each kilobyte of
 * an endpoint is parsed at a cold start.
 */
import { GetItemCommand } from '@aws-sdk/client-dynamodb'
import type { BillCode } from '../../domain/bill-code.ts'
import { type Item, text } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import type { BillReader } from './bills.ts'
import { BILL_PART, membersPart, readBill, readMembers } from './item.ts'

export type BillsTable = { readonly client: DynamoClient; readonly name: string }

export function dynamoBillReader(client: DynamoClient, tables: Pick<Tables, 'bills'>): BillReader {
  const table = { client, name: tables.bills }
  return {
    get: async (billCode) => {
      const item = await readPart(table, 'a bill', billCode, BILL_PART)
      return item && readBill(item)
    },
    members: async (billCode, chunk) => {
      const item = await readPart(table, 'the members of a bill', billCode, membersPart(chunk))
      return item && readMembers(item)
    },
  }
}

/** Consistent. */
export async function readPart(
  table: BillsTable,
  what: string,
  billCode: BillCode,
  part: string,
): Promise<Item | undefined> {
  const command = { TableName: table.name, Key: { billCode: text(billCode), part: text(part) }, ConsistentRead: true }
  return (await reading(what, () => table.client.send(new GetItemCommand(command)))).Item
}
