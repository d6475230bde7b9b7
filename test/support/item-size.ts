/**
 * How many bytes an item has for DynamoDB, by its published rules: a name is its UTF-8 bytes, text likewise, bytes as they are,
 * a number one byte per two significant digits and one more (and one for a minus), true, false and null one byte, a list or map
 * three bytes, one per entry and what is in it. Index keys and projections count by the same rules.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb'

export function itemSize(item: Readonly<Record<string, AttributeValue>>): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + utf8(name) + valueSize(value), 0)
}

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return utf8(value.S)
  if (value.N !== undefined) return numberSize(value.N)
  if (value.B !== undefined) return value.B.length
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1
  if (value.L !== undefined) return 3 + value.L.reduce((sum, entry) => sum + 1 + valueSize(entry), 0)
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemSize(value.M)
  if (value.SS !== undefined) return value.SS.reduce((sum, entry) => sum + utf8(entry), 0)
  if (value.NS !== undefined) return value.NS.reduce((sum, entry) => sum + numberSize(entry), 0)
  return (value.BS ?? []).reduce((sum, entry) => sum + entry.length, 0)
}

/** Trailing and leading zeros do not count; a digit pair that straddles takes a byte of its own, so the odd digit rounds up. */
function numberSize(number: string): number {
  const digits = number.replace(/[-+.]/g, '').replace(/^0+/, '').replace(/0+$/, '')
  return 1 + Math.ceil(digits.length / 2) + (number.startsWith('-') ? 1 : 0)
}

function utf8(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
