/**
 * Table `memberships`: the view, derived from the facts by the fold. Nothing but functions/reconcile-membership writes it.
 *
 * | | key | |
 * |---|---|---|
 * | table | PK `kpj` | terms in force, paid-through, credit, status, next transition, as-of, version |
 * | index `byParticipant` | PK `participant` (keyed hash of the NIK) | projects funding only: a payment never writes it |
 */

import { GetItemCommand, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { MEMBERSHIP_STATUSES, type MembershipStatus, type Transition } from '../../domain/coverage.ts'
import { type BusinessDate, type Instant, instant, parseBusinessDate } from '../../domain/instant.ts'
import { type Kpj, parseKpj } from '../../domain/kpj.ts'
import { type Rupiah, rupiah } from '../../domain/money.ts'
import { type Month, parseMonth } from '../../domain/month.ts'
import { NOTICE_STAGES, type NoticeDue, type NoticeStage } from '../../domain/notice-stage.ts'
import { type ParticipantHash, parseParticipantHash } from '../../domain/participant.ts'
import type { Terms } from '../../domain/tariff.ts'
import { Defect } from '../../runtime/faults.ts'
import { type Item, type ItemReader, oneOf, orAbsent, readerOf, sameItem, text, whole } from '../attributes/item.ts'
import { parseFunding, parsePrograms, parseSector } from '../attributes/packed-terms.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import { BY_PARTICIPANT, type Tables } from '../tables.ts'

export type MembershipView = {
  readonly kpj: Kpj
  readonly participant: ParticipantHash
  readonly terms: Terms
  readonly regionCode: string
  readonly registeredOn: BusinessDate
  readonly paidThrough: Month | null
  readonly credit: Rupiah
  readonly status: MembershipStatus
  readonly nextTransition: Transition | null
  /** The notice that follows from the last change, as of `asOf`: its presence sends the stream's record to queue `notice`. */
  readonly noticeDue: NoticeDue | null
  /** How many facts this view was folded from: a view that then changes without a new fact is a defect. */
  readonly factCount: number
  /** The `now` of the fold; a fold's `now` is never earlier than this. */
  readonly asOf: Instant
  /** 1 at first; each write raises it by one and demands the one it read. */
  readonly version: number
}

export type MembershipStore = {
  /** Consistent. */
  readonly get: (kpj: Kpj) => Promise<MembershipView | undefined>
  /** Writes `view` if the stored version is `view.version - 1` (absent for 1). `conflict`: somebody else wrote, start over. */
  readonly put: (view: MembershipView) => Promise<'put' | 'conflict'>
  /** All memberships of a participant, from the index (eventually consistent), open or not. */
  readonly ofParticipant: (
    participant: ParticipantHash,
  ) => Promise<readonly { readonly kpj: Kpj; readonly funding: Terms['funding'] }[]>
  /** Every view, page by page; `segment` of `segments` for parallel scans. Eventually consistent. */
  readonly scan: (segment: number, segments: number) => AsyncIterable<MembershipView>
  /** One page of such a scan, at most 500 views, from after the KPJ `from`, which an earlier page of this segment held. */
  readonly scanPage: (segment: number, segments: number, from: string | null) => Promise<ViewPage>
}

export type ViewPage = {
  readonly views: readonly MembershipView[]
  /** KPJs of items that are no view; who scans for everybody must not stop at one. */
  readonly unreadable: readonly string[]
  /** Where the next page begins; null after the last. */
  readonly next: string | null
}

export function dynamoMemberships(client: DynamoClient, tables: Pick<Tables, 'memberships'>): MembershipStore {
  const table = { client, name: tables.memberships }
  return {
    get: async (kpj) => {
      const command = { TableName: table.name, Key: { kpj: text(kpj) }, ConsistentRead: true }
      const { Item: item } = await reading('a view', () => client.send(new GetItemCommand(command)))
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

/** Names in full: a view is far below the 1,024 bytes of one write unit, and the index needs `participant` and `funding`. */
export function viewItem(view: MembershipView): Item {
  return {
    kpj: text(view.kpj),
    participant: text(view.participant),
    sector: text(view.terms.sector),
    funding: text(view.terms.funding),
    programs: text(view.terms.programs),
    income: whole(view.terms.income),
    regionCode: text(view.regionCode),
    registeredOn: text(view.registeredOn),
    ...orAbsent('paidThrough', view.paidThrough, text),
    credit: whole(view.credit),
    status: text(view.status),
    ...orAbsent('nextOn', view.nextTransition?.on ?? null, text),
    ...orAbsent('nextTo', view.nextTransition?.to ?? null, text),
    ...orAbsent('noticeDue', view.noticeDue, ({ stage, month }) => text(`${month}#${stage}`)),
    factCount: whole(view.factCount),
    asOf: whole(view.asOf),
    version: whole(view.version),
  }
}

export function readView(item: Item): MembershipView {
  const read = readerOf('memberships', item)
  return {
    kpj: read.parsed('kpj', parseKpj),
    participant: read.parsed('participant', parseParticipantHash),
    terms: {
      sector: read.parsed('sector', parseSector),
      funding: read.parsed('funding', parseFunding),
      programs: read.parsed('programs', parsePrograms),
      income: read.counted('income', rupiah),
    },
    regionCode: read.text('regionCode'),
    registeredOn: read.parsed('registeredOn', parseBusinessDate),
    paidThrough: read.optional('paidThrough', (name) => read.parsed(name, parseMonth)),
    credit: read.counted('credit', rupiah),
    status: read.parsed('status', parseStatus),
    nextTransition: readTransition(read),
    noticeDue: read.optional('noticeDue', (name) => read.parsed(name, parseNoticeDue)),
    factCount: read.whole('factCount'),
    asOf: read.counted('asOf', instant),
    version: read.whole('version'),
  }
}

const parseStatus: (word: string) => MembershipStatus | undefined = oneOf(MEMBERSHIP_STATUSES)

function readTransition(read: ItemReader): Transition | null {
  if (!read.has('nextOn') && !read.has('nextTo')) return null
  return { on: read.parsed('nextOn', parseBusinessDate), to: read.parsed('nextTo', parseStatus) }
}

const parseStage: (word: string) => NoticeStage | undefined = oneOf(NOTICE_STAGES)

function parseNoticeDue(value: string): NoticeDue | undefined {
  const month = parseMonth(value.slice(0, 7))
  const stage = value[7] === '#' ? parseStage(value.slice(8)) : undefined
  return month && stage && { stage, month }
}
