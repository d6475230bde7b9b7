/** An entry of the audit chain as an item. Promise: equal entries are equal items. */
import type { ActingPerson } from '../../domain/acting-person.ts'
import { instant } from '../../domain/instant.ts'
import { type Item, type ItemReader, oneOf, orAbsent, readerOf, text, whole } from '../attributes/item.ts'
import { AUDIT_ACTIONS, type AuditEntry, type Plain } from './audit.ts'

export const CHAIN = 'decisions'

export function auditItem(entry: AuditEntry): Item {
  return {
    chain: text(CHAIN),
    sequence: whole(entry.sequence),
    at: whole(entry.at),
    actor: text(entry.actor),
    ...orAbsent('person', entry.person ?? null, (person) => text(canonical(person))),
    action: text(entry.action),
    subject: text(entry.subject),
    detail: text(canonical(entry.detail)),
    previous: text(entry.previous),
    hash: text(entry.hash),
  }
}

/** Names in order, no white space: equal values are equal texts. */
export function canonical(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value as Readonly<Record<string, Plain | undefined>>)
    .filter((field): field is [string, Plain] => field[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`
}

export function readAuditEntry(item: Item): AuditEntry {
  const read = readerOf('audit', item)
  if (read.text('chain') !== CHAIN) throw read.broken('chain', `"${CHAIN}"`)
  return {
    sequence: read.whole('sequence'),
    at: read.counted('at', instant),
    actor: read.text('actor'),
    ...personOf(read),
    action: read.parsed('action', oneOf(AUDIT_ACTIONS)),
    subject: read.text('subject'),
    detail: read.parsed('detail', parseJson),
    previous: read.text('previous'),
    hash: read.text('hash'),
  }
}

/** What `auditItem` wrote; what it did not write is found by the hash. */
function personOf(read: ItemReader): Pick<AuditEntry, 'person'> {
  const person = read.optional('person', (name) => read.parsed(name, parseJson))
  return person === null ? {} : { person: person as ActingPerson }
}

function parseJson(json: string): Plain | undefined {
  try {
    return JSON.parse(json) as Plain
  } catch {
    return undefined
  }
}
