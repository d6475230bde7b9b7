/**
 * A file that was dropped into the bucket is taken in: a channel's settlement file by its name, a bank statement by its
 * folder (`drop/bank/`), a sponsor's list by its folders (import-list.ts). Each sender has a folder of its own; where a channel's profile says so, its files come encrypted and signed.
 * A file that cannot be used is an outcome, reported to finance by a metric and a log line with its code;
 * it is never tried again by itself, because trying again would say the same.
 */
import { inForce } from '../../shared/domain/effective-dated.ts'
import type { FileRefusal, FileRefusalCode } from '../../shared/domain/settlement/line.ts'
import { type Incoming, keepRaw } from '../../shared/intake/received-file.ts'
import type { MemberListPorts } from '../../shared/intake/take-in-member-list.ts'
import {
  type ChannelDay,
  dayOfName,
  type IntakeOutcome,
  senderRefusal,
  type TakeInPorts,
  takeIn,
} from '../../shared/intake/take-in-settlement-file.ts'
import {
  type StatementIntakeOutcome,
  type StatementPorts,
  takeInStatement,
} from '../../shared/intake/take-in-statement.ts'
import type { Log } from '../../shared/runtime/log.ts'
import type { Metrics } from '../../shared/runtime/metrics.ts'
import type { DroppedFile, FileBytes } from '../../shared/store/files/files.ts'
import { type DroppedListOutcome, importList, SPONSOR } from './import-list.ts'
import { type EnvelopeKeys, openEnvelope, SEALED_LIMIT_BYTES } from './open-envelope.ts'

export type ImportPorts = Omit<TakeInPorts, 'settlements'> & {
  readonly settlements: TakeInPorts['settlements'] & StatementPorts['settlements']
  readonly sponsors: MemberListPorts['sponsors']
  /** What a channel's files are opened with. */
  readonly fileKeys: (channel: string) => Promise<EnvelopeKeys>
  readonly log: Pick<Log, 'info' | 'error'>
  readonly metrics: Pick<Metrics, 'count'>
}

const BANK = 'bank'
const SEALED_NAME = /\.(pgp|gpg|asc)$/

/** Throws `Transient` and `Defect`. */
export async function importFile(ports: ImportPorts, file: DroppedFile): Promise<void> {
  const { sender, name } = senderOf(file)
  if (sender === SPONSOR) return tellList(ports, await importList(ports, file, name))
  const from = { kind: 'dropped', file } as const
  if (sender === BANK) return tellStatement(ports, await takeInStatement(ports, { from, name, by: null }))
  const incoming: Incoming = { from, name, by: null, ...(sender === null ? {} : { sender }) }
  const found = dayOfName(ports.channels, name.replace(SEALED_NAME, ''))
  report(ports, await (found && isSealed(found) ? takeInSealed(ports, incoming, found) : takeIn(ports, incoming)))
}

/** The first folder is the sender's own; what lies in none was put there by finance. */
function senderOf({ name }: DroppedFile): { readonly sender: string | null; readonly name: string } {
  const end = name.indexOf('/')
  return end < 0 ? { sender: null, name } : { sender: name.slice(0, end), name: name.slice(end + 1) }
}

function isSealed({ channel: { profile }, date }: ChannelDay): boolean {
  return profile.fileProtection !== undefined && inForce('file protection', profile.fileProtection, date) === 'pgp'
}

/** Both are kept: what came, before anybody looks into it, and what was in it, by which the file is known. */
async function takeInSealed(ports: ImportPorts, incoming: Incoming, day: ChannelDay): Promise<IntakeOutcome> {
  const kept = await keepRaw(ports.files, incoming)
  const refused = (code: FileRefusalCode, detail: string) =>
    ({ outcome: 'refused', sha256: kept.sha256, refusal: { code, line: null, detail } }) as const
  if (incoming.from.kind !== 'dropped' || !SEALED_NAME.test(incoming.name)) {
    return refused('NOT_ENCRYPTED', `expected ${incoming.name}.pgp, encrypted and signed, got a plain file`)
  }
  const wrong = senderRefusal(incoming, day)
  if (wrong) return refused(wrong.code, wrong.detail)
  const content = await upTo(await ports.files.kept(kept.sha256), SEALED_LIMIT_BYTES)
  if (!content) return refused('TOO_LARGE', `expected at most ${SEALED_LIMIT_BYTES} bytes`)
  const keys = await ports.fileKeys(day.channel.profile.name)
  const opened = await openEnvelope(content, keys, ports.now())
  if (opened.kind === 'refused') return refused(opened.code, opened.detail)
  const { bytes, signedBy } = opened
  const from = { kind: 'opened', file: incoming.from.file, bytes, sealed: { ...kept, signedBy } } as const
  return takeIn(ports, { ...incoming, from, name: incoming.name.replace(SEALED_NAME, '') })
}

async function upTo(content: FileBytes, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of content) {
    size += chunk.length
    if (size > limit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function report({ log, metrics }: ImportPorts, taken: IntakeOutcome): void {
  const { outcome } = taken
  metrics.count('FilesTaken', { outcome })
  const day =
    outcome === 'refused'
      ? {}
      : { channel: taken.version.channel, day: taken.version.date, version: taken.version.version }
  if (outcome === 'held' || outcome === 'refused') {
    metrics.count('FilesRefused')
    log.error('A settlement file cannot be used', { outcome, ...day, ...whyOf(taken.refusal) })
  } else {
    const { totals, quarantinedLines } = taken.version
    log.info('A settlement file was taken in', { outcome, ...day, count: totals?.lines, refused: quarantinedLines })
  }
}

function tellStatement({ log, metrics }: ImportPorts, taken: StatementIntakeOutcome): void {
  const { outcome } = taken
  metrics.count('FilesTaken', { outcome })
  if (outcome === 'refused') {
    metrics.count('FilesRefused')
    const { code, entry } = taken.refusal
    log.error('A bank statement cannot be used', { outcome, code, line: entry })
  } else log.info('A bank statement was taken in', { outcome, count: taken.credits.length, accepted: taken.added })
}

/** Whether the list can be used is found out afterwards, row by row: the console shows it. */
function tellList({ log, metrics }: ImportPorts, taken: DroppedListOutcome): void {
  const { outcome } = taken
  metrics.count('FilesTaken', { outcome })
  if ('cohort' in taken) log.info('A list was received', { outcome })
  else {
    metrics.count('FilesRefused')
    log.error('A list cannot be used', { outcome })
  }
}

function whyOf({ code, line }: FileRefusal) {
  return { code, line }
}
