/** A record of a table's stream as what is counted of it. The items are those of shared/store; nothing is refused, an unreadable one says so. */
import type { DynamoDBRecord } from 'aws-lambda'
import { parseBusinessDate } from '../../shared/domain/instant.ts'
import type { CountedView } from '../../shared/domain/rolling-counts.ts'
import type { Item } from '../../shared/store/attributes/item.ts'
import { dayOfPartition } from '../../shared/store/facts/day-index.ts'
import { readDayEntry } from '../../shared/store/facts/item.ts'
import { readView } from '../../shared/store/memberships/item.ts'
import type { CountedTable } from '../../shared/store/rolling-counts/rolling-counts.ts'
import type { ActivityRecord } from './count-activity.ts'

export function readRecord(table: CountedTable, { dynamodb }: DynamoDBRecord): ActivityRecord {
  const sequence = dynamodb?.SequenceNumber ?? ''
  const [after, before] = [dynamodb?.NewImage as Item | undefined, dynamodb?.OldImage as Item | undefined]
  try {
    if (after === undefined) return { sequence, kind: 'nothing' }
    return table === 'facts' ? factRecord(sequence, after) : viewRecord(sequence, before, after)
  } catch {
    return { sequence, kind: 'unreadable' }
  }
}

/** Shares and their reversals lie in no day index: they were counted with their bill. */
function factRecord(sequence: string, item: Item): ActivityRecord {
  const partition = item.day?.S
  if (partition === undefined) return { sequence, kind: 'nothing' }
  const entry = readDayEntry(item)
  const day = parseBusinessDate(dayOfPartition(partition) ?? '')
  if (day === undefined) return { sequence, kind: 'unreadable' }
  const decidedAt = entry.decidedAt as Extract<ActivityRecord, { readonly kind: 'fact' }>['decidedAt']
  return { sequence, kind: 'fact', source: entry.source, day, decidedAt, entry }
}

function viewRecord(sequence: string, before: Item | undefined, after: Item): ActivityRecord {
  const view = readView(after)
  return {
    sequence,
    kind: 'view',
    before: before && countedOf(before),
    after: countedOf(after),
    writtenAt: view.asOf,
    activatedAfterMillis: view.activatedAfterMillis ?? null,
  }
}

function countedOf(item: Item): CountedView {
  const { status, terms, regionCode, credit, paidThrough } = readView(item)
  return { status, funding: terms.funding, regionCode, credit, paidThrough }
}
