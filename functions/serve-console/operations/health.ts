/** `GET /healthz`: a consistent read of a table, because the hub can serve when its store can. Throws what the store throws. */
import { json } from '../http/reply.ts'
import type { ConsolePorts } from '../ports.ts'

export async function showHealth({ memberships }: ConsolePorts) {
  await memberships.get('00000000000')
  return json(200, { status: 'ok' })
}
