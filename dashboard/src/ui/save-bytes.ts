/** A file for the person, as the API gave it: saved under a name, never opened in the page. */
const KEPT_MILLIS = 10_000

export function saveBytes(name: string, bytes: Blob): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MILLIS)
}
