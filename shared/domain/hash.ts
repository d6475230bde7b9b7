/** FNV-1a, 32 bits, over the text's UTF-16 units: spreads keys over shards, parts and buckets. Stable for ever; no secret. */
export function stableHash(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
