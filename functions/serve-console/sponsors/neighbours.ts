/**
 * `POST /api/sponsors/{sponsor}/neighbours`: a person names people nearby for whom it pays, without a file. They become a list of the
 * person's program and go the way of every list: judged, enrolled, and billed by one code.
 */
import { inForce } from '../../../shared/domain/effective-dated.ts'
import { businessDateOf } from '../../../shared/domain/instant.ts'
import { listOfNeighbours, MOST_NEIGHBOURS } from '../../../shared/domain/sponsors/neighbours.ts'
import type { SponsorId } from '../../../shared/domain/sponsors/sponsor.ts'
import { problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { ListQuery, NeighboursRequest } from './cohort-schemas.ts'
import { receiveList } from './cohorts.ts'
import { unknownSponsor } from './parameters.ts'

export async function receiveNeighbours(
  ports: ConsolePorts,
  call: Call<{ path: { sponsor: SponsorId }; query: ListQuery; body: NeighboursRequest }>,
) {
  const { people } = call.body
  const sponsor = await ports.sponsors.sponsor(call.path.sponsor)
  if (!sponsor) return unknownSponsor()
  if (sponsor.kind !== 'person') {
    return problem('STEP_DOES_NOT_FIT', 'expected a sponsor that is a person; an organisation sends a list')
  }
  const most = inForce('mostNeighbours', MOST_NEIGHBOURS, businessDateOf(call.now))
  if (people.length > most) return problem('INVALID_INPUT', `field people: expected at most ${most} people`)
  return receiveList(ports, { ...call, body: Buffer.from(listOfNeighbours(people)) })
}
