/**
 * `POST /api/exports`: a table that was read page by page becomes a file. The call records who takes out how many rows under
 * which name, and says no beyond a day's limit; the rows themselves were answered, and traced, by the calls that read them.
 * It is a record and a brake, no barrier: who may read rows can copy them by hand. Two at the same moment may both pass.
 */
import { addDays, type BusinessDate, businessDateOf, formatUtc, startOfDay } from '../../../shared/domain/instant.ts'
import type { ReadTraceStore } from '../../../shared/store/read-traces/read-traces.ts'
import { traceOf } from '../http/read-trace.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { EXPORT_LIMITS, type ExportRequest } from './schemas.ts'

const PAGE = 500

type Taken = { readonly files: number; readonly rows: number }

export async function recordExport({ readTraces }: ConsolePorts, call: Call<{ body: ExportRequest }>) {
  const { body, now } = call
  if (call.actor === null) return problem('NOT_ALLOWED', 'expected a token that names who exports')
  const today = businessDateOf(now)
  const taken = await takenOn(readTraces, call.actor, today)
  const rowsLeft = EXPORT_LIMITS.rowsPerDay - taken.rows - body.rows
  const filesLeft = EXPORT_LIMITS.filesPerDay - taken.files - 1
  if (rowsLeft < 0 || filesLeft < 0) {
    const { rowsPerDay, filesPerDay } = EXPORT_LIMITS
    return problem('EXPORT_LIMIT', `expected at most ${rowsPerDay} rows and ${filesPerDay} files a day; go on tomorrow`)
  }
  const name = `${body.table}-${today}.${body.format}`
  await readTraces.put([
    traceOf(call, 'POST /api/exports', 0, { shown: 'file', account: null, file: { name, rows: body.rows } }),
  ])
  return json(201, { name, rowsLeft, filesLeft, at: formatUtc(now) })
}

/** Everything that this person took out on a day, files of the API included. */
async function takenOn(store: Pick<ReadTraceStore, 'ofActor'>, actor: string, day: BusinessDate): Promise<Taken> {
  const stretch = { from: startOfDay(day), to: startOfDay(addDays(day, 1)) }
  let taken: Taken = { files: 0, rows: 0 }
  let after: string | null = null
  do {
    const { traces, next } = await store.ofActor(actor, stretch, PAGE, after)
    for (const { file } of traces) {
      if (file !== null) taken = { files: taken.files + 1, rows: taken.rows + (file.rows ?? 0) }
    }
    after = next
  } while (after !== null)
  return taken
}
