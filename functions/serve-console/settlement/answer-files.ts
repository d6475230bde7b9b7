/**
 * `GET /api/settlements/{channel}/{date}/answer-file`: the answers that were given to the channel's file of a day, and with
 * `format=csv` one of them as it lies for the channel to fetch. Who writes them: functions/reconcile-settlement/write-answer.ts.
 */
import { formatUtc, parseBusinessDate } from '../../../shared/domain/instant.ts'
import { Defect } from '../../../shared/runtime/faults.ts'
import type { AnswerFile } from '../../../shared/store/settlements/records.ts'
import { type CsvReply, json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { AnswerFileQuery } from './statement-schemas.ts'
import { UNKNOWN_STATEMENT } from './statements.ts'

/** A function's reply has 6 MB at most. */
const BYTES_AT_MOST = 5_000_000

export async function showAnswerFile(
  ports: ConsolePorts,
  { path, query }: Call<{ path: { channel: string; date: string }; query: AnswerFileQuery }>,
) {
  const date = parseBusinessDate(path.date)
  const isKnown = date !== undefined && ports.channels.includes(path.channel)
  const answers = isKnown ? await ports.settlements.answers(path.channel, date) : []
  const asked = query.version === undefined ? answers.at(-1) : answers.find(({ version }) => version === query.version)
  if (!date || !asked) return problem('UNKNOWN_STATEMENT', `${UNKNOWN_STATEMENT}, whose file was answered`)
  if (query.format === 'csv') return download(ports, asked)
  return json(200, { channel: path.channel, date, answers: answers.map(describe) })
}

function describe({ version, name, sha256, bytes, counts, recordedAt, channel }: AnswerFile) {
  const { matched, awaited, missing, refused } = counts
  const place = `outgoing/${channel}/${name}`
  return { version, name, place, sha256, bytes, matched, awaited, missing, refused, writtenAt: formatUtc(recordedAt) }
}

async function download({ files }: ConsolePorts, { channel, name, bytes, counts }: AnswerFile) {
  if (bytes > BYTES_AT_MOST) {
    return problem(
      'ANSWER_FILE_TOO_LARGE',
      `expected a file of at most ${BYTES_AT_MOST} bytes; fetch outgoing/${channel}/${name} from the files bucket`,
    )
  }
  const body = await files.outgoing(channel, name)
  if (!body) throw new Defect('ANSWER_FILE_MISSING', 'expected an answer that was recorded to lie in the files bucket')
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  const rows = counts.matched + counts.awaited + counts.missing + counts.refused
  const reply: CsvReply = { kind: 'csv', fileName: name, text, rows, headers: {} }
  return reply
}
