/**
 * Takes a settlement file in: raw bytes kept, recognised, read, and written down as a version of its day, once.
 *
 * Promises: nothing is half done: until the one conditional put of the version there is only a kept file, and a repeat goes the
 * same way again; the same bytes again change nothing, under another name too; a good file never replaces an accepted one, it
 * is proposed with what it changes. Room of its own because two functions need it and none may import another
 * (functions/import-file, functions/serve-console). Consumer of versions: functions/reconcile-settlement.
 */
import type { FileReading, LineSink, SettlementChannel } from '../channel-port/channel.ts'
import type { BusinessDate, Instant } from '../domain/instant.ts'
import { newFileComparison } from '../domain/settlement/file-change.ts'
import { dayRefusal } from '../domain/settlement/file-day.ts'
import { type FileChange, type FileVersion, QUARANTINE_SHOWN } from '../domain/settlement/file-version.ts'
import type { FileRefusal, FileTotals, QuarantinedLine } from '../domain/settlement/line.ts'
import { Defect, Transient } from '../runtime/faults.ts'
import type { FileStore } from '../store/files/files.ts'
import type { SettlementStore } from '../store/settlements/settlements.ts'
import { droppedAs, type Incoming, isKnownDrop, type KeptFile, keepRaw, sealedAs } from './received-file.ts'

export type TakeInPorts = {
  readonly files: FileStore
  readonly settlements: Pick<SettlementStore, 'fileVersions' | 'putFileVersion' | 'drops' | 'noteDrop'>
  readonly channels: readonly SettlementChannel[]
  readonly now: () => Instant
}

/** A channel and a business day: what a file's name says, or an operator. */
export type ChannelDay = { readonly channel: SettlementChannel; readonly date: BusinessDate }

/**
 * `held`: written down and of no use, `refusal` says why. `refused`: it names no channel and day, or
 * a day for which no file may come now, so it is nowhere but kept.
 * `unchanged`: these very bytes are a version already.
 */
export type IntakeOutcome =
  | { readonly outcome: 'accepted' | 'proposed' | 'unchanged'; readonly version: FileVersion }
  | { readonly outcome: 'held'; readonly version: FileVersion; readonly refusal: FileRefusal }
  | { readonly outcome: 'refused'; readonly sha256: string; readonly refusal: FileRefusal }

/** Others may take the next version at the same moment; more often than this it is no coincidence. */
const TRIES = 8

/** The one channel and day whose file has this name. */
export function dayOfName(channels: readonly SettlementChannel[], name: string): ChannelDay | undefined {
  for (const channel of channels) {
    const date = channel.settlement.dateOf(name)
    if (date !== undefined) return { channel, date }
  }
  return undefined
}

/** `day`: left out where the name says it. Throws `Transient` and `Defect`; everything else is an outcome. */
export async function takeIn(ports: TakeInPorts, incoming: Incoming, day?: ChannelDay): Promise<IntakeOutcome> {
  const kept = await keepRaw(ports.files, incoming)
  const found = day ?? dayOfName(ports.channels, incoming.name)
  if (!found) {
    const detail = 'expected the name of a file of one of the channels, as IDM_20261120.csv'
    return { outcome: 'refused', sha256: kept.sha256, refusal: { code: 'UNKNOWN_NAME', line: null, detail } }
  }
  const refusal =
    senderRefusal(incoming, found) ?? dayRefusal(found.date, found.channel.profile.cutOffHour, ports.now())
  if (refusal) return { outcome: 'refused', sha256: kept.sha256, refusal: refusal }
  for (let tried = 1; tried <= TRIES; tried++) {
    const done = await takeVersion(ports, incoming, found, kept)
    if (done) return done
  }
  throw new Transient('VERSIONS_CONTENDED', 'expected to be the only one to add a version of this day; try again')
}

/** Each sender has a folder of its own: what lies in another's is not theirs, whatever its name says. */
export function senderRefusal({ sender }: Incoming, { channel }: ChannelDay): FileRefusal | undefined {
  const { name } = channel.profile
  if (sender === undefined || sender === name) return undefined
  const detail = `expected files of ${name} in the folder ${name}/, got one in another sender's`
  return { code: 'WRONG_SENDER', line: null, detail }
}

