/** Keys made of several texts: each part percent-encoded, joined by `#`, so that whatever a partner sends stays one part. */
export function joinKey(parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join('#')
}

/** The parts that `joinKey` joined; undefined for a text that it does not write. */
export function splitKey(text: string): readonly string[] | undefined {
  try {
    const parts = text.split('#').map(decodeURIComponent)
    return joinKey(parts) === text ? parts : undefined
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}
