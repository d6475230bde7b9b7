/**
 * Table `payment-decisions`: what we told the partner. A decision is the decision on a payment id, put once and never changed.
 *
 * | item | PK `decision` | holds |
 * |---|---|---|
 * | decision | `<channel>#<paymentId>` | digests, account, decision, everything the payment's fact will hold |
 * | external id | `<channel>#<WIB date>#<X-EXTERNAL-ID>` | service, request id, facts digest; 3 days, readers filter on expiry |
 * | open self-paid membership | `nik#<keyed hash>` | the KPJ that this NIK pays for |
 *
 * Ids are percent-encoded. Producers: functions/answer-channel, functions/serve-console (nik items).
 * Consumers: the same, and settlement, which looks a decision up by the id in the file.
 */
import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import type { Account } from '../../domain/account.ts'
import type { BillCode } from '../../domain/bill-code.ts'
import type { PaymentTerms } from '../../domain/fact.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Kpj } from '../../domain/kpj.ts'
import type { Rupiah } from '../../domain/money.ts'
import type { ParticipantHash } from '../../domain/participant.ts'
import { paymentKey } from '../../domain/payment-key.ts'
import type { RefusalCode } from '../../domain/refusal.ts'
import { Defect } from '../../runtime/faults.ts'
import { type Item, sameItem, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { cancellations, failedCondition, reading, writing } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import {
  decisionItem,
  externalIdItem,
  readDecision,
  readExternalId,
  selfPaidItem,
  selfPaidKey,
  selfPaidKpj,
} from './item.ts'

/** Keyed digests, one version byte first: they outlive the key that made them. */
export type PaymentDigests = {
  /** Of the customer id as sent. */
  readonly customer: Uint8Array
  /** Of all facts as sent: customer, product, months, amount, admin fee, payment id. */
  readonly facts: Uint8Array
}

export type DecisionOutcome =
  | {
      readonly kind: 'accepted'
      readonly terms: PaymentTerms
      /** Since when the name that was printed had held; null where none was printed. A repeat prints that very name. */
      readonly nameFrom: Instant | null
    }
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | { readonly kind: 'reversed-first' }

export type PaymentDecision = {
  readonly channel: string
  readonly paymentId: string
  readonly customerDigest: Uint8Array
  /** null on a decision that no payment message made (`reversed-first`, posted from settlement): it is compared on what it holds. */
  readonly factsDigest: Uint8Array | null
  /** The amount that a decision posted from settlement is compared on; null elsewhere. */
  readonly settledAmount: Rupiah | null
  /** Resolved once, here: KPJ or bill code; null where the customer is unknown. A repeat never resolves again. */
  readonly account: Account | null
  readonly decidedAt: Instant
  readonly hubReference: string
  /** Keyed digest of the signed request in the evidence store; null where none was kept (a reversal first). */
  readonly evidenceDigest: Uint8Array | null
  readonly outcome: DecisionOutcome
}

export type ExternalIdItem = {
  readonly channel: string
  readonly day: string
  readonly id: string
  readonly service: string
  readonly requestId: string
  readonly factsDigest: Uint8Array
  /** Readers treat an item past this instant as absent. */
  readonly expiresAt: Instant
}

/** `put`: it was absent and is ours. `exists`: somebody was first, here is what they said. */
export type PutOnce<T> = { readonly outcome: 'put' } | { readonly outcome: 'exists'; readonly existing: T }

/** Every read is consistent. Every write may throw `Throttled` (nothing written) or `UnknownOutcome` (read back). */
export type PaymentDecisionStore = {
  readonly get: (channel: string, paymentId: string) => Promise<PaymentDecision | undefined>
  /** The accepted decisions, page by page; `segment` of `segments` for parallel scans. Eventually consistent. */
  readonly acceptedPage: (segment: number, segments: number, from: string | null) => Promise<DecisionsPage>
  /** Puts the decision if none is there; the loser gets the winner (from the failed condition itself, no second read). */
  readonly put: (decision: PaymentDecision) => Promise<PutOnce<PaymentDecision>>
  /**
   * One transaction for a bill: decision if absent, bill's paid-by if absent.
   * `exists` when the decision was there; `already-paid` when another payment holds paid-by (nothing is written then).
   */
  readonly putPayingBill: (
    decision: PaymentDecision,
    billCode: BillCode,
  ) => Promise<PutOnce<PaymentDecision> | { readonly outcome: 'already-paid' }>
  readonly putExternalId: (item: ExternalIdItem, now: Instant) => Promise<PutOnce<ExternalIdItem>>
  /** The KPJ that is payable by this NIK, by its keyed hash; undefined when there is none. */
  readonly selfPaidMembership: (participant: ParticipantHash) => Promise<Kpj | undefined>
  /** Takes the NIK for this KPJ; `exists` names the KPJ that has it (the same KPJ again counts as `put`). */
  readonly takeSelfPaid: (participant: ParticipantHash, kpj: Kpj) => Promise<PutOnce<Kpj>>
  /** Frees the NIK if this KPJ holds it; otherwise nothing happens. */
  readonly freeSelfPaid: (participant: ParticipantHash, kpj: Kpj) => Promise<void>
}

/** `next`: where the next page begins; null after the last. A page may be empty and not the last. */
export type DecisionsPage = { readonly decisions: readonly PaymentDecision[]; readonly next: string | null }

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
    acceptedPage: (segment, segments, from) => pageOfAccepted(table, segment, segments, from),
    put: (decision) => putDecision(table, decision),
    putPayingBill: (decision, billCode) => putPayingBill(table, tables.bills, decision, billCode),
    putExternalId: (item, now) => putExternalId(table, item, now),
    selfPaidMembership: async (participant) => {
      const item = await readItem(table, 'a self-paid membership', selfPaidKey(participant))
      return item && selfPaidKpj(item)
    },
    takeSelfPaid: (participant, kpj) => takeSelfPaid(table, participant, kpj),
    freeSelfPaid: (participant, kpj) => freeSelfPaid(table, participant, kpj),
  }
}

