/**
 * What the audits of the ledger found, in table `statistics`: one line per day and subject, of the latest audit that began.
 *
 * | set | entry | |
 * |---|---|---|
 * | `audit#<day>` | `<source>` | the facts of a source's business day |
 * | | `recorded` | the accounts for which finance recorded something on that day |
 * | | `chain`, `books` | the audit chain, held against its anchors; what people recorded in the books, held against it |
 * | | `accounts#<segment>`, `decisions#<segment>` | a part of everything, of an audit that began on that day |
 * | | `bill#<bill code>`, `decision#<payment>` | one that was found wrong |
 *
 * Holds ids, codes and sums, no name, no NIK. Producer: functions/audit-ledger. Reader: functions/serve-console (audits).
 */
import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import type { BusinessDate, Instant } from '../../domain/instant.ts'
import { type Item, readerOf, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'

/** What an audit can find, in the words of its finding. The runbook says what each means. */
export const AUDIT_DIFFERENCES = [
  'sums-differ',
  'index-differs',
  'places-differ',
  'view-differs',
  'fact-without-decision',
  'decision-without-fact',
  'decision-without-evidence',
  'not-authentic',
  'price-differs',
  'payer-differs',
  'fact-without-resolution',
  'share-without-payment',
  'shares-differ',
  'moves-nothing',
  'exit-without-half',
  'record-without-entry',
  'unreadable-item',
  'chain-broken',
] as const
export type AuditDifference = (typeof AUDIT_DIFFERENCES)[number]

/** Whole rupiah. `billed` is money of bills, which lies with their members as shares. */
export type AuditSums = {
  readonly collected: number
  readonly allocated: number
  readonly credit: number
  readonly suspense: number
  readonly reversed: number
  readonly billed: number
}

export type AuditSample = { readonly difference: AuditDifference; readonly account: string; readonly fact: string }

export type AuditTally = {
  /** Accounts, bills or decisions looked at. */
  readonly looks: number
  /** Facts that brought money. */
  readonly facts: number
  readonly sums: AuditSums
  readonly differences: Readonly<Partial<Record<AuditDifference, number>>>
  /** The first of them. */
  readonly samples: readonly AuditSample[]
}

export type AuditLine = AuditTally & {
  readonly day: BusinessDate
  readonly subject: string
  readonly startedAt: Instant
  readonly finishedAt: Instant
  /** Of subject `chain`, where it is whole: how many anchors vouch for it, and for how many of its entries. */
  readonly anchored?: { readonly anchors: number; readonly entries: number }
}

export type LedgerAuditStore = {
  /** Stands unless a later audit's line is there. */
  readonly put: (line: AuditLine) => Promise<void>
  /** All lines of a day, by subject; consistent. */
  readonly ofDay: (day: BusinessDate) => Promise<readonly AuditLine[]>
}

export function dynamoLedgerAudits(client: DynamoClient, { statistics }: Pick<Tables, 'statistics'>): LedgerAuditStore {
  return {
    put: async (line) => {
      const command = {
        TableName: statistics,
        Item: lineItem(line),
        ConditionExpression: 'attribute_not_exists(entry) OR startedAt <= :startedAt',
        ExpressionAttributeValues: { ':startedAt': whole(line.startedAt) },
      }
      await writing('a line of an audit', () => client.send(new PutItemCommand(command)))
    },
    ofDay: async (day) => {
      const lines: AuditLine[] = []
      let start: Item | undefined
      do {
        const command: ConstructorParameters<typeof QueryCommand>[0] = {
          TableName: statistics,
          KeyConditionExpression: '#set = :set',
          ExpressionAttributeNames: { '#set': 'set' },
          ExpressionAttributeValues: { ':set': text(`audit#${day}`) },
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }
        const page = await reading('an audit', () => client.send(new QueryCommand(command)))
        lines.push(...(page.Items ?? []).map(readLine))
        start = page.LastEvaluatedKey
      } while (start)
      return lines
    },
  }
}

function lineItem(line: AuditLine): Item {
  return {
    set: text(`audit#${line.day}`),
    entry: text(line.subject),
    startedAt: whole(line.startedAt),
    line: text(JSON.stringify(line)),
  }
}

/** Only this file writes these lines. */
function readLine(item: Item): AuditLine {
  const read = readerOf('statistics (audit)', item)
  return read.parsed('line', (json) => {
    try {
      return JSON.parse(json) as AuditLine
    } catch {
      return undefined
    }
  })
}
