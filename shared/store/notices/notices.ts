/**
 * Table `notices`: that a notice is sent at most once. Reserved first, then the facts are read, then the provider is called.
 *
 * | item | key | |
 * |---|---|---|
 * | notice | PK `kpj`, SK `<month>#<stage>` | state, attempt, channel, the provider's id; two years |
 * | day | PK `kpj`, SK `day#<WIB date>` | which notice the member hears on that day: one, never two |
 *
 * ```
 * absent, obsolete, unreachable --reservation--> reserved --> sent | failed | unknown      these are for ever
 *                                             |------> obsolete (a payment came)   |--> released: nothing was sent
 * ```
 * A reservation whose process died stays `reserved`; fifteen minutes later it is unknown, which only a reader says.
 * Holds no name, no number and no text.
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
import type { Month } from '../../domain/month.ts'
import type { NoticeChannel } from '../../domain/notice-preferences.ts'
import type { NoticeStage } from '../../domain/notice-stage.ts'
import { type Item, orAbsent, sameItem, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { cancellations, failedCondition, reading, writing } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import { dayItem, dayKeyOf, noticeItem, noticeKeyOf, readNotice, sortKeyOf } from './item.ts'

/** `failed`: every way refused it, definitely. `unknown`: it may have gone out. `unreachable`: no way was left to try. */
export const NOTICE_STATES = ['reserved', 'sent', 'failed', 'unknown', 'obsolete', 'unreachable'] as const
export type NoticeState = (typeof NOTICE_STATES)[number]

export type NoticeKey = { readonly kpj: Kpj; readonly month: Month; readonly stage: NoticeStage }

export type Notice = NoticeKey & {
  readonly state: NoticeState
  /** Drawn for each reservation: who holds it. */
  readonly attempt: string
  readonly reservedAt: Instant
  readonly changedAt: Instant
  readonly channel: NoticeChannel | null
  /** The provider's own id of the message. */
  readonly messageId: string | null
  /** Why it failed or could not be sent: a code, never what a provider said. */
  readonly code: string | null
}

export type NoticeReservation = NoticeKey & { readonly attempt: string; readonly reservedAt: Instant }
export type NoticeEnding = Pick<Notice, 'channel' | 'messageId' | 'code'> & {
  readonly state: 'sent' | 'failed' | 'unknown'
}

export type NoticeStore = {
  /** All of a member, by month and stage. Consistent. */
  readonly ofMember: (kpj: Kpj) => Promise<readonly Notice[]>
  /** `taken`: somebody else's, or done. `told-today`: the member hears something else on this day. */
  readonly reserve: (reservation: NoticeReservation) => Promise<'reserved' | 'taken' | 'told-today'>
  /** Ends a reservation that is still this attempt's; otherwise nothing happens. */
  readonly finish: (reservation: NoticeReservation, ending: NoticeEnding, at: Instant) => Promise<void>
  /** Nothing was sent because nothing is owed any more: the day is free, and so is the notice should it be due again. */
  readonly giveUp: (reservation: NoticeReservation, at: Instant) => Promise<void>
  /** Nothing was sent and the message comes again: as if it had never been reserved. */
  readonly release: (reservation: NoticeReservation) => Promise<void>
  /** Notes that there was no way to send it; a later look may reservation it all the same. */
  readonly noteUnreachable: (reservation: NoticeReservation, code: string) => Promise<void>
}

const MAY_BE_CLAIMED = 'attribute_not_exists(notice) OR #state IN (:obsolete, :unreachable)'
const STATES_TO_CLAIM = { ':obsolete': text('obsolete'), ':unreachable': text('unreachable') }

type Table = { readonly client: DynamoClient; readonly name: string }

export function dynamoNotices(client: DynamoClient, tables: Pick<Tables, 'notices'>): NoticeStore {
  const table = { client, name: tables.notices }
  return {
    ofMember: (kpj) => noticesOf(table, kpj),
    reserve: (reservation) => putDecision(table, reservation),
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

async function putDecision(table: Table, reservation: NoticeReservation): Promise<'reserved' | 'taken' | 'told-today'> {
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
              ConditionExpression: MAY_BE_CLAIMED,
              ExpressionAttributeNames: { '#state': 'state' },
              ExpressionAttributeValues: STATES_TO_CLAIM,
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
          {
            Put: {
              TableName: table.name,
              Item: day,
              ConditionExpression: 'attribute_not_exists(notice) OR told = :told',
              ExpressionAttributeValues: { ':told': text(sortKeyOf(reservation)) },
            },
          },
        ],
      }),
    ),
  )
  if (written.outcome === 'written') return 'reserved'
  const reasons = cancellations(written.error) ?? []
  if (!failedCondition(reasons, 0)) return 'told-today'
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

type Leaving =
  | { readonly Put: { readonly TableName: string; readonly Item: Item } }
  | { readonly Delete: { readonly TableName: string; readonly Key: Item } }

/** One transaction: the notice leaves its reservation, the day is free again. A failed condition means that it was done before. */
async function leave(table: Table, reservation: NoticeReservation, leaving: Leaving): Promise<void> {
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
      ConditionExpression: 'attribute_not_exists(notice) OR told = :told',
      ExpressionAttributeValues: { ':told': text(sortKeyOf(reservation)) },
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
        ConditionExpression: MAY_BE_CLAIMED,
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: STATES_TO_CLAIM,
      }),
    ),
  )
}

const NOTHING_YET = { channel: null, messageId: null, code: null }

function obsoleteItem(reservation: NoticeReservation, at: Instant): Item {
  return noticeItem({ ...reservation, ...NOTHING_YET, state: 'obsolete', changedAt: at })
}

/** A reservation that its process left behind: by then every call of it has ended, one way or the other. */
export const RESERVATION_LEFT_MILLIS = 15 * 60_000

/** What a notice is at `now`: of a reservation that was left behind nobody knows what became. */
export function stateAt({ state, reservedAt }: Notice, now: Instant): NoticeState {
  return state === 'reserved' && now - reservedAt >= RESERVATION_LEFT_MILLIS ? 'unknown' : state
}
