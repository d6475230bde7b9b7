/**
 * Lines of a file that concern other days too: of payments of another day, and of payment ids without a decision. Kept
 * where the other days look. A kept line counts only while its file is the accepted one, so none is ever taken back.
 */
import type { BusinessDate } from '../../shared/domain/instant.ts'
import type { DayResult } from '../../shared/domain/settlement/day.ts'
import type { SettledLine } from '../../shared/domain/settlement/line.ts'
import { keepElsewhere, keepUnknown } from '../../shared/store/settlements/kept-lines.ts'
import type { KeptLine } from '../../shared/store/settlements/records.ts'
import type { SettlementPorts } from './ports.ts'

type Day = { readonly channel: string; readonly date: BusinessDate }

/** The days that must be looked at again when this one changes: those that its lines and theirs have ever spoken of together. */
export async function keepLines(
  ports: SettlementPorts,
  day: Day,
  sha256: string | null,
  result: DayResult,
  otherFiles: readonly BusinessDate[],
): Promise<readonly BusinessDate[]> {
  const { settlements } = ports
  const known = await settlements.neighbours(day.channel, day.date)
  const touched = new Set<BusinessDate>(otherFiles)
  if (sha256 !== null) {
    for (const [hubDate, lines] of Map.groupBy(result.elsewhere, ({ hubDate: date }) => date)) {
      touched.add(hubDate)
      const kept = lines.map(({ line }) => keptLine(day, sha256, line))
      await keepElsewhere(ports, hubDate, kept)
    }
    const unknown = result.unknown.map((line) => keptLine(day, sha256, line))
    await keepUnknown(ports, unknown)
  }
  touched.delete(day.date)
  for (const other of touched) {
    if (known.includes(other)) continue
    // Both ways: whichever of the two changes, the other one asks anew. Its own side first, ours says that both are there.
    await settlements.putNeighbour(day.channel, other, day.date)
    await settlements.putNeighbour(day.channel, day.date, other)
  }
  return [...new Set([...known, ...touched])].sort()
}

function keptLine({ channel, date }: Day, sha256: string, line: SettledLine): KeptLine {
  const { paymentId, amount, fee, at, status } = line
  return { channel, paymentId, fileDate: date, line: line.line, sha256, amount, fee, at, status }
}
