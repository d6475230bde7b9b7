/**
 * Drops the answer to a channel's file where the channel fetches it, once per version of the day's statement.
 *
 * ```
 * statement stands -> object under outgoing/<channel>/ -> its entry in the table
 *                     |<- killed anywhere here: the next run writes the same object and the entry
 * ```
 * A version that says nothing new to the channel (a credit of the bank) gets an entry and no new object. A day without an
 * accepted file answers nothing: what was answered before stays.
 */
import { createHash } from 'node:crypto'
import { answerFileOf } from '../../shared/domain/settlement/answer-file.ts'
import type { LineColumns } from '../../shared/domain/settlement/columns.ts'
import type { AcceptedFile, DayResult } from '../../shared/domain/settlement/day.ts'
import type { AnswerFile, Statement } from '../../shared/store/settlements/records.ts'
import type { SettlementPorts } from './ports.ts'
import { channelOf } from './read-file.ts'

export type AnsweredStatement = {
  readonly statement: Statement
  readonly file: AcceptedFile | null
  readonly lines: LineColumns
  readonly result: DayResult
}

export async function writeAnswer(
  ports: Pick<SettlementPorts, 'settlements' | 'files' | 'channels' | 'digests' | 'metrics' | 'now'>,
  { statement, file, lines, result }: AnsweredStatement,
): Promise<'written' | 'unchanged' | 'nothing'> {
  const { channel, date, version, file: answered } = statement
  if (!file || !answered) return 'nothing'
  const latest = (await ports.settlements.answers(channel, date)).at(-1)
  if (latest && latest.version >= version) return 'unchanged'
  const day = { lines, result, quarantined: file.quarantined }
  const { bytes, counts } = answerFileOf(day, answered, (paymentId) => ports.digests.reference(channel, paymentId))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const isSame = latest?.sha256 === sha256
  const name = isSame ? latest.name : answerName(channelOf(ports, channel).settlement.fileName(date), version)
  if (!isSame) await ports.files.putOutgoing(channel, name, bytes)
  const recordedAt = ports.now()
  const answer: AnswerFile = { channel, date, version, name, sha256, bytes: bytes.length, counts, recordedAt }
  await ports.settlements.putAnswer(answer)
  if (!isSame) ports.metrics.count('AnswersWritten', { channel })
  return isSame ? 'unchanged' : 'written'
}

/** `IDM_20261120.csv` is answered by `IDM_20261120-answer-0002.csv`, at version 2 of the day's statement. */
export function answerName(fileName: string, version: number): string {
  return `${fileName.replace(/\.[A-Za-z0-9]+$/, '')}-answer-${String(version).padStart(4, '0')}.csv`
}
