/**
 * A channel's file read again from where it is kept: into columns for a run, or one line of it for a resolution.
 * Promise: what was accepted once reads alike for ever; a file that no longer does is a defect, never a guess.
 */
import type { SettlementChannel } from '../../shared/channel-port/channel.ts'
import type { BusinessDate } from '../../shared/domain/instant.ts'
import type { FileTotals, QuarantinedLine, SettledLine } from '../../shared/domain/settlement/line.ts'
import { Defect } from '../../shared/runtime/faults.ts'
import type { Resolution } from '../../shared/store/settlements/records.ts'
import type { SettlementPorts } from './ports.ts'

export type ReadFile = { readonly totals: FileTotals; readonly quarantined: readonly QuarantinedLine[] }

export async function readFile(
  ports: Pick<SettlementPorts, 'files' | 'channels'>,
  channel: string,
  date: BusinessDate,
  sha256: string,
  add: (line: SettledLine) => void,
): Promise<ReadFile> {
  const { settlement, profile } = channelOf(ports, channel)
  const quarantined: QuarantinedLine[] = []
  const bytes = await ports.files.kept(sha256)
  const sink = { add, quarantine: (line: QuarantinedLine) => void quarantined.push(line) }
  const read = await settlement.read(bytes, date, sink, profile.cutOffHour)
  if (read.kind === 'read') return { totals: read.totals, quarantined }
  throw new Defect(
    'ACCEPTED_FILE_UNREADABLE',
    `expected the accepted file to read as it did when it was taken in, its layout now says ${read.refusal.code}`,
  )
}

/** The line that a resolution is about, with the customer id that no case keeps. */
export async function lineOfFile(
  ports: Pick<SettlementPorts, 'files' | 'channels'>,
  { channel, date, finding }: Resolution,
): Promise<SettledLine> {
  const number = finding.lines[0]
  let found: SettledLine | undefined
  if (finding.sha256 !== null && number !== undefined) {
    await readFile(ports, channel, date, finding.sha256, (line) => {
      if (line.line === number) found = line
    })
  }
  if (found) return found
  throw new Defect('LINE_MISSING', 'expected the file of a resolution to hold its line, it does not')
}

export function channelOf({ channels }: Pick<SettlementPorts, 'channels'>, name: string): SettlementChannel {
  const found = channels.find(({ profile }) => profile.name === name)
  if (found) return found
  throw new Defect('UNKNOWN_CHANNEL', 'expected a channel of the registry in a settlement, got another')
}
