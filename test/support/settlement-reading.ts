/** Reads a settlement file through a channel's layout and keeps what came out: for tests of readers and of what reads through them. */
import type { FileReading, SettlementChannel } from '../../shared/channel-port/channel.ts'
import type { BusinessDate } from '../../shared/domain/instant.ts'
import type { QuarantinedLine, SettledLine } from '../../shared/domain/settlement/line.ts'

export type ReadResult = {
  readonly reading: FileReading
  readonly lines: readonly SettledLine[]
  readonly quarantined: readonly QuarantinedLine[]
}

/** `chunk`: the bytes come in pieces of this size. */
export async function readThrough(
  channel: SettlementChannel,
  date: string,
  content: string | Uint8Array,
  chunk = 65_536,
): Promise<ReadResult> {
  const lines: SettledLine[] = []
  const quarantined: QuarantinedLine[] = []
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const reading = await channel.settlement.read(pieces(bytes, chunk), date as BusinessDate, {
    add: (line) => lines.push(line),
    quarantine: (line) => quarantined.push(line),
  })
  return { reading, lines, quarantined }
}

export async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
