/** `GET /api/functions`: how each function of the hub did in the last 24 hours, as the metrics say (figures.ts). */
import { formatUtc } from '../../../shared/domain/instant.ts'
import { json } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { HubFigures } from './figures.ts'

export async function listFunctions({ figures }: Pick<ConsolePorts, 'figures'>, { now }: Pick<Call, 'now'>) {
  const found = await figures(now)
  return json(200, { asOf: formatUtc(now), measured: spanOf(found), items: found?.functions ?? [] })
}

/** null: there are no figures now. */
export function spanOf(figures: HubFigures | null) {
  return figures && { from: formatUtc(figures.from), to: formatUtc(figures.to) }
}
