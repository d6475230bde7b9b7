/**
 * `GET /api/differences/{id}/lines`: the lines of a difference that stands for many of its kind, page by page, as the day's last
 * run found them. A difference of one line has none here: its case says all.
 */
import { listOf } from '../../../shared/store/files/settled-lines.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { unknownDifference } from './differences.ts'
import type { DifferenceLinesQuery } from './statement-schemas.ts'
import { describeItem } from './statements.ts'

export async function listDifferenceLines(
  ports: ConsolePorts,
  { path, query: { page = 0 } }: Call<{ path: { id: string }; query: DifferenceLinesQuery }>,
) {
  const found = await ports.settlements.difference(path.id)
  if (!found) return unknownDifference()
  const { channel, date } = found
  const statement = await ports.settlements.statement(channel, date)
  const label = listOf(found.id)
  const pages = statement?.lines.pages[label] ?? 0
  if (!statement || pages === 0) return json(200, { items: [], next: null })
  if (page >= pages) return problem('INVALID_INPUT', 'query parameter page: expected the `next` of this list')
  const items = await ports.lines.page(channel, date, statement.lines, label, page)
  return json(200, { items: items.map(describeItem), next: page + 1 < pages ? String(page + 1) : null })
}
