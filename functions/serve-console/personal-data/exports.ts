/**
 * `POST /api/exports`: a table that was read page by page becomes a file. The call records who takes out how many rows under
 * which name, and says no beyond a day's limit (http/export-limit.ts); the rows themselves were answered, and traced, by the calls
 * that read them. Who may read rows can copy them by hand.
 */
import { leftAfter } from '../../../shared/domain/export-limits.ts'
import { businessDateOf, formatUtc } from '../../../shared/domain/instant.ts'
import { exportLimit, takenOn } from '../http/export-limit.ts'
import { traceOf } from '../http/read-trace.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { ExportRequest } from './schemas.ts'

export async function recordExport({ readTraces }: ConsolePorts, call: Call<{ body: ExportRequest }>) {
  const { body, now } = call
  if (call.actor === null) return problem('NOT_ALLOWED', 'expected a token that names who exports')
  const today = businessDateOf(now)
  const left = leftAfter(await takenOn(readTraces, call.actor, today), body.rows, today)
  if (!left) return exportLimit(today)
  const name = `${body.table}-${today}.${body.format}`
  await readTraces.put([
    traceOf(call, 'POST /api/exports', 0, { shown: 'file', account: null, file: { name, rows: body.rows } }),
  ])
  return json(201, { name, rowsLeft: left.rows, filesLeft: left.files, at: formatUtc(now) })
}
