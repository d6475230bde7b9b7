/**
 * Table `claims`: what we told the partner. A claim is the decision on a payment id, put once and never changed.
 *
 * | item | PK `claim` | holds |
 * |---|---|---|
 * | decision | `<channel>#<paymentId>` | digests, account, decision, everything the payment's fact will hold |
 * | external id | `<channel>#<WIB date>#<X-EXTERNAL-ID>` | service, request id, facts digest; 3 days, readers filter on expiry |
 * | open self-paid membership | `nik#<keyed hash>` | the KPJ that this NIK pays for |
 *
 * Ids are percent-encoded. Producers: functions/answer-channel, functions/serve-console (nik items).
 * Consumers: the same, and settlement, which looks a claim up by the id in the file.
 */
import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import type { RefusalCode } from '../channels/channel.ts'
import type { PaymentTerms } from '../domain/fact.ts'
import type { Instant } from '../domain/instant.ts'
import type { Rupiah } from '../domain/money.ts'
import { Defect } from '../runtime/faults.ts'
import { claimItem, claimKey, externalIdItem, readClaim, readExternalId, selfPaidKey } from './claim-item.ts'
import { cancellations, failedCondition, reading, writing } from './dynamo-errors.ts'
import { type Item, readerOf, sameItem, text, whole } from './item.ts'
import type { Tables } from './tables.ts'

/** Keyed digests, one version byte first: they outlive the key that made them. */
export type PaymentDigests = {
  /** Of the customer id as sent. */
  readonly customer: Uint8Array
  /** Of all facts as sent: customer, product, months, amount, admin fee, payment id. */
  readonly facts: Uint8Array
}

export type ClaimDecision =
  | {
      readonly kind: 'accepted'
      readonly terms: PaymentTerms
      /** Since when the name that was printed had held; null where none was printed. A repeat prints that very name. */
      readonly nameFrom: Instant | null
    }
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | { readonly kind: 'reversed-first' }

