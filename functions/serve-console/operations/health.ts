/** `GET /healthz`: a consistent read of a table, because the hub can serve when its store can. Throws what the store throws. */
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { json } from '../http/reply.ts'
import type { ConsolePorts } from '../ports.ts'

/** Any KPJ does: whether the table answers is the question. */
const NO_MEMBERSHIP = kpjOf('00000000000')

export async function showHealth({ memberships }: ConsolePorts) {
  await memberships.get(NO_MEMBERSHIP)
  return json(200, { status: 'ok' })
}
