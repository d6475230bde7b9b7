/**
 * `PUT /api/settlements/{channel}/{date}/file` and `PUT /api/bank-statements/{name}`: an operator hands a file over and
 * learns at once what became of it. Dropped files are taken in by the same code (shared/intake): the raw bytes are kept first, and
 * the same file again changes nothing. A statement that one person hands over counts at once, and waits for a second person
 * (confirm-statement.ts). A file that is larger than a request may be is dropped into the bucket instead.
 */
import { parseBusinessDate } from '../../../shared/domain/instant.ts'
import type { BankCredit } from '../../../shared/domain/settlement/bank.ts'
import type { FileVersion } from '../../../shared/domain/settlement/file-version.ts'
import { takeIn } from '../../../shared/intake/take-in-settlement-file.ts'
import { type HandedOver, takeInStatement } from '../../../shared/intake/take-in-statement.ts'
import { DAY_RANGE, isInDayRange } from '../http/fields.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { actorOf, noActor } from '../http/two-person-step.ts'
import type { ConsolePorts } from '../ports.ts'
import { askForConfirmation } from './confirm-statement.ts'
import { titleOfUnusable } from './file-problems.ts'
import type { UnusableFile } from './statement-schemas.ts'

/** A name is for people: it is shown, never opened. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
export const FILE_NAME_EXPECTED = 'expected a name of up to 100 letters, digits, dots, dashes and underscores'
export const SETTLEMENT_DAY_EXPECTED = `expected a business day such as 2026-11-20 in the path, ${DAY_RANGE}`

type Upload = { body: Uint8Array }

export async function putSettlementFile(
  ports: ConsolePorts,
  call: Call<Upload & { path: { channel: string; date: string } }>,
) {
  const channel = ports.settling.find(({ profile }) => profile.name === call.path.channel)
  if (!channel) return problem('NOT_FOUND', 'expected a payment channel')
  const date = parseBusinessDate(call.path.date)
  if (!date || !isInDayRange(date, call.now)) return problem('INVALID_INPUT', SETTLEMENT_DAY_EXPECTED)
  const incoming = { from: handedOver(call), name: channel.settlement.fileName(date), by: call.actor }
  const taken = await takeIn(filePorts(ports), incoming, { channel, date })
  if (taken.outcome === 'refused') {
    const { code, detail, line } = taken.refusal
    return unusable({ code, detail, line, sha256: taken.sha256, version: null })
  }
  const { version } = taken
  record(ports, call, taken.outcome, version)
  if (taken.outcome === 'held') {
    const { code, detail, line } = taken.refusal
    return unusable({ code, detail, line, sha256: version.sha256, version: version.version })
  }
  return json(200, { outcome: taken.outcome, ...shownFile(version) })
}

export async function putBankStatement(ports: ConsolePorts, call: Call<Upload & { path: { name: string } }>) {
  const { name } = call.path
  if (!FILE_NAME.test(name)) return problem('INVALID_INPUT', FILE_NAME_EXPECTED)
  const by = actorOf(call)
  if (!by) return noActor()
  const asking = { askForConfirmation: (statement: HandedOver) => askForConfirmation(ports, by, statement) }
  const incoming = { from: handedOver(call), name, by: call.actor }
  const taken = await takeInStatement({ ...filePorts(ports), ...asking }, incoming)
  ports.metrics.count('FilesTaken', { outcome: taken.outcome })
  if (taken.outcome === 'refused') {
    const { code, detail, entry } = taken.refusal
    return unusable({ code, detail, line: entry, sha256: taken.sha256, version: null })
  }
  ports.log.info('An operator put in a bank statement', {
    outcome: taken.outcome,
    count: taken.credits.length,
    accepted: taken.added,
    actor: call.actor,
  })
  const { sha256, format, pendingEntries, gap } = taken.file
  const credits = taken.credits.map(shownCredit)
  return json(200, { outcome: taken.outcome, gap, sha256, format, added: taken.added, pendingEntries, credits })
}

/** A problem of its own shape: the file's bytes are kept, and the digest names them. */
function unusable(why: Omit<UnusableFile, 'type' | 'title' | 'status'>) {
  return json(422, { type: 'about:blank', title: titleOfUnusable(why.code), status: 422, ...why })
}

function filePorts({ files, settlements, settling, now }: ConsolePorts) {
  return { files, settlements, channels: settling, now }
}

function handedOver(call: Call<Upload>) {
  return { kind: 'handed-over', bytes: call.body } as const
}

function record(ports: ConsolePorts, { actor }: Call, outcome: string, file: FileVersion): void {
  const { channel, date, version, refusal } = file
  ports.metrics.count('FilesTaken', { outcome })
  ports.log.info('An operator put in a settlement file', {
    outcome,
    channel,
    day: date,
    version,
    code: refusal?.code,
    actor,
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
