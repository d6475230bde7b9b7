/**
 * Table `payment-decisions` in DynamoDB. Promises that the decision on a payment id stands, but for a reversal that a message
 * signed after it may replace, and that a later put gets it from the failed condition itself. The port is
 * payment-decisions.ts, the layout item.ts.
 */
import { DeleteItemCommand, GetItemCommand, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import type { BillCode } from '../../domain/bill-code.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Kpj } from '../../domain/kpj.ts'
import type { ParticipantHash } from '../../domain/participant.ts'
import { paymentKey } from '../../domain/payment-key.ts'
import { Defect } from '../../runtime/faults.ts'
import { type Item, readerOf, sameItem, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { cancellations, failedCondition, reading, writing } from '../dynamo/errors.ts'
import { manyItems } from '../dynamo/reads.ts'
import type { Tables } from '../tables.ts'
import {
  decisionItem,
  externalIdItem,
  inquiryMarkItem,
  inquiryMarkKey,
  readDecision,
  readExternalId,
  selfPaidItem,
  selfPaidKey,
  selfPaidKpj,
} from './item.ts'

import type { BillTaken, ExternalIdItem, PaymentDecision, PaymentDecisionStore, PutOnce } from './payment-decisions.ts'

/** Whether a decision holds for a payment signed at `signedAt`: all do but a reversal that came first and is signed no later. */
export function holdsFor({ outcome }: PaymentDecision, signedAt: Instant): boolean {
  return outcome.kind !== 'reversed-first' || outcome.signedAt === null || signedAt < outcome.signedAt
}

/** `bills` is only used, and then needed, by `putPayingBill`. */
export function dynamoPaymentDecisions(
  client: DynamoClient,
  tables: Pick<Tables, 'payment-decisions'> & { readonly bills?: string | undefined },
): PaymentDecisionStore {
  const table = { client, name: tables['payment-decisions'] }
  return {
    get: async (channel, paymentId) => {
      const item = await readItem(table, 'a decision', paymentKey(channel, paymentId))
      return item && readDecision(item)
    },
    getMany: async (channel, paymentIds) => {
      const keys = [...new Set(paymentIds)].map((paymentId) => keyOf(paymentKey(channel, paymentId)))
      return (await manyItems(client, table.name, 'decisions', keys)).map(readDecision)
    },
    put: (decision, signedAt) => putDecision(table, decision, signedAt),
    putPayingBill: (decision, billCode, signedAt) => putPayingBill(table, tables.bills, decision, billCode, signedAt),
    putExternalId: (item, now, options) => putExternalId(table, item, now, options?.givesWay),
    putInquiryMark: async (mark) => {
      const command = { TableName: table.name, Item: inquiryMarkItem(mark) }
      await writing('the mark of an inquiry', () => table.client.send(new PutItemCommand(command)))
    },
    hasInquiryMark: async (channel, paymentId, signature) =>
      (await readItem(table, 'the mark of an inquiry', inquiryMarkKey(channel, paymentId, signature))) !== undefined,
    selfPaidMembership: async (participant) => {
      const item = await readItem(table, 'a self-paid membership', selfPaidKey(participant))
      return item && selfPaidKpj(item)
    },
    selfPaidMemberships: async (participants) => {
      const byKey = new Map(participants.map((participant) => [selfPaidKey(participant), participant]))
      const items = await manyItems(client, table.name, 'self-paid memberships', [...byKey.keys()].map(keyOf))
      return new Map(
        items.map((item) => [
          byKey.get(readerOf('payment-decisions', item).text('decision')) as ParticipantHash,
          selfPaidKpj(item),
        ]),
      )
    },
    takeSelfPaid: (participant, kpj) => takeSelfPaid(table, participant, kpj),
    freeSelfPaid: (participant, kpj) => freeSelfPaid(table, participant, kpj),
  }
}

function keyOf(key: string): Item {
  return { decision: text(key) }
}

type DecisionsTable = { readonly client: DynamoClient; readonly name: string }

async function readItem(table: DecisionsTable, what: string, key: string): Promise<Item | undefined> {
  const command = { TableName: table.name, Key: keyOf(key), ConsistentRead: true }
  return (await reading(what, () => table.client.send(new GetItemCommand(command)))).Item
}

async function putDecision(
  table: DecisionsTable,
  decision: PaymentDecision,
  signedAt: Instant | undefined,
): Promise<PutOnce<PaymentDecision>> {
  const item = decisionItem(decision)
  const put = { TableName: table.name, Item: item, ...ifUndecided(signedAt) }
  const written = await writing('a decision', () => table.client.send(new PutItemCommand(put)))
  return written.outcome === 'written' ? { outcome: 'put' } : standing(item, winnerIn(written.error))
}

/** No decision, or a reversal that came first and does not hold for a message signed at `signedAt`. One without a time has no `r`. */
function ifUndecided(signedAt: Instant | undefined) {
  const absent = 'attribute_not_exists(decision)'
  const answer = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const
  if (signedAt === undefined) return { ConditionExpression: absent, ...answer }
  return {
    ConditionExpression: `${absent} OR #signed <= :signed`,
    ExpressionAttributeNames: { '#signed': 'r' },
    ExpressionAttributeValues: { ':signed': whole(signedAt) },
    ...answer,
  }
}

/** The same content is our own earlier try, whose answer was lost; a decision that fell twice alike is one decision. */
function standing(item: Item, winner: Item): PutOnce<PaymentDecision> {
  return sameItem(winner, item) ? { outcome: 'put' } : { outcome: 'exists', existing: readDecision(winner) }
}

function winnerIn(error: unknown): Item {
  const { Item: winner } = error as { readonly Item?: Item }
  if (!winner)
    throw new Defect('WINNER_MISSING', 'expected the failed condition to bring the item that it failed on, it did not')
  return winner
}

/**
 * No request token of our own: the SDK draws one per call, and a repeat here is a new call that the conditions judge. A fixed
 * token would be forgotten after ten minutes and would answer for the first try without saying what stands now.
 */
async function putPayingBill(
  table: DecisionsTable,
  bills: string | undefined,
  decision: PaymentDecision,
  billCode: BillCode,
  signedAt: Instant | undefined,
): Promise<PutOnce<PaymentDecision> | BillTaken> {
  if (bills === undefined) throw new Defect('TABLE_UNKNOWN', 'expected the name of table bills to pay a bill, got none')
  const item = decisionItem(decision)
  const paidBy = paymentKey(decision.channel, decision.paymentId)
  const written = await writing('the decision of a bill', () =>
    table.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName: table.name, Item: item, ...ifUndecided(signedAt) } },
          {
            Update: {
              TableName: bills,
              Key: { billCode: text(billCode), part: text('bill') },
              UpdateExpression: 'SET paidBy = :paidBy',
              ConditionExpression:
                'attribute_exists(billCode) AND attribute_not_exists(paidBy) AND attribute_not_exists(replacedBy) AND attribute_not_exists(changedAt)',
              ExpressionAttributeValues: { ':paidBy': text(paidBy) },
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
        ],
      }),
    ),
  )
  if (written.outcome === 'written') return { outcome: 'put' }
  const reasons = cancellations(written.error) ?? []
  if (failedCondition(reasons, 0)) return standing(item, winnerIn(reasons[0]))
  const bill = reasons[1]?.Item
  if (!bill) throw new Defect('BILL_MISSING', 'expected the bill to exist, there is none under its code')
  // Paid by this very payment: its decision stands too, even where the answer names the bill only.
  if (bill.paidBy?.S === paidBy) return putDecision(table, decision, signedAt)
  return { outcome: bill.paidBy === undefined ? 'replaced' : 'already-paid' }
}

