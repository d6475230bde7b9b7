/**
 * Table `notices` in DynamoDB: each step is one conditional write or one transaction. Promises that a reservation is ended
 * only by the attempt that made it. The port is notices.ts, the layout item.ts.
 */

import {
  type AttributeValue,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { Instant } from '../../domain/instant.ts'
import type { Kpj } from '../../domain/kpj.ts'
import { type Item, orAbsent, sameItem, text, whole } from '../attributes/item.ts'
import { packNoticeDue } from '../attributes/notice-due.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { cancellations, failedCondition, reading, writing } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import { dayItem, dayKeyOf, noticeItem, noticeKeyOf, readNotice } from './item.ts'
import type { Notice, NoticeEnding, NoticeReservation, NoticeStore } from './notices.ts'

const MAY_BE_RESERVED = 'attribute_not_exists(notice) OR #state IN (:obsolete, :unreachable)'

const RESERVABLE_STATES = { ':obsolete': text('obsolete'), ':unreachable': text('unreachable') }

type Table = { readonly client: DynamoClient; readonly name: string }

export function dynamoNotices(client: DynamoClient, tables: Pick<Tables, 'notices'>): NoticeStore {
  const table = { client, name: tables.notices }
  return {
    ofMember: (kpj) => noticesOf(table, kpj),
    reserve: (reservation) => reserve(table, reservation),
    finish: (reservation, ending, at) => finish(table, reservation, ending, at),
    giveUp: (reservation, at) =>
      leave(table, reservation, { Put: { TableName: table.name, Item: obsoleteItem(reservation, at) } }),
    release: (reservation) =>
      leave(table, reservation, { Delete: { TableName: table.name, Key: noticeKeyOf(reservation) } }),
    noteUnreachable: (reservation, code) => noteUnreachable(table, reservation, code),
  }
}

async function noticesOf(table: Table, kpj: Kpj): Promise<readonly Notice[]> {
  const found: Notice[] = []
  let start: Item | undefined
  do {
    const page = await reading('the notices of a member', () =>
      table.client.send(
        new QueryCommand({
          TableName: table.name,
          // Months begin with a digit, the day's items with a letter.
          KeyConditionExpression: 'kpj = :kpj AND notice < :days',
          ExpressionAttributeValues: { ':kpj': text(kpj), ':days': text('day#') },
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      ),
    )
    found.push(...(page.Items ?? []).map(readNotice))
    start = page.LastEvaluatedKey
  } while (start)
  return found
}

async function reserve(table: Table, reservation: NoticeReservation): Promise<'reserved' | 'taken' | 'notified-today'> {
  const item = noticeItem({ ...reservation, ...NOTHING_YET, state: 'reserved', changedAt: reservation.reservedAt })
  const day = dayItem(reservation)
  const written = await writing('the reservation of a notice', () =>
    table.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Put: {
              TableName: table.name,
              Item: item,
              ConditionExpression: MAY_BE_RESERVED,
              ExpressionAttributeNames: { '#state': 'state' },
              ExpressionAttributeValues: RESERVABLE_STATES,
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
          {
            Put: {
              TableName: table.name,
              Item: day,
              ConditionExpression: 'attribute_not_exists(notice) OR dueNotice = :due',
              ExpressionAttributeValues: { ':due': text(packNoticeDue(reservation)) },
            },
          },
        ],
      }),
    ),
  )
  if (written.outcome === 'written') return 'reserved'
  const reasons = cancellations(written.error) ?? []
  if (!failedCondition(reasons, 0)) return 'notified-today'
  // The attempt is drawn anew for each reservation: exactly this item there is our own earlier try, whose answer was lost.
  return sameItem(reasons[0]?.Item, item) ? 'reserved' : 'taken'
}

async function finish(table: Table, reservation: NoticeReservation, ending: NoticeEnding, at: Instant): Promise<void> {
  const changes = { ...orAbsent('channel', ending.channel, text), ...orAbsent('messageId', ending.messageId, text) }
  const all: Item = {
    state: text(ending.state),
    changedAt: whole(at),
    ...changes,
    ...orAbsent('code', ending.code, text),
  }
  const names = Object.keys(all)
  await writing('the end of a notice', () =>
    table.client.send(
      new UpdateItemCommand({
        TableName: table.name,
        Key: noticeKeyOf(reservation),
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ConditionExpression: 'attempt = :attempt AND #state = :reserved',
        // Through names of their own: some of them are words that expressions reserve.
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(names.map((name) => [`:${name}`, all[name] as AttributeValue])),
          ':attempt': text(reservation.attempt),
          ':reserved': text('reserved'),
        },
      }),
    ),
  )
}

type ReservationEnd =
  | { readonly Put: { readonly TableName: string; readonly Item: Item } }
  | { readonly Delete: { readonly TableName: string; readonly Key: Item } }

/** One transaction: the notice leaves its reservation, the day is free again. A failed condition means that it was done before. */
async function leave(table: Table, reservation: NoticeReservation, leaving: ReservationEnd): Promise<void> {
  const held = {
    ConditionExpression: 'attempt = :attempt AND #state = :reserved',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':attempt': text(reservation.attempt), ':reserved': text('reserved') },
  }
  const notice = 'Put' in leaving ? { Put: { ...leaving.Put, ...held } } : { Delete: { ...leaving.Delete, ...held } }
  const day = {
    Delete: {
      TableName: table.name,
      Key: { kpj: text(reservation.kpj), notice: text(dayKeyOf(reservation)) },
      ConditionExpression: 'attribute_not_exists(notice) OR dueNotice = :due',
      ExpressionAttributeValues: { ':due': text(packNoticeDue(reservation)) },
    },
  }
  await writing('a notice that was not sent', () =>
    table.client.send(new TransactWriteItemsCommand({ TransactItems: [notice, day] })),
  )
}

async function noteUnreachable(table: Table, reservation: NoticeReservation, code: string): Promise<void> {
  const notice = {
    ...reservation,
    ...NOTHING_YET,
    code,
    state: 'unreachable',
    changedAt: reservation.reservedAt,
  } as const
  await writing('a notice without a way', () =>
    table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: noticeItem(notice),
        ConditionExpression: MAY_BE_RESERVED,
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: RESERVABLE_STATES,
      }),
    ),
  )
}

const NOTHING_YET = { channel: null, messageId: null, code: null }

function obsoleteItem(reservation: NoticeReservation, at: Instant): Item {
  return noticeItem({ ...reservation, ...NOTHING_YET, state: 'obsolete', changedAt: at })
}
