/**
 * Table `bills` in DynamoDB: a bill and its members in one transaction where they fit, part by part where they do not.
 * Promises that a repeat of our own put is known by its content. The port is bills.ts, the layout item.ts.
 */
import {
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb'
import type { BillCode } from '../../domain/bill-code.ts'
import { type Instant, instant } from '../../domain/instant.ts'
import { Defect, Transient } from '../../runtime/faults.ts'
import { inParallel } from '../../runtime/in-parallel.ts'
import { type Item, sameItem, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { type Cancellation, cancellations, failedCondition, reading, writing } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import { type BillsTable, dynamoBillReader, readPart } from './bill-reader.ts'
import type { Bill, BillMember, BillStore } from './bills.ts'
import {
  APPLIED_PREFIX,
  appliedItem,
  appliedPart,
  BILL_PART,
  billItem,
  chunksOf,
  expiryOf,
  membersItem,
  membersPart,
  readApplied,
} from './item.ts'

/** What one transaction takes: 100 items, of which the bill is one, and 4 MB, of which some is left for keys and names. */
const TRANSACTION = { chunks: 99, bytes: 3_750_000 }
/** Members of a bill that is put by one call wait no longer than this for the bill itself. */
const UNFINISHED_FOR_MILLIS = 2 * 86_400_000
/** Chunks written side by side. */
const AT_ONCE = 8

export function dynamoBills(client: DynamoClient, tables: Pick<Tables, 'bills'>): BillStore {
  const table = { client, name: tables.bills }
  return {
    ...dynamoBillReader(client, tables),
    put: (bill, members) => {
      const chunks = chunksOf(members).map((chunk, i) => membersItem(bill.billCode, i + 1, chunk))
      const bytes = chunks.reduce((sum, chunk) => sum + (chunk.m?.S?.length ?? 0) + (chunk.r?.S?.length ?? 0), 0)
      const fits = chunks.length <= TRANSACTION.chunks && bytes <= TRANSACTION.bytes
      return fits ? putAtOnce(table, bill.billCode, [...chunks, billItem(bill)]) : putInTurn(table, bill, members)
    },
    putMembers: (billCode, chunk, members, until) => putMembers(table, billCode, chunk, members, until),
    keepMembers: (billCode, chunks) => keepMembers(table, billCode, chunks),
    letExpire: (billCode, chunks, until) => letExpire(table, billCode, chunks, until),
    putBill: (bill) => putBill(table, bill),
    replace: (old, next, members) => replace(table, old, next, members),
    markChanged: async (billCode, at) => {
      const change = {
        ...billKey(table, billCode),
        UpdateExpression: 'SET changedAt = :at',
        ConditionExpression: 'attribute_exists(billCode) AND attribute_not_exists(changedAt)',
        ExpressionAttributeValues: { ':at': whole(at) },
      }
      // A failed condition is an end as good as any.
      await writing('the mark of a changed bill', () => table.client.send(new UpdateItemCommand(change)))
    },
    putApplied: async (billCode, applied) => {
      const put = {
        TableName: table.name,
        Item: appliedItem(billCode, applied),
        ConditionExpression: 'attribute_not_exists(billCode) OR #facts < :facts',
        ExpressionAttributeNames: { '#facts': 'facts' },
        ExpressionAttributeValues: { ':facts': whole(applied.facts) },
      }
      await writing('the shares of a bill that were applied', () => table.client.send(new PutItemCommand(put)))
    },
    applied: async (billCode, chunk) => {
      const item = await readPart(table, 'the shares of a bill', billCode, appliedPart(chunk))
      return item && { chunk, ...readApplied(item) }
    },
    appliedShares: (billCode) => appliedShares(table, billCode),
  }
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

/** A bill too large for one transaction, in the order that bills.ts draws. */
async function putInTurn(table: BillsTable, bill: Bill, members: readonly BillMember[]): Promise<'put' | 'exists'> {
  const { billCode, issuedAt } = bill
  const chunks = chunksOf(members)
  const until = instant(issuedAt + UNFINISHED_FOR_MILLIS)
  for (const [i, chunk] of chunks.entries()) {
    if ((await putMembers(table, billCode, i + 1, chunk, until)) === 'exists') return 'exists'
  }
  if ((await keepMembers(table, billCode, chunks.length)) === 'missing') {
    throw new Transient(
      'BILL_PARTS_EXPIRED',
      'expected the members of a bill to be there, some expired; issue it again',
    )
  }
  return putBill(table, bill)
}

async function putMembers(
  table: BillsTable,
  billCode: BillCode,
  chunk: number,
  members: readonly BillMember[],
  until: Instant,
): Promise<'put' | 'exists'> {
  const item = membersItem(billCode, chunk, members, until)
  const written = await writing('members of a bill', () =>
    table.client.send(new PutItemCommand(putIfAbsent(table, item))),
  )
  if (written.outcome === 'written') return 'put'
  return sameMembers((written.error as Cancellation).Item, item) ? 'put' : 'exists'
}

/** When they expire says nothing of whose they are: an earlier try named another day, or has kept them. */
function sameMembers(stored: Item | undefined, item: Item): boolean {
  const { expires: _stored, ...there } = stored ?? {}
  const { expires: _item, ...ours } = item
  return sameItem(there, ours)
}

async function keepMembers(table: BillsTable, billCode: BillCode, chunks: number): Promise<'kept' | 'missing'> {
  const missing = await changeMembers(table, billCode, chunks, { UpdateExpression: 'REMOVE expires' })
  return missing === 0 ? 'kept' : 'missing'
}

async function letExpire(table: BillsTable, billCode: BillCode, chunks: number, until: Instant): Promise<void> {
  await changeMembers(table, billCode, chunks, {
    UpdateExpression: 'SET expires = :until',
    ExpressionAttributeValues: { ':until': expiryOf(until) },
  })
}

type MembersUpdate = Pick<UpdateItemCommandInput, 'UpdateExpression' | 'ExpressionAttributeValues'>

/** Chunks that were not there to be changed. */
async function changeMembers(
  table: BillsTable,
  billCode: BillCode,
  chunks: number,
  update: MembersUpdate,
): Promise<number> {
  let missing = 0
  const changes = Array.from({ length: chunks }, (_, i) => async () => {
    const change = {
      TableName: table.name,
      Key: { billCode: text(billCode), part: text(membersPart(i + 1)) },
      ...update,
      ConditionExpression: 'attribute_exists(billCode)',
    }
    const written = await writing('the members of a bill', () => table.client.send(new UpdateItemCommand(change)))
    if (written.outcome === 'condition') missing++
  })
  await inParallel(changes, AT_ONCE)
  return missing
}

async function putBill(table: BillsTable, bill: Bill): Promise<'put' | 'exists'> {
  const item = billItem(bill)
  const written = await writing('a bill', () => table.client.send(new PutItemCommand(putIfAbsent(table, item))))
  if (written.outcome === 'written') return 'put'
  return sameItem((written.error as Cancellation).Item, item) ? 'put' : 'exists'
}

/**
 * Against a payment of the old bill (payment-decisions `putPayingBill`) one of the two transactions fails on the other's condition.
 * What stands is read afterwards: of two failed conditions a service may name one.
 */
async function replace(
  table: BillsTable,
  old: BillCode,
  next: Bill,
  members: readonly BillMember[],
): Promise<'put' | 'exists' | 'paid' | 'replaced'> {
  const update = {
    ...billKey(table, old),
    UpdateExpression: 'SET replacedBy = :next',
    ConditionExpression:
      'attribute_exists(billCode) AND attribute_not_exists(paidBy) AND attribute_not_exists(replacedBy)',
    ExpressionAttributeValues: { ':next': text(next.billCode) },
  }
  const puts = [billItem(next), ...chunksOf(members).map((chunk, i) => membersItem(next.billCode, i + 1, chunk))]
  const items = [{ Update: update }, ...puts.map((item) => ({ Put: putIfAbsent(table, item) }))]
  const written = await writing('the replacement of a bill', () =>
    table.client.send(new TransactWriteItemsCommand({ TransactItems: items })),
  )
  if (written.outcome === 'written') return 'put'
  const stands = await readPart(table, 'a bill', old, BILL_PART)
  if (!stands) throw new Defect('BILL_MISSING', 'expected the bill to exist, there is none under its code')
  if (stands.replacedBy !== undefined) return stands.replacedBy.S === next.billCode ? 'put' : 'replaced'
  if (stands.paidBy !== undefined) return 'paid'
  const reasons = cancellations(written.error) ?? []
  if (puts.some((_, i) => failedCondition(reasons, i + 1))) return 'exists'
  throw new Transient(
    'BILL_CONTENDED',
    'expected the bill to stay as it was, it was paid and freed meanwhile; try again',
  )
}

async function appliedShares(table: BillsTable, billCode: BillCode): Promise<number> {
  let sum = 0
  let start: Item | undefined
  do {
    const page = await reading('the applied shares of a bill', () =>
      table.client.send(
        new QueryCommand({
          TableName: table.name,
          KeyConditionExpression: 'billCode = :bill AND begins_with(part, :applied)',
          ExpressionAttributeValues: { ':bill': text(billCode), ':applied': text(APPLIED_PREFIX) },
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      ),
    )
    for (const item of page.Items ?? []) sum += readApplied(item).shares
    start = page.LastEvaluatedKey
  } while (start)
  return sum
}

function billKey(table: BillsTable, billCode: BillCode) {
  return { TableName: table.name, Key: { billCode: text(billCode), part: text(BILL_PART) } }
}
