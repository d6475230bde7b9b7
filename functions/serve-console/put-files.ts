/**
 * `PUT /api/settlements/{channel}/{date}/file` and `PUT /api/bank-statements/{name}`: an operator hands a file over and
 * learns at once what became of it. The code is the same that takes in dropped files (shared/settlement), the raw bytes are
 * kept first here too, and putting the same file again changes nothing. Larger files than a request holds are dropped.
 */
import { parseBusinessDate } from '../../shared/domain/instant.ts'
import type { BankCredit } from '../../shared/domain/settlement/bank.ts'
import type { FileVersion } from '../../shared/domain/settlement/file-version.ts'
import { takeIn } from '../../shared/intake/take-in-settlement-file.ts'
import { takeInStatement } from '../../shared/intake/take-in-statement.ts'
import { unusableFile } from './file-problems.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, problem, type Reply } from './reply.ts'

export const FILE_TYPES = ['text/csv', 'text/plain', 'application/xml', 'text/xml', 'application/octet-stream'] as const

/** A name is for people: it is shown, never opened. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

export async function putSettlementFile(parts: ConsoleParts, call: Call): Promise<Reply> {
  const channel = parts.settling.find(({ profile }) => profile.name === call.path.channel)
  if (!channel) return problem('NOT_FOUND', 'expected a payment channel')
  const date = parseBusinessDate(call.path.date ?? '')
  if (!date) return problem('INVALID_INPUT', 'expected a business day such as 2026-11-20 in the path')
  if (!isFileType(call)) return wrongType()
  const incoming = { from: handedOver(call), name: channel.settlement.fileName(date), by: call.actor }
  const taken = await takeIn(portsOf(parts), incoming, { channel, date })
  if (taken.outcome === 'refused') return unusableFile({ ...taken.refusal, sha256: taken.sha256, version: null })
  const { version } = taken
  tell(parts, call, taken.outcome, version)
  if (taken.outcome === 'held')
    return unusableFile({ ...taken.refusal, sha256: version.sha256, version: version.version })
  return json(200, { outcome: taken.outcome, ...shownFile(version) })
}

export async function putBankStatement(parts: ConsoleParts, call: Call): Promise<Reply> {
  const name = call.path.name ?? ''
  if (!FILE_NAME.test(name)) {
    return problem('INVALID_INPUT', 'expected a name of up to 100 letters, digits, dots, dashes and underscores')
  }
  if (!isFileType(call)) return wrongType()
  const taken = await takeInStatement(portsOf(parts), { from: handedOver(call), name, by: call.actor })
  parts.metrics.count('FilesTaken', { outcome: taken.outcome })
  if (taken.outcome === 'refused') {
    const { code, detail, entry } = taken.refusal
    return unusableFile({ code, detail, line: entry, sha256: taken.sha256, version: null })
  }
  parts.log.info('An operator put in a bank statement', {
    outcome: taken.outcome,
    count: taken.credits.length,
    accepted: taken.added,
    actor: call.actor,
  })
  const { sha256, format, pendingEntries } = taken.file
  const credits = taken.credits.map(shownCredit)
  return json(200, { outcome: taken.outcome, sha256, format, added: taken.added, pendingEntries, credits })
}

function portsOf({ files, settlements, settling, now }: ConsoleParts) {
  return { files, settlements, channels: settling, now }
}

function handedOver(call: Call) {
  return { kind: 'handed-over', bytes: call.body } as const
}

function isFileType({ contentType }: Call): boolean {
  const [type = ''] = contentType.split(';')
  return contentType === '' || FILE_TYPES.some((each) => each === type.trim().toLowerCase())
}

function wrongType(): Reply {
  return problem('WRONG_CONTENT_TYPE', `expected one of ${FILE_TYPES.join(', ')}`)
}

function tell(parts: ConsoleParts, call: Call, outcome: string, version: FileVersion): void {
  parts.metrics.count('FilesTaken', { outcome })
  parts.log.info('An operator put in a settlement file', {
    outcome,
    channel: version.channel,
    day: version.date,
    version: version.version,
    code: version.refusal?.code,
    actor: call.actor,
  })
}

/** The state may be another one by now, where these bytes were known. */
function shownFile(file: FileVersion) {
  const { version, state, sha256, bytes, totals, change } = file
  return {
    version,
    state,
    sha256,
    bytes,
    lines: totals?.lines ?? 0,
    amountRupiah: totals?.amount ?? 0,
    feeRupiah: totals?.fee ?? 0,
    netRupiah: totals?.net ?? 0,
    quarantinedLines: file.quarantinedLines,
    quarantined: file.quarantined.map(({ line, code, field }) => ({ line, code, field })),
    change,
  }
}

/** The text of a credit may name a payer: it is shown to those who work on it, not here. */
function shownCredit({ id, bookedOn, valueOn, amount, statement, entry }: BankCredit) {
  return { id, bookedOn, valueOn, amountRupiah: amount, statement, entry }
}