export type Claim = {
  readonly channel: string
  readonly paymentId: string
  readonly customerDigest: Uint8Array
  /** null on a claim that no payment message made (`reversed-first`, posted from settlement): it is compared on what it holds. */
  readonly factsDigest: Uint8Array | null
  /** The amount that a claim posted from settlement is compared on; null elsewhere. */
  readonly settledAmount: Rupiah | null
  /** Resolved once, here: KPJ or bill code; null where the customer is unknown. A repeat never resolves again. */
  readonly account: string | null
  readonly decidedAt: Instant
  readonly hubReference: string
  /** Keyed digest of the signed request in the evidence store; null where none was kept (a reversal first). */
  readonly evidenceDigest: Uint8Array | null
  readonly decision: ClaimDecision
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
export type ClaimStore = {
  readonly get: (channel: string, paymentId: string) => Promise<Claim | undefined>
  /** Puts the claim if none is there; the loser gets the winner (from the failed condition itself, no second read). */
  readonly put: (claim: Claim) => Promise<PutOnce<Claim>>
  /**
   * One transaction for a bill: claim if absent, bill's paid-by if absent.
   * `exists` when the claim was there; `already-paid` when another payment holds paid-by (nothing is written then).
   */
  readonly putPayingBill: (
    claim: Claim,
    billCode: string,
  ) => Promise<PutOnce<Claim> | { readonly outcome: 'already-paid' }>
  readonly putExternalId: (item: ExternalIdItem, now: Instant) => Promise<PutOnce<ExternalIdItem>>
  /** The KPJ that is payable by this NIK, by its keyed hash; undefined when there is none. */
  readonly selfPaidMembership: (participant: string) => Promise<string | undefined>
  /** Takes the NIK for this KPJ; `exists` names the KPJ that has it (the same KPJ again counts as `put`). */
  readonly takeSelfPaid: (participant: string, kpj: string) => Promise<PutOnce<string>>
  /** Frees the NIK if this KPJ holds it; otherwise nothing happens. */
  readonly freeSelfPaid: (participant: string, kpj: string) => Promise<void>
}

/** `bills` is only used, and then needed, by `putPayingBill`. */
export function dynamoClaims(
  client: DynamoDBClient,
  tables: Pick<Tables, 'claims'> & { readonly bills?: string | undefined },
): ClaimStore {
  const table = { client, name: tables.claims }
  return {
    get: async (channel, paymentId) => {
      const item = await readItem(table, 'a claim', claimKey(channel, paymentId))
      return item && readClaim(item)
    },
    put: (claim) => putClaim(table, claim),
    putPayingBill: (claim, billCode) => putPayingBill(table, tables.bills, claim, billCode),
    putExternalId: (item, now) => putExternalId(table, item, now),
    selfPaidMembership: async (participant) => {
      const item = await readItem(table, 'a self-paid membership', selfPaidKey(participant))
      return item && readerOf('claims', item).text('kpj')
    },
    takeSelfPaid: (participant, kpj) => takeSelfPaid(table, participant, kpj),
    freeSelfPaid: (participant, kpj) => freeSelfPaid(table, participant, kpj),
  }
}

type ClaimsTable = { readonly client: DynamoDBClient; readonly name: string }

async function readItem(table: ClaimsTable, what: string, key: string): Promise<Item | undefined> {
  const command = { TableName: table.name, Key: { claim: text(key) }, ConsistentRead: true }
  return (await reading(what, () => table.client.send(new GetItemCommand(command)))).Item
}

async function putClaim(table: ClaimsTable, claim: Claim): Promise<PutOnce<Claim>> {
  const item = claimItem(claim)
  const written = await writing('a claim', () =>
    table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: item,
        ConditionExpression: 'attribute_not_exists(claim)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  )
  return written.outcome === 'written' ? { outcome: 'put' } : standing(item, winnerIn(written.error))
}

/** The same content is our own earlier try, whose answer was lost; a decision that fell twice alike is one decision. */
function standing(item: Item, winner: Item): PutOnce<Claim> {
  return sameItem(winner, item) ? { outcome: 'put' } : { outcome: 'exists', existing: readClaim(winner) }
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
  table: ClaimsTable,
  bills: string | undefined,
  claim: Claim,
  billCode: string,
): Promise<PutOnce<Claim> | { readonly outcome: 'already-paid' }> {
  if (bills === undefined) throw new Defect('TABLE_UNKNOWN', 'expected the name of table bills to pay a bill, got none')
  const item = claimItem(claim)
  const paidBy = claimKey(claim.channel, claim.paymentId)
  const written = await writing('the claim of a bill', () =>
    table.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Put: {
              TableName: table.name,
              Item: item,
              ConditionExpression: 'attribute_not_exists(claim)',
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
  // Paid by this very payment: its claim stands too, even where the answer names the bill only.
  if (bill.paidBy?.S === paidBy) return putClaim(table, claim)
  return { outcome: 'already-paid' }
}

/**
 * Here the same content may be another request (a partner's repeat is alike), so each put carries a mark of its own: a winner
 * with our mark is our earlier try.
 */
async function putExternalId(
  table: ClaimsTable,
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
        ConditionExpression: 'attribute_not_exists(claim) OR #until < :now',
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

async function takeSelfPaid(table: ClaimsTable, participant: string, kpj: string): Promise<PutOnce<string>> {
  const written = await writing('a self-paid membership', () =>
    table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: { claim: text(selfPaidKey(participant)), kpj: text(kpj) },
        ConditionExpression: 'attribute_not_exists(claim) OR kpj = :kpj',
        ExpressionAttributeValues: { ':kpj': text(kpj) },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  )
  if (written.outcome === 'written') return { outcome: 'put' }
  return { outcome: 'exists', existing: readerOf('claims', winnerIn(written.error)).text('kpj') }
}

async function freeSelfPaid(table: ClaimsTable, participant: string, kpj: string): Promise<void> {
  // A failed condition is an end as good as any: this KPJ does not hold the NIK.
  await writing('a self-paid membership', () =>
    table.client.send(
      new DeleteItemCommand({
        TableName: table.name,
        Key: { claim: text(selfPaidKey(participant)) },
        ConditionExpression: 'kpj = :kpj',
        ExpressionAttributeValues: { ':kpj': text(kpj) },
      }),
    ),
  )
}
