/**
 * Table `memberships` in DynamoDB. Promises that a view is written only over the version that was read, and that a repeat
 * of our own put is known by its content. The port is memberships.ts, the layout item.ts.
 */

import { PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { type Kpj, parseKpj } from '../../domain/kpj.ts'
import type { ParticipantHash } from '../../domain/participant.ts'
import type { Terms } from '../../domain/tariff.ts'
import { Defect } from '../../runtime/faults.ts'
import { type Item, readerOf, sameItem, text, whole } from '../attributes/item.ts'
import { parseFunding } from '../attributes/packed-terms.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import { BY_PARTICIPANT, type Tables } from '../tables.ts'
import { getView } from './fold-times.ts'
import { readView, viewItem } from './item.ts'
import type { MembershipStore, MembershipView, ViewPage } from './memberships.ts'

export function dynamoMemberships(client: DynamoClient, tables: Pick<Tables, 'memberships'>): MembershipStore {
  const table = { client, name: tables.memberships }
  return {
    get: async (kpj) => {
      const item = await getView(client, table.name, kpj)
      return item && readView(item)
    },
    put: (view) => putView(table, view),
    ofParticipant: (participant) => viewsOfParticipant(table, participant),
    scan: (segment, segments) => scanViews(table, segment, segments),
    scanPage: (segment, segments, from) => pageOfViews(table, segment, segments, from),
  }
}

/** An eighth of what one call may read: a page of a megabyte, taken apart, costs its reader ten times that in memory. */
const VIEWS_PER_PAGE = 500

type MembershipsTable = { readonly client: DynamoClient; readonly name: string }

/** Same version and same content there: our own earlier try, whose answer was lost, or a fold that came to the same. */
async function putView(table: MembershipsTable, view: MembershipView): Promise<'put' | 'conflict'> {
  const item = viewItem(view)
  const expected =
    view.version === 1
      ? { ConditionExpression: 'attribute_not_exists(kpj)' }
      : { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': whole(view.version - 1) } }
  const written = await writing('a view', () =>
    table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: item,
        ...expected,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  )
  if (written.outcome === 'written') return 'put'
  return sameItem((written.error as { readonly Item?: Item }).Item, item) ? 'put' : 'conflict'
}

async function viewsOfParticipant(table: MembershipsTable, participant: ParticipantHash) {
  const found: { readonly kpj: Kpj; readonly funding: Terms['funding'] }[] = []
  let start: Item | undefined
  do {
    const page = await reading('the memberships of a participant', () =>
      table.client.send(
        new QueryCommand({
          TableName: table.name,
          IndexName: BY_PARTICIPANT,
          KeyConditionExpression: 'participant = :participant',
          ExpressionAttributeValues: { ':participant': text(participant) },
          ExclusiveStartKey: start,
        }),
      ),
    )
    for (const item of page.Items ?? []) {
      const read = readerOf('memberships (by participant)', item)
      found.push({ kpj: read.parsed('kpj', parseKpj), funding: read.parsed('funding', parseFunding) })
    }
    start = page.LastEvaluatedKey
  } while (start)
  return found
}

async function* scanViews(table: MembershipsTable, segment: number, segments: number): AsyncGenerator<MembershipView> {
  let start: Item | undefined
  do {
    const page = await reading('the views', () =>
      table.client.send(
        new ScanCommand({ TableName: table.name, Segment: segment, TotalSegments: segments, ExclusiveStartKey: start }),
      ),
    )
    for (const item of page.Items ?? []) yield readView(item)
    start = page.LastEvaluatedKey
  } while (start)
}

async function pageOfViews(
  table: MembershipsTable,
  segment: number,
  segments: number,
  from: string | null,
): Promise<ViewPage> {
  const { Items: items = [], LastEvaluatedKey: last } = await reading('the views', () =>
    table.client.send(
      new ScanCommand({
        TableName: table.name,
        Segment: segment,
        TotalSegments: segments,
        Limit: VIEWS_PER_PAGE,
        ...(from === null ? {} : { ExclusiveStartKey: { kpj: text(from) } }),
      }),
    ),
  )
  const views: MembershipView[] = []
  const unreadable: string[] = []
  for (const item of items) {
    try {
      views.push(readView(item))
    } catch (error) {
      if (!(error instanceof Defect)) throw error
      unreadable.push(item.kpj?.S ?? '')
    }
  }
  return { views, unreadable, next: last?.kpj?.S ?? null }
}
