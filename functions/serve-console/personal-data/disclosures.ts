/**
 * `POST /api/disclosures`: one person's personal data in full, for a reason that stands in the body and in the trace. The answer
 * is to be shown and forgotten: nothing of it is kept, here or by its caller.
 */
import { formatUtc } from '../../../shared/domain/instant.ts'
import { json } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { unknownMembership } from '../memberships/kpj-parameter.ts'
import type { ConsolePorts } from '../ports.ts'
import type { DisclosureRequest } from './schemas.ts'

export async function disclose({ contacts }: ConsolePorts, { body, now }: Call<{ body: DisclosureRequest }>) {
  const contact = await contacts.get(body.kpj)
  if (!contact) return unknownMembership()
  const { kpj, name, nik, phone, email } = contact
  return json(200, { kpj, name, nik, phone, email, reason: body.reason, at: formatUtc(now) })
}