type DecisionsTable = { readonly client: DynamoClient; readonly name: string }

async function readItem(table: DecisionsTable, what: string, key: string): Promise<Item | undefined> {
  const command = { TableName: table.name, Key: { decision: text(key) }, ConsistentRead: true }
  return (await reading(what, () => table.client.send(new GetItemCommand(command)))).Item
}

async function pageOfAccepted(
  table: DecisionsTable,
  segment: number,
  segments: number,
  from: string | null,
): Promise<DecisionsPage> {
  const { Items: items = [], LastEvaluatedKey: last } = await reading('the decisions', () =>
    table.client.send(
      new ScanCommand({
        TableName: table.name,
        Segment: segment,
        TotalSegments: segments,
        FilterExpression: 'd = :accepted',
        ExpressionAttributeValues: { ':accepted': text('accepted') },
        ...(from === null ? {} : { ExclusiveStartKey: { decision: text(from) } }),
      }),
    ),
  )
  return { decisions: items.map(readDecision), next: last?.decision?.S ?? null }
}

async function putDecision(table: DecisionsTable, decision: PaymentDecision): Promise<PutOnce<PaymentDecision>> {
  const item = decisionItem(decision)
  const written = await writing('a decision', () =>
    table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: item,
        ConditionExpression: 'attribute_not_exists(decision)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  )
  return written.outcome === 'written' ? { outcome: 'put' } : standing(item, winnerIn(written.error))
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
): Promise<PutOnce<PaymentDecision> | { readonly outcome: 'already-paid' }> {
  if (bills === undefined) throw new Defect('TABLE_UNKNOWN', 'expected the name of table bills to pay a bill, got none')
  const item = decisionItem(decision)
  const paidBy = paymentKey(decision.channel, decision.paymentId)
  const written = await writing('the decision of a bill', () =>
    table.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Put: {
              TableName: table.name,
              Item: item,
              ConditionExpression: 'attribute_not_exists(decision)',
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
          {
            Update: {
              TableName: bills,
              Key: { billCode: text(billCode), part: text('bill') },
              UpdateExpression: 'SET paidBy = :paidBy',
              ConditionExpression: 'attribute_exists(billCode) AND attribute_not_exists(paidBy)',
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
  if (bill.paidBy?.S === paidBy) return putDecision(table, decision)
  return { outcome: 'already-paid' }
}

/**
 * Here the same content may be another request (a partner's repeat is alike), so each put carries a mark of its own: a winner
 * with our mark is our earlier try.
 */
async function putExternalId(
  table: DecisionsTable,
  external: ExternalIdItem,
  now: Instant,
): Promise<PutOnce<ExternalIdItem>> {
  const item = externalIdItem(external)
  const written = await writing('an external id', () =>
    table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: item,
        // Deletion of what expired takes its time; until then the item counts as absent.
        ConditionExpression: 'attribute_not_exists(decision) OR #until < :now',
        ExpressionAttributeNames: { '#until': 'x' },
        ExpressionAttributeValues: { ':now': whole(now) },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  )
  if (written.outcome === 'written') return { outcome: 'put' }
  const winner = winnerIn(written.error)
  return sameItem(winner, item) ? { outcome: 'put' } : { outcome: 'exists', existing: readExternalId(winner) }
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