/** Undefined when somebody else took the version meanwhile. */
async function takeVersion(
  ports: TakeInPorts,
  incoming: Incoming,
  { channel, date }: ChannelDay,
  kept: KeptFile,
): Promise<IntakeOutcome | undefined> {
  const { name } = channel.profile
  const versions = await ports.settlements.fileVersions(name, date)
  const before = versions.filter(({ sha256 }) => sha256 === kept.sha256)
  const same = before.at(-1)
  if (same && !(await mayComeBack(ports, before, same, incoming))) return { outcome: 'unchanged', version: same }

  const accepted = versions.find(({ state }) => state === 'accepted')
  const file = await readKept(ports, { channel, date }, kept.sha256, accepted)
  if (same?.refusal && file.refusal?.code === same.refusal.code) {
    return { outcome: 'held', version: same, refusal: same.refusal }
  }
  const { refusal, totals, quarantined, quarantinedLines, change } = file
  const state = refusal ? 'held' : accepted ? 'proposed' : 'accepted'
  const version: FileVersion = {
    channel: name,
    date,
    version: (versions.at(-1)?.version ?? 0) + 1,
    state,
    name: incoming.name,
    ...droppedAs(incoming),
    ...kept,
    ...sealedAs(incoming),
    receivedAt: ports.now(),
    receivedBy: incoming.by,
    refusal,
    totals,
    quarantinedLines,
    quarantined,
    change,
  }
  if ((await ports.settlements.putFileVersion(version)) === 'taken') return undefined
  return refusal ? { outcome: 'held', version, refusal } : { outcome: state as 'accepted' | 'proposed', version }
}

/**
 * Bytes that were held are read again; bytes that were withdrawn or superseded come back where somebody sends them anew, which
 * a message about a drop that was looked at before, delivered again, does not. Such drops are noted, where no version names them.
 */
async function mayComeBack(
  { settlements }: TakeInPorts,
  before: readonly FileVersion[],
  { state, sha256 }: FileVersion,
  incoming: Incoming,
): Promise<boolean> {
  const named = before.map((version) => version.dropped)
  const isGone = state === 'withdrawn' || state === 'superseded'
  if (isGone) return !(await isKnownDrop(settlements, incoming, sha256, named))
  const { dropped } = droppedAs(incoming)
  if (dropped !== undefined && !named.includes(dropped)) await settlements.noteDrop(sha256, dropped)
  return state === 'held'
}

type FileRead = Pick<FileVersion, 'refusal' | 'totals' | 'quarantined' | 'quarantinedLines' | 'change'>

async function readKept(
  ports: TakeInPorts,
  day: ChannelDay,
  sha256: string,
  accepted: FileVersion | undefined,
): Promise<FileRead> {
  const comparison = newFileComparison()
  const before =
    accepted && (await readThrough(ports, day, accepted.sha256, { add: comparison.was, quarantine: () => {} }))
  const quarantined: QuarantinedLine[] = []
  const read = await readThrough(ports, day, sha256, {
    add: accepted ? comparison.is : () => {},
    quarantine: (line) => void (quarantined.length < QUARANTINE_SHOWN && quarantined.push(line)),
  })
  if (read.kind === 'refused') {
    const refusal = await ofAnotherChannel(ports, day, sha256, read.refusal)
    return { refusal, totals: null, quarantined: [], quarantinedLines: 0, change: null }
  }
  const change = changeOf(accepted, before, read.totals, comparison.changeFrom)
  return { refusal: null, totals: read.totals, quarantined, quarantinedLines: read.quarantined, change }
}

function changeOf(
  accepted: FileVersion | undefined,
  before: FileReading | undefined,
  totals: FileTotals,
  changeFrom: (against: number, was: FileTotals, is: FileTotals) => FileChange,
): FileChange | null {
  if (!accepted || !before) return null
  if (before.kind === 'read') return changeFrom(accepted.version, before.totals, totals)
  throw new Defect(
    'ACCEPTED_FILE_UNREADABLE',
    `expected the accepted file to read as it did when it was taken in, its layout now says ${before.refusal.code}`,
  )
}

async function readThrough(
  ports: TakeInPorts,
  { channel, date }: ChannelDay,
  sha256: string,
  sink: LineSink,
): Promise<FileReading> {
  return channel.settlement.read(await ports.files.kept(sha256), date, sink, channel.profile.cutOffHour)
}

/** A first line that is no header of this channel may be another's: that is worth saying. */
async function ofAnotherChannel(
  ports: TakeInPorts,
  { channel }: ChannelDay,
  sha256: string,
  refusal: FileRefusal,
): Promise<FileRefusal> {
  if (refusal.code !== 'LAYOUT_CHANGED' || refusal.line !== 1) return refusal
  const first = await firstLine(ports, sha256)
  const other = ports.channels.find((each) => each !== channel && each.settlement.opensWith(first))
  if (!other) return refusal
  const detail = `expected a file of ${channel.profile.name}, got one in the layout of ${other.profile.name}`
  return { code: 'WRONG_CHANNEL', line: 1, detail }
}

/** Longer than any header. */
const HEADER_BYTES = 1_024

async function firstLine(ports: TakeInPorts, sha256: string): Promise<string> {
  let start = Buffer.alloc(0)
  for await (const chunk of await ports.files.kept(sha256)) {
    start = Buffer.concat([start, chunk.subarray(0, HEADER_BYTES)])
    if (start.length >= HEADER_BYTES) break
  }
  return start.toString('utf8').split('\n')[0] ?? ''
}
