/**
 * Which entries of table `settlements` wake the reconciliation, read from their keys (item.ts). What the stream lets through
 * (infra/outboxes.ts) and what is noted for the night (inputs.ts) is read here; any other entry is nobody's.
 */
import type { BusinessDate } from '../../domain/instant.ts'
import { BANK_CONFIRMATIONS, BANK_WAITING, BANK_WITHDRAWALS, ENTRY_PREFIXES } from './item.ts'

/** Channel and date of a part `day#…` or `files#…`; undefined for any other part. */
function dayOf(
  kind: 'day' | 'files',
  part: string,
): { readonly channel: string; readonly date: BusinessDate } | undefined {
  const [, of, channel, date] = /^(day|files)#([a-z][a-z0-9-]{0,30})#(\d{4}-\d{2}-\d{2})$/.exec(part) ?? []
  return of === kind ? { channel: channel as string, date: date as BusinessDate } : undefined
}

export type EntryKey =
  | { readonly kind: 'file' | 'resolution' | 'exit'; readonly channel: string; readonly date: BusinessDate }
  | { readonly kind: 'bank-withdrawal' | 'bank-confirmation' | 'bank-waiting'; readonly sha256: string }
  | { readonly kind: 'invoice'; readonly channel: string; readonly number: string }
  | { readonly kind: 'credit'; readonly bookedOn: BusinessDate; readonly id: string }
  | { readonly kind: 'placement'; readonly bookedOn: BusinessDate; readonly id: string; readonly version: number }

/** What wakes the reconciliation: a file, a resolution or an exit of a day, a statement withdrawn, confirmed or to be chained, a movement of the bank or its placement, an invoice; undefined for any other entry. */
export function parseEntryKey(part: string, entry: string): EntryKey | undefined {
  const files = dayOf('files', part)
  if (files && entry.startsWith(ENTRY_PREFIXES.file)) return { kind: 'file', ...files }
  const day = dayOf('day', part)
  // The day's files changed, as by a new one.
  if (day && entry.startsWith(ENTRY_PREFIXES.withdrawal)) return { kind: 'file', ...day }
  if (day && entry.startsWith(ENTRY_PREFIXES.resolution)) return { kind: 'resolution', ...day }
  const [, invoicing] = /^fee-invoices#([a-z][a-z0-9-]{0,30})$/.exec(part) ?? []
  if (invoicing && entry.startsWith(ENTRY_PREFIXES.invoice)) {
    const number = decodeURIComponent(entry.slice(ENTRY_PREFIXES.invoice.length))
    return { kind: 'invoice', channel: invoicing, number }
  }
  if (day && entry.startsWith(ENTRY_PREFIXES.exit)) return { kind: 'exit', ...day }
  const [, sha256] = (part === BANK_WITHDRAWALS && /^withdrawal#([0-9a-f]{64})#(?:rejected-)?\d{4,}$/.exec(entry)) || []
  if (sha256) return { kind: 'bank-withdrawal', sha256 }
  const [, confirmed] = (part === BANK_CONFIRMATIONS && /^confirmation#([0-9a-f]{64})#\d{4,}$/.exec(entry)) || []
  if (confirmed) return { kind: 'bank-confirmation', sha256: confirmed }
  const [, waiting] = (part === BANK_WAITING && /^chain#([0-9a-f]{64})#\d+#[^#]*$/.exec(entry)) || []
  if (waiting) return { kind: 'bank-waiting', sha256: waiting }
  return movementKey(part, entry)
}

function movementKey(part: string, entry: string): EntryKey | undefined {
  const [, of, bookedText] = /^(bank|placements)#(\d{4}-\d{2}-\d{2})$/.exec(part) ?? []
  const bookedOn = bookedText as BusinessDate
  const [, credit] = (of === 'bank' && /^credit#([^#]+)$/.exec(entry)) || []
  if (credit) return { kind: 'credit', bookedOn, id: decodeURIComponent(credit) }
  const [, placed, version] = (of === 'placements' && /^placement#([^#]+)#(\d{4,})$/.exec(entry)) || []
  return placed ? { kind: 'placement', bookedOn, id: decodeURIComponent(placed), version: Number(version) } : undefined
}
