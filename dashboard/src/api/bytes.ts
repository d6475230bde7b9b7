/** The bytes of a file that the API hands out: attachments and spreadsheets. Fails as `answerOf` does. */
import { ApiProblem, problemOf, signedFetch } from './client.ts'

export async function bytesOf(path: string): Promise<Blob> {
  const response = await signedFetch(new Request(path)).catch((reason: unknown): never => {
    throw reason instanceof ApiProblem ? reason : new ApiProblem('OFFLINE', 0, '')
  })
  if (response.ok) return response.blob()
  throw problemOf(response.status, await response.json().catch(() => undefined))
}