/**
 * Here the same content may be another request (a partner's repeat is alike), so each put carries a mark of its own: a winner
 * with our mark is our earlier try.
 */
async function putExternalId(
  table: DecisionsTable,
  external: ExternalIdItem,
  now: Instant,
  givesWay: string | undefined,
): Promise<PutOnce<ExternalIdItem>> {
  const item = externalIdItem(external)
  const put = { TableName: table.name, Item: item, ...ifUnbound(external, now, givesWay) }
  const written = await writing('an external id', () => table.client.send(new PutItemCommand(put)))
  if (written.outcome === 'written') return { outcome: 'put' }
  const winner = winnerIn(written.error)
  return sameItem(winner, item) ? { outcome: 'put' } : { outcome: 'exists', existing: readExternalId(winner) }
}

/** Deletion of what expired takes its time; until then the item counts as absent. */
function ifUnbound({ requestId, signedAt }: ExternalIdItem, now: Instant, givesWay: string | undefined) {
  const free = 'attribute_not_exists(decision) OR #until < :now'
  const answer = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const
  const names = { '#until': 'x' }
  const values = { ':now': whole(now) }
  if (givesWay === undefined) {
    return { ConditionExpression: free, ExpressionAttributeNames: names, ExpressionAttributeValues: values, ...answer }
  }
  return {
    ConditionExpression: `${free} OR (#service = :service AND #request = :request AND #signed < :signed)`,
    ExpressionAttributeNames: { ...names, '#service': 'v', '#request': 'q', '#signed': 's' },
    ExpressionAttributeValues: {
      ...values,
      ':service': text(givesWay),
      ':request': text(requestId),
      ':signed': whole(signedAt),
    },
    ...answer,
  }
}

async function takeSelfPaid(table: DecisionsTable, participant: ParticipantHash, kpj: Kpj): Promise<PutOnce<Kpj>> {
  const written = await writing('a self-paid membership', () =>
    table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: selfPaidItem(participant, kpj),
        ConditionExpression: 'attribute_not_exists(decision) OR kpj = :kpj',
        ExpressionAttributeValues: { ':kpj': text(kpj) },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  )
  if (written.outcome === 'written') return { outcome: 'put' }
  return { outcome: 'exists', existing: selfPaidKpj(winnerIn(written.error)) }
}

async function freeSelfPaid(table: DecisionsTable, participant: ParticipantHash, kpj: Kpj): Promise<void> {
  // A failed condition is an end as good as any: this KPJ does not hold the NIK.
  await writing('a self-paid membership', () =>
    table.client.send(
      new DeleteItemCommand({
        TableName: table.name,
        Key: { decision: text(selfPaidKey(participant)) },
        ConditionExpression: 'kpj = :kpj',
        ExpressionAttributeValues: { ':kpj': text(kpj) },
      }),
    ),
  )
}
