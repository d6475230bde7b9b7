/** The text of a secret, read as a JSON object. Throws a TypeError that names the secret, and never what is in it. */
export function parseSecretObject(text: string, what: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The parser's own message would quote the text: it is dropped.
  }
  if (typeof value !== 'object' || value === null) throw new TypeError(`expected ${what} to be a JSON object`)
  return value as Record<string, unknown>
}
