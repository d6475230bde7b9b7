/** A record of the stream of table `audit` as what is done about it. Nothing is refused: what cannot be read says so. */
import type { DynamoDBRecord } from 'aws-lambda'
import type { Item } from '../../shared/store/attributes/item.ts'
import { readAuditEntry } from '../../shared/store/audit/item.ts'
import type { ChainRecord } from './anchor-audit.ts'

export function readChainRecord({ eventName, dynamodb }: DynamoDBRecord): ChainRecord {
  if (eventName !== 'INSERT') return { kind: 'touched' }
  try {
    const { sequence, hash } = readAuditEntry(dynamodb?.NewImage as Item)
    return { kind: 'appended', head: { sequence, hash } }
  } catch {
    return { kind: 'unreadable' }
  }
}
